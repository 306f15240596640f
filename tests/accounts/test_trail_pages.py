"""The searchable record: found by person, kind, day and words, in pages, quickly, as a file."""

import csv
import io
from datetime import date, timedelta

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecurityEvent
from accounts.trail import sources, views
from accounts.trail.lines import lines
from accounts.trail.selectors import history_of
from accounts.trail.sources import Filters, Key, kind_name, matching, page
from outcomes.models import Measure
from partners.models import Organisation, Place, StaffMembership
from tests.outcomes.world import make_world
from tests.people import make_person, sign_in

pytestmark = pytest.mark.django_db
TRAIL, FILE = "/accounts/record/", "/accounts/record/data.csv"


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def admin(client, world):
    """A browser in which an administrator is signed in."""
    person = make_person("admin@example.org", full_name="Alex Admin")
    StaffMembership.objects.create(user=person, role="administrator", partnership=world.partnership)
    sign_in(client, person)
    return client


def change(organisation, person=None, **fields):
    names = {"user": person.pk, "name": str(person)} if person else {}
    reason = {"reason": fields.pop("reason")} if "reason" in fields else {}
    with pghistory.context(path="/cms/snippets/", roles="Editor", **names, **reason):
        Organisation.objects.filter(pk=organisation.pk).update(**fields)


def found(**filters):
    return lines(page(matching(Filters(**filters))).keys)


def test_line_says_when_who_what_where_and_why(admin, world):
    change(world.rj1, world.person("editor"), summary="New words", reason="Asked by the trust")
    line = found(kind="partners.organisation")[0]
    assert timezone.now() - line.when < timedelta(minutes=1)
    assert (line.who, line.roles) == ("editor", "Editor")
    assert (line.verb, line.kind, line.name) == ("Changed", "Organisation", "Guy’s and St Thomas’")
    assert [(c.field, c.before, c.after) for c in line.changes] == [
        ("Summary", "empty", "New words")
    ]
    assert (line.reason, line.where) == ("Asked by the trust", "/cms/snippets/")
    text = admin.get(TRAIL).content.decode()
    for word in ("Asked by the trust", "Summary: from “empty” to “New words”", "/cms/snippets/"):
        assert word in text


def test_references_choices_and_days_are_told_in_words(world):
    Organisation.objects.filter(pk=world.rj1.pk).update(
        successor=world.rjz, closed_on=date(2026, 10, 1), kind="local_authority"
    )
    told = {
        one.field: (one.before, one.after) for one in found(kind="partners.organisation")[0].changes
    }
    assert told == {
        "Kind": ("NHS foundation trust", "Council"),
        "Closed on": ("empty", "1 October 2026"),
        "Successor": ("empty", "King’s College Hospital"),
    }


def test_name_is_the_one_of_that_time_also_of_what_is_gone(world):
    place = Place.objects.create(slug="mayfair", name="Mayfair", gss_code="E09000033")
    place.name = "Westminster"
    place.save()
    place.delete()
    told = [(line.verb, line.name) for line in found(kind="partners.place")[:3]]
    assert told == [("Removed", "Westminster"), ("Changed", "Westminster"), ("Added", "Mayfair")]


def test_every_kind_has_a_plain_name_and_can_be_looked_for(admin, world):
    names = [kind_name(kind) for kind in sources.kinds()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "tracked" in name.lower() or "_" in name]
    for kind in sources.kinds():
        answer = admin.get(TRAIL, {"kind": kind, "words": "a b", "person": "kim"})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"person": "EDITOR"}, ["by the editor"]),
        ({"person": "analyst@example"}, ["by the analyst"]),
        ({"words": "merger"}, ["by the analyst"]),
        ({"words": "by analyst merger"}, ["by the analyst"]),
        ({"words": "merger editor"}, []),
        ({"words": "snippets st thomas"}, ["by the analyst", "by the editor"]),
        ({"person": "100%"}, []),
        ({"words": "_nothing_"}, []),
    ],
)
def test_filters(world, filters, expected):
    change(world.rj1, world.person("editor"), summary="by the editor")
    change(world.rj1, world.person("analyst"), summary="by the analyst", reason="A merger")
    told = found(kind="partners.organisation", **filters)
    assert [line.changes[0].after for line in told] == expected


def test_words_find_what_a_row_refers_to(world):
    told = found(kind="partners.staffmembership", words="king’s contributor")
    assert [line.name for line in told] == [
        "rjz.contributor: Contributor at King’s College Hospital"
    ]


def test_days_are_whole_local_days(world):
    today = timezone.localdate()
    change(world.rj1, summary="today")
    kind = "partners.organisation"
    assert found(kind=kind, from_day=today, to_day=today)
    assert not found(kind=kind, from_day=today + timedelta(days=1))
    assert not found(kind=kind, to_day=today - timedelta(days=1))


def test_wrong_day_is_explained_and_nothing_is_searched(admin):
    text = admin.get(TRAIL, {"from_day": "2/13/2026"}).content.decode()
    assert "Error: " in text and "Enter a real date" in text
    text = admin.get(TRAIL, {"from_day": "2/2/2026", "to_day": "1/2/2026"}).content.decode()
    assert "The last day must not be before the first" in text
    assert admin.get(FILE, {"from_day": "2/13/2026"}).status_code == 302


def test_security_events_stand_between_the_changes(world):
    kim = make_person("kim@example.org", full_name="Kim Example")
    SecurityEvent.objects.create(kind="refused", user=kim, address="192.0.2.1", detail="/board/")
    line = found(person="Kim Ex", words="refused board")[0]
    assert (line.who, line.verb, line.name) == ("Kim Example", "Refused", "/board/")
    assert line.where == "from the address 192.0.2.1"


def all_keys(size, **filters):
    """Every key, page by page down, and each page once more on the way up."""
    pages, before = [], None
    while True:
        here = page(matching(Filters(**filters)), before=before, size=size)
        pages.append(here.keys)
        if here.older is None:
            break
        before = here.older
    for number in range(len(pages) - 1, 0, -1):
        up = page(matching(Filters(**filters)), after=pages[number][0], size=size)
        assert up.keys == pages[number - 1]
        assert (up.newer is None) == (number == 1)
    return [key for keys in pages for key in keys]


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_show_every_line_once_also_those_of_one_moment(world, size):
    """All rows of this test come from one transaction, so they bear the same moment."""
    keys = all_keys(size)
    total = sum(rows.count() for _, rows in matching(Filters()))
    assert len(keys) == len(set(keys)) == total > 30
    assert len({key.kind for key in keys}) > 8
    assert keys == sorted(
        keys, key=lambda k: (k.when, sources.kinds().index(k.kind), k.number), reverse=True
    )


def test_links_lead_through_the_pages_and_keep_the_filters(admin, world, monkeypatch):
    for number in range(120):
        change(world.rj1, summary=f"words {number}")
    first = admin.get(TRAIL, {"words": "words"})
    older = first.context["history"].older
    second = admin.get(TRAIL, {"words": "words", "before": str(older)})
    text = second.content.decode()
    assert "words 69" in text and "words 70" not in text.replace("from “words 70”", "")
    assert 'rel="prev"' in text and 'rel="next"' in text and "?words=words&amp;before=" in text


@pytest.mark.parametrize(
    "cut", ["x", "~~", "2026-01-01T00:00:00~partners.place~1", "2026-01-01T00:00:00+00:00~a.b~1",
            "2026-01-01T00:00:00+00:00~partners.place~99999999999999999999999", "\x00"]
)  # fmt: skip
def test_strange_cuts_show_a_page(admin, cut):
    assert admin.get(TRAIL, {"before": cut, "after": cut}).status_code == 200


def test_key_survives_its_text():
    key = Key(timezone.now(), "partners.place", 7)
    assert Key.read(str(key)) == key


def test_number_of_queries_does_not_grow_with_the_lines(admin, world):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert admin.get(TRAIL, {"kind": "partners.organisation"}).status_code == 200
        return len(queries)

    few = count()
    for number in range(60):
        closed = {"closed_on": timezone.localdate(), "successor": world.rjz}
        change(world.rj1, world.person("editor"), summary=f"words {number}", **closed)
    assert count() <= few + 2  # a query for the rows before, and one for what they refer to


def test_page_of_every_kind_needs_a_bounded_number_of_queries(admin):
    with CaptureQueriesContext(connection) as queries:
        assert admin.get(TRAIL).status_code == 200
    kinds_shown = 12
    assert len(queries) < 3 * kinds_shown + 25


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_trailcsv_tells_the_same_and_no_formula(admin, world):
    person = world.person("editor")
    person.full_name = "=HYPERLINK(1)"
    change(world.rj1, person, summary="+1", reason="@SUM(A1)")
    row = rows_of(admin.get(FILE, {"words": "sum(a1"}))[0]
    assert row["who"] == "'=HYPERLINK(1)"
    assert row["reason"] == "'@SUM(A1)"
    assert row["changes"] == "Summary: empty → +1"
    assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_trailcsv_ends_at_its_limit(admin, monkeypatch):
    monkeypatch.setattr(views, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(views, "MOST_ROWS", 10)
    answer = admin.get(FILE)
    assert answer["Content-Disposition"].startswith('attachment; filename="record-of-changes-')
    assert len(rows_of(answer)) == 10


def test_history_of_tells_of_those_objects_only(world):
    Measure.objects.update(name="Seen in time")
    Organisation.objects.filter(pk=world.rjz.pk).update(summary="Not of the measure")
    told = history_of(world.measure, world.rj1).lines
    assert {line.name for line in told} == {
        "Seen in time", "A&E: seen within 4 hours", "Guy’s and St Thomas’"
    }  # fmt: skip
    assert not [line for line in told if line.where and "address" in line.where]


def test_hostile_text_is_shown_as_text(admin, world):
    change(world.rj1, summary="<script>alert(1)</script>", reason='"><img src=x>')
    text = admin.get(TRAIL, {"words": '"><img'}).content.decode()
    assert "<script>alert" not in text and "<img src=x>" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_empty_result_says_so(admin):
    assert "Try fewer words or other days" in admin.get(TRAIL, {"words": "xyzzy"}).content.decode()


def test_trail_needs_its_permission(client, world):
    sign_in(client, world.person("analyst"))
    assert client.get(reverse("accounts:trail")).status_code == 403
    assert client.get(FILE).status_code == 403


def test_personhistory_tells_of_account_roles_and_sign_ins(admin, world):
    person = world.person("rj1.approver")
    person.full_name = "Robin Approver"
    person.save()
    StaffMembership.objects.filter(user=person).delete()
    SecurityEvent.objects.create(kind="refused", user=person, address="192.0.2.9", detail="/x/")
    other = world.person("rjz.approver")
    SecurityEvent.objects.create(kind="refused", user=other, detail="/of-another/")
    text = admin.get(reverse("partners:person-history", args=[person.uuid])).content.decode()
    for words in ("from “rj1.approver” to “Robin Approver”", "Removed: Role", "/x/", "Second step"):
        assert words in text
    assert "192.0.2.9" not in text and "/of-another/" not in text and "rjz" not in text


def test_organisationhistory_tells_who_had_which_role_there(admin, world):
    StaffMembership.objects.filter(user=world.person("rj1.approver")).delete()
    path = reverse("partners:organisation-history", args=[world.rj1.slug])
    text = admin.get(path).content.decode()
    assert "Removed: Role" in text and "rj1.approver: Approver at Guy’s and St Thomas’" in text
    assert "rjz." not in text
