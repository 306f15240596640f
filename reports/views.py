"""The board's reports: the list, one report, its PDF and its charts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, ListView, View
from django.views.generic.base import ContextMixin

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from reports import selectors
from reports.actions import reports
from reports.models import Report, ReportSchedule


class BoardMixin(PermissionRequired, ContextMixin):
    """A page for the board; its breadcrumb starts at the scorecard.

    Its reports belong to the partnership, so whoever may see one may see all.
    """

    permission_required = Permission.BOARD_VIEW

    def get_permission_object(self) -> None:
        return None

    def get_breadcrumb(self) -> list[dict[str, str]]:
        return [{"label": "Board", "href": reverse("outcomes:scorecard")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumb=self.get_breadcrumb(), **kwargs)


class ReportList(BoardMixin, ListView):
    template_name = "reports/report_list.html"
    context_object_name = "reports"
    paginate_by = 24

    def get_queryset(self):
        return Report.objects.without_figures().select_related("schedule")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schedules = ReportSchedule.objects.for_user(self.request.user)
        return super().get_context_data(
            page_title="Board reports", offers=selectors.offers(schedules), **kwargs
        )


class ReportCreate(View):
    """Asks for the report of the period that has just ended; asking twice makes one.

    Who may is asked by the action, as for a retry.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        # A null character is nothing PostgreSQL could look for.
        slug = request.POST.get("schedule", "").replace("\0", "")
        schedule = get_object_or_404(ReportSchedule.objects.active(), slug=slug)
        period = selectors.period_to_make(schedule)
        return redirect(reports.request(schedule=schedule, period=period, by=request.user))


class ReportRetry(View):
    """Has a failed report made again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        report = get_object_or_404(Report, uuid=uuid)
        return redirect(reports.retry(report=report, by=request.user))


class ReportDetail(BoardMixin, DetailView):
    """A ready report on screen; before that, how far it is or why it could not be made."""

    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "report"

    def get_breadcrumb(self) -> list[dict[str, str]]:
        own = {"label": "Board reports", "href": reverse("reports:report-list")}
        return [*super().get_breadcrumb(), own]

    def get_queryset(self):
        return Report.objects.select_related("schedule")

    def get_template_names(self) -> list[str]:
        page = "report_detail" if self.object.is_ready else "report_progress"
        return [f"reports/{page}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.object
        context = super().get_context_data(page_title=str(report), **kwargs)
        if report.is_ready:
            return {**context, "chapters": selectors.chapters(report)}
        may_retry = self.request.user.has_perm(Permission.REPORT_CREATE)
        return {**context, **selectors.progress(report), "may_retry": may_retry}


class ReportPdf(PermissionRequired, View):
    permission_required = Permission.BOARD_VIEW

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        found = Report.objects.ready().without_figures()
        report = get_object_or_404(found.select_related("schedule"), uuid=uuid)
        with report.pdf.open() as file:
            response = HttpResponse(file.read(), content_type="application/pdf")
        response["Content-Disposition"] = (
            content_disposition_header(False, report.pdf_filename) or "inline"
        )
        return response


class ReportChart(PermissionRequired, View):
    """A chart as it was frozen in the report; `?width=narrow` gives the one for telephones."""

    permission_required = Permission.BOARD_VIEW

    def get(self, request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
        narrow = request.GET.get("width") == "narrow"
        report = Report.objects.ready().filter(uuid=uuid)
        drawing = report.chart(number, narrow=narrow)
        if not drawing:
            raise Http404("There is no such chart.")
        return HttpResponse(drawing, content_type="image/svg+xml")
