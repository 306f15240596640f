"""Figures that are only half typed. They are kept, and nothing is sent before they are finished."""

from collections.abc import Iterable

from outcomes.models import Observation, Submission

NAMED = 3


def sentence(submissions: Iterable[Submission]) -> str:
    """Which figures are still to be finished; empty when there are none."""
    figures = Observation.objects.filter(
        submission__in=submissions, status=Observation.Status.UNFINISHED
    ).select_related("submission__collection", "measure", "place", "category")
    found = list(figures.order_by("period", "measure__order", "place", "category"))
    if not found:
        return ""
    names = [_name(figure) for figure in found[:NAMED]]
    if more := len(found) - len(names):
        names.append(f"{more} more")
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    are = "is" if len(found) == 1 else "are"
    return (
        f"{listed} {are} unfinished. Write what is still empty, choose why there is no number, or "
        "take the row away."
    )


def _name(figure: Observation) -> str:
    name = f"{figure.measure}: {figure.part}" if figure.part else str(figure.measure)
    return f"“{name}” of {figure.submission.period_label}"
