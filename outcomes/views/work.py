from typing import Any

from django.views.generic import TemplateView

from accounts.authorization import holds
from accounts.permissions import Permission
from outcomes.selectors import calendar, measures, receipts, releases, returns, timeliness, work


class Work(TemplateView):
    """What is due, returned to me, waiting for me. Everybody who signs in has this page."""

    template_name = "outcomes/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        outstanding = returns.outstanding(user)
        context = super().get_context_data(**kwargs) | {
            "outstanding": outstanding,
            "groups": work.groups(outstanding, user),
            "to_approve": returns.to_approve(user),
            "uploads": returns.recent_uploads(user),
            "receipts": receipts.recent(user),
            "collections": returns.sendable_collections(user),
            "for_all": returns.may_send_for_all(user),
            "early_releases": calendar.early_releases(user),
        }
        if user.has_perm(Permission.RELEASE_PLAN):
            context["to_publish"] = returns.summed_up(returns.to_publish())
            context["releases_to_approve"] = releases.to_approve(user)
        if user.has_perm(Permission.MEASURE_DEFINE):
            context["definitions"] = measures.waiting(user)
        if holds(user, Permission.SUBMISSION_VIEW, at=None):
            context["may_manage"] = user.has_perm(Permission.COLLECTION_MANAGE)
            context["total"] = timeliness.total(timeliness.returns(months="3"))
        return context
