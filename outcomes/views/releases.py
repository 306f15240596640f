from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView, FormView, ListView

from accounts.permissions import Permission
from accounts.reauthentication import RecentSignIn
from accounts.views import PermissionRequired
from outcomes.actions import releases, series
from outcomes.actions.conflict import Conflict
from outcomes.actions.submissions import fingerprint
from outcomes.forms.decisions import ReleaseForm
from outcomes.models import Measure
from outcomes.selectors import returns
from partners.models import Partnership


class ReleaseList(PermissionRequired, ListView):
    """What waits to be published, and what has been."""

    permission_required = Permission.RELEASE_PUBLISH
    template_name = "outcomes/release_list.html"
    paginate_by = 20

    def get_queryset(self):
        return returns.releases()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = returns.summed_up(returns.to_publish())
        return super().get_context_data(**kwargs) | {"to_publish": waiting}


class ReleaseCreate(PermissionRequired, RecentSignIn, FormView):
    """Publishes every approved return that waits, after asking again who it is."""

    permission_required = Permission.RELEASE_PUBLISH
    form_class = ReleaseForm
    template_name = "outcomes/release_create.html"

    def get_initial(self) -> dict[str, Any]:
        return {"seen": fingerprint(returns.to_publish())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "to_publish": returns.summed_up(returns.to_publish()),
            "page_title": "Publish a release",
            "button": "Publish now",
        }

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        try:
            release = releases.publish(
                partnership=Partnership.objects.current(),
                submissions=returns.to_publish(),
                by=self.request.user,
                **form.cleaned_data,
            )
        except Conflict as conflict:
            messages.warning(self.request, str(conflict))
            return redirect("outcomes:release-list")
        messages.success(self.request, f"Published: {release.title}.")
        return redirect(release)


class ReleaseDetail(PermissionRequired, DetailView):
    """One release: what it published, and whether its pages are ready."""

    permission_required = Permission.RELEASE_PUBLISH
    slug_field = slug_url_kwarg = "uuid"
    template_name = "outcomes/release_detail.html"

    def get_queryset(self):
        return returns.releases().select_related("published_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.object
        builds = returns.builds(release)
        published = Measure.objects.filter(collections__submissions__release=release).distinct()
        return super().get_context_data(**kwargs) | {
            "measures": published,
            "contents": returns.summed_up(release.submissions.all()),
            "unfinished": builds.unfinished().count(),
            "failed": len(series.lost_builds(builds)),
        }
