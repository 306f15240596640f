"""The pages on which approvers look at figures and decide."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outcomes.actions import entry, submissions
from outcomes.models import Category, Flag, Observation, Submission
from outcomes.models.submissions import State
from outcomes.selectors import differences
from tests import people
from tests.outcomes.world import GOOD, HEADER, publish

pytestmark = pytest.mark.django_db
TOGETHER = "/work/approvals/"
BOTH_YEARS = (
    f"{HEADER}\n2016-04-01,RJ1,1,1000,100,1\n2017-03-01,RJ1,1,1000,200,1\n"
    "2017-04-01,RJ1,1,1000,140,1\n"
)


@pytest.fixture
def client(client, world):
    people.sign_in(client, world.person("rj1.approver"))
    return client


@pytest.fixture
def address(world):
    return reverse("outcomes:approval", args=[world.collection.slug, world.rj1.slug])


@pytest.fixture
def sent(world, send):
    """Sends a file for approval; returns its returns, oldest first."""

    def sent(content, **options):
        rows = send(content).submissions.order_by("period")
        submissions.submit(
            submissions=rows, seen=submissions.fingerprint(rows),
            by=world.person("rj1.contributor"), **options,
        )  # fmt: skip
        return list(rows.all())

    return sent


@pytest.fixture
def published(world, submitted):
    seen = submissions.fingerprint(submitted)
    submissions.approve(submissions=submitted, seen=seen, by=world.person("rj1.approver"))
    publish(world, submitted)
    return submitted


def lines(response):
    return [line for line, _ in response.context["lines"]]


def seen(rows):
    return submissions.fingerprint(rows)


def test_approval_compares_with_the_last_period_and_the_year_before(client, address, sent):
    sent(BOTH_YEARS)
    *_, april = lines(client.get(address))
    assert april.result == "86.0%"
    assert april.version is None
    assert april.period.before == "80.0% (800 of 1,000)"
    assert april.period.words == "6.0 percentage points more (7.5%)"
    assert april.period.sign == "up"
    assert (april.year.words, april.year.sign) == ("4.0 percentage points less (4.4%)", "down")


def test_approval_of_a_correction_shows_what_it_changes_and_takes_away(
    world, client, address, published, sent
):
    sent(GOOD.replace("11554", "12554"), correction_reason="Late data")
    april, may = lines(client.get(address))
    assert april.version.before == "89.4% (10,335 of 11,554)"
    assert april.version.words == "0.8 percentage points more (0.9%)"
    assert (may.version.words, may.version.sign) == ("No change", "same")
    response = client.get(address, {"show": "changed"})
    assert [line.figure for line in lines(response)] == [april.figure]
    assert "Late data" in response.content.decode()
    april.figure.delete()
    response = client.get(address)
    assert [figure.as_text for figure in response.context["gone"]] == ["10,335 of 11,554"]
    assert "it was 10,335 of 11,554" in response.content.decode()


def test_submission_page_shows_versions_with_differences_and_reasons(
    world, client, published, sent
):
    april, _ = sent(GOOD.replace("11554", "12554"), correction_reason="Late data")
    html = client.get(april.get_absolute_url()).content.decode()
    for words in ("Reason: Late data", "was 89.4% (10,335 of 11,554)", "Version 1"):
        assert words in html
    old = client.get(published.order_by("period")[0].get_absolute_url()).content.decode()
    assert "newer version of this return" in old
    assert "What this version changes" not in old


def test_approval_shows_what_was_typed_over_after_it_was_sent_back(world, client, address, sent):
    rows, by = sent(GOOD), world.person("rj1.contributor")
    submissions.send_back(
        submissions=rows, seen=seen(rows), reason="May?", by=world.person("rj1.approver")
    )
    may = rows[1].observations.get()
    for numerator in (13000, 13200):
        stored = Observation.objects.get(pk=may.pk)
        entry.save_cell(
            submission=rows[1], measure=world.measure, place=None, category=None,
            numerator=Decimal(numerator), denominator=Decimal(13263), status="value", note="",
            seen=entry.fingerprint(stored), by=by,
        )  # fmt: skip
    rows = list(world.submissions())
    submissions.submit(submissions=rows, seen=seen(rows), by=by)
    (line,) = lines(client.get(address, {"show": "changed"}))
    assert line.figure == may
    assert line.version.before == "86.3% (11,448 of 13,263)"
    assert line.version.sign == "up"
    assert line.figure.typed_by == by


@pytest.mark.parametrize(
    ("now", "before", "words", "sign"),
    [
        ((5, 10, "value"), (5, 10, "value"), "No change", "same"),
        ((5, 10, "value"), (10, 20, "value"), "Same result, other numbers", "same"),
        ((0, 10, "zero"), (5, 10, "value"), "50.0 percentage points less (100.0%)", "down"),
        ((5, 10, "value"), (0, 10, "zero"), "50.0 percentage points more", "up"),
        (
            (50001, 10**5, "value"),
            (5, 10, "value"),
            "0.001 percentage points more (less than 0.1%)",
            "up",
        ),
        ((5, 10, "value"), (None, None, "late"), "There was no number before", ""),
        ((None, None, "late"), (5, 10, "value"), "The number has gone", ""),
        ((None, None, "late"), (None, None, "late"), "No change", ""),
        ((None, None, "late"), (None, None, "suppressed"), "Was without a number, too", ""),
        ((0, 0, "zero"), (5, 10, "value"), "The number has gone", ""),
    ],
)
def test_differences_in_words(world, now, before, words, sign):
    figures = [
        Observation(measure=world.measure, numerator=n, denominator=d, status=status)
        for n, d, status in (
            (n if n is None else Decimal(n), d if d is None else Decimal(d), status)
            for n, d, status in (now, before)
        )
    ]
    change = differences.compare(*figures)
    assert (change.words, change.sign) == (words, sign)


def test_approval_marks_figures_over_several_pages_and_keeps_every_word(
    world, client, address, sent, monkeypatch
):
    monkeypatch.setattr("outcomes.views.approvals.PAGE", 1)
    rows = sent(GOOD)
    Observation.objects.update(id=F("id") + 1_000_000)  # as many as people write with commas
    april, may = (row.observations.get() for row in rows)
    given = {"seen": client.get(address).context["form"]["seen"].value(), "show": "all"}
    given |= {"page": "1", "mark": str(april.pk), f"why-{april.pk}": "Sure?", "reason": "Look"}
    response = client.post(address, given | {"go": "2", "decision": "return"})
    html = response.content.decode()
    assert [line.figure for line in lines(response)] == [may]
    assert f'name="why-{april.pk}" value="Sure?"' in html
    assert "Look</textarea>" in html
    assert not response.context["form"].errors
    given |= {"page": "2", f"why-{may.pk}": "And this?", "decide": "1", "decision": "approve"}
    response = client.post(address, given)
    assert "You marked 2 figures." in response.content.decode()
    response = client.post(address, given | {"decision": "return", "reason": ""})
    assert response.status_code == 302
    assert {flag.message for flag in Flag.objects.all()} == {"Sure?", "And this?"}
    assert {s.state for s in world.submissions()} == {State.RETURNED}


def test_approval_takes_no_endless_reason_and_keeps_it_to_be_shortened(client, address, sent):
    waiting = sent(GOOD)
    given = {"seen": seen(waiting), "decision": "return", "reason": "x" * 2001}
    html = client.post(address, given).content.decode()
    assert "Use at most 2,000 characters for the reason." in html
    assert "x" * 2001 in html


def test_approval_that_comes_too_late_keeps_reason_and_marks(world, client, address, sent):
    april, may = sent(GOOD)
    figure = may.observations.get()
    given = {"seen": seen([april, may]), "decision": "return", "reason": "Too high"}
    given |= {"mark": [figure.pk, 999999], f"why-{figure.pk}": "Sure?"}
    Submission.objects.filter(pk=may.pk).update(entered_at=timezone.now())
    response = client.post(address, given)
    html = response.content.decode()
    assert "The figures have changed since you opened this page." in html
    assert "Too high</textarea>" in html
    assert "Sure?</textarea>" in html
    assert response.context["marks"] == {figure.pk: "Sure?"}
    assert response.context["form"]["seen"].value() == seen(world.submissions())


def test_approval_asks_nothing_of_whoever_entered_the_figures(world, client, address, sent):
    april, _ = sent(GOOD)
    april.makers.add(world.person("rj1.approver"))
    html = client.get(address).content.decode()
    assert "Somebody else has to approve these" in html
    assert 'name="decision"' not in html


def test_approvallist_approves_what_was_ticked(world, client, sent):
    sent(GOOD)
    response = client.get(TOGETHER, {"all": "1"})
    assert response.content.decode().count("checked") == 2
    values = response.context["clear"]
    response = client.post(TOGETHER, {"ticked": values[:1]}, follow=True)
    assert "Approved: 1 return." in response.content.decode()
    assert [s.state for s in world.submissions()] == [State.APPROVED, State.SUBMITTED]
    response = client.post(TOGETHER, {"ticked": values})
    assert "Some of these returns have changed" in response.content.decode()
    assert "Tick at least one return" in client.post(TOGETHER).content.decode()
    assert [s.state for s in world.submissions()] == [State.APPROVED, State.SUBMITTED]


def test_approvallist_has_flagged_returns_opened(world, client, sent):
    _, may = sent(GOOD)
    flag = {"kind": Flag.Kind.CHANGED, "message": "Up by half", "answer": "It was cold"}
    answered = {"answered_at": timezone.now(), "answered_by": world.person("rj1.contributor")}
    Flag.objects.create(submission=may, **flag, **answered)
    response = client.get(TOGETHER)
    assert len(response.context["clear"]) == 1
    assert "1 thing to look at" in response.content.decode()
    value = f"{may.uuid}:{seen([may])}"
    client.post(TOGETHER, {"ticked": [value]})  # the box is not there, and would not help
    assert {s.state for s in world.submissions()} == {State.SUBMITTED}


def test_approval_of_5000_figures_costs_as_many_queries_as_of_two(world, client, address, sent):
    rows = sent(BOTH_YEARS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    groups = Category.objects.bulk_create(
        Category(scheme="age", slug=f"g{n}", name=f"Group {n}") for n in range(2500)
    )
    Observation.objects.bulk_create(
        Observation(
            submission=row, measure=world.measure, organisation=world.rj1, category=group,
            period=row.period, numerator=n, denominator=5000, proportion=True, source_row=n + 2,
        )
        for row in rows[1:]
        for n, group in enumerate(groups)
    )  # fmt: skip
    Flag.objects.create(
        submission=rows[2], kind="unusual", measure=world.measure, category=groups[7], message="?"
    )
    with CaptureQueriesContext(connection) as many:
        response = client.get(address, {"page": "70"})
    assert response.context["look"].count == 5003
    assert len(response.context["lines"]) == 50
    assert all(line.period for line in lines(response))
    assert len(many) <= len(few) + 2
    assert len(many) < 45
    flagged = lines(client.get(address, {"show": "flagged"}))
    assert [line.figure.category for line in flagged] == [groups[7]]
    assert [flag.message for flag in flagged[0].flags] == ["?"]
