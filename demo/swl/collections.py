"""What partners in South West London are asked for each month."""

from datetime import date

from demo.returns import ae_return, monthly
from demo.swl import organisations as o
from demo.swl.partnership import SWL

_asked = monthly(SWL, since=date(2023, 4, 1))
TRUSTS = (o.ST_GEORGES, o.EPSOM, o.KINGSTON, o.CROYDON)

COLLECTIONS = (
    ae_return(SWL, TRUSTS),
    _asked(
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
    _asked(
        "talking-therapies-return",
        "Talking therapies",
        "People who started and people who finished, by borough, and by group where you can.",
        ("talking-therapies-starts", "talking-therapies-recovery"),
        (o.SWLSTG, o.SLAM),
    ),
    _asked(
        "theatres-return",
        "Operating theatres",
        "Time and operations of the month, for your trust as a whole.",
        ("theatre-time-used", "operations-called-off"),
        TRUSTS,
        late=(o.EPSOM,),
    ),
    _asked(
        "agency-return",
        "Agency staff",
        "What you paid to agencies in the month, in pounds, for your trust as a whole.",
        ("agency-staff-spending",),
        TRUSTS,
    ),
    _asked(
        "good-work-return",
        "Good work",
        "People helped into work, and what you spent with local firms, for your borough.",
        ("people-helped-into-work", "spent-with-local-firms"),
        tuple(o.COUNCIL_OF.values()),
    ),
)
