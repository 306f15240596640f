"""The template tags of the design system; loaded in every template (settings: `builtins`).

A tag with an end renders the component partial of the same name around what stands between:
`{% card heading="Falls" href="/x/" %}<p>…</p>{% endcard %}`. Everything else is an include.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from design_system import forms as nhs_forms
from design_system import icons

register = template.Library()

WRAPPING_COMPONENTS = (
    "card",
    "table",
    "inset_text",
    "warning_callout",
    "details",
    "notification_banner",
)


def _wrapping(name: str) -> None:
    """Register `{% name … %}content{% endname %}` for the partial components/name.html."""

    @register.simple_block_tag(name=name)
    def wrapping(content: SafeString, **options: Any) -> SafeString:
        return render_to_string(f"components/{name}.html", {**options, "content": content})


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """A day and a time as the NHS writes them, for example “22 November 2026 at 3:53am”."""
    if value is None:
        return ""
    return f"{date_format(value, 'j F Y')} at {time_of_day(value)}"


@register.filter(expects_localtime=True)
def as_moment(value: Any) -> Any:
    """A time as above, where a value is one; anything else as it is."""
    return moment(value) if isinstance(value, datetime) else value


@register.filter(expects_localtime=True)
def time_of_day(value: datetime) -> str:
    """For example “3:53am”."""
    hours = date_format(value, "g:i" if value.minute else "g")
    return f"{hours}{'am' if value.hour < 12 else 'pm'}"


for _name in WRAPPING_COMPONENTS:
    _wrapping(_name)


@register.simple_tag
def component(name: str, values: dict[str, Any]) -> SafeString:
    """The partial components/name.html with the values given; for the gallery."""
    return render_to_string(f"components/{name}.html", dict(values))


@register.filter
def beside(row: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row beside its column."""
    return list(zip(row, columns, strict=False))


@register.filter
def icon_meaning(name: str) -> str:
    """What a variation or assurance icon says."""
    return icons.meaning(name)


@register.filter
def icon_path(name: str) -> str:
    """Where the drawing of an icon lies below static/."""
    return icons.static_path(name)


@register.filter
def page_numbers(page: Page) -> Iterator[int | None]:
    """The page numbers to offer, with None where some are left out."""
    ellipsis = page.paginator.ELLIPSIS
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        yield None if number == ellipsis else int(number)


@register.simple_tag
def page_link(number: int, query: QueryDict | None = None) -> str:
    """The address of a page of a list, keeping the rest of the query (`request.GET`)."""
    changed = query.copy() if query else QueryDict(mutable=True)
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


@register.simple_tag
def history_link(chosen: dict[str, str] | None = None, **cut: Any) -> str:
    """The address of a page of a history: the filters chosen, and where the page is cut."""
    query = QueryDict(mutable=True)
    query.update({**(chosen or {}), **{name: str(key) for name, key in cut.items()}})
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def error_list(
    form: forms.BaseForm | None = None, errors: Iterable[Any] | None = None
) -> list[Any]:
    """What an error summary lists: the problems of a bound form, or those given."""
    if form and form.is_bound:
        return list(nhs_forms.listed_errors(form))
    return list(errors or [])


@register.simple_tag
def control_kind(field: BoundField) -> str:
    """Which NHS control a field is shown as."""
    return nhs_forms.control_kind(field)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a field with its NHS classes."""
    return nhs_forms.control(field)


@register.filter
def hint_for(field: BoundField, value: Any) -> str:
    """The sentence below one choice of a field, or nothing."""
    return getattr(field.field, "choice_hints", {}).get(str(value), "")
