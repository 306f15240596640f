"""Quantiles of the normal, Student's t and Poisson distributions, at a confidence level.

SciPy computes them. It is imported at first use, because it costs 0.4 s and 30 MB, and pages that
only show stored figures need none of it.
"""

from functools import lru_cache
from math import inf
from statistics import NormalDist

_STANDARD = NormalDist()


def upper_tail(confidence: float) -> float:
    """Return the probability below the upper limit of a two-sided interval."""
    return confidence + (1 - confidence) / 2


@lru_cache(maxsize=64)
def normal_z(confidence: float) -> float:
    """Return how many standard errors a two-sided interval reaches; infinite at 1."""
    return inf if confidence >= 1 else _STANDARD.inv_cdf(upper_tail(confidence))


@lru_cache(maxsize=1024)
def student_t(confidence: float, degrees_of_freedom: int) -> float:
    """Return the same for Student's t distribution."""
    from scipy.special import stdtrit

    return abs(float(stdtrit(degrees_of_freedom, (1 - confidence) / 2)))


@lru_cache(maxsize=1024)
def poisson_limits(count: float, confidence: float) -> tuple[float, float]:
    """Return the exact limits of a Poisson mean after `count` events (Garwood 1936).

    They are quantiles of chi-squared halved, which are those of the gamma distribution.
    """
    from scipy.special import gammaincinv

    # Fractions this small have a lower limit below the smallest float, and SciPy gives NaN.
    lower = float(gammaincinv(count, (1 - confidence) / 2)) if count > 1e-9 else 0.0
    return lower, float(gammaincinv(count + 1, upper_tail(confidence)))
