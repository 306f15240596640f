"""How every form looks: Django's renderer with NHS templates, and what those templates need.

Only templates of our own are named here. Django's widget templates stay as they are, so that the
editor (Wagtail) and other packages keep their own looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

# The class of the control for each kind; kinds with several controls have their own templates.
CONTROL_CLASSES = {
    "input": "nhsuk-input",
    "password": "nhsuk-input nhsuk-password-input__input nhsuk-js-password-input-input",
    "textarea": "nhsuk-textarea",
    "select": "nhsuk-select",
    "file": "nhsuk-file-upload__input",
    "checkbox": "nhsuk-checkboxes__input",
}
ERROR_CLASSES = {
    "input": "nhsuk-input--error",
    "password": "nhsuk-input--error",
    "textarea": "nhsuk-textarea--error",
    "select": "nhsuk-select--error",
}


class NHSFormRenderer(TemplatesSetting):
    """Renders each form and each field with the NHS templates, also those of other packages."""

    form_template_name = "design_system/forms/form.html"
    field_template_name = "design_system/forms/field.html"


@dataclass(frozen=True)
class ListedError:
    """One line of an error summary; `href` is empty where there is nothing to go to."""

    message: str
    href: str = ""


def control_kind(field: BoundField) -> str:
    """Which field template fits: the widget's own `nhs_kind`, else judged by the widget's class."""
    widget = field.field.widget
    if kind := getattr(widget, "nhs_kind", ""):
        return kind
    by_class = {  # a widget's own class comes before the class it inherits from
        forms.CheckboxSelectMultiple: "checkboxes",
        forms.RadioSelect: "radios",
        forms.CheckboxInput: "checkbox",
        forms.PasswordInput: "password",
        forms.FileInput: "file",
        forms.Textarea: "textarea",
        forms.Select: "select",
    }
    matching = (kind for cls, kind in by_class.items() if isinstance(widget, cls))
    return next(matching, "fieldset" if widget.use_fieldset else "input")


def control(field: BoundField) -> SafeString:
    """The field's control itself, as Django renders it, with the NHS classes for its kind."""
    kind = control_kind(field)
    classes = [field.field.widget.attrs.get("class", ""), CONTROL_CLASSES.get(kind, "")]
    if width := getattr(field.field, "width", None):
        classes.append(f"nhsuk-input--width-{width}")
    if field.errors:
        classes.append(ERROR_CLASSES.get(kind, ""))
    # A placeholder vanishes while typing and looks like an answer; the label says it all.
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes)), "placeholder": False}
    if kind == "password":
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    return field.as_widget(attrs=attrs)


def focus_id(field: BoundField) -> str:
    """The id an error summary links to: the field's first control that can take the focus."""
    kind = control_kind(field)
    if kind in ("radios", "checkboxes"):
        return f"{field.auto_id}_0"
    if kind == "date":
        return f"{field.auto_id}_day"
    return field.id_for_label or field.auto_id


def listed_errors(form: forms.BaseForm) -> Iterator[ListedError]:
    """Every problem of a form in the order of its fields; those of the whole form come first.

    A problem of the whole form, or of a hidden field, links to the first field that can be seen.
    """
    visible = form.visible_fields()
    first = f"#{focus_id(visible[0])}" if visible else ""
    unseen = [error for field in form.hidden_fields() for error in field.errors]
    for message in [*form.non_field_errors(), *unseen]:
        yield ListedError(str(message), first)
    for field in visible:
        # Django's own messages do not say which field they mean; those of our fields do.
        prefix = "" if hasattr(field.field, "label_size") else f"{field.label}: "
        for message in field.errors:
            yield ListedError(f"{prefix}{message}", f"#{focus_id(field)}")
