"""Sessions end by themselves: 30 minutes after the last thing done, 8 hours after signing in."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.html import escape

from accounts import sessions
from accounts.actions import sessions as actions
from accounts.models import SecurityEvent, User
from slic_portal.tasks import clear_sessions
from tests.accounts.conftest import PASSPHRASE
from tests.people import code, make_person, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/session/"
WORK = "/work/"
MINUTE, HOUR = 60, 3600


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sessions, "clock", clock)
    return clock


@pytest.fixture
def client_class(client):
    """For a second browser."""
    return type(client)


@pytest.fixture
def kims(client, kim, clock):
    """The browser in which Kim has just opened a page."""
    sign_in(client, kim)
    assert client.get(WORK).status_code == 200
    return client


@pytest.fixture
def administrator(db) -> User:
    from tests.outcomes.world import make_world

    world = make_world()
    person = make_person("administrator@example.org")
    person.staff_memberships.create(role="administrator", partnership=world.partnership)
    return person


def whole_sign_in(client, email="kim@example.org"):
    """Through the forms, second step included."""
    client.post("/accounts/login/", {"login": email, "password": PASSPHRASE})
    return client.post("/accounts/2fa/authenticate/", {"code": code()})


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_person_who_does_something_stays_signed_in(kims, clock):
    for _ in range(4):
        clock.go_on(29 * MINUTE)
        assert kims.get(WORK).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(30 * MINUTE - 1, 200), (30 * MINUTE, 302)])
def test_thirty_idle_minutes_end_a_session(kims, clock, seconds, status):
    clock.go_on(seconds)
    assert kims.get(WORK).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(15 * MINUTE - 1, 200), (15 * MINUTE, 302)])
def test_fifteen_idle_minutes_end_the_session_of_an_administrator(
    client, administrator, clock, seconds, status
):
    sign_in(client, administrator)
    client.get(WORK)
    clock.go_on(seconds)
    assert client.get(WORK).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 302)])
def test_eight_hours_end_a_session_whatever_is_done(kims, clock, seconds, status):
    for _ in range(24):
        clock.go_on(19 * MINUTE)
        assert kims.get(WORK).status_code == 200
    clock.go_on(8 * HOUR - 24 * 19 * MINUTE + seconds)
    assert kims.get(WORK).status_code == status


def test_person_is_told_why_and_led_back(kims, clock):
    clock.go_on(HOUR)
    response = kims.get(WORK, {"page": 2}, follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/work/%3Fpage%3D2", 302)]
    sentence = "You were signed out because nothing happened for 30 minutes."
    assert words_of(response).count(sentence) == 1
    assert sentence not in words_of(kims.get("/accounts/login/"))


def test_person_is_told_of_the_eight_hours(kims, clock):
    clock.go_on(8 * HOUR)
    sentence = "You were signed out because you had been signed in for 8 hours."
    assert sentence in words_of(kims.get(WORK, follow=True))


def test_public_page_shows_somebody_who_is_signed_out(kims, clock):
    assert "Sign out" in words_of(kims.get("/priorities/"))
    clock.go_on(HOUR)
    page = words_of(kims.get("/priorities/"))
    assert "Sign out" not in page
    assert "You were signed out" not in page


def test_old_cookie_is_worth_nothing_after_the_end(kims, clock, client_class):
    cookie = kims.cookies["sessionid"].value
    clock.go_on(HOUR)
    kims.get(WORK)
    clock.go_on(-HOUR)  # not even if the clock goes back
    thief = client_class()
    thief.cookies["sessionid"] = cookie
    assert thief.get(WORK).status_code == 302
    assert not Session.objects.exists()


def test_time_counts_from_sign_in_even_if_no_page_follows(client, kim, clock):
    whole_sign_in(client)
    assert client.session[sessions.STARTED] == clock.now
    clock.go_on(8 * HOUR - 1)
    assert client.get(WORK).status_code == 302


def test_session_is_written_once_a_minute_at_most(kims, kim, clock):
    UserSession.objects.create(user=kim, ip="127.0.0.1", session_key=kims.session.session_key)
    first = kims.session[sessions.SEEN]
    clock.go_on(59)
    kims.get(WORK)
    assert kims.session[sessions.SEEN] == first
    clock.go_on(1)
    kims.get(WORK)
    assert kims.session[sessions.SEEN] == first + 60
    assert UserSession.objects.get().last_seen_at.timestamp() == pytest.approx(first + 60)


def test_what_a_page_asks_for_by_itself_is_no_sign_of_life(kims, clock):
    clock.go_on(29 * MINUTE)
    kims.get(WORK, headers={"X-Background": "true"})
    kims.get(ADDRESS)
    clock.go_on(MINUTE)
    assert kims.get(WORK).status_code == 302


# --- What the page's script asks ----------------------------------------------------------------


def test_session_tells_how_long_it_lasts(kims, kim, clock):
    clock.go_on(10 * MINUTE)
    answer = kims.get(ADDRESS)
    told = answer.json()
    token = told.pop("token")
    assert told == {
        "signed_in": True,
        "user": str(kim.uuid),
        "seconds_left": 20 * MINUTE,
        "can_stay": True,
    }
    assert len(token) == 64
    assert "no-store" in answer["Cache-Control"]


def test_session_tells_strangers_nothing(client):
    answer = client.get(ADDRESS)
    assert answer.json() == {"signed_in": False}
    assert "no-store" in answer["Cache-Control"]
    assert client.post(ADDRESS).json() == {"signed_in": False}


def test_session_lasts_longer_after_a_post(kims, clock):
    clock.go_on(29 * MINUTE)
    assert kims.post(ADDRESS).json()["seconds_left"] == 30 * MINUTE
    clock.go_on(29 * MINUTE)
    assert kims.get(WORK).status_code == 200


def test_session_cannot_be_stretched_past_eight_hours(kims, clock):
    for _ in range(19):
        clock.go_on(25 * MINUTE)
        kims.get(WORK)
    answer = kims.post(ADDRESS).json()
    assert answer["seconds_left"] == 5 * MINUTE
    assert answer["can_stay"] is False


def test_session_post_needs_the_security_code(kim, client_class, clock):
    careful = client_class(enforce_csrf_checks=True)
    sign_in(careful, kim)
    token = careful.get(ADDRESS).json()["token"]
    assert careful.post(ADDRESS).status_code == 403
    assert careful.post(ADDRESS, headers={"X-CSRFToken": token}).json()["signed_in"]


def test_sign_in_page_tells_why_after_the_script_found_the_end(kims, clock):
    clock.go_on(HOUR)
    assert kims.get(ADDRESS).json() == {"signed_in": False}
    assert "nothing happened for 30 minutes" in words_of(kims.get("/accounts/login/"))


def test_page_of_a_stranger_holds_no_dialog(client, kims):
    assert 'data-seconds-left="1800"' in words_of(kims.get(WORK))  # a number for a script
    assert "js/session.js" in words_of(kims.get(WORK))
    kims.logout()
    assert "session" not in words_of(kims.get("/priorities/"))


# --- A form that comes too late -----------------------------------------------------------------


def late(browser, **typed):
    """Sends a form, as a browser does that once got one from us."""
    token = browser.get("/accounts/password/change/").cookies["csrftoken"].value
    return lambda: browser.post(
        "/accounts/sessions/end/",
        {"csrfmiddlewaretoken": token, **typed},
        headers={"Referer": "http://testserver/accounts/sessions/"},
    )


def test_late_form_is_shown_again_but_no_secrets(kims, clock):
    send = late(
        kims, title="Figures & <b>notes</b>", note="Three\nlines", password1="hush-hush", code="123"
    )
    clock.go_on(HOUR)
    response = send()
    page = response.content.decode()
    assert response.status_code == 403
    assert "no-store" in response["Cache-Control"]
    assert "nothing happened for 30 minutes. Nothing was saved." in words_of(response)
    assert escape("Figures & <b>notes</b>") in page
    assert "Three" in page
    assert "hush-hush" not in page
    assert "123" not in page.split("<main")[1].split("</main")[0]
    assert 'href="/accounts/login/?next=%2Faccounts%2Fsessions%2F"' in page


def test_late_form_is_shown_with_the_labels_of_its_fields(kims, clock):
    token = kims.get("/accounts/password/change/").cookies["csrftoken"].value
    clock.go_on(HOUR)
    typed = {"email": "noor@example.org", "organisation": "oak", "closed_on_day": "3"}
    response = kims.post("/people/invite/", {"csrfmiddlewaretoken": token, **typed})
    labels = [row["key"] for row in response.context["typed"]]
    assert labels == ["E-mail address", "Organisation", "Closed on day"]


def test_late_form_is_shown_also_when_another_tab_found_the_end(kims, clock):
    send = late(kims, title="Figures")
    clock.go_on(HOUR)
    kims.get(ADDRESS)
    response = send()
    assert response.status_code == 403
    assert "You are not signed in any more. Nothing was saved." in words_of(response)
    assert "Figures" in words_of(response)


def test_words_of_another_site_are_not_shown(client):
    response = client.post(WORK, {"title": "Send your password to eve@example.org"})
    assert response.status_code == 302


def test_late_form_does_nothing(kims, kim, clock):
    UserSession.objects.create(user=kim, ip="127.0.0.1", session_key="elsewhere")
    send = late(kims, session="others")
    clock.go_on(HOUR)
    send()
    assert UserSession.objects.filter(session_key="elsewhere").exists()


# --- Sessions as rows ---------------------------------------------------------------------------


def test_sign_in_changes_the_key_and_notes_where(client, kim, clock):
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    whole_sign_in(client)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()
    assert UserSession.objects.get().session_key == client.session.session_key


def test_sign_out_takes_the_row_away(client, kim, client_class):
    whole_sign_in(client)
    cookie = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    assert not Session.objects.filter(pk=cookie).exists()
    thief = client_class()
    thief.cookies["sessionid"] = cookie
    assert thief.get(WORK).status_code == 302


def test_cookie_of_a_deactivated_person_is_dead_at_once(client, kim):
    whole_sign_in(client)
    assert client.get(WORK).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(WORK).status_code == 302
    assert UserSession.objects.purge_and_list(kim) == []


def test_tick_clears_sessions_that_are_over(client, kim):
    sign_in(client, kim)
    here = client.session.session_key
    UserSession.objects.create(user=kim, ip="127.0.0.1", session_key=here)
    UserSession.objects.create(user=kim, ip="127.0.0.1", session_key="gone")
    Session.objects.create(
        session_key="gone", session_data="", expire_date="2020-01-01T00:00:00+00:00"
    )
    clear_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [here]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here]
    assert actions.clear() == 0


def test_tick_is_registered():
    from jobs.registry import ON_TICK

    assert clear_sessions in ON_TICK


# --- Where you are signed in --------------------------------------------------------------------

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def two(client, client_class, kim):
    """Kim in two places: here, and on a computer in the library."""
    library = client_class(headers={"user-agent": FIREFOX})
    for browser in (library, client):
        sign_in(browser, kim)
        UserSession.objects.create(
            user=kim,
            ip="192.0.2.7",
            session_key=browser.session.session_key,
            user_agent=FIREFOX if browser is library else "",
        )
    return client, library


def test_list_tells_where_somebody_is_signed_in(two):
    here, _ = two
    page = words_of(here.get(reverse("usersessions_list")))
    assert page.index("A browser") < page.index("You are here") < page.index("Firefox on Windows")
    assert page.count("End this session") == 1
    assert "192.0.2.7" in page


@pytest.mark.parametrize("which", ["one", "others"])
def test_ended_session_is_dead_at_once(two, which):
    here, library = two
    row = UserSession.objects.get(session_key=library.session.session_key)
    chosen = row.pk if which == "one" else "others"
    response = here.post(reverse("accounts:session-end"), {"session": chosen}, follow=True)
    assert "You are signed out in 1 other place." in words_of(response)
    assert library.get(WORK).status_code == 302
    assert here.get(WORK).status_code == 200
    event = SecurityEvent.objects.get(kind=SecurityEvent.Kind.SESSIONS_ENDED)
    assert event.user == row.user


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 30, "somebody's"])
def test_ending_ends_only_own_other_sessions(two, chosen):
    here, library = two
    other = make_person("sam@example.org")
    theirs = UserSession.objects.create(user=other, ip="192.0.2.8", session_key="theirs")
    own = UserSession.objects.get(session_key=here.session.session_key)
    for value in (theirs.pk, own.pk) if chosen == "somebody's" else (chosen,):
        response = here.post(reverse("accounts:session-end"), {"session": value}, follow=True)
        assert "You were not signed in there any more." in words_of(response)
    assert UserSession.objects.count() == 3
    assert here.get(WORK).status_code == library.get(WORK).status_code == 200


def test_new_password_ends_all_other_sessions(two):
    here, library = two
    new = "orchard-window-silver-path"
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSPHRASE, "password1": new, "password2": new},
    )
    assert User.objects.get().check_password(new)
    assert library.get(WORK).status_code == 302


@pytest.mark.django_db(transaction=True)  # the package tells of it when it is committed
def test_new_recovery_codes_end_all_other_sessions(two):
    here, library = two
    here.post("/accounts/2fa/recovery-codes/generate/")
    assert User.objects.get().authenticator_set.filter(type="recovery_codes").exists()
    assert library.get(WORK).status_code == 302
    assert here.get(WORK).status_code == 200
