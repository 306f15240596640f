"""The portal's looks: NHS form fields, components, error pages and their gallery."""

from django.apps import AppConfig


class DesignSystemConfig(AppConfig):
    """No models; only templates, tags, fields and views."""

    name = "design_system"
    verbose_name = "Design system"
