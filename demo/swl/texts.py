"""The first pages: all words are our own, and nobody real is quoted."""

from datetime import date
from typing import Any

HOME: dict[str, Any] = {
    "title": "Six boroughs, one aim: healthier lives",
    "introduction": (
        "See what health and care partners in South West London do together, find help near you, "
        "and check whether it works."
    ),
    "body": [
        {
            "type": "figures",
            "value": [
                {
                    "measure": "blood-pressure-checks",
                    "figure": "year",
                    "month": None,
                    "caption": "had their blood pressure checked",
                },
                {
                    "measure": "talking-therapies-recovery",
                    "figure": "latest",
                    "month": None,
                    "caption": "of people who finished a talking therapy had recovered",
                },
                {
                    "measure": "people-helped-into-work",
                    "figure": "year",
                    "month": None,
                    "caption": "started a job in health or care with our help",
                },
            ],
        },
        {
            "type": "cards",
            "value": [
                {
                    "heading": "Find help",
                    "text": "Health checks, talking therapies, sooner operations, help to work.",
                    "destination": "programmes:programme-list",
                },
                {
                    "heading": "Does it work?",
                    "text": "What we measure, in one sentence and one picture each.",
                    "destination": "outcomes:measure-list",
                },
                {
                    "heading": "Who we are",
                    "text": "The NHS, councils, voluntary groups and residents of six boroughs.",
                    "destination": "partners:organisation-list",
                },
            ],
        },
    ],
}

STATEMENTS: tuple[dict[str, Any], ...] = (
    {
        "title": "Four things we answer for",
        "date": date(2023, 4, 3),
        "on_behalf_of": "the partnership",
        "introduction": "Why we put our figures on the table, every month and for everybody.",
        "body": [
            {
                "type": "paragraph",
                "value": (
                    "<p>An integrated care system is not an organisation. It is a promise of many "
                    "organisations to work as one. A promise is worth as much as the chance to "
                    "check it.</p><p>So we measure four things: whether people are healthier, "
                    "whether health is shared fairly, whether money is well spent, and whether "
                    "our six boroughs are better off for having us. For each of them you find "
                    "measures here, with the month’s figure, a chart and one sentence.</p>"
                    "<h2>What we ask of ourselves</h2><p>We show what goes badly as clearly as "
                    "what goes well. We hide a number only where it could give a person away. And "
                    "when a partner has not reported, we say so.</p>"
                ),
            },
        ],
    },
)
