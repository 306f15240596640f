from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.actions import submissions
from outcomes.forms import approvals as forms
from outcomes.models import Collection, Observation, Submission
from outcomes.selectors import approvals, differences, flags, returns
from partners.models import Organisation

PAGE = 50
PAGE_OF_RETURNS = 100
GONE_SHOWN = 20
BESIDE = {  # what a figure is compared with, as headings
    "month": {"last": "Beside the month before", "year": "Beside the same month a year before"},
    "quarter": {
        "last": "Beside the quarter before",
        "year": "Beside the same quarter a year before",
    },
    "year": {"last": "Beside the year before", "year": ""},
}


@dataclass(frozen=True, slots=True)
class Look:
    """Which of the figures are shown."""

    name: str
    label: str
    figures: QuerySet[Observation]
    count: int


class Approval(PermissionRequired, FormView):
    """What one organisation sent for one collection, beside what it sent before: approve it, or
    send it back with a reason and marked figures.

    The buttons that lead to other pages of figures belong to the form, so that nothing that was
    marked or written is lost on the way.
    """

    permission_required = Permission.SUBMISSION_APPROVE
    form_class = forms.ApprovalForm
    template_name = "outcomes/approval.html"

    def get_permission_object(self) -> Organisation:
        return self.organisation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = Organisation.objects.for_user(request.user, Permission.SUBMISSION_VIEW)
        self.organisation = get_object_or_404(visible, slug=kwargs["organisation"])
        collections = Collection.objects.of(self.organisation)
        self.collection = get_object_or_404(collections, slug=kwargs["slug"])
        self._read()
        return super().dispatch(request, *args, **kwargs)

    def _read(self) -> None:
        """Before any figure is read: what is saved in between makes the decision a Conflict."""
        self.waiting = list(returns.waiting_for_approval(self.collection, self.organisation))

    def get_initial(self) -> dict[str, Any]:
        return {"seen": submissions.fingerprint(self.waiting)}

    def get_form_kwargs(self) -> dict[str, Any]:
        marks = forms.marks_of(self.request.POST)
        return super().get_form_kwargs() | {"returns": len(self.waiting), "marks": marks}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        looks, look, page = self._looked_at()
        shown = list(page)
        marks = context["form"].marks
        on_page = {figure.pk for figure in shown}
        gone = differences.gone(self.waiting)
        return context | {
            "collection": self.collection,
            "organisation": self.organisation,
            "waiting": self.waiting,
            "corrections": [s for s in self.waiting if s.is_correction],
            "has_come_before": self._has_come_before(),
            "is_maker": approvals.is_maker(self.waiting, self.request.user),
            "flags": flags.of(self.waiting),
            "looks": looks,
            "look": look,
            "page": page,
            "caption": _caption(look, page),
            "lines": [(line, marks.get(line.figure.pk)) for line in differences.lines(shown)],
            "beside": BESIDE[self.collection.frequency],
            "marks": marks,
            "marked_elsewhere": {pk: why for pk, why in marks.items() if pk not in on_page},
            "gone": gone[:GONE_SHOWN],
            "gone_count": gone.count(),
            "last_decision": approvals.last_decision(self.collection, self.organisation),
            "page_title": f"Approve: {self.collection}",
        }

    def _has_come_before(self) -> bool:
        """Whether any of the returns was published or sent back before."""
        return any(s.is_correction or s.returned_at for s in self.waiting)

    def _looked_at(self) -> tuple[list[Look], Look, Page]:
        every = returns.figures(Submission.objects.filter(pk__in=[s.pk for s in self.waiting]))
        every = every.select_related(
            "submission__collection", "submission__organisation", "submission__upload__received_by"
        ).select_related("measure", "place", "category", "typed_by")
        chosen = {
            "all": ("All figures", every),
            "flagged": ("Figures with something to look at", differences.flagged(every)),
        }
        if self._has_come_before():
            chosen["changed"] = ("Figures that have changed", differences.changed(every))
        looks = [Look(name, label, rows, rows.count()) for name, (label, rows) in chosen.items()]
        name, number = self._asked()
        look = next((look for look in looks if look.name == name), looks[0])
        return looks, look, Paginator(look.figures, PAGE).get_page(number)

    def _asked(self) -> tuple[str, str]:
        """Which figures, and which page of them, were asked for: by a button or by the address."""
        given = self.request.POST or self.request.GET
        name, number = given.get("show", "all"), given.get("page", "1")
        if "look" in given:
            return given["look"], "1"
        return name, given.get("go", number)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not {"look", "go"}.isdisjoint(request.POST):  # another page of figures
            return self._show_again(seen=request.POST.get("seen", ""))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.ApprovalForm) -> HttpResponse:
        try:
            self._decide(form)
        except submissions.Conflict as conflict:
            messages.warning(self.request, str(conflict))
            self._read()
            return self._show_again(seen=submissions.fingerprint(self.waiting))
        return redirect("outcomes:work")

    def _show_again(self, *, seen: str) -> HttpResponse:
        """The page with everything that was chosen, written and marked, and not yet judged."""
        data, marks = self.request.POST, forms.marks_of(self.request.POST)
        there = differences.among(self.waiting, marks)
        form = forms.ApprovalForm(
            returns=len(self.waiting),
            marks={pk: question for pk, question in marks.items() if pk in there},
            initial={
                "seen": seen,
                "decision": data.get("decision"),
                "reason": data.get("reason"),
            },
        )
        return self.render_to_response(self.get_context_data(form=form))

    def _decide(self, form: forms.ApprovalForm) -> None:
        decision, user = form.cleaned_data["decision"], self.request.user
        seen = {"submissions": self.waiting, "seen": form.cleaned_data["seen"], "by": user}
        if decision == forms.APPROVE:
            count, done = submissions.approve(**seen), "Approved"
        else:
            done = "Sent back"
            count = submissions.send_back(
                **seen,
                reason=form.reason_given,
                marks=form.marks,
                only_marked=decision == forms.RETURN_MARKED,
            )
        name = self.collection.name
        messages.success(self.request, f"{done}: {count} return{'s'[: count != 1]} ({name}).")


def _caption(look: Look, page: Page) -> str:
    if not page.has_other_pages():
        return look.label
    return f"{look.label}: {page.start_index()} to {page.end_index()} of {look.count}"


class ApprovalList(PermissionRequired, FormView):
    """Every return that waits for the user; those that nothing speaks against, at one go."""

    permission_required = Permission.SUBMISSION_APPROVE
    form_class = forms.TogetherForm
    template_name = "outcomes/approval_list.html"
    extra_context = {"page_title": "Waiting for your approval"}

    @cached_property
    def page(self) -> Page:
        waiting = approvals.waiting(self.request.user)
        return Paginator(waiting, PAGE_OF_RETURNS).get_page(self.request.GET.get("page"))

    @cached_property
    def values(self) -> dict[str, Submission]:
        """The returns of the page by what is sent when one is ticked."""
        return {f"{s.uuid}:{submissions.fingerprint([s])}": s for s in self.page}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"returns": self.values}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        looked_at = approvals.looked_at(self.values.values(), self.request.user)
        lines = list(zip(self.values, looked_at, strict=True))
        clear = [value for value, line in lines if not line.open_because]
        given = self.request.POST.getlist("ticked")
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "lines": lines,
            "clear": clear,
            "ticked": clear if "all" in self.request.GET else given,
        }

    def form_valid(self, form: forms.TogetherForm) -> HttpResponse:
        ticked = {self.values[value]: value for value in form.cleaned_data["ticked"]}
        seen = {row: value.split(":")[1] for row, value in ticked.items()}
        try:
            count = submissions.approve_together(seen=seen, by=self.request.user)
        except submissions.Conflict as conflict:
            messages.warning(self.request, str(conflict))
        else:
            messages.success(self.request, f"Approved: {count} return{'s'[: count != 1]}.")
        return redirect("outcomes:approval-list")
