"""The record: every change with its person, append-only in the database, and without secrets."""

import hashlib
import json
from datetime import timedelta
from io import StringIO

import pghistory
import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Event

from accounts.models import SecurityEvent, User
from accounts.trail.context import because, roles_in_words
from accounts.trail.sources import event_models
from jobs import tasks
from jobs.actions.jobs import enqueue
from jobs.registry import HANDLERS, Handler
from partners.models import Invitation, Organisation, StaffMembership
from tests.outcomes.world import make_world
from tests.people import make_person, sign_in

pytestmark = pytest.mark.django_db

PROJECT = ("accounts", "partners", "programmes", "outcomes", "reports", "pages", "jobs")
# Every model that is not recorded, and why. A new model has to be tracked or to stand here.
NOT_RECORDED = {
    "accounts.SecurityEvent": "is a record itself",
    "partners.Place_partnerships": "comes with the partnership; no page changes it",
    "partners.PartnerMembership_places": "comes with the membership; no page changes it",
    "programmes.Priority_programmes": "comes with the priority; no page changes it",
    "outcomes.Measure_purposes": "comes with the measure; no page changes it",
    "outcomes.MeasureVersion_makers": "repeats who wrote what, which the version's lines say",
    "outcomes.Problem": "belongs to an upload and is worked out from its file",
    "outcomes.PublishedCell": "is append-only, and comes with its release",
    "outcomes.PublishedMeasure": "is append-only, and comes with its release",
    "outcomes.Reminder": "says itself what was sent and when",
    "outcomes.Correction": "is append-only, and comes with its release",
    "outcomes.Rehearsal": "is worked out from returns, and can be made again",
    "outcomes.Release_collections": "is told by the returns that a release holds",
    "outcomes.Release_makers": "repeats who shaped it, which the release's lines say",
    "outcomes.Series": "is worked out from returns, and can be built again",
    "outcomes.Submission_makers": "repeats who entered what, which the return's lines say",
    "outcomes.Category": "comes with a migration or the demonstration; no page changes it",
    "jobs.Job": "says itself who caused it, when, and how it ended",
    "jobs.Heartbeat": "is a clock",
    "jobs.Mail": "says itself what was sent and when",
    "accounts.User_groups": "follows from the role of an editor, which is recorded",
    "accounts.User_user_permissions": "is not used: permissions come from roles",
}
EVENTS = sorted((m for m in apps.get_models() if issubclass(m, Event)), key=lambda m: m.__name__)


@pytest.fixture
def world(db):
    return make_world()


def test_every_model_of_the_project_is_recorded_or_says_why_not():
    tracked = {m._meta.label for m in (e.pgh_tracked_model for e in EVENTS)}
    tracked |= {m._meta.proxy_for_model._meta.label for m in apps.get_models() if m._meta.proxy}
    wagtail = {m for m in apps.get_models() if m._meta.app_label == "pages"}
    mine = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in PROJECT
        and not model._meta.proxy
        and not issubclass(model, Event)
        and model not in wagtail  # the editor keeps every version of a page, with its author
    }
    assert mine - tracked - set(NOT_RECORDED) == set(), "track it, or say why not"
    assert set(NOT_RECORDED) - mine == set(), "no longer there"
    assert set(NOT_RECORDED) & tracked == set(), "tracked all the same"


def a_row(event: type[Event]) -> None:
    """A row of the record with nothing in it, as nobody but a test would write it."""
    table, columns = event._meta.db_table, []
    for field in event._meta.fields:
        if not field.primary_key and not field.null:
            columns.append(field)
    kinds = {
        f.column: f.rel_db_type(connection) if f.remote_field else f.db_type(connection)
        for f in columns
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        values = ", ".join(empty(kind) for kind in kinds.values())
        names = ", ".join(f'"{name}"' for name in kinds)
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({values})')  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def empty(kind: str) -> str:
    """A value of a type of PostgreSQL, written as SQL."""
    if kind.endswith("[]"):
        return "'{}'"
    return {
        "timestamp with time zone": "now()",
        "date": "current_date",
        "uuid": "gen_random_uuid()",
        "boolean": "false",
        "jsonb": "'{}'",
        "text": "''",
        "varchar": "''",
    }.get(kind.split("(")[0], "0")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("act", ["update", "delete"])
def test_record_refuses_to_be_changed(event, act):
    a_row(event)
    assert event.objects.count() == 1
    with pytest.raises(Error, match="Cannot update or delete rows"), transaction.atomic():
        if act == "update":
            event.objects.update(pgh_label="forged")
        else:
            event.objects.all()._raw_delete("default")
    assert event.objects.filter(pgh_label="").count() == 1


@pytest.mark.parametrize("event", [*EVENTS, SecurityEvent], ids=lambda event: event.__name__)
def test_record_refuses_to_be_emptied(event):
    table = event._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER never_emptied')
        with pytest.raises(Error, match="The record of changes cannot be emptied"):
            cursor.execute(f'TRUNCATE "{table}"')


def test_record_of_a_new_table_cannot_be_emptied_after_the_next_migrate():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER never_emptied ON accounts_userevent")
        call_command("migrate", "accounts", verbosity=0)
        with pytest.raises(Error, match="cannot be emptied: accounts_userevent"):
            cursor.execute("TRUNCATE accounts_userevent")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_security_event_refuses_to_be_changed(act):
    SecurityEvent.objects.create(kind=SecurityEvent.Kind.SIGNED_IN)
    with pytest.raises(Error, match="Cannot update or delete rows"), transaction.atomic():
        if act == "update":
            SecurityEvent.objects.update(detail="forged")
        else:
            SecurityEvent.objects.all()._raw_delete("default")
    assert SecurityEvent.objects.get().detail == ""


def every_recorded_text() -> str:
    rows = [list(event.objects.values()) for event in EVENTS]
    rows.append(list(SecurityEvent.objects.values()))
    return json.dumps(rows, default=str)


def test_record_holds_no_secret(world, client):
    token = "a-token-that-was-only-in-a-mail"
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    person = make_person("secretive@example.org", "granite-willow-lantern-76", full_name="Sam Ash")
    Invitation.objects.create(
        email="new@example.org", role="contributor", organisation=world.rj1,
        token_hash=token_hash, expires_at=timezone.now() + timedelta(hours=48),
    )  # fmt: skip
    sign_in(client, person)
    client.post(reverse("account_login"), {"login": person.email, "password": "tried-in-vain-21"})
    person.set_password("another-quiet-garden-gate")
    person.save()
    told = every_recorded_text()
    factor = Authenticator.objects.get(user=person)
    assert "Sam Ash" in told and "new@example.org" in told  # the scan sees what is recorded
    for secret in (
        token,
        token_hash,
        person.password,
        factor.data["secret"],
        client.session.session_key,
        "tried-in-vain-21",
        "another-quiet-garden-gate",
    ):
        assert secret not in told


def last(model: type) -> Event:
    return event_models()[model._meta.label_lower].objects.latest("pgh_id")


def post_approval(client, world, rows, **data):
    from outcomes.actions.submissions import fingerprint

    path = reverse("outcomes:approval", args=[world.collection.slug, world.rj1.slug])
    return client.post(path, {"seen": fingerprint(rows), **data})


def test_recordmiddleware_notes_person_role_path_and_reason(client, world, tmp_path):
    rows = submitted(world)
    approver = world.person("rj1.approver")
    sign_in(client, approver)
    answer = post_approval(client, world, rows, decision="return", reason="May is too high")
    assert answer.status_code == 302, answer.content
    from outcomes.models import Submission

    context = last(Submission).pgh_context
    assert context == {
        "user": approver.pk,
        "name": "rj1.approver",
        "roles": "Approver at Guy’s and St Thomas’",
        "path": reverse("outcomes:approval", args=["ae-waiting-times", "rj1"]),
        "method": "POST",
        "reason": "May is too high",
    }


def submitted(world):
    """Returns that wait for approval, with no figures in them."""
    from datetime import date

    from outcomes.models import Submission

    now = timezone.now()
    sender = world.person("rj1.contributor")
    for month in (4, 5):
        Submission.objects.create(
            collection=world.collection, organisation=world.rj1, period=date(2016, month, 1),
            due_on=date(2016, 6, 1), state="submitted",
            entered_at=now, entered_by=sender, submitted_at=now, submitted_by=sender,
        )  # fmt: skip
    return list(Submission.objects.all())


def test_roles_and_name_stay_as_they_were(client, world):
    approver = world.person("rj1.approver")
    with pghistory.context(name="Old Name", roles=roles_in_words(approver)):
        Organisation.objects.filter(pk=world.rj1.pk).update(summary="First")
    User.objects.filter(pk=approver.pk).update(full_name="New Name")
    StaffMembership.objects.filter(user=approver).delete()
    context = last(Organisation).pgh_context
    assert (context["name"], context["roles"]) == ("Old Name", "Approver at Guy’s and St Thomas’")


def test_roles_in_words_names_all_roles_and_none_of_a_closed_organisation(world):
    person = world.person("rj1.approver")
    StaffMembership.objects.create(user=person, role="analyst", partnership=world.partnership)
    assert roles_in_words(person) == "Analyst; Approver at Guy’s and St Thomas’"
    Organisation.objects.filter(pk=world.rj1.pk).update(closed_on=timezone.localdate())
    assert roles_in_words(person) == "Analyst"


def test_get_requests_pay_nothing_for_the_record(world, client, django_assert_max_num_queries):
    sign_in(client, world.person("analyst"))
    with connection.execute_wrapper(no_context):
        assert client.get(reverse("outcomes:release-list")).status_code == 200


def no_context(execute, sql, params, many, context):
    assert "pghistory" not in str(sql)
    return execute(sql, params, many, context)


def test_change_outside_requests_has_no_person(world):
    Organisation.objects.filter(pk=world.rj1.pk).update(summary="From a shell")
    assert last(Organisation).pgh_context is None


def test_because_keeps_long_reasons_short(world):
    with because(f"  {'x' * 1000} "):
        Organisation.objects.filter(pk=world.rj1.pk).update(summary="Other")
    assert last(Organisation).pgh_context == {"reason": "x" * 300}


def test_job_notes_its_kind_and_who_caused_it(world, run_jobs, monkeypatch):
    def work(job):
        Organisation.objects.filter(pk=world.rj1.pk).update(summary="By a job")

    monkeypatch.setitem(HANDLERS, "tests.work", Handler(work, "default", 60, None))
    analyst = world.person("analyst")
    enqueue(kind="tests.work", key="one", by=analyst)
    assert run_jobs() == 1
    assert last(Organisation).pgh_context == {
        "job": "tests.work",
        "key": "one",
        "user": analyst.pk,
        "name": "analyst",
    }


def test_tick_notes_what_looked(world, monkeypatch):
    def look():
        Organisation.objects.filter(pk=world.rj1.pk).update(summary="By the tick")

    monkeypatch.setattr(tasks, "ON_TICK", [look])
    tasks.tick()
    assert last(Organisation).pgh_context == {"job": f"{__name__}.look"}


def test_person_who_signs_in_is_noted_for_the_rest_of_the_request(world):
    from accounts import events

    class Request:
        META = {"REMOTE_ADDR": "192.0.2.7"}
        path = "/accounts/login/"
        headers = {}
        session = {}

    analyst = world.person("analyst")
    with pghistory.context(path="/accounts/login/"):
        events.signed_in(request=Request(), user=analyst)
        Organisation.objects.filter(pk=world.rj1.pk).update(summary="Just signed in")
    context = last(Organisation).pgh_context
    assert (context["user"], context["roles"]) == (analyst.pk, "Analyst")


def test_first_administrator_is_noted_as_made_on_the_server(db):
    call_command("create_admin", "first@example.org", "--name=Care together", stdout=StringIO())
    assert last(Invitation).pgh_context == {"command": "create_admin"}


def test_csrf_failure_of_a_visitor_is_no_event(world):
    Client(enforce_csrf_checks=True).post(reverse("account_login"), {})
    assert not SecurityEvent.objects.exists()
