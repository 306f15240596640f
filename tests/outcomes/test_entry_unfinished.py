"""A figure that is filled in halfway is kept as typed, and is not sent before it is whole."""

from html import unescape

import pytest

from outcomes.actions import entry, submissions
from outcomes.models import Measure, Observation, Submission
from outcomes.models.submissions import State
from outcomes.selectors.grid import grid
from tests.outcomes.typed import APRIL, KEY, address, typed

pytestmark = pytest.mark.django_db
NAME = "A&E: seen within 4 hours"


def cell_of(world):
    return grid(world.collection, world.rj1, APRIL).cells[0]


@pytest.mark.parametrize(
    ("fields", "as_text", "said"),
    [
        ({"numerator": "3"}, "3 of …", "Attendances is still empty"),
        ({"denominator": "20"}, "… of 20", "Attendances seen within 4 hours is still empty"),
        ({"note": "No data"}, "an empty row", "write the number, or 0"),
        ({"status": "zero"}, "0 of …", "Attendances is still empty"),
    ],
)
def test_half_a_figure_is_kept_and_said_to_be_unfinished(world, sign_in, fields, as_text, said):
    client = sign_in()
    answer = client.post(address(world, "entry-cell"), {"cell": KEY, **typed(**fields)})
    assert answer["X-Entry"] == "saved"
    assert "Kept so far" in answer.content.decode()
    stored = Observation.objects.get()
    assert (stored.status, stored.as_text) == ("unfinished", as_text)
    page = client.get(address(world))
    assert said in page.content.decode()
    assert page.context["grid"].answered == 0
    form = page.context["groups"][0][1][0].form
    typed_again = {name: form[name].value() for name in fields if name != "status"}
    assert typed_again == {name: fields[name] for name in typed_again}, "as it was typed"


def test_half_a_figure_becomes_whole(world, sign_in):
    client = sign_in()
    client.post(address(world), typed(numerator="3"))
    seen = entry.fingerprint(Observation.objects.get())
    client.post(address(world), typed(numerator="3", denominator="4", seen=seen))
    assert Observation.objects.get().status == "value"
    assert cell_of(world).text == "75.0%"


def test_without_javascript_the_message_says_how_many_are_unfinished(world, sign_in):
    page = sign_in().post(address(world), typed(numerator="3"), follow=True)
    assert "Saved: 1 figure. 1 of them is unfinished." in page.content.decode()


def test_nothing_is_sent_with_half_a_figure(world, sign_in):
    client = sign_in()
    client.post(address(world), typed(numerator="3"))
    page = client.get(address(world, "entry-send")).content.decode()
    assert "Finish these before you send" in page
    assert f"#cell-{KEY}" in page
    assert "Send for approval" not in page
    draft = Submission.objects.get()
    with pytest.raises(submissions.Conflict, match=f"“{NAME}” of April 2016 is unfinished"):
        submissions.submit(
            submissions=[draft],
            seen=submissions.fingerprint([draft]),
            by=world.person("rj1.contributor"),
        )
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_half_a_figure_in_the_draft_of_a_file_keeps_it_from_being_sent(world, send, sign_in):
    upload, client = send(), sign_in()
    stored = Observation.objects.get(period=APRIL)
    half = typed(numerator="", denominator="9", seen=entry.fingerprint(stored))
    client.post(address(world), half)
    page = client.get(upload.get_absolute_url())
    data = {"seen": page.context["form"]["seen"].value()}
    page = client.post(f"{upload.get_absolute_url()}submit/", data, follow=True)
    assert f"“{NAME}” of April 2016 is unfinished" in unescape(page.content.decode())
    assert not Submission.objects.filter(state=State.SUBMITTED).exists()


def test_half_a_figure_is_neither_judged_nor_compared(world, sign_in):
    client = sign_in()
    client.post(address(world), typed(numerator="3"))
    assert not Submission.objects.get().flags.exists()
    later = grid(world.collection, world.rj1, APRIL.replace(month=5)).cells[0]
    assert [past.text for past in later.past] == ["Unfinished"]


@pytest.mark.parametrize("kind", ["rate", "mean"])
def test_a_count_out_of_nothing_is_refused(world, sign_in, kind):
    Measure.objects.update(kind=kind)
    page = sign_in().post(address(world), typed(numerator="12", denominator="0"))
    assert "This cannot be counted out of 0. Check both numbers." in page.content.decode()
    sign_in().post(address(world), typed(numerator="0", denominator="0"))
    assert Observation.objects.get().as_text == "0 of 0"


@pytest.mark.parametrize(
    ("kind", "rows", "said"),
    [("rate", "12,0", "This cannot be counted out of 0"), ("proportion", "12,10", "larger than")],
)
def test_a_file_is_refused_with_the_same_words(world, send, kind, rows, said):
    Measure.objects.update(kind=kind)
    part, whole = rows.split(",")
    template = "period,organisation,measure,place,category,numerator,denominator,status"
    upload = send(f"{template}\n2016-04-01,RJ1,{KEY},,,{part},{whole},\n")
    assert upload.state == "refused", upload.message
    assert said in upload.problems.get().message
