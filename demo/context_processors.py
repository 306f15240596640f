from collections.abc import Callable

from django.http import HttpRequest

from demo.actions import people


def second_step(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """What the pages that ask for a code may show in development; worked out only when used."""

    def demonstration_code() -> str:
        stage = getattr(request, "_login_stage", None)  # not signed in yet, only half-way
        user = stage.login.user if stage else getattr(request, "user", None)
        return people.code_of(user) if user and user.is_authenticated else ""

    return {"demonstration_code": demonstration_code}
