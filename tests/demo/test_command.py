import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.utils import decrypt
from django.core.management import CommandError, call_command

from accounts.models import User
from demo.actions import demonstrations, people
from demo.catalogue import DEMONSTRATIONS
from partners.models import Partnership
from tests.demo.test_demonstrations import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    demonstrations.create(content=DEMONSTRATIONS["swl"], today=TODAY)


def run(*arguments: str, **options) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out, **options)
    return out.getvalue()


def test_demo_refuses_a_second_demonstration_and_says_the_cure(loaded):
    with pytest.raises(CommandError, match=r"already holds .* make reset, then make run DEMO=slic"):
        run("slic", today=TODAY)


def test_demo_if_empty_leaves_a_portal_in_use_alone(loaded):
    assert run("slic", if_empty=True) == (
        "This portal already holds “South West London Integrated Care System”; "
        "nothing was loaded.\n"
    )
    assert Partnership.objects.count() == 1


def test_demo_refuses_outside_development(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="add --i-know-this-is-illustrative") as refusal:
        run("swl", today=TODAY)
    assert "invented figures and people" in str(refusal.value)
    assert not Partnership.objects.exists()


def test_demo_outside_development_has_secrets_of_its_own_and_shows_them_once(settings, monkeypatch):
    settings.DEVELOPMENT = False
    monkeypatch.setattr(demonstrations, "load", demonstrations.create)  # series take long

    printed = run("swl", today=TODAY, i_know_this_is_illustrative=True)

    password = re.search(r"Password: (\S+)", printed)[1]
    key = re.search(r"authenticator app: ([A-Z2-7]{32})$", printed.strip())[1]
    user = User.objects.get(email="rj7.contributor@example.org")
    assert user.check_password(password)
    assert not user.check_password(people.PASSPHRASE)
    assert decrypt(user.authenticator_set.get().data["secret"]) == key
    assert people.code_of(user) == ""
    assert people.fresh_secrets() != people.fresh_secrets()
    later = run(sign_ins=True)
    assert "rj7.contributor@example.org" in later
    assert password not in later
    assert people.PASSPHRASE not in later
    assert key not in later


def test_demo_without_a_name_says_which_there_are():
    with pytest.raises(CommandError, match="slic or swl"):
        run()


def test_demo_sign_ins_prints_nothing_on_an_empty_portal():
    assert run(sign_ins=True) == ""


def test_demo_sign_ins_prints_nothing_where_no_demonstration_is(loaded):
    Partnership.objects.update(is_demonstration=False)

    assert run(sign_ins=True) == ""


def test_demo_sign_ins_prints_everybody_who_can_sign_in(loaded):
    User.objects.filter(email="rj7.approver@example.org").update(is_active=False)

    printed = run(sign_ins=True)

    assert people.PASSPHRASE in printed.splitlines()[0]
    assert "  Hannah Clarke " in printed
    assert "Contributor, St George’s University Hospitals NHS Foundation Trust" in printed
    assert "rj7.contributor@example.org" in printed
    assert "rj7.approver@example.org" not in printed


def test_demo_people_can_sign_in_with_the_passphrase(loaded):
    assert len(people.PASSPHRASE) >= 14
    user = User.objects.get(email="rj7.contributor@example.org")
    assert user.check_password(people.PASSPHRASE)
    assert EmailAddress.objects.get(user=user).verified


def test_demo_editor_may_enter_the_editor(loaded):
    editor = User.objects.get(email="editor@example.org")

    assert editor.has_perm("wagtailadmin.access_admin")
