"""How far the most and the least deprived lie apart, in words, made once when a series is built.

Worked out from figures as they may be shown, so it gives nothing else away. It needs the figure of
every group that the scheme has: a line through what happens to be shown would mislead.
"""

import math
from collections.abc import Hashable, Sequence

from outcomes.aggregation import WHOLE, Part, Table
from outcomes.models import Category, CategoryScheme, Measure
from outcomes.series import Cell, Inequality, number_text, with_unit
from outcomes.statistics.gaps import Gap, gaps, share_known
from outcomes.statistics.inequality import SlopeIndex, ValueType, slope_indices
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import Estimate, proportions, rates

FROM_MOST_TO_LEAST = (CategoryScheme.DEPRIVATION, CategoryScheme.DEPRIVATION_TENTH)
NOT_KNOWN = "not-known"
VALUE_TYPES = {Measure.Kind.PROPORTION: ValueType.PROPORTION, Measure.Kind.RATE: ValueType.RATE}


def inequalities(measure: Measure, table: Table) -> list[Inequality]:
    """What to say of the latest period of the whole, for each scheme of deprivation it has."""
    if measure.kind not in VALUE_TYPES or not table.get(WHOLE):
        return []
    period = max(table[WHOLE])
    found: list[Inequality] = []
    for scheme in FROM_MOST_TO_LEAST:
        cells = {
            category: table.get(Part(category=category.pk), {}).get(period)
            for category in Category.objects.filter(scheme=scheme)
        }
        unknown = [cell for group, cell in cells.items() if group.slug == NOT_KNOWN and cell]
        groups = [(group.name, cell) for group, cell in cells.items() if group.slug != NOT_KNOWN]
        if said := _said(measure, groups, unknown):
            found.append({"scheme": str(scheme), "rows": said})
    return found


def _said(
    measure: Measure, groups: Sequence[tuple[str, Cell | None]], unknown: Sequence[Cell]
) -> list[dict[str, str]]:
    """The rows of a summary list; none unless every group has a figure that can be compared."""
    cells = [cell for _, cell in groups if cell and cell.numerator is not None and cell.denominator]
    if len(cells) < max(len(groups), 2) or any(cell.is_partial for cell in cells):
        return []
    people = [float(cell.numerator or 0) for cell in cells]
    out_of = [float(cell.denominator or 0) for cell in cells]
    interval = proportions if measure.kind == Measure.Kind.PROPORTION else rates
    each = interval(people, out_of, multiplier=measure.multiplier)
    values = [estimate.value for estimate in each]
    lower, upper = ([getattr(e.limits[0], end) for e in each] for end in ("lower", "upper"))
    words = _Words(measure, [d for cell in cells if (d := cell.decimals) is not None])
    gap = gaps(values, lower, upper, reference=len(each) - 1)[0]
    rows = [("Gap", words.gap(gap, groups, each))]
    if gap.ratio is not None:
        rows.append(("Relative gap", words.ratio(gap)))
    if slope := _slope(measure, out_of, each):
        rows.append(("Slope index of inequality", words.slope(slope)))
    if share := _share_known(out_of, unknown):
        rows.append(("How many we know this of", words.share(share)))
    return [{"key": key, "value": value} for key, value in rows]


def _slope(
    measure: Measure, out_of: Sequence[float], each: Sequence[Estimate]
) -> SlopeIndex | None:
    """None for too few groups, and for figures without errors, such as 0% or 100%."""
    shares = [[e.value for e in each], *([getattr(e.limits[0], end) for e in each]
              for end in ("lower", "upper"))]  # fmt: skip
    values, lower, upper = ([(x or 0) / measure.multiplier for x in column] for column in shares)
    try:
        return slope_indices(
            range(1, len(each) + 1), out_of, values, lower=lower, upper=upper,
            value_type=VALUE_TYPES[Measure.Kind(measure.kind)], multiplier=measure.multiplier,
        )[0]  # fmt: skip
    except StatisticsInputError:
        return None


def _share_known(out_of: Sequence[float], unknown: Sequence[Cell]) -> float | None:
    if any(cell.denominator is None for cell in unknown):
        return None
    lacking = math.fsum(float(cell.denominator or 0) for cell in unknown)
    counts: dict[Hashable, float] = {"known": math.fsum(out_of), "unknown": lacking}
    return share_known(counts, unknown=["unknown"]).share if unknown else None


class _Words:
    """Sentences with numbers of as many decimals as the figures themselves have."""

    def __init__(self, measure: Measure, decimals: Sequence[int]):
        self.measure = measure
        self.decimals = min(measure.decimals, *decimals) if decimals else measure.decimals
        self.unit = "percentage points" if measure.unit == "%" else measure.unit

    def number(self, value: float | None) -> str:
        return number_text(value, self.decimals)

    def gap(
        self, gap: Gap, groups: Sequence[tuple[str, Cell | None]], each: Sequence[Estimate]
    ) -> str:
        first, last = (
            f"the {groups[end][0][:1].lower()}{groups[end][0][1:]} "
            f"({with_unit(self.number(each[end].value), self.measure.unit)})"
            for end in (0, -1)
        )
        difference = gap.difference or 0.0
        side = "lower" if difference < 0 else "higher"
        size = f"{self.number(abs(difference))} {self.unit}"
        return f"{size} {side} in {first} than in {last}. {self.interval(gap)}"

    def interval(self, gap: Gap) -> str:
        low, high = gap.difference_lower or 0.0, gap.difference_upper or 0.0
        if low < 0 < high:
            ends = f"from {self.number(-low)} lower to {self.number(high)} higher"
            return f"95% interval: {ends}, so it may be chance."
        near, far = sorted((abs(low), abs(high)))
        return f"95% interval: {self.number(near)} to {self.number(far)}."

    def ratio(self, gap: Gap) -> str:
        said = f"{number_text(gap.ratio, 2)} times as high for the most deprived."
        if gap.ratio_upper is None:
            return said
        low, high = number_text(gap.ratio_lower, 2), number_text(gap.ratio_upper, 2)
        return f"{said} 95% interval: {low} to {high}."

    def slope(self, slope: SlopeIndex) -> str:
        """Above zero where the line rises from the most to the least deprived, as it is usual."""
        index, limits = slope.sii or 0.0, slope.sii_limits[0]
        way = "rises" if index > 0 else "falls"
        said = f"{self.signed(index)} {self.unit}: a line through all groups {way} by so much"
        low, high = self.signed(limits.lower), self.signed(limits.upper)
        return f"{said} from the most to the least deprived. 95% interval: {low} to {high}."

    def signed(self, value: float | None) -> str:
        text = self.number(abs(value or 0.0))
        return f"−{text}" if (value or 0.0) < 0 and text.strip("0.,") else text

    def share(self, share: float) -> str:
        return f"{number_text(100 * share, self.decimals)}% of {self.measure.denominator_label}."
