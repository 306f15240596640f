"""What the pages about programmes and priorities show."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from partners.models import Organisation, Partnership, Place
from partners.selectors import HOME
from programmes.models import HandoverDecision, Priority, Programme


def public_programmes() -> QuerySet[Programme]:
    """The programmes that have a public page, each with who leads it and for whom."""
    return Programme.objects.live().select_related("lead", "partnership")


def _running(day: date) -> QuerySet[Programme]:
    return public_programmes().filter(Q(ends_on=None) | Q(ends_on__gte=day))


def places_with_programmes(today: date | None = None) -> QuerySet[Place]:
    """The boroughs where at least one programme runs."""
    running = _running(today or timezone.localdate())
    return Place.objects.filter(pk__in=running.values("places"))


def find_help(*, borough: Place | None = None, today: date | None = None) -> dict[str, Any]:
    """The programmes that run today, in one borough if told."""
    programmes = _running(today or timezone.localdate()).prefetch_related("places")
    if borough is not None:
        programmes = programmes.filter(places=borough)
    return {"programmes": list(programmes), "borough": borough, "breadcrumb": [HOME]}


def programme_page(programme: Programme, today: date | None = None) -> dict[str, Any]:
    """The page of one programme; a draft that was never saved has nothing around it yet."""
    today = today or timezone.localdate()
    parent = {"label": "Find help", "href": reverse("programmes:programme-list")}
    context: dict[str, Any] = {
        "programme": programme,
        "has_ended": programme.ends_on is not None and programme.ends_on < today,
        "breadcrumb": [HOME, parent],
    }
    if programme.pk is None:
        return context
    return context | {
        "places": list(programme.places.all()),
        "partners": _partners(programme),
        "milestones": list(programme.milestones.all()),
        "decisions": list(programme.handover_decisions.select_related("partnership")),
        "measures": _measures(programme),
    }


def _partners(programme: Programme) -> list[Organisation]:
    """Those who take part beside the lead and have a public page."""
    return [o for o in programme.partners.live() if o.pk != programme.lead_id]


def _measures(programme: Programme) -> list[dict[str, Any]]:
    """Each measure with its published summary for all partners together, or None without one.

    Measures belong to a later app, so they and their series are reached by reverse relation.
    """
    measure_model: Any = Programme._meta.get_field("measures").related_model
    series_model: Any = measure_model._meta.get_field("series").related_model
    series = series_model.objects.public().whole().without_drawings().defer("points")
    own: Any = programme.measures
    measures = own.in_use().prefetch_related(
        Prefetch("series", queryset=series, to_attr="public_series")
    )
    return [
        {"measure": m, "summary": m.public_series[0].summary if m.public_series else None}
        for m in measures
    ]


def priorities(today: date | None = None) -> dict[str, Any]:
    """The priorities of each partnership, newest first, with what it decided at hand-over."""
    today = today or timezone.localdate()
    live = Programme.objects.live()
    partnerships = Partnership.objects.prefetch_related(
        Prefetch("priorities", queryset=Priority.objects.select_related("purpose")),
        Prefetch("priorities__programmes", queryset=live, to_attr="public_programmes"),
        Prefetch(
            "handover_decisions",
            queryset=HandoverDecision.objects.filter(programme__live=True).select_related(
                "programme"
            ),
        ),
    ).order_by("-starts_on")
    return {
        "breadcrumb": [HOME],
        "sections": [_section(partnership, today) for partnership in partnerships],
    }


def _section(partnership: Partnership, today: date) -> dict[str, Any]:
    every = list(partnership.priorities.all())
    return {
        "partnership": partnership,
        "has_ended": partnership.ends_on is not None and partnership.ends_on < today,
        "now": [p for p in every if p.horizon == Priority.Horizon.IMMEDIATE],
        "next": [p for p in every if p.horizon == Priority.Horizon.FUTURE],
        "decisions": list(partnership.handover_decisions.all()),
    }
