"""South West London: the integrated care system of six boroughs, from 2022 to today."""

from datetime import date

from demo.content import Demonstration
from demo.swl.collections import COLLECTIONS
from demo.swl.measures import MEASURES
from demo.swl.organisations import ORGANISATIONS, PLACES
from demo.swl.partnership import PARTNERSHIPS
from demo.swl.people import PEOPLE
from demo.swl.programmes import PROGRAMMES
from demo.swl.texts import HOME, STATEMENTS

DEMONSTRATION = Demonstration(
    slug="swl",
    name="South West London",
    data_from=date(2023, 4, 1),
    partnerships=PARTNERSHIPS,
    places=PLACES,
    organisations=ORGANISATIONS,
    programmes=PROGRAMMES,
    measures=MEASURES,
    collections=COLLECTIONS,
    people=PEOPLE,
    home=HOME,
    statements=STATEMENTS,
)
