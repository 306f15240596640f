"""Figures that are typed: kept one by one, never over somebody else's, and only while they may."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes.actions import entry, submissions
from outcomes.models import Category, Measure, Observation, Submission
from outcomes.models.submissions import State
from outcomes.periods import latest_ended, shift
from outcomes.selectors.grid import grid
from partners.models import Place, StaffMembership
from tests import people
from tests.outcomes.typed import APRIL, KEY, address, typed
from tests.outcomes.world import GOOD, publish

pytestmark = pytest.mark.django_db
NEWEST = latest_ended(date.today(), "month")


@pytest.fixture
def keep(world):
    """Saves the one cell of April as a person who has seen what is there now."""

    def keep(numerator=10335, denominator=11554, *, by="rj1.contributor", seen=None, **fields):
        user = world.person(by)
        submission = entry.begin(
            collection=world.collection, organisation=world.rj1, period=APRIL, by=user
        )
        stored = submission.observations.first()
        figure = {"status": "value", "note": ""} | fields
        return entry.save_cell(
            submission=submission,
            measure=world.measure,
            place=None,
            category=None,
            numerator=None if numerator is None else Decimal(numerator),
            denominator=None if denominator is None else Decimal(denominator),
            seen=entry.fingerprint(stored) if seen is None else seen,
            by=user,
            **figure,
        )

    return keep


@pytest.fixture
def colleague(world):
    user = people.make_person("colleague@example.org", full_name="Ama Mensah")
    world.people["colleague"] = user
    StaffMembership.objects.create(user=user, role="contributor", organisation=world.rj1)
    return user


# --- One figure ---------------------------------------------------------------------------------


def test_save_cell_makes_a_draft_of_a_due_return(world, keep):
    saved = keep(note="Two days are missing").observation
    row = Submission.objects.get()
    person = world.person("rj1.contributor")
    assert (row.state, row.entered_by, list(row.makers.all())) == (State.DRAFT, person, [person])
    assert (saved.numerator, saved.denominator, saved.note) == (
        10335,
        11554,
        "Two days are missing",
    )
    assert (saved.typed_by, saved.proportion) == (person, True)


def test_save_cell_of_a_return_that_was_sent_back_makes_it_a_draft(world, submitted, keep):
    submissions.send_back(
        submissions=submitted,
        seen=submissions.fingerprint(submitted),
        reason="April is too high",
        by=world.person("rj1.approver"),
    )
    keep(1, 2)
    row = Submission.objects.get(period=APRIL)
    assert (row.state, row.submitted_by, row.return_reason) == ("draft", None, "April is too high")


def test_save_cell_keeps_the_file_of_the_others(world, send, keep):
    upload = send()
    saved = keep(1, 2).observation
    row = Submission.objects.get(period=APRIL)
    assert row.upload == upload
    assert (saved.typed_by, saved.source_row) == (world.person("rj1.contributor"), None)
    assert Observation.objects.get(period=date(2016, 5, 1)).typed_by is None


def test_save_cell_never_overwrites_what_was_not_seen(world, keep, colleague):
    keep(1, 2, by="colleague")
    with pytest.raises(entry.Overtaken) as found:
        keep(3, 4, seen=entry.NOTHING)
    assert (found.value.who, found.value.stored.as_text) == ("Ama Mensah", "1 of 2")
    assert Observation.objects.get().numerator == 1


def test_save_cell_saves_the_same_again_without_a_word(keep):
    first = keep(1, 2).observation
    assert keep(1, 2, seen=entry.NOTHING).observation.pk == first.pk
    assert Observation.objects.get().typed_at == first.typed_at


def test_clear_cell_takes_the_figure_away_and_says_who_did(world, keep, colleague):
    first = keep(1, 2).observation
    row = Submission.objects.get()
    cell = {"submission": row, "measure": world.measure, "place": None, "category": None}
    with pytest.raises(entry.Overtaken):
        entry.clear_cell(**cell, seen=entry.NOTHING, by=colleague)
    entry.clear_cell(**cell, seen=entry.fingerprint(first), by=colleague)
    assert not row.observations.exists()
    with pytest.raises(entry.Overtaken) as found:
        keep(3, 4, seen=entry.fingerprint(first))
    assert found.value.stored is None


@pytest.mark.parametrize("status", ["not_applicable", "not_collected", "late"])
def test_save_cell_keeps_no_number_beside_a_reason(keep, status):
    saved = keep(1, 2, status=status).observation
    assert (saved.numerator, saved.denominator, saved.status) == (None, None, status)


def test_save_cell_refuses_what_has_left_its_senders_hands(world, submitted, keep):
    with pytest.raises(submissions.Conflict, match="already “waiting for approval”"):
        keep(1, 2)
    cell = Observation.objects.get(period=APRIL)
    with pytest.raises(submissions.Conflict, match="already"):
        entry.save_cell(
            submission=cell.submission, measure=cell.measure, place=None, category=None,
            numerator=1, denominator=2, status="value", note="",
            seen=entry.fingerprint(cell), by=world.person("rj1.contributor"),
        )  # fmt: skip


def test_begin_of_a_correction_carries_over_what_was_published(world, approved):
    publish(world, approved)
    where = {"collection": world.collection, "organisation": world.rj1, "period": APRIL}
    draft = entry.begin(**where, by=world.person("rj1.contributor"))
    assert (draft.version, draft.state) == (2, State.DRAFT)
    assert draft.observations.get().as_text == "10,335 of 11,554"
    assert entry.begin(**where, by=world.person("rj1.contributor")) == draft


def test_closed_period_takes_first_figures_from_analysts_only(world, keep):
    world.collection.closing_working_days = 20
    world.collection.save()
    with pytest.raises(submissions.Conflict, match="closed for new figures"):
        keep(1, 2)
    keep(1, 2, by="analyst")


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_lose_nothing(world, colleague):
    """Each starts from an empty cell: one is kept, the other is told."""
    barrier, results = Barrier(2), []
    user = world.person("rj1.contributor")
    row = entry.begin(collection=world.collection, organisation=world.rj1, period=APRIL, by=user)

    def run(by, number):
        barrier.wait()
        try:
            entry.save_cell(
                submission=row, measure=world.measure, place=None, category=None,
                numerator=Decimal(number), denominator=Decimal(100), status="value", note="",
                seen=entry.NOTHING, by=by,
            )  # fmt: skip
            results.append("saved")
        except entry.Overtaken as overtaken:
            results.append(f"told of {overtaken.stored.as_text}")
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in ((user, 1), (colleague, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Observation.objects.get()
    assert sorted(results) == ["saved", f"told of {kept.as_text}"]


# --- The grid -----------------------------------------------------------------------------------


def test_grid_asks_for_the_parts_of_the_latest_earlier_return(world):
    counted = Measure.objects.create(
        version=1,
        partnership=world.partnership, slug="falls", name="Falls", description="Falls",
        kind="count", numerator_label="falls", unit="people", sentence_subject="falls",
        direction="decrease", source="Partners", owner=world.rj1, order=5,
    )  # fmt: skip
    world.collection.measures.add(counted)
    lambeth = Place.objects.create(slug="lambeth", name="Lambeth", gss_code="E09000022")
    women = Category.objects.create(scheme="sex", slug="women", name="Women")
    for period, cells in [
        (date(2015, 4, 1), [(world.measure, lambeth, None, 9)]),
        (date(2016, 2, 1), [(counted, lambeth, None, 1), (counted, None, women, 2)]),
        (date(2016, 3, 1), [(world.measure, None, None, 3)]),
    ]:
        row = Submission.objects.create(
            collection=world.collection, organisation=world.rj1, period=period, due_on=period
        )
        for measure, place, category, number in cells:
            Observation.objects.create(
                submission=row, measure=measure, organisation=world.rj1, place=place,
                category=category, period=period, numerator=number, denominator=10,
            )  # fmt: skip
    found = grid(world.collection, world.rj1, APRIL)
    assert [cell.key for cell in found.cells] == [KEY, "falls--lambeth", "falls--sex-women"]
    assert [(p.period, p.text) for p in found.cells[0].past] == [("March 2016", "30.0%")]
    assert (found.answered, len(found.missing), found.submission) == (0, 3, None)


# --- The pages ----------------------------------------------------------------------------------


def test_entry_saves_and_shows_the_value_without_javascript(world, sign_in):
    page = sign_in().post(
        address(world), typed(numerator="10,335", denominator="11 554"), follow=False
    )
    assert page.status_code == 200, "a space is no separator of thousands"
    assert b"10,335" in page.content
    client = sign_in()
    page = client.post(address(world), typed(numerator="10,335", denominator="11554"), follow=True)
    assert page.redirect_chain == [(address(world), 302)]
    assert "<strong>89.4%</strong>" in page.content.decode()
    assert page.context["grid"].answered == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"numerator": "12", "denominator": "10"}, "larger than the whole it is a part of (10)"),
        ({"numerator": "１２", "denominator": "20"}, "Use the digits 0 to 9 only"),
        ({"numerator": "-3", "denominator": "20"}, "This number is negative"),
        ({"numerator": "12", "denominator": "0"}, "larger than the whole it is a part of (0)"),
        ({"numerator": "84%", "denominator": "100"}, "This is a percentage"),
    ],
)
def test_entry_says_beside_the_cell_what_is_wrong(world, sign_in, fields, said):
    page = sign_in().post(address(world), typed(**fields))
    words = page.content.decode()
    assert page.status_code == 200
    assert said in words
    assert all(text in words for text in fields.values())
    assert not Observation.objects.exists()


def test_entry_of_a_protected_measure_takes_whole_numbers_only(world, sign_in):
    Measure.objects.update(disclosure=Measure.Disclosure.SUPPRESS_AND_ROUND)
    page = sign_in().post(address(world), typed(numerator="1.5", denominator="20"))
    assert "This must be a whole number" in page.content.decode()


def test_entry_status_wins_over_the_number(world, sign_in):
    data = typed(numerator="42", denominator="50", status="late")
    assert sign_in().post(address(world), data).status_code == 302
    assert Observation.objects.get().as_text == "Late"


def test_entry_true_zero_needs_the_whole_only(world, sign_in):
    sign_in().post(address(world), typed(denominator="50", status="zero"))
    cell = Observation.objects.get()
    assert (cell.numerator, cell.denominator, cell.status) == (0, 50, "zero")


def test_entrycell_answers_with_the_outcome_only(world, sign_in):
    data = {"cell": KEY, **typed(numerator="1", denominator="4")}
    page = sign_in().post(address(world, "entry-cell"), data)
    assert page["X-Entry"] == "saved"
    assert "<strong>25.0%</strong>" in page.content.decode()
    assert "<html" not in page.content.decode()


@pytest.mark.parametrize(
    ("page", "kind", "data"),
    [
        ("entry-cell", "cell", {"cell": KEY} | typed(numerator="1", denominator="2")),
        ("entry", "form", typed(numerator="1", denominator="2")),
    ],
)
def test_a_program_that_saves_without_end_waits(world, sign_in, settings, page, kind, data):
    settings.LIMITS = settings.LIMITS | {kind: "2/m/user"}
    client = sign_in()
    codes = [client.post(address(world, page), data).status_code for _ in range(3)]
    assert codes[0] != 429
    assert codes[2] == 429


def test_entrycell_shows_both_values_and_one_press_chooses(world, keep, colleague, sign_in):
    keep(1, 2, by="colleague")
    client = sign_in()
    data = {"cell": KEY, **typed(numerator="3", denominator="4")}
    page = client.post(address(world, "entry-cell"), data)
    words = page.content.decode()
    assert page["X-Entry"] == "conflict"
    assert "Ama Mensah saved 1 of 2 on" in words
    assert "You typed 3 of 4" in words
    again = client.post(address(world, "entry-cell"), data)
    assert again["X-Entry"] == "conflict", "saving again overwrites nothing"
    theirs = client.post(address(world, "entry-cell"), data | {f"{KEY}-theirs": "1"})
    assert theirs["HX-Reswap"] == "outerHTML"
    assert 'value="1"' in theirs.content.decode()
    now = entry.fingerprint(Observation.objects.get())
    mine = client.post(address(world, "entry-cell"), data | {f"{KEY}-mine": now})
    assert mine["X-Entry"] == "saved"
    assert Observation.objects.get().as_text == "3 of 4"


def test_entry_shows_both_values_without_javascript(world, keep, colleague, sign_in):
    keep(1, 2, by="colleague")
    client = sign_in()
    page = client.post(address(world), typed(numerator="3", denominator="4"))
    assert "Ama Mensah saved 1 of 2" in page.content.decode()
    now = entry.fingerprint(Observation.objects.get())
    data = typed(numerator="3", denominator="4") | {f"{KEY}-mine": now}
    assert client.post(address(world), data).status_code == 302
    assert Observation.objects.get().as_text == "3 of 4"


def test_entrynews_tells_what_others_saved_and_cleared(world, colleague, sign_in):
    me, other = sign_in(), sign_in("colleague")
    news = me.get(address(world)).context["news_url"]
    assert b"data-cell" not in me.get(news).content
    other.post(address(world, "entry-cell"), {"cell": KEY, **typed(numerator="1", denominator="2")})
    words = me.get(news, headers={"X-Background": "true"}).content.decode()
    assert "Ama Mensah saved 1 of 2, just now" in words
    assert "data-cell" not in other.get(news).content.decode(), "one’s own saves are no news"
    seen = entry.fingerprint(Observation.objects.get())
    other.post(address(world, "entry-cell"), {"cell": KEY, **typed(seen=seen)})
    assert "Ama Mensah cleared this figure, just now" in me.get(news).content.decode()
    assert me.get(f"{address(world, 'entry-news')}?since=nonsense").status_code == 200


@pytest.mark.parametrize("since", ["nan", "inf", "-62135596800", "-62135596000", "253402300799"])
def test_entrynews_since_any_moment(world, keep, sign_in, since):
    keep()
    assert sign_in().get(address(world, "entry-news"), {"since": since}).status_code == 200


def test_entrynews_is_no_sign_of_life(world, sign_in):
    client = sign_in()
    client.get(address(world))
    session = client.session
    session["seen_at"] -= 600
    session.save()
    before = session["seen_at"]
    client.get(address(world, "entry-news"), headers={"X-Background": "true"})
    assert client.session["seen_at"] == before
    client.post(address(world, "entry-cell"), {"cell": KEY, **typed()})
    assert client.session["seen_at"] > before


def test_entry_of_a_sent_return_is_read_only_and_shows_what_was_typed(world, submitted, sign_in):
    client = sign_in()
    page = client.get(address(world)).content.decode()
    assert "waits for approval" in page
    assert "portal-cell" not in page
    page = client.post(address(world), typed(numerator="777", denominator="888"))
    assert page.status_code == 200
    assert "777 / 888" in page.content.decode()


def test_entrysend_sends_what_was_seen(world, keep, sign_in):
    keep(1, 2)
    client = sign_in()
    page = client.get(address(world, "entry-send"))
    keep(1, 3)
    data = {"seen": page.context["form"]["seen"].value()}
    assert "have changed" in client.post(address(world, "entry-send"), data).content.decode()
    data = {"seen": client.get(address(world, "entry-send")).context["form"]["seen"].value()}
    page = client.post(address(world, "entry-send"), data)
    assert page.status_code == 302
    assert Submission.objects.get(period=APRIL).state == State.SUBMITTED


@pytest.mark.parametrize(
    "period", [date(2016, 3, 1), date(2016, 4, 2), shift(NEWEST, "month", 1), date(1, 1, 1)]
)
def test_entry_of_a_period_nobody_is_asked_for_is_not_there(world, sign_in, period):
    assert sign_in().get(address(world, period=period)).status_code == 404


def test_entry_of_a_draft_of_an_analysts_file_is_for_analysts(world, send, sign_in):
    send(GOOD, by="analyst", for_all=True)
    assert "Ask the analysts" in sign_in().get(address(world)).content.decode()
    assert "portal-cell" in sign_in("analyst").get(address(world)).content.decode()


def test_entry_shown_to_somebody_signed_out_keeps_what_was_typed(world, client):
    client.cookies["csrftoken"] = "x" * 32
    page = client.post(address(world), typed(numerator="4711"))
    assert page.status_code == 403
    words = page.content.decode()
    assert "4711" in words
    assert entry.NOTHING not in words


def test_queries_do_not_grow_with_what_was_sent_before(
    world, sign_in, django_assert_max_num_queries
):
    client = sign_in()
    client.get(address(world))
    for step in range(1, 30):
        period = shift(APRIL, "month", -step)
        row = Submission.objects.create(
            collection=world.collection, organisation=world.rj1, period=period, due_on=period
        )
        Observation.objects.create(
            submission=row, measure=world.measure, organisation=world.rj1, period=period,
            numerator=1, denominator=10,
        )  # fmt: skip
    with django_assert_max_num_queries(22):
        client.get(address(world))


@settings(
    max_examples=60,
    deadline=timedelta(seconds=5),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    numerator=st.one_of(st.text(max_size=70), st.from_regex(r"[0-9,.]{1,12}", fullmatch=True)),
    denominator=st.one_of(st.text(max_size=70), st.from_regex(r"[0-9]{1,9}", fullmatch=True)),
    status=st.one_of(st.sampled_from(Observation.Status.values), st.text(max_size=5)),
    note=st.text(max_size=600),
)
def test_whatever_is_typed_is_saved_or_still_there(
    world, sign_in, numerator, denominator, status, note
):
    Observation.objects.all().delete()
    client = sign_in()
    data = typed(numerator=numerator, denominator=denominator, status=status, note=note)
    page = client.post(address(world), data, follow=True)
    assert page.status_code == 200
    stored = Observation.objects.first()
    if stored is None:
        form = page.context["groups"][0][1][0].form
        shown = [form[name].value() or "" for name in ("numerator", "denominator", "note")]
        blank = not (numerator + denominator + note).strip().replace("\0", "")
        assert blank or shown == [numerator, denominator, note]
    cell = client.post(address(world, "entry-cell"), {"cell": KEY, **data})
    assert cell.status_code == 200
    assert cell["X-Entry"] in ("saved", "problem")
