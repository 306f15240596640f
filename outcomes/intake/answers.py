"""From what somebody said about the columns of a file to the mapping of a profile. Pure.

Answers are those of the mapping screen (`outcomes.forms.profiles`). A column is named by its
letter, as a spreadsheet does; the mapping names it by what its header says, so that it is found
again when columns move.
"""

import glob
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outcomes.intake.names import loose
from outcomes.intake.readers.archives import column_letters
from outcomes.intake.seen import Seen

ACROSS, ABOVE, BESIDE, OURS, FIGURES = "across", "above", "beside", "ours", "figures"
PLACE = "place:"
PERIOD_ABOVE = "period above the table"
MARKS = ("", "*", "-", "..", "c", "z", "x", ":")
FILTERS, CATEGORIES = 2, 2
MOST_TERMS = 20
TERM = re.compile(r"\s*([+\-−–])\s*([A-Za-z]{1,3})(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the portal knows and the file need not say."""

    ours: str  # the code of the organisation, or empty for a file with those of all partners
    frequency: str
    measures: Sequence[str]  # slugs, in the order of the screen
    places: Sequence[str] = ()  # every name and code of a borough
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # scheme → name → slug


class NotAnExpression(ValueError):  # noqa: N818 (what happened)
    """The text is not a list of columns to add or take away, or too long a one."""


def terms(text: str) -> list[tuple[str, str]]:
    """The signs and letters of “+ E − F”. Raises NotAnExpression."""
    found, end = [], 0
    for term in TERM.finditer(text):
        if text[end : term.start()].strip():
            break
        found.append(("+" if term[1] == "+" else "-", term[2].upper()))
        end = term.end()
    if text[end:].strip() or len(found) > MOST_TERMS:
        raise NotAnExpression(text)
    return found


def to_mapping(answers: Mapping[str, Any], seen: Seen, facts: Facts) -> dict[str, Any]:
    """The mapping of a profile; `answers` are complete and name columns that are there."""
    names = seen.names(answers["header_row"], answers["header_rows"])
    by_letter = {column_letters(place): name for place, name in enumerate(names, start=1)}
    mapping: dict[str, Any] = {
        "period": _period(answers, by_letter, facts),
        "organisation": {"value": facts.ours}
        if answers["organisation"] == OURS
        else {"column": by_letter[answers["organisation"]]},
        "place": _place(answers, by_letter, facts),
        "category": {"columns": _categories(answers, by_letter, facts)},
        "filters": _filters(answers, by_letter),
        "numbers": {
            "marks": {
                mark: answers[f"mark_{place}"]
                for place, mark in enumerate(MARKS)
                if answers[f"mark_{place}"]
            }
        },
        "measures": [
            measure
            for place, slug in enumerate(facts.measures)
            if (measure := _measure(answers, f"measure_{place}", slug, by_letter))
        ],
    }
    if layout := _layout(answers, seen, facts):
        mapping["layout"] = layout
    if header := _header(answers, names, mapping):
        mapping.setdefault("layout", {})["header"] = header
    return mapping


def _period(answers: Mapping[str, Any], names: Mapping[str, str], facts: Facts) -> dict[str, Any]:
    where = answers["period"]
    across = where in (ACROSS, ABOVE)
    column = "period" if across else PERIOD_ABOVE if where == BESIDE else names[where]
    period = {"column": column, "formats": ["%Y-%m-%d" if across else answers["period_format"]]}
    if answers["period_covers"] and not across:
        period["covers"] = facts.frequency
    return period


def _place(answers: Mapping[str, Any], names: Mapping[str, str], facts: Facts) -> dict[str, Any]:
    where = answers["place"]
    if not where:
        return {}
    if where.startswith(PLACE):
        return {"value": where.removeprefix(PLACE)}
    only = {"only": list(facts.places)} if answers["only_our_places"] else {}
    return {"column": names[where], **only}


def _categories(
    answers: Mapping[str, Any], names: Mapping[str, str], facts: Facts
) -> list[dict[str, Any]]:
    total = [word.strip() for word in answers["category_total"].split(",") if word.strip()]
    found = []
    for place in range(CATEGORIES):
        column, scheme = answers[f"category_{place}"], answers[f"category_{place}_scheme"]
        if column:
            spec: dict[str, Any] = {"column": names[column], "total": total}
            if scheme:
                groups = dict(facts.groups.get(scheme, {}))
                spec |= {"scheme": scheme, "slugs": True, "values": groups}
            found.append(spec)
    return found


def _filters(answers: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for place in range(FILTERS):
        column, how = answers[f"filter_{place}"], answers[f"filter_{place}_how"]
        if column:
            words = [_pattern(word) for word in answers[f"filter_{place}_words"].split(",")]
            given = {how: True} if how == "filled" else {how: [word for word in words if word]}
            found.append({"column": names[column], **given})
    return found


def _pattern(word: str) -> str:
    """Of the signs of a pattern only * and ? are meant as such."""
    return word.strip().replace("[", "[[]")


def _measure(
    answers: Mapping[str, Any], key: str, slug: str, names: Mapping[str, str]
) -> dict[str, Any] | None:
    """None when the file does not hold this measure."""
    numerator = _expression(answers, f"{key}_numerator", names)
    if numerator is None:
        return None
    found: dict[str, Any] = {"numerator": numerator}
    if denominator := _expression(answers, f"{key}_denominator", names):
        found["denominator"] = denominator
    if where := answers[f"{key}_where"]:
        words = [word.strip() for word in answers[f"{key}_where_words"].split(",")]
        values = {" ".join(word.split()): slug for word in words if word}
        return found | {"measure_column": names[where], "values": values}
    return found | {"measure": slug}


def _expression(
    answers: Mapping[str, Any], key: str, names: Mapping[str, str]
) -> dict[str, list[str]] | None:
    first = answers.get(key)
    if not first:
        return None
    more = terms(answers[f"{key}_more"])
    add = ["value" if first == FIGURES else names[first]]
    add += [names[letter] for sign, letter in more if sign == "+"]
    take = [names[letter] for sign, letter in more if sign == "-"]
    return {"add": add, "subtract": take} if take else {"add": add}


def _layout(answers: Mapping[str, Any], seen: Seen, facts: Facts) -> dict[str, Any]:
    layout: dict[str, Any] = {}
    if len(seen.sheet_names) > 1:
        layout["sheet"] = {"like": [glob.escape(seen.sheet.casefold())], "any": True}
    if answers["period"] in (ACROSS, ABOVE):
        layout["across"] = {"formats": [answers["period_format"]]}
        layout["across"] |= {"above": 1} if answers["period"] == ABOVE else {}
        if answers["period_covers"]:
            layout["across"]["covers"] = facts.frequency
    if answers["period"] == BESIDE:
        layout["beside"] = {PERIOD_ABOVE: answers["period_label"]}
    if answers["without_numbers"]:
        layout["without_numbers"] = True
    return layout


def _header(
    answers: Mapping[str, Any], names: Sequence[str], mapping: Mapping[str, Any]
) -> dict[str, Any]:
    """How the header is found again: by its names where they are sure, else by its row.

    Names in row 1 of an else plain file need no search, which reads much faster.
    """
    row, joined = answers["header_row"], answers["header_rows"]
    used = [name for name in names if loose(name) in _fixed_columns(mapping)]
    sure = used and joined == 1 and not any(name.startswith("column ") for name in used)
    sure = sure and len(set(map(loose, used))) == len(used)
    if sure and row == 1 and "layout" not in mapping:
        return {}
    if sure and answers["period"] != ABOVE:
        return {"expect": used}
    return {"row": row, "join": joined}


def _fixed_columns(mapping: Mapping[str, Any]) -> set[str]:
    """The columns the mapping names, but for those that the layout makes."""
    found: list[str] = [mapping["period"]["column"], mapping["organisation"].get("column", "")]
    found += [mapping["place"].get("column", "")]
    found += [each["column"] for each in (*mapping["category"]["columns"], *mapping["filters"])]
    for measure in mapping["measures"]:
        found += [measure.get("measure_column", "")]
        for part in ("numerator", "denominator"):
            expression = measure.get(part, {})
            found += [*expression.get("add", ()), *expression.get("subtract", ())]
    return {loose(name) for name in found} - {"", loose(PERIOD_ABOVE)}
