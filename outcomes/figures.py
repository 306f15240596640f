"""What the pages about figures read: series, and the words that explain how they were made.

Every number here was formatted when its series was built; nothing is worked out on a page.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.html import format_html

from outcomes import wording
from outcomes.models import CategoryScheme, Measure, Release, Series
from outcomes.models.releases import Edition, SeriesQuerySet
from outcomes.plain_charts import MOST_POINTS
from outcomes.selectors import calendar
from outcomes.series import Summary, with_unit
from programmes.models import Programme

WITHOUT_PROGRAMME = "Across all programmes"
MOST_PARTS = 16  # longer lists are folded: each part fills half a telephone


@dataclass(frozen=True)
class Entry:
    """A measure in a list, with the series of the whole partnership if there is one."""

    measure: Measure
    series: Series | None

    @property
    def summary(self) -> Summary | None:
        """The latest state; None when no number has been published yet."""
        if self.series is None or self.series.summary["status"] == "empty":
            return None
        return self.series.summary

    @property
    def is_getting_worse(self) -> bool:
        return self.summary is not None and self.summary["variation"].startswith("concern")

    @property
    def misses_target(self) -> bool:
        if self.summary is None:
            return False
        return self.summary["target_met"] is False or self.summary["assurance"] == "fail"

    @property
    def sparkline(self) -> str:
        """The address of the small drawing; empty when there is none."""
        if self.series is None or not getattr(self.series, "has_sparkline", False):
            return ""
        return self.series.get_chart_url("sparkline")

    @property
    def needs_attention(self) -> bool:
        return self.is_getting_worse or self.misses_target


@dataclass(frozen=True)
class EntryGroup:
    """The measures of one programme; `href` is empty where there is no page about it."""

    name: str
    href: str
    entries: list[Entry]


@dataclass(frozen=True)
class ScorecardRows:
    """The scorecard, exceptions first."""

    attention: list[Entry]
    others: list[EntryGroup]
    without_figures: list[Measure]
    shown: int  # measures with figures


@dataclass(frozen=True)
class Breakdown:
    """The latest numbers of all parts of one kind, such as places or age groups."""

    title: str
    part_label: str
    series: list[Series]
    apart: list[dict[str, str]]  # how far the most and the least deprived lie apart, as rows

    @property
    def is_long(self) -> bool:
        return len(self.series) > MOST_PARTS

    @property
    def summary(self) -> str:
        return f"See all {len(self.series)} numbers"

    @property
    def has_hidden(self) -> bool:
        return any(series.summary["status"] == "suppressed" for series in self.series)


@dataclass(frozen=True)
class Figure:
    """All that the page about one measure, or one part of it, shows."""

    measure: Measure
    edition: Edition
    series: Series | None
    breakdowns: list[Breakdown]
    release: Release | None

    @property
    def summary(self) -> Summary | None:
        """The latest state; None when there is no number yet."""
        return Entry(self.measure, self.series).summary

    @property
    def year_total(self) -> str:
        """The twelve-month total with its unit; empty where months do not add up."""
        text = self.summary["year_total_text"] if self.summary else ""
        return with_unit(text, self.measure.unit)

    @property
    def is_public(self) -> bool:
        return self.edition == Edition.PUBLIC

    @property
    def is_whole(self) -> bool:
        return self.series is None or not (self.series.place or self.series.organisation)

    @property
    def wide_chart(self) -> str:
        return self.series.get_chart_url("wide") if self.series else ""

    @property
    def narrow_chart(self) -> str:
        return self.series.get_chart_url("narrow") if self.series else ""

    @property
    def drawn(self) -> int:
        """How many periods the picture shows, where the table has more; else 0."""
        return MOST_POINTS if self.series and len(self.series.points) > MOST_POINTS else 0

    @property
    def columns(self) -> list[dict]:
        return wording.numbers_columns(self.measure)

    @property
    def rows(self) -> list[list[str]]:
        """The newest first; each period leads to how its figure was made."""
        if self.series is None:
            return []
        rows = wording.numbers_rows(self.measure, self.series.points)
        for row, point in zip(rows, reversed(self.series.points), strict=True):
            if address := self.series.get_made_url(point["period"]):
                row[0] = format_html('<a href="{}">{}</a>', address, row[0])
        return rows

    @property
    def has_hidden(self) -> bool:
        """Whether a number of the table is hidden, so that the word needs explaining."""
        points = self.series.points if self.series else []
        return any(point["status"] == "suppressed" for point in points)

    @property
    def download_rows(self) -> int:
        """About how long the CSV file is: the values of the whole and of all its parts."""
        parts = sum(s.summary["points"] for b in self.breakdowns for s in b.series)
        return parts + (self.series.summary["points"] if self.series else 0)

    @property
    def method(self) -> list[dict]:
        return wording.method(self.measure, self.series, self.release)

    @property
    def changes(self) -> list[calendar.Change]:
        """What was corrected: of an organisation's page only its own figures."""
        of = self.series.organisation_id if self.series else None
        found = calendar.changes(measure=self.measure)
        return [one for one in found if of in (None, one.organisation_id)]

    @property
    def withdrawn(self) -> list[Release]:
        """Releases with figures of the measure that were withdrawn."""
        return list(calendar.withdrawn(self.measure))

    @property
    def disclosure(self) -> str:
        return wording.disclosure(self.measure, is_public=self.is_public)


def _light(edition: Edition) -> SeriesQuerySet:
    """The series of an edition without the drawings, which pages fetch as images."""
    drawn = ExpressionWrapper(~Q(chart_wide=""), output_field=BooleanField())
    sparkline = ExpressionWrapper(~Q(sparkline=""), output_field=BooleanField())
    return (
        Series.objects.filter(edition=edition)
        .without_drawings()
        .annotate(has_chart=drawn, has_sparkline=sparkline)
    )


def entries(edition: Edition) -> list[Entry]:
    """Every measure in use with its series of the whole partnership, in the measures' order."""
    whole = {s.measure_id: s for s in _light(edition).whole().defer("points")}
    found = []
    for measure in Measure.objects.in_use().select_related("programme"):
        series = whole.get(measure.pk)
        if series:
            series.measure = measure
        found.append(Entry(measure, series))
    return found


def by_programme(listed: Iterable[Entry]) -> list[EntryGroup]:
    """The entries in groups, by name of programme; those without a public one come last."""
    named: dict[Programme, list[Entry]] = defaultdict(list)
    across: list[Entry] = []
    for entry in listed:
        programme = entry.measure.programme
        (named[programme] if programme and programme.live else across).append(entry)
    groups = [
        EntryGroup(programme.name, programme.get_absolute_url(), named[programme])
        for programme in sorted(named, key=attrgetter("name"))
    ]
    return [*groups, EntryGroup(WITHOUT_PROGRAMME, "", across)] if across else groups


def scorecard() -> ScorecardRows:
    """The board's edition: what needs attention, then the rest, then what has no figures yet."""
    listed = entries(Edition.BOARD)
    with_figures = [entry for entry in listed if entry.summary]
    attention = [entry for entry in with_figures if entry.needs_attention]
    return ScorecardRows(
        # Getting worse and missing the target comes before either; Python's sort keeps the order.
        attention=sorted(attention, key=lambda e: (not e.is_getting_worse, not e.misses_target)),
        others=by_programme(entry for entry in with_figures if not entry.needs_attention),
        without_figures=[entry.measure for entry in listed if not entry.summary],
        shown=len(with_figures),
    )


def whole_series(measure: Measure, edition: Edition) -> Series | None:
    """The series of the whole partnership, if there is one."""
    return _light(edition).filter(measure=measure).whole().first()


def part_series(measure: Measure, edition: Edition, **part: str) -> Series | None:
    """The series of one organisation or place, named by its slug: `place="lambeth"`."""
    conditions = {f"{name}__slug": slug for name, slug in part.items()}
    found = _light(edition).filter(measure=measure, category=None, **conditions)
    return found.select_related("organisation", "place").first()


def figure(measure: Measure, edition: Edition, series: Series | None) -> Figure:
    """The page about the measure; the page of the whole partnership also has the breakdowns."""
    is_part = series is not None and bool(series.place or series.organisation)
    if series:
        series.measure = measure
    return Figure(
        measure=measure,
        edition=edition,
        series=series,
        breakdowns=[] if is_part else breakdowns(measure, edition, series),
        release=latest_release(measure),
    )


def breakdowns(measure: Measure, edition: Edition, whole: Series | None) -> list[Breakdown]:
    """The parts of a measure: by place, by organisation, then by each scheme of categories."""
    parts = (
        _in_order(_light(edition).filter(measure=measure))
        .exclude(organisation=None, place=None, category=None)
        .defer("points")
    )
    listed = list(parts)
    for series in listed:
        series.measure = measure
    found = [
        Breakdown("By place", "Place", [s for s in listed if s.place], []),
        Breakdown("By organisation", "Organisation", [s for s in listed if s.organisation], []),
    ]
    said = whole.summary.get("inequalities", []) if whole else []
    apart = {each["scheme"]: each["rows"] for each in said}
    of_categories = [s for s in listed if s.category]
    for scheme, members in groupby(of_categories, key=attrgetter("category.scheme")):
        label = CategoryScheme(scheme).label
        found.append(Breakdown(f"By {label.lower()}", label, list(members), apart.get(scheme, [])))
    return [breakdown for breakdown in found if breakdown.series]


def downloads(measure: Measure) -> SeriesQuerySet:
    """All public series of a measure: the whole first, then places, organisations, categories."""
    series = Series.objects.public().filter(measure=measure).without_drawings()
    return _in_order(series).select_related("measure")


def _in_order(series: SeriesQuerySet) -> SeriesQuerySet:
    """The whole first, then places, organisations and categories, each in their own order."""
    keys = ["category__scheme", "category__order", "organisation__name", "place__name"]
    return series.select_related("organisation", "place", "category").order_by(
        *(F(key).asc(nulls_first=True) for key in keys)
    )


def latest_release(measure: Measure) -> Release | None:
    """The release that last published numbers of the measure."""
    published = Release.objects.filter(
        state=Release.State.PUBLISHED, submissions__collection__measures=measure
    )
    return published.order_by("-published_at").first()
