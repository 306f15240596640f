"""Settings that start, and yet are not safe, or do not go together. Each says its cure.

Those of production are errors of `check --deploy`; the others stop every start.
"""

from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]", "testserver")


def refuse_unsafe_start() -> None:
    """For the web server, which runs no checks by itself. Raises ImproperlyConfigured."""
    faults = [fault for fault in run_checks(tags=[Tags.security]) if fault.is_serious()]
    if faults:
        raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in faults))


@register(Tags.security)
def second_step_keys(**options: Any) -> list[CheckMessage]:
    """Each key of the second step is one."""
    try:
        for key in settings.MFA_ENCRYPTION_KEYS:
            Fernet(key)
    except ValueError:
        return [
            Error(
                "MFA_ENCRYPTION_KEYS holds something that is not a Fernet key.",
                hint="Each key is 32 random bytes in URL-safe base 64; .env.example shows how to "
                "make one. Nobody could use their second step with this one.",
                id="portal.E001",
            )
        ]
    return []


@register(Tags.security)
def development_is_local(**options: Any) -> list[CheckMessage]:
    """Plain HTTP and mail in the log are for one's own machine."""
    strangers = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    if not (settings.DEVELOPMENT and strangers):
        return []
    return [
        Error(
            f"DEVELOPMENT is on, and the portal answers to {', '.join(strangers)}.",
            hint="Take DEVELOPMENT out of the environment, or set ALLOWED_HOSTS=localhost.",
            id="portal.E002",
        )
    ]


@register(Tags.security)
def mail_gives_up(**options: Any) -> list[CheckMessage]:
    """A mail server that does not answer holds up no worker."""
    if settings.EMAIL_TIMEOUT and settings.EMAIL_TIMEOUT <= 60:
        return []
    return [
        Error(
            "EMAIL_TIMEOUT is missing or longer than a minute.",
            hint="Set it to about 10 seconds: a worker would wait for a mail server for ever.",
            id="portal.E003",
        )
    ]


@register(Tags.security, deploy=True)
def cookies_are_bound_to_the_host(**options: Any) -> list[CheckMessage]:
    """Nobody on a neighbouring host can plant a session."""
    kinds = {
        settings.SESSION_COOKIE_NAME: (
            settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_PATH,
            settings.SESSION_COOKIE_DOMAIN,
        ),
        settings.CSRF_COOKIE_NAME: (
            settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_PATH, settings.CSRF_COOKIE_DOMAIN,
        ),
    }  # fmt: skip
    return [
        Error(
            f"The cookie {name} is not bound to this host.",
            hint="Its name begins with __Host-, it is secure, its path is / and it has no domain.",
            id="portal.E004",
        )
        for name, kind in kinds.items()
        if not name.startswith("__Host-") or kind != (True, "/", None)
    ]


@register(Tags.security, deploy=True)
def database_is_encrypted(**options: Any) -> list[CheckMessage]:
    """What travels to a database on another machine is encrypted, and the machine is known."""
    database = settings.DATABASES["default"]
    host = database.get("HOST") or database["OPTIONS"].get("host") or ""
    mode = database["OPTIONS"].get("sslmode", "prefer")
    if host in ("", *LOCAL) or host.startswith("/") or mode == "verify-full":
        return []
    kind = Warning if mode in ("require", "verify-ca") else Error
    return [
        kind(
            f"The connection to the database on {host} has sslmode={mode}.",
            hint="Add ?sslmode=verify-full to DATABASE_URL (and sslrootcert=, when its certificate "
            "is not a public one).",
            id="portal.E005",
        )
    ]


@register(Tags.security, deploy=True)
def redis_is_encrypted(**options: Any) -> list[CheckMessage]:
    """What travels to a Redis on another machine is encrypted."""
    return [
        Error(
            f"{name} goes to {urlsplit(url).hostname} without encryption.",
            hint="Begin it with rediss:// and give the user and password.",
            id="portal.E006",
        )
        for name, url in (("REDIS_URL", settings.REDIS_URL), ("CACHE_URL", settings.CACHE_URL))
        if urlsplit(url).scheme == "redis" and urlsplit(url).hostname not in LOCAL
    ]


@register(Tags.security, deploy=True)
def somebody_hears_of_weaknesses(**options: Any) -> list[CheckMessage]:
    """security.txt names somebody."""
    contact, nobody = settings.SECURITY_CONTACT, f"{settings.PORTAL_URL}/"
    if contact.startswith(("mailto:", "https://")) and contact != nobody:
        return []
    return [
        Warning(
            "Nobody is named whom people could tell of a weakness.",
            hint="Set SECURITY_CONTACT=mailto:security@portal.example.nhs.uk, or the https address "
            "of a page; /.well-known/security.txt shows it.",
            id="portal.W007",
        )
    ]
