"""Every partial is in the gallery, escapes what it is given, and loads nothing from elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from design_system import gallery, icons
from tests.design_system.conftest import Page

COMPONENTS = settings.BASE_DIR / "templates" / "components"
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
NEUTRAL = {
    "href",
    "narrow",
    "wide",
    "level",
    "colour",
    "variant",
    "name",
    "percent",
    "page",
    "query",
}


def hostile(value: Any, key: str = "") -> Any:
    """The same values with every text for people replaced by markup."""
    if key in NEUTRAL:
        return value
    if isinstance(value, dict):
        return {name: hostile(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [hostile(inner, key) for inner in value]
    return HOSTILE if isinstance(value, str) and value else value


def test_gallery_has_exactly_one_entry_for_each_partial():
    partials = sorted(path.stem for path in COMPONENTS.glob("*.html"))
    assert [entry.name for entry in gallery.entries()] == partials


def test_gallery_page_shows_every_example_with_ids_of_its_own():
    from design_system.views import Gallery

    page = Page(render_to_string("design_system/gallery.html", Gallery().get_context_data()))
    for entry in gallery.entries():
        assert f"part-{entry.name}" in page.ids
        for example in entry.examples:
            assert example.state in page.text
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_component_escapes_hostile_text(name):
    [entry] = [entry for entry in gallery.entries() if entry.name == name]
    for example in entry.examples:
        given = hostile(example.values)
        page = Page(render_to_string(f"components/{name}.html", dict(given)))
        assert not page.all("script")
        assert not page.all("img", src="x")
        assert [a for _, attrs in page.elements for a in attrs if a.startswith("on")] == []
        if given != example.values:
            shown = [page.text, *(str(v) for _, attrs in page.elements for v in attrs.values())]
            assert [text for text in shown if HOSTILE in text]


@pytest.mark.parametrize("level", ["debug", "info", "success", "warning", "error"])
def test_base_shows_messages_of_every_level(level):
    class Message:
        level_tag = level
        message = HOSTILE

    page = Page(render_to_string("base.html", {"messages": [Message()], "page_title": "Home"}))
    banner = page.one("div", class_="nhsuk-notification-banner")
    assert banner["role"] == ("alert" if level in ("success", "error") else "region")
    assert (banner["aria-labelledby"] or "").split()[0] in page.ids
    assert "alert('x')" in page.text


def test_base_title_says_error_when_the_form_has_errors():
    right = render_to_string("layouts/form_page.html", {"page_title": "Send"})
    wrong = render_to_string(
        "layouts/form_page.html", {"page_title": "Send", "form": gallery.PlainForm({})}
    )
    assert "<title>Send – Partnership portal</title>" in right
    assert "<title>Error: Send – Partnership portal</title>" in wrong


def test_base_marks_a_demonstration_and_nothing_else():
    banner = "illustrative, not real"
    real = {"partnership": {"name": "SLIC", "is_demonstration": False}}
    demonstration = {"partnership": {"name": "SLIC", "is_demonstration": True}}
    assert banner in render_to_string("base.html", demonstration)
    assert banner not in render_to_string("base.html", real)


def test_form_page_is_one_form_with_one_button_in_good_order():
    page = Page(
        render_to_string(
            "layouts/form_page.html",
            {"page_title": "Send", "form": gallery.SampleForm({}, {}), "button": "Send it"},
        )
    )
    form = page.one("form", method="post")
    assert "novalidate" in form
    assert form["enctype"] == "multipart/form-data"
    assert len(page.all("button", type="submit")) == 1
    tags = [(tag, attrs.get("class") or "") for tag, attrs in page.elements]
    summary = next(i for i, (_, cls) in enumerate(tags) if "nhsuk-error-summary" in cls)
    assert summary < next(i for i, (tag, _) in enumerate(tags) if tag == "h1")


def test_pagination_keeps_the_rest_of_the_query(render):
    page = render(
        '{% include "components/pagination.html" with page=page query=query only %}',
        page=Paginator(range(300), 10).page(5),
        query=QueryDict("q=a%26b&page=5"),
    )
    links = [attrs["href"] for attrs in page.all("a")]
    assert links == [f"?q=a%26b&page={number}" for number in (4, 1, 4, 5, 6, 30, 6)]
    assert page.one("a", **{"aria-current": "page"})["href"] == "?q=a%26b&page=5"


def test_table_puts_numbers_to_the_right_and_can_be_scrolled_by_keyboard(render):
    page = render(
        '{% include "components/table.html" with caption="Seen" columns=columns rows=rows only %}',
        columns=gallery.COLUMNS,
        rows=[["Lambeth", 12345, None]],
    )
    region = page.one("div", role="region")
    assert region["tabindex"] == "0"
    assert page.one("caption")["id"] == region["aria-labelledby"]
    assert len(page.all("td", class_="numeric")) == 2
    assert "12,345" in page.text
    assert page.one("th", scope="row")


def test_wrapping_tag_escapes_values_but_not_the_markup_written_in_the_template(render):
    page = render('{% card heading=text %}<p class="own">{{ text }}</p>{% endcard %}', text=HOSTILE)
    assert page.one("p", class_="own")
    assert not page.all("img")


def test_icons_each_have_a_drawing_with_the_meaning_as_alternative(render):
    folder = settings.BASE_DIR / "static" / "images" / "icons"
    assert {path.stem for path in folder.glob("*.svg")} == set(icons.ICON_MEANINGS)
    for name, meaning in icons.ICON_MEANINGS.items():
        source = '{% include "components/icon.html" with name=name only %}'
        assert render(source, name=name).one("img")["alt"] == meaning
    with pytest.raises(KeyError):
        icons.static_path("../secret")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_load_nothing_from_elsewhere_and_run_nothing_inline(path: Path):
    source = path.read_text()
    assert not re.search(r"""(src|srcset|href|action)=["']?(https?:)?//""", source)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\b(src=|type=\"application/json\"))[^>]*>", source)
    assert "|safe" not in source


def test_built_files_name_no_other_host_and_no_licensed_font_or_logo():
    build = settings.BASE_DIR / "static" / "build"
    css = (build / "portal.css").read_text()
    script = (build / "portal.js").read_text()
    assert "nhsuk-button" in css
    assert "initAll()" in script
    assert not re.search(r"(https?:)?//(?!#)[a-z0-9.-]+\.[a-z]{2,}/", css)
    assert not re.search(r"https?://", script)
    assert "frutiger" not in css.lower()
    assert "@font-face" not in css
    assert "sourceMappingURL" not in css + script
    used = set(re.findall(r"url\(\"?(?!data:)([^\")]+)", css))
    assert used
    assert [name for name in used if not (build / name).is_file()] == []
    assert [
        p.name for p in build.rglob("*") if "logo" in p.name or p.suffix in (".woff", ".woff2")
    ] == []
