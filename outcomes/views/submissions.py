from typing import Any

from django.views.generic import DetailView

from outcomes import selectors
from outcomes.models import Submission, Upload


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
            "figures": selectors.as_text(selectors.figures(this_one)),
            "versions": selectors.versions(submission),
            "upload": Upload.objects.for_user(self.request.user)
            .filter(pk=submission.upload_id)
            .first(),
        }
