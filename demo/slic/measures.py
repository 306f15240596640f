"""What is counted in Southwark and Lambeth, and how. Every number behind it is illustrative."""

from demo.slic import measures_at_home, measures_in_the_community, measures_of_hospitals

MEASURES = (
    *measures_at_home.MEASURES,
    *measures_in_the_community.MEASURES,
    *measures_of_hospitals.MEASURES,
)
