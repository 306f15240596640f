"""Measures of the @home services and of rapid response."""

from datetime import date

from demo.content import Group, Measure, Pattern, Rebase, Shares, Target
from demo.slic import organisations as o
from demo.slic.eras import AFTER_PANDEMIC, HANDOVER
from demo.slic.partnership import SLIC, SUCCESSOR

SHARES: Shares = {
    (o.GUYS, "southwark"): 0.36,
    (o.GUYS, "lambeth"): 0.34,
    (o.KINGS, "southwark"): 0.17,
    (o.KINGS, "lambeth"): 0.13,
}
ETHNICITY = (
    Group("asian", 0.08),
    Group("black", 0.30),
    Group("mixed", 0.03),
    Group("white", 0.53),
    Group("other", 0.06),
)
DEPRIVATION = (
    Group("fifth-1", 0.36, 0.97),
    Group("fifth-2", 0.33, 0.99),
    Group("fifth-3", 0.19, 1.01),
    Group("fifth-4", 0.095, 1.04),
    Group("fifth-5", 0.025, 1.06),
)
CAVEAT = "These numbers are invented for the demonstration. They describe no real service."

MEASURES = (
    Measure(
        slug="home-support-starts",
        partnership=SLIC,
        programme="at-home-services",
        name="People who started @home support",
        description=(
            "How many people began to be looked after in their own home instead of a hospital "
            "bed. A person who comes back to the service later counts again."
        ),
        caveats=f"{CAVEAT} More is better only as long as people do well: see the other measures.",
        kind="count",
        numerator_label="people who started @home support in the month",
        unit="people",
        sentence_subject="started @home support",
        direction="increase",
        owner=o.GUYS,
        purposes=(
            (SLIC, "independence"),
            (SLIC, "less-time-in-hospital"),
            (SUCCESSOR, "right-care"),
        ),
        targets=(
            Target(250, date(2015, 4, 1), date(2023, 3, 31)),
            Target(350, date(2023, 4, 1)),
        ),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 120),
                (date(2014, 4, 1), 190),
                (date(2015, 4, 1), 238),
                (date(2016, 3, 1), 274),
                (date(2019, 4, 1), 320),
                (date(2021, 7, 1), 335),
                (date(2025, 10, 1), 362),
                (date(2026, 3, 1), 412),
            ),
            shares=SHARES,
            winter=0.06,
            pandemic=0.75,
            groups={
                "age": (
                    Group("18-to-64", 0.20),
                    Group("65-to-74", 0.24),
                    Group("75-to-84", 0.32),
                    Group("85-and-over", 0.24),
                ),
                "ethnicity": ETHNICITY,
                "deprivation": DEPRIVATION,
            },
        ),
    ),
    Measure(
        slug="still-at-home-after-91-days",
        partnership=SLIC,
        programme="at-home-services",
        name="People still at home 91 days after @home support",
        description=(
            "Of all people whose @home support began 91 days ago, how many live in their own "
            "home now: not in hospital, not in a care home."
        ),
        caveats=f"{CAVEAT} People who died are counted as not at home.",
        kind="proportion",
        numerator_label="people who are at home on the 91st day",
        denominator_label="people whose 91st day fell in the month",
        multiplier=100,
        unit="%",
        sentence_subject="of people were still at home 91 days after @home support began",
        direction="increase",
        owner=o.GUYS,
        purposes=((SLIC, "independence"), (SUCCESSOR, "living-well"), (SUCCESSOR, "fairness")),
        targets=(Target(82, date(2014, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 110),
                (date(2014, 7, 1), 185),
                (date(2016, 6, 1), 265),
                (date(2019, 7, 1), 315),
                (date(2026, 1, 1), 360),
            ),
            level=(
                (date(2013, 4, 1), 0.77),
                (date(2016, 3, 1), 0.81),
                (date(2019, 12, 1), 0.83),
                (date(2020, 4, 1), 0.78),
                (date(2021, 7, 1), 0.82),
                (date(2026, 10, 1), 0.825),
            ),
            shares=SHARES,
            pandemic=0.75,
            noise=0.01,
            groups={
                "age": (
                    Group("18-to-64", 0.20, 1.10),
                    Group("65-to-74", 0.24, 1.05),
                    Group("75-to-84", 0.32, 0.99),
                    Group("85-and-over", 0.24, 0.88),
                ),
                "deprivation": DEPRIVATION,
            },
        ),
    ),
    Measure(
        slug="satisfied-with-home-support",
        partnership=SLIC,
        programme="at-home-services",
        name="People satisfied with @home support",
        description="Of all people who answered our short survey, how many were satisfied.",
        caveats=f"{CAVEAT} Not everybody answers; those who do may be happier than others.",
        kind="proportion",
        numerator_label="people who said they were satisfied or very satisfied",
        denominator_label="people who answered the survey",
        multiplier=100,
        unit="%",
        sentence_subject="of people who answered were satisfied with @home support",
        direction="increase",
        owner=o.GUYS,
        purposes=((SLIC, "joined-up-care"), (SUCCESSOR, "right-care")),
        targets=(Target(80, date(2013, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=((date(2013, 4, 1), 85), (date(2016, 4, 1), 190), (date(2024, 4, 1), 270)),
            level=(
                (date(2013, 4, 1), 0.86),
                (date(2016, 3, 1), 0.89),
                (date(2025, 12, 1), 0.885),
                (date(2026, 4, 1), 0.92),
            ),
            shares=SHARES,
            pandemic=0.6,
            noise=0.01,
        ),
    ),
    Measure(
        slug="cost-of-home-support",
        partnership=SLIC,
        programme="at-home-services",
        name="Cost of @home support per person",
        description="What the @home services spent in the month, for each person who started.",
        caveats=f"{CAVEAT} Prices rise with time; the numbers are not adjusted for that.",
        kind="mean",
        numerator_label="pounds spent on @home support",
        denominator_label="people who started @home support in the month",
        unit="£",
        sentence_subject="was the cost of @home support for each person who started",
        direction="decrease",
        owner=o.GUYS,
        purposes=((SLIC, "shared-money"), (SUCCESSOR, "value")),
        targets=(Target(2000, date(2023, 4, 1)),),
        rebases=(
            HANDOVER,
            AFTER_PANDEMIC,
            Rebase(date(2024, 4, 1), "Pay in the teams rose by agreement"),
        ),
        pattern=Pattern(
            volume=((date(2013, 4, 1), 1),),
            whole="home-support-starts",
            level=(
                (date(2013, 4, 1), 1640),
                (date(2016, 4, 1), 1780),
                (date(2021, 7, 1), 1900),
                (date(2024, 3, 1), 1960),
                (date(2024, 4, 1), 2090),
                (date(2026, 10, 1), 2125),
            ),
            shares=SHARES,
            noise=0.02,
        ),
    ),
    Measure(
        slug="rapid-response-referrals",
        partnership=SLIC,
        programme="rapid-response",
        name="People referred to rapid response",
        description="How many people were referred to the rapid response team.",
        caveats=f"{CAVEAT} Neither more nor fewer is better: it shows how busy the team is.",
        kind="count",
        numerator_label="people referred to rapid response in the month",
        unit="people",
        sentence_subject="were referred to rapid response",
        direction="neutral",
        owner=o.GUYS,
        purposes=((SLIC, "less-time-in-hospital"), (SUCCESSOR, "right-care")),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=(
                (date(2013, 4, 1), 150),
                (date(2016, 4, 1), 245),
                (date(2021, 7, 1), 310),
                (date(2026, 10, 1), 390),
            ),
            shares=SHARES,
            winter=0.10,
            pandemic=0.8,
            groups={
                "age": (
                    Group("18-to-64", 0.17, 1.01),
                    Group("65-to-74", 0.22, 1.0),
                    Group("75-to-84", 0.33, 1.0),
                    Group("85-and-over", 0.28, 0.99),
                ),
            },
        ),
    ),
    Measure(
        slug="rapid-response-within-2-hours",
        partnership=SLIC,
        programme="rapid-response",
        name="Rapid response within 2 hours",
        description=(
            "Of all people referred to rapid response, how many the team saw within two hours."
        ),
        caveats=CAVEAT,
        kind="proportion",
        numerator_label="people seen within 2 hours",
        denominator_label="people referred to rapid response in the month",
        multiplier=100,
        unit="%",
        sentence_subject="of people referred to rapid response were seen within 2 hours",
        direction="increase",
        owner=o.GUYS,
        purposes=((SLIC, "less-time-in-hospital"), (SUCCESSOR, "right-care")),
        targets=(Target(70, date(2014, 4, 1)),),
        rebases=(HANDOVER, AFTER_PANDEMIC),
        pattern=Pattern(
            volume=((date(2013, 4, 1), 1),),
            whole="rapid-response-referrals",
            level=(
                (date(2013, 4, 1), 0.64),
                (date(2014, 10, 1), 0.77),
                (date(2016, 3, 1), 0.82),
                (date(2022, 10, 1), 0.82),
                (date(2022, 12, 1), 0.76),
                (date(2023, 3, 1), 0.81),
                (date(2026, 10, 1), 0.83),
            ),
            shares=SHARES,
            noise=0.01,
            groups={
                "age": (
                    Group("18-to-64", 0.17, 1.02),
                    Group("65-to-74", 0.22, 1.0),
                    Group("75-to-84", 0.33, 1.0),
                    Group("85-and-over", 0.28, 0.98),
                ),
            },
        ),
    ),
)
