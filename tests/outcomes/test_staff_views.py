"""The pages on which figures are sent, checked, approved and published, as a browser meets them."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outcomes.actions import submissions
from outcomes.models import Collection, Observation, Submission, Upload
from outcomes.models.submissions import State
from outcomes.periods import shift
from tests.outcomes.world import GOOD, HEADER

pytestmark = pytest.mark.django_db

WORK = "/work/"
REASON = "Say what needs to change, so that it can be put right."


@pytest.fixture
def addresses(world):
    collection, trust = world.collection, world.rj1

    class Addresses:
        upload = collection.get_upload_url()
        approval = reverse("outcomes:approval", args=[collection.slug, trust.slug])

    return Addresses


def file(content=GOOD, name="figures.csv"):
    return SimpleUploadedFile(name, content.encode())


def submit_url(upload):
    return reverse("outcomes:upload-submit", args=[upload.uuid])


def file_url(upload):
    return reverse("outcomes:upload-file", args=[upload.uuid])


def seen(rows):
    return submissions.fingerprint(rows)


def words(response) -> str:
    """What a reader sees: without tags, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def title(response) -> str:
    return " ".join(re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1].split())


def states(world):
    return set(world.submissions().values_list("state", flat=True))


# --- Another organisation, another role ---------------------------------------------------------


@pytest.mark.parametrize("who", ["rjz.contributor", "rjz.approver"])
def test_another_organisation_finds_nothing_and_changes_nothing(
    world, send, sign_in, addresses, who
):
    upload = send()
    client, draft = sign_in(who), upload.submissions.first()
    drafts = list(upload.submissions.all())
    for path in (upload.get_absolute_url(), file_url(upload), draft.get_absolute_url()):
        assert client.get(path).status_code == 404
    assert client.post(submit_url(upload), {"seen": seen(drafts)}).status_code == 404
    assert client.get(addresses.approval).status_code == 404
    assert states(world) == {State.DRAFT}
    assert "figures.csv" not in words(client.get(WORK))


def test_list_of_returns_shows_those_of_the_own_organisation_only(world, send, sign_in):
    draft = send().submissions.first()
    first = world.collection.accepts_from
    other = Collection.objects.create(
        partnership=world.partnership, slug="beds", name="Beds", accepts_from=first, asks_from=first
    )
    other.organisations.add(world.rj1)
    for who, sees in [("rj1.contributor", True), ("analyst", True), ("rjz.contributor", False)]:
        page = sign_in(who).get("/work/submissions/").content.decode()
        assert (draft.get_absolute_url() in page) is sees
        assert ("?collection=beds" in page) is sees
    page = sign_in("rjz.contributor").get("/work/submissions/?collection=beds")
    assert "Beds" not in page.content.decode()


def test_another_organisation_approves_nothing(world, submitted, sign_in, addresses):
    given = {"seen": seen(submitted), "decision": "approve"}
    assert sign_in("rjz.approver").post(addresses.approval, given).status_code == 404
    given = {"seen": seen(submitted), "decision": "return", "reason": "Because"}
    assert sign_in("rjz.approver").post(addresses.approval, given).status_code == 404
    assert states(world) == {State.SUBMITTED}


def test_organisation_named_in_the_form_changes_nothing(world, sign_in, addresses, run_jobs):
    """A contributor sends for their own organisation, whatever a tampered form says."""
    given = {"file": file(), "organisation": world.rj1.pk}
    sign_in("rjz.contributor").post(addresses.upload, given)
    run_jobs()
    upload = Upload.objects.get()
    assert (upload.organisation, upload.state) == (world.rjz, "refused")
    assert not Observation.objects.exists()


def test_uploadcreate_is_refused_to_an_approver(sign_in, addresses):
    client = sign_in("rj1.approver")
    assert client.get(addresses.upload).status_code == 403
    assert client.post(addresses.upload, {"file": file()}).status_code == 403
    assert not Upload.objects.exists()


def test_uploadsubmit_is_refused_to_an_approver(world, send, sign_in):
    upload = send()
    given = {"seen": seen(upload.submissions.all())}
    assert sign_in("rj1.approver").post(submit_url(upload), given).status_code == 403
    assert "Send for approval" not in words(sign_in("rj1.approver").get(upload.get_absolute_url()))
    assert states(world) == {State.DRAFT}


@pytest.mark.parametrize("who", ["rj1.contributor", "analyst"])
def test_approval_is_refused_to_whoever_may_not_approve(world, submitted, sign_in, addresses, who):
    client = sign_in(who)
    assert client.get(addresses.approval).status_code == 403
    given = {"seen": seen(submitted), "decision": "approve"}
    assert client.post(addresses.approval, given).status_code == 403
    assert states(world) == {State.SUBMITTED}


def test_roles_at_two_organisations_do_not_add_up(world, send, sign_in, addresses):
    """Contributor here and approver there: neither may approve here nor send there."""
    give = world.person("rj1.contributor").staff_memberships.create
    give(role="approver", organisation=world.rjz)
    theirs = send(GOOD.replace("RJ1", "RJZ"), by="rjz.contributor")
    client = sign_in("rj1.contributor")
    given = {"seen": "", "decision": "approve"}
    assert client.post(addresses.approval, given).status_code == 403
    assert client.get(theirs.get_absolute_url()).status_code == 200
    given = {"seen": seen(theirs.submissions.all())}
    assert client.post(submit_url(theirs), given).status_code == 403
    assert set(theirs.submissions.values_list("state", flat=True)) == {State.DRAFT}


def test_returns_of_a_file_for_all_partners_lead_to_no_closed_door(world, send, sign_in):
    """A contributor sees the return; the file with everybody's rows stays the analyst's."""
    upload = send(GOOD + "2016-04-01,RJZ,1,100,1,1\n", by="analyst", for_all=True)
    client, draft = sign_in("rj1.contributor"), world.submissions().first()
    for page in (WORK, draft.get_absolute_url()):
        response = client.get(page)
        assert response.status_code == 200
        assert str(upload.uuid) not in response.content.decode()
    assert draft.get_absolute_url() in client.get(WORK).content.decode()
    analyst = sign_in("analyst").get(draft.get_absolute_url())
    assert upload.get_absolute_url() in analyst.content.decode()


# --- Sending a file -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (lambda: None, "Choose a file to send."),
        (
            lambda: file("%PDF-1.7", "figures.pdf"),
            "The file must be a CSV or text file, or a spreadsheet",
        ),
        (
            lambda: file(GOOD, "figures.csv.exe"),
            "The file must be a CSV or text file, or a spreadsheet",
        ),
        (lambda: file(""), "The file is empty."),
        (lambda: file("x" * (1024 * 1024 + 1)), "The file must be smaller than 1 MB."),
    ],
    ids=["none", "pdf", "exe", "empty", "large"],
)
def test_uploadcreate_explains_a_file_it_cannot_take(sign_in, addresses, settings, sent, message):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    chosen = sent()
    response = sign_in("rj1.contributor").post(addresses.upload, {"file": chosen} if chosen else {})
    html = response.content.decode()
    assert response.status_code == 200
    assert title(response).startswith("Error: Send figures")
    assert words(response).count(message) == 2  # in the summary and at the field
    assert re.search(rf'<a href="#id_file">\s*{re.escape(message)}', html)
    assert 'id="id_file"' in html
    assert not Upload.objects.exists()


def test_same_file_twice_is_one_upload_and_says_so(sign_in, addresses, run_jobs):
    client = sign_in("rj1.contributor")
    first = client.post(addresses.upload, {"file": file()}, follow=True)
    run_jobs()
    second = client.post(addresses.upload, {"file": file()}, follow=True)
    assert first.redirect_chain == second.redirect_chain
    assert "You have sent this file before." in words(second)
    assert "You have sent this file before." not in words(first)
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<img src=x>.csv", "<img src=x>.csv"),
        ("../../x.csv", "x.csv"),
        ('a".csv', 'a".csv'),
        ("a\u202egnp.csv", "agnp.csv"),
        ("x" * 190 + "é.csv", "x" * 190 + "é.csv"),
    ],
)
def test_hostile_name_of_a_file_is_harmless(sign_in, addresses, run_jobs, name, kept):
    client = sign_in("rj1.contributor")
    client.post(addresses.upload, {"file": file(name=name)})
    run_jobs()
    upload = Upload.objects.get()
    assert upload.original_name == kept
    assert upload.file.name == f"uploads/{upload.uuid}"
    for page in (upload.get_absolute_url(), WORK, upload.submissions.first().get_absolute_url()):
        response = client.get(page)
        assert kept in words(response) or kept.startswith("<")
        assert "<img src=x" not in response.content.decode()
    response = client.get(file_url(upload))
    assert b"".join(response.streaming_content) == GOOD.encode()
    header = response["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert not {"\n", "\r"} & set(header)


def test_problems_name_row_column_value_and_reason_as_plain_text(send, sign_in):
    hostile = "<script>alert(1)</script>"
    upload = send(f"{HEADER}\n2016-04-01,RJ1,1,{hostile},1,1\n")
    response = sign_in("rj1.contributor").get(upload.get_absolute_url())
    said = f"""
        Row 2 Column attendances
        What it says {hostile}
        What is wrong {upload.problems.get().message}
    """
    assert " ".join(said.split()) in words(response)
    assert hostile not in response.content.decode()
    assert "We found 1 problem." in words(response)


def test_uploadfile_gives_back_what_was_sent(send, sign_in):
    upload = send()
    response = sign_in("rj1.contributor").get(file_url(upload))
    assert b"".join(response.streaming_content) == GOOD.encode()
    assert response["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


# --- Deciding, once and on what was seen --------------------------------------------------------


def test_uploadsubmit_twice_sends_once(world, send, sign_in):
    upload = send()
    client, given = sign_in("rj1.contributor"), {"seen": seen(upload.submissions.all())}
    first = client.post(submit_url(upload), given, follow=True)
    times = list(world.submissions().values_list("submitted_at", flat=True))
    second = client.post(submit_url(upload), given, follow=True)
    assert "Sent for approval: 2 returns." in words(first)
    assert "There is nothing left to do here: somebody may have done it already." in words(second)
    assert list(world.submissions().values_list("submitted_at", flat=True)) == times


def test_approval_twice_approves_once(world, submitted, sign_in, addresses):
    client = sign_in("rj1.approver")
    given = {"seen": seen(submitted), "decision": "approve"}
    first = client.post(addresses.approval, given, follow=True)
    times = list(world.submissions().values_list("approved_at", flat=True))
    second = client.post(addresses.approval, given, follow=True)
    assert "Approved: 2 returns (A&E waiting times)." in words(first)
    assert "There is nothing left to do here: somebody may have done it already." in words(second)
    assert list(world.submissions().values_list("approved_at", flat=True)) == times


def test_stale_page_decides_nothing(world, submitted, sign_in, addresses):
    client = sign_in("rj1.approver")
    for decision in ("approve", "return"):
        given = {"seen": "what was here before", "decision": decision, "reason": "Too high"}
        response = client.post(addresses.approval, given, follow=True)
        assert "The figures have changed since you opened this page." in words(response)
        assert states(world) == {State.SUBMITTED}


def test_stale_page_sends_and_publishes_nothing(world, send, sign_in):
    upload = send()
    response = sign_in("rj1.contributor").post(submit_url(upload), {"seen": "old"}, follow=True)
    assert "The figures have changed since you opened this page." in words(response)
    assert states(world) == {State.DRAFT}


def test_approval_to_send_back_without_a_reason_keeps_the_choice(
    world, submitted, sign_in, addresses
):
    given = {"seen": seen(submitted), "decision": "return", "reason": "  "}
    response = sign_in("rj1.approver").post(addresses.approval, given)
    html = response.content.decode()
    assert title(response).startswith("Error: Approve: A&amp;E waiting times")
    assert words(response).count(REASON) == 2
    assert '<a href="#id_reason">' in html
    assert re.search(r'<input[^>]*value="return"[^>]*\bchecked', html)
    assert not re.search(r'<input[^>]*value="approve"[^>]*\bchecked', html)
    assert f'value="{given["seen"]}"' in html
    assert states(world) == {State.SUBMITTED}


def test_approval_without_a_decision_keeps_the_reason(submitted, sign_in, addresses):
    given = {"seen": seen(submitted), "reason": "May is <b>too</b> high"}
    response = sign_in("rj1.approver").post(addresses.approval, given)
    assert words(response).count("Say whether the figures are right.") == 2
    assert "May is &lt;b&gt;too&lt;/b&gt; high</textarea>" in response.content.decode()


def test_reason_for_sending_back_reaches_the_sender_as_text(world, submitted, sign_in, addresses):
    reason = "May is too high <script>alert(1)</script>"
    given = {"seen": seen(submitted), "decision": "return", "reason": reason}
    sign_in("rj1.approver").post(addresses.approval, given)
    client = sign_in("rj1.contributor")
    response = client.get(world.submissions().first().get_absolute_url())
    assert reason not in response.content.decode()
    assert unescape(response.content.decode()).count(reason) == 2
    assert "See why" in words(client.get(WORK))


# --- Every signed-in page, and many returns -----------------------------------------------------


def test_signed_in_pages_are_kept_by_no_cache(submitted, sign_in, addresses):
    client = sign_in("rj1.approver")
    row = submitted.first()
    pages = [WORK, row.get_absolute_url(), row.upload.get_absolute_url(), addresses.approval, "/"]
    for page in pages:
        assert "no-store" in client.get(page)["Cache-Control"]


def many(world, upload, count):
    """Drafts with one number each, as a large file would leave them."""
    months = [shift(date(2016, 4, 1), "month", step) for step in range(count)]
    person = world.person("rj1.contributor")
    Submission.objects.bulk_create(
        Submission(
            collection=world.collection,
            organisation=world.rj1,
            period=month,
            state=State.DRAFT,
            due_on=month,
            upload=upload,
            entered_by=person,
            entered_at=upload.received_at,
        )
        for month in months
    )
    Observation.objects.bulk_create(
        Observation(
            submission=row,
            measure=world.measure,
            organisation=world.rj1,
            period=row.period,
            numerator=1,
            denominator=2,
            proportion=True,
        )
        for row in Submission.objects.all()
    )


def queries(client, path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["work", "upload", "approval", "submission"])
def test_queries_do_not_grow_with_returns(world, send, sign_in, addresses, page):
    upload = send()
    counted = []
    for count in (36, 360):
        Observation.objects.all().delete()
        Submission.objects.all().delete()
        many(world, upload, count)
        if page == "approval":
            Submission.objects.update(
                state=State.SUBMITTED,
                submitted_at=upload.received_at,
                submitted_by=world.person("rj1.contributor"),
            )
        paths = {
            "work": WORK,
            "upload": upload.get_absolute_url(),
            "approval": addresses.approval,
            "submission": Submission.objects.first().get_absolute_url(),
        }
        client = sign_in("rj1.approver" if page == "approval" else "rj1.contributor")
        client.get("/priorities/")  # the first page of a session notes that it has begun
        counted.append(queries(client, paths[page]))
    assert counted[0] == counted[1]
    assert counted[1] < 25
