"""Figures typed on the screen: the whole grid, one cell of it, and what others did."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
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
from design_system.forms import listed_errors
from outcomes.actions import entry, submissions
from outcomes.forms.entry import CellForm, RowForm
from outcomes.models import Collection, Submission
from outcomes.models.submissions import IN_HAND
from outcomes.selectors import closing, grid_rows, returns, senders
from outcomes.selectors import grid as grids
from outcomes.selectors.grid import Cell, Grid
from outcomes.views import entry_rows
from outcomes.views.entry_rows import Row
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

    def grid(self, **only: Any) -> Grid:
        return grids.grid(self.collection, self.organisation, self.period, **only)

    def who_sends(self, grid: Grid) -> str:
        """Who sends the return, where the user may type into it and not send it."""
        draft = grid.submission
        if draft is None or senders.may_send(self.request.user, draft):
            return ""
        names = ", ".join(map(str, senders.who_sends(draft))) or "nobody has an account there yet"
        return f"They came in a file of {self.organisation}. Its contributors send them ({names})."

    def answered(self) -> int:
        return grids.count_answered(self.collection, self.organisation, self.period)

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
        cell = self.of_cell(row.cell, seen)
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

    def of_cell(self, cell: Cell, seen: str) -> dict[str, Any]:
        """What actions need to know of a cell; `seen` is what the person had before their eyes."""
        parts = {"measure": cell.measure, "place": cell.place, "category": cell.category}
        return parts | {"seen": seen, "by": self.request.user}

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
        by_key = {row.cell.key: row for row in kwargs.pop("rows", ())}
        grid = grid_rows.widened(self.grid(), by_key)
        rows = [by_key.get(cell.key) or Row(CellForm(cell)) for cell in grid.cells]
        why_not = self.why_not(grid)
        row_form = kwargs.pop("row_form", None) or self.row_form()
        groups = groupby(rows, key=lambda row: row.cell.measure)
        return super().get_context_data(**kwargs) | {
            "grid": grid,
            "groups": [(measure, list(rows)) for measure, rows in groups],
            "row_form": row_form,
            "why_not": why_not,
            "who_sends": self.who_sends(grid),
            "is_published": grid.state == Submission.State.RELEASED,
            "figures": why_not and grid.submission and figures(grid.submission),
            "unsaved": list(entry_rows.not_saved(rows)),
            "errors": [*entry_rows.errors(rows), *listed_errors(row_form)],
            "cell_url": self.address("entry-cell"),
            "send_url": self.address("entry-send"),
            "begin_url": self.address("entry-begin"),
            "drop_url": self.address("entry-drop"),
            "news_url": _news_url(self.address("entry-news"), timezone.now()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grid = grid_rows.widened(self.grid(), entry_rows.keys_in(request.POST))
        why_not = self.why_not(grid)
        away = grid.cell(request.POST.get("away", ""))
        rows = [self._row(cell, grid, why_not) for cell in grid.cells if cell != away]
        row_form = self.row_form(request.POST) if "add" in request.POST else None
        where = self.address("entry-send" if "send" in request.POST else "entry")
        if row_form and row_form.is_valid() and not why_not:
            where += f"#cell-{row_form.cell.key}"
            self.add(row_form.cell, grid)
        if away and grid.submission and not why_not:
            self.take_away(away, grid.submission)
        if any(row.outcome not in ("", "saved") for row in rows) or (row_form and row_form.errors):
            return self.render_to_response(self.get_context_data(rows=rows, row_form=row_form))
        if said := entry_rows.summary(rows):
            messages.success(request, said)
        return redirect(where)

    def row_form(self, data: Any = None) -> RowForm:
        places = grid_rows.places(self.collection, self.period)
        return RowForm(data, measures=self.collection.measures.all(), places=places)

    def add(self, cell: Cell, grid: Grid) -> None:
        """Adds an empty row, unless it is asked for already or somebody was faster."""
        if grid.cell(cell.key):
            messages.info(self.request, f"This row is there already: {cell.name}.")
            return
        empty = {"numerator": None, "denominator": None, "status": "unfinished", "note": ""}
        try:
            with transaction.atomic():
                draft = self.begin()
                entry.save_cell(submission=draft, **self.of_cell(cell, entry.NOTHING), **empty)
        except entry.Overtaken:
            messages.info(self.request, f"This row is there already: {cell.name}.")
        except submissions.Conflict as conflict:
            messages.warning(self.request, str(conflict))

    def take_away(self, cell: Cell, draft: Submission) -> None:
        seen = self.request.POST.get(f"{cell.key}-seen", "")
        try:
            entry.clear_cell(submission=draft, **self.of_cell(cell, seen))
        except entry.Overtaken as overtaken:
            kept = overtaken.stored.as_text if overtaken.stored else "nothing"
            said = f"{cell.name} stays: {overtaken.who} has saved {kept} there meanwhile."
            messages.warning(self.request, said)
        except submissions.Conflict as conflict:
            messages.warning(self.request, str(conflict))

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
        key = request.POST.get("cell", "")
        grid = grid_rows.widened(self.grid(only=grids.is_of(key)), [key])
        cell = grid.cell(key)
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
        context = {
            "row": row,
            "answered": self.answered(),
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
        now, since = timezone.now(), _moment(request.GET.get("since", ""))
        grid, changed = self.grid(only=lambda measure: False), {}
        if grid.submission:
            since = since or now - OVERLAP
            changed = grids.changed_since(grid.submission, since, request.user)
        if changed:
            measures = {measure for measure, _, _ in changed}
            grid = self.grid(only=lambda measure: measure.pk in measures)
        rows = [
            Row(CellForm(cell), news=entry_rows.news(cell, *changed[cell.id]))
            for cell in grid.cells
            if cell.id in changed
        ]
        context = {
            "rows": rows,
            "answered": self.answered() if changed else 0,
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


def figures(submission: Submission) -> list[returns.Figure]:
    these = Submission.objects.filter(pk=submission.pk)
    return returns.as_text(returns.figures(these))


def _news_url(address: str, moment: datetime) -> str:
    return f"{address}?since={moment.timestamp():.3f}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(text), tz=timezone.get_default_timezone()) - OVERLAP
    except (ValueError, OverflowError, OSError):
        return None
