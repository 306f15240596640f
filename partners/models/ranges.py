"""Spans of days, and that two of them never overlap."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeBoundary
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """The days from one field to another, both included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(start), F(end), RangeBoundary(inclusive_upper=True))


class SameNumber(Func):
    """A number as a range of one, so that equality needs no database extension."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), RangeBoundary(inclusive_upper=True))


def ends_after_start(start: str, end: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}), name=name
    )
