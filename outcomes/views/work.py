from typing import Any

from django.views.generic import TemplateView

from accounts.permissions import Permission
from outcomes import selectors


class Work(TemplateView):
    """What is due, returned to me, waiting for me. Everybody who signs in has this page."""

    template_name = "outcomes/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs) | {
            "outstanding": selectors.outstanding(user),
            "to_approve": selectors.to_approve(user),
            "uploads": selectors.recent_uploads(user),
            "collections": selectors.sendable_collections(user),
            "for_all": selectors.may_send_for_all(user),
        }
        if user.has_perm(Permission.RELEASE_PUBLISH):
            context["to_publish"] = selectors.summed_up(selectors.to_publish())
        return context
