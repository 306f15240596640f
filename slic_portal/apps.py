from django.apps import AppConfig


class SlicPortalConfig(AppConfig):
    """The wiring. It comes first, so that its templates and commands win."""

    name = "slic_portal"
    verbose_name = "SLIC Portal"

    def ready(self) -> None:
        from slic_portal import checks  # noqa: F401 - registers them
