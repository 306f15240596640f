from rules.contrib.views import PermissionRequiredMixin


class PermissionRequired(PermissionRequiredMixin):
    """A view for those who hold `permission_required`; others get the 403 page."""

    raise_exception = True
