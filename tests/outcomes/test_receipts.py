"""What a sender holds in hand."""

import csv
import hashlib
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail

from accounts.models import User
from outcomes.actions import entry, submissions
from outcomes.models import Receipt, Submission
from outcomes.selectors import receipts
from tests import people
from tests.outcomes.world import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(world):
    """A return that was typed, with a note a spreadsheet could take for a formula, and sent."""
    by = world.person("rj1.contributor")
    draft = entry.begin(
        collection=world.collection, organisation=world.rj1, period=date(2017, 1, 1), by=by
    )
    entry.save_cell(
        submission=draft, measure=world.measure, place=None, category=None,
        numerator=Decimal("90"), denominator=Decimal("1100"), status="value",
        note="=1+1, by hand", seen=entry.NOTHING, by=by,
    )  # fmt: skip
    rows = list(Submission.objects.filter(pk=draft.pk))
    submissions.submit(submissions=rows, seen=submissions.fingerprint(rows), by=by)
    return Submission.objects.get(pk=draft.pk)


def page(client, world, who, receipt):
    people.sign_in(client, world.person(who))
    return client.get(receipt.get_absolute_url())


def test_receipt_of_a_file_has_its_checksum_and_adds_up(world, submitted, client):
    receipt = Receipt.objects.get()
    upload = submitted.first().upload
    assert receipt.sha256 == hashlib.sha256(GOOD.encode()).hexdigest() == upload.sha256
    assert (receipt.upload, receipt.organisation, receipt.figures) == (upload, world.rj1, 2)
    assert receipt.totals == [
        {"measure": "A&E: seen within 4 hours", "returns": 2, "figures": 2,
         "numerator": "21,783", "denominator": "24,817"}
    ]  # fmt: skip
    assert {row.receipt for row in submitted} == {receipt}
    response = page(client, world, "rj1.contributor", receipt)
    for words in (receipt.number, receipt.sha256, "21,783", "figures.csv", "April 2016"):
        assert words in response.content.decode()


def test_receipt_reaches_the_sender_by_mail(world, submitted):
    receipt, (message,) = Receipt.objects.get(), mail.outbox
    assert message.to == ["rj1.contributor@example.org"]
    assert message.subject == f"We have your figures: receipt {receipt.number}"
    assert receipt.sha256 in message.body
    assert receipt.get_absolute_url() in message.body


def test_receipt_of_typed_figures_can_be_checked_against_their_csv(world, typed, client):
    receipt = typed.receipt
    assert receipt.upload is None
    people.sign_in(client, world.person("rj1.contributor"))
    address = f"{receipt.get_absolute_url()}figures.csv"
    content = b"".join(client.get(address).streaming_content)
    assert hashlib.sha256(content).hexdigest() == receipt.sha256
    (line,) = csv.DictReader(io.StringIO(content.decode()))
    assert (line["numerator"], line["denominator"], line["note"]) == (
        "90",
        "1100",
        "'=1+1, by hand",
    )
    typed.observations.update(numerator=91)
    assert client.get(address).status_code == 404
    assert "They have changed since" in client.get(receipt.get_absolute_url()).content.decode()


def test_receipts_are_not_for_whoever_has_left_the_organisation(world, typed):
    sender = world.person("rj1.contributor")
    assert [receipt.sent_by for receipt in receipts.recent(sender)] == [sender]
    for membership in sender.staff_memberships.all():
        membership.delete()
    assert not receipts.recent(User.objects.get(pk=sender.pk))


def test_sending_again_gives_a_receipt_of_its_own(world, typed):
    first = typed.receipt
    submissions.send_back(
        submissions=[typed], seen=submissions.fingerprint([typed]), reason="Too few",
        by=world.person("rj1.approver"),
    )  # fmt: skip
    typed.refresh_from_db()
    submissions.submit(
        submissions=[typed],
        seen=submissions.fingerprint([typed]),
        by=world.person("rj1.contributor"),
    )
    typed.refresh_from_db()
    assert typed.receipt != first
    assert typed.receipt.sha256 == first.sha256  # the same figures


def test_receipt_of_several_partners_is_for_analysts_only(world, send, client):
    upload = send(GOOD + "2016-06-01,RJZ,1,100,1,1\n", by="analyst", for_all=True)
    rows = upload.submissions.all()
    submissions.submit(
        submissions=rows, seen=submissions.fingerprint(rows), by=world.person("analyst")
    )
    receipt = Receipt.objects.get()
    assert receipt.organisation is None
    assert page(client, world, "analyst", receipt).status_code == 200
    assert page(client, world, "rj1.contributor", receipt).status_code == 404
    response = client.get(Submission.objects.filter(organisation=world.rj1)[0].get_absolute_url())
    assert receipt.number not in response.content.decode()


def test_receipt_does_not_tell_a_partner_what_the_file_of_all_is_called(world, send, client):
    """With rows of one partner only, the receipt is theirs; the name may tell of the others."""
    upload = send(name="RJ1, RJZ and those who are late.csv", by="analyst", for_all=True)
    rows = upload.submissions.all()
    submissions.submit(
        submissions=rows, seen=submissions.fingerprint(rows), by=world.person("analyst")
    )
    response = page(client, world, "rj1.contributor", Receipt.objects.get())
    assert response.status_code == 200
    assert "A file for all partners" in response.content.decode()
    assert "those who are late" not in response.content.decode()
