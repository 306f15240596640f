"""What the partnership says: the home page and statements, written by editors."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import BodyBlock


class HomePage(Page):
    """The first page: who we are in a sentence, figures that stay true, and where to go next."""

    introduction = models.CharField(max_length=300, help_text="Shown large, below the title.")
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.StatementPage"]
    max_count = 1

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        statements = StatementPage.objects.live().public()
        context["latest_statement"] = statements.order_by("-date", "-pk").first()
        return context


class StatementPage(Page):
    """Something said in public on a day, on somebody's behalf."""

    date = models.DateField(default=timezone.localdate)
    on_behalf_of = models.CharField(max_length=120, help_text="Such as “the Sponsor Board”.")
    introduction = models.CharField(max_length=300, help_text="What it says, in one sentence.")
    body = StreamField(BodyBlock())

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("on_behalf_of"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    template = "pages/statement_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "statement"
