import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import engines


class Page(HTMLParser):
    """What a test asks of rendered HTML: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.text = re.sub(r"\s+", " ", self.text).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The attributes of each such element; `class_` looks for one class among several."""
        wanted_class = wanted.pop("class_", None)
        return [
            attrs
            for name, attrs in self.elements
            if name == tag
            and all(attrs.get(key) == value for key, value in wanted.items())
            and (wanted_class is None or wanted_class in (attrs.get("class") or "").split())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        """The attributes of the only such element."""
        [attrs] = self.all(tag, **wanted)
        return attrs

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


@pytest.fixture(autouse=True)
def unhashed_static_files(settings: Any, tmp_path: Path) -> None:
    """Templates name their static files without a collected manifest."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def render() -> Callable[..., Page]:
    """Renders template source with the values given."""

    def rendered(source: str, **values: Any) -> Page:
        return Page(engines["django"].from_string(source).render(values))

    return rendered
