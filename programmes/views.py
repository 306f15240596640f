"""What help there is and what comes first: open to everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from programmes import selectors
from programmes.forms import ProgrammeFilterForm


@method_decorator(login_not_required, name="dispatch")
class ProgrammeList(TemplateView):
    """Find help: every programme that runs, or those of one borough."""

    template_name = "programmes/programme_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ProgrammeFilterForm(self.request.GET, places=selectors.places_with_programmes())
        borough = form.cleaned_data["borough"] if form.is_valid() else None
        return super().get_context_data(form=form, **selectors.find_help(borough=borough), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ProgrammeDetail(TemplateView):
    """One programme: whom it is for, how to get it, who runs it and whether it works."""

    template_name = "programmes/programme_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = get_object_or_404(selectors.public_programmes(), slug=kwargs["slug"])
        return super().get_context_data(**selectors.programme_page(programme), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class PriorityList(TemplateView):
    """What each partnership does first and next, and what it advised when it ended."""

    template_name = "programmes/priority_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**selectors.priorities(), **kwargs)
