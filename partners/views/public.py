"""Who we are: open to everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from partners import selectors


@method_decorator(login_not_required, name="dispatch")
class OrganisationList(TemplateView):
    """The partnership, the line it stands in, and its partners."""

    template_name = "partners/organisation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**selectors.who_we_are(), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class OrganisationDetail(TemplateView):
    """One partner: its names, what came before and after it, and what it does."""

    template_name = "partners/organisation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = get_object_or_404(selectors.public_organisations(), slug=kwargs["slug"])
        return super().get_context_data(**selectors.organisation_page(organisation), **kwargs)
