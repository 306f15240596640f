"""The tree of pages: a site with a home page and the statements below it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from pages.models import HomePage, StatementPage
from partners.models import Partnership


@transaction.atomic
def create_pages(
    *,
    partnership: Partnership,
    home: Mapping[str, Any],
    statements: Iterable[Mapping[str, Any]] = (),
) -> HomePage:
    """Make the site, the home page and the statements, or bring them up to date; twice is once.

    `home` has title, introduction and body. A statement has title, date, on_behalf_of,
    introduction and body, and may have a slug. A body is a list of blocks as dictionaries:

        {"type": "paragraph", "value": "<h2>…</h2><p>…</p>"}
        {"type": "figures", "value": [{"measure": slug, "figure": "year" or "latest",
                                       "month": "2016-03-01" or None, "caption": "…"}]}
        {"type": "cards", "value": [{"heading": "…", "text": "…",
                                     "destination": "programmes:programme-list"}]}

    Destinations are those of pages.blocks.DESTINATIONS. A field that a page does not have raises
    AttributeError.
    """
    # Not "home": the welcome page of a fresh installation holds that slug until it goes.
    page = _put(
        HomePage.objects.first(), HomePage, Page.get_first_root_node(), slug="front", **home
    )
    _site(page, partnership.name)
    for statement in statements:
        slug = statement.get("slug") or slugify(statement["title"])
        existing = StatementPage.objects.child_of(page).filter(slug=slug).first()
        _put(existing, StatementPage, page, **{**statement, "slug": slug})
    return page


def _put(existing: Any, model: Any, parent: Page, **values: Any) -> Any:
    """The page with these values, published: the existing one, or a new one below the parent."""
    page = existing or model()
    for name, value in values.items():
        if not hasattr(model, name):
            raise AttributeError(f"A {model._meta.verbose_name} has no field “{name}”.")
        setattr(page, name, _stream(value) if name == "body" else value)
    if existing is None:
        parent.add_child(instance=page)
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return page


def _stream(blocks: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(list(blocks), cls=DjangoJSONEncoder)


def _site(home: HomePage, name: str) -> None:
    """The one site, with this home page as its root; the page it had before goes."""
    address = urlsplit(settings.PORTAL_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    before = site.root_page if site.pk else None
    site.hostname, site.port = address.hostname or "localhost", port
    site.site_name, site.root_page = name, home
    site.save()
    if before is not None and before.pk != home.pk and before.specific_class is Page:
        # Deleted through a fresh copy: the tree has moved on since it was read.
        Page.objects.get(pk=before.pk).delete()
