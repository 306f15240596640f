"""Who may type, send and answer for returns."""

from typing import Any

from accounts.authorization import holds, require
from accounts.permissions import Permission
from outcomes.models import Submission
from partners.selectors.holders import people_with


def may_type(user: Any, organisation_id: int) -> bool:
    """Contributors type for their own organisation, analysts for every one."""
    return holds(user, Permission.SUBMISSION_SEND_FOR_ALL, at=None) or holds(
        user, Permission.SUBMISSION_SEND, at=organisation_id
    )


def may_send(user: Any, submission: Submission) -> bool:
    """What came in a file is for those who sent it; whoever may type sends what was typed."""
    if submission.upload is None:
        return may_type(user, submission.organisation_id)
    if submission.upload.organisation_id is None:
        return holds(user, Permission.SUBMISSION_SEND_FOR_ALL, at=None)
    return holds(user, Permission.SUBMISSION_SEND, at=submission.organisation_id)


def who_sends(submission: Submission) -> list[Any]:
    """The people who send for the organisation of a return."""
    return people_with(Permission.SUBMISSION_SEND).get(submission.organisation_id, [])


def require_to_send(submission: Submission, by: Any) -> None:
    """As `may_send`, for actions: whoever may not is refused."""
    upload = submission.upload
    if upload and upload.organisation_id is None:
        require(by=by, permission=Permission.SUBMISSION_SEND_FOR_ALL, at=None)
    elif upload or not holds(by, Permission.SUBMISSION_SEND_FOR_ALL, at=None):
        require(by=by, permission=Permission.SUBMISSION_SEND, at=submission.organisation_id)
