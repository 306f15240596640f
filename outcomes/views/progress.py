"""How complete and how timely returns are, for those who see the returns of everybody."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from accounts.authorization import holds
from accounts.permissions import Permission
from accounts.spreadsheets import BYTE_ORDER_MARK, Echo, as_text
from accounts.views import PermissionRequired
from outcomes.forms.progress import ProgressForm
from outcomes.selectors import timeliness
from outcomes.views.collections import WORK

COLUMNS = ("collection", "organisation", "organisation_code", "period", "period_label", "due_on",
           "sent_on", "state", "with_data")  # fmt: skip


class ProgressPage(PermissionRequired):
    """For the partnership: a role at one organisation is not enough."""

    def has_permission(self) -> bool:
        return holds(self.request.user, Permission.SUBMISSION_VIEW, at=None)


class Progress(ProgressPage, TemplateView):
    template_name = "outcomes/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ProgressForm(self.request.GET or None, initial={"months": "12"})
        chosen = form.chosen()
        rows = timeliness.returns(**chosen)
        return super().get_context_data(**kwargs) | {
            "page_title": "Who has sent what",
            "breadcrumb": [WORK],
            "filter_form": form,
            "total": timeliness.total(rows),
            "organisations": timeliness.by_organisation(rows),
            "periods": timeliness.by_period(rows),
            "colours": timeliness.COLOURS,
            "to_ask": timeliness.to_ask(self.request.user, chosen["collection"]),
            "may_see_people": timeliness.may_see_people(self.request.user),
            "query": self.request.GET.urlencode(),
        }


class ProgressCsv(ProgressPage, View):
    """The same returns, a line for each."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        rows = timeliness.returns(**ProgressForm(request.GET).chosen())
        name = f"returns-{timezone.localdate()}.csv"
        return StreamingHttpResponse(
            _lines(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _lines(rows: list[timeliness.Return]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow(
            [
                as_text(row.collection.name),
                as_text(row.organisation.name),
                row.organisation.ods_code or "",
                row.period,
                row.period_label,
                row.due_on,
                row.sent_on or "",
                row.state,
                "yes" if row.with_data else "no",
            ]
        )
