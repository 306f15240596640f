"""The variation and assurance icons of Making Data Count style charts, and what each one says.

The drawings are our own (static/images/icons/<name>.svg); the sentence is the text alternative, so
nobody depends on colour or shape.
"""

ICON_MEANINGS: dict[str, str] = {
    "common_cause": "No clear change: the numbers go up and down as usual",
    "improvement_high": "Getting better: higher than usual, and higher is better",
    "improvement_low": "Getting better: lower than usual, and lower is better",
    "concern_high": "Getting worse: higher than usual, and lower is better",
    "concern_low": "Getting worse: lower than usual, and higher is better",
    "neutral_high": "Higher than usual: neither better nor worse in itself",
    "neutral_low": "Lower than usual: neither better nor worse in itself",
    "pass": "The target will be met every time unless something changes",
    "fail": "The target will be missed every time unless something changes",
    "inconsistent": "The target will sometimes be met and sometimes missed",
}


def meaning(name: str) -> str:
    """What the icon says, as a text alternative; KeyError for a name that does not exist."""
    return ICON_MEANINGS[name]


def static_path(name: str) -> str:
    """The icon's path below static/; KeyError for a name that does not exist."""
    if name not in ICON_MEANINGS:
        raise KeyError(name)
    return f"images/icons/{name}.svg"
