from collections.abc import Callable

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse


class PreviewFrameMiddleware:
    """Lets the editor show a preview in a frame beside the form; no other page may be framed.

    A preview passes through all middleware with the address of the public page, so the exception
    for the editor's addresses does not reach it. Stands below the CSP middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return response
