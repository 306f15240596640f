"""Measures of holistic assessments, of falls prevention and of care homes."""

from datetime import date

from demo.content import Group, Measure, Pattern, Shares, Target
from demo.slic import organisations as o
from demo.slic.eras import AFTER_PANDEMIC, HANDOVER
from demo.slic.measures_at_home import CAVEAT
from demo.slic.partnership import SLIC, SUCCESSOR

ASSESSORS: Shares = {
    (o.PRACTICES, "southwark"): 0.46,
    (o.PRACTICES, "lambeth"): 0.44,
    (o.SLAM, "southwark"): 0.05,
    (o.SLAM, "lambeth"): 0.05,
}
COUNCILS: Shares = {(o.SOUTHWARK_COUNCIL, "southwark"): 0.49, (o.LAMBETH_COUNCIL, "lambeth"): 0.51}
# People aged 65 and over in the middle of 2021 (Office for National Statistics), rounded.
OLDER_PEOPLE: Shares = {
    (o.SOUTHWARK_COUNCIL, "southwark"): 26_000,
    (o.LAMBETH_COUNCIL, "lambeth"): 27_500,
}
ETHNICITY = (
    Group("asian", 0.07, 0.95),
    Group("black", 0.28, 0.97),
    Group("mixed", 0.025, 1.0),
    Group("white", 0.56, 1.03),
    Group("other", 0.065, 0.95),
)

MEASURES = (
    Measure(
        slug="holistic-assessments-done",
        partnership=SLIC,
        programme="holistic-assessments",
        name="Holistic assessments done",
        description="How many older people had a long talk about all that matters to their health.",
        caveats=f"{CAVEAT} A person is counted once a year at most.",
        kind="count",
        numerator_label="holistic assessments done in the month",
        unit="holistic assessments",
        sentence_subject="were done with older people",
        direction="increase",
        owner=o.PRACTICES,
        purposes=(
            (SLIC, "independence"),
            (SLIC, "joined-up-care"),
            (SUCCESSOR, "living-well"),
            (SUCCESSOR, "fairness"),
        ),
        targets=(Target(550, date(2015, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 300),
                (date(2014, 4, 1), 440),
                (date(2015, 4, 1), 568),
                (date(2016, 3, 1), 616),
                (date(2019, 4, 1), 650),
                (date(2021, 7, 1), 660),
                (date(2026, 10, 1), 705),
            ),
            shares=ASSESSORS,
            winter=-0.03,
            pandemic=0.35,
            noise=0.02,
            groups={
                "age": (
                    Group("65-to-74", 0.42),
                    Group("75-to-84", 0.38),
                    Group("85-and-over", 0.20),
                ),
                "ethnicity": ETHNICITY,
                "deprivation": (
                    Group("fifth-1", 0.31),
                    Group("fifth-2", 0.33),
                    Group("fifth-3", 0.22),
                    Group("fifth-4", 0.115),
                    Group("fifth-5", 0.025),
                ),
            },
        ),
    ),
    Measure(
        slug="care-plans-agreed",
        partnership=SLIC,
        programme="holistic-assessments",
        name="Assessments that end with an agreed plan",
        description="Of all holistic assessments, how many ended with a plan the person agreed to.",
        caveats=f"{CAVEAT} Some people want no plan. That is their right, and counts as none.",
        kind="proportion",
        numerator_label="assessments that ended with an agreed plan",
        denominator_label="holistic assessments done in the month",
        multiplier=100,
        unit="%",
        sentence_subject="of holistic assessments ended with a plan the person agreed to",
        direction="increase",
        owner=o.PRACTICES,
        purposes=((SLIC, "joined-up-care"), (SUCCESSOR, "living-well"), (SUCCESSOR, "fairness")),
        targets=(
            Target(75, date(2014, 4, 1), date(2021, 3, 31)),
            Target(85, date(2021, 4, 1)),
        ),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=((date(2013, 4, 1), 1),),
            whole="holistic-assessments-done",
            level=(
                (date(2013, 4, 1), 0.60),
                (date(2016, 3, 1), 0.78),
                (date(2021, 7, 1), 0.845),
                (date(2026, 10, 1), 0.86),
            ),
            shares=ASSESSORS,
            noise=0.015,
            groups={"ethnicity": ETHNICITY},
        ),
    ),
    Measure(
        slug="falls-needing-hospital-care",
        partnership=SLIC,
        programme="falls-prevention",
        name="Falls that need hospital care",
        description=(
            "How many people aged 65 and over came to hospital after a fall, for every 1,000 who "
            "live here."
        ),
        caveats=(
            f"{CAVEAT} The number of people who live here is that of the middle of 2021, rounded, "
            "for all months."
        ),
        kind="rate",
        numerator_label="falls of people aged 65 and over that needed hospital care",
        denominator_label="people aged 65 and over who live here",
        multiplier=1000,
        unit="falls per 1,000 people aged 65 and over",
        sentence_subject="needed hospital care",
        decimals=1,
        direction="decrease",
        owner=o.SOUTHWARK_COUNCIL,
        purposes=((SLIC, "independence"), (SUCCESSOR, "living-well")),
        targets=(Target(1.6, date(2014, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=((date(2013, 4, 1), 53_500),),
            shares=OLDER_PEOPLE,
            level=(
                (date(2013, 4, 1), 0.00245),
                (date(2016, 3, 1), 0.00235),
                (date(2026, 10, 1), 0.00240),
            ),
            steady=True,
            winter=0.06,
            pandemic=0.8,
            groups={
                "age": (
                    Group("65-to-74", 0.585, 0.42),
                    Group("75-to-84", 0.298, 1.25),
                    Group("85-and-over", 0.117, 3.3),
                ),
            },
        ),
    ),
    Measure(
        slug="strength-and-balance-finished",
        partnership=SLIC,
        programme="falls-prevention",
        name="People who finished a strength and balance class",
        description="How many people came to a class for six months, until its end.",
        caveats=f"{CAVEAT} Classes stood still for much of the pandemic.",
        kind="count",
        numerator_label="people who finished a strength and balance class in the month",
        unit="people",
        sentence_subject="finished a strength and balance class",
        direction="increase",
        owner=o.SOUTHWARK_COUNCIL,
        purposes=((SLIC, "independence"), (SUCCESSOR, "living-well")),
        targets=(Target(120, date(2019, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 42),
                (date(2016, 4, 1), 88),
                (date(2020, 2, 1), 118),
                (date(2021, 7, 1), 96),
                (date(2026, 10, 1), 124),
            ),
            shares=COUNCILS,
            pandemic=0.08,
            noise=0.05,
        ),
    ),
    Measure(
        slug="care-home-emergency-admissions",
        partnership=SLIC,
        programme="rapid-response",
        name="Emergency admissions from care homes",
        description="How often people who live in a care home had to go into hospital at once.",
        caveats=f"{CAVEAT} The number of people who live in care homes is not taken into account.",
        kind="count",
        numerator_label="emergency admissions of people who live in a care home",
        unit="emergency admissions",
        sentence_subject="came from care homes",
        direction="decrease",
        owner=o.LAMBETH_COUNCIL,
        purposes=((SLIC, "less-time-in-hospital"), (SUCCESSOR, "right-care")),
        targets=(Target(75, date(2019, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 118),
                (date(2016, 3, 1), 108),
                (date(2021, 7, 1), 92),
                (date(2025, 12, 1), 88),
                (date(2026, 5, 1), 68),
            ),
            shares=COUNCILS,
            winter=0.12,
            pandemic=0.7,
        ),
    ),
)
