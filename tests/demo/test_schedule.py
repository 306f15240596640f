from datetime import date

import pytest

from demo import schedule
from demo.catalogue import DEMONSTRATIONS
from outcomes.periods import last_day, span

TODAYS = [date(2026, 11, day) for day in (1, 2, 3, 20, 21, 23, 30)] + [date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 21), date(2026, 10, 1)),
        (date(2026, 11, 3), date(2026, 10, 1)),
        (date(2026, 11, 2), date(2026, 9, 1)),  # a Monday: no working day of November is over
        (date(2026, 11, 1), date(2026, 9, 1)),
        (date(2027, 1, 4), date(2026, 11, 1)),  # after New Year's Day, a Saturday and a Sunday
    ],
)
def test_last_published_waits_for_a_working_day(today, month):
    assert schedule.last_published(today) == month


@pytest.mark.parametrize("today", TODAYS)
def test_published_on_is_a_past_working_day_after_the_month(today):
    for month in span(date(2026, 1, 1), schedule.last_published(today), "month"):
        sent, out = schedule.sent_on(month, today), schedule.published_on(month, today)
        assert last_day(month, "month") < sent <= out < today
        assert out.weekday() < 5


def test_published_on_follows_the_due_day_where_there_was_time():
    assert schedule.published_on(date(2026, 9, 1), date(2026, 11, 21)) == date(2026, 10, 22)


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("content", DEMONSTRATIONS.values(), ids=list(DEMONSTRATIONS))
def test_releases_hold_every_month_once(content, today):
    plans = list(schedule.releases(content, today))
    months = [month for plan in plans for month in span(plan.first, plan.last, "month")]

    assert months == list(span(content.data_from, schedule.last_published(today), "month"))
    assert len({plan.title for plan in plans}) == len(plans)


def test_releases_are_one_for_slic_one_for_older_months_and_twelve_monthly_ones():
    plans = list(schedule.releases(DEMONSTRATIONS["slic"], date(2026, 11, 21)))

    assert [plan.title for plan in plans[:3]] == [
        "Figures for April 2013 to March 2016",
        "Figures for April 2016 to October 2025",
        "Figures for November 2025",
    ]
    assert plans[0].partnership == "slic"
    assert len(plans) == 14
