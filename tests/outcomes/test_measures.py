"""Definitions of measures: written by one, agreed by another, kept for good."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from jobs.models import Job
from outcomes import example_chart
from outcomes.actions import collections, measures, targets
from outcomes.actions.conflict import Conflict
from outcomes.forms.measures import MeasureForm
from outcomes.models import Measure, MeasureVersion, Rebase
from outcomes.models.definitions import DEFINED
from outcomes.selectors import collections as asked
from outcomes.selectors import measures as read
from outcomes.series import Definition, signal_words
from outcomes.statistics.signals import Rules, SpecialCause
from tests import people
from tests.outcomes.world import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world):
    return world.person("analyst")


@pytest.fixture
def colleague(world):
    return world.person("second.analyst")


def definition(world, **changes):
    return {name: getattr(world.measure, name) for name in DEFINED} | changes


def reviewed(world, by, **changes) -> MeasureVersion:
    fields = definition(world, **changes)
    version = measures.write(measure=world.measure, reason="Clearer words", by=by, **fields)
    return measures.propose(version=version, by=by)


def agree(version, by) -> Measure:
    return measures.agree(version=version, seen=measures.fingerprint(version), by=by)


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- Versions -----------------------------------------------------------------------------------


def test_new_measure_is_seen_by_nobody_before_a_second_person_agreed(world, analyst, colleague):
    measure = measures.create(
        partnership=world.partnership, reason="We need it", by=analyst,
        **definition(world, name="Falls at home"),
    )  # fmt: skip
    assert (measure.slug, measure.version, measure.is_in_use) == ("falls-at-home", 0, False)
    assert read.not_agreed([measure, world.measure]) == [measure]
    assert measure not in asked.measures_to_ask()
    with pytest.raises(Conflict, match="before it is asked for: “Falls at home”"):
        collections.create(
            partnership=world.partnership, measures=[measure], organisations=[], by=analyst,
            name="Falls",
        )  # fmt: skip
    version = measures.propose(version=measure.versions.get(), by=analyst)
    with pytest.raises(Conflict, match="somebody else has to decide"):
        agree(version, analyst)
    agreed = agree(version, colleague)
    assert (agreed.version, agreed.is_in_use) == (1, True)
    assert measure in asked.measures_to_ask()


def test_new_version_leaves_what_is_in_force_until_it_is_agreed(world, analyst, colleague):
    version = reviewed(world, analyst, name="A&E within 4 hours", signal_length=6)
    world.measure.refresh_from_db()
    assert (world.measure.name, world.measure.version) == ("A&E: seen within 4 hours", 1)
    agree(version, colleague)
    world.measure.refresh_from_db()
    assert (world.measure.name, world.measure.version) == ("A&E within 4 hours", 2)
    assert world.measure.signal_length == 6
    jobs = Job.objects.filter(kind="outcomes.build_series", key__contains="version:2")
    assert {job.payload["edition"] for job in jobs} == {"public", "board"}


def test_agreement_holds_for_the_words_that_were_seen(world, analyst, colleague):
    version = reviewed(world, analyst)
    seen = measures.fingerprint(version)
    measures.write(
        measure=world.measure, reason="Other words", by=analyst, **definition(world, unit="people")
    )
    with pytest.raises(Conflict, match="changed meanwhile"):
        measures.agree(version=version, seen=seen, by=colleague)
    version.refresh_from_db()
    measures.propose(version=version, by=analyst)
    with pytest.raises(Conflict, match="changed meanwhile"):
        measures.agree(version=version, seen=seen, by=colleague)


def test_everybody_who_wrote_a_part_is_a_maker(world, analyst, colleague):
    measures.write(measure=world.measure, reason="A", by=colleague, **definition(world))
    version = reviewed(world, analyst)
    with pytest.raises(Conflict, match="You wrote a part"):
        agree(version, colleague)


def test_sent_back_with_a_reason_and_sent_again(world, analyst, colleague):
    version = reviewed(world, analyst)
    seen = measures.fingerprint(version)
    with pytest.raises(Conflict, match="Say what should be changed"):
        measures.send_back(version=version, seen=seen, answer="  ", by=colleague)
    back = measures.send_back(version=version, seen=seen, answer="Who counts?", by=colleague)
    assert (back.state, back.answer, back.proposed_by) == ("draft", "Who counts?", None)
    again = measures.propose(version=back, by=analyst)
    assert (again.state, again.answer) == ("in_review", "")
    with pytest.raises(Conflict, match="changed meanwhile"):
        measures.propose(version=again, by=analyst)


def test_agreed_versions_never_change_in_the_database(world, analyst, colleague):
    agree(reviewed(world, analyst), colleague)
    agreed = MeasureVersion.objects.get(state="agreed")
    for change in (agreed.delete, lambda: MeasureVersion.objects.update(name="Other")):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()


def test_what_figures_were_given_for_keeps_its_meaning(world, approved, analyst):
    with pytest.raises(Conflict, match="how often it is counted stays"):
        reviewed(world, analyst, frequency="quarter")
    with pytest.raises(TypeError, match="no fields"):
        measures.write(
            measure=world.measure, reason="x", by=analyst, **definition(world, version=9)
        )


def test_draft_that_is_given_up_takes_a_measure_that_never_was_with_it(world, analyst):
    measure = measures.create(
        partnership=world.partnership, reason="New", by=analyst, **definition(world, name="New")
    )
    assert measure.slug == "new-2"  # /new/ is a page
    measures.drop(version=measure.versions.get(), by=analyst)
    assert not Measure.objects.filter(pk=measure.pk).exists()
    draft = measures.write(measure=world.measure, reason="x", by=analyst, **definition(world))
    measures.drop(version=draft, by=analyst)
    assert Measure.objects.filter(pk=world.measure.pk).exists()


# --- Retired, reviewed, started afresh ------------------------------------------------------------


def test_retired_measure_keeps_its_pages_and_comes_back_with_a_version(
    client, world, analyst, colleague
):
    with pytest.raises(Conflict, match="“A&E waiting times”"):
        measures.retire(measure=world.measure, reason="Old", by=analyst)
    world.collection.measures.clear()
    measure = measures.retire(measure=world.measure, reason="We count days now.", by=analyst)
    assert read.not_agreed([measure]) == [measure]
    page = text(client.get(measure.get_absolute_url()))
    assert "We no longer use this measure. We count days now." in page
    assert measure.name not in text(client.get(reverse("outcomes:measure-list")))
    assert "Retired" in text(client.get(reverse("outcomes:dictionary")))
    with pytest.raises(Conflict, match="not in use"):
        measures.review(measure=measure, next_review_on=date(2031, 4, 1), note="x", by=analyst)
    assert agree(reviewed(world, analyst), colleague).is_in_use


def test_review_moves_the_day_and_is_due_in_my_work(world, analyst, colleague):
    measure = world.measure
    Measure.objects.update(next_review_on=date(2026, 1, 1))
    assert read.waiting(analyst).reviews == [measure]
    with pytest.raises(Conflict, match="still to come"):
        measures.review(measure=measure, next_review_on=date(2026, 1, 1), note="x", by=analyst)
    measures.review(measure=measure, next_review_on=date(2031, 4, 1), note="All", by=analyst)
    assert not read.waiting(analyst)
    reviewed(world, analyst)
    assert (len(read.waiting(analyst).versions), len(read.waiting(colleague).versions)) == (0, 1)


def test_new_start_counts_once_a_second_person_agreed(world, analyst, colleague):
    measure = world.measure
    rebase = measures.propose_rebase(
        measure=measure, period=date(2016, 5, 17), reason="A new unit", by=analyst
    )
    assert rebase.period == date(2016, 5, 1)
    assert Definition.of(measure).rebases == ()
    with pytest.raises(Conflict, match="already"):
        measures.propose_rebase(
            measure=measure, period=date(2016, 5, 2), reason="Again", by=colleague
        )
    with pytest.raises(Conflict, match="somebody else has to agree"):
        measures.agree_rebase(rebase=rebase, by=analyst)
    measures.agree_rebase(rebase=rebase, by=colleague)
    assert Definition.of(Measure.objects.get()).rebases == (date(2016, 5, 1),)
    assert Job.objects.filter(key__contains="rebase:2016-05-01").count() == 2
    with pytest.raises(Conflict, match="meanwhile"):
        measures.drop_rebase(rebase=rebase, by=analyst)
    other = measures.propose_rebase(
        measure=measure, period=date(2017, 5, 2), reason="Mistake", by=analyst
    )
    measures.drop_rebase(rebase=other, by=analyst)
    assert Rebase.objects.count() == 1


def test_target_counts_once_a_second_person_agreed_and_ends_those_before(world, analyst, colleague):
    goal = {"value": Decimal("97.5"), "to_date": None, "source": "The board"}
    later = date(2026, 9, 1)
    target = targets.propose(measure=world.measure, from_date=later, by=analyst, **goal)
    assert Measure.objects.get().target_on(later) == 95
    assert read.waiting(colleague).targets == [target]
    with pytest.raises(Conflict, match="waits for a second person already"):
        targets.propose(measure=world.measure, from_date=later, by=colleague, **goal)
    with pytest.raises(Conflict, match="somebody else has to agree"):
        targets.agree(target=target, by=analyst)
    targets.agree(target=target, by=colleague)
    measure = Measure.objects.get()
    assert measure.target_on(later) == Decimal("97.5")
    assert measure.target_on(date(2026, 8, 31)) == 95
    assert Job.objects.filter(key__contains=f"target:{target.pk}").count() == 2
    with pytest.raises(Conflict, match="meanwhile"):
        targets.drop(target=target, by=analyst)
    corrected = targets.propose(
        measure=world.measure, from_date=later, by=colleague, **goal | {"to_date": later}
    )
    targets.agree(target=corrected, by=analyst)
    assert Measure.objects.get().target_on(date(2026, 9, 2)) is None
    assert world.measure.targets.filter(from_date=later).get() == corrected


def test_settings_of_the_measure_are_those_of_its_series(world):
    measure = world.measure
    measure.signal_length, measure.two_of_three_counts_outside = 6, True
    measure.screen_outliers = False
    built = Definition.of(measure)
    assert built.rules == Rules(6, 6, two_of_three_counts_outside=True)
    assert built.screen_outliers is False
    assert signal_words(SpecialCause.RUN_ABOVE, built.rules) == "six in a row above average"
    assert signal_words(SpecialCause.TREND_UP, Rules()) == "rising seven times in a row"


# --- Pages --------------------------------------------------------------------------------------


def typed(measure, **changes) -> dict:
    shown = MeasureForm.initial_of(measure) | {"reason": "Clearer words"}
    day = shown.pop("next_review_on") or date(2031, 4, 1)
    days = {"day": day.day, "month": day.month, "year": day.year}
    shown |= {f"next_review_on_{part}": number for part, number in days.items()}
    return {name: "" if value is None else value for name, value in shown.items()} | changes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter name"),
        ({"kind": "count"}, "A count and money have no denominator. Clear it."),
        ({"denominator_label": ""}, "Say out of what it is counted."),
        ({"disclosure_reason": ""}, "Say why exact numbers about people may be shown."),
        ({"sensitive": "True"}, "Numbers that could harm somebody cannot be exact."),
        ({"decimals": "9"}, "less than or equal to 4"),
        ({"reason": ""}, "Answer the question: What is new in this version, and why?"),
    ],
)
def test_definitionchange_says_what_is_wrong_and_keeps_what_was_typed(
    client, world, analyst, changes, words
):
    people.sign_in(client, analyst)
    path = reverse("outcomes:definition-change", args=[world.measure.slug])
    page = client.post(path, typed(world.measure, caveats="Only type 1.") | changes)
    assert words in text(page)
    assert "Only type 1." in text(page)
    assert not MeasureVersion.objects.exists()


def test_story_of_a_definition_on_screen(client, world, analyst, colleague):
    people.sign_in(client, analyst)
    page = client.post(
        reverse("outcomes:definition-create"),
        typed(world.measure, name="Falls at home", denominator_label="people aged 65 or over"),
        follow=True,
    )
    assert "Version 1: draft" in text(page)
    slug = "falls-at-home"
    page = client.post(reverse("outcomes:definition-propose", args=[slug]), follow=True)
    assert "You wrote a part of it, so somebody else has to agree it." in text(page)
    assert client.get(f"/measures/{slug}/").status_code == 404
    people.sign_in(client, colleague)
    assert "Falls at home, version 1</a> waits for a second person" in text(client.get("/work/"))
    page = client.get(reverse("outcomes:definition-detail", args=[slug]))
    page = client.post(
        reverse("outcomes:definition-agree", args=[slug]),
        {"seen": page.context["seen"]},
        follow=True,
    )
    assert "Agreed, and in force from now on." in text(page)
    assert client.get(f"/measures/{slug}/").status_code == 200


def test_old_version_stays_readable(client, world, analyst, colleague):
    agree(reviewed(world, analyst, name="First name"), colleague)
    world.measure.refresh_from_db()
    agree(reviewed(world, analyst, name="Second name"), colleague)
    path = reverse("outcomes:definition-version", args=[world.measure.slug, 2])
    page = text(client.get(path))
    assert "First name" in page
    assert "The definition in force is version 3" in page
    assert client.get(path.replace("/2/", "/9/")).status_code == 404
    now = reverse("outcomes:definition", args=[world.measure.slug])
    assert "Second name" in text(client.get(now))


def test_figure_says_under_which_version_it_was_published(
    client, world, approved, run_jobs, analyst, colleague
):
    MeasureVersion.objects.create(
        measure=world.measure, number=1, state="agreed", agreed_at=timezone.now(),
        reason="The first one", **definition(world),
    )  # fmt: skip
    publish(world, approved)
    run_jobs()
    agree(reviewed(world, analyst, name="Second name"), colleague)
    run_jobs()
    made = text(client.get(reverse("outcomes:made", args=[world.measure.slug, "2016-05-01"])))
    assert '/definition/1/">Version 1</a>' in made
    assert "Version 2" in text(client.get(world.measure.get_absolute_url()))


def test_dictionary_as_files_is_safe_to_open(client, world):
    Measure.objects.update(description='=HYPERLINK("http://example.org")', caveats="-1 is odd")
    address = "outcomes:dictionary-file"
    lines = b"".join(client.get(reverse(address, args=["csv"])).streaming_content).decode()
    header, row = csv.reader(io.StringIO(lines.lstrip("\ufeff")))
    told = dict(zip(header, row, strict=True))
    assert told["What it tells you"].startswith("'=HYPERLINK")
    assert told["Take care"] == "'-1 is odd"
    assert (told["Code"], told["Status"], told["Version"]) == (world.measure.slug, "Agreed", "1")
    assert told["Out of (denominator)"] == "Attendances"
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse(address, args=["xlsx"])).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert client.get(reverse(address, args=["pdf"])).status_code == 404


def test_dictionary_of_nothing_is_a_page(client, world):
    Measure.objects.update(version=0)
    assert "No measure is agreed yet" in text(client.get(reverse("outcomes:dictionary")))
    assert client.get(reverse("outcomes:dictionary-file", args=["csv"])).status_code == 200


def test_methods_show_the_example_as_it_is_drawn(client, db):
    for name, svg in example_chart.drawn().items():
        kept = (example_chart.FOLDER / name).read_text(encoding="utf-8")
        # The numbers of its clippings count on with every drawing of a process.
        assert re.sub(r"clip\d+", "clip", kept) == re.sub(r"clip\d+", "clip", svg), (
            "Draw it again: python -m outcomes.example_chart"
        )
    said = example_chart.words()
    assert f"from {said['lower']}% to {said['upper']}%" in text(client.get("/measures/methods/"))


def test_agreement_is_in_the_history(client, world, analyst, colleague):
    agree(reviewed(world, analyst), colleague)
    people.sign_in(client, analyst)
    answer = client.get(reverse("outcomes:measure-history", args=[world.measure.slug]))
    kinds = {line.kind for line in answer.context["history"].lines}
    assert {"Measure", "Definition of a measure"} <= kinds
    assert timezone.now().year in {line.when.year for line in answer.context["history"].lines}


def test_page_of_a_definition_offers_agreeing_only_to_those_who_may(
    world, analyst, colleague, sign_in, take_away
):
    reviewed(world, analyst)
    page = f"/work/measures/{world.measure.slug}/"
    assert "Agree this version" in text(sign_in("second.analyst").get(page))
    take_away("analyst", Permission.MEASURE_AGREE)
    assert "Agree this version" not in text(sign_in("second.analyst").get(page))
