from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        # These listen to the signals of Django and allauth.
        from accounts import events, factor_changes, single_sign_on  # noqa: F401
