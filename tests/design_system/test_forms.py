"""Fields show label, hint and error with ids that fit together; error summaries lead to them."""

from typing import Any

import pytest
from django import forms

from design_system import fields
from design_system.forms import control_kind, focus_id, listed_errors
from design_system.gallery import PlainForm, SampleForm


def filled(**changes: Any) -> SampleForm:
    """The sample form as it comes back with nothing but these values."""
    return SampleForm(changes, {})


@pytest.mark.parametrize("name", ["name", "email", "password", "seen", "place", "reason", "file"])
def test_as_field_group_ties_label_hint_and_error_to_the_control(render, name):
    form = filled()
    form.fields[name].help_text = "A hint."
    page = render("{{ field.as_field_group }}", field=form[name])

    control = next(a for tag, a in page.elements if tag in ("input", "select", "textarea"))
    assert control["id"] == f"id_{name}"
    assert page.one("label", **{"for": f"id_{name}"})
    assert control["aria-describedby"] == f"id_{name}_helptext id_{name}_error"
    assert {f"id_{name}_helptext", f"id_{name}_error"} <= set(page.ids)
    assert control["aria-invalid"] == "true"
    assert page.all("div", class_="nhsuk-form-group--error")
    assert "Error: " in page.text


def test_as_field_group_without_hint_or_error_describes_nothing(render):
    page = render("{{ field.as_field_group }}", field=SampleForm()["seen"])
    control = page.one("input")
    assert "aria-describedby" not in control
    assert "Error" not in page.text
    assert not page.all("div", class_="nhsuk-form-group--error")


@pytest.mark.parametrize(("name", "kind"), [("answer", "radios"), ("topics", "checkboxes")])
def test_choices_are_a_fieldset_with_labelled_options(render, name, kind):
    page = render("{{ field.as_field_group }}", field=filled()[name])
    assert page.one("fieldset")["aria-describedby"] == f"id_{name}_error"
    assert page.one("legend")
    options = page.all("input", class_=f"nhsuk-{kind}__input")
    assert [option["id"] for option in options] == [f"id_{name}_0", f"id_{name}_1"]
    assert len(page.all("label", class_=f"nhsuk-{kind}__label")) == 2


def test_choices_keep_what_was_chosen_and_show_the_hint_of_a_choice(render):
    page = render("{{ field.as_field_group }}", field=filled(answer="no")["answer"])
    yes, no = page.all("input")
    assert "checked" in no
    assert "checked" not in yes
    assert no["aria-describedby"] == "id_answer_1_hint"
    assert "id_answer_1_hint" in page.ids
    assert "You can say why" in page.text


def test_a_wrong_number_comes_back_as_it_was_typed(render):
    page = render("{{ field.as_field_group }}", field=filled(seen="twelve")["seen"])
    control = page.one("input")
    assert (control["type"], control["inputmode"]) == ("text", "numeric")
    assert control["value"] == "twelve"
    assert "nhsuk-input--width-5" in control["class"]


def test_a_password_never_comes_back(render):
    page = render("{{ field.as_field_group }}", field=filled(password="secret words")["password"])
    assert "value" not in page.one("input")
    assert "secret" not in page.html


def test_prefix_and_suffix_stand_beside_the_control_for_the_eye_only(render):
    page = render("{{ form.cost.as_field_group }}{{ form.seen.as_field_group }}", form=SampleForm())
    assert page.one("div", class_="nhsuk-input-wrapper__prefix")["aria-hidden"] == "true"
    assert page.one("div", class_="nhsuk-input-wrapper__suffix")["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Your name", "Enter your name"),
        ("NHS number", "Enter NHS number"),
        ("E-mail address", "Enter e-mail address"),
        ("Is it right?", "Answer the question: Is it right?"),
    ],
)
def test_a_field_left_empty_asks_for_itself_by_its_label(label, message):
    with pytest.raises(forms.ValidationError, match="^" + r"\['" + message.replace("?", r"\?")):
        fields.CharField(label=label).clean("")


def test_error_messages_given_win_over_the_label():
    field = fields.CharField(label="Reason", error_messages={"required": "Say why"})
    with pytest.raises(forms.ValidationError, match="Say why"):
        field.clean("")


def test_listed_errors_all_lead_to_ids_on_the_page(render):
    form = filled(day_day="31", day_year="2016")
    page = render(
        '{% include "components/error_summary.html" with form=form only %}{{ form }}', form=form
    )
    links = [a["href"] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert len(links) == len(form.errors) == 11
    assert [link for link in links if link[1:] not in page.ids] == []
    assert len(page.ids) == len(set(page.ids))


def test_listed_errors_of_the_whole_form_and_of_hidden_fields_lead_to_its_first_field():
    form = PlainForm({"title": "A", "kind": "a", "count": "1"})
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
    listed = list(listed_errors(form))
    assert [error.href for error in listed] == ["#id_title", "#id_title"]
    assert listed[0].message == "These answers do not fit together"


def test_listed_errors_of_plain_fields_say_which_field_they_mean():
    listed = [error.message for error in listed_errors(PlainForm({"count": "x"}))]
    assert listed[-1] == "Count: Enter a whole number, without letters or decimals"


def test_control_kind_of_each_plain_widget():
    class Plain(forms.Form):
        one = forms.BooleanField()
        many = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
        select = forms.ChoiceField()
        file = forms.FileField()
        moment = forms.SplitDateTimeField()

    form = Plain()
    assert [control_kind(field) for field in form] == [
        "checkbox",
        "checkboxes",
        "select",
        "file",
        "fieldset",
    ]


def test_plain_field_gets_the_look_and_loses_its_placeholder(render):
    class Plain(forms.Form):
        login = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "E-mail"}))

    control = render("{{ form }}", form=Plain()).one("input")
    assert "nhsuk-input" in control["class"].split()
    assert "placeholder" not in control


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("31", "", "2016"), "The date must include a month"),
        (("31", "", ""), "The date must include a month and a year"),
        (("31", "2", "2016"), "Enter a real date"),
        (("x", "2", "2016"), "Enter a real date"),
        (("", "", ""), "Enter first day"),
    ],
)
def test_datefield_says_what_is_wrong_with_a_date(typed, message):
    data = dict(zip(["day_day", "day_month", "day_year"], typed, strict=True))
    assert str(filled(**data).errors["day"][0]).startswith(message)


def test_datefield_returns_the_date_and_shows_it_again(render):
    form = filled(day_day=" 31", day_month="3", day_year="2016")
    form.is_valid()
    assert form.cleaned_data["day"].isoformat() == "2016-03-31"
    page = render("{{ form.day.as_field_group }}", form=form)
    assert [box["value"] for box in page.all("input")] == ["31", "3", "2016"]
    assert focus_id(form["day"]) == "id_day_day"
    shown = render(
        "{{ field }}", field=SampleForm(initial={"day": form.cleaned_data["day"]})["day"]
    )
    assert [box["value"] for box in shown.all("input")] == ["31", "3", "2016"]
