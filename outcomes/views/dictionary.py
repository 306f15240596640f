"""What the measures mean, and how decisions about figures are taken, for everybody."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from accounts.spreadsheets import BYTE_ORDER_MARK, Echo, as_text
from outcomes import dictionary, example_chart
from outcomes.models import Measure
from outcomes.selectors import measures as read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@method_decorator(login_not_required, name="dispatch")
class Dictionary(TemplateView):
    template_name = "outcomes/dictionary.html"
    extra_context = {"page_title": "Data dictionary"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = dictionary.breakdowns()
        found = [(measure, parts.get(measure.pk, [])) for measure in dictionary.listed()]
        return super().get_context_data(measures=found, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class DictionaryFile(View):
    """The dictionary as CSV or XLSX; no text in it can run as a formula."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if kind not in ("csv", "xlsx"):
            raise Http404
        rows = dictionary.rows(dictionary.listed())
        header = {"Content-Disposition": f'attachment; filename="data-dictionary.{kind}"'}
        if kind == "csv":
            return StreamingHttpResponse(
                _csv(rows), content_type="text/csv; charset=utf-8", headers=header
            )
        return HttpResponse(_xlsx(rows), content_type=XLSX, headers=header)


def _csv(rows: Iterator[list[str]]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([as_text(text) for text in row])


def _xlsx(rows: Iterator[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data dictionary")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for number, row in enumerate(rows):
            for column, text in enumerate(row):  # as text, whatever it looks like
                sheet.write_string(number, column, text, wrapped if number else bold)
        sheet.set_column(0, 30, 30)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


@method_decorator(login_not_required, name="dispatch")
class Definition(TemplateView):
    """What a measure means now, or meant in one of its versions."""

    template_name = "outcomes/definition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measure = get_object_or_404(
            Measure.objects.ever_agreed().select_related("owner", "programme"), slug=kwargs["slug"]
        )
        versions = read.agreed_versions(measure)
        number = kwargs.get("number", measure.version)
        version = versions.filter(number=number).first()
        if version is None and number != measure.version:
            version = get_object_or_404(versions, number=number)
        return super().get_context_data(
            page_title=f"{(version or measure).name}: definition",
            measure=measure,
            version=version,
            versions=versions,
            is_in_force=number == measure.version,
            facts=[fact for fact in dictionary.facts(version or measure) if fact[1]],
            breakdowns=dictionary.breakdowns().get(measure.pk, []),
            **kwargs | {"number": number},
        )


@method_decorator(login_not_required, name="dispatch")
class Methods(TemplateView):
    """How figures are worked out and decisions taken, in plain English."""

    template_name = "outcomes/methods.html"
    extra_context = {"page_title": "How we work out the figures"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(example=example_chart.words(), **kwargs)
