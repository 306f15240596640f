"""The PDF: the figures' words, tagged for screen readers, whatever people typed."""

import io
import json
from collections import Counter

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from reports.figures import collect
from reports.pdf import typeset
from tests.factories_figures import make_hidden_point, make_measure, make_point
from tests.reports.conftest import OCTOBER

pytestmark = pytest.mark.django_db


def read(figures) -> PdfReader:
    return PdfReader(io.BytesIO(typeset(figures)))


def words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def tags(node) -> Counter:
    """How often each tag occurs in the structure tree."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        return sum((tags(kid) for kid in node), Counter())
    if not isinstance(node, DictionaryObject):
        return Counter()
    own = Counter([node["/S"]]) if "/S" in node else Counter()
    return own + (tags(node["/K"]) if "/K" in node else Counter())


@pytest.fixture
def figures(schedule, published):
    published(
        "Seen within 4 hours",
        variation="concern_low",
        variation_meaning="Getting worse: lower than usual, and higher is better",
        points=[make_point(0, text="71.25", signal="lower than expected"), make_hidden_point(1)],
        target_text="95%",
        target_met=False,
    )
    make_measure("Not begun")
    return collect(schedule, OCTOBER)


def test_typeset_says_all_figures_in_words(figures):
    text = words(read(figures))
    for expected in (
        "South Partnership",
        "Board report, October 2026",
        "84.1%",
        "71.25",
        "lower than expected",
        "hidden",
        "95% – not met",
        "Getting worse: lower than usual, and higher is better",
        "Not begun",
        "6 of 6 partners reported",
        figures["summary"],
        figures["rule"],
    ):
        assert expected in text


def test_typeset_declares_pdf_ua_1_title_and_language(figures):
    pdf = read(figures)
    root = pdf.root_object
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/MarkInfo"]["/Marked"] is not None
    assert bool(root["/MarkInfo"]["/Marked"]) is True
    assert root["/Lang"] == "en-GB"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"]) is True
    assert pdf.metadata.title == "Board report, October 2026 – South Partnership"


def test_typeset_tags_headings_tables_and_charts(figures):
    found = tags(read(figures).root_object["/StructTreeRoot"]["/K"])
    assert found["/Title"] == 1
    assert found["/H2"] == len(figures["measures"])
    assert found["/Table"] == 2  # all measures at a glance, and the points of one
    assert found["/TH"] == 8
    assert found["/Figure"] == 1
    assert found["/TOC"] >= 1


def test_typeset_describes_each_chart(figures):
    def alternatives(node) -> list[str]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            return [text for kid in node for text in alternatives(kid)]
        if not isinstance(node, DictionaryObject):
            return []
        own = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
        return own + (alternatives(node["/K"]) if "/K" in node else [])

    found = alternatives(read(figures).root_object["/StructTreeRoot"]["/K"])
    assert found == ["A line chart of 24 months, the last at 84.1%."]


def test_typeset_uses_only_embedded_fonts_of_ours(figures):
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in read(figures).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(name.startswith("SourceSansPro") for name in fonts)


def test_typeset_marks_a_demonstration(figures):
    notice = "The figures in this report are illustrative, not real"
    assert notice not in words(read(figures))
    assert notice in words(read({**figures, "demonstration": True}))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('#panic("x") *bold* $x$ \\ <b>&amp; //c', '#panic("x") *bold* $x$ \\ <b>&amp; //c'),
        ("Łódź ½ ≥ £5 “quoted” – naïve", "Łódź ½ ≥ £5 “quoted” – naïve"),
        ("Smile 😀 here", "Smile � here"),
        ("Bell \x07 rings", "Bell � rings"),
    ],
)
def test_typeset_takes_any_text_as_text(figures, typed, shown):
    figures["measures"][0] |= {"name": typed, "sentence": typed, "chart_text": typed}
    assert shown in words(read(figures))


def test_typeset_without_any_figures_is_still_a_report(schedule):
    assert "No figures have been published yet." in words(read(collect(schedule, OCTOBER)))


def test_figures_survive_json(figures):
    assert json.loads(json.dumps(figures)) == {**figures, "groups": list(figures["groups"])}
