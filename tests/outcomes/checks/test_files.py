"""What the database tells about the rows of a file: each sentence says what to do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from outcomes.models import Extension, Measure
from outcomes.periods import latest_ended, shift
from partners.models import Organisation, OrganisationKind, Place
from tests.outcomes.checks.returns import make_count

pytestmark = pytest.mark.django_db

HEADER = "period,organisation,place,measure,numerator,denominator\n"
LAST = latest_ended(timezone.localdate(), "month")


@pytest.fixture
def tall(world):
    """The collection takes files with one number in each row."""
    profile = world.collection.import_profiles.get()
    profile.header = HEADER.strip().split(",")
    sums = {part: {"add": [part]} for part in ("numerator", "denominator")}
    profile.mapping = {
        **{name: {"column": name} for name in ("period", "organisation", "place")},
        "measures": [{"measure_column": "measure", **sums}],
        "numbers": {"marks": {"z": "not_collected"}},
    }
    profile.save()
    make_count(world, "people")
    return world.collection


@pytest.fixture
def said(tall, send):
    """What is said of each row of a file."""

    def said(*rows, **more):
        upload = send(HEADER + "".join(f"{row}\n" for row in rows), **more)
        assert upload.state in ("ready", "refused"), upload.message
        return [(p.row, p.column, p.message) for p in upload.problems.all()]

    return said


def merge(world, *, opened=None):
    old = Organisation.objects.create(
        slug="old", name="Old Trust", ods_code="ROLD", kind=OrganisationKind.FOUNDATION_TRUST,
        closed_on=date(2016, 5, 15), successor=world.rj1,
    )  # fmt: skip
    world.collection.organisations.add(old)
    Organisation.objects.filter(pk=world.rj1.pk).update(opened_on=opened)
    return old


def test_closed_organisation_names_its_successor(world, said):
    merge(world)
    rows = [f"2016-0{month}-01,ROLD,,people,1,0" for month in (4, 5, 6)]
    assert said(*rows, by="analyst", for_all=True) == [
        (
            4,
            "organisation",
            "Old Trust closed on 15 May 2016. From then on figures belong to its successor, "
            "Guy’s and St Thomas’ (RJ1).",
        )
    ]


def test_closed_organisation_without_successor(world, said):
    merge(world)
    Organisation.objects.filter(slug="old").update(successor=None)
    assert said("2016-06-01,ROLD,,people,1,0", by="analyst", for_all=True) == [
        (
            2,
            "organisation",
            "Old Trust closed on 15 May 2016 and has no figures for later periods. Leave them out.",
        )
    ]


def test_rows_of_the_predecessor_name_it(world, said):
    merge(world)
    assert said("2016-06-01,ROLD,,people,1,0", "2016-04-01,NOBODY,,people,1,0") == [
        (
            2,
            "organisation",
            "This row belongs to Old Trust, which closed on 15 May 2016. Its successor is Guy’s "
            "and St Thomas’ (RJ1). Send only the rows of your own organisation.",
        ),
        (
            3,
            "organisation",
            "This is not the code of an organisation we know. The code of yours is RJ1.",
        ),
    ]


def test_organisation_that_had_not_opened(world, said):
    merge(world, opened=date(2016, 5, 15))
    assert said("2016-04-01,RJ1,,people,1,0", "2016-05-01,RJ1,,people,1,0") == [
        (
            2,
            "organisation",
            "Guy’s and St Thomas’ opened on 15 May 2016 and has no figures for earlier periods. "
            "Leave them out.",
        )
    ]


def test_borough_is_valid_for_the_period(world, said):
    Place.objects.filter(slug="southwark").update(
        valid_from=date(2016, 5, 1), valid_to=date(2016, 5, 31)
    )
    rows = [f"2016-0{month}-01,RJ1,Southwark,people,1,0" for month in (4, 5, 6)]
    told = (
        "In this period there was no borough with this code: it was used from 1 May 2016 to "
        "31 May 2016. Use the code of the time."
    )
    assert said(*rows) == [(2, "place", told), (4, "place", told)]


def test_total_and_boroughs_say_whether_they_add_up(world, said):
    Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    rows = []
    for month, total, southwark in ((4, 100, 60), (5, 110, 60), (6, 100, "z"), (7, "z", 60)):
        period = f"2016-0{month}-01,RJ1"
        rows += [f"{period},,people,{total},0", f"{period},Southwark,people,{southwark},0"]
        rows += [f"{period},Lambeth,people,40,0"]
    choice = "Send either the boroughs or the total, not both."
    assert said(*rows) == [
        (2, "place", f"This is the sum of its boroughs (from row 3). {choice}"),
        (
            5,
            "place",
            "This total is 110, but its boroughs (from row 6) add up to 100. Find out which is "
            f"right. {choice}",
        ),
        (
            8,
            "place",
            "This is a total, and row 9 is one of its boroughs. Not every borough has a number, so "
            f"we cannot add them up. {choice}",
        ),
    ]


def test_denominators_have_to_add_up_too(world, said):
    measure = Measure.objects.get(slug="ae-4-hour-performance")
    (problem,) = said(
        f"2016-04-01,RJ1,,{measure.slug},5,12", f"2016-04-01,RJ1,Southwark,{measure.slug},5,10"
    )
    assert "This total is out of 12, but its boroughs (from row 3) add up to 10." in problem[2]


def test_total_beside_boroughs_that_have_no_numbers_is_right(world, said):
    assert said("2016-04-01,RJ1,,people,5,0", "2016-04-01,RJ1,Southwark,people,z,0") == []


def close(collection, days=30):
    collection.closing_working_days, collection.due_working_days = days, 5
    collection.save()


def test_closed_period_takes_no_first_figures(world, tall, said):
    close(tall)
    old = shift(LAST, "month", -6)
    (problem,) = said(
        f"{old},RJ1,,people,1,0", f"{old},RJ1,Southwark,people,z,0", f"{LAST},RJ1,,people,1,0"
    )
    assert problem[:2] == (2, "period")
    assert problem[2].startswith("The closing day of this period has passed: figures are now taken")
    assert "Ask the partnership’s analysts" in problem[2]


def test_closed_period_is_open_by_a_named_exception_for_analysts_and_for_corrections(
    world, tall, said
):
    old = shift(LAST, "month", -6)
    assert said(f"{old},RJ1,,people,1,0") == []
    close(tall)
    assert said(f"{old},RJZ,,people,1,0", by="analyst", for_all=True) == []
    tall.submissions.filter(organisation=world.rj1).update(first_sent_at=timezone.now())
    assert said(f"{old},RJ1,,people,2,0") == []
    older = shift(LAST, "month", -7)
    Extension.objects.create(
        collection=tall, organisation=world.rj1, period=older, reason="Their system was down.",
        until=timezone.localdate() + timedelta(days=1), granted_by=world.person("analyst"),
    )  # fmt: skip
    assert said(f"{older},RJ1,,people,3,0") == []
    Extension.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert len(said(f"{older},RJ1,,people,4,0")) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2016-04-02,RJ1,,people,1,0", f"the first day of a month, such as {LAST}."),
        ("2016-01-01,RJ1,,people,1,0", "starts with April 2016. Leave out what is earlier."),
        ("2999-01-01,RJ1,,people,1,0", f"The latest you can send is {LAST:%B %Y}."),
        ("2016-04-01,RJ1,,cats,1,0", "Use one of these: ae-4-hour-performance, people."),
        ("2016-04-01,RJ1,Atlantis,people,1,0", "such as Southwark or E09000028."),
        ("2016-04-01,RJ1,,people,1.5,0", "Write it without decimals."),
        ("2016-04-01,RJ1,,ae-4-hour-performance,5,4", "whole it is a part of (4). Check both"),
        ("2016-04-01,RJ1,,ae-4-hour-performance,5,z", "number is missing. Give it"),
    ],
)
def test_problem_says_what_to_do(world, said, row, words):
    (problem,) = said(row)
    assert words in problem[2]
