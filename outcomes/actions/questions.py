"""What an approver asks about single figures when returns go back to their sender."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from outcomes.models import Flag, Observation
from outcomes.models.collections import Weight
from outcomes.models.flags import value_of


def ask(*, marks: Mapping[Observation, str], by: Any) -> None:
    """Keeps a question about each figure; one that was asked about it before makes way.

    The caller asks who may, and holds the returns under lock. `checks.review` closes a question
    when its figure changes.
    """
    if not marks:
        return
    asked = [
        Flag(
            submission_id=cell.submission_id,
            kind=Flag.Kind.ASKED,
            weight=Weight.MAY,
            measure_id=cell.measure_id,
            place_id=cell.place_id,
            category_id=cell.category_id,
            value=value_of(cell.numerator, cell.denominator, cell.status),
            message=question,
            raised_by=by,
        )
        for cell, question in marks.items()
    ]
    same = (
        Q(
            submission=f.submission_id,
            measure=f.measure_id,
            place=f.place_id,
            category=f.category_id,
        )
        for f in asked
    )
    Flag.objects.filter(reduce(or_, same), kind=Flag.Kind.ASKED).delete()
    Flag.objects.bulk_create(asked)
