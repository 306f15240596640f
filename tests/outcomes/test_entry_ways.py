"""The ways between the screens of returns: to a figure to change, to who sends, to send again."""

from html import unescape

import pytest

from outcomes.actions import submissions
from outcomes.models import Flag, Submission
from outcomes.models.collections import Weight
from outcomes.models.submissions import State
from partners.models import StaffMembership
from tests.outcomes.typed import APRIL, KEY, address

pytestmark = pytest.mark.django_db


def send_back(world, submitted):
    submissions.send_back(
        submissions=submitted,
        seen=submissions.fingerprint(submitted),
        reason="Both months look low",
        by=world.person("rj1.approver"),
    )


def ask(world, weight=Weight.MAY):
    draft = Submission.objects.get(period=APRIL)
    return Flag.objects.create(
        submission=draft, measure=world.measure, kind="changed", weight=weight,
        message="Is this right?",
    )  # fmt: skip


@pytest.mark.parametrize("weight", [Weight.MAY, Weight.MUST])
def test_flag_leads_its_sender_to_the_figure(world, send, sign_in, weight):
    upload = send()
    ask(world, weight)
    link = f'href="{address(world)}#cell-{KEY}"'
    for page in (upload.get_absolute_url(), "/work/flags/", address(world, "entry-send")):
        assert link in sign_in().get(page).content.decode(), page
    assert link not in sign_in("rj1.approver").get(upload.get_absolute_url()).content.decode()


def test_flag_of_an_analysts_file_is_answered_by_analysts(world, send, sign_in):
    send(by="analyst", for_all=True)
    flag = ask(world)
    page, box = flag.submission.get_absolute_url(), f'name="answer-{flag.pk}"'
    assert box in sign_in("analyst").get(page).content.decode()
    contributor = sign_in().get(page).content.decode()
    assert "Is this right?" in contributor
    assert box not in contributor


def test_returns_of_one_file_that_came_back_are_sent_again_together(world, submitted, sign_in):
    send_back(world, submitted)
    upload, client = submitted[0].upload, sign_in()
    work = client.get("/work/").content.decode()
    assert "April 2016 to May 2016 (2 returns)" in work
    assert "Check and send again" in work
    page = client.get(upload.get_absolute_url())
    assert page.content.decode().count("Both months look low") == 2
    data = {"seen": page.context["form"]["seen"].value()}
    client.post(f"{upload.get_absolute_url()}submit/", data)
    assert set(submitted.all().values_list("state", flat=True)) == {State.SUBMITTED}


def test_analyst_who_may_type_but_not_send_reads_who_sends(world, send, sign_in):
    send()
    client = sign_in("analyst")
    for name in ("entry", "entry-send"):
        words = unescape(client.get(address(world, name)).content.decode())
        assert "You may change these figures, but not send them." in words
        assert "They came in a file of Guy’s and St Thomas’." in words
        assert "(rj1.contributor)" in words
    assert "not send them" not in sign_in().get(address(world)).content.decode()


def test_who_is_no_longer_asked_reads_why_no_file_is_taken(world, submitted, sign_in):
    world.collection.organisations.remove(world.rj1)
    page = sign_in().get(world.collection.get_upload_url())
    assert page.status_code == 200
    assert "is not asked for these figures any more" in page.content.decode()
    assert sign_in("rj1.approver").get(world.collection.get_upload_url()).status_code == 403
    world.collection.organisations.remove(world.rjz)
    client = sign_in("rjz.contributor")
    assert client.get(world.collection.get_upload_url()).status_code == 404


def test_upload_names_organisations_by_their_slug(world, sign_in):
    person = world.person("rj1.contributor")
    StaffMembership.objects.create(user=person, role="contributor", organisation=world.rjz)
    page = sign_in().get(world.collection.get_upload_url()).content.decode()
    assert 'value="rj1"' in page
    assert f'value="{world.rj1.pk}"' not in page


def test_exception_of_a_collection_that_never_closes_says_so_at_once(world, sign_in):
    client = sign_in("analyst")
    page = client.get(f"/work/collections/{world.collection.slug}/exceptions/new/")
    assert "never closes" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_dates_are_shown_before_anything_is_chosen(world, sign_in):
    typed = {
        "show": "dates", "frequency": "month", "due_working_days": "15",
        "asks_from_day": "1", "asks_from_month": "10", "asks_from_year": "2026",
    }  # fmt: skip
    page = sign_in("analyst").post("/work/collections/new/", typed).content.decode()
    assert "Nothing is saved yet." in page
