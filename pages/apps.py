from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from pages.actions import editors
        from partners.actions import staff

        staff.on_roles_changed(editors.follow_role)
