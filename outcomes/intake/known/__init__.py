"""Profiles for files as national bodies publish them, as data. Pure.

Each is a JSON file beside this module: name, source, collection frequency, and the mapping of
`profiles.Mapping.from_json`. Measures have working names; `adopt` gives them the slugs of the
portal, and fixes what the file itself does not say.
"""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class KnownProfile:
    """A profile anybody may adopt. `asks` names what `adopt` must be told."""

    key: str
    name: str
    source: str
    frequency: str
    mapping: dict[str, Any]

    @property
    def asks(self) -> tuple[str, ...]:
        return ("organisation",) if "column" not in self.mapping["organisation"] else ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The working names of its measures; empty texts stand for a column that names them."""
        return tuple(each.get("measure", "") for each in self.mapping["measures"])


@cache
def known_profiles() -> tuple[KnownProfile, ...]:
    """All profiles, by name."""
    found = [
        KnownProfile(path.stem, **json.loads(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.json")
    ]
    return tuple(sorted(found, key=lambda profile: profile.name))


def known(key: str) -> KnownProfile:
    """The profile of this key. Raises KeyError."""
    return {profile.key: profile for profile in known_profiles()}[key]


def adopt(
    profile: KnownProfile,
    *,
    measures: Mapping[str, str] | None = None,
    organisation: str = "",
    places: Sequence[str] = (),
) -> dict[str, Any]:
    """The mapping for an ImportProfile.

    `measures` gives the slug for each working name that is wanted; the others are left out. For a
    profile whose measures stand in a column it translates what stands there. `organisation` is who
    the figures belong to when the file does not say, `places` which areas are taken. Raises
    ValueError when something the profile asks for is missing.
    """
    mapping = copy.deepcopy(profile.mapping)
    if "complete" in mapping:
        mapping["complete"]["known"] = sorted(_columns_of_figures(mapping))
    if "organisation" in profile.asks:
        if not organisation:
            raise ValueError("Say to which organisation the figures belong.")
        mapping["organisation"] = {"value": organisation}
    if places:
        mapping.setdefault("place", {})["only"] = list(places)
    if measures is not None:
        mapping["measures"] = [
            chosen for each in mapping["measures"] for chosen in _chosen(each, measures)
        ]
        if not mapping["measures"]:
            raise ValueError("Choose at least one measure.")
    return mapping


def _columns_of_figures(mapping: dict[str, Any]) -> set[str]:
    """Every name a column with figures may have, whichever measures are wanted."""
    parts = [each.get(part) or {} for each in mapping["measures"]
             for part in ("numerator", "denominator")]  # fmt: skip
    names = {name for part in parts for key in ("add", "subtract") for name in part.get(key, ())}
    return names.union(*(mapping.get("aliases", {}).get(name, ()) for name in names))


def _chosen(each: dict[str, Any], measures: Mapping[str, str]) -> list[dict[str, Any]]:
    if each.get("measure_column"):
        suffix = each.get("suffix", "")
        values = {
            name.removesuffix(suffix): measure
            for name, measure in measures.items()
            if name.endswith(suffix)
        }
        return (
            [{k: v for k, v in each.items() if k != "suffix"} | {"values": values}]
            if values
            else []
        )
    name = each["measure"]
    return [each | {"measure": measures[name]}] if name in measures else []
