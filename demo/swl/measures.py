"""What is counted in South West London, and how. Every number behind it is illustrative."""

from demo.swl import measures_of_health, measures_of_value

MEASURES = (*measures_of_health.MEASURES, *measures_of_value.MEASURES)
