"""Rows that are added to a grid: boroughs and groups that the last return did not have."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from outcomes.actions import checks, entry
from outcomes.models import Category, Flag, Measure, Observation, Submission
from outcomes.selectors.grid import grid
from partners.models import Place, StaffMembership
from tests import people
from tests.outcomes.typed import APRIL, KEY, address, typed

pytestmark = pytest.mark.django_db
SOUTHWARK = f"{KEY}--southwark"
WOMEN = f"{KEY}--southwark--sex-women"


@pytest.fixture
def women(db):
    return Category.objects.create(scheme="sex", slug="women", name="Women")


@pytest.fixture
def colleague(world):
    user = people.make_person("colleague@example.org", full_name="Ama Mensah")
    world.people["colleague"] = user
    StaffMembership.objects.create(user=user, role="contributor", organisation=world.rj1)
    return user


def adding(place="southwark", group="", **cells):
    return {"add": "row", "row-measure": KEY, "row-place": place, "row-group": group, **cells}


def keys(world):
    return [cell.key for cell in grid(world.collection, world.rj1, APRIL).cells]


def test_row_is_added_and_filled_in(world, sign_in, women):
    client = sign_in()
    page = client.post(address(world), adding(group="sex:women"))
    assert page.url == f"{address(world)}#cell-{WOMEN}"
    assert keys(world) == [KEY, WOMEN] or keys(world) == [WOMEN]
    seen = entry.fingerprint(Observation.objects.get())
    data = {"cell": WOMEN, **typed(WOMEN, seen, numerator="3", denominator="4")}
    assert client.post(address(world, "entry-cell"), data)["X-Entry"] == "saved"
    stored = Observation.objects.get()
    assert (stored.as_text, stored.part) == ("3 of 4", "Southwark, Women")


def test_row_is_added_with_all_that_was_typed(world, sign_in):
    client = sign_in()
    client.post(address(world), adding() | typed(numerator="3", denominator="4"))
    assert {o.as_text for o in Observation.objects.all()} == {"3 of 4", "an empty row"}
    page = client.post(address(world), adding() | typed(numerator="x", denominator="4"))
    assert page.status_code == 200
    assert 'value="x"' in page.content.decode(), "what is wrong is still there"


def test_row_that_is_there_is_not_added_twice(world, sign_in):
    client = sign_in()
    client.post(address(world), adding())
    assert client.post(address(world), adding()).url == f"{address(world)}#cell-{SOUTHWARK}"
    seen = entry.fingerprint(Observation.objects.get())
    client.post(address(world), typed(SOUTHWARK, seen, numerator="1", denominator="2"))
    page = client.post(address(world), adding(), follow=True)
    assert "This row is there already" in page.content.decode()
    assert Observation.objects.get().as_text == "1 of 2"


def test_row_that_is_asked_for_is_not_added(world, sign_in):
    page = sign_in().post(address(world), adding(place=""), follow=True)
    assert "This row is there already" in page.content.decode()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"place": "atlantis"}, {"group": "sex:martians"}, {"row-measure": "nothing"}]
)
def test_row_of_nothing_we_know_is_refused_in_words(world, sign_in, bad):
    page = sign_in().post(address(world), adding() | {f"row-{k}": v for k, v in bad.items()} | bad)
    assert page.status_code == 200
    assert "Choose one that is in the list" in page.content.decode()
    assert not Observation.objects.exists()


def test_row_of_a_borough_of_another_time_is_not_offered_and_not_kept(world, sign_in):
    Place.objects.update(valid_to=date(2016, 3, 31))
    client = sign_in()
    assert "Southwark" not in client.get(address(world)).content.decode()
    assert "in the list" in client.post(address(world), adding()).content.decode()
    Place.objects.update(valid_to=date(2016, 4, 1))
    assert client.post(address(world), adding()).status_code == 302, "one day is enough"
    Place.objects.update(valid_to=date(2016, 3, 31))
    seen = entry.fingerprint(Observation.objects.get())
    data = {"cell": SOUTHWARK, **typed(SOUTHWARK, seen, numerator="1", denominator="2")}
    answer = client.post(address(world, "entry-cell"), data)
    assert "Southwark was not a borough in April 2016" in answer.content.decode()


def test_grid_asks_for_no_borough_of_another_time(world):
    before = Submission.objects.create(
        collection=world.collection, organisation=world.rj1, period=date(2016, 3, 1),
        due_on=APRIL,
    )  # fmt: skip
    Observation.objects.create(
        submission=before, measure=world.measure, organisation=world.rj1,
        place=Place.objects.get(), period=before.period, numerator=1, denominator=2,
    )  # fmt: skip
    assert keys(world) == [SOUTHWARK]
    Place.objects.update(valid_to=date(2016, 3, 31))
    assert keys(world) == [KEY]


def test_row_is_taken_away_unless_somebody_typed_meanwhile(world, sign_in, colleague):
    client = sign_in()
    client.post(address(world), adding())
    empty = entry.fingerprint(Observation.objects.get())
    other = typed(SOUTHWARK, empty, numerator="1", denominator="2")
    sign_in("colleague").post(address(world), other)
    gone = {"away": SOUTHWARK, **typed(SOUTHWARK, empty)}
    page = client.post(address(world), gone, follow=True)
    assert "Southwark stays: Ama Mensah has saved 1 of 2" in page.content.decode()
    full = entry.fingerprint(Observation.objects.get())
    client.post(address(world), {"away": SOUTHWARK, **typed(SOUTHWARK, full)})
    assert not Observation.objects.exists()


def test_what_is_typed_into_a_row_that_is_gone_is_not_lost(world, sign_in, colleague):
    client = sign_in()
    client.post(address(world), adding())
    empty = entry.fingerprint(Observation.objects.get())
    sign_in("colleague").post(address(world), {"away": SOUTHWARK, **typed(SOUTHWARK, empty)})
    mine = typed(SOUTHWARK, empty, numerator="1", denominator="2")
    for name, extra in (("entry-cell", {"cell": SOUTHWARK}), ("entry", {})):
        page = client.post(address(world, name), mine | extra).content.decode()
        assert "Ama Mensah cleared this figure" in page
        assert "You typed 1 of 2" in page
    client.post(address(world), mine | {f"{SOUTHWARK}-mine": entry.NOTHING})
    assert Observation.objects.get().as_text == "1 of 2"


def test_row_that_is_cleared_stays_until_it_is_taken_away(world, sign_in):
    client = sign_in()
    client.post(address(world), adding())
    seen = entry.fingerprint(Observation.objects.get())
    client.post(address(world), typed(SOUTHWARK, seen, numerator="1", denominator="2"))
    seen = entry.fingerprint(Observation.objects.get())
    client.post(address(world), typed(SOUTHWARK, seen))
    assert Observation.objects.get().as_text == "an empty row"
    page = client.get(address(world, "entry-send")).content.decode()
    assert "take the row away" in page


def test_row_that_another_adds_is_news(world, sign_in, colleague):
    client = sign_in()
    news = client.get(address(world)).context["news_url"]
    sign_in("colleague").post(address(world), adding())
    words = client.get(news).content.decode()
    assert f'id="cell-{SOUTHWARK}"' in words
    assert f'data-measure="measure-{KEY}"' in words


def test_total_beside_its_boroughs_must_be_put_right(world, sign_in):
    client = sign_in()
    client.post(address(world), adding() | typed(numerator="3", denominator="4"))
    seen = entry.fingerprint(Observation.objects.get(status="unfinished"))
    client.post(address(world), typed(SOUTHWARK, seen, numerator="2", denominator="4"))
    flag = Flag.objects.get()
    assert (flag.weight, flag.kind) == ("must", "twice")
    assert "The total is 3, and its boroughs add up to 2." in flag.message
    page = client.get(address(world, "entry-send")).content.decode()
    assert f"{address(world)}#cell-{KEY}" in page
    whole = Observation.objects.get(place=None)
    client.post(address(world), typed(seen=entry.fingerprint(whole)))
    assert not Flag.objects.exists(), "it goes away as the total is cleared"


def test_review_of_one_figure_says_the_same_as_a_review_of_all(world, sign_in):
    client = sign_in()
    client.post(address(world), adding() | typed(numerator="3", denominator="4"))
    seen = entry.fingerprint(Observation.objects.get(status="unfinished"))
    client.post(address(world), typed(SOUTHWARK, seen, numerator="2", denominator="4"))
    by_cell = set(Flag.objects.values_list("kind", "measure", "place", "category", "value"))
    checks.review(submissions=Submission.objects.all())
    assert set(Flag.objects.values_list("kind", "measure", "place", "category", "value")) == by_cell


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_row_at_once_get_one(world, sign_in, colleague):
    clients, barrier, answers = [sign_in(), sign_in("colleague")], Barrier(2), []

    def run(client):
        barrier.wait()
        try:
            answers.append(client.post(address(world), adding()).status_code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert Observation.objects.get().part == "Southwark"
    assert Measure.objects.count() == 1
