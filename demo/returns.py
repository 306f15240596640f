"""The returns that both demonstrations ask for in the same words."""

from collections.abc import Callable
from datetime import date

from demo.content import Collection, Measure, SameCount, Target
from demo.profiles import NHS_ENGLAND_AE, PORTAL_LAYOUT

AE_SINCE = date(2016, 4, 1)


def monthly(partnership: str, since: date) -> Callable[..., Collection]:
    """A maker of returns in the portal's own layout, asked for since the first month."""

    def make(
        slug: str,
        name: str,
        guidance: str,
        measures: tuple[str, ...],
        organisations: tuple[str, ...],
        late: tuple[str, ...] = (),
        rules: tuple[SameCount, ...] = (),
    ) -> Collection:
        return Collection(
            slug=slug,
            partnership=partnership,
            name=name,
            guidance=guidance,
            measures=measures,
            organisations=organisations,
            accepts_from=since,
            asks_from=since,
            profiles=(PORTAL_LAYOUT,),
            late=late,
            rules=rules,
        )

    return make


def ae_return(partnership: str, organisations: tuple[str, ...]) -> Collection:
    """What NHS England publishes of emergency departments, sent as the file it comes in."""
    return Collection(
        slug="ae-waiting-times",
        partnership=partnership,
        name="A&E waiting times",
        guidance=(
            "People who came to your major (type 1) A&E departments, and how many were seen "
            "within 4 hours. You can send NHS England’s monthly file as it is: only your own "
            "type 1 rows are used."
        ),
        measures=("ae-4-hour-performance",),
        organisations=organisations,
        accepts_from=AE_SINCE,
        profiles=(NHS_ENGLAND_AE,),
    )


def ae_measure(partnership: str, owner: str, purposes: tuple[tuple[str, str], ...]) -> Measure:
    """The one real measure: it has no illustrative numbers."""
    return Measure(
        slug="ae-4-hour-performance",
        partnership=partnership,
        name="A&E: seen within 4 hours",
        description=(
            "Of all people who came to a major emergency department, how many were treated, "
            "admitted or could go home within four hours."
        ),
        caveats=(
            "Major (type 1) departments only. These are real figures, which NHS England publishes "
            "and partners send here. How waiting is counted has changed over the years."
        ),
        kind="proportion",
        numerator_label="attendances at type 1 departments seen within 4 hours",
        denominator_label="attendances at type 1 departments",
        multiplier=100,
        unit="%",
        sentence_subject="of people in A&E were seen within 4 hours",
        decimals=1,
        direction="increase",
        owner=owner,
        source="NHS England, A&E attendances and emergency admissions",
        purposes=purposes,
        disclosure="exact",
        disclosure_reason=(
            "NHS England already publishes these exact counts for each trust every month."
        ),
        targets=(Target(95, AE_SINCE, source="NHS constitution standard"),),
    )
