from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from pghistory.config import middleware_methods

from accounts import events
from accounts.trail import context


class RecordMiddleware:
    """Notes who acts beside every change of a request, and who was refused.

    Only requests that may write pay for it: one query for the roles of the person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in middleware_methods():
            with pghistory.context(**context.of_request(request)):
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        if response.status_code == 403 and request.user.is_authenticated:
            events.record_refusal(request)
        return response
