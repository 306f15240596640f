"""What the database itself refuses: each app lists one bad row for each of its constraints."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction


def named(app: str) -> set[str]:
    """The names of all constraints on the tables of an app."""
    models = apps.get_app_config(app).get_models()
    return {constraint.name for model in models for constraint in model._meta.constraints}


def assert_refused(constraint: str, bad: Callable[[], object]) -> None:
    """The database refuses the row, and for this reason."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        bad()
