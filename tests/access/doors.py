"""The world behind the doors: one of everything, one person of each kind, and every address."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.sessions import SEEN, STARTED
from jobs import tasks
from jobs.actions import heartbeats
from jobs.models import Job
from outcomes.actions import (
    collections,
    early_readers,
    entry,
    measures,
    releases,
    submissions,
    targets,
    uploads,
)
from outcomes.forms.measures import MeasureForm
from outcomes.models import (
    Category,
    Flag,
    Hold,
    ImportProfile,
    Measure,
    MeasureVersion,
    Release,
    Series,
    Submission,
    Upload,
)
from outcomes.models.definitions import DEFINED
from outcomes.periods import latest_ended
from outcomes.selectors import releases as read
from pages.actions import editors
from pages.actions.site import create_pages
from partners.actions import invitations
from partners.models import Organisation, OrganisationKind, Place, StaffMembership
from reports.actions import reports
from reports.models import Report, ReportSchedule
from tests.factories_figures import make_series
from tests.outcomes.world import GOOD, World, make_world, publish
from tests.partners.factories import make_programme
from tests.people import make_person, sign_in

TABLE = Path(__file__).with_name("table.md")
PEOPLE = {
    "Visitor": None,
    "Deactivated": "deactivated",
    "No second step": "beginner",
    "No role": "nobody",
    "Organisation closed": "closed.contributor",
    "Contributor": "rj1.contributor",
    "Approver": "rj1.approver",
    "Contributor elsewhere": "rjz.contributor",
    "Approver elsewhere": "rjz.approver",
    "Analyst": "analyst",
    "Editor": "editor",
    "Board member": "board",
    "Administrator": "administrator",
}
EDITOR = "cms/"
# What somebody has to do first, by where they are sent.
FIRST = {
    "/accounts/login/?next=": "in",
    "/cms/login/?next=": "in",
    "/accounts/reauthenticate/?next=": "again",
    "/accounts/2fa/reauthenticate/?next=": "again",
}
SET_UP = "/accounts/2fa/"
REFUSALS = {"403", "404", "405", "set up", *FIRST.values()}
OTHER_WAYS = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}


@dataclass(frozen=True)
class Line:
    """One line of the table: what each person gets at an address, by name of the person."""

    label: str
    way: str
    expected: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the address, without the note that tells two objects apart."""
        return self.label.split(" (")[0]


def lines() -> list[Line]:
    """The table as it stands in table.md."""
    found, people = [], []
    for row in TABLE.read_text().splitlines():
        cells = [cell.strip().strip("`") for cell in row.strip().strip("|").split("|")]
        if cells[0] == "Address":
            people = cells[2:]
        elif people and row.startswith("|") and not row.startswith("|--"):
            found.append(Line(cells[0], cells[1], dict(zip(people, cells[2:], strict=True))))
    return found


def asked_again() -> list[str]:
    """The addresses below the heading “Asked again”."""
    words = TABLE.read_text().partition("## Asked again")[2].partition("## ")[0]
    return [line[3:-1] for line in words.splitlines() if line.startswith("- `")]


def addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str, str]]:
    """Every address of the project and its packages: its full name and its route."""
    yield from _walk(resolver or get_resolver(), "", "")


def _walk(resolver: URLResolver, names: str, route: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLPattern):
            yield names + (one.name or ""), here
        else:
            space = f"{one.namespace}:" if one.namespace else ""
            yield from _walk(one, names + space, here)


def sample(route: str) -> str:
    """A path that fits the route of an address of the editor, whatever it may hold."""
    path = re.sub(r"\(\?P<\w+>[^()]*\)", "1", route)
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], path)
    return "/" + path.replace(".*", "x").replace("\\.", ".").replace("^", "").replace("$", "")


class Doors:
    """The world, the paths to its objects by line of the table, and a session for each person."""

    def __init__(self) -> None:
        self.world = _world()
        self.paths, self.data = _fill(self.world)
        self.sessions = {who: self._session(name) for who, name in PEOPLE.items()}
        User.objects.filter(email="deactivated@example.org").update(is_active=False)

    def _session(self, name: str | None, ago: int = 0) -> str | None:
        if name is None:
            return None
        client = Client()
        sign_in(client, User.objects.get(email=f"{name}@example.org"), ago=ago)
        session = client.session  # as if seen in a while, so that no request has to note it
        session[STARTED] = session[SEEN] = time.time() + 600
        session.save()
        return client.cookies["sessionid"].value

    def client(self, who: str, *, ago: int = 0, **options) -> Client:
        """A browser in which the person signed in so many seconds ago; nothing else happened."""
        client = Client(**options)
        session = self._session(PEOPLE[who], ago) if ago else self.sessions[who]
        if session:
            client.cookies["sessionid"] = session
        return client


def _world() -> World:
    world = make_world()
    closed = Organisation.objects.create(
        slug="closed",
        name="Closed Trust",
        ods_code="RXX",
        kind=OrganisationKind.FOUNDATION_TRUST,
        closed_on=timezone.localdate() - timedelta(days=1),
    )
    world.collection.organisations.add(closed)
    for name, role, organisation in (
        ("administrator", "administrator", None),
        ("closed.contributor", "contributor", closed),
        ("deactivated", "approver", world.rj1),
        ("beginner", "approver", world.rj1),
        ("nobody", None, None),
    ):
        user = make_person(f"{name}@example.org", second_factor=name != "beginner")
        world.people[name] = user
        if role:
            partnership = None if organisation else world.partnership
            StaffMembership.objects.create(
                user=user, role=role, organisation=organisation, partnership=partnership
            )
    editors.grant(user=world.person("editor"))
    User.objects.update(password=make_password("lantern-orchard-river-bench"))
    heartbeats.beat()
    return world


def _do_jobs() -> None:
    while job := Job.objects.publishable().first():
        tasks.run(str(job.id))


def _send(world: World, content: str, by: str, state: str = "ready") -> Upload:
    upload, _ = uploads.receive(
        collection=world.collection,
        organisation=None if by == "analyst" else world.rj1,
        file=SimpleUploadedFile("figures.csv", content.encode()),
        by=world.person(by),
    )
    _do_jobs()
    upload.refresh_from_db()
    assert upload.state == state, upload.message
    return upload


def _submit(world: World, upload: Upload) -> list[Submission]:
    drafts = list(upload.submissions.all())
    seen = submissions.fingerprint(drafts)
    submissions.submit(submissions=drafts, seen=seen, by=world.person("rj1.contributor"))
    return list(upload.submissions.all())


def _approve(world: World, upload: Upload) -> list[Submission]:
    rows = _submit(world, upload)
    seen = submissions.fingerprint(rows)
    submissions.approve(submissions=rows, seen=seen, by=world.person("rj1.approver"))
    return list(upload.submissions.all())


def _flag(upload: Upload) -> Flag:
    return Flag.objects.create(
        submission=upload.submissions.get(), kind=Flag.Kind.ASKED, message="Is this right?"
    )


def _type(world: World, period: date) -> Submission:
    """A return with a typed figure."""
    by = world.person("rj1.contributor")
    draft = entry.begin(collection=world.collection, organisation=world.rj1, period=period, by=by)
    entry.save_cell(
        submission=draft, measure=world.measure, place=None, category=None, numerator=Decimal(90),
        denominator=Decimal(100), status="value", note="", seen=entry.NOTHING, by=by,
    )  # fmt: skip
    return Submission.objects.get(pk=draft.pk)


def _typed(world: World) -> Submission:
    """A return that was typed and sent."""
    drafts = [_type(world, date(2017, 6, 1))]
    by = world.person("rj1.contributor")
    submissions.submit(submissions=drafts, **_seen(drafts), by=by)
    return Submission.objects.get(pk=drafts[0].pk)


def _month(number: int, organisation: str = "RJ1") -> str:
    header = GOOD.splitlines()[0]
    return f"{header}\n2017-{number:02}-01,{organisation},1,100,{number},1\n"


def _fill(world: World) -> tuple[dict[str, str], dict[str, dict]]:
    """One of everything; answers the paths and what a form needs, by line of the table."""
    published = _approve(world, _send(world, GOOD, "rj1.contributor"))
    release = publish(world, published, title="First release")
    _do_jobs()
    _approve(world, _send(world, _month(1), "rj1.contributor"))
    planned, scheduled = _releases(world)
    typed = _typed(world)
    waiting = [*_submit(world, _send(world, _month(2), "rj1.contributor")), typed]
    upload = _send(world, _month(3), "rj1.contributor")
    for_all = _send(world, _month(4, "RJZ"), "analyst")
    flag = _flag(_send(world, _month(5), "rj1.contributor"))
    to_type = _type(world, date(2017, 7, 1))
    report, failed = _reports(world)
    paths = {
        **_figure_paths(world),
        **_entry_paths(to_type),
        **_file_paths(world),
        **_collection_paths(world),
        **_measure_paths(world),
        **_content_paths(world),
        **_people_paths(world),
        **_sign_in_paths(),
        "outcomes:upload-create": world.collection.get_upload_url(),
        "outcomes:submission-detail": published[0].get_absolute_url(),
        "outcomes:submission-history": f"{published[0].get_absolute_url()}history/",
        "outcomes:approval": reverse(
            "outcomes:approval", args=[world.collection.slug, world.rj1.slug]
        ),
        "outcomes:receipt": published[0].receipt.get_absolute_url(),
        "outcomes:receipt-csv": f"{typed.receipt.get_absolute_url()}figures.csv",
        **_release_paths(release, planned, scheduled),
        "reports:report-detail": report.get_absolute_url(),
        "reports:report-pdf": report.get_pdf_url(),
        "reports:report-chart": reverse("reports:report-chart", args=[report.uuid, 1]),
        "reports:report-retry": failed.get_retry_url(),
        "account_confirm_email": "/accounts/confirm-email/x:y:z/",
        # Tests have no provider of single sign-on; tests/accounts/sso does.
        "openid_connect_login": "/accounts/oidc/nowhere/login/",
        "openid_connect_callback": "/accounts/oidc/nowhere/login/callback/",
        "openid_connect_reauthenticate": "/accounts/oidc/nowhere/again/",
        **{
            f"accounts/social/{page}/": f"/accounts/social/{page}/"
            for page in ("login/cancelled", "login/error", "signup", "connections")
        },
        "account_reset_password_from_key": "/accounts/password/reset/key/1-set-password/",
        "wagtailcore_authenticate_with_password": "/_util/authenticate_with_password/1/1/",
    }
    for note, one in (("", upload), (" (all partners)", for_all)):
        for name in ("upload-detail", "upload-file", "upload-submit"):
            paths[f"outcomes:{name}{note}"] = reverse(f"outcomes:{name}", args=[one.uuid])
    data = {
        "outcomes:upload-submit": _seen(upload.submissions.all()),
        "outcomes:upload-submit (all partners)": _seen(for_all.submissions.all()),
        "outcomes:approval": {**_seen(waiting), "decision": "approve"},
        "outcomes:approval-list": {
            "ticked": [f"{one.uuid}:{_seen([one])['seen']}" for one in waiting]
        },
        "outcomes:flag-list": {f"answer-{flag.pk}": "We have checked it."},
        "outcomes:entry-cell": {"cell": world.measure.slug},
        "outcomes:entry-send": _seen([to_type]),
        **_release_data(world, planned, scheduled),
        "reports:report-create": {"schedule": "board"},
        **_collection_data(world),
        **_measure_data(world),
        **_file_data(),
        **_people_data(world),
    }
    return paths, data


def _releases(world: World) -> tuple[Release, Release]:
    """One that is planned, and one that is approved, which the board may read early."""
    made, analyst = [], world.person("analyst")
    for title in ("Scheduled release", "Planned release"):
        release = releases.plan(
            partnership=world.partnership, title=title, note="Two words.",
            due_at=timezone.now() + timedelta(hours=9), collections=[world.collection], by=analyst,
        )  # fmt: skip
        board = world.person("board")
        early_readers.name(release=release, user=board, capacity="Chair", by=analyst)
        made.append(release)
    scheduled, planned = made
    _do_jobs()
    seen = read.fingerprint(scheduled)
    releases.approve(release=scheduled, seen=seen, by=world.person("second.analyst"))
    scheduled.refresh_from_db()
    return planned, scheduled


def _release_paths(release: Release, planned: Release, scheduled: Release) -> dict[str, str]:
    about = {
        **dict.fromkeys(
            ("change", "contents", "approve", "rehearse", "cancel", "readers"), planned
        ),
        **dict.fromkeys(("reopen", "early"), scheduled),
        **dict.fromkeys(("detail", "history", "withdraw"), release),
    }
    names = {f"outcomes:release-{name}": [one.uuid] for name, one in about.items()} | {
        "outcomes:release-reader-remove": [planned.uuid, planned.early_readers.get().user.uuid],
        "outcomes:release-public": [release.slug],
    }
    hold = Hold.objects.create(
        partnership=release.partnership, first_day=date(2031, 5, 1), last_day=date(2031, 5, 6),
        reason="Elections", set_by=planned.planned_by,
    )  # fmt: skip
    names["outcomes:hold-lift"] = [hold.uuid]
    return {name: reverse(name, args=args) for name, args in names.items()}


def _release_data(world: World, planned: Release, scheduled: Release) -> dict[str, dict]:
    plan = {"collections": [world.collection.slug], "when": "at_once", "title": "Second release"}
    reason = {"reason": "The figures come later."}
    day = timezone.localdate() + timedelta(days=90)
    days = {"day": day.day, "month": day.month, "year": day.year}
    return {
        "outcomes:release-create": plan,
        "outcomes:release-change": {**plan, "seen": read.fingerprint(planned)},
        "outcomes:release-contents": {"seen": read.fingerprint(planned)},
        "outcomes:release-approve": {"seen": read.fingerprint(planned)},
        "outcomes:release-reopen": {**reason, "seen": read.fingerprint(scheduled)},
        "outcomes:release-cancel": reason,
        "outcomes:release-withdraw": reason,
        "outcomes:release-readers": {"user": "editor@example.org", "capacity": "Press office"},
        "outcomes:hold-list": {
            "reason": "Elections",
            **{f"{which}_day_{name}": n for which in ("first", "last") for name, n in days.items()},
        },
    }


RULE = {
    "operator": "<=",
    "when_missing": "skip",
    "weight": "must",
    "sentence": "There are more than there can be.",
}


def _collection_paths(world: World) -> dict[str, str]:
    """A collection of its own that closes, with a rule and an exception."""
    analyst, period = world.person("analyst"), latest_ended(timezone.localdate(), "month")
    collection = collections.create(
        partnership=world.partnership,
        name="Beds",
        closing_working_days=20,
        accepts_from=period,
        asks_from=period,
        measures=[world.measure],
        organisations=[world.rj1, world.rjz],
        by=analyst,
    )
    extension = collections.extend(
        collection=collection,
        organisation=world.rjz,
        period=period,
        until=timezone.localdate() + timedelta(days=90),
        reason="New staff.",
        by=analyst,
    )
    left = [{"measure": world.measure.slug, "part": "numerator", "factor": 1}]
    rule = collections.write_rule(
        collection=collection, left=left, right=[{"number": 10**6}], **RULE, by=analyst
    )
    names = ("collection-detail", "collection-change", "extension-create", "rule-create")
    return {
        **{f"outcomes:{n}": reverse(f"outcomes:{n}", args=[collection.slug]) for n in names},
        "outcomes:extension-end": extension.get_end_url(),
        "outcomes:rule-change": rule.get_absolute_url(),
        "outcomes:rule-drop": rule.get_drop_url(),
    }


def _entry_paths(draft: Submission) -> dict[str, str]:
    """The grid with one typed figure."""
    args = [draft.collection.slug, draft.organisation.slug, draft.period]
    names = ("entry", "entry-cell", "entry-news", "entry-begin", "entry-drop", "entry-send")
    return {f"outcomes:{name}": reverse(f"outcomes:{name}", args=args) for name in names}


def _file_paths(world: World) -> dict[str, str]:
    """A file of an unknown kind, one with a mistake, and layouts of one partner and of all."""
    unknown = _send(world, "Month,Came\nApril 2016,5\n", "rj1.contributor", "unknown")
    marked = _send(world, GOOD.replace("11554", "x"), "rj1.contributor", "refused")
    for_all = world.collection.import_profiles.get()
    mine = ImportProfile.objects.create(
        collection=world.collection,
        organisation=world.rj1,
        name="Our own",
        header=[],
        mapping=for_all.mapping,
    )
    args = [world.collection.slug, world.rj1.slug, date(2016, 4, 1), "csv"]
    return {
        "outcomes:upload-marked": reverse("outcomes:upload-marked", args=[marked.uuid]),
        "outcomes:upload-look": reverse("outcomes:upload-look", args=[unknown.uuid]),
        "outcomes:upload-columns": unknown.get_columns_url(),
        "outcomes:profile-list": reverse("outcomes:profile-list", args=[world.collection.slug]),
        "outcomes:profile-detail": mine.get_absolute_url(),
        "outcomes:profile-detail (all partners)": for_all.get_absolute_url(),
        "outcomes:profile-drop": reverse("outcomes:profile-drop", args=[mine.uuid]),
        "outcomes:return-template": reverse("outcomes:return-template", args=args),
    }


def _file_data() -> dict[str, dict]:
    columns = {
        "header_row": 1, "header_rows": 1, "period": "A", "period_format": "month",
        "organisation": "ours", "measure_0_numerator": "B", "measure_0_denominator": "B",
        "filter_0_how": "like", "filter_1_how": "like", "name": "New", "save": "1",
    }  # fmt: skip
    return {
        "outcomes:upload-columns": columns,
        "outcomes:profile-detail": {"name": "Another name"},
        "outcomes:profile-detail (all partners)": {"name": "Another name"},
    }


def _collection_data(world: World) -> dict[str, dict]:
    collection = {
        "name": "Beds and chairs",
        "frequency": "month",
        "measures": [world.measure.slug],
        "organisations": [world.rj1.slug],
        "due_working_days": 15,
        "asks_from_day": 1,
        "asks_from_month": 9,
        "asks_from_year": 2026,
    }
    rule = {**RULE, "left_1_figure": f"{world.measure.slug}:numerator", "number": 9}
    until = timezone.localdate() + timedelta(days=120)
    extension = {
        "organisation": world.rj1.slug,
        "period": latest_ended(timezone.localdate(), "month").isoformat(),
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reason": "New staff.",
    }
    return {
        "outcomes:extension-create": extension,
        "outcomes:collection-create": collection,
        "outcomes:collection-change": collection,
        "outcomes:rule-create": rule,
        "outcomes:rule-change": rule,
    }


def _measure_paths(world: World) -> dict[str, str]:
    """A draft, a version that is reviewed, and a measure in use with a proposed new start."""
    analyst, colleague = world.person("analyst"), world.person("second.analyst")
    definition = {name: getattr(world.measure, name) for name in DEFINED}

    def made(name: str, by: User) -> Measure:
        fields = definition | {"name": name}
        return measures.create(partnership=world.partnership, reason="New", by=by, **fields)

    draft, reviewed, used = made("Draft", analyst), made("Seen", colleague), made("Used", colleague)
    for measure in (reviewed, used):
        measures.propose(version=measure.versions.get(), by=colleague)
    version = used.versions.get()
    measures.agree(version=version, seen=measures.fingerprint(version), by=analyst)
    used.refresh_from_db()
    month = date(2026, 9, 1)
    measures.propose_rebase(measure=used, period=month, reason="A new ward", by=colleague)
    targets.propose(
        measure=used, value=Decimal(95), from_date=month, to_date=None, source="Us", by=colleague
    )
    address = {
        "definition": [used.slug], "definition-version": [used.slug, 1], "dictionary-file": ["csv"],
        "rebase-agree": [used.slug, month], "rebase-drop": [used.slug, month],
        "target-agree": [used.slug, month], "target-drop": [used.slug, month],
    }  # fmt: skip
    for measure, names in [
        (draft, ("definition-change", "definition-propose", "definition-drop")),
        (reviewed, ("definition-agree", "definition-send-back")),
        (
            used,
            (
                "definition-detail",
                "measure-retire",
                "measure-review",
                "rebase-create",
                "target-create",
            ),
        ),
    ]:
        address |= {name: [measure.slug] for name in names}
    return {f"outcomes:{n}": reverse(f"outcomes:{n}", args=args) for n, args in address.items()}


def _measure_data(world: World) -> dict[str, dict]:
    seen = measures.fingerprint(MeasureVersion.objects.get(state="in_review"))
    defined = MeasureForm.initial_of(world.measure)
    definition = {name: "" if value is None else value for name, value in defined.items()}
    definition |= {"reason": "New", "next_review_on_day": 1, "next_review_on_month": 4}
    definition |= {"next_review_on_year": 2031}
    return {
        "outcomes:definition-create": definition,
        "outcomes:definition-change": definition,
        "outcomes:definition-agree": {"seen": seen},
        "outcomes:definition-send-back": {"seen": seen, "answer": "Say who counts."},
        "outcomes:measure-retire": {"reason": "Nobody needs it."},
        "outcomes:measure-review": {
            "next_review_on_day": 1, "next_review_on_month": 4, "next_review_on_year": 2031,
            "note": "All of it.",
        },
        "outcomes:target-create": {
            "value": 95, "from_date_day": 1, "from_date_month": 8, "from_date_year": 2026,
            "source": "The board",
        },
        "outcomes:rebase-create": {
            "period_day": 1, "period_month": 8, "period_year": 2026, "reason": "A second ward",
        },
    }  # fmt: skip


def _people_paths(world: World) -> dict[str, str]:
    """Pages about somebody of the organisation, and an invitation to it."""
    place = {"role": "contributor", "organisation": world.rj1}
    invitation = invitations.invite(
        email="invited@example.org", **place, by=world.person("rj1.approver")
    )
    person, deactivated = world.person("rj1.contributor"), world.person("deactivated")
    names = ("detail", "deactivate", "reset-second-step", "end-sessions", "history")
    about = {f"partners:person-{name}": person.uuid for name in names} | {
        "partners:person-reactivate": deactivated.uuid,
        "partners:role-create": person.uuid,
        "partners:role-delete": person.staff_memberships.get().uuid,
        "partners:invitation-resend": invitation.uuid,
        "partners:invitation-withdraw": invitation.uuid,
        "partners:invitation-open": "no-such-token",
        "partners:organisation-close": world.rj1.slug,
        "partners:organisation-history": world.rj1.slug,
    }
    return {name: reverse(name, args=[object_]) for name, object_ in about.items()}


def _sign_in_paths() -> dict[str, str]:
    """The passkey of somebody else; its owner's ways are in tests/accounts."""
    passkey = Authenticator.objects.create(
        user=make_person("owner@example.org"),
        type="webauthn",
        data={"name": "Key", "credential": {}},
    )
    names = ("mfa_edit_webauthn", "mfa_remove_webauthn")
    return {name: reverse(name, args=[passkey.pk]) for name in names}


def _people_data(world: World) -> dict[str, dict]:
    place, reason = {"organisation": world.rj1.slug}, {"reason": "They have moved on."}
    day = timezone.localdate() + timedelta(days=30)
    return {
        "partners:invitation-create": {
            "email": "new@example.org",
            "role": "contributor",
            **place,
        },
        "partners:role-create": {"role": "approver", **place},
        "partners:role-delete": reason,
        "partners:person-deactivate": reason,
        "partners:organisation-close": {
            "closed_on_day": day.day,
            "closed_on_month": day.month,
            "closed_on_year": day.year,
            **reason,
        },
    }


def _seen(rows) -> dict[str, str]:
    return {"seen": submissions.fingerprint(rows)}


def _reports(world: World) -> tuple[Report, Report]:
    """A report that is ready and one that failed."""
    schedule = ReportSchedule.objects.create(
        partnership=world.partnership, slug="board", name="Board report"
    )
    ready = reports.make_now(schedule=schedule, period=date(2026, 8, 1))
    failed = Report.objects.create(
        schedule=schedule, period=date(2026, 7, 1), state=Report.State.FAILED, error="No paper."
    )
    return ready, failed


def _figure_paths(world: World) -> dict[str, str]:
    measure, place = world.measure, Place.objects.get()
    whole = Series.objects.public().whole().get()
    of_trust = Series.objects.public().get(organisation=world.rj1)
    of_place = make_series(measure, place=place)
    band = Category.objects.create(scheme="age", slug="85-and-over", name="85 and over")
    of_band = make_series(measure, category=band)
    board = Series.objects.board().whole().get()
    return {
        "outcomes:measure-detail": measure.get_absolute_url(),
        "outcomes:measure-csv": reverse("outcomes:measure-csv", args=[measure.slug]),
        "outcomes:measure-json": reverse("outcomes:measure-json", args=[measure.slug]),
        "outcomes:measure-organisation": of_trust.get_absolute_url(),
        "outcomes:measure-place": of_place.get_absolute_url(),
        "outcomes:chart (public edition)": whole.get_chart_url("wide"),
        "outcomes:chart (board edition)": board.get_chart_url("wide"),
        "outcomes:board-measure-detail": measure.get_board_url(),
        "outcomes:measure-history": f"{measure.get_board_url()}history/",
        "outcomes:made": whole.get_made_url(),
        "outcomes:made-organisation": of_trust.get_made_url(),
        "outcomes:made-place": of_place.get_made_url(),
        "outcomes:made-category": of_band.get_made_url(),
        "outcomes:board-made": board.get_made_url(),
        "outcomes:figure-cells": reverse(
            "outcomes:figure-cells", args=[measure.slug, whole.summary["period"]]
        ),
    }


def _content_paths(world: World) -> dict[str, str]:
    programme = make_programme(places=[Place.objects.get()], lead=world.rj1)
    words = [{"type": "paragraph", "value": "<p>Thank you.</p>"}]
    statement = {
        "slug": "farewell",
        "title": "A message",
        "date": date(2016, 3, 31),
        "on_behalf_of": "the Sponsor Board",
        "introduction": "What we leave behind.",
        "body": words,
    }
    home = {"title": "Care together", "introduction": "We work together.", "body": words}
    create_pages(partnership=world.partnership, home=home, statements=[statement])
    return {
        "partners:organisation-detail": world.rj1.get_absolute_url(),
        "programmes:programme-detail": programme.get_absolute_url(),
        "wagtail_serve": "/farewell/",
    }
