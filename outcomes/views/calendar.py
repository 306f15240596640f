"""The calendar of releases: what comes out when, what came out, and what was put right."""

from typing import Any

import icalendar
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.views import View
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, TemplateView

from accounts.permissions import Permission
from outcomes.models import Release
from outcomes.selectors import calendar
from partners.models import Partnership

HOME = {"label": "Home", "href": "/"}
CALENDAR = {"label": "Calendar of releases", "href": reverse_lazy("outcomes:release-calendar")}
NEWS = 30  # entries of the feed


@method_decorator(login_not_required, name="dispatch")
class ReleaseCalendar(ListView):
    template_name = "outcomes/release_calendar.html"
    paginate_by = 20
    extra_context = {"page_title": "Calendar of releases", "breadcrumb": [HOME]}

    def get_queryset(self):
        return calendar.past().prefetch_related("collections__measures")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "to_come": calendar.to_come(),
            "called_off": calendar.called_off(),
            "holds": calendar.holds(),
            "may_hold": self.request.user.has_perm(Permission.RELEASE_HOLD),
        }


@method_decorator(login_not_required, name="dispatch")
class ReleasePublic(DetailView):
    """One release for everybody; of a withdrawn one, what remains of it."""

    template_name = "outcomes/release_public.html"
    context_object_name = "release"

    def get_queryset(self):
        return calendar.known().prefetch_related("collections__measures")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.object
        return super().get_context_data(**kwargs) | {
            "page_title": release.title,
            "breadcrumb": [HOME, CALENDAR],
            "measures": calendar.measures(release),
            "changes": calendar.changes(release=release),
            "readers": [] if release.is_to_come else release.early_readers.all(),
        }


@method_decorator(login_not_required, name="dispatch")
class ReleaseChanges(TemplateView):
    """Every correction of published figures, with its reason, and every withdrawal."""

    template_name = "outcomes/release_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        withdrawn = calendar.past().filter(state=Release.State.WITHDRAWN).order_by("-ended_at")
        return super().get_context_data(**kwargs) | {
            "page_title": "Corrections",
            "breadcrumb": [HOME, CALENDAR],
            "changes": calendar.changes(),
            "withdrawn": withdrawn,
        }


@method_decorator(login_not_required, name="dispatch")
class ReleaseIcal(View):
    """The coming releases for people's own calendars; called-off ones are cancelled there."""

    def get(self, request: HttpRequest) -> HttpResponse:
        partnership = Partnership.objects.current()
        name = partnership.name if partnership else "Partnership portal"
        shown = icalendar.Calendar.new(
            name=f"Releases: {name}", prodid="-//SLIC Portal//Releases//EN"
        )
        for release in [*calendar.to_come(), *calendar.called_off()]:
            shown.add_component(_event(release))
        return HttpResponse(
            shown.to_ical(),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="releases.ics"'},
        )


def _event(release: Release) -> icalendar.Event:
    event = icalendar.Event.new(
        uid=str(release.uuid),
        summary=release.title,
        start=release.due_at,  # in UTC, which every calendar shows in its own time
        end=release.due_at,
        stamp=release.ended_at or release.approved_at or release.planned_at,
        url=f"{settings.PORTAL_URL}{release.get_public_url()}",
    )
    event.status = "CONFIRMED" if release.is_to_come else "CANCELLED"
    return event


class ReleaseFeed(Feed):
    """What was published, as an Atom feed."""

    feed_type = Atom1Feed
    title = "Releases"
    link = reverse_lazy("outcomes:release-calendar")
    description_template = None

    def items(self):
        return calendar.past()[:NEWS]

    def item_title(self, item: Release) -> str:
        withdrawn = item.state == Release.State.WITHDRAWN
        return f"Withdrawn: {item.title}" if withdrawn else item.title

    def item_description(self, item: Release) -> str:
        return item.end_reason or item.note

    def item_link(self, item: Release) -> str:
        return item.get_public_url()

    def item_guid(self, item: Release) -> str:
        return f"urn:uuid:{item.uuid}"

    def item_pubdate(self, item: Release):
        return item.published_at

    def item_updateddate(self, item: Release):
        return item.ended_at or item.published_at

    def feed_guid(self) -> str:
        return f"{settings.PORTAL_URL}{reverse('outcomes:release-feed')}"


release_feed = login_not_required(require_safe(ReleaseFeed()))
