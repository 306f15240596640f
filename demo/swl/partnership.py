"""The integrated care system of South West London, with the four purposes such systems have."""

from datetime import date

from demo.content import Leader, Membership, Partnership, Priority, Purpose
from demo.swl import organisations as o

SWL = "south-west-london"
STARTS = date(2022, 7, 1)
HEALTH, FAIRNESS, VALUE, COMMUNITY = (
    (SWL, "health-and-wellbeing"),
    (SWL, "inequalities"),
    (SWL, "value-for-money"),
    (SWL, "social-and-economic"),
)
PLACES_OF = {
    o.EPSOM: ("sutton", "merton"),
    o.KINGSTON: ("kingston-upon-thames", "richmond-upon-thames"),
    o.CROYDON: ("croydon",),
    o.SLAM: ("croydon",),
    o.SWLSTG: tuple(place.slug for place in o.PLACES if place.slug != "croydon"),
    o.CLCH: ("merton", "wandsworth"),
    o.YOUR_HEALTHCARE: ("kingston-upon-thames",),
    **{council: (place,) for place, council in o.COUNCIL_OF.items()},
}
MEMBERS = (
    *(
        Membership(organisation.slug, STARTS, places=PLACES_OF.get(organisation.slug, ()))
        for organisation in o.ORGANISATIONS
        if organisation.slug not in (o.HOUNSLOW, o.CHARITIES)
    ),
    Membership(o.HOUNSLOW, STARTS, o.MERGED, places=("richmond-upon-thames",)),
    Membership(o.CHARITIES, STARTS, capacity="supporter"),
)
# Names and roles as public pages gave them, up to January 2026; days only where a page gave one.
LEADERS = (
    Leader("Mike Bell", "Chair of the integrated care board", o.ICB),
    Leader("Katie Fisher", "Chief executive of the integrated care board", o.ICB),
    Leader(
        "James Blythe",
        "Interim group chief executive of St George’s, Epsom and St Helier (named in 2025)",
        o.ST_GEORGES,
    ),
    Leader(
        "Ruth Dombey",
        "First co-chair of the integrated care partnership, then leader of Sutton Council",
        o.COUNCIL_OF["sutton"],
        from_date=STARTS,
    ),
)

PARTNERSHIPS = (
    Partnership(
        slug=SWL,
        name="South West London Integrated Care System",
        short_name="South West London",
        strapline="Six boroughs, one aim: healthier lives for everyone who lives here",
        about=(
            "We are the NHS, the councils, and the voluntary and community groups of Croydon, "
            "Kingston, Merton, Richmond, Sutton and Wandsworth, together with the people who "
            "live here. We have worked as one integrated care system since July 2022.\n\n"
            "We answer for four things: people’s health, fairness, the value of every pound, and "
            "what our organisations do for the life of the six boroughs."
        ),
        starts_on=STARTS,
        purposes=(
            Purpose(
                "health-and-wellbeing",
                "Health and wellbeing",
                "People live longer in good health, and get good care when they need it.",
            ),
            Purpose(
                "inequalities",
                "Inequalities",
                "Who you are and where you live no longer decide how healthy you are.",
            ),
            Purpose(
                "value-for-money",
                "Value for money",
                "We make the most of staff, buildings and money, and waste nobody’s time.",
            ),
            Purpose(
                "social-and-economic",
                "Social and economic development",
                "As employers and buyers we help local people and local firms to thrive.",
            ),
        ),
        members=MEMBERS,
        priorities=(
            Priority(
                "immediate",
                "Find high blood pressure early",
                "Checks in practices, pharmacies, barbers’ shops and places of worship.",
                "health-and-wellbeing",
                ("healthy-hearts",),
            ),
            Priority(
                "immediate",
                "Talking therapies that work for everyone",
                "People from every community start treatment, and as many of them recover.",
                "inequalities",
                ("talking-therapies",),
            ),
            Priority(
                "immediate",
                "Full use of operating theatres",
                "Fewer gaps in the lists and fewer operations called off: people wait less.",
                "value-for-money",
                ("planned-surgery-together",),
            ),
            Priority(
                "future",
                "Jobs for local people",
                "More first jobs and apprenticeships in health and care, near home.",
                "social-and-economic",
                ("good-work",),
            ),
            Priority(
                "future",
                "A health check for everyone with a learning disability",
                "Every person is invited each year, in words and pictures that suit them.",
                "inequalities",
                ("annual-health-checks",),
            ),
        ),
        leaders=LEADERS,
    ),
)
