"""The list of what was noticed: answered several at once, or read by those who approve."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from outcomes.actions import checks
from outcomes.forms.approvals import marks_of
from outcomes.forms.flags import read_answers
from outcomes.models import Flag
from outcomes.selectors import flags
from tests.outcomes.checks.returns import make_agreed, make_count, make_draft, put
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/work/flags/"


@pytest.fixture
def draft(world):
    """Two large changes, in measures that sort by name."""
    draft = make_draft(world)
    for name in ("calls", "visits"):
        measure = make_count(world, name)
        make_agreed(world, measure, [10])
        put(draft, measure, 1000)
    checks.review(submissions=[draft])
    return draft


@pytest.fixture
def visit(world):
    def visit(who="rj1.contributor"):
        client = Client()
        sign_in(client, world.person(who))
        return client

    return visit


def answers(*texts):
    found = Flag.objects.order_by("pk")
    return {
        name: value
        for flag, text in zip(found, texts, strict=False)
        for name, value in ((f"answer-{flag.pk}", text), (f"value-{flag.pk}", flag.value))
    }


def test_several_are_answered_with_one_save(visit, draft):
    client = visit()
    page = client.get(PAGE).content.decode()
    assert page.count("<textarea") == 2
    assert f'href="{draft.get_absolute_url()}"' in page
    sent = {**answers("A new line.", "A new clinic."), "next": "/work/"}
    assert client.post(PAGE, sent)["Location"] == "/work/"
    assert list(Flag.objects.order_by("pk").values_list("answer", flat=True)) == [
        "A new line.",
        "A new clinic.",
    ]
    page = client.get(PAGE, follow=True).content.decode()
    assert "Saved: 2 reasons." in page
    assert "rj1.contributor" in page


def test_what_is_left_empty_stays_open(visit, draft):
    visit().post(PAGE, answers("A new line.", ""))
    assert Flag.objects.open().count() == 1


def test_errors_stand_beside_each_and_nothing_typed_is_lost(visit, draft):
    too_long = "x" * 501
    response = visit().post(PAGE, {**answers("A new line.", too_long), "next": "/work/"})
    page = response.content.decode()
    assert "There is a problem" in page
    assert "Use at most 500 characters" in page
    assert too_long in page
    assert 'name="next" value="/work/"' in page
    assert Flag.objects.open().count() == 1  # the other was saved


def test_nothing_said_at_all(visit, draft):
    page = visit().post(PAGE, answers("", " ")).content.decode()
    assert "Say why at least one of the figures is right" in page


def test_figure_that_changed_meanwhile_needs_a_new_look(visit, draft):
    sent = answers("A new line.", "A new clinic.")
    put(draft, Flag.objects.order_by("pk")[0].measure, 2000)
    checks.review(submissions=[draft])
    response = visit().post(PAGE, sent)
    assert response.status_code == 302
    assert Flag.objects.open().count() == 1
    flag = Flag.objects.open().get()
    old = {f"answer-{flag.pk}": "It is right.", f"value-{flag.pk}": "1000"}
    page = visit().post(PAGE, old).content.decode()
    assert "The figure has changed since you opened this page" in page


def test_next_leads_nowhere_else(visit, draft):
    sent = {**answers("A new line.", ""), "next": "https://elsewhere.example/"}
    assert visit().post(PAGE, sent)["Location"] == PAGE


def test_whoever_may_not_send_does_not_answer(visit, draft):
    sent = answers("It is right.", "It is right.")
    assert visit("rj1.approver").post(PAGE, sent).status_code == 403
    stranger = visit("rjz.contributor")
    assert "<textarea" not in stranger.get(PAGE).content.decode()
    gone = answers("It is right.", "It is right.") | {"answer-999999999": "It is right."}
    for posted in (sent, gone):  # a foreign flag and a missing one are answered alike
        page = stranger.post(PAGE, posted, follow=True).content.decode()
        assert "Some figures have changed meanwhile" in page
    assert not Flag.objects.exclude(answer="").exists()
    assert visit("analyst").post(PAGE, sent).status_code == 302  # typed, so it may be theirs


@pytest.mark.parametrize("odd", ["answer-", "answer-x", "answer-²", f"answer-{10**30}", "answer-0"])
def test_odd_names_of_fields_do_nothing(visit, draft, odd):
    assert visit().post(PAGE, {odd: "x"}).status_code == 302


def test_endless_numbers_are_never_read():
    assert read_answers({"answer-" + "9" * 5000: "x"}) == {}
    assert marks_of(QueryDict(f"mark={'9' * 5000}&mark=²&why-{'9' * 5000}=x")) == {}


def shown(draft, *, may_answer=False):
    context = {"flags": flags.of([draft]), "may_answer": may_answer}
    return render_to_string("outcomes/includes/flags.html", context)


def test_readers_see_who_said_what_when(world, draft):
    first = Flag.objects.order_by("pk")[0]
    checks.answer(flag=first, answer="A new <line>.", by=world.person("rj1.contributor"))
    page = shown(draft)
    assert "<textarea" not in page
    assert "1 thing to look at" in page
    assert "Nobody has said yet why this figure is right." in page
    assert "A new &lt;line&gt;." in page
    assert "rj1.contributor" in page


def test_what_must_be_put_right_takes_no_answer(draft):
    Flag.objects.update(weight="must")
    page = shown(draft, may_answer=True)
    assert "Put these right before you send the figures." in page
    assert "<textarea" not in page


def test_nothing_noticed_shows_nothing(world):
    assert shown(make_draft(world)).strip() == ""


def test_long_list_says_how_many_more_there_are(draft):
    flag = Flag.objects.first()
    Flag.objects.bulk_create(
        Flag(submission=draft, kind=kind, measure=flag.measure, message="Is this right?")
        for kind in ("asked", "unusual")
    )
    noticed = flags.of([draft], shown=3)
    assert (len(noticed.may), noticed.more, noticed.open) == (3, 1, 4)


def test_address():
    assert reverse("outcomes:flag-list") == PAGE


def send_page(draft):
    where = (draft.collection.slug, draft.organisation.slug, draft.period)
    return reverse("outcomes:entry-send", args=where)


def test_reasons_are_kept_when_the_return_is_sent_with_them(visit, draft):
    client = visit()
    page = client.get(send_page(draft))
    seen = {"seen": page.context["form"]["seen"].value()}
    assert page.content.count(b'form="send"') == 5  # two reasons, two values and the button
    sent = {**answers("A new line.", "A new clinic."), **seen}
    assert client.post(send_page(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.state == draft.State.SUBMITTED
    assert Flag.objects.open().count() == 0


def test_reasons_are_kept_when_the_return_cannot_be_sent_yet(visit, draft):
    client = visit()
    seen = {"seen": client.get(send_page(draft)).context["form"]["seen"].value()}
    page = client.post(send_page(draft), {**answers("A new line.", ""), **seen}).content.decode()
    assert "Nothing was sent: 1 thing still to look at" in page
    assert "“A new line.”" in page
    too_long = "x" * 501
    page = client.post(send_page(draft), {**answers("", too_long), **seen}).content.decode()
    assert "There is a problem" in page
    assert too_long in page
    page = client.post(send_page(draft), {**answers("", "A new clinic."), "reasons": "1"})
    assert "Saved: 1 reason." in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == draft.State.DRAFT
