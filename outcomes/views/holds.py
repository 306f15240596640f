"""Days on which nothing is published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.actions import holds
from outcomes.actions.conflict import Conflict
from outcomes.forms.releases import HoldForm
from outcomes.models import Hold
from partners.models import Partnership


class HoldList(PermissionRequired, FormView):
    """Those in force, and a form for another."""

    permission_required = Permission.RELEASE_HOLD
    form_class = HoldForm
    template_name = "outcomes/hold_list.html"
    extra_context = {"page_title": "Holds on publishing", "button": "Set the hold"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Hold.objects.in_force().select_related("set_by")
        return super().get_context_data(**kwargs) | {"holds": found}

    def form_valid(self, form: HoldForm) -> HttpResponse:
        try:
            holds.begin(
                partnership=Partnership.objects.current(),
                **form.cleaned_data,
                by=self.request.user,
            )
        except Conflict as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, "The hold is set. Nothing is published on these days.")
        return redirect("outcomes:hold-list")


class HoldLift(PermissionRequired, View):
    permission_required = Permission.RELEASE_HOLD
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            holds.lift(hold=get_object_or_404(Hold, uuid=uuid), by=request.user)
        except Conflict as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "The hold is lifted.")
        return redirect("outcomes:hold-list")
