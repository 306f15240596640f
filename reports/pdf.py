"""The report as a tagged PDF (PDF/UA-1), typeset by Typst from frozen figures. Imports no models.

Figures reach Typst as JSON only. No text is pasted into Typst's markup, so nothing that people
typed can act as code there.
"""

import json
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders

from design_system.icons import static_path

if TYPE_CHECKING:
    import typst

    from reports.figures import Figures

LAYOUT = Path(__file__).parent / "layout"
ICONS = ("variation", "assurance")
# PDF/UA forbids signs that no font can draw. These blocks are drawn whole by ours; a sign from
# elsewhere (an emoji in a name) is replaced, because it must not cost the board its report.
UNDRAWABLE = re.compile(
    r"[^\t\n -~\u00a0-\u0377\u03a3-\u04ff\u1e00-\u1eff\u2000-\u2040\u20a0-\u20bf\u2190-\u22ff"
    r"\u25a0-\u25ff]"
)


@cache
def fonts() -> "typst.Fonts":
    """The fonts that came with our packages, and never those of the machine."""
    import typst

    folder = files("font_source_sans_pro") / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def typeset(figures: "Figures") -> bytes:
    """Return the report as PDF; raises typst.TypstError when it would break PDF/UA-1."""
    import typst  # here: its megabytes are for those processes only that make reports

    document = _drawable({**figures, "icons": _icons(figures)})
    pdf: bytes = typst.compile(
        str(LAYOUT / "report.typ"),
        root=str(LAYOUT),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(document)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.fromisoformat(figures["made_at"]).timestamp()),
    )
    return pdf


def _icons(figures: "Figures") -> dict[str, str]:
    """The drawing of each icon the report shows, by name."""
    names = {measure[kind] for measure in figures["measures"] for kind in ICONS} - {""}  # type: ignore[literal-required]
    return {name: _icon(name) for name in names}


def _icon(name: str) -> str:
    found = finders.find(static_path(name))
    if found is None:
        raise FileNotFoundError(f"The drawing {static_path(name)} is missing below static/.")
    return Path(found).read_text()


def _drawable(value: Any) -> Any:
    """The same JSON with every sign that our fonts cannot draw replaced by “�”."""
    if isinstance(value, str):
        return UNDRAWABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _drawable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(each) for each in value]
    return value
