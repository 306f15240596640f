"""A number that is absent is stored with the reason the file gives."""

from decimal import Decimal

import pytest

from outcomes.models import Observation

pytestmark = pytest.mark.django_db


def test_absent_numbers_are_stored_with_their_status(world, send):
    profile = world.collection.import_profiles.get()
    profile.mapping = profile.mapping | {
        "numbers": {"marks": {"*": "suppressed", "": "not_collected", "-": "zero"}}
    }
    profile.save()
    upload = send(
        "period,org_code,type,attendances,breaches,admissions\n2016-04-01,RJ1,1,*,1,1\n"
        "2016-05-01,RJ1,1,,,1\n2016-06-01,RJ1,1,-,-,1\n2016-07-01,RJ1,1,9,2,1\n"
    )
    assert list(upload.problems.values_list("message", flat=True)) == []
    stored = Observation.objects.order_by("period")
    assert list(stored.values_list("status", "numerator", "denominator")) == [
        ("suppressed", None, None),
        ("not_collected", None, None),
        ("zero", Decimal(0), Decimal(0)),
        ("value", Decimal(7), Decimal(9)),
    ]
