"""What editors build pages from. No block states a number: it is read when a page is shown."""

from typing import Any

from django.urls import reverse
from wagtail import blocks

from pages import selectors

DESTINATIONS = {
    "programmes:programme-list": "Find help",
    "outcomes:measure-list": "Does it work?",
    "partners:organisation-list": "Who we are",
    "programmes:priority-list": "Priorities",
}


class CardBlock(blocks.StructBlock):
    """A next step: where to go and why."""

    heading = blocks.CharBlock(max_length=80)
    text = blocks.CharBlock(max_length=200)
    destination = blocks.ChoiceBlock(choices=list(DESTINATIONS.items()))

    class Meta:
        icon = "link"
        label = "Card"
        template = "pages/blocks/card.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["href"] = reverse(value["destination"])
        return context


class MeasureBlock(blocks.ChoiceBlock):
    """A measure, by its slug. The choices are read to edit a page, not to show it."""

    choices = staticmethod(selectors.measure_choices)

    def normalize_choice(self, value: str) -> str:
        return value


class LiveFigureBlock(blocks.StructBlock):
    """A published number of one measure, always as it stands now."""

    measure = MeasureBlock()
    figure = blocks.ChoiceBlock(
        choices=[
            (selectors.LATEST, "One month (or quarter, or year)"),
            (selectors.YEAR, "Twelve months added up (for counts)"),
        ],
        default=selectors.LATEST,
    )
    month = blocks.DateBlock(
        required=False,
        help_text="The first day of the month, such as 2016-03-01. Leave empty for the latest.",
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=120,
        help_text="Goes on after the number, such as “were looked after at home”.",
    )

    class Meta:
        icon = "order"
        label = "Figure"


class LiveFiguresBlock(blocks.ListBlock):
    """Figures beside each other, read together."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LiveFigureBlock(), min_num=1, **kwargs)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["figures"] = selectors.live_figures(value)
        return context

    class Meta:
        icon = "order"
        label = "Live figures"
        template = "pages/blocks/live_figures.html"


class CardsBlock(blocks.ListBlock):
    """Next steps beside each other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CardBlock(), min_num=1, **kwargs)

    class Meta:
        icon = "link"
        label = "Next steps"
        template = "pages/blocks/cards.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with headings, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", ["h2", "h3", "bold", "italic", "ol", "ul", "link"])
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "pages/blocks/paragraph.html"


class BodyBlock(blocks.StreamBlock):
    """The body of every editorial page."""

    paragraph = ParagraphBlock()
    figures = LiveFiguresBlock()
    cards = CardsBlock()

    class Meta:
        required = False
