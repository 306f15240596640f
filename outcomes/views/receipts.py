from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views import View
from django.views.generic import DetailView

from outcomes.models import Receipt, Upload
from outcomes.selectors import receipts

RETURNS_SHOWN = 60


class ReceiptDetail(DetailView):
    """What the sender holds in hand, to print or to keep."""

    slug_field = slug_url_kwarg = "uuid"
    template_name = "outcomes/receipt.html"

    def get_queryset(self):
        return Receipt.objects.for_user(self.request.user).select_related(
            "collection", "organisation", "upload", "sent_by"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        receipt = self.object
        uploads = Upload.objects.for_user(self.request.user)
        return super().get_context_data(**kwargs) | {
            "facts": receipts.facts(receipt),
            "upload": uploads.filter(pk=receipt.upload_id).first(),
            "returns": receipts.returns(receipt)[:RETURNS_SHOWN],
            "more_returns": max(0, receipts.returns(receipt).count() - RETURNS_SHOWN),
            "is_unchanged": not receipt.upload_id and receipts.figures_sent(receipt) is not None,
        }


class ReceiptCsv(View):
    """The typed figures a receipt is about, in the very bytes of its checksum."""

    def get(self, request: HttpRequest, uuid: str) -> StreamingHttpResponse:
        receipt = get_object_or_404(Receipt.objects.for_user(request.user), uuid=uuid)
        content = None if receipt.upload_id else receipts.figures_sent(receipt)
        if content is None:
            raise Http404
        return StreamingHttpResponse(
            content,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="receipt-{receipt.number}.csv"'},
        )
