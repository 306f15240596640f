from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        # Whoever writes a job must know its handler, and so must the web process.
        from reports import tasks  # noqa: F401
