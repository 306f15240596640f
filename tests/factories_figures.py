"""Series as the builder would store them, made by hand: pages and downloads read nothing else."""

from datetime import date
from itertools import count
from typing import Any

from accounts.models import User
from outcomes.models import Measure, Series
from outcomes.periods import label, shift
from partners.models import Organisation, OrganisationKind, Partnership, StaffMembership
from tests import people

_numbers = count(1)
START = date(2025, 4, 1)


def make_partnership() -> Partnership:
    found = Partnership.objects.first()
    return found or Partnership.objects.create(
        slug="south",
        name="South Partnership",
        short_name="South",
        strapline="Care together",
        about="We work together.",
        starts_on=date(2016, 4, 1),
    )


def make_organisation(name: str = "King’s Hospital", **fields: Any) -> Organisation:
    number = next(_numbers)
    defaults = {
        "slug": f"organisation-{number}",
        "kind": OrganisationKind.TRUST,
        "ods_code": f"RX{number}",
    }
    return Organisation.objects.create(name=name, **{**defaults, **fields})


def make_measure(name: str = "Seen within 4 hours", **fields: Any) -> Measure:
    number = next(_numbers)
    defaults = {
        "partnership": make_partnership(),
        "slug": f"measure-{number}",
        "description": "How many people were seen in time.",
        "kind": Measure.Kind.PROPORTION,
        "numerator_label": "people seen within 4 hours",
        "denominator_label": "all people who came",
        "multiplier": 100,
        "unit": "%",
        "sentence_subject": "of people were seen within 4 hours",
        "decimals": 1,
        "direction": Measure.Direction.INCREASE,
        "source": "Daily returns",
        "version": 1,
    }
    owner = fields.pop("owner", None) or make_organisation(f"Owner {number}")
    return Measure.objects.create(name=name, owner=owner, **{**defaults, **fields})


def make_point(step: int = 0, **fields: Any) -> dict:
    period = shift(START, "month", step)
    return {
        "period": period.isoformat(),
        "label": label(period, "month"),
        "status": "value",
        "numerator": 841.0,
        "denominator": 1000.0,
        "value": 84.1,
        "numerator_text": "841",
        "denominator_text": "1,000",
        "text": "84.1",
        "mean": 83.123456789012,
        "lower": 79.5,
        "upper": 86.7,
        "mean_text": "83.1",
        "lower_text": "79.5",
        "upper_text": "86.7",
        "point_type": "common_cause",
        "signal": "",
        "rebase": False,
        "year_total": None,
        "year_total_text": "",
        "reported": 6,
        "expected": 6,
        **fields,
    }


def make_hidden_point(step: int = 0, **fields: Any) -> dict:
    """A point as disclosure control leaves it: no number survives."""
    hidden = {"numerator": None, "value": None, "numerator_text": "hidden", "text": "hidden"}
    return make_point(step, status="suppressed", **{**hidden, **fields})


def make_summary(**fields: Any) -> dict:
    return {
        "status": "value",
        "period": "2025-04-01",
        "period_label": "April 2025",
        "value": 84.1,
        "text": "84.1%",
        "year_ago_text": "",
        "year_total_text": "",
        "target": None,
        "target_text": "",
        "target_met": None,
        "variation": "common_cause",
        "variation_meaning": "No clear change",
        "assurance": "",
        "assurance_meaning": "",
        "sentence": "In April 2025, 84.1% of people were seen within 4 hours.",
        "board_sentence": "No clear change at 84.1%.",
        "chart_text": "A line chart of 24 months, the last at 84.1%.",
        "reported": 6,
        "expected": 6,
        "provisional": False,
        "points": 1,
        "short": False,
        **fields,
    }


def make_series(measure: Measure, edition: str = "public", **fields: Any) -> Series:
    """A series; `summary` names only what differs from an ordinary one."""
    points = fields.pop("points", [make_point()])
    summary = make_summary(**{"points": len(points), **fields.pop("summary", {})})
    defaults = {
        "chart_wide": "<svg>wide</svg>",
        "chart_narrow": "<svg>narrow</svg>",
        "sparkline": "<svg>sparkline</svg>",
        "content_hash": f"{next(_numbers):064d}"[::-1],
    }
    return Series.objects.create(
        measure=measure, edition=edition, points=points, summary=summary, **{**defaults, **fields}
    )


def make_person(role: str = "") -> User:
    """Somebody who can sign in; with a role of the partnership if one is named."""
    number = next(_numbers)
    user = people.make_person(f"person{number}@example.org")
    if role:
        StaffMembership.objects.create(user=user, role=role, partnership=make_partnership())
    return user
