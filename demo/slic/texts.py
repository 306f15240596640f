"""The first pages: all words are our own, and nobody real is quoted."""

from datetime import date
from typing import Any

# The first partnership's last twelve months: the portal adds them up, no text states them.
LAST_YEAR: dict[str, Any] = {
    "type": "figures",
    "value": [
        {
            "measure": "home-support-starts",
            "figure": "year",
            "month": "2016-03-01",
            "caption": "started @home support",
        },
        {
            "measure": "holistic-assessments-done",
            "figure": "year",
            "month": "2016-03-01",
            "caption": "were done with older people",
        },
    ],
}

HOME: dict[str, Any] = {
    "title": "Working as one for healthier, happier lives",
    "introduction": (
        "Find help close to home in Southwark and Lambeth, see whether it works, and hold us to "
        "what we promised."
    ),
    "body": [
        {
            "type": "paragraph",
            "value": (
                "<h2>What a year of working as one brought</h2><p>These are the last twelve "
                "months of the first partnership, added up from what our partners sent.</p>"
            ),
        },
        LAST_YEAR,
        {
            "type": "paragraph",
            "value": (
                "<h2>And now</h2><p>Every month our partners send their figures. "
                "We show them all: the good ones and the others.</p>"
            ),
        },
        {
            "type": "figures",
            "value": [
                {
                    "measure": "home-support-starts",
                    "figure": "year",
                    "month": None,
                    "caption": "started @home support",
                },
                {
                    "measure": "rapid-response-within-2-hours",
                    "figure": "latest",
                    "month": None,
                    "caption": "of people referred were seen within 2 hours",
                },
            ],
        },
        {
            "type": "cards",
            "value": [
                {
                    "heading": "Find help",
                    "text": "Care at home, help after a fall, a long talk about your health.",
                    "destination": "programmes:programme-list",
                },
                {
                    "heading": "Does it work?",
                    "text": "What we measure, in one sentence and one picture each.",
                    "destination": "outcomes:measure-list",
                },
                {
                    "heading": "Who we are",
                    "text": "The partners who work together here, and how we got here.",
                    "destination": "partners:organisation-list",
                },
                {
                    "heading": "Our priorities",
                    "text": "What we do now, and what comes next.",
                    "destination": "programmes:priority-list",
                },
            ],
        },
    ],
}

STATEMENTS: tuple[dict[str, Any], ...] = (
    {
        "title": "What four years together have taught us",
        "date": date(2016, 3, 31),
        "on_behalf_of": "the Sponsor Board",
        "introduction": "The first partnership hands over to the next: what worked, what did not.",
        "body": [
            {
                "type": "paragraph",
                "value": (
                    "<p>When we began in 2012, an older person who fell ill could meet six "
                    "organisations in one week, and tell the same story six times. We wanted that "
                    "to end.</p><p>Today nurses and therapists treat people in their own homes. "
                    "GP practices take the time for a long talk about what matters to a person, "
                    "and write a plan together with them. A team comes within two hours when "
                    "somebody suddenly needs more help. These are the figures of our last twelve "
                    "months, up to March 2016.</p>"
                ),
            },
            LAST_YEAR,
            {
                "type": "paragraph",
                "value": (
                    "<h2>What we leave open</h2><p>Not everything worked. Too many people still "
                    "fall and end up in hospital. Some wait for days to go home. One trial we "
                    "have ended, because nothing showed that it helped. We say so openly, because "
                    "money and people’s time are too precious to be spent out of habit.</p>"
                    "<h2>What happens now</h2><p>This partnership ends on 31 March 2016. The work "
                    "does not. For each service we have advised whether to sustain it, to build "
                    "on it or to close it, and on what evidence. The partnership that follows "
                    "will widen the work to people of all ages, and start earlier, before things "
                    "go wrong.</p><p>Our thanks go to everyone who lives, works and volunteers "
                    "here. You have shown that care can fit together.</p>"
                ),
            },
        ],
    },
)
