"""The line of partnerships: Southwark and Lambeth Integrated Care and what followed it."""

from datetime import date

from demo.content import Membership, Partnership, Priority, Purpose
from demo.slic import organisations as o

SLIC = "slic"
SUCCESSOR = "southwark-and-lambeth"
SLIC_STARTS, SLIC_ENDS = date(2012, 4, 1), date(2016, 3, 31)
SUCCESSOR_STARTS = date(2016, 4, 1)

PARTNERSHIPS = (
    Partnership(
        slug=SLIC,
        name="Southwark and Lambeth Integrated Care",
        short_name="SLIC",
        strapline="Care that fits together, close to home",
        about=(
            "From 2012 to March 2016 the people who look after health and care in Southwark and "
            "Lambeth worked as one partnership: local GPs, three NHS foundation trusts, two "
            "commissioning groups, two councils, voluntary groups and residents. Guy’s and St "
            "Thomas’ Charity supported the work.\n\n"
            "The partnership began with older people. It wanted them to be asked what matters to "
            "them, to get help early, and to stay in their own home for as long as they wish."
        ),
        starts_on=SLIC_STARTS,
        ends_on=SLIC_ENDS,
        purposes=(
            Purpose(
                "independence", "Independent at home", "People stay well and at home for longer."
            ),
            Purpose(
                "joined-up-care",
                "Care that fits together",
                "People tell their story once, and everybody who helps them works to one plan.",
            ),
            Purpose(
                "less-time-in-hospital",
                "Less time in hospital",
                "Nobody goes to hospital, or stays there, for want of help elsewhere.",
            ),
            Purpose("shared-money", "Money well spent", "Partners spend what they have as one."),
        ),
        members=(
            Membership(o.GUYS, SLIC_STARTS, SLIC_ENDS),
            Membership(o.KINGS, SLIC_STARTS, SLIC_ENDS),
            Membership(o.SLAM, SLIC_STARTS, SLIC_ENDS),
            Membership(o.SOUTHWARK_CCG, o.CCGS_OPENED, SLIC_ENDS, places=("southwark",)),
            Membership(o.LAMBETH_CCG, o.CCGS_OPENED, SLIC_ENDS, places=("lambeth",)),
            Membership(o.SOUTHWARK_COUNCIL, SLIC_STARTS, SLIC_ENDS, places=("southwark",)),
            Membership(o.LAMBETH_COUNCIL, SLIC_STARTS, SLIC_ENDS, places=("lambeth",)),
            Membership(o.PRACTICES, SLIC_STARTS, SLIC_ENDS),
            Membership(o.VOLUNTARY, SLIC_STARTS, SLIC_ENDS),
            Membership(o.RESIDENTS, SLIC_STARTS, SLIC_ENDS),
            Membership(o.CHARITY, SLIC_STARTS, SLIC_ENDS, capacity="supporter"),
        ),
        priorities=(
            Priority(
                "immediate",
                "Hand over what works",
                "Each service that helps people finds a lasting home with a partner before the "
                "partnership ends.",
                "joined-up-care",
                ("at-home-services", "holistic-assessments", "rapid-response"),
            ),
            Priority(
                "immediate",
                "Keep people out of hospital this winter",
                "Help at home starts on the day it is needed, also at weekends.",
                "less-time-in-hospital",
                ("at-home-services", "rapid-response"),
            ),
            Priority(
                "future",
                "One record for each person",
                "Everybody who looks after a person sees the same notes, if the person agrees.",
                "joined-up-care",
                ("shared-care-record",),
            ),
            Priority(
                "future",
                "Help before things go wrong",
                "Plan with people of all ages who live with long-term illness, not only with the "
                "oldest.",
                "independence",
                ("holistic-assessments", "falls-prevention"),
            ),
        ),
    ),
    Partnership(
        slug=SUCCESSOR,
        name="Southwark and Lambeth Strategic Partnership",
        short_name="Strategic Partnership",
        strapline="Working as one for healthier, happier lives in Southwark and Lambeth",
        about=(
            "We are the health and care organisations of Southwark and Lambeth, together with "
            "the people who live here. We carry on the work that Southwark and Lambeth "
            "Integrated Care began, and widen it from older people to everybody.\n\n"
            "We look at what helps and what does not, and we show it here: every month, for "
            "everybody to see."
        ),
        starts_on=SUCCESSOR_STARTS,
        predecessor=SLIC,
        purposes=(
            Purpose(
                "living-well",
                "Living well",
                "More people live well for longer, and feel in control of their lives.",
            ),
            Purpose(
                "fairness",
                "A fair chance for everyone",
                "Good care reaches people whoever they are and wherever they live.",
            ),
            Purpose(
                "right-care",
                "The right care at the right time",
                "Help comes early and close to home, so that fewer people need a hospital.",
            ),
            Purpose(
                "value",
                "Value for every pound",
                "We spend money and people’s time where they help most.",
            ),
        ),
        members=(
            Membership(o.GUYS, SUCCESSOR_STARTS),
            Membership(o.KINGS, SUCCESSOR_STARTS),
            Membership(o.SLAM, SUCCESSOR_STARTS),
            Membership(o.SOUTHWARK_CCG, SUCCESSOR_STARTS, date(2020, 3, 31), places=("southwark",)),
            Membership(o.LAMBETH_CCG, SUCCESSOR_STARTS, date(2020, 3, 31), places=("lambeth",)),
            Membership(o.SEL_CCG, o.CCGS_MERGED, date(2022, 6, 30)),
            Membership(o.SEL_ICB, o.ICBS_OPENED),
            Membership(o.SOUTHWARK_COUNCIL, SUCCESSOR_STARTS, places=("southwark",)),
            Membership(o.LAMBETH_COUNCIL, SUCCESSOR_STARTS, places=("lambeth",)),
            Membership(o.PRACTICES, SUCCESSOR_STARTS),
            Membership(o.VOLUNTARY, SUCCESSOR_STARTS),
            Membership(o.RESIDENTS, SUCCESSOR_STARTS),
        ),
        priorities=(
            Priority(
                "immediate",
                "Help at home within two hours",
                "When somebody suddenly gets worse at home, a team comes within two hours, every "
                "day of the week.",
                "right-care",
                ("rapid-response", "at-home-services"),
            ),
            Priority(
                "immediate",
                "Home from hospital without delay",
                "Nobody spends a night in hospital because the help they need at home is not "
                "ready.",
                "right-care",
                ("at-home-services",),
            ),
            Priority(
                "immediate",
                "Fewer falls",
                "More places in strength and balance classes, first where most people fall.",
                "living-well",
                ("falls-prevention",),
            ),
            Priority(
                "future",
                "Close the gaps",
                "For every service we look at who does not get it, and change how it is offered.",
                "fairness",
                ("holistic-assessments", "at-home-services"),
            ),
            Priority(
                "future",
                "Your record in your own hands",
                "People can see their shared care record, and say who else may.",
                "value",
                ("shared-care-record",),
            ),
        ),
    ),
)
