from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from outcomes.actions import checks
from outcomes.actions.conflict import Conflict
from outcomes.forms.flags import Answer, read_answers
from outcomes.models import Flag, Submission
from outcomes.selectors import flags

NOTHING_SAID = "Say why at least one of the figures is right, or change the figures."


@dataclass(frozen=True, slots=True)
class Said:
    """What came of the reasons on a page: those refused stay there, as they were typed."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    asked: frozenset[Submission] = frozenset()

    def beside(self, noticed: flags.Noticed) -> list[dict[str, str]]:
        """Puts what was refused beside its flag; the errors for the top of the page."""
        for flag in noticed.may:
            flag.error = self.refused.get(flag.pk, "")
            flag.typed = self.answers[flag.pk].text if flag.error else ""
        return [
            {"message": f"{flag.measure or flag.submission}: {flag.error}"}
            | {"href": f"#answer-{flag.pk}"}
            for flag in noticed.may
            if flag.error
        ]


def keep_reasons(request: HttpRequest, *, needed: bool) -> Said:
    """Saves the reasons on a page; `needed` when at least one has to be there."""
    answers = read_answers(request.POST)
    asked = flags.named(request.user, answers)
    given = [flag for flag in asked if answers[flag.pk].text]
    refused = {flag.pk: why for flag in given if (why := _answer(flag, answers[flag.pk], request))}
    if saved := len(given) - len(refused):
        messages.success(request, f"Saved: {saved} reason{'s'[: saved != 1]}.")
    if len(asked) < len(answers):
        messages.info(request, "Some figures have changed meanwhile: they need no reason now.")
    elif needed and not given and asked:
        refused = {asked[0].pk: NOTHING_SAID}
    return Said(answers, refused, frozenset(flag.submission for flag in asked))


def _answer(flag: Flag, answer: Answer, request: HttpRequest) -> str:
    """Why the answer was not taken; empty when it was."""
    flag.value = answer.seen
    try:
        checks.answer(flag=flag, answer=answer.text, by=request.user)
    except Conflict as conflict:
        return str(conflict)
    return ""


class FlagList(RedirectURLMixin, View):
    """What was noticed in returns still to be sent, and the reasons why figures are right."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not flags.may_answer_anywhere(request.user):
            raise PermissionDenied("Only those who send figures say why they are right.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(flags.of(flags.in_hand(request.user)), Said())

    def post(self, request: HttpRequest) -> HttpResponse:
        said = keep_reasons(request, needed=True)
        if not said.refused:
            return redirect(self.get_success_url())
        return self._page(flags.of(said.asked), said)

    def get_default_redirect_url(self) -> str:
        return reverse("outcomes:flag-list")

    def _page(self, noticed: flags.Noticed, said: Said) -> HttpResponse:
        errors = said.beside(noticed)
        context = {"flags": noticed, "next": self.get_redirect_url(), "errors": errors}
        return render(self.request, "outcomes/flag_list.html", context)
