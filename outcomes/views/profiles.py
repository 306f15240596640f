"""What the columns of a file mean: said on screen once, kept as a layout, changed later."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import FormView, ListView

from outcomes.actions import profiles, uploads
from outcomes.forms.profiles import ColumnsForm, ProfileNameForm
from outcomes.intake.cells import Cell
from outcomes.intake.profiles import Mapping
from outcomes.intake.readers.archives import column_letters
from outcomes.intake.seen import Preview, Seen
from outcomes.models import Collection, ImportProfile, Upload
from outcomes.selectors import layouts, returns

COLUMNS_SHOWN = 60


def _upload_to_map(request: HttpRequest, uuid: str) -> Upload:
    """The upload, for whoever may say what its columns mean; 404 and 403 for others."""
    rows = Upload.objects.for_user(request.user).select_related("collection", "organisation")
    upload = get_object_or_404(rows, uuid=uuid)
    if not returns.may_send(request.user, upload):
        raise PermissionDenied("Only those who send the figures say what the columns mean.")
    return upload


class UploadLook(View):
    """Asks for the first rows of a file, of the sheet that was chosen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        upload = _upload_to_map(request, uuid)
        uploads.look_at(upload=upload, sheet=request.POST.get("sheet", ""), by=request.user)
        return redirect(upload)


class UploadColumns(FormView):
    """The mapping screen: the first rows, what they mean, and what we would read."""

    form_class = ColumnsForm
    template_name = "outcomes/upload_columns.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.upload = _upload_to_map(request, kwargs["uuid"])
        if self.upload.state == Upload.State.CHECKING or not self.upload.has_first_rows:
            return redirect(self.upload)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def seen(self) -> Seen:
        return Seen.from_json(self.upload.first_look or {})

    @cached_property
    def profile(self) -> ImportProfile | None:
        return profiles.changeable(self.upload)

    def get_form_kwargs(self) -> dict[str, Any]:
        collection, organisation = self.upload.collection, self.upload.organisation
        taken = layouts.in_force(collection, organisation).filter(organisation=organisation)
        others = taken.exclude(pk=self.profile.pk) if self.profile else taken
        return super().get_form_kwargs() | {
            "seen": self.seen,
            "facts": layouts.facts(collection, organisation),
            "measures": list(collection.measures.all()),
            "places": list(layouts.places_of(collection)),
            "taken": others.values_list("name", flat=True),
        }

    def get_initial(self) -> dict[str, Any]:
        if self.profile is None:
            return {}
        return self.profile.mapping["answers"] | {"name": self.profile.name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = request.POST.get("sheet", self.seen.sheet)
        if sheet != self.seen.sheet and sheet in self.seen.sheet_names:
            uploads.look_at(upload=self.upload, sheet=sheet, by=request.user)
            return redirect(self.upload)
        if "look" in request.POST:  # other columns to choose from; nothing is checked yet
            said = {"data": None, "files": None, "initial": request.POST.dict()}
            form = ColumnsForm(**self.get_form_kwargs() | said)
            return self.render_to_response(self.get_context_data(form=form))
        form = self.get_form()
        form.fields["name"].required = "save" in request.POST
        preview = form.as_preview()
        if preview and "save" in request.POST:
            if preview.refusal or (preview.problems and not preview.cells):
                said = preview.refusal or "None of these rows can be read like this."
                form.add_error(None, said)
            elif self._save(form):
                return redirect(self.upload)
        return self.render_to_response(self.get_context_data(form=form, preview=preview))

    def _save(self, form: ColumnsForm) -> bool:
        name = form.cleaned_data["name"]
        mapping = form.as_mapping() | {"answers": form.as_answers()}
        try:
            profiles.save(upload=self.upload, name=name, mapping=mapping, by=self.request.user)
        except profiles.NameTaken as taken:
            form.add_error("name", str(taken))
            return False
        said = f"Saved as “{name}”. We know files of this kind from now on."
        messages.success(self.request, said)
        return True

    def _named(self, preview: Preview | None) -> list[tuple[Cell, str]]:
        """The cells with the names of their measures, as people know them."""
        names = dict(self.upload.collection.measures.values_list("slug", "name"))
        cells = preview.cells if preview else []
        return [(cell, names.get(cell.measure, cell.measure)) for cell in cells]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        width = min(self.seen.width, COLUMNS_SHOWN)
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "cells": self._named(kwargs.get("preview")),
            "page_title": "What do the columns mean?",
            "letters": [column_letters(place) for place in range(1, width + 1)],
            "rows": [row[:width] + [""] * (width - len(row)) for row in self.seen.rows_seen[:15]],
            "columns_left_out": self.seen.width - width,
        }


class ProfileList(ListView):
    """The kinds of files a collection can read."""

    template_name = "outcomes/profile_list.html"
    context_object_name = "profiles"

    def get_queryset(self):
        slug = self.kwargs["slug"]
        self.collection = get_object_or_404(
            Collection.objects.for_user(self.request.user), slug=slug
        )
        return layouts.for_user(self.request.user, self.collection)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        every = [(each, profiles.may_change(user, each)) for each in self.object_list]
        return super().get_context_data(**kwargs) | {
            "collection": self.collection,
            "profiles": every,
        }


def _profile(request: HttpRequest, uuid: str) -> ImportProfile:
    found = get_object_or_404(ImportProfile.objects.select_related("collection"), uuid=uuid)
    if not layouts.for_user(request.user, found.collection).filter(pk=found.pk).exists():
        raise Http404
    if not Collection.objects.for_user(request.user).filter(pk=found.collection_id).exists():
        raise Http404
    if not profiles.may_change(request.user, found):
        raise PermissionDenied("Only those whose files it reads change a layout.")
    return found


class ProfileDetail(FormView):
    """One layout: which columns it needs, its name, and the way to drop it."""

    form_class = ProfileNameForm
    template_name = "outcomes/profile_detail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.profile = _profile(request, kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.profile.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = self.profile.collection.import_profiles.exclude(pk=self.profile.pk)
        mine = others.filter(organisation=self.profile.organisation, retired_at=None)
        return super().get_form_kwargs() | {"taken": mine.values_list("name", flat=True)}

    def form_valid(self, form: ProfileNameForm) -> HttpResponse:
        name = form.cleaned_data["name"]
        try:
            profiles.rename(profile=self.profile, name=name, by=self.request.user)
        except profiles.NameTaken as taken:
            form.add_error("name", str(taken))
            return self.form_invalid(form)
        messages.success(self.request, f"The layout is now called “{name}”.")
        return redirect("outcomes:profile-list", self.profile.collection.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "profile": self.profile,
            "columns": Mapping.from_json(self.profile.mapping).header,
            "page_title": self.profile.name,
            "button": "Save the name",
        }


class ProfileDrop(View):
    """Reads no more files with a layout."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        profile = _profile(request, uuid)
        gone = profiles.drop(profile=profile, by=request.user)
        kept = "" if gone else " Files that were read with it still say so."
        messages.success(request, f"“{profile.name}” reads no more files.{kept}")
        return redirect(reverse("outcomes:profile-list", args=[profile.collection.slug]))
