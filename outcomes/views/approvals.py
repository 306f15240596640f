from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.actions import submissions
from outcomes.forms.decisions import ApprovalForm
from outcomes.models import Collection
from outcomes.selectors import returns
from partners.models import Organisation

PAGE = 50


class Approval(PermissionRequired, FormView):
    """What one organisation sent for one collection: approve it, or send it back with a reason."""

    permission_required = Permission.SUBMISSION_APPROVE
    form_class = ApprovalForm
    template_name = "outcomes/approval.html"

    def get_permission_object(self) -> Organisation:
        return self.organisation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = Organisation.objects.for_user(request.user, Permission.SUBMISSION_VIEW)
        self.organisation = get_object_or_404(visible, slug=kwargs["organisation"])
        asked = Collection.objects.filter(organisations=self.organisation)
        self.collection = get_object_or_404(asked, slug=kwargs["slug"])
        self.waiting = returns.waiting_for_approval(self.collection, self.organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": submissions.fingerprint(self.waiting)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.request.GET.get("page")
        figures = Paginator(returns.figures(self.waiting), PAGE).get_page(page)
        return super().get_context_data(**kwargs) | {
            "collection": self.collection,
            "organisation": self.organisation,
            "waiting": self.waiting,
            "figures_page": figures,
            "figures": returns.as_text(figures),
            "page_title": f"Approve: {self.collection}",
        }

    def form_valid(self, form: ApprovalForm) -> HttpResponse:
        try:
            self._decide(**form.cleaned_data)
        except submissions.Conflict as conflict:
            messages.warning(self.request, str(conflict))
            return redirect(self.request.path)
        return redirect("outcomes:work")

    def _decide(self, *, decision: str, seen: str, reason: str) -> None:
        user, name = self.request.user, self.collection.name
        if decision == ApprovalForm.APPROVE:
            count = submissions.approve(submissions=self.waiting, seen=seen, by=user)
            messages.success(self.request, f"Approved: {count} return{'s'[: count != 1]} ({name}).")
        else:
            count = submissions.send_back(
                submissions=self.waiting, seen=seen, reason=reason, by=user
            )
            messages.success(
                self.request, f"Sent back: {count} return{'s'[: count != 1]} ({name})."
            )
