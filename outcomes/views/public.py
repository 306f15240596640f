"""Does it work? What everybody may see: measures, their charts and their numbers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import DetailView, TemplateView

from accounts.permissions import Permission
from outcomes import figures
from outcomes.downloads import Notes, csv_lines, json_pieces
from outcomes.models import Measure, Series
from outcomes.models.releases import Edition
from outcomes.selectors import calendar

DRAWINGS = {"wide": "chart_wide", "narrow": "chart_narrow", "sparkline": "sparkline"}
CSP_OF_DRAWINGS = "default-src 'none'"  # should one ever be opened by itself


@method_decorator(login_not_required, name="dispatch")
class MeasureList(TemplateView):
    template_name = "outcomes/measure_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = figures.by_programme(figures.entries(Edition.PUBLIC))
        return super().get_context_data(page_title="Does it work?", groups=groups, **kwargs)


class FigurePage(DetailView):
    """One measure in one edition; subclasses say for which part."""

    model = Measure
    context_object_name = "measure"
    edition: Edition

    def get_queryset(self):
        agreed = Measure.objects.ever_agreed().select_related("programme", "owner")
        return agreed.prefetch_related("targets", "rebases")

    def get_series(self) -> Series | None:
        return figures.whole_series(self.object, self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = self.get_series()
        return super().get_context_data(
            page_title=self.object.name,
            figure=figures.figure(self.object, self.edition, series),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class MeasureDetail(FigurePage):
    """The whole partnership."""

    template_name = "outcomes/measure_detail.html"
    edition = Edition.PUBLIC


class MeasurePart(MeasureDetail):
    """One part of the partnership; without public numbers there is no such page."""

    part: str

    def get_series(self) -> Series:
        slug = self.kwargs[self.part]
        series = figures.part_series(self.object, self.edition, **{self.part: slug})
        if series is None:
            raise Http404
        return series

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page_title"] = f"{self.object.name}: {context['figure'].series.part_name}"
        return context


class MeasureOrganisation(MeasurePart):
    part = "organisation"


class MeasurePlace(MeasurePart):
    part = "place"


class MeasureFile(View):
    """All public numbers of a measure as one file; subclasses say in which format."""

    pieces: Callable[[Iterable[Series], Notes], Iterator[str]]
    content_type: str
    ending: str

    def get(self, request: HttpRequest, slug: str) -> StreamingHttpResponse:
        measure = get_object_or_404(Measure.objects.ever_agreed(), slug=slug)
        notes = calendar.notes(calendar.changes(measure=measure))
        name = f"{measure.slug}.{self.ending}"
        return StreamingHttpResponse(
            self.pieces(figures.downloads(measure).iterator(chunk_size=20), notes),
            content_type=self.content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


@method_decorator(login_not_required, name="dispatch")
class MeasureCsv(MeasureFile):
    pieces = staticmethod(csv_lines)
    content_type, ending = "text/csv; charset=utf-8", "csv"


@method_decorator(login_not_required, name="dispatch")
class MeasureJson(MeasureFile):
    pieces = staticmethod(json_pieces)
    content_type, ending = "application/json", "json"


@method_decorator(login_not_required, name="dispatch")
class Chart(View):
    """A stored drawing. Strangers get 404 for the board's, so that it tells them nothing."""

    def get(self, request: HttpRequest, uuid: UUID, width: str) -> HttpResponse:
        if width not in DRAWINGS:
            raise Http404
        drawn = Series.objects.only("edition", "content_hash", DRAWINGS[width])
        series = get_object_or_404(drawn, uuid=uuid)
        if series.edition != Edition.PUBLIC and not request.user.has_perm(Permission.BOARD_VIEW):
            raise Http404
        return drawing_response(request, series, getattr(series, DRAWINGS[width]))


def drawing_response(request: HttpRequest, series: Series, svg: str) -> HttpResponse:
    """The drawing, or 304 for a browser that has it; kept for long if its address names it."""
    if not svg:
        raise Http404
    etag = f'"{series.content_hash}"'
    drawing = HttpResponse(svg, content_type="image/svg+xml")
    response = get_conditional_response(request, etag=etag, response=drawing) or drawing
    named = request.GET.get("v") == series.content_hash[:12]
    lasting = "public, max-age=31536000, immutable" if named else "public, max-age=60"
    is_public = series.edition == Edition.PUBLIC
    response["Cache-Control"] = lasting if is_public else "private, no-store"
    response["Content-Security-Policy"] = CSP_OF_DRAWINGS
    response["ETag"] = etag
    return response
