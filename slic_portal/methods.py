"""The portal is used in three ways: to read (GET, HEAD) and to send a form (POST)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

KNOWN = ("GET", "HEAD", "POST")


class KnownMethodsMiddleware:
    """Answers every other way with 405 before any view sees it.

    Django's form views would take a PUT as if it were a POST, and views that are functions would
    not look at the way at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN:
            return HttpResponseNotAllowed(KNOWN)
        return self.get_response(request)
