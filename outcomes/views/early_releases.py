"""A release before everybody sees it: for named people, and only for the last 24 hours."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from outcomes.actions import early_readers
from outcomes.models import EarlyReader
from outcomes.selectors import calendar


class EarlyRelease(TemplateView):
    """First what is asked of the reader; the figures once they have agreed, which is noted.

    Anybody else gets 404, so that the page tells strangers nothing.
    """

    template_name = "outcomes/release_early.html"

    @cached_property
    def reader(self) -> EarlyReader:
        reader = calendar.early_reader(self.request.user, self.kwargs["uuid"])
        if reader is None:
            raise Http404
        return reader

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.reader.release
        agreed = self.reader.first_read_at is not None
        return super().get_context_data(**kwargs) | {
            "page_title": release.title,
            "release": release,
            "agreed": agreed,
            "figures": release.rehearsal.figures if agreed else [],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        early_readers.note_reading(reader=self.reader)
        return redirect(request.path)
