from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.generic import DetailView, ListView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.models import Collection, Submission, Upload
from outcomes.models.submissions import IN_HAND
from outcomes.selectors import differences, flags, returns, senders

PAGE = 100
CHANGES_SHOWN = 50


class SubmissionList(PermissionRequired, ListView):
    """Every return the user may see, the latest period first: the way to what is published."""

    permission_required = Permission.SUBMISSION_VIEW
    template_name = "outcomes/submission_list.html"
    paginate_by = 25
    extra_context = {"page_title": "All returns"}

    def get_queryset(self):
        self.collections = Collection.objects.for_user(self.request.user)
        self.chosen = self.collections.filter(slug=self.request.GET.get("collection", "")).first()
        rows = Submission.objects.for_user(self.request.user).latest_version()
        if self.chosen:
            rows = rows.filter(collection=self.chosen)
        return rows.select_related("collection", "organisation").order_by(
            "-period", "collection__name", "organisation__name"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "collections": self.collections,
            "chosen": self.chosen,
        }


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
        may_type = is_latest and senders.may_type(user, submission.organisation_id)
        is_in_hand = submission.state in IN_HAND
        return super().get_context_data(**kwargs) | {
            "figures_page": page,
            "figures": returns.as_text(page),
            "changes": differences.between_versions(submission, CHANGES_SHOWN),
            "versions": versions,
            "newer": None if is_latest else versions[0],
            "upload": Upload.objects.for_user(user).filter(pk=submission.upload_id).first(),
            "flags": flags.of(this_one),
            "may_answer": is_in_hand and senders.may_send(user, submission),
            "may_type": may_type and is_in_hand,
            "may_correct": may_type and submission.state == Submission.State.RELEASED,
            "entry_url": self._address("entry"),
            "begin_url": self._address("entry-begin"),
            "drop_url": self._address("entry-drop"),
            "send_url": self._address("entry-send"),
        }

    def _address(self, name: str) -> str:
        one = self.object
        return reverse(
            f"outcomes:{name}", args=[one.collection.slug, one.organisation.slug, one.period]
        )
