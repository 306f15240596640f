from django.urls import path

from accounts.limits import limited
from partners.views import history, invitations, people, public

app_name = "partners"
invites = limited("invitation", method="POST")  # each one is a mail to somebody

urlpatterns = [
    path("partners/", public.OrganisationList.as_view(), name="organisation-list"),
    path("partners/<slug:slug>/", public.OrganisationDetail.as_view(), name="organisation-detail"),
    path("invitation/", invitations.InvitationAccept.as_view(), name="invitation-accept"),
    path("invitation/<str:token>/", invitations.InvitationOpen.as_view(), name="invitation-open"),
    path("people/", people.PersonList.as_view(), name="person-list"),
    path("people/invite/", invites(people.InvitationCreate.as_view()), name="invitation-create"),
    path("people/invitations/", people.InvitationList.as_view(), name="invitation-list"),
    path(
        "people/invitations/<uuid:uuid>/resend/",
        invites(people.InvitationResend.as_view()),
        name="invitation-resend",
    ),
    path(
        "people/invitations/<uuid:uuid>/withdraw/",
        people.InvitationWithdraw.as_view(),
        name="invitation-withdraw",
    ),
    path(
        "people/organisations/<slug:slug>/close/",
        people.OrganisationClose.as_view(),
        name="organisation-close",
    ),
    path(
        "people/organisations/<slug:slug>/history/",
        history.OrganisationHistory.as_view(),
        name="organisation-history",
    ),
    path("people/<uuid:uuid>/history/", history.PersonHistory.as_view(), name="person-history"),
    path("people/roles/<uuid:uuid>/remove/", people.RoleDelete.as_view(), name="role-delete"),
    path("people/<uuid:uuid>/", people.PersonDetail.as_view(), name="person-detail"),
    path("people/<uuid:uuid>/roles/add/", people.RoleCreate.as_view(), name="role-create"),
    path(
        "people/<uuid:uuid>/deactivate/",
        people.PersonDeactivate.as_view(),
        name="person-deactivate",
    ),
    path(
        "people/<uuid:uuid>/reactivate/",
        people.PersonReactivate.as_view(),
        name="person-reactivate",
    ),
    path(
        "people/<uuid:uuid>/reset-second-step/",
        people.PersonResetSecondStep.as_view(),
        name="person-reset-second-step",
    ),
    path(
        "people/<uuid:uuid>/sign-out/",
        people.PersonEndSessions.as_view(),
        name="person-end-sessions",
    ),
]
