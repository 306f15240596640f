"""Try expected values of the original R code (PHEindicatormethods) on our indicator statistics.

`python -m tests.outcomes.statistics.indicator_vectors FILE` tries every vector of a file and
lists what does not agree; docs/methods.md says which differences are on purpose.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from outcomes.statistics.inequality import SlopeIndex, slope_indices
from outcomes.statistics.inputs import StatisticsInputError
from outcomes.statistics.intervals import Limits, means, proportions, rates
from outcomes.statistics.quantiles import quantiles
from outcomes.statistics.standardisation import directly_standardised_rates
from outcomes.statistics.trend import Direction, recent_trends

Vector = dict[str, Any]
Row = dict[str, Any]
TYPES = ("full", "standard", "value", "lower", "upper")
SINGLE_GROUP = "single_group_not_aggregated"
SWAPPED = "sii_limits_swapped_and_rii_limits_inverted"
TEXT_ORDER = "text_quantiles_sorted_as_text"
SCALED = "multiplier_scales_value_but_not_limits"


def disagreements(vector: Vector) -> list[str]:
    """Return what we give and the vector does not expect; empty where all agrees."""
    expected = vector["expected"]
    try:
        found = answers(vector)
    except StatisticsInputError as refusal:
        return [] if expected["error"] else [f"refused: {refusal}"]
    if expected["error"]:
        return [] if _is_clear_answer(vector, found) else ["not refused"]
    return list(COMPARE[vector["function"]](vector, found))


def answers(vector: Vector) -> Any:
    """Return what our function gives for the vector's columns and parameters."""
    if vector["args"].get("type", "full") not in TYPES:
        raise StatisticsInputError("No such selection of columns.")  # we return objects
    return CALL[vector["function"]](vector, vector["data"], dict(vector["args"]))


def _groups(vector: Vector) -> list[Any] | None:
    names = vector["group_by"]
    columns = [vector["data"][name] for name in names]
    if len(names) > 1:
        return list(zip(*columns, strict=True))
    return columns[0] if names else None


def _common(vector: Vector, *names: str) -> Row:
    """Return our keyword arguments of the vector's parameters of the same names."""
    chosen = {name: vector["args"][name] for name in names if name in vector["args"]}
    if chosen.get("confidence") == "NA":
        chosen["confidence"] = None
    return chosen | {"groups": _groups(vector)}


def _fractions(function: Callable) -> Callable:
    def call(vector: Vector, data: Row, args: Row) -> Any:
        return function(data["x"], data["n"], **_common(vector, "confidence", "multiplier"))

    return call


def _mean(vector: Vector, data: Row, args: Row) -> Any:
    return means(data["x"], **_common(vector, "confidence"))


def _dsr(vector: Vector, data: Row, args: Row) -> Any:
    repeats = {}
    if not args.get("independent_events", True):
        repeats = {
            "independent_events": False,
            "event_frequencies": data.get(args.get("eventfreq")),
            "age_bands": data.get(args.get("ageband")),
        }
    return directly_standardised_rates(
        data["x"],
        data["n"],
        data["stdpop"],
        missing_counts="zero",
        **_common(vector, "confidence", "multiplier"),
        **repeats,
    )


def _quantile(vector: Vector, data: Row, args: Row) -> Any:
    invert = args.get("invert", True)
    return quantiles(
        data["x"],
        nquantiles=args.get("nquantiles", 10),
        invert=data[invert] if args.get("inverttype") == "field" else invert,
        groups=_groups(vector),
    )


def _slope_index(vector: Vector, data: Row, args: Row) -> Any:
    columns = {"counts": "x", "lower": "lower_cl", "upper": "upper_cl", "standard_errors": "se"}
    return slope_indices(
        data[args["quantile"]],
        data[args["population"]],
        data.get(args.get("value")),
        **{ours: data[args[theirs]] for ours, theirs in columns.items() if theirs in args},
        **_common(vector, "value_type", "transform", "multiplier", "confidence", "repetitions"),
    )


def _trend(vector: Vector, data: Row, args: Row) -> Any:
    columns = {
        "numerators": "numerator",
        "denominators": "denominator",
        "lower": "lower_cl",
        "upper": "upper_cl",
    }
    return recent_trends(
        data[args["year_col"]],
        data.get(args.get("value")),
        **{ours: data[args[theirs]] for ours, theirs in columns.items() if theirs in args},
        **_common(vector, "value_type", "confidence"),
    )


CALL: dict[str, Callable] = {
    "phe_proportion": _fractions(proportions),
    "phe_rate": _fractions(rates),
    "phe_mean": _mean,
    "calculate_dsr": _dsr,
    "phe_quantile": _quantile,
    "phe_sii": _slope_index,
    "assign_trend_markers": _trend,
}


def _is_clear_answer(vector: Vector, found: Any) -> bool:
    """Whether we answer sensibly where the original fell over by accident."""
    if vector["expected"]["error_kind"] != "incidental":
        return False
    if vector["function"] == "assign_trend_markers":
        return any(trend.direction is Direction.UNKNOWN for trend in found)
    return vector["args"].get("confidence") == "NA" and not found[0].limits


def _limit_columns(limits: tuple[Limits, ...], before: str = "", after: str = "cl") -> Row:
    """Return limits under the original's names, such as lowercl or sii_upper99_8cl."""
    columns = {}
    for found in limits:
        level = f"{found.confidence * 100:.1f}".replace(".", "_")
        if len(limits) == 1 and not before:
            level = ""
        columns[f"{before}lower{level}{after}"] = found.lower
        columns[f"{before}upper{level}{after}"] = found.upper
    return columns


def _row(result: Any, **renamed: str) -> Row:
    """Return one result under the names of the original's columns."""
    confidence = ", ".join(f"{100 * found.confidence:g}%" for found in result.limits)
    row = {theirs: getattr(result, ours) for theirs, ours in renamed.items()}
    row |= {name: getattr(result, name) for name in ("value", "method", "statistic")}
    return row | _limit_columns(result.limits) | {"confidence": confidence}


def _compare_rows(**renamed: str) -> Callable:
    def compare(vector: Vector, found: Any) -> Iterator[str]:
        rows = [_row(result, **renamed) for result in found]
        wanted = vector["expected"]["rows"]
        if SINGLE_GROUP in vector["original_quirk"]:  # we always give one row per group
            if len(rows) != 1 or rows[0]["x"] != sum(row["x"] for row in wanted):
                yield "one group is not one row"
            return
        if len(rows) != len(wanted):
            yield f"{len(rows)} rows, not {len(wanted)}"
            return
        for number, (row, expected) in enumerate(zip(rows, wanted, strict=True)):
            if vector["group_by"]:
                group = tuple(expected[name] for name in vector["group_by"])
                if group != (found[number].group if len(group) > 1 else (found[number].group,)):
                    yield f"row {number}: another group"
            missing = set(vector["expected"]["columns"]) - set(row) - set(vector["data"])
            if missing:
                yield f"no column {missing}"
            for name in row.keys() & expected.keys():
                if not same(row[name], expected[name]):
                    yield f"row {number} {name}: {row[name]!r}, not {expected[name]!r}"

    return compare


def _compare_quantiles(vector: Vector, found: Any) -> Iterator[str]:
    wanted = [row["quantile"] for row in vector["expected"]["rows"]]
    order = range(len(wanted))
    if vector["group_by"]:  # the original's rows may come group by group
        order = _matching_rows(vector)
    if [found.numbers[i] for i in order] != wanted:
        yield f"quantiles {found.numbers}"


def _matching_rows(vector: Vector) -> list[int]:
    names = [*vector["group_by"], "x"]
    ours = list(zip(*(vector["data"][name] for name in names), strict=True))
    return [ours.index(tuple(row[name] for name in names)) for row in vector["expected"]["rows"]]


def _compare_slope_indices(vector: Vector, found: Any) -> Iterator[str]:
    if TEXT_ORDER in vector["original_quirk"]:
        # We sort text as numbers. Numbered as text sorts, the original's result must come out.
        labels = vector["data"]["quantile"]
        places = {label: place for place, label in enumerate(sorted(set(labels)))}
        as_text = {**vector["data"], "quantile": [places[label] for label in labels]}
        as_numbers = {**vector["data"], "quantile": [float(label) for label in labels]}
        if found != answers({**vector, "data": as_numbers}):
            yield "text quantiles are not sorted as numbers"
        found = answers({**vector, "data": as_text})
    found = [index for index in found if index.sii is not None]  # others are left out there
    wanted = vector["expected"]["rows"]
    if len(found) != len(wanted):
        yield f"{len(found)} rows, not {len(wanted)}"
        return
    tolerances = vector["expected"]["simulated"]["tolerance_abs"]
    swapped = SWAPPED in vector["original_quirk"]
    for index, expected, tolerance in zip(found, wanted, tolerances, strict=True):
        if swapped:
            expected, tolerance = _swapped_back(expected, tolerance)
        row = _slope_row(index)
        for name in row.keys() & expected.keys():
            near = tolerance.get(name)
            agrees = (
                same(row[name], expected[name])
                if near is None
                else abs(row[name] - expected[name]) <= near
            )
            if not agrees:
                yield f"{name}: {row[name]!r}, not {expected[name]!r} within {near}"


def _slope_row(index: SlopeIndex) -> Row:
    after = "cl" if index.transformation == "none" else ""
    return {
        "sii": index.sii,
        "rii": index.rii,
        "intercept": index.intercept,
        "transform": index.transformation,
        "CI_method": index.method,
        **_limit_columns(index.sii_limits, "sii_", after),
        **_limit_columns(index.rii_limits, "rii_", after),
    }


def _swapped_back(expected: Row, tolerance: Row) -> tuple[Row, Row]:
    """Return the original's row with its swapped, inverted limits put right."""
    right, near = dict(expected), dict(tolerance)
    for name in tolerance:
        other = name.replace("lower", "UPPER").replace("upper", "lower").replace("UPPER", "upper")
        if name.startswith("rii"):
            right[name] = 1 / expected[other]
            near[name] = tolerance[other] / expected[other] ** 2
        else:
            right[name], near[name] = expected[other], tolerance[other]
    return right, near


def _compare_trends(vector: Vector, found: Any) -> Iterator[str]:
    expected = vector["expected"]
    factor = 1.0
    if SCALED in vector["original_quirk"]:  # we take values and limits in one unit
        factor = vector["args"]["multiplier"]
    else:
        labels = {
            tuple(row[name] for name in vector["group_by"]): (
                row["recent_trend"],
                row["recent_trend_reason"],
            )
            for row in expected["rows"]
            if row["recent_trend"]
        }
        ours = {
            () if not vector["group_by"] else (trend.group,): (trend.direction, trend.reason)
            for trend in found
        }
        if ours != labels:
            yield f"{ours}, not {labels}"
    if expected.get("chi_squared") is not None:
        (trend,) = found
        pairs = {
            "chi_squared": (trend.chi_squared, expected["chi_squared"] * factor**2),
            "beta": (trend.slope, expected["beta"] * factor),
        }
        for name, (a, b) in pairs.items():
            if not math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-12):
                yield f"{name}: {a!r}, not {b!r}"


COMPARE: dict[str, Callable] = {
    "phe_proportion": _compare_rows(x="numerator", n="denominator"),
    "phe_rate": _compare_rows(x="numerator", n="denominator"),
    "phe_mean": _compare_rows(value_sum="total", value_count="count", stdev="standard_deviation"),
    "calculate_dsr": _compare_rows(total_count="total_count", total_pop="total_population"),
    "phe_quantile": _compare_quantiles,
    "phe_sii": _compare_slope_indices,
    "assign_trend_markers": _compare_trends,
}


def same(ours: object, wanted: object) -> bool:
    """Whether two cells agree: numbers to nine digits, words exactly."""
    if wanted in ("Infinity", "-Infinity"):
        wanted = float(wanted)  # type: ignore[arg-type]
    if isinstance(wanted, str):
        wanted = wanted.replace("1e+05", "100000")  # how R writes that number
    if isinstance(wanted, (int, float)) and isinstance(ours, (int, float)):
        return math.isclose(ours, wanted, rel_tol=1e-9, abs_tol=1e-12)
    return ours == wanted


def read(path: Path) -> list[Vector]:
    """Return the vectors of a file."""
    return json.loads(path.read_text(encoding="utf-8"))["vectors"]


def main(path: str) -> int:
    """Try every vector of the file; print what does not agree, and how many did."""
    vectors = read(Path(path))
    failed = {v["id"]: found for v in vectors if (found := disagreements(v))}
    for name, found in failed.items():
        print(name, *found, sep="\n  ")
    print(f"{len(vectors) - len(failed)} of {len(vectors)} vectors agree.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
