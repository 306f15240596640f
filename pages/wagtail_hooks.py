"""What the portal adds to the editor itself."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    """Account, second step and everything else stand on the portal's own pages."""
    return MenuItem("Back to the portal", reverse("home"), icon_name="arrow-left", order=10_000)
