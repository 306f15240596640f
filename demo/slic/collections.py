"""What partners in Southwark and Lambeth are asked for each month."""

from datetime import date

from demo.content import SameCount
from demo.returns import ae_return, monthly
from demo.slic import organisations as o
from demo.slic.partnership import SUCCESSOR

_asked = monthly(SUCCESSOR, since=date(2013, 4, 1))

COLLECTIONS = (
    ae_return(SUCCESSOR, (o.GUYS, o.KINGS)),
    _asked(
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
        rules=(
            SameCount(
                "rapid-response-within-2-hours",
                "rapid-response-referrals",
                "You give two numbers of people referred to rapid response. Make them the same.",
            ),
        ),
    ),
    _asked(
        "assessments-return",
        "Holistic assessments",
        "Assessments finished in the month, by borough, and by group where you can.",
        ("holistic-assessments-done", "care-plans-agreed"),
        (o.PRACTICES, o.SLAM),
        rules=(
            SameCount(
                "care-plans-agreed",
                "holistic-assessments-done",
                "You give two numbers of assessments done. Make them the same.",
            ),
        ),
    ),
    _asked(
        "falls-return",
        "Falls",
        "Falls of people aged 65 and over that needed hospital care, for your borough.",
        ("falls-needing-hospital-care",),
        (o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL),
        late=(o.LAMBETH_COUNCIL,),
    ),
    _asked(
        "community-return",
        "Classes and care homes",
        "People who finished a class, and emergency admissions from care homes, for your borough.",
        ("strength-and-balance-finished", "care-home-emergency-admissions"),
        (o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL),
    ),
    _asked(
        "hospital-return",
        "Leaving hospital and shared records",
        "Days people waited to leave, and views of shared records, for your trust as a whole.",
        ("days-waiting-to-leave-hospital", "shared-record-views"),
        (o.GUYS, o.KINGS, o.SLAM),
    ),
)
