"""What partners in South West London are asked for each month."""

from datetime import date

from demo.content import Collection
from demo.profiles import HOW_TO_FILL_IN, NHS_ENGLAND_AE, PORTAL_LAYOUT
from demo.swl import organisations as o
from demo.swl.partnership import SWL

FIRST = date(2023, 4, 1)
TRUSTS = (o.ST_GEORGES, o.EPSOM, o.KINGSTON, o.CROYDON)


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
        partnership=SWL,
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
        partnership=SWL,
        name="A&E waiting times",
        guidance=(
            "Send the monthly A&E file with attendances, breaches and admissions. Only your own "
            "rows for type 1 departments are used; all others are left out by themselves."
        ),
        measures=("ae-4-hour-performance",),
        organisations=TRUSTS,
        accepts_from=date(2016, 4, 1),
        profiles=(NHS_ENGLAND_AE,),
    ),
    _monthly(
        "health-checks-return",
        "Health checks",
        "Checks of the month, by borough, and by group where you can.",
        (
            "blood-pressure-checks",
            "blood-pressure-under-control",
            "learning-disability-health-checks",
        ),
        (o.PRACTICES,),
    ),
    _monthly(
        "talking-therapies-return",
        "Talking therapies",
        "People who started and people who finished, by borough, and by group where you can.",
        ("talking-therapies-starts", "talking-therapies-recovery"),
        (o.SWLSTG, o.SLAM),
    ),
    _monthly(
        "theatres-return",
        "Operating theatres",
        "Time and operations of the month, for your trust as a whole.",
        ("theatre-time-used", "operations-called-off"),
        TRUSTS,
        late=(o.EPSOM,),
    ),
    _monthly(
        "agency-return",
        "Agency staff",
        "What you paid to agencies in the month, in pounds, for your trust as a whole.",
        ("agency-staff-spending",),
        TRUSTS,
    ),
    _monthly(
        "good-work-return",
        "Good work",
        "People helped into work, and what you spent with local firms, for your borough.",
        ("people-helped-into-work", "spent-with-local-firms"),
        tuple(o.COUNCIL_OF.values()),
    ),
)
