"""Releases as staff work on them: plan, fill, approve, take back, call off, withdraw."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.views import View
from django.views.generic import FormView, ListView, TemplateView

from accounts.permissions import Permission
from accounts.reauthentication import RecentSignIn
from accounts.views import PermissionRequired
from outcomes.actions import early_readers, rehearsals, series
from outcomes.actions import releases as act
from outcomes.actions.conflict import Conflict
from outcomes.forms.releases import (
    ContentsForm,
    EarlyReaderForm,
    ReasonForm,
    ReleaseForm,
    SeenForm,
)
from outcomes.models import Collection, Release
from outcomes.selectors import releases as read
from outcomes.selectors import returns
from partners.models import Partnership

WORK = {"label": "My work", "href": reverse_lazy("outcomes:work")}
RELEASES = {"label": "Releases", "href": reverse_lazy("outcomes:release-list")}
State = Release.State


class ForPlanners(PermissionRequired):
    permission_required = Permission.RELEASE_PLAN


class ReleaseList(ForPlanners, ListView):
    """What is planned, what waits to be put into a release, and what was published."""

    template_name = "outcomes/release_list.html"
    paginate_by = 20
    extra_context = {"page_title": "Releases", "breadcrumb": [WORK]}

    def get_queryset(self):
        return read.releases(State.PUBLISHED, State.WITHDRAWN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "to_come": read.releases(State.PLANNED, State.SCHEDULED),
            "to_publish": returns.summed_up(returns.to_publish()),
        }


class OneRelease:
    """Which one, the address says."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def release(self) -> Release:
        people = ("planned_by", "approved_by", "published_by", "ended_by", "rehearsal")
        return get_object_or_404(Release.objects.select_related(*people), uuid=self.kwargs["uuid"])


class ReleaseDetail(ForPlanners, OneRelease, TemplateView):
    """What it holds, what stands in its way, and what may be done with it now."""

    template_name = "outcomes/release_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.release
        context = super().get_context_data(**kwargs) | {
            "page_title": release.title,
            "breadcrumb": [WORK, RELEASES],
            "release": release,
            "seen": read.fingerprint(release),  # before what it is about
            "contents": read.waiting(release),
            "readers": release.early_readers.select_related("user"),
        }
        return context | (self._to_come() if release.is_to_come else self._past())

    def _to_come(self) -> dict[str, Any]:
        # In this order: what ends meanwhile is asked for again, and never taken for not begun.
        unfinished = read.rehearsals(self.release).unfinished().exists()
        rehearsed = read.is_rehearsed(self.release)
        checks = read.checklist(self.release)
        shaped = self.release.makers.filter(pk=self.request.user.pk).exists()
        return {
            "checks": checks,
            "blocked": any(check.blocks for check in checks),
            "looking": unfinished and not rehearsed,
            "makers": self.release.makers.order_by("full_name"),
            "may_approve": not shaped and self.request.user.has_perm(Permission.RELEASE_APPROVE),
            "rehearsal": self.release.rehearsal if rehearsed else None,
        }

    def _past(self) -> dict[str, Any]:
        builds = read.builds(self.release)
        return {
            "measures": read.measures(self.release),
            "corrections": self.release.corrections.select_related(
                "measure", "submission__collection", "submission__organisation"
            ),
            "unfinished": builds.unfinished().count(),
            "failed": len(series.lost_builds(builds)),
        }


class Act(OneRelease, FormView):
    """A form that changes a release; what is refused is said above the form."""

    template_name = "outcomes/release_act.html"
    done = "Saved."
    title = ""
    button = "Save"
    explanation = ""

    def act(self, **cleaned: Any) -> None:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = {"label": self.release.title, "href": self.release.get_absolute_url()}
        crumbs = [WORK, RELEASES, here]
        return super().get_context_data(**kwargs) | {
            "page_title": self.title,
            "breadcrumb": crumbs,
            "button": self.button,
            "explanation": self.explanation,
            "release": self.release,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(**form.cleaned_data)
        except Conflict as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return self.release.get_absolute_url()


class ReleaseCreate(ForPlanners, RecentSignIn, Act):
    """Plans a release, and tells everybody its day. All that is approved is put into it."""

    form_class = ReleaseForm
    template_name = "outcomes/release_form.html"
    done = "Planned."
    title = "Plan a release"
    button = "Plan it"

    def get_initial(self) -> dict[str, Any]:
        approved = Collection.objects.filter(submissions__in=returns.to_publish()).distinct()
        return ReleaseForm.initial_of(None, approved)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"collections": Collection.objects.order_by("name")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return FormView.get_context_data(self, **kwargs) | {
            "page_title": self.title,
            "breadcrumb": [WORK, RELEASES],
            "button": self.button,
        }

    def act(self, *, seen: str, **plan: Any) -> None:
        current = Partnership.objects.current()
        self.release = act.plan(partnership=current, **plan, by=self.request.user)


class ReleaseChange(ForPlanners, Act):
    form_class = ReleaseForm
    template_name = "outcomes/release_form.html"
    title = "Change the release"

    def get_initial(self) -> dict[str, Any]:
        seen = read.fingerprint(self.release)
        return ReleaseForm.initial_of(self.release, Collection.objects.none()) | {"seen": seen}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"collections": Collection.objects.order_by("name")}

    def act(self, **plan: Any) -> None:
        act.change(release=self.release, **plan, by=self.request.user)


class ReleaseContents(ForPlanners, Act):
    """Which approved returns it holds."""

    form_class = ContentsForm
    template_name = "outcomes/release_contents.html"
    title = "What the release holds"

    def get_initial(self) -> dict[str, Any]:
        return {"seen": read.fingerprint(self.release)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"submissions": read.may_hold(self.release)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        held = set(self.release.submissions.values_list("uuid", flat=True))
        if form.is_bound:  # what was ticked stays ticked
            held = {UUID(one) for one in form.data.getlist("submissions") if _is_uuid(one)}
        return context | {"groups": read.to_choose(self.release, held)}

    def act(self, **cleaned: Any) -> None:
        count = act.fill(release=self.release, **cleaned, by=self.request.user)
        self.done = f"It holds {count} return{'s' if count != 1 else ''} now."


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class Press(OneRelease, View):
    """A button on the page of a release."""

    http_method_names = ["post"]
    done = ""

    def act(self, seen: str) -> None:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SeenForm(request.POST)
        try:
            self.act(form.cleaned_data["seen"] if form.is_valid() else "")
        except Conflict as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, self.done)
        return redirect(self.release)


class ReleaseApprove(PermissionRequired, RecentSignIn, Press):
    permission_required = Permission.RELEASE_APPROVE
    done = "Approved. It is published at its time."

    def act(self, seen: str) -> None:
        act.approve(release=self.release, seen=seen, by=self.request.user)


class ReleaseRehearse(ForPlanners, Press):
    """Looks again at what the release would show and give away."""

    done = "The portal is looking at the figures again."

    def act(self, seen: str) -> None:
        rehearsals.request(release=self.release, by=self.request.user)


class ReleaseReopen(ForPlanners, Act):
    form_class = ReasonForm
    title = "Take the approval back"
    button = "Take it back"
    explanation = "The release is planned again and can be changed. Then somebody approves it anew."
    done = "The approval was taken back. You can change the release now."

    def get_initial(self) -> dict[str, Any]:
        return {"seen": read.fingerprint(self.release)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_public": False}

    def act(self, **cleaned: Any) -> None:
        act.reopen(release=self.release, **cleaned, by=self.request.user)


class ReleaseCancel(ForPlanners, Act):
    form_class = ReasonForm
    title = "Call the release off"
    button = "Call it off"
    explanation = (
        "Its returns are free for another release. If readers were told of its day, they find it "
        "in the calendar as called off."
    )
    done = "The release was called off."

    def act(self, *, seen: str, reason: str) -> None:
        act.cancel(release=self.release, reason=reason, by=self.request.user)


class ReleaseWithdraw(PermissionRequired, RecentSignIn, Act):
    permission_required = Permission.RELEASE_WITHDRAW
    form_class = ReasonForm
    title = "Withdraw the release"
    button = "Withdraw it now"
    explanation = (
        "Its figures leave all public pages and the board’s at once, and do not come back. A page "
        "says that they were withdrawn, when and why. To put single figures right, correct their "
        "returns instead."
    )
    done = "Withdrawn. Its figures are gone from the public pages."

    def act(self, *, seen: str, reason: str) -> None:
        act.withdraw(release=self.release, reason=reason, by=self.request.user)


class ReleaseReaders(ForPlanners, Act):
    """Who may read it early."""

    form_class = EarlyReaderForm
    template_name = "outcomes/release_readers.html"
    title = "Who may read it early"
    button = "Add them"
    done = "They may read it from 24 hours before."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readers = self.release.early_readers.select_related("user", "named_by")
        return super().get_context_data(**kwargs) | {"readers": readers}

    def act(self, **cleaned: Any) -> None:
        early_readers.name(release=self.release, **cleaned, by=self.request.user)

    def get_success_url(self) -> str:
        return self.request.path


class ReleaseReaderRemove(ForPlanners, Press):
    done = "They may not read it early any more."

    def act(self, seen: str) -> None:
        reader = self.release.early_readers.filter(user__uuid=self.kwargs["reader"]).first()
        if reader is None:
            raise Http404
        early_readers.remove(reader=reader, by=self.request.user)
