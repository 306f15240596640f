"""Programmes in the editor: drafts, history and a preview of the real page."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from programmes.models import Programme


class ProgrammeEdit(EditView):
    """A draft keeps the words; the ticked boxes have no draft, so they change on publication."""

    def publish_action(self) -> Any:
        response = super().publish_action()
        self.form.save_m2m()
        return response


class ProgrammeViewSet(SnippetViewSet):
    """Where editors describe the programmes."""

    model = Programme
    icon = "clipboard-list"
    menu_label = "Programmes"
    menu_order = 200
    add_to_admin_menu = True
    edit_view_class = ProgrammeEdit
    list_display = ["name", "lead", "starts_on", "ends_on"]
    list_filter = ["partnership", "places"]
    search_fields = ["name", "summary"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("summary"),
                FieldPanel("audience"),
                FieldPanel("how_to_get_it"),
                FieldPanel("description"),
            ],
            heading="What the public reads",
        ),
        MultiFieldPanel(
            [
                FieldPanel("partnership"),
                FieldPanel("lead"),
                FieldPanel("starts_on"),
                FieldPanel("ends_on"),
            ],
            heading="Who runs it and when",
        ),
        MultiFieldPanel(
            [
                HelpPanel("These boxes change when you publish. A draft does not keep them."),
                FieldPanel("partners", widget=CheckboxSelectMultiple),
                FieldPanel("places", widget=CheckboxSelectMultiple),
                FieldPanel("purposes", widget=CheckboxSelectMultiple),
            ],
            heading="Partners, places and purposes",
        ),
    ]


register_snippet(ProgrammeViewSet)
