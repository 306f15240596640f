"""My work: each person finds what is theirs to do there, and nothing of anybody else."""

from datetime import date

import pytest

from accounts.permissions import Permission
from outcomes.models import Collection, Submission
from outcomes.periods import shift
from tests import people
from tests.outcomes.world import GOOD

pytestmark = pytest.mark.django_db
EVERYBODY = ("rj1.contributor", "rj1.approver", "rjz.contributor", "rjz.approver",
             "analyst", "board", "editor")  # fmt: skip


@pytest.fixture
def work(client, world):
    """What My work holds for each person: the part of the page with that name, as a list."""

    def work(part: str) -> dict[str, list]:
        found = {}
        for name in EVERYBODY:
            people.sign_in(client, world.person(name))
            found[name] = list(client.get("/work/").context.get(part) or [])
        return {name: part for name, part in found.items() if part}

    return work


def test_work_shows_what_is_outstanding_to_its_contributors_only(world, send, work):
    ours = send().submissions.all()
    theirs = send(GOOD.replace("RJ1", "RJZ"), by="rjz.contributor").submissions.all()
    found = work("outstanding")
    assert {name: set(rows) for name, rows in found.items()} == {
        "rj1.contributor": set(ours),
        "rjz.contributor": set(theirs),
    }


def test_work_folds_what_would_make_the_page_endless(world, client):
    for step in range(20):
        period = shift(date(2016, 1, 1), "month", step)
        owed = {"organisation": world.rj1, "period": period, "due_on": shift(period, "month", 1)}
        Submission.objects.create(collection=world.collection, version=1, **owed)
    people.sign_in(client, world.person("rj1.contributor"))
    page = client.get("/work/").content.decode()
    in_sight, _, folded = page.partition("<details")
    assert "See 4 more" in folded
    assert "April 2017" in in_sight  # the sixteenth
    assert "May 2017" not in in_sight
    assert "August 2017" in folded


def test_work_shows_what_waits_for_approval_to_approvers_there_only(world, submitted, work):
    found = work("to_approve")
    assert list(found) == ["rj1.approver"]
    assert [row.organisation for row in found["rj1.approver"]] == [world.rj1]


def test_work_shows_what_can_be_published_to_analysts_only(approved, work):
    assert list(work("to_publish")) == ["analyst"]


def test_work_shows_definitions_to_those_who_write_them_only(world, client):
    world.measure.next_review_on = date(2016, 1, 1)
    world.measure.save()
    people.sign_in(client, world.person("analyst"))
    assert "Definitions of measures" in client.get("/work/").content.decode()
    for name in set(EVERYBODY) - {"analyst"}:
        people.sign_in(client, world.person(name))
        assert "Definitions of measures" not in client.get("/work/").content.decode(), name


def test_work_leads_to_collections_those_who_manage_them_only(world, client, take_away):
    people.sign_in(client, world.person("analyst"))
    link = 'href="/work/collections/"'
    assert link in client.get("/work/").content.decode()
    take_away("analyst", Permission.COLLECTION_MANAGE)
    assert link not in client.get("/work/").content.decode()


def test_work_shows_files_to_their_organisation_and_analysts_only(world, send, work):
    ours = send()
    for_all = send(GOOD + "2016-06-01,RJZ,1,100,1,1\n", by="analyst", for_all=True)
    assert work("uploads") == {
        "rj1.contributor": [ours],
        "rj1.approver": [ours],
        "analyst": [for_all, ours],
    }


def test_work_offers_to_send_only_what_the_persons_organisation_is_asked_for(world, work):
    other = Collection.objects.create(
        partnership=world.partnership,
        slug="beds",
        name="Beds",
        accepts_from=world.collection.accepts_from,
        asks_from=world.collection.asks_from,
    )
    other.organisations.add(world.rjz)
    found = {name: {c.slug for c in rows} for name, rows in work("collections").items()}
    assert found == {
        "rj1.contributor": {"ae-waiting-times"},
        "rjz.contributor": {"ae-waiting-times", "beds"},
        "analyst": {"ae-waiting-times", "beds"},
    }


def test_uploaddetail_offers_to_send_to_those_who_may_only(client, world, send):
    upload = send()
    for name, may in (("rj1.contributor", True), ("rj1.approver", False), ("analyst", False)):
        people.sign_in(client, world.person(name))
        page = client.get(upload.get_absolute_url())
        offered = "Send for approval" in page.content.decode()
        assert (page.context["may_send"], offered) == (may, may), name


def test_submissiondetail_leads_to_its_file_only_those_who_may_see_it(client, world, send):
    for_all = send(GOOD, by="analyst", for_all=True)
    draft = for_all.submissions.first()
    for name, leads in (("rj1.contributor", None), ("analyst", for_all)):
        people.sign_in(client, world.person(name))
        assert client.get(draft.get_absolute_url()).context["upload"] == leads
