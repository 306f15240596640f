"""Twenty people who learnt the same code send it in the same moment: one gets in."""

from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client

from tests.accounts.test_sign_in import CODE, give_password, is_signed_in
from tests.people import code

THREADS = 20


@pytest.fixture(autouse=True)
def patient_limits(settings):
    """So that every try reaches the check of the code: the limits would refuse most before it."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip", "login_failed": "1000/m/ip,1000/m/key"}


def who_got_in(typed) -> int:
    clients = [Client() for _ in range(THREADS)]
    for client in clients:
        assert give_password(client).url == CODE
    start, answers = Barrier(THREADS), []
    value = typed()

    def send(client: Client) -> None:
        start.wait()
        try:
            answers.append(client.post(CODE, {"code": value}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * (THREADS - 1) + [302]
    return sum(is_signed_in(client) for client in clients)


@pytest.mark.django_db(transaction=True)
def test_one_code_of_an_app_lets_one_of_twenty_in(kim):
    assert who_got_in(code) == 1


@pytest.mark.django_db(transaction=True)
def test_one_recovery_code_lets_one_of_twenty_in(kim):
    codes = RecoveryCodes.activate(kim)
    assert who_got_in(lambda: codes.get_unused_codes()[3]) == 1
    stored = Authenticator.objects.get(user=kim, type="recovery_codes")
    assert len(stored.wrap().get_unused_codes()) == 9
