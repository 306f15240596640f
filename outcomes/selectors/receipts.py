"""Receipts, and the figures they are about in the spelling of their checksum."""

import csv
import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime

from accounts.spreadsheets import Echo, as_text
from design_system.templatetags.nhs import moment
from outcomes.digits import plain_text
from outcomes.models import Observation, Receipt, Submission

COLUMNS = (
    "organisation",
    "period",
    "measure",
    "place",
    "category",
    "numerator",
    "denominator",
    "status",
    "note",
)
LATELY = 5


def recent(user: Any) -> QuerySet[Receipt]:
    """The user's own latest receipts, newest first; those of others stand on their returns."""
    receipts = Receipt.objects.for_user(user).filter(sent_by=user).select_related("collection")
    return receipts.order_by("-sent_at", "-pk")[:LATELY]


def returns(receipt: Receipt) -> QuerySet[Submission]:
    """The returns of which it is the latest receipt, oldest period first."""
    return (
        Submission.objects.filter(receipt=receipt)
        .select_related("collection", "organisation")
        .order_by("period", "organisation__name")
    )


def facts(receipt: Receipt) -> list[tuple[str, Any]]:
    """What the page says about it, above the totals."""
    found = [
        ("Sent for", receipt.organisation or "Several partners"),
        ("Sent", f"{moment(localtime(receipt.sent_at))} by {receipt.sent_by}"),
        ("Figures", f"{receipt.figures:,}"),
    ]
    if upload := receipt.upload:
        rows, size = f"{upload.rows_accepted:,}", filesizeformat(upload.size)
        found.append(("File", f"{upload.name_for_partners} ({size}, {rows} rows taken)"))
    return found


def figures_sent(receipt: Receipt) -> Iterator[str] | None:
    """The figures as CSV, line by line; None when they are not those of the receipt any more."""
    figures = Observation.objects.filter(submission__receipt=receipt)
    return csv_lines(figures) if checksum(figures) == receipt.sha256 else None


def checksum(figures: QuerySet[Observation]) -> str:
    """The SHA-256 of the figures as CSV."""
    digest = hashlib.sha256()
    for line in csv_lines(figures):
        digest.update(line.encode())
    return digest.hexdigest()


def csv_lines(figures: QuerySet[Observation]) -> Iterator[str]:
    """The figures in one order and one spelling, so that the same ones give the same bytes.

    UTF-8 with the mark that Excel needs, lines end in LF, the columns are those of COLUMNS.
    """
    writer = csv.writer(Echo(), lineterminator="\n")
    yield "\ufeff" + writer.writerow(COLUMNS)
    rows = figures.select_related("organisation", "measure", "place", "category").order_by(
        "organisation__slug",
        "period",
        "measure__slug",
        "place__slug",
        "category__scheme",
        "category__slug",
    )
    for row in rows.iterator(chunk_size=2000):
        category = row.category
        yield writer.writerow(
            [
                row.organisation.slug,
                row.period.isoformat(),
                row.measure.slug,
                row.place.slug if row.place else "",
                f"{category.scheme}:{category.slug}" if category else "",
                plain_text(row.numerator),
                plain_text(row.denominator),
                row.status,
                as_text(row.note),
            ]
        )
