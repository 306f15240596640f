"""What partners in Southwark and Lambeth are asked for each month."""

from datetime import date

from demo.content import Collection
from demo.profiles import HOW_TO_FILL_IN, NHS_ENGLAND_AE, PORTAL_LAYOUT
from demo.slic import organisations as o
from demo.slic.partnership import SUCCESSOR

FIRST = date(2013, 4, 1)


def _monthly(
    slug: str,
    name: str,
    guidance: str,
    measures: tuple[str, ...],
    organisations: tuple[str, ...],
    late: tuple[str, ...] = (),
) -> Collection:
    """A return in the portal's own layout, asked for since the first month."""
    return Collection(
        slug=slug,
        partnership=SUCCESSOR,
        name=name,
        guidance=f"{guidance} {HOW_TO_FILL_IN}",
        measures=measures,
        organisations=organisations,
        accepts_from=FIRST,
        asks_from=FIRST,
        profiles=(PORTAL_LAYOUT,),
        late=late,
    )


COLLECTIONS = (
    Collection(
        slug="ae-waiting-times",
        partnership=SUCCESSOR,
        name="A&E waiting times",
        guidance=(
            "Send the monthly A&E file with attendances, breaches and admissions. Only your own "
            "rows for type 1 departments are used; all others are left out by themselves."
        ),
        measures=("ae-4-hour-performance",),
        organisations=(o.GUYS, o.KINGS),
        accepts_from=date(2016, 4, 1),
        profiles=(NHS_ENGLAND_AE,),
    ),
    _monthly(
        "home-support-return",
        "@home and rapid response",
        "Everybody your teams looked after in the month, by borough, and by group where you can.",
        (
            "home-support-starts",
            "still-at-home-after-91-days",
            "satisfied-with-home-support",
            "cost-of-home-support",
            "rapid-response-referrals",
            "rapid-response-within-2-hours",
        ),
        (o.GUYS, o.KINGS),
    ),
    _monthly(
        "assessments-return",
        "Holistic assessments",
        "Assessments finished in the month, by borough, and by group where you can.",
        ("holistic-assessments-done", "care-plans-agreed"),
        (o.PRACTICES, o.SLAM),
    ),
    _monthly(
        "falls-return",
        "Falls",
        "Falls of people aged 65 and over that needed hospital care, for your borough.",
        ("falls-needing-hospital-care",),
        (o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL),
        late=(o.LAMBETH_COUNCIL,),
    ),
    _monthly(
        "community-return",
        "Classes and care homes",
        "People who finished a class, and emergency admissions from care homes, for your borough.",
        ("strength-and-balance-finished", "care-home-emergency-admissions"),
        (o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL),
    ),
    _monthly(
        "hospital-return",
        "Leaving hospital and shared records",
        "Days people waited to leave, and views of shared records, for your trust as a whole.",
        ("days-waiting-to-leave-hospital", "shared-record-views"),
        (o.GUYS, o.KINGS, o.SLAM),
    ),
)
