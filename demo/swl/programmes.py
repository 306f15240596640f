"""What South West London does. All texts are our own; dates are illustrative."""

from datetime import date

from demo.content import Milestone, Programme
from demo.swl import organisations as o
from demo.swl.partnership import COMMUNITY, FAIRNESS, HEALTH, SWL, VALUE

EVERYWHERE = tuple(place.slug for place in o.PLACES)
COUNCILS = tuple(o.COUNCIL_OF.values())

PROGRAMMES = (
    Programme(
        slug="healthy-hearts",
        partnership=SWL,
        name="Healthy hearts",
        summary="A blood pressure check takes five minutes and can prevent a stroke.",
        description=(
            "High blood pressure has no signs, yet it is behind many strokes and heart attacks. "
            "We check it where people are: at the practice, the pharmacy, the barber’s, the "
            "mosque or the church.\n\nIf it is high, a nurse or pharmacist helps you to bring it "
            "down and keeps an eye on it with you."
        ),
        audience="Everybody aged 40 and over, and younger people with heart disease in the family.",
        how_to_get_it=(
            "Ask for a check at your GP practice or at any pharmacy that offers it. You need no "
            "appointment at the pharmacy.\n\nIf you have chest pain, call 999."
        ),
        lead=o.PRACTICES,
        partners=(o.ICB, o.VOLUNTARY, *COUNCILS),
        places=EVERYWHERE,
        purposes=(HEALTH, FAIRNESS),
        starts_on=date(2023, 4, 1),
        milestones=(
            Milestone("Checks in a hundred places", date(2024, 4, 1), date(2024, 5, 13)),
            Milestone("Checks in every ward", date(2027, 4, 1)),
        ),
    ),
    Programme(
        slug="talking-therapies",
        partnership=SWL,
        name="Talking therapies",
        summary="Free help for worry, low mood and stress, by talking with a therapist.",
        description=(
            "You talk with a trained therapist: in person, by phone, by video or in a group. Most "
            "people come between six and twelve times."
        ),
        audience="Adults in the six boroughs who feel anxious, low or overwhelmed.",
        how_to_get_it=(
            "You can refer yourself, or ask your GP practice to do it. Say if you want to talk in "
            "another language than English.\n\nIf you cannot keep yourself safe, call NHS 111 and "
            "choose the mental health option, or 999."
        ),
        lead=o.SWLSTG,
        partners=(o.SLAM, o.PRACTICES, o.VOLUNTARY),
        places=EVERYWHERE,
        purposes=(HEALTH, FAIRNESS),
        starts_on=date(2023, 4, 1),
        milestones=(
            Milestone("Evening groups in every borough", date(2024, 10, 1), date(2024, 9, 16)),
            Milestone("Therapists who speak ten languages", date(2026, 4, 1), date(2026, 6, 1)),
        ),
    ),
    Programme(
        slug="annual-health-checks",
        partnership=SWL,
        name="Annual health checks",
        summary="A yearly health check for everybody with a learning disability.",
        description=(
            "People with a learning disability often become ill without anybody noticing. Once a "
            "year the practice takes the time to look and listen, and writes a plan with them."
        ),
        audience="People with a learning disability aged 14 and over.",
        how_to_get_it=(
            "Your GP practice invites you. If it has not, ask to be put on the register. You can "
            "bring somebody you trust."
        ),
        lead=o.PRACTICES,
        partners=(o.ICB, o.RESIDENTS, *COUNCILS),
        places=EVERYWHERE,
        purposes=(FAIRNESS,),
        starts_on=date(2023, 4, 1),
        milestones=(Milestone("Easy read invitations", date(2023, 10, 1), date(2023, 11, 6)),),
    ),
    Programme(
        slug="planned-surgery-together",
        partnership=SWL,
        name="Planned surgery together",
        summary="Four hospital trusts plan operations as one, so that you wait less.",
        description=(
            "If another hospital can operate on you sooner, you are offered a place there. Theatre "
            "teams plan their lists together and share what works."
        ),
        audience="People who wait for a planned operation.",
        how_to_get_it=(
            "Your hospital tells you when a sooner place is free. The choice is yours; you do not "
            "lose your place by saying no."
        ),
        lead=o.EPSOM,
        partners=(o.ST_GEORGES, o.KINGSTON, o.CROYDON),
        places=EVERYWHERE,
        purposes=(VALUE, HEALTH),
        starts_on=date(2023, 4, 1),
        milestones=(
            Milestone("One waiting list for hips and knees", date(2024, 4, 1), date(2024, 4, 8)),
            Milestone("Theatre teams share staff", date(2026, 10, 1), date(2026, 9, 28)),
        ),
    ),
    Programme(
        slug="good-work",
        partnership=SWL,
        name="Good work",
        summary="Help for local people to find and keep a job in health and care.",
        description=(
            "Councils and NHS employers train people who have been out of work, offer them a trial "
            "and stand by them in the first year. We also buy more from firms nearby."
        ),
        audience="Adults in the six boroughs who look for work, also with an illness.",
        how_to_get_it="Ask at your council’s job centre for the health and care adviser.",
        lead=o.COUNCIL_OF["croydon"],
        partners=(*COUNCILS[1:], o.ICB, o.VOLUNTARY),
        places=EVERYWHERE,
        purposes=(COMMUNITY,),
        starts_on=date(2023, 4, 1),
        milestones=(
            Milestone("An adviser in each borough", date(2024, 1, 8), date(2024, 1, 8)),
            Milestone("One thousand people in work", date(2024, 12, 31), date(2025, 1, 20)),
        ),
    ),
)
