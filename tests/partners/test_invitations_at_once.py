"""Many at once: an invitation makes one person, and administrators cannot remove each other."""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from partners.actions import staff
from partners.models import Invitation
from tests.partners.factories import make_invitation
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def at_once(work, count: int) -> list:
    """Runs `work(number)` in as many threads, all set off together; answers what each gave."""
    start, answers = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        start.wait()
        try:
            answers[number] = work(number)
        except staff.Refused as refused:
            answers[number] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_twenty_who_accept_one_invitation_at_once_make_one_person(town):
    make_invitation("good")
    clients = [Client() for _ in range(THREADS)]
    for browser in clients:
        browser.get("/invitation/good/")

    def accept(number: int) -> int:
        form = {"full_name": f"Number {number}", "password": "a-quiet-heron-over-the-lock"}
        return clients[number].post("/invitation/", form).status_code

    answers = Counter(at_once(accept, THREADS))
    assert answers.pop(302) == 1
    assert set(answers) <= {410, 200}  # used; or, when seen in between: there is an account now
    person = User.objects.get(email="new@example.org")
    assert person.staff_memberships.count() == 1
    assert Invitation.objects.get().accepted_by == person
    signed_in = [browser for browser in clients if "_auth_user_id" in browser.session]
    assert len(signed_in) == 1


def test_two_invitations_of_one_address_at_once_make_one_person(town):
    tokens = ["first", "second"]
    for token, role in zip(tokens, ("contributor", "approver"), strict=True):
        make_invitation(token, role=role)
    clients = [Client(), Client()]
    for browser, token in zip(clients, tokens, strict=True):
        browser.get(f"/invitation/{token}/")

    def accept(number: int) -> int:
        form = {"full_name": "Noor", "password": "a-quiet-heron-over-the-lock"}
        return clients[number].post("/invitation/", form).status_code

    answers = at_once(accept, 2)
    assert answers.count(302) == 1
    assert User.objects.get(email="new@example.org").staff_memberships.count() == 1


def test_administrators_who_remove_each_other_at_once_leave_one(town):
    town.add("bea", "administrator", partnership=town.partnership)
    people = [town.person("ada"), town.person("bea")]
    roles = [person.staff_memberships.get() for person in people]

    def remove_the_other(number: int) -> None:
        staff.remove_role(membership=roles[1 - number], reason="Leaves", by=people[number])

    assert at_once(remove_the_other, 2).count(None) == 1


def test_administrators_who_deactivate_each_other_at_once_leave_one(town):
    town.people["bea"] = make_person("bea@example.org")
    town.people["bea"].staff_memberships.create(role="administrator", partnership=town.partnership)
    people = [town.person("ada"), town.person("bea")]

    def deactivate_the_other(number: int) -> None:
        staff.deactivate(user=people[1 - number], reason="Leaves", by=people[number])

    assert at_once(deactivate_the_other, 2).count(None) == 1
    assert sum(town.person(name).is_active for name in ("ada", "bea")) == 1
