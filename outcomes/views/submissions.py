from typing import Any

from django.views.generic import DetailView

from outcomes.models import Submission, Upload
from outcomes.selectors import returns


class SubmissionDetail(DetailView):
    """One return for one period: its figures, and who did what when."""

    slug_field = slug_url_kwarg = "uuid"
    template_name = "outcomes/submission_detail.html"

    def get_queryset(self):
        people = ["entered_by", "submitted_by", "returned_by", "approved_by"]
        return Submission.objects.for_user(self.request.user).select_related(
            "collection", "organisation", "upload", "release", *people
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.object
        this_one = Submission.objects.filter(pk=submission.pk)
        return super().get_context_data(**kwargs) | {
            "figures": returns.as_text(returns.figures(this_one)),
            "versions": returns.versions(submission),
            "upload": Upload.objects.for_user(self.request.user)
            .filter(pk=submission.upload_id)
            .first(),
        }
