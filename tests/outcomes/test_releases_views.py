"""Releases on staff's and everybody's pages: what is shown to whom, and what a form refuses."""

import json
from datetime import timedelta
from html import unescape
from re import sub
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.permissions import Permission
from outcomes.actions import releases
from outcomes.forms.releases import ReleaseForm, TimeField
from outcomes.models import Collection, Release
from outcomes.selectors import releases as read
from tests.outcomes.test_releases import approve, correct, fresh, plan
from tests.outcomes.world import GOOD, publish

__all__ = ["plan"]  # a fixture
pytestmark = pytest.mark.django_db
NEW, LIST, CALENDAR = "/work/releases/new/", "/work/releases/", "/releases/"
SOON = timedelta(hours=20)


def words(response) -> str:
    return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", " ", response.content.decode())))


def form(world, **more):
    day = timezone.localdate() + timedelta(days=30)
    return {
        "title": "Spring", "note": "Two came late.", "collections": world.collection.slug,
        "when": "on_a_day", "time": "9:30am",
        "day_day": day.day, "day_month": day.month, "day_year": day.year, **more,
    }  # fmt: skip


def press(client, release, name, **more):
    path = reverse(f"outcomes:release-{name}", args=[release.uuid])
    return client.post(path, {"seen": read.fingerprint(fresh(release)), **more}, follow=True)


def test_release_of_a_portal_without_collections_leads_to_where_they_are_made(world, sign_in):
    world.collection.delete()
    page = sign_in("analyst").get(NEW)
    assert "There is no collection yet" in words(page)
    assert 'href="/work/collections/"' in page.content.decode()
    assert "Title of the release" not in words(page)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("9:30am", 9, 30), ("9.30 AM", 9, 30), ("14:05", 14, 5), ("2pm", 14, 0), ("12am", 0, 0)],
)
def test_time_is_read_as_people_type_it(typed, hour, minute):
    time = TimeField().clean(typed)
    assert (time.hour, time.minute) == (hour, minute)


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "half past nine", "9:75"])
def test_time_that_is_none_is_refused(typed):
    found = ReleaseForm({"time": typed}, collections=Collection.objects.all())
    assert found.errors["time"] == ["Enter a time, such as 9:30am or 14:00."]


def test_releasecreate_offers_the_next_working_day_and_what_waits(world, approved, sign_in):
    page = sign_in("analyst").get(NEW).content.decode()
    assert 'value="9:30am"' in page
    assert 'value="ae-waiting-times" checked' in sub(r"\s+", " ", page).replace('id="', 'id="')


def test_releasecreate_with_mistakes_keeps_what_was_typed(world, approved, sign_in):
    response = sign_in("analyst").post(NEW, form(world, title="", time="soon", day_year="2016"))
    html = response.content.decode()
    assert "Error: Plan a release" in html
    assert "Two came late.</textarea>" in html
    assert 'value="soon"' in html
    assert not Release.objects.exists()


def test_releasecreate_in_the_past_is_refused(world, approved, sign_in):
    response = sign_in("analyst").post(NEW, form(world, day_year="2016"))
    assert "That time has passed. Choose a later one." in words(response)


def test_releasecreate_twice_plans_once(world, approved, sign_in):
    client = sign_in("analyst")
    assert "Planned." in words(client.post(NEW, form(world), follow=True))
    assert "is planned already" in words(client.post(NEW, form(world), follow=True))
    release = Release.objects.get()
    assert timezone.localtime(release.due_at).strftime("%H:%M") == "09:30"
    assert release.submissions.count() == 2


def test_releasedetail_offers_approval_to_others_only(world, approved, plan, sign_in):
    release = plan()
    assert "Somebody else has to approve it" in words(
        sign_in("analyst").get(release.get_absolute_url())
    )
    client = sign_in("second.analyst")
    assert "Releases to approve" in words(client.get("/work/"))
    page = client.get(release.get_absolute_url()).content.decode()
    assert "Approve and publish" in page
    assert "86.3%" in page  # what readers will see
    assert "Approved." in words(press(client, release, "approve"))
    assert "already approved" in words(press(client, release, "approve"))


def test_releasedetail_offers_approval_only_to_those_who_may(
    world, approved, plan, sign_in, take_away
):
    page = plan().get_absolute_url()
    assert "Approve and publish" in words(sign_in("second.analyst").get(page))
    take_away("analyst", Permission.RELEASE_APPROVE)
    assert "Approve and publish" not in words(sign_in("second.analyst").get(page))


def test_calendar_leads_to_holds_only_those_who_may_set_them(world, sign_in, client):
    link = 'href="/work/holds/"'
    assert link in sign_in("analyst").get(CALENDAR).content.decode()
    assert link not in sign_in("rj1.approver").get(CALENDAR).content.decode()


def test_releaseapprove_of_a_stale_page_approves_nothing(world, approved, plan, sign_in):
    release = plan()
    response = press(sign_in("second.analyst"), release, "approve", seen="old")
    assert "has changed since you opened this page" in words(response)
    assert fresh(release).state == Release.State.PLANNED


def test_releasecontents_shows_and_keeps_what_is_ticked(world, approved, plan, sign_in):
    release, client = plan(), sign_in("analyst")
    april = approved.get(period="2016-04-01")
    path = reverse("outcomes:release-contents", args=[release.uuid])
    assert client.get(path).content.decode().count("checked") == 2
    response = client.post(path, {"seen": "old", "submissions": [str(april.uuid)]})
    assert "has changed since" in words(response)
    assert response.content.decode().count("checked") == 1
    response = press(client, release, "contents", submissions=[str(april.uuid)])
    assert "It holds 1 return now." in words(response)


def test_releasewithdraw_leaves_a_page_that_says_why(world, approved, sign_in, client, run_jobs):
    release = publish(world, approved)
    run_jobs()
    assert "Withdrawn" not in words(client.get(release.get_public_url()))
    response = press(sign_in("analyst"), release, "withdraw", reason="Counted <b>twice</b>")
    assert "gone from the public pages" in words(response)
    run_jobs()
    page = words(client.get(release.get_public_url()))
    assert "withdrew them on" in page
    assert "Counted <b>twice</b>" in page
    measure = words(client.get(world.measure.get_absolute_url()))
    assert "was withdrawn on" in measure
    assert "86.3" not in measure
    assert (
        client.get(reverse("outcomes:measure-csv", args=[world.measure.slug]))
        .getvalue()
        .count(b"\n")
        == 1
    )
    assert "Withdrawn: First" in client.get("/releases/feed/").content.decode()


def test_correction_is_told_on_page_release_log_and_in_the_file(
    world, approved, send, client, run_jobs
):
    publish(world, approved)
    fixed = correct(world, send, GOOD.replace("1815", "2815"), reason="=1+1 & a slip")
    second = publish(world, fixed, title="Second")
    run_jobs()
    told = "because: =1+1 & a slip"
    for path in (
        world.measure.get_absolute_url(),
        second.get_public_url(),
        "/releases/corrections/",
    ):
        assert told in words(client.get(path)), path
    lines = client.get(reverse("outcomes:measure-csv", args=[world.measure.slug])).getvalue()
    [_, april, may, *_] = lines.decode("utf-8-sig").splitlines()
    assert april.endswith(",")
    assert "Corrected on" in may
    assert "(Guy’s and St Thomas’): =1+1 & a slip" in may
    answer = client.get(reverse("outcomes:measure-json", args=[world.measure.slug])).getvalue()
    notes = [row["note"] for row in json.loads(answer)][:2]
    assert notes[0] == ""
    assert notes[1].endswith("(Guy’s and St Thomas’): =1+1 & a slip")


def test_calendar_tells_the_days_and_nothing_of_the_figures(world, approved, plan, client):
    due = timezone.now() + timedelta(days=3)
    release = plan(due_at=due, note="A secret until then.")
    local = timezone.localtime(due)
    page = words(client.get(CALENDAR))
    assert f"{local:%A} {local.day} {local:%B %Y}" in page
    public = words(client.get(release.get_public_url()))
    assert "We publish these figures on" in public
    assert world.measure.name in public
    assert "secret" not in page + public
    [event] = Calendar.from_ical(client.get("/releases/calendar.ics").content).events
    assert (str(event["summary"]), event.start) == ("Spring", due.replace(microsecond=0))
    releases.cancel(release=release, reason="Late figures", by=world.person("analyst"))
    assert "Late figures" in words(client.get(CALENDAR))
    [event] = Calendar.from_ical(client.get("/releases/calendar.ics").content).events
    assert str(event["status"]) == "CANCELLED"


def test_release_without_a_day_has_no_public_page_before_it_is_published(
    world, approved, plan, client
):
    assert client.get(plan().get_public_url()).status_code == 404


def test_early_release_is_404_for_others_and_notes_who_looked(world, approved, plan, sign_in):
    release = plan(due_at=timezone.now() + SOON)
    given = {"user": "board@example.org", "capacity": "Chair"}
    assert "They may read it" in words(press(sign_in("analyst"), release, "readers", **given))
    stranger = press(sign_in("analyst"), release, "readers", user="x@example.org", capacity="Chair")
    assert "Nobody with this address can sign in here." in words(stranger)
    path = reverse("outcomes:release-early", args=[release.uuid])
    board = sign_in("board")
    assert board.get(path).status_code == 404
    approve(world, fresh(release))
    assert "86.3%" not in words(board.get(path))
    assert "86.3%" in words(board.post(path, follow=True))
    assert "You may read before everybody else" in words(board.get("/work/"))
    assert sign_in("editor").get(path).status_code == 404
    assert sign_in("analyst").get(path).status_code == 404
    assert release.early_readers.get().first_read_at is not None


def test_holdlist_sets_and_lifts_and_everybody_is_told(world, sign_in, client):
    day = timezone.localdate() + timedelta(days=3)
    days = {
        f"{w}_day_{n}": getattr(day, n) for w in ("first", "last") for n in ("day", "month", "year")
    }
    analyst = sign_in("analyst")
    assert "The hold is set." in words(
        analyst.post("/work/holds/", {**days, "reason": "Elections"}, follow=True)
    )
    assert "set already" in words(
        analyst.post("/work/holds/", {**days, "reason": "Elections"}, follow=True)
    )
    assert "We publish no figures from" in words(client.get(CALENDAR))
    hold = world.partnership.holds.get()
    for one in (hold.uuid, uuid4()):  # whether there is such a hold is not told either
        assert sign_in("board").post(f"/work/holds/{one}/lift/").status_code == 403
    assert "The hold is lifted." in words(
        analyst.post(f"/work/holds/{hold.uuid}/lift/", follow=True)
    )
    assert "We publish no figures from" not in words(client.get(CALENDAR))


def test_releaselist_shows_the_latest_first(world, approved, sign_in):
    for title, day in (("Second", 2), ("Third", 3), ("First", 1)):
        Release.objects.create(
            partnership=world.partnership, slug=title.lower(), title=title, state="published",
            published_at=f"2026-05-0{day}T09:00:00Z", published_by=world.person("analyst"),
        )  # fmt: skip
    response = sign_in("analyst").get(LIST)
    assert [one.title for one in response.context["object_list"]] == ["Third", "Second", "First"]
