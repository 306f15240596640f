from django.urls import path

from partners import views

app_name = "partners"

urlpatterns = [
    path("", views.OrganisationList.as_view(), name="organisation-list"),
    path("<slug:slug>/", views.OrganisationDetail.as_view(), name="organisation-detail"),
]
