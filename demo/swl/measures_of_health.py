"""Measures of health and wellbeing, and of inequalities."""

from datetime import date

from demo.content import Group, Measure, Pattern, Shares, Target
from demo.swl import organisations as o
from demo.swl.partnership import FAIRNESS, HEALTH, SWL

CAVEAT = "These numbers are invented for the demonstration. They describe no real service."
# How many thousand people live in each borough (middle of 2021, Office for National Statistics).
RESIDENTS = {
    "croydon": 391,
    "kingston-upon-thames": 168,
    "merton": 215,
    "richmond-upon-thames": 195,
    "sutton": 210,
    "wandsworth": 328,
}
BY_PRACTICES: Shares = {(o.PRACTICES, place): people for place, people in RESIDENTS.items()}
BY_THERAPISTS: Shares = {
    (o.SLAM if place == "croydon" else o.SWLSTG, place): people
    for place, people in RESIDENTS.items()
}
ETHNICITY = (
    Group("asian", 0.19, 0.97),
    Group("black", 0.13, 0.95),
    Group("mixed", 0.05, 0.98),
    Group("white", 0.58, 1.03),
    Group("other", 0.05, 0.96),
)
DEPRIVATION = (
    Group("fifth-1", 0.08, 0.90),
    Group("fifth-2", 0.20, 0.95),
    Group("fifth-3", 0.22, 1.0),
    Group("fifth-4", 0.24, 1.02),
    Group("fifth-5", 0.26, 1.05),
)
SINCE = date(2023, 4, 1)

MEASURES = (
    Measure(
        slug="blood-pressure-checks",
        partnership=SWL,
        programme="healthy-hearts",
        name="Blood pressure checks",
        description="How many people had their blood pressure checked in the month.",
        caveats=f"{CAVEAT} Checks that people do at home are not counted.",
        kind="count",
        numerator_label="people who had their blood pressure checked in the month",
        unit="people",
        sentence_subject="had their blood pressure checked",
        direction="increase",
        owner=o.ICB,
        purposes=(HEALTH,),
        targets=(Target(9000, SINCE),),
        pattern=Pattern(
            volume=(
                (SINCE, 8_700),
                (date(2025, 4, 1), 9_600),
                (date(2026, 3, 1), 9_900),
                (date(2026, 9, 1), 11_400),
            ),
            shares=BY_PRACTICES,
            winter=0.04,
            groups={"ethnicity": ETHNICITY, "deprivation": DEPRIVATION},
        ),
    ),
    Measure(
        slug="blood-pressure-under-control",
        partnership=SWL,
        programme="healthy-hearts",
        name="Blood pressure under control",
        description=(
            "Of all people who are known to have high blood pressure, how many had a last reading "
            "that was low enough."
        ),
        caveats=f"{CAVEAT} The last reading may be up to twelve months old.",
        kind="proportion",
        numerator_label="people whose last reading was low enough",
        denominator_label="people known to have high blood pressure",
        multiplier=100,
        unit="%",
        sentence_subject="of people with high blood pressure had it under control",
        decimals=1,
        direction="increase",
        owner=o.ICB,
        purposes=(HEALTH, FAIRNESS),
        targets=(Target(77, SINCE),),
        pattern=Pattern(
            volume=((SINCE, 168_000), (date(2026, 10, 1), 178_000)),
            level=((SINCE, 0.665), (date(2024, 10, 1), 0.70), (date(2026, 10, 1), 0.722)),
            shares=BY_PRACTICES,
            steady=True,
            noise=0.006,
            groups={"ethnicity": ETHNICITY, "deprivation": DEPRIVATION},
        ),
    ),
    Measure(
        slug="learning-disability-health-checks",
        partnership=SWL,
        programme="annual-health-checks",
        name="Health checks for people with a learning disability",
        description="How many people with a learning disability had their yearly health check.",
        caveats=f"{CAVEAT} Most checks fall into the months before April, when the year ends.",
        kind="count",
        numerator_label="people with a learning disability who had their health check",
        unit="people",
        sentence_subject="with a learning disability had their yearly health check",
        direction="increase",
        owner=o.ICB,
        purposes=(FAIRNESS,),
        targets=(Target(420, SINCE),),
        pattern=Pattern(
            volume=((SINCE, 380), (date(2026, 10, 1), 440)),
            shares=BY_PRACTICES,
            winter=0.25,
            noise=0.05,
            groups={"ethnicity": ETHNICITY},
        ),
    ),
    Measure(
        slug="talking-therapies-starts",
        partnership=SWL,
        programme="talking-therapies",
        name="People who started talking therapies",
        description="How many people had their first appointment for a talking therapy.",
        caveats=CAVEAT,
        kind="count",
        numerator_label="people who had a first appointment in the month",
        unit="people",
        sentence_subject="started a talking therapy",
        direction="increase",
        owner=o.ICB,
        purposes=(HEALTH,),
        targets=(Target(3600, SINCE),),
        pattern=Pattern(
            volume=((SINCE, 3_350), (date(2025, 10, 1), 3_500), (date(2026, 10, 1), 3_460)),
            shares=BY_THERAPISTS,
            winter=0.05,
            noise=0.04,
            groups={
                "age": (
                    Group("18-to-64", 0.905),
                    Group("65-to-74", 0.06),
                    Group("75-to-84", 0.028),
                    Group("85-and-over", 0.007),
                ),
                "ethnicity": ETHNICITY,
            },
        ),
    ),
    Measure(
        slug="talking-therapies-recovery",
        partnership=SWL,
        programme="talking-therapies",
        name="People who recovered with talking therapies",
        description="Of all people who finished a talking therapy, how many had recovered.",
        caveats=f"{CAVEAT} Only people who were ill enough at the start to recover are counted.",
        kind="proportion",
        numerator_label="people who finished treatment and had recovered",
        denominator_label="people who finished treatment in the month",
        multiplier=100,
        unit="%",
        sentence_subject="of people who finished a talking therapy had recovered",
        direction="increase",
        owner=o.ICB,
        purposes=(FAIRNESS, HEALTH),
        targets=(Target(50, SINCE),),
        pattern=Pattern(
            volume=((SINCE, 1_450), (date(2026, 10, 1), 1_560)),
            level=((SINCE, 0.49), (date(2026, 10, 1), 0.503)),
            shares=BY_THERAPISTS,
            noise=0.01,
            groups={"ethnicity": ETHNICITY, "deprivation": DEPRIVATION},
        ),
    ),
)
