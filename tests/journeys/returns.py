"""The A&E file that a contributor sends, whole and with mistakes."""

import csv
import io
from pathlib import Path

from tests.journeys.visitor import Visitor

OWN_FILE = Path(__file__).parent / "ae_illustrative.csv"  # of RJZ, made up
HEADER = ["period", "org_code", "type", "attendances", "breaches", "admissions"]


def rows_of(path: Path, organisation: str) -> list[dict[str, str]]:
    """The file's rows of one organisation; `path` has the columns of HEADER."""
    with path.open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["org_code"] == organisation]


def as_file(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def with_errors(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows with three mistakes, in rows 2, 5 and 8 of the file."""
    broken = [dict(row) for row in rows]
    broken[0]["attendances"] = "many"
    broken[3]["breaches"] = str(int(broken[3]["attendances"]) + 1)
    broken[6]["org_code"] = "RJ2"
    return broken


def send_file(visitor: Visitor, content: bytes, name: str) -> None:
    visitor.page.get_by_label("Your file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    visitor.page.get_by_role("button", name="Send the file").click()
