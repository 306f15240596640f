"""Reads OIDC_PROVIDERS, the list of organisations' sign-in services, from the environment.

Imports no models, because the settings import it. What a key means stands in .env.example; a wrong
value stops the portal at its start with a sentence that says what to change.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("id", "name", "server_url", "client_id", "secret")
LISTS = ("acr", "amr", "acrs", "tenants")
SUBJECTS = ("sub", "oid")
KNOWN = {*REQUIRED, *LISTS, "uid_field", "max_age"}
# Services for everybody: whoever makes an account there could say to be from any organisation.
FOR_EVERYBODY = {"common", "organizations", "consumers"}


def read(text: str, *, development: bool) -> list[dict[str, Any]]:
    """The providers as django-allauth wants them; empty when the text is. Raises a sentence."""
    if not text.strip():
        return []
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise _wrong(f"is not JSON ({error})") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _wrong('must be a list of objects: [{"id": …}, …]')
    apps = [_app(entry, development=development) for entry in entries]
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise _wrong("gives the same id twice; every provider needs an id of its own")
    return apps


def origin(url: str) -> str:
    """Scheme, host and port of an address, as two addresses of one server share them."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


def form_targets(apps: list[dict[str, Any]]) -> list[str]:
    """Where a form of ours may lead on to: browsers apply the policy to redirects, too."""
    found = (urlsplit(app["settings"]["server_url"]) for app in apps)
    return sorted({f"{url.scheme}://{url.netloc}" for url in found})


def _app(entry: dict[str, Any], *, development: bool) -> dict[str, Any]:
    name = f"provider {entry.get('id') or '(without id)'}"
    for key in REQUIRED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _wrong(f'has no "{key}" for the {name}; give it as text')
    if unknown := sorted(set(entry) - KNOWN):
        raise _wrong(f"has a key that means nothing, {unknown[0]!r}, for the {name}")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", entry["id"]):
        raise _wrong(f"may use only small letters, digits and - in the id of the {name}")
    for key in LISTS:
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise _wrong(f'must give "{key}" as a list of texts for the {name}')
    if entry.get("uid_field", "sub") not in SUBJECTS:
        raise _wrong(f'may use only "sub" or "oid" as "uid_field" for the {name}, never an e-mail')
    max_age = entry.get("max_age")
    if max_age is not None and (type(max_age) is not int or max_age < 0):
        raise _wrong(f'must give "max_age" in whole seconds for the {name}')
    _check_address(entry, name, development=development)
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"],
            "uid_field": entry.get("uid_field", "sub"),
            "max_age": max_age,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile", "email"],
            # The signed token says all that is needed; nothing more is fetched about a person.
            "fetch_userinfo": False,
            **{key: entry.get(key, []) for key in LISTS},
        },
    }


def _check_address(entry: dict[str, Any], name: str, *, development: bool) -> None:
    url = urlsplit(entry["server_url"])
    schemes = ("https", "http") if development else ("https",)
    if url.scheme not in schemes or not url.hostname:
        raise _wrong(f'needs a "server_url" that begins with https:// for the {name}')
    if url.query or url.fragment or url.username or "/.well-known/" in url.path:
        raise _wrong(
            f'must give the issuer as "server_url" for the {name}: the address that stands before '
            "/.well-known/openid-configuration, and nothing after it"
        )
    if shared := FOR_EVERYBODY.intersection(part.lower() for part in url.path.split("/")):
        raise _wrong(
            f'must name one tenant in "server_url" for the {name}, not {shared.pop()!r}: anybody '
            "with an account there could sign in. Use your tenant’s id"
        )


def _wrong(what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"The setting OIDC_PROVIDERS {what}. See .env.example.")
