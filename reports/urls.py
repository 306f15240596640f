from django.urls import path

from accounts.limits import limited
from reports import views

app_name = "reports"

make = limited("report", method="POST")  # drawing a report takes a worker for a while

urlpatterns = [
    path("", views.ReportList.as_view(), name="report-list"),
    path("new/", make(views.ReportCreate.as_view()), name="report-create"),
    path("<uuid:uuid>/", views.ReportDetail.as_view(), name="report-detail"),
    path("<uuid:uuid>/retry/", make(views.ReportRetry.as_view()), name="report-retry"),
    path("<uuid:uuid>/report.pdf", views.ReportPdf.as_view(), name="report-pdf"),
    path("<uuid:uuid>/charts/<int:number>.svg", views.ReportChart.as_view(), name="report-chart"),
]
