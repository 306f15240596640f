"""How was this figure made? For everybody, for the board, and for those who handle the returns."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import ListView, TemplateView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.models import Measure
from outcomes.models.releases import Edition
from outcomes.periods import label
from outcomes.selectors import provenance


class MadePage(TemplateView):
    """One figure of one edition: of the whole, or of the part that the address names."""

    template_name = "outcomes/made.html"
    edition: Edition

    def get_context_data(self, slug: str, period: date, **part: str) -> dict[str, Any]:
        measures = Measure.objects.ever_agreed().prefetch_related("rebases")
        measure = get_object_or_404(measures, slug=slug)
        series = provenance.part_series(measure, self.edition, **part)
        made = series and provenance.made(series, period, self.request.user)
        if made is None:
            raise Http404
        title = f"{measure.name}, {made.point['label']}: how this figure was made"
        return super().get_context_data(page_title=title, made=made, measure=measure)


@method_decorator(login_not_required, name="dispatch")
class Made(MadePage):
    edition = Edition.PUBLIC


class BoardMade(PermissionRequired, MadePage):
    permission_required = Permission.BOARD_VIEW
    edition = Edition.BOARD


class FigureCells(ListView):
    """Every cell behind a figure, with its person and its file, of those whose returns one sees."""

    template_name = "outcomes/figure_cells.html"
    context_object_name = "cells"
    paginate_by = 50

    def get_queryset(self):
        self.measure = get_object_or_404(Measure, slug=self.kwargs["slug"])
        found = provenance.cells(self.measure, self.kwargs["period"], self.request.user)
        if not found.exists():
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        submissions = {cell.submission for cell in context["cells"]}
        period = label(self.kwargs["period"], self.measure.frequency)
        return context | {
            "page_title": f"{self.measure.name}, {period}: the figures behind it",
            "measure": self.measure,
            "period_label": period,
            "returns": [
                (submission, list(provenance.steps(submission)))
                for submission in sorted(submissions, key=lambda s: str(s.organisation))
            ],
        }
