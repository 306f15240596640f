"""How partners' files are read: NHS England's own layout, and the portal's simple one."""

from demo.content import Profile

NHS_ENGLAND_AE = Profile(
    name="NHS England tidy A&E file",
    header=("period", "org_code", "type", "attendances", "breaches", "admissions"),
    mapping={
        "period": {"column": "period", "format": "%Y-%m-%d"},
        "organisation": {"column": "org_code"},
        "filters": [{"column": "type", "equals": ["1"]}],
        "measures": [
            {
                "measure": "ae-4-hour-performance",
                "numerator": {"add": ["attendances"], "subtract": ["breaches"]},
                "denominator": {"add": ["attendances"]},
            }
        ],
    },
)

# One number in each row, so that one file holds a whole return with all its groups.
PORTAL_LAYOUT = Profile(
    name="Portal layout",
    header=("period", "organisation", "place", "category", "measure", "numerator", "denominator"),
    mapping={
        "period": {"column": "period", "format": "%Y-%m-%d"},
        "organisation": {"column": "organisation"},
        "place": {"column": "place"},
        "category": {"column": "category"},
        "measures": [
            {
                "measure_column": "measure",
                "numerator": {"add": ["numerator"]},
                "denominator": {"add": ["denominator"]},
            }
        ],
    },
)
