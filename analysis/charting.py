"""Line charts as SVG, made on the server: a median with its interval and quartiles, blind stretches shaded. Pure.

No script and no library: a chart is a picture with its figures in a table under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 28, 34

STYLE = """<style>.chart{background:#fff}text{font:12px sans-serif;fill:#57534c}.axis{stroke:#d9d3c6}.band{fill:#7a1f2b;opacity:.14}
.line{fill:none;stroke:#7a1f2b;stroke-width:2.5}.panel{fill:none;stroke:#28527f;stroke-width:2;stroke-dasharray:6 4}.dot{fill:#7a1f2b}
.blind{fill:#57534c;opacity:.12}.bar{stroke:#7a1f2b;stroke-width:1.2}.ref{stroke:#57534c;stroke-dasharray:5 4}</style>"""


@dataclass(frozen=True, slots=True)
class Point:
    """One month. value None: suppressed or not counted. low, high: interval; p25, p75: quartiles; href: the rows behind it."""

    month: str
    value: float | None
    low: float | None = None
    high: float | None = None
    p25: float | None = None
    p75: float | None = None
    n: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: months in order, the like-for-like panel's values beside them, months in which a source was blind, a reference line."""

    title: str
    unit: str
    points: tuple[Point, ...]
    panel: tuple[float | None, ...] = ()
    blind: frozenset[str] = frozenset()
    reference: tuple[float, str] | None = None
    share: bool = False


def svg(chart: Chart) -> str:
    """The chart as an SVG element with a title and a description for those who do not see it. Every value is escaped."""
    scale = _Scale(chart)
    parts = [*_blind(chart, scale), *_axes(chart, scale), *_band(chart, scale), *_reference(chart, scale), *_panel(chart, scale)]
    parts += [*_line([point.value for point in chart.points], "line", scale), *_dots(chart, scale)]
    said = _description(chart)
    head = f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(said)}">'
    return head + f"<title>{escape(chart.title)}</title>" + "".join(parts) + "</svg>"


def alone(picture: str) -> str:
    """A chart as a file of its own, with its colours and no links: they lead nowhere outside the site."""
    return re.sub(r"</?a\b[^>]*>", "", picture.replace("<title>", f"{STYLE}<title>", 1))


class _Scale:
    """From months and values to places in the picture."""

    def __init__(self, chart: Chart) -> None:
        values = [each for point in chart.points for each in (point.value, point.low, point.high, point.p25, point.p75) if each is not None]
        values += [each for each in chart.panel if each is not None] + ([chart.reference[0]] if chart.reference else [])
        self.ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if chart.share else ticks(max(values, default=1.0))
        self.count = len(chart.points)

    def x(self, place: float) -> float:
        step = (WIDTH - LEFT - RIGHT) / max(self.count, 1)
        return round(LEFT + step * (place + 0.5), 1)

    def y(self, value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.ticks[-1]), 1)


def ticks(most: float) -> list[float]:
    """Four to six round marks from nought to at least `most`."""
    if most <= 0:
        return [0.0, 1.0]
    step: float = 10 ** floor(log10(most / 4))
    step = next(step * each for each in (1, 2, 2.5, 5, 10) if most / (step * each) <= 5)
    return [step * each for each in range(ceil(most / step) + 1)]


def _axes(chart: Chart, scale: _Scale) -> list[str]:
    parts = []
    for tick in scale.ticks:
        y, words = scale.y(tick), f"{tick:.0%}".replace("%", " %") if chart.share else f"{tick:g}"
        parts.append(
            f'<path class="axis" d="M{LEFT} {y}H{WIDTH - RIGHT}"/><text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{words}</text>'
        )
    every = ceil(scale.count / 8)
    for place, point in enumerate(chart.points):
        if place % every == 0 or (place == scale.count - 1 and place % every > every / 2):
            at = f'x="{scale.x(place)}" y="{HEIGHT - 12}"'
            spare = ' class="m"' if place // every % 2 else ""  # left out where the screen is narrow
            parts.append(f'<text {at} text-anchor="middle"{spare}>{escape(point.month)}</text>')
    return [*parts, f'<text x="{LEFT}" y="16">{escape(chart.unit)}</text>']


def _blind(chart: Chart, scale: _Scale) -> list[str]:
    half = (WIDTH - LEFT - RIGHT) / max(scale.count, 1) / 2
    height = HEIGHT - TOP - BOTTOM
    return [
        f'<rect class="blind" x="{scale.x(place) - half:.1f}" y="{TOP}" width="{2 * half:.1f}" height="{height}">'
        f"<title>{escape(point.month)}: some sources were not seen for part of this month</title></rect>"
        for place, point in enumerate(chart.points)
        if point.month in chart.blind
    ]


def _band(chart: Chart, scale: _Scale) -> list[str]:
    """The quartiles, one band for each unbroken run of months."""
    bands = []
    for run in _runs([point.p25 is not None and point.p75 is not None for point in chart.points]):
        top = [f"{scale.x(place)} {scale.y(chart.points[place].p75 or 0)}" for place in run]
        bottom = [f"{scale.x(place)} {scale.y(chart.points[place].p25 or 0)}" for place in reversed(run)]
        bands.append(f'<path class="band" d="M{" L".join(top + bottom)}Z"/>')
    return bands


def _reference(chart: Chart, scale: _Scale) -> list[str]:
    if chart.reference is None:
        return []
    y, words = scale.y(chart.reference[0]), escape(chart.reference[1])
    line = f'<path class="ref" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
    return [line, f'<text x="{WIDTH - RIGHT}" y="{y - 5}" text-anchor="end">{words}</text>']


def _panel(chart: Chart, scale: _Scale) -> list[str]:
    return _line(chart.panel, "panel", scale)


def _line(values: Sequence[float | None], kind: str, scale: _Scale) -> list[str]:
    runs = _runs([value is not None for value in values])
    return [f'<path class="{kind}" d="M{" L".join(f"{scale.x(place)} {scale.y(values[place] or 0)}" for place in run)}"/>' for run in runs]


def _dots(chart: Chart, scale: _Scale) -> list[str]:
    parts = []
    for place, point in enumerate(chart.points):
        if point.value is None:
            continue
        x, words = scale.x(place), escape(f"{point.month}: {_value(chart, point.value)}, n = {point.n}")
        if point.low is not None and point.high is not None:
            parts.append(f'<path class="bar" d="M{x} {scale.y(point.low)}V{scale.y(point.high)}"/>')
        dot = f'<circle class="dot" cx="{x}" cy="{scale.y(point.value)}" r="4"><title>{words}</title></circle>'
        parts.append(f'<a href="{escape(point.href)}" aria-label="{words}">{dot}</a>' if point.href else dot)
    return parts


def _runs(there: Sequence[bool]) -> list[list[int]]:
    """Places in a row that are there; a gap is never drawn over."""
    runs: list[list[int]] = []
    for place, is_there in enumerate(there):
        if is_there and place and there[place - 1]:
            runs[-1].append(place)
        elif is_there:
            runs.append([place])
    return runs


def _value(chart: Chart, value: float) -> str:
    return f"{value:.0%}".replace("%", " %") if chart.share else f"{value:,.4g} {chart.unit}"


def _description(chart: Chart) -> str:
    shown = [point for point in chart.points if point.value is not None]
    if not shown:
        return f"{chart.title}. No month has enough gigs to show."
    ends = f"{shown[0].month}: {_value(chart, shown[0].value or 0)}; {shown[-1].month}: {_value(chart, shown[-1].value or 0)}"
    return f"{chart.title}, {len(shown)} months. {ends}. The table under the chart has every figure."


def between(first: str, last: str) -> list[str]:
    """Every month from first to last, YYYY-MM."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in range(start, end + 1)]
