from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        # These listen to the signals of Django and allauth.
        from accounts import events, factor_changes, single_sign_on  # noqa: F401
        from accounts.trail import never_emptied

        post_migrate.connect(never_emptied.protect, sender=self)
