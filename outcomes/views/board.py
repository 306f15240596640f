"""Where must we act? The board's scorecard, exceptions first, and the figures behind it."""

from typing import Any

from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes import figures
from outcomes.models.releases import Edition
from outcomes.views.public import FigurePage


class Scorecard(PermissionRequired, TemplateView):
    permission_required = Permission.BOARD_VIEW
    template_name = "outcomes/scorecard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = figures.scorecard()
        return super().get_context_data(page_title="Scorecard", scorecard=rows, **kwargs)


class BoardMeasureDetail(PermissionRequired, FigurePage):
    """A measure as the board sees it: exact, and with what is approved but not yet published."""

    permission_required = Permission.BOARD_VIEW
    template_name = "outcomes/board_measure_detail.html"
    edition = Edition.BOARD
