"""The headers of every response, whoever made it: pages, errors, redirects and static files."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

DENIED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN_ONLY = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{feature}=()" for feature in DENIED), *(f"{feature}=(self)" for feature in OWN_ONLY)]
    ),
}
# Pages that are about one person, or for staff, though some of them open without a sign-in.
PRIVATE = (
    "/accounts/", "/board/", "/cms/", "/design-system/", "/invitation/", "/people/", "/work/",
)  # fmt: skip

# What Wagtail's editor needs (decision 0011). Previews keep the policy of the page they show.
EDITOR_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, "'unsafe-inline'"],  # its fields for dates, times, choices and lists
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "manifest-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}


class HeadersMiddleware:
    """Stands first, so that no response gets past it; what a view has set itself stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", _transport())
        if request.path_info.startswith(PRIVATE):
            response["Cache-Control"] = "no-store, private"
        if "no-store" in response.headers.get("Cache-Control", ""):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


def _transport() -> str:
    """As Django's SecurityMiddleware says it; an answer made before that lacks it."""
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] * settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    parts += ["preload"] * settings.SECURE_HSTS_PRELOAD
    return "; ".join(parts)
