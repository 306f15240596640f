"""What the gallery shows: each component in its usual, long, empty and wrong states.

The examples are data, so that tests can render every one of them, also with hostile text.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.templatetags.static import static

from design_system import fields, icons

LONG = (
    "A very long text, as real names are: Guy's and St Thomas' NHS Foundation Trust together with "
    "King's College Hospital NHS Foundation Trust and the London Borough of Southwark, "
    "https://www.example.org/a-very-long-address-without-any-space-that-could-break-a-narrow-page"
)
COLUMNS = [
    {"label": "Place"},
    {"label": "People seen", "numeric": True},
    {"label": "Share seen within 4 hours", "numeric": True},
]
ROWS: list[list[Any]] = [["Lambeth", 12345, "95.1%"], ["Southwark", 9876, None], [LONG, 0, "0%"]]


@dataclass(frozen=True)
class Example:
    """One state of a component: its name and the values given to the partial."""

    state: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One component: the name of its partial, when to use it, and its states."""

    name: str
    use: str
    examples: tuple[Example, ...]


def _entry(name: str, use: str, **states: dict[str, Any]) -> Entry:
    shown = (Example(state.replace("_", " "), values) for state, values in states.items())
    return Entry(name, use, tuple(shown))


class SampleForm(forms.Form):
    """Every field of the design system once."""

    name = fields.CharField(label="Your name", help_text="As your colleagues know you.", width=20)
    email = fields.EmailField(label="E-mail address")
    password = fields.PasswordField(label="Password")
    seen = fields.IntegerField(label="People seen", width=5, suffix="people")
    cost = fields.DecimalField(label="Cost", width=10, prefix="£", required=False)
    day = fields.DateField(label="First day", help_text="For example, 31 3 2016.")
    place = fields.SelectField(label="Place", choices=[("", "Select one"), ("l", "Lambeth")])
    answer = fields.ChoiceField(
        label="Is this right?",
        choices=[("yes", "Yes"), ("no", "No")],
        choice_hints={"no": "You can say why on the next page."},
    )
    topics = fields.MultipleChoiceField(
        label="What are they about?", choices=[("falls", "Falls"), ("home", "Care at home")]
    )
    agree = fields.BooleanField(label="I have checked these numbers")
    file = fields.FileField(label="Your file", help_text="CSV or XLSX, up to 10 MB.")
    reason = fields.Textarea(label="Reason", help_text=LONG)


class PlainForm(forms.Form):
    """Django's own fields, as other packages declare them."""

    title = forms.CharField(help_text="This field knows nothing of the design system.")
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    count = forms.IntegerField()

    def clean(self) -> None:
        """A problem of the whole form, so that the gallery shows one."""
        raise forms.ValidationError("These answers do not fit together")


def entries() -> list[Entry]:
    """Every component, in the order of the alphabet."""
    return sorted([*_moving_about(), *_saying(), *_figures()], key=lambda entry: entry.name)


def _history(text: str, reason: str) -> dict[str, Any]:
    """One line of each kind, and a way to older ones."""
    common = {
        "when": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        "who": "Kim Example",
        "roles": "Approver at King’s College Hospital",
        "kind": "Return",
        "name": text,
        "where": f"/work/{text}",
        "has_before": True,
    }
    change = {"field": "State", "before": "Waiting for approval", "after": text}
    lines = [
        common | {"verb": "Changed", "changes": [change], "reason": reason},
        common | {"verb": "Changed", "has_before": False},
        common | {"verb": "Added", "changes": [change]},
        common | {"verb": "Removed"},
    ]
    return {"lines": lines, "older": "2026-11-22"}


def _moving_about() -> list[Entry]:
    trail = [{"label": "Home", "href": "#"}, {"label": "Find help", "href": "#"}]
    wrong = [{"message": "Enter your name", "href": "#id_wrong-name"}, {"message": LONG}]
    pages = Paginator(range(300), 10)
    return [
        _entry(
            "breadcrumb",
            "The way back up; the page itself is left out.",
            usual={"items": trail, "label": "A usual trail"},
            long={"items": [*trail, {"label": LONG, "href": "#"}], "label": "A long trail"},
        ),
        _entry(
            "pagination",
            "Lists longer than a page.",
            usual={"page": pages.page(5), "query": QueryDict("q=falls"), "label": "Pages"},
            first_page={"page": pages.page(1)},
            empty_shows_nothing={"page": Paginator([], 10).page(1)},
        ),
        _entry(
            "button",
            "One main button on a page; the others are secondary.",
            usual={"text": "Send"},
            secondary_link={"text": "Download", "href": "#", "variant": "secondary"},
            warning={"text": "Send back", "variant": "warning", "name": "action", "value": "back"},
        ),
        _entry(
            "error_summary",
            "Above the heading of a form that came back; each line goes to its field.",
            usual={"errors": wrong, "quiet": True},
            empty_shows_nothing={"errors": []},
        ),
        _entry(
            "task_list",
            "Work to be done, with its state.",
            usual={
                "id": "usual-",
                "tasks": [
                    {"title": "A&E", "hint": LONG, "href": "#", "status": "Due", "colour": "blue"},
                    {"title": "Falls", "href": "#", "status": "Sent", "done": True},
                    {"title": "Visits", "status": "Cannot start yet"},
                ],
            },
        ),
    ]


def _saying() -> list[Entry]:
    levels = ("debug", "info", "success", "warning", "error")
    banners = {
        level: {"level": level, "text": f"A message of level {level}.", "id": level}
        for level in levels
    }
    return [
        _entry(
            "notification_banner",
            "What just happened, or what everybody must know; Django's messages look like this.",
            **banners,
            long={"heading": "Heading", "text": LONG, "id": "long"},
        ),
        _entry("inset_text", "A remark beside the text.", usual={"text": "Good to know."}),
        _entry(
            "warning_callout",
            "What must not be overlooked.",
            usual={"heading": "Before you send", "text": "Sent numbers cannot be taken back."},
            long={"heading": LONG, "text": LONG, "level": 3},
        ),
        _entry(
            "stacked_table",
            "A table whose rows become blocks on a narrow screen; pages use stacked.py.",
            usual={
                "caption": "People seen, in blocks",
                "columns": COLUMNS,
                "rows": ROWS,
                "caption_shown": True,
            },
            empty={"caption": "Nobody seen, in blocks", "columns": COLUMNS, "rows": []},
        ),
        _entry(
            "details",
            "What only some people need.",
            usual={"summary": "How was this made?", "text": LONG},
            open_expander={"summary": "Open", "text": "Text.", "open": True, "expander": True},
        ),
        _entry(
            "history",
            "What happened to something, newest first.",
            usual={"history": _history("Falls", "Too high"), "label": "A usual history"},
            long={"history": _history(LONG, LONG), "where": True, "label": "A long history"},
            empty={"history": {"lines": []}, "empty": "Changes appear here once there are any."},
        ),
        _entry(
            "card",
            "A way to another page, or a group of facts.",
            usual={"heading": "Care at home", "href": "#", "description": "Help after hospital."},
            feature={"heading": "Who it is for", "description": "People over 65.", "feature": True},
            long={"heading": LONG, "href": "#", "description": LONG, "level": 3},
        ),
        _entry(
            "tag",
            "The state of a thing, in one or two words.",
            usual={"text": "Open"},
            **{colour: {"text": colour, "colour": colour} for colour in ("green", "red", "yellow")},
        ),
        _entry(
            "empty_state",
            "Instead of an empty list: why it is empty, and what to do.",
            usual={
                "heading": "Nothing is due",
                "text": "The next return opens on 1 May.",
                "href": "#",
                "action": "See what you sent",
            },
        ),
        _entry(
            "progress",
            "A job at work; the page loads itself again until it is done.",
            usual={"label": "Making the report", "percent": 40, "message": "Drawing charts."},
            unknown={"label": "Waiting", "percent": None, "message": "Not begun.", "id": "unknown"},
        ),
    ]


def _figures() -> list[Entry]:
    picture = static(icons.static_path("common_cause"))
    numbers = {"columns": COLUMNS, "rows": ROWS}
    return [
        _entry(
            "table",
            "Numbers to look up; they stand to the right, and the table scrolls when narrow.",
            usual={"caption": "People seen by place", **numbers},
            compact={"caption": "The same in small type", **numbers, "compact": True},
            empty={"caption": "Nothing yet", "columns": COLUMNS, "rows": []},
        ),
        _entry(
            "summary_list",
            "Facts about one thing.",
            usual={
                "rows": [
                    {"key": "Sent by", "value": "Ann", "href": "#", "hint": "the sender"},
                    {"key": "Note", "value": LONG},
                    {"key": "Approved by", "value": None},
                ]
            },
        ),
        _entry(
            "stat",
            "The one number to remember.",
            usual={"number": 3021, "label": "people supported at home", "period": "2015 to 2016"},
            long={"number": "£1,234,567,890", "label": LONG},
        ),
        _entry(
            "icon",
            "What a chart says about change and target.",
            **{name: {"name": name, "with_text": True} for name in icons.ICON_MEANINGS},
            alone={"name": "pass"},
        ),
        _entry(
            "figure",
            "A chart, what it says in a sentence, and its numbers.",
            usual={
                "wide": picture,
                "narrow": picture,
                "alt": "A line that goes up and down as usual.",
                "sentence": "Waiting times in Lambeth did not change in 2016.",
                "caption": "Waiting times by place",
                **numbers,
            },
            without_numbers={"wide": picture, "alt": "A line.", "sentence": LONG},
        ),
    ]
