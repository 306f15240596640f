from django.http import HttpRequest
from django.urls import reverse

from accounts.permissions import Permission
from accounts.roles import ORGANISATION_ROLES, ROLES
from partners.models import Partnership
from partners.selectors.people import whom_to_ask


def partnership(request: HttpRequest) -> dict:
    """The partnership whose portal this is, and the navigation this visitor may use."""
    return {
        "partnership": Partnership.objects.current(),
        "navigation": navigation(request),
        # Asked only by the page that refuses.
        "whom_to_ask": lambda: whom_to_ask(
            getattr(request, "user", None), approvers_can_help=_approvers_can_help(request)
        ),
    }


def _approvers_can_help(request: HttpRequest) -> bool:
    """Whether a role at an organisation, which approvers give, opens this page.

    A page of ours that names no permission asks for one at the organisation it is about; pages of
    packages are the editor's.
    """
    match = getattr(request, "resolver_match", None)
    view = getattr(match and match.func, "view_class", None)
    if view is None or view.__module__.startswith("wagtail"):
        return False
    needed = getattr(view, "permission_required", None)
    return needed is None or any(needed in ROLES[slug].permissions for slug in ORGANISATION_ROLES)


def navigation(request: HttpRequest) -> list[dict]:
    """The header's links: public ones for all, others for those who may follow them."""
    links = [
        ("Home", "/"),
        ("Find help", reverse("programmes:programme-list")),
        ("Does it work?", reverse("outcomes:measure-list")),
        ("Who we are", reverse("partners:organisation-list")),
        ("Priorities", reverse("programmes:priority-list")),
    ]
    user = getattr(request, "user", None)  # a request may be refused before anybody asks who it is
    if user and user.is_authenticated:
        if user.has_perm(Permission.SUBMISSION_VIEW):
            links.append(("My work", reverse("outcomes:work")))
        if user.has_perm(Permission.BOARD_VIEW):
            links.append(("Board", reverse("outcomes:scorecard")))
        if user.has_perm(Permission.PEOPLE_VIEW):
            links.append(("People", reverse("partners:person-list")))
        if user.has_perm(Permission.TRAIL_VIEW):
            links.append(("Record", reverse("accounts:trail")))
        if user.has_perm(Permission.CONTENT_EDIT):
            links.append(("Edit pages", reverse("wagtailadmin_home")))
    return [
        {
            "label": label,
            "href": href,
            "current": request.path.startswith(href) if href != "/" else request.path == "/",
        }
        for label, href in links
    ]
