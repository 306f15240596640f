"""Reads across models: `public` for everybody's pages, `people` for the pages about people."""

from partners.selectors.public import HOME, organisation_page, public_organisations, who_we_are

__all__ = ["HOME", "organisation_page", "public_organisations", "who_we_are"]
