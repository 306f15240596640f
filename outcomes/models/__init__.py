"""Does it work? From what partners are asked for, to the series every page reads."""

from outcomes.models.collections import Collection, Extension, ImportProfile, Reminder, Rule
from outcomes.models.flags import Flag
from outcomes.models.measures import Category, CategoryScheme, Frequency, Measure, Rebase, Target
from outcomes.models.receipts import Receipt
from outcomes.models.releases import Release, Series
from outcomes.models.submissions import Observation, Submission
from outcomes.models.uploads import Problem, Upload
from outcomes.models.versions import MeasureVersion

__all__ = [
    "Category",
    "CategoryScheme",
    "Collection",
    "Extension",
    "Flag",
    "Frequency",
    "ImportProfile",
    "Measure",
    "MeasureVersion",
    "Observation",
    "Problem",
    "Rebase",
    "Receipt",
    "Release",
    "Reminder",
    "Rule",
    "Series",
    "Submission",
    "Target",
    "Upload",
]
