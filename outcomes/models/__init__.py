"""Does it work? From what partners are asked for, to the series every page reads."""

from outcomes.models.collections import Collection, ImportProfile
from outcomes.models.measures import Category, CategoryScheme, Frequency, Measure, Rebase, Target
from outcomes.models.releases import Release, Series
from outcomes.models.submissions import Observation, Submission
from outcomes.models.uploads import Problem, Upload

__all__ = [
    "Category",
    "CategoryScheme",
    "Collection",
    "Frequency",
    "ImportProfile",
    "Measure",
    "Observation",
    "Problem",
    "Rebase",
    "Release",
    "Series",
    "Submission",
    "Target",
    "Upload",
]
