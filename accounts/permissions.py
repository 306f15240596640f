"""Every permission of the portal. Each one guards something; a test proves it."""

from enum import StrEnum


class Permission(StrEnum):
    SUBMISSION_VIEW = "submission.view"
    SUBMISSION_SEND = "submission.send"
    SUBMISSION_APPROVE = "submission.approve"
    SUBMISSION_SEND_FOR_ALL = "submission.send_for_all"
    COLLECTION_MANAGE = "collection.manage"
    MEASURE_DEFINE = "measure.define"
    MEASURE_AGREE = "measure.agree"
    RELEASE_PLAN = "release.plan"
    RELEASE_APPROVE = "release.approve"
    RELEASE_WITHDRAW = "release.withdraw"
    RELEASE_HOLD = "release.hold"
    CONTENT_EDIT = "content.edit"
    BOARD_VIEW = "board.view"
    REPORT_CREATE = "report.create"
    GALLERY_VIEW = "gallery.view"
    PEOPLE_VIEW = "people.view"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_MANAGE = "people.manage"
    ORGANISATION_CLOSE = "organisation.close"
    TRAIL_VIEW = "trail.view"
