"""Corrections of published figures that are typed: begun, and given up again."""

import pytest

from outcomes.actions import entry, submissions
from outcomes.models import Observation, Submission
from outcomes.selectors import timeliness
from tests.outcomes.test_entry import APRIL, KEY, address, typed
from tests.outcomes.world import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(world, approved):
    publish(world, approved)
    return Submission.objects.get(period=APRIL)


def test_entry_of_a_published_return_leads_to_a_correction(world, published, sign_in):
    client = sign_in()
    assert "Begin a correction" in client.get(address(world)).content.decode()
    data = {"cell": KEY, **typed(numerator="1", denominator="2")}
    assert client.post(address(world, "entry-cell"), data)["X-Entry"] == "problem"
    assert Submission.objects.filter(period=APRIL).count() == 1
    page = client.post(address(world, "entry-begin"), follow=True)
    assert 'value="10335"' in page.content.decode()


def test_entrydrop_gives_up_a_correction_and_keeps_what_is_published(world, published, sign_in):
    client = sign_in()
    assert "Give up this correction" in (
        client.post(address(world, "entry-begin"), follow=True).content.decode()
    )
    page = client.post(address(world, "entry-drop"), follow=True).content.decode()
    assert "The correction is gone" in page
    assert "Begin a correction" in page
    assert Submission.objects.get(period=APRIL) == published
    assert Observation.objects.filter(submission=published).exists()


def test_drop_of_a_correction_that_was_sent_or_never_was_one_is_refused(world, published):
    by = world.person("rj1.contributor")
    where = {"collection": world.collection, "organisation": world.rj1, "period": APRIL}
    draft = entry.begin(**where, by=by)
    submissions.submit(
        submissions=[draft], seen=submissions.fingerprint([draft]), correction_reason="A slip",
        by=by,
    )  # fmt: skip
    for one in (draft, published):
        with pytest.raises(submissions.Conflict):
            entry.drop(submission=one, by=by)
    first = entry.begin(**where | {"period": APRIL.replace(month=6)}, by=by)
    with pytest.raises(submissions.Conflict, match="Only a correction"):
        entry.drop(submission=first, by=by)
    assert Submission.objects.filter(pk__in=[draft.pk, published.pk, first.pk]).count() == 3


def test_save_cell_of_a_correction_that_was_given_up_meanwhile_says_so(world, published):
    by = world.person("rj1.contributor")
    where = {"collection": world.collection, "organisation": world.rj1, "period": APRIL}
    draft = entry.begin(**where, by=by)
    page = Submission.objects.get(pk=draft.pk)
    entry.drop(submission=draft, by=by)
    with pytest.raises(submissions.Conflict, match="given up"):
        entry.clear_cell(
            submission=page, measure=world.measure, place=None, category=None, seen="", by=by
        )


def test_correction_that_was_begun_is_never_overdue(world, published):
    """It was asked for once and has come; nobody is reminded of a second thought."""
    world.collection.asks_from = APRIL
    world.collection.save()
    draft = entry.begin(
        collection=world.collection, organisation=world.rj1, period=APRIL,
        by=world.person("rj1.contributor"),
    )  # fmt: skip
    assert not Submission.objects.get(pk=draft.pk).is_overdue
    assert draft not in Submission.objects.owed()
    assert timeliness.to_ask(world.person("analyst")) == []


def test_entry_stays_open_to_those_whom_the_collection_asks_no_more(world, published, sign_in):
    world.collection.organisations.remove(world.rj1)
    assert "Begin a correction" in sign_in().get(address(world)).content.decode()
