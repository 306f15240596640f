"""Months in which the expected range of a measure was worked out afresh, and why."""

from datetime import date

from demo.content import Rebase

HANDOVER = Rebase(date(2016, 4, 1), "A new partnership took over, and the service changed with it")
AFTER_PANDEMIC = Rebase(date(2021, 7, 1), "Services settled at a new level after the pandemic")
