"""Targets of measures: propose, agree, give up."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from accounts.reauthentication import RecentSignIn
from outcomes.actions import targets as act
from outcomes.forms.measures import TargetForm
from outcomes.models import Measure, Target
from outcomes.views.measures import Act, Button, DecisionPage, MeasurePage


class TargetCreate(MeasurePage, Act):
    form_class = TargetForm
    extra_context = {
        "page_title": "Set a target",
        "button": "Propose it",
        "explanation": "From its first day on it takes the place of earlier targets. A second "
        "person has to agree it.",
    }
    done = "Proposed. It counts when a second person agrees it."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"unit": self.measure.unit}

    def act(self, **cleaned: Any) -> None:
        act.propose(measure=self.measure, by=self.request.user, **cleaned)


class OneTarget:
    measure: Measure
    kwargs: dict[str, Any]

    @cached_property
    def target(self) -> Target:
        """The one that waits for a second person."""
        return get_object_or_404(
            Target.objects.select_related("measure"),
            measure=self.measure,
            from_date=self.kwargs["period"],
            agreed_at=None,
        )


class TargetAgree(DecisionPage, RecentSignIn, OneTarget, Button):
    done = "Agreed. Pages and charts show it within a minute or two."

    def act(self) -> None:
        act.agree(target=self.target, by=self.request.user)


class TargetDrop(MeasurePage, OneTarget, Button):
    done = "The proposal is gone."

    def act(self) -> None:
        act.drop(target=self.target, by=self.request.user)
