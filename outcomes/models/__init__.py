"""Does it work? From what partners are asked for, to the series every page reads."""

from outcomes.models.collections import Collection, Extension, ImportProfile, Reminder, Rule
from outcomes.models.flags import Flag
from outcomes.models.measures import Category, CategoryScheme, Frequency, Measure, Rebase, Target
from outcomes.models.observations import Observation
from outcomes.models.published import PublishedCell, PublishedMeasure
from outcomes.models.receipts import Receipt
from outcomes.models.releases import Correction, EarlyReader, Hold, Rehearsal, Release, Series
from outcomes.models.submissions import Submission
from outcomes.models.uploads import Problem, Upload
from outcomes.models.versions import MeasureVersion

__all__ = [
    "Category",
    "CategoryScheme",
    "Collection",
    "Correction",
    "EarlyReader",
    "Extension",
    "Flag",
    "Frequency",
    "Hold",
    "ImportProfile",
    "Measure",
    "MeasureVersion",
    "Observation",
    "Problem",
    "PublishedCell",
    "PublishedMeasure",
    "Rebase",
    "Receipt",
    "Rehearsal",
    "Release",
    "Reminder",
    "Rule",
    "Series",
    "Submission",
    "Target",
    "Upload",
]
