"""The database refuses what cannot be true of programmes and decisions."""

from datetime import date

import pytest

from programmes.models import HandoverDecision, Programme
from tests.constraints import assert_refused, named
from tests.partners.factories import make_programme

pytestmark = pytest.mark.django_db


def decide(evidence="Fewer people fell."):
    programme = Programme.objects.get()
    HandoverDecision.objects.create(
        programme=programme,
        partnership=programme.partnership,
        decision="sustain",
        evidence=evidence,
        decided_on=date(2016, 3, 31),
    )


def decide_twice():
    decide()
    decide()


BAD = {
    "programme_ends_after_start": lambda: Programme.objects.update(ends_on=date(2013, 3, 31)),
    "handover_one_decision_each": decide_twice,
    "handover_rests_on_evidence": lambda: decide(evidence=""),
}


def test_every_constraint_has_a_bad_row():
    assert set(BAD) == named("programmes")


@pytest.mark.parametrize("constraint", BAD)
def test_database_refuses(constraint):
    make_programme()
    assert_refused(constraint, BAD[constraint])
