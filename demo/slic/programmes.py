"""What the partnership in Southwark and Lambeth does. All texts are our own; dates illustrative."""

from datetime import date

from demo.content import Handover, Milestone, Programme
from demo.slic import organisations as o
from demo.slic.partnership import SLIC, SLIC_ENDS, SUCCESSOR

BOTH = ("southwark", "lambeth")
DECIDED = date(2016, 1, 29)

PROGRAMMES = (
    Programme(
        slug="at-home-services",
        partnership=SLIC,
        name="@home services",
        summary="Nurses, therapists and care workers treat you in your own home.",
        description=(
            "If you are ill enough to need a hospital bed, but well enough to sleep in your own, "
            "the @home team comes to you. A nurse visits up to four times a day, gives medicines "
            "and watches how you are doing. A doctor is in charge of your care, as on a ward.\n\n"
            "Most people need the team for about a week. Then your own GP practice carries on."
        ),
        audience="Adults in Southwark and Lambeth who are ill and can be cared for at home.",
        how_to_get_it=(
            "Ask your GP, your community nurse, the ambulance crew or the hospital team that "
            "looks after you. They send the team your details.\n\n"
            "The team phones you on the same day and comes to see you.\n\n"
            "You pay nothing. In an emergency, call 999."
        ),
        lead=o.GUYS,
        partners=(o.KINGS, o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL, o.PRACTICES),
        places=BOTH,
        purposes=(
            (SLIC, "independence"),
            (SLIC, "less-time-in-hospital"),
            (SUCCESSOR, "right-care"),
            (SUCCESSOR, "value"),
        ),
        starts_on=date(2013, 4, 1),
        milestones=(
            Milestone("First team at work in both boroughs", date(2013, 4, 1), date(2013, 4, 1)),
            Milestone("Open seven days a week", date(2014, 4, 1), date(2014, 4, 14)),
            Milestone("Taken over for good by its lead", date(2016, 4, 1), date(2016, 4, 1)),
            Milestone("Heart failure treated at home", date(2019, 10, 1), date(2019, 11, 4)),
        ),
        handover=Handover(
            "sustain",
            "In the last year more people started @home support than in any year before. Most "
            "were still at home 91 days later, and most of those who were asked were satisfied.",
            DECIDED,
        ),
    ),
    Programme(
        slug="holistic-assessments",
        partnership=SLIC,
        name="Holistic assessments",
        summary="A long, unhurried talk about your health, your home and what matters to you.",
        description=(
            "A nurse or doctor sits down with you for up to an hour. You talk about your health "
            "and medicines, but also about your home, money, moving about, memory, mood and "
            "friends.\n\n"
            "At the end you have a plan of your own. With your consent, it is shared with "
            "everybody who helps you."
        ),
        audience="People aged 65 and over, first of all those who have not been seen for a while.",
        how_to_get_it=(
            "Your GP practice invites you. You can also ask for an assessment at the reception.\n\n"
            "If you cannot easily leave home, somebody comes to you. You can bring a relative, a "
            "friend or an interpreter."
        ),
        lead=o.PRACTICES,
        partners=(o.SLAM, o.GUYS, o.VOLUNTARY),
        places=BOTH,
        purposes=(
            (SLIC, "independence"),
            (SLIC, "joined-up-care"),
            (SUCCESSOR, "living-well"),
            (SUCCESSOR, "fairness"),
        ),
        starts_on=date(2013, 4, 1),
        milestones=(
            Milestone("First practices take part", date(2013, 4, 1), date(2013, 4, 1)),
            Milestone("Every practice takes part", date(2015, 4, 1), date(2015, 3, 16)),
            Milestone("Memory check in every assessment", date(2017, 4, 1), date(2017, 6, 5)),
        ),
        handover=Handover(
            "build_on",
            "The number of assessments grew every year, and more of them ended with a plan the "
            "person had agreed to. The figures by group show who is reached least. The next step "
            "is to offer assessments by need rather than by age.",
            DECIDED,
        ),
    ),
    Programme(
        slug="rapid-response",
        partnership=SLIC,
        name="Rapid response",
        summary="A team at your door within two hours when you suddenly need more help.",
        description=(
            "A fall, an infection, a carer who is taken ill: things can change from one hour to "
            "the next. The rapid response team finds out what is wrong, starts treatment and "
            "arranges care, day and evening, all week.\n\n"
            "The team stays with you for up to five days, until other help is in place."
        ),
        audience="Adults at home whose health or care suddenly gets worse.",
        how_to_get_it=(
            "Call your GP practice, or NHS 111 when it is closed. Paramedics and care workers "
            "can call the team too.\n\n"
            "In an emergency, call 999."
        ),
        lead=o.GUYS,
        partners=(o.KINGS, o.SOUTHWARK_COUNCIL, o.LAMBETH_COUNCIL, o.VOLUNTARY),
        places=BOTH,
        purposes=(
            (SLIC, "independence"),
            (SLIC, "less-time-in-hospital"),
            (SUCCESSOR, "right-care"),
        ),
        starts_on=date(2013, 4, 1),
        milestones=(
            Milestone("Evenings and weekends covered", date(2014, 10, 1), date(2014, 10, 6)),
            Milestone("Paramedics can call the team", date(2018, 10, 1), date(2018, 10, 1)),
            Milestone("One telephone number for both boroughs", date(2027, 4, 1)),
        ),
        handover=Handover(
            "sustain",
            "The share of people seen within two hours rose and, in the last year, was above its "
            "target every month, while more people were referred than before.",
            DECIDED,
        ),
    ),
    Programme(
        slug="falls-prevention",
        partnership=SLIC,
        name="Falls prevention",
        summary="Classes and home checks that help you stay steady on your feet.",
        description=(
            "In a class you train strength and balance with others, once a week for six months. "
            "At home, a therapist looks at light, rugs, stairs and shoes with you, and has rails "
            "fitted where they help."
        ),
        audience="People aged 65 and over who have fallen, or who are afraid of falling.",
        how_to_get_it=(
            "Ask your GP practice, pharmacist or council for a falls check, or come to an open "
            "class: no letter is needed.\n\n"
            "If you fall and hurt yourself, call NHS 111, or 999 in an emergency."
        ),
        lead=o.SOUTHWARK_COUNCIL,
        partners=(o.LAMBETH_COUNCIL, o.GUYS, o.VOLUNTARY, o.RESIDENTS),
        places=BOTH,
        purposes=((SLIC, "independence"), (SUCCESSOR, "living-well"), (SUCCESSOR, "fairness")),
        starts_on=date(2013, 4, 1),
        milestones=(
            Milestone("Classes in twelve halls", date(2015, 9, 1), date(2015, 9, 7)),
            Milestone(
                "Classes started again after the pandemic", date(2021, 9, 1), date(2021, 9, 6)
            ),
            Milestone("Classes in every ward", date(2027, 4, 1)),
        ),
        handover=Handover(
            "build_on",
            "More people finished classes, yet the rate of falls that need hospital care has not "
            "come down to its target. The classes help those who come; the next step is to reach "
            "those who do not.",
            DECIDED,
        ),
    ),
    Programme(
        slug="shared-care-record",
        partnership=SLIC,
        name="Shared care record",
        summary="The people who look after you see the same notes, so you tell your story once.",
        description=(
            "Doctors, nurses and therapists in hospitals and GP practices can look at each "
            "other’s notes about you: medicines, allergies, test results, plans. Each look is "
            "recorded, and nobody may look without a reason.\n\n"
            "Staff here know it as the Local Care Record."
        ),
        audience="Everybody registered with a GP practice in Southwark or Lambeth.",
        how_to_get_it=(
            "You need not do anything: your record is part of it.\n\n"
            "If you do not want that, tell your GP practice. You can change your mind at any time."
        ),
        lead=o.KINGS,
        partners=(o.GUYS, o.SLAM, o.PRACTICES),
        places=BOTH,
        purposes=((SLIC, "joined-up-care"), (SLIC, "shared-money"), (SUCCESSOR, "value")),
        starts_on=date(2013, 4, 1),
        milestones=(
            Milestone("All hospitals connected", date(2014, 9, 1), date(2014, 9, 1)),
            Milestone("All practices connected", date(2016, 3, 31), date(2016, 2, 22)),
            Milestone("Social care can look in", date(2023, 4, 1), date(2023, 9, 4)),
        ),
        handover=Handover(
            "build_on",
            "Views of shared records have risen from year to year. Social care could not look in "
            "yet; that is what to build next.",
            DECIDED,
        ),
    ),
    Programme(
        slug="winter-phone-calls",
        partnership=SLIC,
        name="Winter phone calls",
        summary="Volunteers phoned older people who live alone, once a week in winter.",
        description=(
            "For two winters volunteers rang people who live alone, asked how they were and "
            "passed on worries to the right team. The calls ended in March 2016."
        ),
        audience="People aged 75 and over who live alone.",
        how_to_get_it="This service has ended. Local groups still offer friendly calls and visits.",
        lead=o.VOLUNTARY,
        partners=(o.RESIDENTS,),
        places=BOTH,
        purposes=((SLIC, "independence"),),
        starts_on=date(2014, 11, 3),
        ends_on=SLIC_ENDS,
        milestones=(Milestone("First calls", date(2014, 11, 3), date(2014, 11, 3)),),
        handover=Handover(
            "close",
            "No measure was kept for this trial, so nothing shows that it helped. Most of those "
            "called already had a visitor or an @home team. Its volunteers were invited to help "
            "in the falls classes instead.",
            DECIDED,
        ),
    ),
)
