"""The receipt that a sender holds in hand: what arrived, when, and what it adds up to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from outcomes.digits import exact_text
from outcomes.models import Observation, Receipt, Submission, Upload
from outcomes.selectors.receipts import checksum
from partners.actions import notices


def issue(
    *, submissions: Sequence[Submission], upload: Upload | None, at: datetime, by: Any
) -> Receipt:
    """Writes the receipt for returns that were just sent, and mails it to whoever sent them.

    `upload` is the file that holds exactly these figures; None when anything in them was typed.
    The caller asks who may send, holds the rows under lock, and saves them.
    """
    figures = Observation.objects.filter(submission__in=submissions)
    organisations = {row.organisation_id for row in submissions}
    totals = _totals(figures)
    receipt = Receipt.objects.create(
        collection_id=submissions[0].collection_id,
        organisation_id=organisations.pop() if len(organisations) == 1 else None,
        upload=upload,
        sent_by=by,
        sent_at=at,
        sha256=upload.sha256 if upload else checksum(figures),
        figures=sum(line["figures"] for line in totals),
        totals=totals,
    )
    notices.send("receipt", app="outcomes", to=by.email, user=by, receipt=receipt)
    return receipt


def _totals(figures: QuerySet[Observation]) -> list[dict[str, Any]]:
    """What was sent, added up for each measure over everything in it, numbers as text."""
    sums = (
        figures.order_by()
        .values("measure__name", "measure__order")
        .annotate(
            returns=Count("submission", distinct=True),
            figures=Count("pk"),
            numerator=Sum("numerator"),
            denominator=Sum("denominator"),
        )
        .order_by("measure__order", "measure__name")
    )
    return [
        {
            "measure": line["measure__name"],
            "returns": line["returns"],
            "figures": line["figures"],
            "numerator": exact_text(line["numerator"]),
            "denominator": exact_text(line["denominator"]),
        }
        for line in sums
    ]
