"""An account without a second step stands on a password alone, so it lasts a week."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import SecurityEvent, User
from accounts.trail.sources import event_models
from jobs.registry import ON_TICK
from partners import tasks
from partners.actions import staff
from tests.people import enrol, sign_in

pytestmark = pytest.mark.django_db


def days_later(days: int) -> None:
    """Makes everything that is written of people so many days older."""
    User.objects.update(date_joined=timezone.now() - timedelta(days=days))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("accounts_userevent", "accounts_trackedauthenticatorevent"):
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = pgh_created_at - %s * interval '1 day'",  # noqa: S608
                [days],
            )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def late(town) -> User:
    """Somebody who accepted an invitation and never set up a second step."""
    Authenticator.objects.filter(user=town.people["oak.contributor"]).delete()
    return town.people["oak.contributor"]


def is_in(user: User) -> bool:
    tasks.deactivate_unfinished()
    return User.objects.get(pk=user.pk).is_active


def test_account_without_a_second_step_ends_after_a_week(late, client):
    sign_in(client, late)
    days_later(6)
    assert is_in(late)
    days_later(8)
    assert not is_in(late)
    assert client.get("/accounts/2fa/").url.startswith("/accounts/login/")
    [message] = mail.outbox
    assert "not set up a second step for signing in within seven days" in message.body
    assert "another seven days" in message.body
    event = event_models()["accounts.user"].objects.filter(pgh_obj=late).latest("pgh_id")
    assert event.pgh_context["reason"] == "No second step was set up within seven days"
    ended = SecurityEvent.objects.get(kind=SecurityEvent.Kind.SESSIONS_ENDED)
    assert (ended.user, ended.detail) == (late, "all of them, by the portal")
    assert not is_in(late)
    assert len(mail.outbox) == 1


def test_everybody_else_stays(town, late):
    days_later(30)
    tasks.deactivate_unfinished()
    assert set(User.objects.filter(is_active=False)) == {late}


def test_account_of_single_sign_on_stays(late):
    SocialAccount.objects.create(user=late, provider="trust", uid="https://id.example|1")
    days_later(8)
    assert is_in(late)


def test_recovery_codes_are_no_second_step(late):
    Authenticator.objects.create(user=late, type=Authenticator.Type.RECOVERY_CODES, data={})
    days_later(8)
    assert not is_in(late)


def test_reactivated_person_has_another_week(town, late):
    days_later(8)
    assert not is_in(late)
    staff.reactivate(user=late, by=town.person("ada"))
    assert is_in(late)
    days_later(8)
    assert not is_in(late)


def test_week_begins_afresh_when_the_second_step_is_reset(town, late):
    enrol(late)
    days_later(8)
    assert is_in(late)
    staff.reset_second_step(user=late, by=town.person("ada"))
    assert is_in(late)
    days_later(8)
    assert not is_in(late)


def test_tick_looks_for_them():
    assert tasks.deactivate_unfinished in ON_TICK
