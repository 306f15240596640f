"""Partners of South West London: real names, codes and dates; the summaries are our own."""

from datetime import date

from demo.content import Name, Organisation, Place

PLACES = (
    Place("croydon", "Croydon", "E09000008"),
    Place("kingston-upon-thames", "Kingston upon Thames", "E09000021"),
    Place("merton", "Merton", "E09000024"),
    Place("richmond-upon-thames", "Richmond upon Thames", "E09000027"),
    Place("sutton", "Sutton", "E09000029"),
    Place("wandsworth", "Wandsworth", "E09000032"),
)
ICB = "south-west-london-icb"
ST_GEORGES = "st-georges"
EPSOM = "epsom-and-st-helier"
KINGSTON = "kingston-and-richmond"
HOUNSLOW = "hounslow-and-richmond-community-healthcare"
CROYDON = "croydon-health-services"
SWLSTG = "south-west-london-and-st-georges-mental-health"
SLAM = "south-london-and-maudsley"
CLCH = "central-london-community-healthcare"
YOUR_HEALTHCARE = "your-healthcare"
MARSDEN = "royal-marsden"
PRACTICES = "south-west-london-general-practices"
VOLUNTARY = "voluntary-and-community-groups"
RESIDENTS = "residents-voice"
CHARITIES = "hospital-charities"
COUNCIL_OF = {place.slug: f"{place.slug}-council" for place in PLACES}

MERGED = date(2024, 10, 31)


def _council(place: str, name: str, ods_code: str) -> Organisation:
    borough = next(p.name for p in PLACES if p.slug == place)
    return Organisation(
        slug=COUNCIL_OF[place],
        name=name,
        kind="local_authority",
        ods_code=ods_code,
        summary=f"The council: social care, housing and public health in {borough}.",
    )


ORGANISATIONS = (
    Organisation(
        slug=ICB,
        name="NHS South West London Integrated Care Board",
        kind="commissioner",
        ods_code="QWE",
        opened_on=date(2022, 7, 1),
        summary="Plans and pays for NHS care in the six boroughs.",
    ),
    Organisation(
        slug=ST_GEORGES,
        name="St George’s University Hospitals NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RJ7",
        summary="Runs a large teaching hospital in Tooting, with specialists for a wide area.",
    ),
    Organisation(
        slug=EPSOM,
        name="Epsom and St Helier University Hospitals NHS Trust",
        kind="trust",
        ods_code="RVR",
        summary="Runs hospitals in Epsom and Carshalton, and community services in Sutton.",
    ),
    Organisation(
        slug=KINGSTON,
        name="Kingston and Richmond NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RAX",
        summary="Runs Kingston Hospital, and community services in Richmond and nearby.",
        names=(
            Name("Kingston Hospital NHS Foundation Trust", valid_to=MERGED),
            Name("Kingston and Richmond NHS Foundation Trust", valid_from=date(2024, 11, 1)),
        ),
    ),
    Organisation(
        slug=HOUNSLOW,
        name="Hounslow and Richmond Community Healthcare NHS Trust",
        kind="trust",
        ods_code="RY9",
        closed_on=MERGED,
        successor=KINGSTON,
        summary="Ran community health services in Richmond until October 2024.",
    ),
    Organisation(
        slug=CROYDON,
        name="Croydon Health Services NHS Trust",
        kind="trust",
        ods_code="RJ6",
        summary="Runs Croydon University Hospital and community services in Croydon.",
    ),
    Organisation(
        slug=SWLSTG,
        name="South West London and St George’s Mental Health NHS Trust",
        kind="trust",
        ods_code="RQY",
        summary="Looks after people’s mental health in five of the six boroughs.",
    ),
    Organisation(
        slug=SLAM,
        name="South London and Maudsley NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RV5",
        summary="Looks after people’s mental health in Croydon, and in other parts of London.",
    ),
    Organisation(
        slug=CLCH,
        name="Central London Community Healthcare NHS Trust",
        kind="trust",
        ods_code="RYX",
        summary="Community nurses and therapists in Merton and Wandsworth.",
    ),
    Organisation(
        slug=YOUR_HEALTHCARE,
        name="Your Healthcare CIC",
        kind="community_and_voluntary",
        summary="A social enterprise with community health services in Kingston.",
    ),
    Organisation(
        slug=MARSDEN,
        name="The Royal Marsden NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RPY",
        summary="Treats people with cancer, in Sutton and in Chelsea.",
    ),
    _council("croydon", "London Borough of Croydon", "721"),
    _council("kingston-upon-thames", "Royal Borough of Kingston upon Thames", "729"),
    _council("merton", "London Borough of Merton", "730"),
    _council("richmond-upon-thames", "London Borough of Richmond upon Thames", "733"),
    _council("sutton", "London Borough of Sutton", "734"),
    _council("wandsworth", "London Borough of Wandsworth", "712"),
    Organisation(
        slug=PRACTICES,
        name="General practices in South West London",
        kind="general_practice",
        summary="The GP practices of the six boroughs, which answer here as one.",
    ),
    Organisation(
        slug=VOLUNTARY,
        name="Voluntary and community groups",
        kind="community_and_voluntary",
        summary="Local groups and faith communities that know who is hard to reach.",
    ),
    Organisation(
        slug=CHARITIES,
        name="Hospital charities",
        kind="charity",
        summary="The charities beside our hospitals, which pay for what the NHS does not.",
    ),
    Organisation(
        slug=RESIDENTS,
        name="Residents’ voice",
        kind="residents",
        summary="People who live in the six boroughs, and carers, with a say in every plan.",
    ),
)
