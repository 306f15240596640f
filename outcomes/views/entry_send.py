"""Check and send what was typed: what is open, what is missing, all figures, and one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from outcomes.actions import submissions
from outcomes.forms.decisions import SubmitForm
from outcomes.models import Submission
from outcomes.selectors import flags, senders
from outcomes.views.entry import GridView, figures
from outcomes.views.flags import Said, keep_reasons


class EntrySend(GridView, TemplateView):
    """Check and send: what is open, what is missing, all figures, and one button."""

    template_name = "outcomes/entry_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grid = self.grid()
        draft = grid.submission
        # What came back may go again unchanged, when the answer is that it was right.
        sendable = (Submission.State.DRAFT, Submission.State.RETURNED)
        is_draft = draft is not None and draft.state in sendable
        noticed = flags.of([draft]) if draft else None
        said = kwargs.pop("said", Said())
        if draft and is_draft and "form" not in kwargs:
            kwargs["form"] = _submit_form(draft)
        return super().get_context_data(**kwargs) | {
            "grid": grid,
            "why_not": self.why_not(grid),
            "is_draft": is_draft,
            "who_sends": self.who_sends(grid),
            "may_send": is_draft and not grid.unfinished,
            "flags": noticed,
            "errors": said.beside(noticed) if noticed else [],
            "may_answer": draft is not None and senders.may_send(self.request.user, draft),
            "figures": figures(draft) if draft else [],
            "entry_url": self.address("entry"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.grid().submission
        if draft is None:
            return redirect(self.address("entry"))
        only_reasons = "reasons" in request.POST
        said = keep_reasons(request, needed=only_reasons)
        if only_reasons or said.refused:
            form = _submit_form(draft, reason=request.POST.get("correction_reason", ""))
            return self.render_to_response(self.get_context_data(form=form, said=said))
        form = _submit_form(draft, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            submissions.submit(submissions=[draft], by=request.user, **form.cleaned_data)
        except submissions.Conflict as conflict:
            messages.warning(request, str(conflict))
            form = _submit_form(draft, reason=form.cleaned_data.get("correction_reason", ""))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, "Sent for approval. Thank you.")
        draft.refresh_from_db(fields=["receipt"])
        return redirect(draft.receipt or draft)


def _submit_form(draft: Submission, data: Any = None, *, reason: str = "") -> SubmitForm:
    return SubmitForm(
        data,
        corrections=draft.is_correction,
        initial={"seen": submissions.fingerprint([draft]), "correction_reason": reason},
    )
