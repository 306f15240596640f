"""The searchable record of every change, for administrators."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from accounts.spreadsheets import BYTE_ORDER_MARK, Echo, as_text
from accounts.trail.forms import FiltersForm
from accounts.trail.lines import Line, lines
from accounts.trail.selectors import history
from accounts.trail.sources import Filters, Key, matching, page
from accounts.views import PermissionRequired

MOST_ROWS = 10_000
ROWS_AT_ONCE = 500
COLUMNS = ("when", "who", "roles", "done", "kind", "name", "changes", "reason", "where")


class Trail(PermissionRequired, TemplateView):
    """Who changed what, when, where and why: newest first, found by person, kind, day and words."""

    permission_required = Permission.TRAIL_VIEW
    template_name = "accounts/trail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FiltersForm(self.request.GET)
        asked = self.request.GET
        found = (
            history(matching(form.filters()), before=asked.get("before"), after=asked.get("after"))
            if form.is_valid()
            else None
        )
        chosen = {name: asked[name] for name in form.fields if asked.get(name)}
        return super().get_context_data(**kwargs) | {
            "page_title": "Record of changes",
            "form": form,
            "history": found,
            "filtered": bool(chosen),
            "chosen": chosen,
            "most_rows": MOST_ROWS,
        }


class TrailCsv(PermissionRequired, View):
    """The same lines as a file."""

    permission_required = Permission.TRAIL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        form = FiltersForm(request.GET)
        if not form.is_valid():
            return redirect(f"{reverse('accounts:trail')}?{request.GET.urlencode()}")
        day = timezone.localdate().isoformat()
        return StreamingHttpResponse(
            csv_lines(form.filters()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="record-of-changes-{day}.csv"'},
        )


def csv_lines(filters: Filters) -> Iterator[str]:
    """The newest lines that match, at most MOST_ROWS, a few hundred at a time."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    before: Key | None = None
    for _ in range(MOST_ROWS // ROWS_AT_ONCE):
        found = page(matching(filters), before=before, size=ROWS_AT_ONCE)
        yield "".join(writer.writerow(_cells(line)) for line in lines(found.keys))
        before = found.older
        if before is None:
            return


def _cells(line: Line) -> list[str]:
    changes = [f"{one.field}: {one.before} → {one.after}" for one in line.changes]
    texts = [line.who, line.roles, line.verb, line.kind, line.name, "; ".join(changes)]
    when = timezone.localtime(line.when).isoformat(timespec="seconds")
    return [when, *(as_text(text) for text in [*texts, line.reason, line.where])]
