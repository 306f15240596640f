"""Every template of the project compiles: a misspelt tag shows here, not to a person."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name)
