"""Organisations in the editor: drafts, history and a preview of the real page."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from partners.models import Organisation


class OrganisationViewSet(SnippetViewSet):
    """Where editors describe the partners."""

    model = Organisation
    icon = "group"
    menu_label = "Organisations"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "kind", "ods_code", "closed_on"]
    list_filter = ["kind"]
    search_fields = ["name", "ods_code"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug"), FieldPanel("kind"), FieldPanel("ods_code")],
            heading="Who it is",
        ),
        MultiFieldPanel(
            [FieldPanel("summary"), FieldPanel("description"), FieldPanel("website")],
            heading="What the public reads",
        ),
        # To be read only: closing an organisation ends the access of its people.
        MultiFieldPanel(
            [
                FieldPanel("opened_on", read_only=True),
                FieldPanel("closed_on", read_only=True),
                FieldPanel("successor", read_only=True),
            ],
            heading="Opened and closed",
        ),
    ]


register_snippet(OrganisationViewSet)
