"""Figures typed on the screen: the whole grid, one cell of it, what others did, and sending it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from outcomes.actions import entry, submissions
from outcomes.forms.decisions import SubmitForm
from outcomes.forms.entry import CellForm
from outcomes.models import Collection, Submission
from outcomes.models.submissions import IN_HAND
from outcomes.selectors import closing, flags, returns, senders
from outcomes.selectors import grid as grids
from outcomes.selectors.grid import Cell, Grid
from outcomes.views import entry_rows
from outcomes.views.entry_rows import Row
from outcomes.views.flags import Said, keep_reasons
from partners.models import Organisation

# A change is dated by the start of its transaction and seen at its end.
OVERLAP = timedelta(seconds=30)
WHY_NOT = {
    "for all": "These figures came in a file for all partners. Ask the analysts to change them.",
    "submitted": "This return waits for approval. If something has to change, ask your approver "
    "to send it back.",
    "approved": "This return is approved and waits to be published. Once it is published, you "
    "can correct it.",
    "released": "These figures are published. What is published never changes, but you can begin "
    "a correction: a new version that is checked and approved like the first.",
}


class GridView(View):
    """What all pages of a grid share: whose figures they are, and who may type them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = Organisation.objects.for_user(request.user, Permission.SUBMISSION_VIEW)
        self.organisation = get_object_or_404(visible, slug=kwargs["organisation"])
        collections = Collection.objects.of(self.organisation)
        self.collection = get_object_or_404(collections, slug=kwargs["slug"])
        self.period: date = kwargs["period"]
        if not grids.takes(self.collection, self.organisation, self.period):
            raise Http404
        if not senders.may_type(request.user, self.organisation.pk):
            raise PermissionDenied("Only contributors type figures.")
        return super().dispatch(request, *args, **kwargs)

    def grid(self) -> Grid:
        return grids.grid(self.collection, self.organisation, self.period)

    def address(self, name: str) -> str:
        args = [self.collection.slug, self.organisation.slug, self.period]
        return reverse(f"outcomes:{name}", args=args)

    def why_not(self, grid: Grid) -> str:
        """Why nothing can be typed now; empty when something can."""
        draft = grid.submission
        for_all = draft and draft.upload and draft.upload.organisation_id is None
        if for_all and not returns.may_send_for_all(self.request.user):
            return WHY_NOT["for all"]
        if grid.state not in IN_HAND:
            return WHY_NOT[grid.state]
        asked = draft or Submission(
            collection=self.collection, organisation=self.organisation, period=self.period
        )
        if closing.closed_among([asked], self.request.user):
            return closing.sentence(self.collection, self.organisation, self.period)
        return ""

    def save(self, row: Row, draft: Submission | None, data: Any) -> None:
        """Saves one cell, if there is something to save; says on the row what came of it."""
        form, key = row.form, row.cell.key
        if not form.is_valid():
            row.outcome = "problem"
            row.problems = tuple(entry_rows.problems(form))
            return
        seen = data.get(f"{key}-mine") or form.cleaned_data["seen"]
        cell = {
            "measure": row.cell.measure,
            "place": row.cell.place,
            "category": row.cell.category,
            "seen": seen,
            "by": self.request.user,
        }
        try:
            with transaction.atomic():
                draft = draft or self.begin()
                if form.figure is None:
                    saved = entry.clear_cell(submission=draft, **cell)
                else:
                    saved = entry.save_cell(submission=draft, **cell, **form.figure)
        except entry.Overtaken as overtaken:
            row.outcome, row.overtaken = "conflict", overtaken
            return
        except submissions.Conflict as conflict:
            row.outcome, row.problems = "problem", (str(conflict),)
            return
        flags_now = grids.open_flags(draft).get(row.cell.id, ())
        form.cell = replace(row.cell, stored=saved.observation, flags=tuple(flags_now))
        row.outcome = "saved"

    def begin(self) -> Submission:
        return entry.begin(
            collection=self.collection,
            organisation=self.organisation,
            period=self.period,
            by=self.request.user,
        )


class Entry(GridView, TemplateView):
    """The grid. Without JavaScript its button saves every cell that was touched."""

    template_name = "outcomes/entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grid = self.grid()
        rows = kwargs.pop("rows", None) or [Row(CellForm(cell)) for cell in grid.cells]
        why_not = self.why_not(grid)
        by_key = {row.cell.key: row for row in rows}
        groups = [
            (measure, [by_key[cell.key] for cell in cells if cell.key in by_key])
            for measure, cells in grids.by_measure(grid.cells)
        ]
        return super().get_context_data(**kwargs) | {
            "grid": grid,
            "groups": groups,
            "why_not": why_not,
            "is_published": grid.state == Submission.State.RELEASED,
            "figures": why_not and grid.submission and _figures(grid.submission),
            "unsaved": list(entry_rows.not_saved(rows)),
            "errors": list(entry_rows.errors(rows)),
            "has_errors": any(row.problems or row.overtaken for row in rows),
            "cell_url": self.address("entry-cell"),
            "send_url": self.address("entry-send"),
            "begin_url": self.address("entry-begin"),
            "drop_url": self.address("entry-drop"),
            "news_url": _news_url(self.address("entry-news"), timezone.now()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grid = self.grid()
        why_not = self.why_not(grid)
        rows = [self._row(cell, grid, why_not) for cell in grid.cells]
        if all(row.outcome in ("", "saved") for row in rows):
            if saved := sum(row.outcome == "saved" for row in rows):
                messages.success(request, f"Saved: {saved} figure{'s'[: saved != 1]}.")
            return redirect(self.address("entry-send" if "send" in request.POST else "entry"))
        return self.render_to_response(self.get_context_data(rows=rows))

    def _row(self, cell: Cell, grid: Grid, why_not: str) -> Row:
        data = self.request.POST
        if f"{cell.key}-theirs" in data or f"{cell.key}-seen" not in data:
            return Row(CellForm(cell))
        row = Row(CellForm(cell, data))
        if not row.form.is_touched:
            return Row(CellForm(cell))
        if why_not:
            row.outcome, row.problems = "problem", (why_not,)
        else:
            self.save(row, grid.submission, data)
        return row


class EntryCell(GridView):
    """Saves one cell as it is left, and answers with what came of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grid = self.grid()
        cell = grid.cell(request.POST.get("cell", ""))
        if cell is None:
            raise Http404
        takes_theirs = f"{cell.key}-theirs" in request.POST
        if takes_theirs:
            row = Row(CellForm(cell), outcome="taken")
        elif why_not := self.why_not(grid):
            row = Row(CellForm(cell, request.POST), "problem", (why_not,))
        else:
            row = Row(CellForm(cell, request.POST))
            self.save(row, grid.submission, request.POST)
        now = self.grid()  # others may have saved other cells meanwhile
        context = {
            "row": row,
            "answered": now.answered,
            "asked": len(now.cells),
            "cell_url": self.address("entry-cell"),
        }
        response = render(request, "outcomes/includes/entry_saved.html", context)
        response["X-Entry"] = row.outcome
        if takes_theirs:
            response["HX-Retarget"] = f"#cell-{cell.key}"
            response["HX-Reswap"] = "outerHTML"
        return response


class EntryNews(GridView):
    """What others changed since a moment, for pages that are open; asked for in the background."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now, grid = timezone.now(), self.grid()
        since = _moment(request.GET.get("since", "")) or now - OVERLAP
        changed = {}
        if grid.submission:
            changed = grids.changed_since(grid.submission, since, request.user)
        rows = [
            Row(CellForm(cell), news=entry_rows.news(cell, *changed[cell.id]))
            for cell in grid.cells
            if cell.id in changed
        ]
        context = {
            "rows": rows,
            "answered": grid.answered,
            "asked": len(grid.cells),
            "why_not": self.why_not(grid),
            "cell_url": self.address("entry-cell"),
            "news_url": _news_url(self.address("entry-news"), now),
        }
        response = render(request, "outcomes/includes/entry_news.html", context)
        response["X-Entry"] = "news"
        return response


class EntryBegin(GridView):
    """Begins a correction of published figures."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.begin()
        except submissions.Conflict as conflict:
            messages.warning(request, str(conflict))
        return redirect(self.address("entry"))


class EntryDrop(GridView):
    """Gives up a correction."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.grid().submission
        try:
            if draft:
                entry.drop(submission=draft, by=request.user)
                messages.success(request, "The correction is gone. What is published stays.")
        except submissions.Conflict as conflict:
            messages.warning(request, str(conflict))
        return redirect(self.address("entry"))


class EntrySend(GridView, TemplateView):
    """Check and send: what is open, what is missing, all figures, and one button."""

    template_name = "outcomes/entry_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grid = self.grid()
        draft = grid.submission
        # What came back may go again unchanged, when the answer is that it was right.
        sendable = (Submission.State.DRAFT, Submission.State.RETURNED)
        is_draft = draft is not None and draft.state in sendable
        noticed = flags.of([draft]) if draft else None
        said = kwargs.pop("said", Said())
        if draft and is_draft and "form" not in kwargs:
            kwargs["form"] = _submit_form(draft)
        return super().get_context_data(**kwargs) | {
            "grid": grid,
            "why_not": self.why_not(grid),
            "is_draft": is_draft,
            "flags": noticed,
            "errors": said.beside(noticed) if noticed else [],
            "may_answer": draft is not None and senders.may_send(self.request.user, draft),
            "figures": _figures(draft) if draft else [],
            "entry_url": self.address("entry"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.grid().submission
        if draft is None:
            return redirect(self.address("entry"))
        only_reasons = "reasons" in request.POST
        said = keep_reasons(request, needed=only_reasons)
        if only_reasons or said.refused:
            form = _submit_form(draft, reason=request.POST.get("correction_reason", ""))
            return self.render_to_response(self.get_context_data(form=form, said=said))
        form = _submit_form(draft, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            submissions.submit(submissions=[draft], by=request.user, **form.cleaned_data)
        except submissions.Conflict as conflict:
            messages.warning(request, str(conflict))
            form = _submit_form(draft, reason=form.cleaned_data.get("correction_reason", ""))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, "Sent for approval. Thank you.")
        draft.refresh_from_db(fields=["receipt"])
        return redirect(draft.receipt or draft)


def _submit_form(draft: Submission, data: Any = None, *, reason: str = "") -> SubmitForm:
    return SubmitForm(
        data,
        corrections=draft.is_correction,
        initial={"seen": submissions.fingerprint([draft]), "correction_reason": reason},
    )


def _figures(submission: Submission) -> list[returns.Figure]:
    these = Submission.objects.filter(pk=submission.pk)
    return returns.as_text(returns.figures(these))


def _news_url(address: str, moment: datetime) -> str:
    return f"{address}?since={moment.timestamp():.3f}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(text), tz=timezone.get_default_timezone()) - OVERLAP
    except (ValueError, OverflowError, OSError):
        return None
