"""Measures as analysts look after them: write, propose, agree, review, retire, start afresh."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from django.views.generic import FormView, ListView, TemplateView

from accounts.permissions import Permission
from accounts.reauthentication import RecentSignIn
from accounts.views import PermissionRequired
from outcomes import dictionary, wording
from outcomes.actions import measures as act
from outcomes.actions.conflict import Conflict
from outcomes.forms.measures import (
    AnswerForm,
    MeasureForm,
    RebaseForm,
    RetireForm,
    ReviewForm,
    SeenForm,
)
from outcomes.models import Measure, MeasureVersion, Rebase
from outcomes.selectors import measures as read
from partners.models import Organisation, Partnership
from programmes.models import Programme

WORK = {"label": "My work", "href": reverse_lazy("outcomes:work")}
MEASURES = {"label": "Measures", "href": reverse_lazy("outcomes:definition-list")}


class MeasurePage(PermissionRequired):
    """For analysts; which measure, the address says."""

    permission_required = Permission.MEASURE_DEFINE
    kwargs: dict[str, Any]
    request: HttpRequest

    def get_permission_object(self) -> None:
        return None

    @cached_property
    def measure(self) -> Measure:
        return get_object_or_404(
            Measure.objects.select_related("owner", "programme", "retired_by"),
            slug=self.kwargs["slug"],
        )

    @cached_property
    def version(self) -> MeasureVersion:
        version = read.open_version(self.measure)
        if version is None:
            raise Http404
        return version


class DecisionPage(MeasurePage):
    """For those who may agree."""

    permission_required = Permission.MEASURE_AGREE


class DefinitionList(MeasurePage, ListView):
    template_name = "outcomes/definition_list.html"
    extra_context = {"page_title": "Measures", "breadcrumb": [WORK]}

    def get_queryset(self):
        return read.measures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(today=today, **kwargs)


class DefinitionDetail(MeasurePage, TemplateView):
    """The definition in force, the version that is written or reviewed, and what may be done."""

    template_name = "outcomes/definition_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measure, version = self.measure, read.open_version(self.measure)
        user = self.request.user
        context = super().get_context_data(**kwargs) | {
            "page_title": measure.name,
            "breadcrumb": [WORK, MEASURES],
            "measure": measure,
            "facts": dictionary.facts(measure),
            "versions": read.agreed_versions(measure),
            "rebases": measure.rebases.select_related("proposed_by", "agreed_by"),
            "targets": [
                (target, wording.target_value(target, measure.unit))
                for target in measure.targets.select_related("proposed_by", "agreed_by")
            ],
            "may_agree": user.has_perm(Permission.MEASURE_AGREE),
        }
        if version:
            context |= {
                "version": version,
                "differences": dictionary.differences(measure, version),
                "seen": act.fingerprint(version),
                "makers": version.makers.order_by("full_name"),
                "wrote": version.makers.filter(pk=user.pk).exists(),
            }
        return context


class Act(FormView):
    """A form that changes a measure; what is refused is said above the form."""

    template_name = "outcomes/measure_act.html"
    done = "Saved."

    def act(self, **cleaned: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(**form.cleaned_data)
        except Conflict as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.measure.get_definition_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"breadcrumb": self.breadcrumb()}

    def breadcrumb(self) -> list[dict[str, Any]]:
        here = {"label": self.measure.name, "href": self.measure.get_definition_url()}
        return [WORK, MEASURES, here]


class DefinitionForms(MeasurePage, Act):
    """Both forms of a definition."""

    form_class = MeasureForm
    template_name = "outcomes/definition_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "programmes": Programme.objects.order_by("name"),
            "organisations": Organisation.objects.partners_today(),
        }


class DefinitionCreate(DefinitionForms):
    extra_context = {"page_title": "Define a measure", "button": "Save the draft"}
    done = "The draft is saved. Nobody but analysts sees it before a second person agrees it."
    initial = {
        "multiplier": 1, "decimals": 0, "frequency": "month", "about_people": True,
        "disclosure": "suppress_and_round", "sensitive": False, "ask_about_change": 50,
        "screen_outliers": True, "two_of_three_counts_outside": False, "signal_length": 7,
    }  # fmt: skip

    def act(self, **cleaned: Any) -> None:
        partnership = Partnership.objects.current()
        self.measure = act.create(partnership=partnership, by=self.request.user, **cleaned)

    def breadcrumb(self) -> list[dict[str, Any]]:
        return [WORK, MEASURES]


class DefinitionChange(DefinitionForms):
    """The draft of the next version; what is in force stays until that is agreed."""

    extra_context = {"page_title": "Change the definition", "button": "Save the draft"}
    done = "The draft is saved. What is in force stays until a second person agrees it."

    def get_initial(self) -> dict[str, Any]:
        return MeasureForm.initial_of(read.open_version(self.measure) or self.measure)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        owner = Organisation.objects.filter(pk=self.measure.owner_id)
        return kwargs | {"organisations": (kwargs["organisations"] | owner).distinct()}

    def act(self, **cleaned: Any) -> None:
        act.write(measure=self.measure, by=self.request.user, **cleaned)


class Button(View):
    """One button on the page of a measure; what is refused is said there."""

    http_method_names = ["post"]
    done = "Saved."

    def act(self) -> None:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except Conflict as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, self.done)
        exists = Measure.objects.filter(pk=self.measure.pk).exists()
        return redirect(self.measure.get_definition_url() if exists else MEASURES["href"])


class DefinitionPropose(MeasurePage, Button):
    done = "Sent for review. A second person finds it in their work."

    def act(self) -> None:
        act.propose(version=self.version, by=self.request.user)


class DefinitionDrop(MeasurePage, Button):
    done = "The draft is gone."

    def act(self) -> None:
        self.measure  # noqa: B018 (its address is needed when it may be gone)
        act.drop(version=self.version, by=self.request.user)


class DefinitionAgree(DecisionPage, RecentSignIn, Button):
    done = "Agreed, and in force from now on. Its pages are ready within a minute or two."

    def act(self) -> None:
        form = SeenForm(self.request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        act.agree(version=self.version, seen=seen, by=self.request.user)


class DefinitionSendBack(DecisionPage, Act):
    form_class = AnswerForm
    extra_context = {"page_title": "Send the definition back", "button": "Send it back"}
    done = "Sent back to the people who wrote it."

    def get_initial(self) -> dict[str, Any]:
        return {"seen": act.fingerprint(self.version)}

    def act(self, **cleaned: Any) -> None:
        act.send_back(version=self.version, by=self.request.user, **cleaned)


class MeasureRetire(DecisionPage, RecentSignIn, Act):
    form_class = RetireForm
    extra_context = {
        "page_title": "Take the measure out of use",
        "button": "Take it out of use",
        "explanation": "Its pages stay, and say that it is no longer used. It can be asked for and "
        "published no more, until a new version is agreed.",
    }
    done = "The measure is no longer used."

    def act(self, **cleaned: Any) -> None:
        act.retire(measure=self.measure, by=self.request.user, **cleaned)


class MeasureReview(DecisionPage, Act):
    form_class = ReviewForm
    extra_context = {
        "page_title": "Note a review",
        "button": "Save the review",
        "explanation": "Somebody looked at the definition, and it stays as it is. To change it, "
        "write a new version instead.",
    }
    done = "The review is noted."

    def act(self, **cleaned: Any) -> None:
        act.review(measure=self.measure, by=self.request.user, **cleaned)


class RebaseCreate(MeasurePage, Act):
    form_class = RebaseForm
    extra_context = {
        "page_title": "Let the expected range start afresh",
        "button": "Propose it",
        "explanation": "Only where something changed for good, so that numbers before and after "
        "cannot be compared. A second person has to agree it.",
    }
    done = "Proposed. It counts when a second person agrees it."

    def act(self, **cleaned: Any) -> None:
        act.propose_rebase(measure=self.measure, by=self.request.user, **cleaned)


class OneRebase:
    @cached_property
    def rebase(self) -> Rebase:
        return get_object_or_404(
            Rebase.objects.select_related("measure"),
            measure=self.measure,
            period=self.kwargs["period"],
        )


class RebaseAgree(DecisionPage, RecentSignIn, OneRebase, Button):
    done = "Agreed. Charts are drawn again within a minute or two."

    def act(self) -> None:
        act.agree_rebase(rebase=self.rebase, by=self.request.user)


class RebaseDrop(MeasurePage, OneRebase, Button):
    done = "The proposal is gone."

    def act(self) -> None:
        act.drop_rebase(rebase=self.rebase, by=self.request.user)
