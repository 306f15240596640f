"""The pages on which analysts say what partners are asked for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes.models import Collection, Extension, Rule, Submission
from outcomes.periods import latest_ended, shift
from tests import people

pytestmark = pytest.mark.django_db
NEWEST = latest_ended(timezone.localdate(), "month")


@pytest.fixture
def analyst(client, world):
    people.sign_in(client, world.person("analyst"))
    return client


@pytest.fixture
def form(world):
    def form(**changes):
        return {
            "name": "Beds",
            "frequency": "month",
            "measures": [world.measure.slug],
            "organisations": [world.rj1.slug],
            "due_working_days": "15",
            "remind_before": "5",
            "remind_after": "1, 5",
            "asks_from_day": "9",
            "asks_from_month": str(NEWEST.month),
            "asks_from_year": str(NEWEST.year),
        } | changes

    return form


def text(response) -> str:
    return " ".join(response.content.decode().split())


CREATE = "/work/collections/new/"


def test_collectioncreate_makes_a_collection_and_says_its_real_dates(analyst, form):
    page = analyst.post(CREATE, form(), follow=True)
    made = Collection.objects.get(slug="beds")
    assert (made.reminder_days, made.asks_from, made.accepts_from) == ([-5, 1, 5], NEWEST, NEWEST)
    assert "The next return is for" in text(page)
    assert "We remind people who have not sent it on" in text(page)
    assert "It never closes." in text(page)


def test_collectioncreate_shows_the_dates_and_saves_nothing(analyst, form):
    page = analyst.post(CREATE, form(show="dates", closing_working_days="20"))
    assert "Nothing is saved yet." in text(page)
    assert "The last day to send it is" in text(page)
    assert not Collection.objects.filter(slug="beds").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Give the collection a name."),
        ({"measures": []}, "Choose at least one measure."),
        ({"remind_after": "one"}, "Enter numbers of working days with commas"),
        ({"remind_after": "-3"}, "Enter numbers of working days with commas"),
        ({"closing_working_days": "3"}, "A period cannot close before it is due."),
        ({"frequency": "quarter"}, "is a monthly measure, so it cannot be in a quarterly"),
        (
            {"asks_to_day": "1", "asks_to_month": "1", "asks_to_year": "2016"},
            "The last period must not be before the first one.",
        ),
        (
            {"accepts_from_day": "1", "accepts_from_month": "1", "accepts_from_year": "2999"},
            "This must not be after the first period you ask for.",
        ),
    ],
)
def test_collectioncreate_says_what_is_wrong_and_keeps_what_was_typed(
    analyst, form, changes, words
):
    page = analyst.post(CREATE, form(guidance="All beds, please.") | changes)
    assert words in text(page)
    assert "All beds, please." in text(page)
    assert "<title>Error: " in text(page)
    assert Collection.objects.count() == 1


def test_collectionchange_shows_what_is_there_and_changes_it(analyst, form, world):
    collection = world.collection
    page = analyst.get(collection.get_change_url())
    shown = page.context["form"].initial
    assert (shown["remind_before"], shown["remind_after"]) == ([5], [1, 5])
    assert 'value="1, 5"' in text(page)
    analyst.post(collection.get_change_url(), form(name="A&E", remind_before="0 and 3"))
    collection.refresh_from_db()
    assert (collection.name, collection.reminder_days) == ("A&E", [-3, 0, 1, 5])
    assert [place.slug for place in collection.organisations.all()] == ["rj1"]


def test_collectionchange_refuses_with_a_sentence(analyst, form, world):
    Submission.objects.create(
        collection=world.collection, organisation=world.rj1, period=NEWEST,
        due_on=timezone.localdate(),
    )  # fmt: skip
    world.measure.frequency = "quarter"
    world.measure.save()
    page = analyst.post(world.collection.get_change_url(), form(frequency="quarter"))
    assert "Make a new collection instead." in text(page)


def test_collectionlist_is_a_page_when_it_is_empty_and_after_the_last_return(analyst, world):
    assert "A&amp;E waiting times" in text(analyst.get("/work/collections/"))
    world.collection.asks_to = world.collection.asks_from
    world.collection.save()
    assert "it ended with September 2026" in text(analyst.get("/work/collections/"))
    assert "has asked for its last return" in text(
        analyst.get("/work/collections/ae-waiting-times/")
    )
    Collection.objects.all().delete()
    assert "Nothing is asked for yet" in text(analyst.get("/work/collections/"))


@pytest.fixture
def extension(world):
    world.collection.closing_working_days = 20
    world.collection.save()
    until = timezone.localdate() + timedelta(days=90)
    return {
        "organisation": "rj1",
        "period": shift(NEWEST, "month", -1).isoformat(),
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reason": "Their system was down.",
    }


def test_extensioncreate_names_the_exception_and_extensionend_ends_it(analyst, extension, world):
    url = reverse("outcomes:extension-create", args=[world.collection.slug])
    page = analyst.post(url, extension, follow=True)
    assert "Guy’s and St Thomas’ may send these figures until" in text(page)
    assert "Their system was down." in text(page)
    page = analyst.post(Extension.objects.get().get_end_url(), follow=True)
    assert "The exception for Guy’s and St Thomas’ has ended." in text(page)
    assert not Extension.objects.exists()


def test_extensioncreate_refuses_a_day_that_has_passed(analyst, extension, world):
    url = reverse("outcomes:extension-create", args=[world.collection.slug])
    page = analyst.post(url, extension | {"until_year": "2016"})
    assert "That day has passed." in text(page)
    assert "Their system was down." in text(page)


@pytest.fixture
def rule(world):
    slug = world.measure.slug
    return {
        "left_1_sign": "plus",
        "left_1_factor": "",
        "left_1_figure": f"{slug}:numerator",
        "right_1_sign": "minus",
        "right_1_factor": "0.5",
        "right_1_figure": f"{slug}:denominator",
        "number": "100",
        "operator": "<=",
        "when_missing": "skip",
        "weight": "must",
        "sentence": "There are too many.",
    }


def rules_url(world) -> str:
    return reverse("outcomes:rule-create", args=[world.collection.slug])


def test_rulecreate_writes_a_rule_that_is_shown_back_in_words(analyst, rule, world):
    page = analyst.post(rules_url(world), rule, follow=True)
    words = "Attendances seen within 4 hours is at most minus 0.5 × attendances plus 100."
    assert words in text(page)
    written = Rule.objects.get()
    slug = world.measure.slug
    assert written.left == [{"measure": slug, "part": "numerator", "factor": 1}]
    assert written.right == [
        {"measure": slug, "part": "denominator", "factor": -0.5},
        {"number": 100},
    ]


def test_rulechange_shows_the_rule_as_it_was_typed(analyst, rule, world):
    analyst.post(rules_url(world), rule)
    written = Rule.objects.get()
    shown = analyst.get(written.get_absolute_url()).context["form"].initial
    assert (shown["right_1_sign"], str(shown["right_1_factor"])) == ("minus", "0.5")
    assert (shown["left_1_figure"], shown["number"]) == (rule["left_1_figure"], 100)
    analyst.post(written.get_absolute_url(), rule | {"weight": "may"})
    assert Rule.objects.get().weight == "may"
    page = analyst.post(written.get_drop_url(), follow=True)
    assert "The rule is gone." in text(page)
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"left_1_figure": ""}, "Select at least one figure for the left side."),
        ({"right_1_figure": "", "number": ""}, "Select a figure for the right side, or a number."),
        ({"left_1_figure": "other:numerator"}, "is not one of the available choices"),
        ({"left_1_factor": "0"}, "Give a number other than 0."),
        ({"sentence": ""}, "Say what the sender should read"),
    ],
)
def test_rulecreate_says_what_is_wrong_and_keeps_what_was_typed(
    analyst, rule, world, changes, words
):
    page = analyst.post(rules_url(world), rule | changes)
    assert words in text(page)
    assert 'value="0.5"' in text(page)
    assert not Rule.objects.exists()
