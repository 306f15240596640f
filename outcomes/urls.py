from django.urls import path, register_converter

from accounts.limits import limited
from outcomes.converters import DayConverter
from outcomes.views import (
    approvals,
    board,
    calendar,
    collections,
    dictionary,
    early_releases,
    entry,
    entry_send,
    flags,
    history,
    holds,
    measures,
    profiles,
    progress,
    provenance,
    public,
    receipts,
    releases,
    submissions,
    targets,
    uploads,
    work,
)

app_name = "outcomes"
register_converter(DayConverter, "day")

urlpatterns = [
    # For everybody
    path("measures/", public.MeasureList.as_view(), name="measure-list"),
    path("measures/dictionary/", dictionary.Dictionary.as_view(), name="dictionary"),
    path(
        "measures/dictionary/data-dictionary.<str:kind>",
        limited("download")(dictionary.DictionaryFile.as_view()),
        name="dictionary-file",
    ),
    path("measures/methods/", dictionary.Methods.as_view(), name="methods"),
    path("measures/<slug:slug>/", public.MeasureDetail.as_view(), name="measure-detail"),
    path("measures/<slug:slug>/definition/", dictionary.Definition.as_view(), name="definition"),
    path(
        "measures/<slug:slug>/definition/<int:number>/",
        dictionary.Definition.as_view(),
        name="definition-version",
    ),
    path(
        "measures/<slug:slug>/data.csv",
        limited("download")(public.MeasureCsv.as_view()),
        name="measure-csv",
    ),
    path(
        "measures/<slug:slug>/data.json",
        limited("download")(public.MeasureJson.as_view()),
        name="measure-json",
    ),
    path(
        "measures/<slug:slug>/organisations/<slug:organisation>/",
        public.MeasureOrganisation.as_view(),
        name="measure-organisation",
    ),
    path(
        "measures/<slug:slug>/places/<slug:place>/",
        public.MeasurePlace.as_view(),
        name="measure-place",
    ),
    path("measures/<slug:slug>/made/<day:period>/", provenance.Made.as_view(), name="made"),
    path(
        "measures/<slug:slug>/organisations/<slug:organisation>/made/<day:period>/",
        provenance.Made.as_view(),
        name="made-organisation",
    ),
    path(
        "measures/<slug:slug>/places/<slug:place>/made/<day:period>/",
        provenance.Made.as_view(),
        name="made-place",
    ),
    path(
        "measures/<slug:slug>/groups/<slug:scheme>/<slug:category>/made/<day:period>/",
        provenance.Made.as_view(),
        name="made-category",
    ),
    path("charts/<uuid:uuid>/<str:width>.svg", public.Chart.as_view(), name="chart"),
    path("releases/", calendar.ReleaseCalendar.as_view(), name="release-calendar"),
    path("releases/calendar.ics", calendar.ReleaseIcal.as_view(), name="release-ical"),
    path("releases/feed/", calendar.release_feed, name="release-feed"),
    path("releases/corrections/", calendar.ReleaseChanges.as_view(), name="release-changes"),
    path("releases/<slug:slug>/", calendar.ReleasePublic.as_view(), name="release-public"),
    # For the board
    path("board/", board.Scorecard.as_view(), name="scorecard"),
    path(
        "board/measures/<slug:slug>/",
        board.BoardMeasureDetail.as_view(),
        name="board-measure-detail",
    ),
    path(
        "board/measures/<slug:slug>/made/<day:period>/",
        provenance.BoardMade.as_view(),
        name="board-made",
    ),
    path(
        "board/measures/<slug:slug>/history/",
        history.MeasureHistory.as_view(),
        name="measure-history",
    ),
    # For staff
    path("work/", work.Work.as_view(), name="work"),
    path("work/progress/", progress.Progress.as_view(), name="progress"),
    path(
        "work/progress/data.csv",
        limited("download")(progress.ProgressCsv.as_view()),
        name="progress-csv",
    ),
    path("work/measures/", measures.DefinitionList.as_view(), name="definition-list"),
    path("work/measures/new/", measures.DefinitionCreate.as_view(), name="definition-create"),
    path(
        "work/measures/<slug:slug>/", measures.DefinitionDetail.as_view(), name="definition-detail"
    ),
    path(
        "work/measures/<slug:slug>/change/",
        measures.DefinitionChange.as_view(),
        name="definition-change",
    ),
    path(
        "work/measures/<slug:slug>/propose/",
        measures.DefinitionPropose.as_view(),
        name="definition-propose",
    ),
    path(
        "work/measures/<slug:slug>/agree/",
        measures.DefinitionAgree.as_view(),
        name="definition-agree",
    ),
    path(
        "work/measures/<slug:slug>/send-back/",
        measures.DefinitionSendBack.as_view(),
        name="definition-send-back",
    ),
    path(
        "work/measures/<slug:slug>/drop/",
        measures.DefinitionDrop.as_view(),
        name="definition-drop",
    ),
    path(
        "work/measures/<slug:slug>/retire/",
        measures.MeasureRetire.as_view(),
        name="measure-retire",
    ),
    path(
        "work/measures/<slug:slug>/review/",
        measures.MeasureReview.as_view(),
        name="measure-review",
    ),
    path(
        "work/measures/<slug:slug>/targets/new/",
        targets.TargetCreate.as_view(),
        name="target-create",
    ),
    path(
        "work/measures/<slug:slug>/targets/<day:period>/agree/",
        targets.TargetAgree.as_view(),
        name="target-agree",
    ),
    path(
        "work/measures/<slug:slug>/targets/<day:period>/drop/",
        targets.TargetDrop.as_view(),
        name="target-drop",
    ),
    path(
        "work/measures/<slug:slug>/rebases/new/",
        measures.RebaseCreate.as_view(),
        name="rebase-create",
    ),
    path(
        "work/measures/<slug:slug>/rebases/<day:period>/agree/",
        measures.RebaseAgree.as_view(),
        name="rebase-agree",
    ),
    path(
        "work/measures/<slug:slug>/rebases/<day:period>/drop/",
        measures.RebaseDrop.as_view(),
        name="rebase-drop",
    ),
    path("work/collections/", collections.CollectionList.as_view(), name="collection-list"),
    path("work/collections/new/", collections.CollectionCreate.as_view(), name="collection-create"),
    path(
        "work/collections/<slug:slug>/",
        collections.CollectionDetail.as_view(),
        name="collection-detail",
    ),
    path(
        "work/collections/<slug:slug>/change/",
        collections.CollectionChange.as_view(),
        name="collection-change",
    ),
    path(
        "work/collections/<slug:slug>/exceptions/new/",
        collections.ExtensionCreate.as_view(),
        name="extension-create",
    ),
    path(
        "work/collections/<slug:slug>/exceptions/<slug:organisation>/<day:period>/end/",
        collections.ExtensionEnd.as_view(),
        name="extension-end",
    ),
    path(
        "work/collections/<slug:slug>/rules/new/",
        collections.RuleCreate.as_view(),
        name="rule-create",
    ),
    path("work/rules/<uuid:uuid>/", collections.RuleChange.as_view(), name="rule-change"),
    path("work/rules/<uuid:uuid>/drop/", collections.RuleDrop.as_view(), name="rule-drop"),
    path(
        "work/collections/<slug:slug>/upload/",
        limited("upload", method="POST")(uploads.UploadCreate.as_view()),
        name="upload-create",
    ),
    path("work/uploads/<uuid:uuid>/", uploads.UploadDetail.as_view(), name="upload-detail"),
    path("work/uploads/<uuid:uuid>/file/", uploads.UploadFile.as_view(), name="upload-file"),
    path("work/uploads/<uuid:uuid>/submit/", uploads.UploadSubmit.as_view(), name="upload-submit"),
    path("work/uploads/<uuid:uuid>/marked/", uploads.UploadMarked.as_view(), name="upload-marked"),
    path(
        "work/uploads/<uuid:uuid>/look/",
        limited("form", method="POST")(profiles.UploadLook.as_view()),
        name="upload-look",
    ),
    path(
        "work/uploads/<uuid:uuid>/columns/",
        limited("form", method="POST")(profiles.UploadColumns.as_view()),
        name="upload-columns",
    ),
    path(
        "work/collections/<slug:slug>/layouts/", profiles.ProfileList.as_view(), name="profile-list"
    ),
    path("work/layouts/<uuid:uuid>/", profiles.ProfileDetail.as_view(), name="profile-detail"),
    path("work/layouts/<uuid:uuid>/drop/", profiles.ProfileDrop.as_view(), name="profile-drop"),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/template.<str:kind>",
        limited("download")(uploads.ReturnTemplate.as_view()),
        name="return-template",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/",
        limited("form", method="POST")(entry.Entry.as_view()),
        name="entry",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/cell/",
        limited("cell", method="POST")(entry.EntryCell.as_view()),
        name="entry-cell",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/news/",
        entry.EntryNews.as_view(),
        name="entry-news",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/begin/",
        entry.EntryBegin.as_view(),
        name="entry-begin",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/drop/",
        entry.EntryDrop.as_view(),
        name="entry-drop",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/<day:period>/send/",
        entry_send.EntrySend.as_view(),
        name="entry-send",
    ),
    path(
        "work/collections/<slug:slug>/<slug:organisation>/approval/",
        approvals.Approval.as_view(),
        name="approval",
    ),
    path("work/approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path("work/receipts/<uuid:uuid>/", receipts.ReceiptDetail.as_view(), name="receipt"),
    path(
        "work/receipts/<uuid:uuid>/figures.csv",
        limited("download")(receipts.ReceiptCsv.as_view()),
        name="receipt-csv",
    ),
    path("work/submissions/", submissions.SubmissionList.as_view(), name="submission-list"),
    path(
        "work/submissions/<uuid:uuid>/",
        submissions.SubmissionDetail.as_view(),
        name="submission-detail",
    ),
    path(
        "work/submissions/<uuid:uuid>/history/",
        history.SubmissionHistory.as_view(),
        name="submission-history",
    ),
    path(
        "work/figures/<slug:slug>/<day:period>/",
        provenance.FigureCells.as_view(),
        name="figure-cells",
    ),
    path("work/flags/", flags.FlagList.as_view(), name="flag-list"),
    path("work/releases/", releases.ReleaseList.as_view(), name="release-list"),
    path("work/releases/new/", releases.ReleaseCreate.as_view(), name="release-create"),
    path("work/releases/<uuid:uuid>/", releases.ReleaseDetail.as_view(), name="release-detail"),
    path(
        "work/releases/<uuid:uuid>/change/", releases.ReleaseChange.as_view(), name="release-change"
    ),
    path(
        "work/releases/<uuid:uuid>/contents/",
        releases.ReleaseContents.as_view(),
        name="release-contents",
    ),
    path(
        "work/releases/<uuid:uuid>/look-again/",
        releases.ReleaseRehearse.as_view(),
        name="release-rehearse",
    ),
    path(
        "work/releases/<uuid:uuid>/approve/",
        releases.ReleaseApprove.as_view(),
        name="release-approve",
    ),
    path(
        "work/releases/<uuid:uuid>/take-back/",
        releases.ReleaseReopen.as_view(),
        name="release-reopen",
    ),
    path(
        "work/releases/<uuid:uuid>/call-off/",
        releases.ReleaseCancel.as_view(),
        name="release-cancel",
    ),
    path(
        "work/releases/<uuid:uuid>/withdraw/",
        releases.ReleaseWithdraw.as_view(),
        name="release-withdraw",
    ),
    path(
        "work/releases/<uuid:uuid>/readers/",
        releases.ReleaseReaders.as_view(),
        name="release-readers",
    ),
    path(
        "work/releases/<uuid:uuid>/readers/<uuid:reader>/remove/",
        releases.ReleaseReaderRemove.as_view(),
        name="release-reader-remove",
    ),
    path(
        "work/releases/<uuid:uuid>/early/",
        early_releases.EarlyRelease.as_view(),
        name="release-early",
    ),
    path(
        "work/releases/<uuid:uuid>/history/",
        history.ReleaseHistory.as_view(),
        name="release-history",
    ),
    path("work/holds/", holds.HoldList.as_view(), name="hold-list"),
    path("work/holds/<uuid:uuid>/lift/", holds.HoldLift.as_view(), name="hold-lift"),
]
