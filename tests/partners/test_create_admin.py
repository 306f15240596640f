"""manage.py create_admin: the first way in."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from partners.models import Invitation, Partnership

pytestmark = pytest.mark.django_db


def create_admin(*arguments: str) -> str:
    output = StringIO()
    call_command("create_admin", *arguments, stdout=output)
    return output.getvalue()


def link_in(text: str) -> str:
    return re.search(r"https?://\S+(/invitation/\S+)", text)[1]


def test_create_admin_on_an_empty_portal_leads_to_an_administrator(client):
    printed = create_admin("Ada@example.org", "--name=North Town", "--starts-on=2026-04-01")
    assert Partnership.objects.get().starts_on == date(2026, 4, 1)
    assert mail.outbox == []
    assert User.objects.count() == 0
    client.get(link_in(printed))
    client.post("/invitation/", {"full_name": "Ada", "password": "a-quiet-heron-over-the-lock"})
    assert User.objects.get(email="ada@example.org").has_perm("people.manage")
    with pytest.raises(CommandError, match="has this role already"):
        create_admin("ada@example.org")


def test_create_admin_twice_makes_a_new_link_and_the_old_one_dies(client):
    old = link_in(create_admin("ada@example.org", "--name=North Town"))
    new = link_in(create_admin("ada@example.org"))
    assert Invitation.objects.count() == 1
    for link, status in ((old, 404), (new, 200)):
        client.get(link)
        assert client.get("/invitation/").status_code == status


@pytest.mark.parametrize("name", [(), ("--name=",), ("--name=—",)])
def test_create_admin_says_what_is_missing(name):
    with pytest.raises(CommandError, match="--name"):
        create_admin("ada@example.org", *name)
    assert not Partnership.objects.exists()


def test_create_admin_refuses_what_is_no_address():
    with pytest.raises(CommandError, match="is not an e-mail address"):
        create_admin("ada", "--name=North Town")
    assert not Partnership.objects.exists()


def test_create_admin_refuses_somebody_deactivated():
    User.objects.create_user("ada@example.org", is_active=False)
    with pytest.raises(CommandError, match="is deactivated"):
        create_admin("ada@example.org", "--name=North Town")
