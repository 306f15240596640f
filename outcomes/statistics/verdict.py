"""What a series says, in plain English: for citizens, and in a shorter form for boards.

The sentences report what is seen. They never say why it happened.
"""

from dataclasses import dataclass

from outcomes.statistics.signals import Direction, SpecialCause
from outcomes.statistics.spc import Assurance, Variation

VALUE = "{value}"

ICON_MEANINGS: dict[Variation | Assurance, str] = {
    Variation.COMMON_CAUSE: "Usual ups and downs – no unusual change",
    Variation.IMPROVEMENT_HIGH: "Unusual change for the better – high",
    Variation.IMPROVEMENT_LOW: "Unusual change for the better – low",
    Variation.CONCERN_HIGH: "Unusual change for the worse – high",
    Variation.CONCERN_LOW: "Unusual change for the worse – low",
    Variation.NEUTRAL_HIGH: "Unusual change – high",
    Variation.NEUTRAL_LOW: "Unusual change – low",
    Assurance.PASS: "Will the target be met: yes, if nothing changes",
    Assurance.FAIL: "Will the target be met: no, unless something changes",
    Assurance.INCONSISTENT: "Will the target be met: hit or miss",
}

_TRENDS = {SpecialCause.TREND_UP: "going up", SpecialCause.TREND_DOWN: "going down"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one series at its latest period; all texts as they are shown.

    wording: a clause holding {value}, such as "{value} of people were seen within 4 hours", or
    just the name of the measure. period: such as "October 2026", empty where there is none yet.
    periods: the plural word for its periods. value: None if missing or suppressed; value_text is
    how it is shown. points: how many known values there are.
    """

    wording: str
    period: str
    value: float | None = None
    value_text: str = ""
    year_ago: float | None = None
    year_ago_text: str = ""
    suppressed: bool = False
    points: int = 0
    limits_defined: bool = False
    variation: Variation = Variation.COMMON_CAUSE
    special_cause: SpecialCause | None = None
    assurance: Assurance | None = None
    target: float | None = None
    target_text: str = ""
    direction: Direction = Direction.NEUTRAL
    reported: int = 0
    expected: int = 0
    provisional: bool = False
    periods: str = "months"


def icon_meaning(icon: Variation | Assurance) -> str:
    """Return the short title of a Making Data Count icon."""
    return ICON_MEANINGS[icon]


def citizen_verdict(facts: Facts) -> str:
    """Return a few plain sentences: the figure, how it changed, the target, who reported."""
    if facts.value is None:
        return _joined(_no_figure(facts), *_caveats(facts))
    return _joined(_headline(facts), _change(facts), _target(facts), *_caveats(facts))


def board_verdict(facts: Facts) -> str:
    """Return the same facts in the short terms boards use."""
    if facts.value is None:
        return _joined(_no_figure(facts), *_caveats(facts))
    comparable = facts.year_ago is not None and not facts.provisional
    ago = f" (a year ago {facts.year_ago_text})" if comparable else ""
    headline = f"{facts.period}: {facts.value_text}{ago}."
    return _joined(headline, _board_signal(facts), _board_target(facts), *_caveats(facts))


_SIGNALS: dict[SpecialCause | None, str] = {
    SpecialCause.ABOVE_LIMIT: "above the upper process limit",
    SpecialCause.BELOW_LIMIT: "below the lower process limit",
    SpecialCause.TREND_UP: "a long run of rises",
    SpecialCause.TREND_DOWN: "a long run of falls",
    SpecialCause.TWO_OF_THREE_ABOVE: "two of three points near the upper process limit",
    SpecialCause.TWO_OF_THREE_BELOW: "two of three points near the lower process limit",
    SpecialCause.RUN_ABOVE: "a long run above the average",
    SpecialCause.RUN_BELOW: "a long run below the average",
}
_PROSPECTS = {
    Assurance.PASS: "expected to be met if nothing changes",
    Assurance.FAIL: "expected to be missed unless something changes",
    Assurance.INCONSISTENT: "hit or miss, within the expected range",
}


def _board_signal(facts: Facts) -> str:
    if facts.provisional:
        return "Too early to compare."
    if not facts.limits_defined:
        return "Too little data for process limits."
    rule = _SIGNALS.get(facts.special_cause)
    return icon_meaning(facts.variation) + (f" ({rule})." if rule else ".")


def _board_target(facts: Facts) -> str:
    if facts.target is None:
        return ""
    if facts.assurance is None or not facts.limits_defined or facts.provisional:
        return f"Target {facts.target_text}."
    return f"Target {facts.target_text}: {_PROSPECTS[facts.assurance]}."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _no_figure(facts: Facts) -> str:
    if facts.suppressed:
        when = f"In {facts.period} there" if facts.period else "There"
        return f"{when} were too few people to show without risking privacy."
    if facts.period:
        return f"There is no figure for {facts.period} yet."
    return "There are no figures yet."


def _headline(facts: Facts) -> str:
    if VALUE in facts.wording:
        return f"In {facts.period}, {facts.wording.replace(VALUE, facts.value_text)}."
    return f"In {facts.period}, the figure for {facts.wording} was {facts.value_text}."


def _change(facts: Facts) -> str:
    """Return how the figure compares with a year ago and with its usual ups and downs."""
    if facts.provisional:
        return "It is too early to compare it with other figures."
    if facts.points <= 1:
        return "This is the first figure, so there is nothing to compare it with yet."
    comparison, step = _year_on_year(facts)
    signal, side = _signal(facts)
    if not comparison:
        return f"{signal[0].upper()}{signal[1:]}."
    # A rise on the year beside an unusually low figure would puzzle without the "but".
    link = "but" if step * side < 0 else "and"
    return f"{comparison}, {link} {signal}."


def _year_on_year(facts: Facts) -> tuple[str, int]:
    if facts.value is None or facts.year_ago is None:
        return "", 0
    if facts.year_ago_text != facts.value_text:
        if facts.value > facts.year_ago:
            return f"That is higher than a year ago ({facts.year_ago_text})", 1
        if facts.value < facts.year_ago:
            return f"That is lower than a year ago ({facts.year_ago_text})", -1
    return "That is about the same as a year ago", 0


def _signal(facts: Facts) -> tuple[str, int]:
    """Return what the latest point looks like, and on which side (1 high, -1 low, 0 neither)."""
    latest = f"the latest {facts.periods}"
    if not facts.limits_defined:
        return "there is too little data to tell an unusual change from the usual ups and downs", 0
    if facts.variation is Variation.COMMON_CAUSE:
        return f"{latest} look like the usual ups and downs", 0
    high = facts.variation.endswith("_high")
    if facts.special_cause in _TRENDS:
        words = f"{latest} have kept {_TRENDS[facts.special_cause]}"
    else:
        words = f"{latest} look unusually {'high' if high else 'low'}"
    if facts.variation.startswith("improvement"):
        words += ", a change for the better"
    elif facts.variation.startswith("concern"):
        words += ", a change for the worse"
    return words, 1 if high else -1


def _target(facts: Facts) -> str:
    """Return whether the target is met now, and whether that can be relied on."""
    if facts.target is None or facts.value is None or facts.provisional:
        return ""
    target = f"The target of {facts.target_text}"
    if facts.direction is Direction.NEUTRAL:
        return f"The target is {facts.target_text}."
    gap = facts.value - facts.target
    met = gap >= 0 if facts.direction is Direction.INCREASE else gap <= 0
    now = "was met this time" if met else "was not met this time"
    if facts.assurance is None or not facts.limits_defined:
        return f"{target} {now}."
    if facts.assurance is Assurance.PASS:
        return f"{target} is being met." if met else f"{target} is usually met, but {now}."
    if facts.assurance is Assurance.FAIL:
        return (
            f"{target} {now}, but is usually missed." if met else f"{target} is not being met yet."
        )
    return f"{target} {now}, but some {facts.periods} meet it and others miss it."


def _caveats(facts: Facts) -> list[str]:
    """Return who has yet to report, and whether figures may still change."""
    caveats = []
    if facts.reported < facts.expected:
        if facts.reported == 0:
            caveats.append("No organisation has reported so far.")
        else:
            caveats.append(
                f"{facts.reported} of {facts.expected} organisations have reported so far."
            )
    if facts.provisional:
        caveats.append("These figures are provisional and may change.")
    return caveats
