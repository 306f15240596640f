"""Every action asks whether the person who acts may, and changes nothing when they may not."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from outcomes.actions import (
    checks,
    collections,
    early_readers,
    entry,
    holds,
    measures,
    profiles,
    rehearsals,
    releases,
    submissions,
    targets,
    uploads,
)
from outcomes.models import Flag, ImportProfile, Release, Submission
from outcomes.models.definitions import DEFINED
from outcomes.selectors import releases as read
from partners.actions import invitations, organisations, staff
from partners.models import StaffMembership
from reports.actions import reports
from reports.models import Report, ReportSchedule
from tests.outcomes.world import GOOD, World, publish
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
EVERYBODY = {
    "rj1.contributor", "rj1.approver", "rjz.contributor", "rjz.approver", "analyst", "board",
    "editor", "administrator", "nobody", "deactivated", "visitor",
}  # fmt: skip

# Who may; all others of EVERYBODY are refused.
MAY = {
    "outcomes.actions.collections.create": {"analyst"},
    "outcomes.actions.collections.change": {"analyst"},
    "outcomes.actions.collections.extend": {"analyst"},
    "outcomes.actions.collections.end_extension": {"analyst"},
    "outcomes.actions.collections.write_rule": {"analyst"},
    "outcomes.actions.collections.drop_rule": {"analyst"},
    "outcomes.actions.measures.create": {"analyst"},
    "outcomes.actions.measures.write": {"analyst"},
    "outcomes.actions.measures.propose": {"analyst"},
    "outcomes.actions.measures.agree": {"analyst"},
    "outcomes.actions.measures.send_back": {"analyst"},
    "outcomes.actions.measures.drop": {"analyst"},
    "outcomes.actions.measures.retire": {"analyst"},
    "outcomes.actions.measures.review": {"analyst"},
    "outcomes.actions.measures.propose_rebase": {"analyst"},
    "outcomes.actions.measures.agree_rebase": {"analyst"},
    "outcomes.actions.measures.drop_rebase": {"analyst"},
    "outcomes.actions.targets.propose": {"analyst"},
    "outcomes.actions.targets.agree": {"analyst"},
    "outcomes.actions.targets.drop": {"analyst"},
    "outcomes.actions.entry.begin": {"rj1.contributor", "analyst"},
    "outcomes.actions.entry.save_cell": {"rj1.contributor", "analyst"},
    "outcomes.actions.entry.save_cell (all partners)": {"analyst"},
    "outcomes.actions.entry.drop": {"rj1.contributor", "analyst"},
    "outcomes.actions.entry.clear_cell": {"rj1.contributor", "analyst"},
    "outcomes.actions.uploads.receive": {"rj1.contributor"},
    "outcomes.actions.uploads.check_again": {"rj1.contributor"},
    "outcomes.actions.uploads.look_at": {"rj1.contributor"},
    "outcomes.actions.uploads.look_at (all partners)": {"analyst"},
    "outcomes.actions.profiles.save": {"rj1.contributor"},
    "outcomes.actions.profiles.save (all partners)": {"analyst"},
    "outcomes.actions.profiles.rename": {"rj1.contributor"},
    "outcomes.actions.profiles.rename (all partners)": {"analyst"},
    "outcomes.actions.profiles.drop": {"rj1.contributor"},
    "outcomes.actions.profiles.drop (all partners)": {"analyst"},
    "outcomes.actions.uploads.receive (all partners)": {"analyst"},
    "outcomes.actions.submissions.submit": {"rj1.contributor"},
    "outcomes.actions.submissions.submit (all partners)": {"analyst"},
    "outcomes.actions.submissions.submit (two organisations)": set(),
    "outcomes.actions.submissions.approve": {"rj1.approver"},
    "outcomes.actions.submissions.approve (two organisations)": set(),
    "outcomes.actions.submissions.approve_together": {"rj1.approver"},
    "outcomes.actions.submissions.send_back": {"rj1.approver"},
    "outcomes.actions.checks.answer": {"rj1.contributor"},
    "outcomes.actions.checks.answer (all partners)": {"analyst"},
    "outcomes.actions.releases.plan": {"analyst"},
    "outcomes.actions.releases.change": {"analyst"},
    "outcomes.actions.releases.fill": {"analyst"},
    "outcomes.actions.releases.approve": {"analyst"},
    "outcomes.actions.releases.reopen": {"analyst"},
    "outcomes.actions.releases.cancel": {"analyst"},
    "outcomes.actions.releases.withdraw": {"analyst"},
    "outcomes.actions.early_readers.name": {"analyst"},
    "outcomes.actions.early_readers.remove": {"analyst"},
    "outcomes.actions.holds.begin": {"analyst", "administrator"},
    "outcomes.actions.holds.lift": {"analyst", "administrator"},
    "reports.actions.reports.request": {"analyst"},
    "reports.actions.reports.retry": {"analyst"},
    "partners.actions.invitations.invite": {"rj1.approver", "administrator"},
    "partners.actions.invitations.invite (partnership)": {"administrator"},
    "partners.actions.invitations.resend": {"rj1.approver", "administrator"},
    "partners.actions.invitations.withdraw": {"rj1.approver", "administrator"},
    "partners.actions.organisations.close": {"administrator"},
    "partners.actions.staff.add_role": {"rj1.approver", "administrator"},
    "partners.actions.staff.add_role (partnership)": {"administrator"},
    "partners.actions.staff.remove_role": {"rj1.approver", "administrator"},
    "partners.actions.staff.deactivate": {"administrator"},
    "partners.actions.staff.end_sessions": {"administrator"},
    "partners.actions.staff.reactivate": {"administrator"},
    "partners.actions.staff.reset_second_step": {"administrator"},
}
# These go on with an act that was allowed already; `by` only says for whom.
GO_ON = {
    "accounts.actions.sessions.end_all",
    "jobs.actions.jobs.enqueue",
    "outcomes.actions.publication.make_public",
    "outcomes.actions.questions.ask",
    "outcomes.actions.receipts.issue",
    "outcomes.actions.rehearsals.request",
    "outcomes.actions.series.request",
    "outcomes.actions.series.request_board",
    "outcomes.actions.series.request_public",
    "partners.actions.staff.switch_off",
}
# These people do to themselves; an invitation is bound to its address.
OWN = {"accounts.actions.sessions.end_others", "partners.actions.invitations.accept"}


def actions_with_by() -> set[str]:
    """Every public function of an action that says who acts."""
    return {
        f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{node.name}"
        for path in ROOT.glob("*/actions/*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "by" in {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
    }


def test_list_names_every_action_that_somebody_takes():
    listed = {name.split(" (")[0] for name in MAY} | GO_ON | OWN
    assert actions_with_by() == listed


@contextmanager
def nothing_written() -> Iterator[None]:
    written = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "COPY", "MERGE")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert written == []


def _seen(rows: Any) -> dict[str, Any]:
    return {"submissions": list(rows), "seen": submissions.fingerprint(rows)}


@pytest.fixture
def both(world, send):
    """Drafts of both trusts."""
    of_rj1 = send()
    of_rjz = send(GOOD.replace("RJ1", "RJZ"), by="rjz.contributor")
    return of_rj1.submissions.all() | of_rjz.submissions.all()


@pytest.fixture
def ready(world: World, request) -> Callable[[str], Callable[[Any], Any]]:
    """Brings the world to the point where somebody could take the action; returns the act."""
    given = request.getfixturevalue

    def receive(organisation):
        file = SimpleUploadedFile("figures.csv", GOOD.encode())
        return lambda by: uploads.receive(
            collection=world.collection, organisation=organisation, file=file, by=by
        )

    def step(action, rows, **more):
        what = _seen(rows)
        return lambda by: action(**what, **more, by=by)

    def approve_together(rows):
        seen = {row: submissions.fingerprint([row]) for row in rows}
        return lambda by: submissions.approve_together(seen=seen, by=by)

    def sent_by_both():
        rows = given("both")
        for organisation in (world.rj1, world.rjz):
            name = f"{organisation.slug}.contributor"
            mine = rows.filter(organisation=organisation)
            submissions.submit(**_seen(mine), by=world.person(name))
        return rows.all()

    def answer(upload):
        question = {"kind": Flag.Kind.ASKED, "message": "Is this right?"}
        flag = Flag.objects.create(submission=upload.submissions.first(), **question)
        return lambda by: checks.answer(flag=flag, answer="We have checked it.", by=by)

    def schedule():
        return ReportSchedule.objects.create(
            partnership=world.partnership, slug="board", name="Board report"
        )

    def failed():
        return Report.objects.create(
            schedule=schedule(), period=date(2026, 7, 1), state="failed", error="No paper."
        )

    def report(action, **more):
        return lambda by: action(**more, by=by)

    def type_into(action, upload, **more):
        stored = upload.submissions.first().observations.get()
        cell = {"submission": stored.submission, "measure": world.measure, "place": None,
                "category": None, "seen": entry.fingerprint(stored), **more}  # fmt: skip
        return lambda by: action(**cell, by=by)

    def drop_correction():
        draft = Submission.objects.create(
            collection=world.collection, organisation=world.rj1, period=date(2016, 4, 1),
            version=2, state="draft", due_on=date(2016, 5, 20),
        )  # fmt: skip
        return lambda by: entry.drop(submission=draft, by=by)

    figure = {"numerator": Decimal(1), "denominator": Decimal(2), "status": "value", "note": ""}
    makers = {
        "outcomes.actions.entry.begin": lambda: (
            lambda by: entry.begin(
                collection=world.collection, organisation=world.rj1, period=date(2017, 1, 1), by=by
            )
        ),
        "outcomes.actions.entry.save_cell": lambda: type_into(
            entry.save_cell, given("send")(), **figure
        ),
        "outcomes.actions.entry.save_cell (all partners)": lambda: type_into(
            entry.save_cell, given("send")(by="analyst", for_all=True), **figure
        ),
        "outcomes.actions.entry.drop": drop_correction,
        "outcomes.actions.entry.clear_cell": lambda: type_into(entry.clear_cell, given("send")()),
        "outcomes.actions.uploads.receive": lambda: receive(world.rj1),
        **_about_files(world, given),
        "outcomes.actions.uploads.receive (all partners)": lambda: receive(None),
        "outcomes.actions.submissions.submit": lambda: step(
            submissions.submit, given("send")().submissions.all()
        ),
        "outcomes.actions.submissions.submit (all partners)": lambda: step(
            submissions.submit, given("send")(by="analyst", for_all=True).submissions.all()
        ),
        "outcomes.actions.submissions.submit (two organisations)": lambda: step(
            submissions.submit, given("both")
        ),
        "outcomes.actions.submissions.approve": lambda: step(
            submissions.approve, given("submitted")
        ),
        "outcomes.actions.submissions.approve (two organisations)": lambda: step(
            submissions.approve, sent_by_both()
        ),
        "outcomes.actions.submissions.approve_together": lambda: approve_together(
            given("submitted")
        ),
        "outcomes.actions.submissions.send_back": lambda: step(
            submissions.send_back, given("submitted"), reason="May is too high"
        ),
        "outcomes.actions.checks.answer": lambda: answer(given("send")()),
        "outcomes.actions.checks.answer (all partners)": lambda: answer(
            given("send")(by="analyst", for_all=True)
        ),
        **_about_releases(world, given),
        "reports.actions.reports.request": lambda: report(
            reports.request, schedule=schedule(), period=date(2026, 8, 1)
        ),
        "reports.actions.reports.retry": lambda: report(reports.retry, report=failed()),
        **_about_collections(world),
        **_about_measures(world),
        **_about_people(world),
    }
    return lambda name: makers[name]()


def _about_collections(world: World) -> dict[str, Callable[[], Callable[[Any], Any]]]:
    asked = {"measures": [world.measure], "organisations": [world.rj1, world.rjz]}
    analyst = world.person("analyst")
    of_collection = {"collection": world.collection}
    more = {"organisation": world.rj1, "period": date(2016, 4, 1), "reason": "New staff."}
    more["until"] = timezone.localdate()
    rule = {
        "left": [{"measure": world.measure.slug, "part": "numerator", "factor": 1}],
        "operator": "<=",
        "right": [{"number": 9}],
        "when_missing": "skip",
        "weight": "must",
        "sentence": "Too many.",
    }

    def act(action, **fields):
        return lambda: lambda by: action(**fields, by=by)

    def closes():
        world.collection.closing_working_days = 20
        world.collection.save()

    def extend():
        closes()
        return lambda by: collections.extend(**of_collection, **more, by=by)

    def end_extension():
        closes()
        extension = collections.extend(**of_collection, **more, by=analyst)
        return lambda by: collections.end_extension(extension=extension, by=by)

    def drop_rule():
        written = collections.write_rule(**of_collection, **rule, by=analyst)
        return lambda by: collections.drop_rule(rule=written, by=by)

    return {
        "outcomes.actions.collections.create": act(
            collections.create,
            partnership=world.partnership,
            name="Beds",
            accepts_from=date(2026, 9, 1),
            asks_from=date(2026, 9, 1),
            **asked,
        ),
        "outcomes.actions.collections.change": act(
            collections.change, **of_collection, **asked, name="A&E"
        ),
        "outcomes.actions.collections.extend": extend,
        "outcomes.actions.collections.end_extension": end_extension,
        "outcomes.actions.collections.write_rule": act(
            collections.write_rule, **of_collection, **rule
        ),
        "outcomes.actions.collections.drop_rule": drop_rule,
    }


def _about_measures(world: World) -> dict[str, Callable]:
    """Acts about definitions that a colleague wrote, and about new starts of the range."""
    colleague = world.person("second.analyst")
    definition = {name: getattr(world.measure, name) for name in DEFINED}
    of_measure = {"measure": world.measure}
    month = {"period": date(2016, 4, 1), "reason": "A new ward"}
    goal = {"value": Decimal(96), "from_date": date(2026, 4, 1), "to_date": None, "source": "Us"}

    def act(verb, **values):
        return lambda: lambda by: verb(by=by, **values)

    def about_draft(verb):
        def ready():
            version = measures.write(**of_measure, **definition, reason="New", by=colleague)
            return lambda by: verb(version=version, by=by)

        return ready

    def about_reviewed(verb, **values):
        def ready():
            version = measures.write(**of_measure, **definition, reason="New", by=colleague)
            version = measures.propose(version=version, by=colleague)
            seen = measures.fingerprint(version)
            return lambda by: verb(version=version, seen=seen, by=by, **values)

        return ready

    def about_rebase(verb):
        def ready():
            rebase = measures.propose_rebase(**of_measure, **month, by=colleague)
            return lambda by: verb(rebase=rebase, by=by)

        return ready

    def about_target(verb):
        def ready():
            target = targets.propose(**of_measure, **goal, by=colleague)
            return lambda by: verb(target=target, by=by)

        return ready

    def retire():
        world.collection.measures.clear()
        return lambda by: measures.retire(**of_measure, reason="Not needed", by=by)

    prefix = "outcomes.actions.measures."
    return {
        f"{prefix}create": act(
            measures.create, partnership=world.partnership, reason="New", **definition
        ),
        f"{prefix}write": act(measures.write, **of_measure, **definition, reason="New"),
        f"{prefix}propose": about_draft(measures.propose),
        f"{prefix}agree": about_reviewed(measures.agree),
        f"{prefix}send_back": about_reviewed(measures.send_back, answer="Say more."),
        f"{prefix}drop": about_draft(measures.drop),
        f"{prefix}retire": retire,
        f"{prefix}review": act(
            measures.review, **of_measure, next_review_on=date(2031, 4, 1), note="All"
        ),
        f"{prefix}propose_rebase": act(measures.propose_rebase, **of_measure, **month),
        f"{prefix}agree_rebase": about_rebase(measures.agree_rebase),
        f"{prefix}drop_rebase": about_rebase(measures.drop_rebase),
        "outcomes.actions.targets.propose": act(targets.propose, **of_measure, **goal),
        "outcomes.actions.targets.agree": about_target(targets.agree),
        "outcomes.actions.targets.drop": about_target(targets.drop),
    }


def _about_releases(world: World, given: Callable) -> dict[str, Callable]:
    """Acts about a release that is planned, approved or published, and about holds."""
    day, planner = date(2031, 5, 1), world.person("second.analyst")
    days = {"first_day": day, "last_day": day, "reason": "Elections"}

    def plan():
        rows = given("approved")
        release = releases.plan(
            partnership=world.partnership, title="First", note="Two words.",
            due_at=timezone.now() + timedelta(days=1), collections=[rows[0].collection], by=planner,
        )  # fmt: skip
        rehearsals.rehearse(release=release)
        return Release.objects.get(pk=release.pk)

    def scheduled():
        release, by = plan(), world.person("analyst")
        releases.approve(release=release, seen=read.fingerprint(release), by=by)
        return Release.objects.get(pk=release.pk)

    def act(action, make, **more):
        def ready():
            release = make()
            if "seen" in more:
                more["seen"] = read.fingerprint(release)
            return lambda by: action(release=release, **more, by=by)

        return ready

    def remove():
        reader = early_readers.name(release=plan(), user=planner, capacity="Chair", by=planner)
        return lambda by: early_readers.remove(reader=reader, by=by)

    def lift():
        hold = holds.begin(partnership=world.partnership, **days, by=planner)
        return lambda by: holds.lift(hold=hold, by=by)

    reason = {"reason": "The figures come later."}
    where = {"partnership": world.partnership, "collections": [world.collection]}
    return {
        "outcomes.actions.releases.plan": lambda: (
            lambda by: releases.plan(**where, title="First", by=by)
        ),
        "outcomes.actions.releases.change": act(releases.change, plan, seen="", title="Other"),
        "outcomes.actions.releases.fill": act(releases.fill, plan, seen="", submissions=[]),
        "outcomes.actions.releases.approve": act(releases.approve, plan, seen=""),
        "outcomes.actions.releases.reopen": act(releases.reopen, scheduled, seen="", **reason),
        "outcomes.actions.releases.cancel": act(releases.cancel, plan, **reason),
        "outcomes.actions.releases.withdraw": act(
            releases.withdraw, lambda: publish(world, given("approved")), **reason
        ),
        "outcomes.actions.early_readers.name": act(
            early_readers.name, plan, user=planner, capacity="Chair"
        ),
        "outcomes.actions.early_readers.remove": remove,
        "outcomes.actions.holds.begin": lambda: (
            lambda by: holds.begin(partnership=world.partnership, **days, by=by)
        ),
        "outcomes.actions.holds.lift": lift,
    }


def _about_files(world: World, given: Callable) -> dict[str, Callable]:
    """Acts about a file of an unknown kind and about the layouts of one partner and of all."""

    def unknown(action, whole, **more):
        who = {"by": "analyst", "for_all": True} if whole else {}
        return lambda: _with(
            action, upload=given("send")("Month,Came\nApr 2016,5\n", **who), **more
        )

    def layout(action, whole, **more):
        profile = ImportProfile.objects.create(
            collection=world.collection,
            organisation=None if whole else world.rj1,
            name="Ours",
            header=[],
            mapping={},
        )
        return _with(action, profile=profile, **more)

    said = {"name": "Ours", "mapping": world.collection.import_profiles.get().mapping}
    makers = {"outcomes.actions.uploads.check_again": unknown(uploads.check_again, False)}
    for note, whole in (("", False), (" (all partners)", True)):
        makers |= {
            f"outcomes.actions.uploads.look_at{note}": unknown(uploads.look_at, whole, sheet=""),
            f"outcomes.actions.profiles.save{note}": unknown(profiles.save, whole, **said),
            f"outcomes.actions.profiles.rename{note}": partial(
                layout, profiles.rename, whole, name="Other"
            ),
            f"outcomes.actions.profiles.drop{note}": partial(layout, profiles.drop, whole),
        }
    return makers


def _with(action: Callable, **more: Any) -> Callable[[Any], Any]:
    return lambda by: action(**more, by=by)


def _about_people(world: World) -> dict[str, Callable[[], Callable[[Any], Any]]]:
    """Acts about a contributor of the first trust, and about an invitation to it."""
    person, whole = world.person("rj1.contributor"), {"partnership": world.partnership}
    here = {"role": "approver", "organisation": world.rj1}

    def act(action, **more):
        return lambda: lambda by: action(**more, by=by)

    def invited(action):
        def make():
            inviter = world.person("rj1.approver")
            given = invitations.invite(email="invited@example.org", **here, by=inviter)
            return lambda by: action(invitation=given, by=by)

        return make

    return {
        "partners.actions.invitations.invite": act(
            invitations.invite, email="new@example.org", **here
        ),
        "partners.actions.invitations.invite (partnership)": act(
            invitations.invite, email="new@example.org", role="analyst", **whole
        ),
        "partners.actions.invitations.resend": invited(invitations.resend),
        "partners.actions.invitations.withdraw": invited(invitations.withdraw),
        "partners.actions.organisations.close": act(
            organisations.close,
            organisation=world.rj1,
            closed_on=timezone.localdate(),
            successor=None,
            reason="Merged.",
        ),
        "partners.actions.staff.add_role": act(staff.add_role, user=person, **here),
        "partners.actions.staff.add_role (partnership)": act(
            staff.add_role, user=person, role="analyst", **whole
        ),
        "partners.actions.staff.remove_role": act(
            staff.remove_role, membership=person.staff_memberships.get(), reason="Moved on."
        ),
        "partners.actions.staff.deactivate": act(staff.deactivate, user=person, reason="Gone."),
        "partners.actions.staff.end_sessions": act(staff.end_sessions, user=person),
        "partners.actions.staff.reactivate": lambda: switched_off(person),
        "partners.actions.staff.reset_second_step": act(staff.reset_second_step, user=person),
    }


def switched_off(person: Any) -> Callable[[Any], Any]:
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    return lambda by: staff.reactivate(user=person, by=by)


def somebody(world: World, name: str) -> Any:
    if name == "visitor":
        return AnonymousUser()
    if name == "nobody":
        return make_person("nobody@example.org")
    if name == "administrator":
        person = make_person("administrator@example.org")
        role = {"role": "administrator", "partnership": world.partnership}
        StaffMembership.objects.create(user=person, **role)
        return person
    if name == "deactivated":
        return deactivated(world)
    return world.person(name)


def deactivated(world: World) -> Any:
    """Somebody who held every role there is and may not act any more."""
    person = make_person("deactivated@example.org", is_active=False)
    here = {"organisation": world.rj1}
    for role in ("contributor", "approver"):
        StaffMembership.objects.create(user=person, role=role, **here)
    whole = {"partnership": world.partnership}
    for role in ("analyst", "administrator"):
        StaffMembership.objects.create(user=person, role=role, **whole)
    return person


@pytest.mark.parametrize("name", MAY)
def test_action_refuses_everybody_who_may_not(world, ready, name):
    act = ready(name)
    for who in sorted(EVERYBODY - MAY[name]):
        person = somebody(world, who)
        with nothing_written(), pytest.raises(PermissionDenied):
            act(person)


@pytest.mark.parametrize(
    ("name", "who"), [(name, who) for name in MAY for who in sorted(MAY[name])]
)
def test_action_is_open_to_those_who_may(world, ready, name, who):
    act = ready(name)
    act(somebody(world, who))


def test_refusal_comes_before_any_word_about_the_state(world, submitted):
    """Who may not act is not told how far the figures of others have come."""
    for action, more in (
        (submissions.submit, {}),
        (submissions.approve, {}),
        (submissions.send_back, {"reason": ""}),
    ):
        with pytest.raises(PermissionDenied):
            action(submissions=submitted, seen="old", by=world.person("rjz.approver"), **more)
