"""Who changed what, when and why, for those who may see the object itself."""

from typing import Any

from django.db.models import Q
from django.views.generic import DetailView

from accounts.permissions import Permission
from accounts.trail import selectors as trail
from accounts.trail.sources import about
from accounts.views import PermissionRequired
from outcomes.models import (
    Measure,
    MeasureVersion,
    Observation,
    Rebase,
    Release,
    Submission,
    Target,
)
from outcomes.selectors import returns


class HistoryPage(DetailView):
    """A page of the record about one object; the views below say of what and for whom."""

    template_name = "accounts/history.html"
    hidden: frozenset[str] = frozenset()

    def sources(self) -> list:
        return [trail.of(self.object)]

    def back(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cut = {name: self.request.GET.get(name) for name in ("before", "after")}
        return super().get_context_data(**kwargs) | {
            "page_title": f"History: {self.object}",
            "back": self.back(),
            "history": trail.history(self.sources(), hidden=self.hidden, **cut),
        }


class SubmissionHistory(HistoryPage):
    """Every version of one return: who entered, sent, returned, approved and released it."""

    slug_field = slug_url_kwarg = "uuid"
    # The lines themselves say when. A file for all partners is named to nobody else.
    hidden = frozenset(
        {"entered_at", "submitted_at", "returned_at", "approved_at", "upload", "source_row"}
    )

    def get_queryset(self):
        people = Submission.objects.for_user(self.request.user)
        return people.select_related("collection", "organisation")

    def sources(self) -> list:
        versions = list(returns.versions(self.object).values_list("pk", flat=True))
        return [
            about(Submission, Q(pgh_obj_id__in=versions)),
            about(Observation, Q(submission_id__in=versions)),
        ]


class ReleaseHistory(PermissionRequired, HistoryPage):
    permission_required = Permission.RELEASE_PLAN
    slug_field = slug_url_kwarg = "uuid"

    def get_queryset(self):
        return Release.objects.all()


class MeasureHistory(PermissionRequired, HistoryPage):
    """How a measure was defined over time, with its targets and new starts of its range."""

    permission_required = Permission.BOARD_VIEW
    model = Measure

    def sources(self) -> list:
        own = Q(measure_id=self.object.pk)
        kinds = (MeasureVersion, Target, Rebase)
        return [trail.of(self.object), *(about(kind, own) for kind in kinds)]

    def back(self) -> str:
        return self.object.get_board_url()
