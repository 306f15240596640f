"""Every address of the portal, tried as every kind of person, against table.md."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.permissions import Permission
from accounts.roles import ROLES, Role
from tests.access.doors import (
    EDITOR,
    OTHER_WAYS,
    PEOPLE,
    REFUSALS,
    addresses,
    asked_again,
    lines,
    sample,
)

pytestmark = pytest.mark.django_db

LINES = lines()
KNOWN = {line.name for line in LINES}
ADDRESSES = list(addresses())
OF_THE_EDITOR = sorted({r for name, r in ADDRESSES if r.startswith(EDITOR) and name not in KNOWN})
PREFIXES = [line for line in LINES if line.label.endswith("*")]
DOORS = [line for line in LINES if line not in PREFIXES]
# What each permission opens: the line of the table that changes for whom it is taken away.
GUARDS = {
    Permission.SUBMISSION_VIEW: ("outcomes:submission-detail", "GET", "Approver"),
    Permission.SUBMISSION_SEND: ("outcomes:upload-create", "GET", "Contributor"),
    Permission.SUBMISSION_APPROVE: ("outcomes:approval", "GET", "Approver"),
    Permission.SUBMISSION_SEND_FOR_ALL: ("outcomes:upload-create", "GET", "Analyst"),
    Permission.MEASURE_DEFINE: ("outcomes:definition-list", "GET", "Analyst"),
    Permission.MEASURE_AGREE: ("outcomes:measure-review", "GET", "Analyst"),
    Permission.COLLECTION_MANAGE: ("outcomes:collection-list", "GET", "Analyst"),
    Permission.RELEASE_PLAN: ("outcomes:release-list", "GET", "Analyst"),
    Permission.RELEASE_APPROVE: ("outcomes:release-approve", "POST", "Analyst"),
    Permission.RELEASE_WITHDRAW: ("outcomes:release-withdraw", "GET", "Analyst"),
    Permission.RELEASE_HOLD: ("outcomes:hold-list", "GET", "Administrator"),
    Permission.CONTENT_EDIT: ("wagtailadmin_home", "GET", "Editor"),
    Permission.BOARD_VIEW: ("outcomes:scorecard", "GET", "Board member"),
    Permission.REPORT_CREATE: ("reports:report-create", "POST", "Analyst"),
    Permission.TRAIL_VIEW: ("accounts:trail", "GET", "Administrator"),
    Permission.PEOPLE_VIEW: ("partners:person-list", "GET", "Approver"),
    Permission.PEOPLE_INVITE: ("partners:invitation-create", "GET", "Approver"),
    Permission.PEOPLE_MANAGE: ("partners:person-deactivate", "GET", "Administrator"),
    Permission.ORGANISATION_CLOSE: ("partners:organisation-close", "GET", "Administrator"),
    Permission.TRAIL_VIEW: ("accounts:trail", "GET", "Administrator"),
    Permission.GALLERY_VIEW: ("design_system:gallery", "GET", "Contributor"),
}


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


def path_of(doors, label: str) -> str:
    return doors.paths.get(label) or reverse(label.split(" (")[0])


def data_of(doors, line) -> dict | None:
    """What a form needs; a file has to be new each time."""
    if line.way != "POST":
        return None
    if line.name == "outcomes:upload-create":
        return {"file": SimpleUploadedFile("a.csv", b"period,org_code\n")}
    return doors.data.get(line.label, {})


def test_table_names_every_address():
    missing = {name or route for name, route in ADDRESSES if not route.startswith(EDITOR)} - KNOWN
    assert not missing, f"Add a line to tests/access/table.md for: {sorted(missing)}"


def test_table_names_no_address_that_is_gone():
    assert KNOWN - {name or route for name, route in ADDRESSES} == {line.label for line in PREFIXES}


def test_table_has_every_person_and_one_line_for_each_way():
    assert all(list(line.expected) == list(PEOPLE) for line in LINES)
    assert len({(line.label, line.way) for line in LINES}) == len(LINES)


@pytest.mark.parametrize("line", DOORS, ids=lambda line: f"{line.way} {line.label}")
def test_door(doors, knock, line):
    path = path_of(doors, line.label)
    answers = {who: knock(who, line.way, path, data_of(doors, line)) for who in PEOPLE}
    assert answers == line.expected


@pytest.mark.parametrize(
    "line", [x for x in DOORS if x.way == "GET"], ids=lambda line: f"HEAD {line.label}"
)
def test_head_answers_as_get_does(doors, knock, blank_refusals, line):
    path = path_of(doors, line.label)
    assert {who: knock(who, "HEAD", path) for who in PEOPLE} == line.expected


@pytest.mark.parametrize("label", sorted({line.label for line in DOORS}))
def test_door_is_not_used_in_ways_that_the_table_does_not_name(doors, knock, blank_refusals, label):
    path = path_of(doors, label)
    named = {line.way for line in LINES if line.label == label}
    ways = [way for way in ("GET", "POST") if way not in named]
    ways += ["HEAD"] if "GET" in ways else []
    for who in PEOPLE:
        answers = {way: knock(who, way, path) for way in ways}
        assert set(answers.values()) <= REFUSALS, (who, answers)
        assert {knock(who, way, path) for way in OTHER_WAYS} == {"405"}


@pytest.mark.parametrize(
    ("who", "way"),
    [(who, way) for who in PEOPLE if who != "Editor" for way in ("GET", "POST")]
    # What a role opens never depends on whether a page or only its head is asked for.
    + [(who, "HEAD") for who in ("Visitor", "Deactivated", "No second step", "No role")],
)
def test_every_door_of_the_editor_is_closed_to_others(knock_at_all, who, way):
    assert len(OF_THE_EDITOR) > 200
    answers = knock_at_all(who, way, map(sample, OF_THE_EDITOR))
    named = "GET" if way == "HEAD" else way
    expected = {route: line_for(route, named).expected[who] for route in OF_THE_EDITOR}
    assert dict(zip(OF_THE_EDITOR, answers, strict=True)) == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_no_door_of_the_editor_is_used_in_other_ways(knock_at_all, who):
    for way in OTHER_WAYS:
        assert set(knock_at_all(who, way, map(sample, OF_THE_EDITOR))) == {"405"}


def line_for(route: str, way: str):
    """The line with the longest prefix that fits the route."""
    fitting = [x for x in PREFIXES if x.way == way and route.startswith(x.label.rstrip("*"))]
    return max(fitting, key=lambda line: len(line.label))


@pytest.mark.parametrize("line", [x for x in DOORS if x.way == "POST"], ids=lambda line: line.label)
def test_form_without_its_security_code_is_refused(doors, knock, line):
    path = path_of(doors, line.label)
    for who in PEOPLE:
        if line.expected[who] in ("200", "302"):
            assert knock(who, "POST", path, {}, enforce_csrf_checks=True) == "403"


@pytest.mark.parametrize("label", asked_again())
def test_act_asks_again_who_it_is_when_the_sign_in_is_long_ago(doors, knock, label):
    [line] = [x for x in DOORS if (x.label, x.way) == (label, "POST")]
    for who in PEOPLE:
        may = line.expected[who] in ("200", "302") and who != "No second step"
        path, data = path_of(doors, label), data_of(doors, line)
        answer = knock(who, "POST", path, data, ago=3600)
        assert answer == ("again" if may else line.expected[who]), who


@pytest.mark.parametrize("permission", Permission)
def test_permission_guards_something(doors, knock, monkeypatch, permission):
    label, way, who = GUARDS[permission]
    line = next(line for line in LINES if (line.label, line.way) == (label, way))
    assert line.expected[who] in ("200", "302")
    for slug, role in ROLES.items():
        left = role.permissions - {permission}
        poorer = Role(role.slug, role.name, role.sentence, role.scope, left)
        monkeypatch.setitem(ROLES, slug, poorer)
    answer = knock(who, way, path_of(doors, label), data_of(doors, line))
    assert answer in REFUSALS
