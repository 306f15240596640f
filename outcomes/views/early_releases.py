"""A release before everybody sees it: for named people, and only for the last 24 hours."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.views.generic import TemplateView

from outcomes.actions import early_readers
from outcomes.selectors import calendar


class EarlyRelease(TemplateView):
    """Anybody else gets 404, so that the page tells strangers nothing."""

    template_name = "outcomes/release_early.html"

    def get_context_data(self, uuid: UUID, **kwargs: Any) -> dict[str, Any]:
        reader = calendar.early_reader(self.request.user, uuid)
        if reader is None:
            raise Http404
        early_readers.note_reading(reader=reader)
        return super().get_context_data(**kwargs) | {
            "page_title": reader.release.title,
            "release": reader.release,
            "figures": reader.release.rehearsal.figures,
        }
