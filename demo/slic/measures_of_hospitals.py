"""Measures of hospitals and of the shared care record; the one real measure is here too."""

from datetime import date

from demo.content import Measure, Pattern, Target
from demo.returns import ae_measure
from demo.slic import organisations as o
from demo.slic.eras import AFTER_PANDEMIC, HANDOVER
from demo.slic.measures_at_home import CAVEAT
from demo.slic.partnership import SLIC, SUCCESSOR

MEASURES = (
    Measure(
        slug="days-waiting-to-leave-hospital",
        partnership=SLIC,
        programme="at-home-services",
        name="Days spent waiting to leave hospital",
        description="Days people spent in a hospital bed although they were well enough to leave.",
        caveats=f"{CAVEAT} Hospitals counted such days in another way before 2020.",
        kind="count",
        numerator_label="days spent in hospital by people ready to leave",
        unit="days",
        sentence_subject="were spent in hospital by people who were ready to leave",
        direction="decrease",
        owner=o.KINGS,
        purposes=((SLIC, "less-time-in-hospital"), (SUCCESSOR, "right-care")),
        about_people=False,
        disclosure="exact",
        disclosure_reason="These are days, not people.",
        targets=(Target(1400, date(2019, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 1780),
                (date(2016, 3, 1), 1640),
                (date(2019, 4, 1), 1500),
                (date(2021, 7, 1), 1700),
                (date(2026, 5, 1), 1740),
                (date(2026, 9, 1), 2080),
            ),
            shares={(o.GUYS, None): 0.42, (o.KINGS, None): 0.44, (o.SLAM, None): 0.14},
            winter=0.05,
            pandemic=0.4,
        ),
    ),
    Measure(
        slug="shared-record-views",
        partnership=SLIC,
        programme="shared-care-record",
        name="Views of shared care records",
        description="How often hospital staff opened a person’s shared record to look after them.",
        caveats=f"{CAVEAT} A view saves a phone call or a test only if it comes at the right time.",
        kind="count",
        numerator_label="views of a shared record by hospital staff in the month",
        unit="views",
        sentence_subject="of shared care records helped hospital staff to look after people",
        direction="increase",
        owner=o.KINGS,
        purposes=((SLIC, "joined-up-care"), (SLIC, "shared-money"), (SUCCESSOR, "value")),
        about_people=False,
        disclosure="exact",
        disclosure_reason="These are views of records, not people.",
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 6_000),
                (date(2014, 9, 1), 18_000),
                (date(2016, 3, 1), 52_000),
                (date(2021, 7, 1), 128_000),
                (date(2026, 10, 1), 212_000),
            ),
            shares={(o.GUYS, None): 0.45, (o.KINGS, None): 0.40, (o.SLAM, None): 0.15},
            noise=0.04,
        ),
    ),
    ae_measure(SUCCESSOR, owner=o.SEL_ICB, purposes=((SUCCESSOR, "right-care"),)),
)
