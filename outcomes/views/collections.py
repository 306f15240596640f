"""What partners are asked for, as analysts define it."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.views import View
from django.views.generic import FormView, ListView, TemplateView

from accounts.permissions import Permission
from accounts.views import PermissionRequired
from outcomes.actions import collections as act
from outcomes.actions.conflict import Conflict
from outcomes.forms.collections import CollectionForm, ExtensionForm
from outcomes.forms.rules import RuleForm
from outcomes.models import Collection, Extension, Rule
from outcomes.rulebook import RuleError
from outcomes.selectors import collections as read
from partners.models import Partnership

WORK = {"label": "My work", "href": reverse_lazy("outcomes:work")}
COLLECTIONS = {"label": "Collections", "href": reverse_lazy("outcomes:collection-list")}


class CollectionPage(PermissionRequired):
    """For analysts; which collection, the address says."""

    permission_required = Permission.COLLECTION_MANAGE

    def get_permission_object(self) -> None:
        return None

    @cached_property
    def collection(self) -> Collection:
        return get_object_or_404(Collection, slug=self.kwargs["slug"])


class CollectionList(CollectionPage, ListView):
    template_name = "outcomes/collection_list.html"
    extra_context = {"page_title": "Collections", "breadcrumb": [WORK]}

    def get_queryset(self):
        return read.collections()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [(row, read.next_dates(row)) for row in self.object_list]
        return super().get_context_data(collections=found, **kwargs)


class CollectionDetail(CollectionPage, TemplateView):
    template_name = "outcomes/collection_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        collection = self.collection
        return super().get_context_data(**kwargs) | {
            "page_title": str(collection),
            "breadcrumb": [WORK, COLLECTIONS],
            "collection": collection,
            "dates": read.next_dates(collection),
            "rules": read.rules_in_words(collection),
            "extensions": collection.extensions.select_related("organisation", "granted_by"),
            "profiles": collection.import_profiles.filter(retired_at=None).select_related(
                "organisation"
            ),
        }


class Act(CollectionPage, FormView):
    """A form that changes a collection; what is refused is said above the form."""

    done = "Saved."

    def act(self, **cleaned: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(**form.cleaned_data)
        except (Conflict, RuleError) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return self.collection.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumb=self.breadcrumb(), **kwargs)

    def breadcrumb(self) -> list[dict[str, str]]:
        here = {"label": str(self.collection), "href": self.collection.get_absolute_url()}
        return [WORK, COLLECTIONS, here]


class CollectionForms(Act):
    """Both forms of a collection; “Show the dates” works them out and saves nothing."""

    form_class = CollectionForm
    template_name = "outcomes/collection_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "measures": read.measures_to_ask(),
            "organisations": read.organisations_to_ask(self.kwargs.get("slug") and self.collection),
        }

    def get_form(self, *args: Any) -> CollectionForm:
        form = super().get_form(*args)
        if "show" in self.request.POST:
            form.for_dates()
        return form

    def form_valid(self, form: CollectionForm) -> HttpResponse:
        if "show" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        typed = context["form"].collection()
        return context | {"typed": typed, "dates": typed and read.next_dates(typed)}


class CollectionCreate(CollectionForms):
    extra_context = {"page_title": "Ask for figures", "button": "Make the collection"}
    initial = {"frequency": "month", "due_working_days": 15, "remind_before": [5],
               "remind_after": [1, 5]}  # fmt: skip
    done = "The collection is made. Returns that are due appear within a minute or two."

    def act(self, **cleaned: Any) -> None:
        partnership = Partnership.objects.current()
        self.collection = act.create(partnership=partnership, by=self.request.user, **cleaned)

    def breadcrumb(self) -> list[dict[str, str]]:
        return [WORK, COLLECTIONS]


class CollectionChange(CollectionForms):
    extra_context = {"page_title": "Change the collection", "button": "Save"}

    def get_initial(self) -> dict[str, Any]:
        return CollectionForm.initial_of(self.collection)

    def act(self, **cleaned: Any) -> None:
        act.change(collection=self.collection, by=self.request.user, **cleaned)


class ExtensionCreate(Act):
    form_class = ExtensionForm
    template_name = "outcomes/extension_create.html"
    extra_context = {"page_title": "Let somebody send later", "button": "Save the exception"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(collection=self.collection, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "organisations": self.collection.organisations.all(),
            "periods": read.periods_for_exceptions(self.collection),
        }

    def act(self, **cleaned: Any) -> None:
        made = act.extend(collection=self.collection, by=self.request.user, **cleaned)
        self.done = f"{made.organisation} may send these figures until {made.until:%-d %B %Y}."


class ExtensionEnd(CollectionPage, View):
    """One button beside an exception."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        extension = get_object_or_404(
            Extension,
            collection=self.collection,
            organisation__slug=kwargs["organisation"],
            period=kwargs["period"],
        )
        act.end_extension(extension=extension, by=request.user)
        messages.success(request, f"The exception for {extension.organisation} has ended.")
        return redirect(self.collection)


class RuleForms(Act):
    form_class = RuleForm
    template_name = "outcomes/rule_form.html"
    rule: Rule | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        names = read.names_of_figures(self.collection.measures.all())
        figures = [(f"{measure}:{part}", name) for (measure, part), name in names.items()]
        return super().get_form_kwargs() | {"figures": sorted(figures, key=lambda pair: pair[1])}

    def act(self, **cleaned: Any) -> None:
        act.write_rule(collection=self.collection, rule=self.rule, by=self.request.user, **cleaned)


class RuleCreate(RuleForms):
    extra_context = {"page_title": "Write a rule", "button": "Save the rule"}
    initial = {"weight": "must", "when_missing": "skip"}


class RuleChange(RuleForms):
    extra_context = {"page_title": "Change a rule", "button": "Save the rule"}

    @cached_property
    def rule(self) -> Rule:
        return get_object_or_404(Rule, uuid=self.kwargs["uuid"])

    @cached_property
    def collection(self) -> Collection:
        return self.rule.collection

    def get_initial(self) -> dict[str, Any]:
        return RuleForm.initial_of(self.rule)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rule=self.rule, **kwargs)


class RuleDrop(CollectionPage, View):
    """One button on the page of a rule."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rule = get_object_or_404(Rule, uuid=kwargs["uuid"])
        act.drop_rule(rule=rule, by=request.user)
        messages.success(request, "The rule is gone.")
        return redirect(rule.collection)
