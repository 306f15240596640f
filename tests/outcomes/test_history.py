"""What happened to a return, a release or a measure, for those who may see it."""

from datetime import date

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes.actions import submissions
from outcomes.models import Observation, Rebase, Submission, Target, Upload
from tests.outcomes.world import GOOD, publish
from tests.people import sign_in

pytestmark = pytest.mark.django_db
REASON = "Breaches of May were counted twice"


def as_person(client, world, name):
    sign_in(client, world.person(name))
    return client


def history_of(client, submission):
    return client.get(reverse("outcomes:submission-history", args=[submission.uuid]))


@pytest.fixture
def corrected(world, approved, send, run_jobs):
    """A return that was published and then corrected, with a reason."""
    publish(world, approved)
    run_jobs()
    upload = send(GOOD.replace("1815", "1800"))
    drafts = upload.submissions.all()
    person = world.person("rj1.contributor")
    with pghistory.context(user=person.pk, name=str(person), path="/work/"):
        submissions.submit(
            submissions=drafts,
            seen=submissions.fingerprint(drafts),
            by=person,
            correction_reason=REASON,
        )
    return drafts.get(period=date(2016, 5, 1))


def test_submissionhistory_tells_of_all_versions_together(client, world, corrected):
    answer = history_of(as_person(client, world, "rj1.contributor"), corrected)
    told = [
        (change.before, change.after)
        for line in answer.context["history"].lines
        for change in line.changes
        if change.field == "State" and line.verb == "Changed"
    ]
    assert told == [
        ("Draft", "Waiting for approval"),
        ("Approved", "Published"),
        ("Waiting for approval", "Approved"),
        ("Draft", "Waiting for approval"),
    ]
    text = answer.content.decode()
    assert f"Reason: {REASON}" in text
    assert "May 2016" in text and "April 2016" not in text  # another return


def test_submissionhistory_says_why_it_was_sent_back(client, world, submitted):
    approver = world.person("rj1.approver")
    submissions.send_back(
        submissions=submitted, seen=submissions.fingerprint(submitted), reason=REASON, by=approver
    )
    answer = history_of(as_person(client, world, "rj1.contributor"), submitted.first())
    assert answer.context["history"].lines[0].reason == REASON


def test_submissionhistory_tells_of_figures_changed_in_place(client, world, send):
    draft = send().submissions.get(period=date(2016, 5, 1))
    Observation.objects.filter(submission=draft).update(numerator=7)
    answer = history_of(as_person(client, world, "rj1.contributor"), draft)
    [line] = [line for line in answer.context["history"].lines if line.kind == "Figure"]
    told = [(change.field, change.before, change.after) for change in line.changes]
    assert (line.verb, told) == ("Changed", [("Numerator", "11448", "7")])


@pytest.mark.parametrize("name", ["rjz.contributor", "rjz.approver", "board", "editor"])
def test_submissionhistory_is_not_found_by_others(client, world, submitted, name):
    assert history_of(as_person(client, world, name), submitted.first()).status_code == 404


def test_submissionhistory_names_no_page_address_and_no_file_for_all_partners(client, world, send):
    upload = send(GOOD, by="analyst", for_all=True)
    Upload.objects.filter(pk=upload.pk).update(original_name="every-trust.csv")
    draft = upload.submissions.first()
    with pghistory.context(path="/work/secret-place/", name="analyst", address="192.0.2.77"):
        Submission.objects.filter(pk=draft.pk).update(due_on=date(2016, 7, 1))
    text = history_of(as_person(client, world, "rj1.contributor"), draft).content.decode()
    assert "1 July 2016" in text
    for hidden in ("every-trust.csv", "secret-place", "192.0.2.77"):
        assert hidden not in text


def test_releasehistory_is_for_those_who_publish(client, world, approved):
    release = publish(world, approved, title="A&E to May 2016")
    path = reverse("outcomes:release-history", args=[release.uuid])
    text = as_person(client, world, "analyst").get(path).content.decode()
    assert "A&amp;E to May 2016" in text and "Added: Release" in text
    assert as_person(client, world, "board").get(path).status_code == 403


def test_measurehistory_tells_of_definition_targets_and_new_starts(client, world):
    measure = world.measure
    measure.caveats = "Counts people, not visits."
    measure.save()
    Target.objects.filter(measure=measure).delete()
    Rebase.objects.create(
        measure=measure, period=date(2016, 5, 1), reason="A new unit opened",
        agreed_at=timezone.now(), agreed_by=world.person("analyst"),
    )  # fmt: skip
    path = reverse("outcomes:measure-history", args=[measure.slug])
    answer = as_person(client, world, "board").get(path)
    told = {(line.verb, line.kind) for line in answer.context["history"].lines}
    assert told == {
        ("Added", "Measure"),
        ("Changed", "Measure"),
        ("Added", "Target"),
        ("Removed", "Target"),
        ("Added", "New start of the expected range"),
    }
    assert measure.get_board_url() in answer.content.decode()
    assert as_person(client, world, "rj1.approver").get(path).status_code == 403


def test_history_cut_of_another_page_shows_less(client, world, submitted):
    first = history_of(as_person(client, world, "rj1.contributor"), submitted.first())
    lines = first.context["history"].lines
    path = reverse("outcomes:submission-history", args=[submitted.first().uuid])
    answer = client.get(path, {"before": "1999-01-01T00:00:00+00:00~outcomes.submission~1"})
    assert lines and answer.context["history"].lines == []
    assert "Nothing is recorded here" in answer.content.decode()
