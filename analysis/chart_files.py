"""The charts of the site as data: one TOML a chart in `charts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError

FOLDER = Path(__file__).parent / "charts"
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "trend_monthly": {"median": ("median", "low", "high", "p25", "p75")},
    "silence_monthly": {"granted": ("granted", "granted_low", "granted_high"), "silent": ("silent", "silent_low", "silent_high")},
}
_KEYS = {"title", "says", "table", "column", "unit", "order", "where", "reference", "reference_words"}


@dataclass(frozen=True, slots=True)
class ChartFile:
    """One chart: which rows of which trend table, and how it is called. columns: value, low, high and, for medians, the quartiles."""

    name: str
    title: str
    says: str
    table: str
    columns: tuple[str, ...]
    unit: str
    order: int
    where: Mapping[str, str]
    reference: tuple[float, str] | None

    @property
    def is_share(self) -> bool:
        """Whether its values are shares from 0 to 1."""
        return self.table == "silence_monthly"


@cache
def charts(folder: Path = FOLDER) -> tuple[ChartFile, ...]:
    """Every chart in the order of the page. Raises ConfigError naming the file and the key that is wrong."""
    return tuple(sorted((read(path) for path in folder.glob("*.toml")), key=lambda chart: (chart.order, chart.name)))


def read(path: Path) -> ChartFile:
    """One chart. Raises ConfigError for an unknown or missing key, or a table or column that trends do not have."""
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for key in data:
        if key not in _KEYS:
            raise ConfigError(f"{path.name}: unknown key {key!r}; use one of {', '.join(sorted(_KEYS))}")
    column = data.get("column", "median")
    try:
        columns = COLUMNS[data["table"]][column]
        reference = (float(data["reference"]), str(data["reference_words"])) if "reference" in data else None
        words = (data["title"], data["says"], data["table"], columns, data["unit"], data["order"])
        return ChartFile(path.stem, *words, dict(data["where"]), reference)
    except KeyError as wrong:
        raise ConfigError(f"{path.name}: {wrong} is missing, or no table or column of trends; mend it") from wrong
