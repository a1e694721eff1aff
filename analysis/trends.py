"""Statistics of the trend tables: quartiles, intervals, suppression, like-for-like panels. Pure; no n, no figure.

Sources: the ideal bootstrap distribution of a sample median, without resampling (B. Efron, The Annals of Statistics 7, 1979); the score
interval for a share (E. B. Wilson, JASA 22, 1927).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt
from statistics import NormalDist, quantiles

FEWEST_GIGS = 5
FEWEST_EMPLOYERS = 3
EXACT = 400  # above, the binomial is as good as normal
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of a sample and the 95 % interval of its median, in the sample's unit. n: how many values."""

    n: int
    p25: float
    median: float
    p75: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share k of n with its 95 % interval, all from 0 to 1."""

    k: int
    n: int
    share: float
    low: float
    high: float


def spread(values: Iterable[float]) -> Spread | None:
    """Quartiles and median with its bootstrap interval. None for no values; one value has no width."""
    ordered = sorted(values)
    if not ordered:
        return None
    if len(ordered) == 1:
        return Spread(1, *ordered * 5)
    p25, median, p75 = quantiles(ordered, n=4, method="inclusive")
    low, high = median_interval(ordered)
    return Spread(len(ordered), p25, median, p75, low, high)


def median_interval(ordered: Sequence[float]) -> tuple[float, float]:
    """The 95 % percentile interval of the bootstrap median of a sorted sample.

    A resample's m-th value is at most the k-th of the sample when at least m of its n draws are: a binomial tail. With an even n the
    median lies between two ranks; the lower end takes the lower rank and the upper end the higher one.
    """
    n = len(ordered)
    low = _rank(n, (n + 1) // 2, 0.025)
    high = _rank(n, n // 2 + 1, 0.975)
    return ordered[low - 1], ordered[high - 1]


def _rank(n: int, m: int, wanted: float) -> int:
    """The smallest k for which P(Bin(n, k/n) >= m) reaches wanted."""
    below, above = 0, n
    while above - below > 1:
        middle = (below + above) // 2
        if tail(n, middle / n, m) >= wanted:
            above = middle
        else:
            below = middle
    return above


def tail(n: int, p: float, m: int) -> float:
    """P(Bin(n, p) >= m)."""
    if p >= 1:
        return 1.0
    if n > EXACT:
        return 1 - NormalDist(n * p, sqrt(n * p * (1 - p))).cdf(m - 0.5)
    whole = lgamma(n + 1)
    return sum(exp(whole - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log(1 - p)) for i in range(m, n + 1))


def share(k: int, n: int) -> Share | None:
    """A share with its Wilson interval. None where nothing was counted."""
    if not n:
        return None
    p = k / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return Share(k, n, p, max(0.0, centre - half), min(1.0, centre + half))


def is_shown(gigs: int, employers: int) -> bool:
    """Whether a cell is large enough: five gigs and three employers."""
    return gigs >= FEWEST_GIGS and employers >= FEWEST_EMPLOYERS


def panel(complete: Mapping[str, AbstractSet[str]], months: Sequence[str]) -> frozenset[str]:
    """The sources seen through the whole window: with a complete crawl in every month. complete: source to months with one."""
    return frozenset(source for source, seen in complete.items() if months and seen >= set(months))
