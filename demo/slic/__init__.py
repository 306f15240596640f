"""Southwark and Lambeth: Integrated Care from 2012 to March 2016, and its successor to today."""

from datetime import date

from demo.content import Demonstration
from demo.slic.collections import COLLECTIONS
from demo.slic.measures import MEASURES
from demo.slic.organisations import ORGANISATIONS, PLACES
from demo.slic.partnership import PARTNERSHIPS
from demo.slic.people import PEOPLE
from demo.slic.programmes import PROGRAMMES
from demo.slic.texts import HOME, STATEMENTS

DEMONSTRATION = Demonstration(
    slug="slic",
    name="Southwark and Lambeth",
    data_from=date(2013, 4, 1),
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
