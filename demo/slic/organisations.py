"""Partners of Southwark and Lambeth: real names, codes and dates; the summaries are our own."""

from datetime import date

from demo.content import Organisation, Place

PLACES = (
    Place("southwark", "Southwark", "E09000028"),
    Place("lambeth", "Lambeth", "E09000022"),
)
GUYS = "guys-and-st-thomas"
KINGS = "kings-college-hospital"
SLAM = "south-london-and-maudsley"
SOUTHWARK_COUNCIL = "southwark-council"
LAMBETH_COUNCIL = "lambeth-council"
PRACTICES = "local-general-practices"
VOLUNTARY = "voluntary-and-community-groups"
RESIDENTS = "residents-voice"
CHARITY = "guys-and-st-thomas-charity"
SOUTHWARK_CCG = "southwark-ccg"
LAMBETH_CCG = "lambeth-ccg"
SEL_CCG = "south-east-london-ccg"
SEL_ICB = "south-east-london-icb"

CCGS_OPENED = date(2013, 4, 1)
CCGS_MERGED = date(2020, 4, 1)
ICBS_OPENED = date(2022, 7, 1)

ORGANISATIONS = (
    Organisation(
        slug=SEL_ICB,
        name="NHS South East London Integrated Care Board",
        kind="commissioner",
        ods_code="QKK",
        opened_on=ICBS_OPENED,
        summary="Plans and pays for NHS care in south east London since July 2022.",
    ),
    Organisation(
        slug=SEL_CCG,
        name="NHS South East London CCG",
        kind="commissioner",
        ods_code="72Q",
        opened_on=CCGS_MERGED,
        closed_on=date(2022, 6, 30),
        successor=SEL_ICB,
        summary="Planned and paid for NHS care in south east London from 2020 to 2022.",
        description=(
            "Six clinical commissioning groups joined into this one in April 2020. Its work "
            "passed to the integrated care board in July 2022. The code 72Q is still in use for "
            "the board’s area."
        ),
    ),
    Organisation(
        slug=SOUTHWARK_CCG,
        name="NHS Southwark CCG",
        kind="commissioner",
        ods_code="08Q",
        opened_on=CCGS_OPENED,
        closed_on=date(2020, 3, 31),
        successor=SEL_CCG,
        summary="Planned and paid for NHS care in Southwark from 2013 to 2020.",
    ),
    Organisation(
        slug=LAMBETH_CCG,
        name="NHS Lambeth CCG",
        kind="commissioner",
        ods_code="08K",
        opened_on=CCGS_OPENED,
        closed_on=date(2020, 3, 31),
        successor=SEL_CCG,
        summary="Planned and paid for NHS care in Lambeth from 2013 to 2020.",
    ),
    Organisation(
        slug=GUYS,
        name="Guy’s and St Thomas’ NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RJ1",
        summary="Runs two large hospitals and community health services in both boroughs.",
        description=(
            "Nurses, therapists and care workers of the trust visit people at home, so that they "
            "need not stay in hospital longer than they must.\n\n"
            "In this portal the trust leads the @home services and rapid response."
        ),
    ),
    Organisation(
        slug=KINGS,
        name="King’s College Hospital NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RJZ",
        summary="Runs the large hospital at Denmark Hill, which serves both boroughs.",
        description=(
            "Many older people of Southwark and Lambeth come to its emergency department. Its "
            "teams work with the partners so that more of them can go home the same day."
        ),
    ),
    Organisation(
        slug=SLAM,
        name="South London and Maudsley NHS Foundation Trust",
        kind="foundation_trust",
        ods_code="RV5",
        summary="Looks after people’s mental health in Southwark, Lambeth and beyond.",
        description=(
            "Its nurses join other teams when memory, mood or worry are part of what a person "
            "needs help with."
        ),
    ),
    Organisation(
        slug=SOUTHWARK_COUNCIL,
        name="London Borough of Southwark",
        kind="local_authority",
        ods_code="710",
        summary="The council: social care, housing and public health in Southwark.",
    ),
    Organisation(
        slug=LAMBETH_COUNCIL,
        name="London Borough of Lambeth",
        kind="local_authority",
        ods_code="708",
        summary="The council: social care, housing and public health in Lambeth.",
    ),
    Organisation(
        slug=PRACTICES,
        name="Local general practices",
        kind="general_practice",
        summary="The GP practices of Southwark and Lambeth, which answer here as one.",
        description="For most people, the practice is where help begins.",
    ),
    Organisation(
        slug=VOLUNTARY,
        name="Voluntary and community groups",
        kind="community_and_voluntary",
        summary="Local groups that visit, advise, drive, cook and keep people company.",
    ),
    Organisation(
        slug=RESIDENTS,
        name="Residents’ voice",
        kind="residents",
        summary="People who live in Southwark and Lambeth, and carers, with a say in every plan.",
    ),
    Organisation(
        slug=CHARITY,
        name="Guy’s and St Thomas’ Charity",
        kind="charity",
        summary="A local charity that supported the first partnership with a grant.",
        description=(
            "The charity gave Southwark and Lambeth Integrated Care a grant of 10.6 million "
            "pounds towards a programme of four years."
        ),
    ),
)
