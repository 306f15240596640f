from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.generic import DetailView

from outcomes.actions import entry
from outcomes.models import Submission, Upload
from outcomes.selectors import differences, flags, returns

PAGE = 100
CHANGES_SHOWN = 50


class SubmissionDetail(DetailView):
    """One return for one period: its figures, what was said about it, and who did what when."""

    slug_field = slug_url_kwarg = "uuid"
    template_name = "outcomes/submission_detail.html"

    def get_queryset(self):
        people = ["entered_by", "submitted_by", "returned_by", "approved_by"]
        return Submission.objects.for_user(self.request.user).select_related(
            "collection", "organisation", "upload", "release", "receipt", *people
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission, user = self.object, self.request.user
        this_one = Submission.objects.filter(pk=submission.pk)
        page = Paginator(returns.figures(this_one), PAGE).get_page(self.request.GET.get("page"))
        versions = list(returns.versions(submission).select_related("collection"))
        is_latest = versions[0].pk == submission.pk
        may_type = is_latest and entry.may_type(user, submission.organisation)
        is_in_hand = submission.state in entry.IN_HAND
        return super().get_context_data(**kwargs) | {
            "figures_page": page,
            "figures": returns.as_text(page),
            "changes": differences.between_versions(submission, CHANGES_SHOWN),
            "versions": versions,
            "newer": None if is_latest else versions[0],
            "upload": Upload.objects.for_user(user).filter(pk=submission.upload_id).first(),
            "flags": flags.of(this_one),
            "may_answer": is_in_hand and flags.may_answer(user, submission),
            "may_type": may_type and is_in_hand,
            "may_correct": may_type and submission.state == Submission.State.RELEASED,
            "entry_url": self._address("entry"),
            "begin_url": self._address("entry-begin"),
            "send_url": self._address("entry-send"),
        }

    def _address(self, name: str) -> str:
        one = self.object
        return reverse(
            f"outcomes:{name}", args=[one.collection.slug, one.organisation.slug, one.period]
        )
