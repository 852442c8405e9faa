"""Confidence intervals of survey shares.

Input: counts of answers, bases, population sizes. Output: Wilson score intervals, and Newcombe's interval for a
difference.
"""

from __future__ import annotations

import math
from typing import Final

Z: Final = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution, for a 95% interval."""


def wilson(successes: int, base: int, population: int | None = None) -> tuple[float, float]:
    """Calculate the 95% Wilson score interval of a share; limits from 0 to 1.

    With a population N above the base n, n* = n(N−1)/(N−n) replaces n in the formula (finite population correction);
    with N ≤ n everyone answered, and the interval is a point. Source: Wilson 1927; Office for Health Improvement and
    Disparities, technical guide on proportions. ValueError if the base is 0.
    """
    if base <= 0:
        raise ValueError("a share of nothing has no interval")
    share = successes / base
    n = float(base)
    if population is not None:
        if population <= base:
            return share, share
        n = base * (population - 1) / (population - base)
    centre = share + Z * Z / (2 * n)
    spread = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    lower = 0.0 if successes == 0 else max(0.0, (centre - spread) / scale)
    upper = 1.0 if successes == base else min(1.0, (centre + spread) / scale)
    return lower, upper


def newcombe(
    now: float, now_limits: tuple[float, float], before: float, before_limits: tuple[float, float]
) -> tuple[float, float]:
    """Calculate the 95% interval of ``now − before`` from each year's limits (Newcombe 1998, method 10)."""
    difference = now - before
    lower = difference - math.hypot(now - now_limits[0], before_limits[1] - before)
    upper = difference + math.hypot(now_limits[1] - now, before - before_limits[0])
    return lower, upper
