"""Import profiles: which column means what, as data. Pure. `mapping` carries it out."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from outcomes.intake.layout import Layout
from outcomes.intake.names import loose, normalise
from outcomes.intake.numbers import STATUSES, NumberRules


@dataclass(frozen=True, slots=True)
class Expression:
    """Columns added up, less columns taken away, such as attendances − breaches.

    Of optional columns those that a file lacks are left out; with `whole` it then has no such sum.
    """

    add: tuple[str, ...]
    subtract: tuple[str, ...] = ()
    whole: bool = False

    @classmethod
    def parse(cls, spec: Dictionary[str, Any] | None) -> "Expression | None":
        if not spec:
            return None
        add, subtract = tuple(spec["add"]), tuple(spec.get("subtract", ()))
        return cls(add, subtract, bool(spec.get("whole", False)))

    @property
    def columns(self) -> tuple[str, ...]:
        return self.add + self.subtract


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """Where the numbers of a measure stand.

    `measure` is a slug; or `measure_column` holds it, where `values` may translate what stands
    there (then rows with anything else are not needed) and `suffix` is put behind it.
    """

    numerator: Expression
    denominator: Expression | None
    measure: str = ""
    measure_column: str = ""
    values: tuple[tuple[str, str], ...] = ()
    suffix: str = ""

    @classmethod
    def parse(cls, spec: Dictionary[str, Any]) -> "MeasureColumns":
        numerator = Expression.parse(spec["numerator"])
        assert numerator is not None  # noqa: S101 (the key is required)
        return cls(
            numerator=numerator,
            denominator=Expression.parse(spec.get("denominator")),
            measure=spec.get("measure", ""),
            measure_column=spec.get("measure_column", ""),
            values=tuple(spec.get("values", {}).items()),
            suffix=spec.get("suffix", ""),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        denominator = self.denominator.columns if self.denominator else ()
        return (self.measure_column, *self.numerator.columns, *denominator)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are needed, by one column. Texts are compared without case; `equals` with it."""

    column: str
    equals: frozenset[str] = frozenset()
    not_equals: frozenset[str] = frozenset()
    like: tuple[str, ...] = ()
    not_like: tuple[str, ...] = ()
    filled: bool = False

    @classmethod
    def parse(cls, spec: Dictionary[str, Any]) -> "Filter":
        return cls(
            column=spec["column"],
            equals=frozenset(spec.get("equals", ())),
            not_equals=frozenset(text.casefold() for text in spec.get("not_equals", ())),
            like=tuple(text.casefold() for text in spec.get("like", ())),
            not_like=tuple(text.casefold() for text in spec.get("not_like", ())),
            filled=bool(spec.get("filled", False)),
        )


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """One column that says which group a row is about.

    The group is “scheme:group”. The scheme is fixed, or stands in `scheme_column`, or the column
    holds both (no scheme at all). Texts in `total` mean everybody. With `slugs` the texts become
    slugs; `values` translates single texts first.
    """

    column: str
    scheme: str = ""
    scheme_column: str = ""
    total: frozenset[str] = frozenset()
    values: tuple[tuple[str, str], ...] = ()
    slugs: bool = False

    @classmethod
    def parse(cls, spec: Dictionary[str, Any]) -> "CategoryColumn":
        return cls(
            column=spec["column"],
            scheme=spec.get("scheme", ""),
            scheme_column=spec.get("scheme_column", ""),
            total=frozenset(text.casefold() for text in spec.get("total", ())),
            values=tuple((k.casefold(), v) for k, v in spec.get("values", {}).items()),
            slugs=bool(spec.get("slugs", False)),
        )


@dataclass(frozen=True, slots=True)
class NoteColumn:
    """A column whose words say why a number is missing, such as Fingertips' “Value note”.

    Where it stands `alone`, words beside a number, words of another meaning, and a denominator
    without its numerator are problems.
    """

    column: str
    like: tuple[tuple[str, str], ...]
    alone: bool = False

    @classmethod
    def parse(cls, spec: Dictionary[str, Any] | None) -> "NoteColumn | None":
        if not spec:
            return None
        if unknown := set(spec["like"].values()) - STATUSES:
            raise ValueError(f"A note cannot mean “{sorted(unknown)[0]}”.")
        like = tuple((k.casefold(), v) for k, v in spec["like"].items())
        return cls(spec["column"], like, bool(spec.get("alone", False)))


@dataclass(frozen=True, slots=True)
class Complete:
    """Columns that sums must not leave out: each `like` a pattern has to be `known`."""

    like: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    def leaves_out(self, header: Sequence[str]) -> list[str]:
        """The columns that are new to this kind of file."""
        names = [(name, normalise(name)) for name in header]
        return [
            " ".join(name.split())
            for name, plain in names
            if any(fnmatchcase(plain, pattern) for pattern in self.like)
            and loose(name) not in self.known
        ]


@dataclass(frozen=True)
class Mapping:
    """A profile's mapping, checked when it is made. See `from_json` for the keys."""

    period: str
    period_format: str
    organisation: str
    measures: tuple[MeasureColumns, ...]
    place: str = ""
    category: str = ""
    category_scheme: str = ""
    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    more_filters: tuple[Filter, ...] = ()
    period_formats: tuple[str, ...] = ()
    period_covers: str = ""
    period_value: str = ""
    organisation_value: str = ""
    place_value: str = ""
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    only_places: frozenset[str] = frozenset()
    category_value: str = ""
    categories: tuple[CategoryColumn, ...] = ()
    note: NoteColumn | None = None
    numbers: NumberRules = field(default_factory=NumberRules)
    layout: Layout = field(default_factory=Layout)
    aliases: Dictionary[str, Sequence[str]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    not_personal: frozenset[str] = frozenset()
    complete: Complete = Complete()
    columns: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        needed = {self.period, self.organisation, self.place, self.category}
        needed |= {column for column, _ in self.filters}
        needed |= {each.column for each in self.more_filters}
        needed |= {column for column, _ in self.places}
        needed |= {name for each in self.categories for name in (each.column, each.scheme_column)}
        needed |= {self.note.column} if self.note else set()
        for measure in self.measures:
            needed |= set(measure.columns)
        object.__setattr__(self, "columns", frozenset(needed - {""}))

    @property
    def required(self) -> frozenset[str]:
        """The columns without which the file is not of this kind."""
        return self.columns - self.optional

    @property
    def header(self) -> list[str]:
        """The columns a file must have, as people are told."""
        return sorted((self.required - self.layout.made) | self.layout.used_up)

    @classmethod
    def from_json(cls, spec: Dictionary[str, Any]) -> "Mapping":
        """Reads the JSON of an ImportProfile.

        Keys: period {column or value, format or formats, covers}; organisation {column or value};
        optional place {column, value or columns [{column, like}], only}, category {column, scheme
        or value or columns [{column, scheme or scheme_column, total, values, slugs}]}, filters
        [{column, equals, not_equals, like, not_like, filled}], numbers {marks, percent, rounds,
        note {column, like, alone}}, layout (see `layout`), aliases {column: [names]}, optional
        [columns]; not_personal [columns], which look like details of people but are none;
        complete {like [patterns], known [columns]}, columns that must be known if they are there;
        measures [{measure or measure_column (with values, suffix), numerator {add, subtract,
        whole}, denominator alike}]; of two ways to the same measure the first that the
        file has is used. Column names are in lower case. Raises KeyError when a key is missing,
        ValueError when a value means nothing.
        """
        period, place = spec["period"], spec.get("place", {})
        category, numbers = spec.get("category", {}), spec.get("numbers", {})
        organisation = spec["organisation"]
        filters = spec.get("filters", ())
        plain = [f for f in filters if set(f) == {"column", "equals"}]
        formats = tuple(period.get("formats", ())) or (period.get("format", "%Y-%m-%d"),)
        return cls(
            period=_one_of(period, "column"),
            period_format=formats[0],
            period_formats=formats,
            period_covers=period.get("covers", ""),
            period_value=period.get("value", ""),
            organisation=_one_of(organisation, "column"),
            organisation_value=organisation.get("value", ""),
            place=place.get("column", ""),
            place_value=place.get("value", ""),
            places=tuple(_place_column(each) for each in place.get("columns", ())),
            only_places=frozenset(text.casefold() for text in place.get("only", ())),
            category=category.get("column", ""),
            category_scheme=category.get("scheme", ""),
            category_value=category.get("value", ""),
            categories=tuple(CategoryColumn.parse(each) for each in category.get("columns", ())),
            filters=tuple((f["column"], frozenset(f["equals"])) for f in plain),
            more_filters=tuple(Filter.parse(f) for f in filters if f not in plain),
            note=NoteColumn.parse(numbers.get("note")),
            numbers=NumberRules(
                dict(numbers.get("marks", {})),
                bool(numbers.get("percent", False)),
                bool(numbers.get("rounds", False)),
            ),
            layout=Layout.from_json(spec.get("layout", {})),
            aliases={k: tuple(v) for k, v in spec.get("aliases", {}).items()},
            optional=frozenset(spec.get("optional", ())),
            not_personal=frozenset(spec.get("not_personal", ())),
            complete=Complete(
                tuple(spec.get("complete", {}).get("like", ())),
                frozenset(map(loose, spec.get("complete", {}).get("known", ()))),
            ),
            measures=tuple(MeasureColumns.parse(m) for m in spec["measures"]),
        )


def _one_of(spec: Dictionary[str, Any], key: str) -> str:
    """The column, which is required unless the profile fixes the value."""
    return "" if spec.get("value") else spec[key]


def _place_column(spec: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(spec, str):
        return spec, ()
    return spec["column"], tuple(text.casefold() for text in spec.get("like", ()))
