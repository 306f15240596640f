from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import DetailView, FormView

from jobs.models import Job
from outcomes import return_template
from outcomes.actions import profiles, submissions, uploads
from outcomes.forms.decisions import SubmitForm
from outcomes.forms.uploads import UploadForm
from outcomes.models import Collection, Submission, Upload
from outcomes.selectors import flags, layouts, returns
from outcomes.views.entry import GridView
from outcomes.views.flags import Said, keep_reasons

PAGE = 50
# What was sent back may go again unchanged, when the answer is that it was right.
SENDABLE = (Submission.State.DRAFT, Submission.State.RETURNED)
READING = ("outcomes.check_upload", "outcomes.look_at_upload")


class UploadCreate(FormView):
    """Choose a file and send it. The answer comes at once; the check runs in the background."""

    form_class = UploadForm
    template_name = "outcomes/upload_create.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        collections = Collection.objects.known_to(request.user)
        self.collection = get_object_or_404(collections, slug=kwargs["slug"])
        self.organisations = returns.sending_organisations(request.user, self.collection)
        self.for_all = returns.may_send_for_all(request.user)
        if self.for_all or self.organisations:
            return super().dispatch(request, *args, **kwargs)
        if organisation := returns.asked_once(request.user, self.collection):
            context = {"collection": self.collection, "organisation": organisation}
            return render(request, "outcomes/upload_not_asked.html", context)
        raise PermissionDenied("Only contributors send figures.")

    def get_form_kwargs(self) -> dict[str, Any]:
        organisations = self.organisations.none() if self.for_all else self.organisations
        return super().get_form_kwargs() | {"organisations": organisations}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "collection": self.collection,
            "organisation": None if self.for_all else self.organisations.first(),
            "for_all": self.for_all,
            "profiles": layouts.for_user(self.request.user, self.collection),
            "templates": returns.to_fill_in(self.request.user, self.collection),
            "typed": returns.typed_in_drafts(self.request.user, self.collection),
            "page_title": f"Send figures: {self.collection}",
            "button": "Send the file",
        }

    def form_valid(self, form: UploadForm) -> HttpResponse:
        chosen = form.cleaned_data.get("organisation") or self.organisations.first()
        try:
            upload, is_new = uploads.receive(
                collection=self.collection,
                organisation=None if self.for_all else chosen,
                file=form.cleaned_data["file"],
                by=self.request.user,
            )
        except uploads.TooMuch as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        if not is_new:
            messages.info(
                self.request, "You have sent this file before. This is what became of it."
            )
        return redirect(upload)


class UploadDetail(DetailView):
    """What became of a file: progress, problems by row, or the figures that were read."""

    model = Upload
    slug_field = slug_url_kwarg = "uuid"
    template_name = "outcomes/upload_detail.html"

    def get_queryset(self):
        uploads = Upload.objects.for_user(self.request.user)
        return uploads.select_related("collection", "organisation", "received_by", "profile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload, page = self.object, self.request.GET.get("page")
        key = f"upload:{upload.uuid}"
        filled = upload.submissions.select_related("collection", "organisation").order_by("period")
        drafts = [s for s in filled if s.state in SENDABLE]
        noticed, said = flags.of(drafts), kwargs.pop("said", Said())
        figures = Paginator(returns.figures(filled), PAGE).get_page(page)
        column = self.request.GET.get("column", "")
        every = upload.problems.filter(column=column) if column else upload.problems.all()
        problems = Paginator(every, PAGE).get_page(page)
        context = {
            "job": Job.objects.filter(kind__in=READING, key=key).last(),
            "filled": filled,
            "drafts": drafts,
            "sent_back": [s for s in drafts if s.state == Submission.State.RETURNED],
            "figures_page": figures,
            "figures": returns.as_text(figures),
            "problems": problems,
            "columns": returns.problems_by_column(upload),
            "column": column,
            "flags": noticed,
            "errors": said.beside(noticed),
            "may_send": returns.may_send(self.request.user, upload),
            "changeable": profiles.changeable(upload),
            "marking": Job.objects.of("outcomes.mark_upload", key).unfinished().exists(),
        }
        if drafts and context["may_send"]:
            context["form"] = _submit_form(drafts)
        return super().get_context_data(**context | kwargs)


def _submit_form(drafts: list[Submission], data: Any = None, *, reason: str = "") -> SubmitForm:
    return SubmitForm(
        data,
        corrections=any(s.is_correction for s in drafts),
        initial={"seen": submissions.fingerprint(drafts), "correction_reason": reason},
    )


class UploadSubmit(UploadDetail):
    """Sends the figures of a file for approval."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        drafts = list(self.object.submissions.filter(state__in=SENDABLE))
        only_reasons = "reasons" in request.POST
        said = keep_reasons(request, needed=only_reasons)
        if drafts and (only_reasons or said.refused):
            return self._again(drafts, said)
        form = _submit_form(drafts, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            count = submissions.submit(submissions=drafts, by=request.user, **form.cleaned_data)
        except submissions.Conflict as conflict:
            messages.warning(request, str(conflict))
            return self._again(drafts, said)
        messages.success(request, f"Sent for approval: {count} return{'s'[: count != 1]}.")
        return redirect(self.object)

    def _again(self, drafts: list[Submission], said: Said) -> HttpResponse:
        """The page as it is now, with what was typed and is not saved."""
        reason = self.request.POST.get("correction_reason", "")
        if not (reason or said.refused):
            return redirect(self.object)
        form = _submit_form(drafts, reason=reason)
        return self.render_to_response(self.get_context_data(form=form, said=said))


class UploadFile(View):
    """The file as it came, for its organisation and for analysts."""

    def get(self, request: HttpRequest, uuid: str) -> FileResponse:
        upload = get_object_or_404(Upload.objects.for_user(request.user), uuid=uuid)
        if not upload.file:
            raise Http404  # it held details of people, so it was not kept
        return _as_sent(upload.file, upload.original_name)


class UploadMarked(View):
    """The same file with a column that says what is wrong in each row."""

    def get(self, request: HttpRequest, uuid: str) -> FileResponse:
        upload = get_object_or_404(Upload.objects.for_user(request.user), uuid=uuid)
        if not upload.marked_file:
            raise Http404
        return _as_sent(upload.marked_file, upload.marked_name)


def _as_sent(file: FieldFile, name: str) -> FileResponse:
    return FileResponse(
        file.open(), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


class ReturnTemplate(GridView):
    """The figures that are asked for as a file to fill in."""

    MAKERS = {
        "csv": (return_template.as_csv, "text/csv; charset=utf-8"),
        "xlsx": (
            return_template.as_xlsx,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    }

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        if kind not in self.MAKERS:
            raise Http404
        make, content_type = self.MAKERS[kind]
        name = f"{self.collection.slug} {self.organisation.slug} {self.period}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(make(self.grid()), content_type=content_type, headers=headers)
