"""The checklists of docs/ leave no number out, and each test that they name exists."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

DOCS = Path(settings.BASE_DIR) / "docs"
TESTS = Path(settings.BASE_DIR) / "tests"
OWN = [*map(str, range(1, 51)), *(f"N{number}" for number in range(1, 17))]
# The requirements of levels 1 and 2 of OWASP ASVS 5.0.0: chapter, then how many of each section.
# Within a section those of level 3 come last.
ASVS = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    2: {1: 3, 2: 3, 3: 4, 4: 1},
    3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4},
    5: {1: 1, 2: 3, 3: 2, 4: 3},
    6: {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    8: {1: 2, 2: 3, 3: 1, 4: 1},
    9: {1: 3, 2: 4},
    10: {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    11: {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    12: {1: 3, 2: 2, 3: 4},
    13: {1: 1, 2: 5, 3: 2, 4: 5},
    14: {1: 2, 2: 4, 3: 3},
    15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
    17: {1: 1, 2: 4, 3: 2},
}
REASON = re.compile(r"(Code|Operator|Not applicable|Partly|Not met): \S+")
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def rows(name: str) -> list[list[str]]:
    """The lines of all tables of a document that begin with a number."""
    lines = (DOCS / name).read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in cells if re.fullmatch(r"N?\d+(\.\d+)*", row[0])]


def functions(path: str) -> set[str]:
    """The names of the tests in a file under tests/."""
    tree = ast.parse((TESTS / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_own_checklist_leaves_no_number_out():
    assert [row[0] for row in rows("security.md")] == OWN


def test_asvs_leaves_no_number_out():
    expected = [
        f"{chapter}.{section}.{number}"
        for chapter, sections in ASVS.items()
        for section, count in sections.items()
        for number in range(1, count + 1)
    ]
    assert len(expected) == 253
    assert [row[0] for row in rows("security-asvs.md")] == expected


@pytest.mark.parametrize("name", ["security.md", "security-asvs.md"])
def test_every_line_has_a_test_or_a_reason(name):
    proofs = {row[0]: row[-1] for row in rows(name)}
    lacking = [
        number
        for number, proof in proofs.items()
        if not NAMED.search(proof) and not REASON.search(proof)
    ]
    assert lacking == []


@pytest.mark.parametrize("name", ["security.md", "security-asvs.md"])
def test_every_test_that_is_named_exists(name):
    named = NAMED.findall((DOCS / name).read_text())
    assert len(named) > 50
    gone = [
        f"{path}::{test}"
        for path, test in sorted(set(named))
        if not (TESTS / path).is_file() or test not in functions(path)
    ]
    assert gone == []
