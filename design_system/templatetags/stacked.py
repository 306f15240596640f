"""Tables that become a list of blocks on a narrow screen; loaded in every template.

    {% stacked_table "Returns" "Return" "#Figures" "(What to do)" %}
      {% row %}{% row_head %}…{% endrow_head %}{% cell "#Figures" %}12{% endcell %}{% endrow %}
    {% endstacked_table %}

`#` before a heading is for numbers; one in brackets is for screen readers only, and an empty one is
left out. Each cell names its column, because on a narrow screen the head of the table is gone.
"""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False
    hidden: bool = False


def column(heading: str) -> Column:
    if heading.startswith("(") and heading.endswith(")"):
        return Column(heading[1:-1], hidden=True)
    return Column(heading.removeprefix("#"), numeric=heading.startswith("#"))


@register.simple_block_tag
def stacked_table(content: SafeString, caption: str, *headings: str, **options: Any) -> SafeString:
    """Options: `caption_shown`, `caption_size` (s), `id` when it is led to, `modifier`: its looks,
    of which `short` is for values that fit beside their headings."""
    columns = [column(heading) for heading in headings if heading]
    modifiers = options.pop("modifier", "").split()
    context = {"caption": caption, "columns": columns, "modifiers": modifiers, "content": content}
    return render_to_string("components/stacked_table.html", context | options)


@register.simple_block_tag
def row(content: SafeString) -> SafeString:
    return format_html('<tr class="nhsuk-table__row" role="row">{}</tr>', content)


@register.simple_block_tag
def row_head(content: SafeString) -> SafeString:
    """What the row is about."""
    opening = '<th class="nhsuk-table__header" role="rowheader" scope="row">{}</th>'
    return format_html(opening, content)


@register.simple_block_tag
def cell(content: SafeString, heading: str = "") -> SafeString:
    """An empty one shows a dash, and is left out where values stand beside their headings."""
    named, classes = column(heading), "nhsuk-table__cell"
    if named.numeric:
        classes += " nhsuk-table__cell--numeric"
    if named.label and not content.strip():
        classes, content = f"{classes} portal-table__none", "–"
    label = ""
    if named.label:
        label = format_html(
            '<span class="nhsuk-table__heading" aria-hidden="true">{}</span> ', named.label
        )
    return format_html('<td class="{}" role="cell">{}{}</td>', classes, label, content)
