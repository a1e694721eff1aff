"""`datasette_metadata.json`: titles, licence, descriptions, facets, sort orders and saved queries, generated from the data files.

The file is committed, so that `datasette data/callboard.db -m datasette_metadata.json` needs nothing of ours;
a test fails when it is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from analysis.canned import COSTS, Canned, queries
from analysis.description import Table, tables
from analysis.publication import indexed
from analysis.site_words import site

DATABASE = "callboard"
FILE = Path(__file__).parents[1] / "datasette_metadata.json"
HIDDEN = ("search_fts", "search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config")


def build(site_url: str = "", corrections: str = "") -> dict[str, Any]:
    """The metadata as Datasette reads it. site_url, corrections: the operator's, for links and the footer of our templates."""
    words = site()
    about = {"title": words["title"], "description": words["description"], "license": words["license"], "license_url": words["license_url"]}
    about |= {"source": words["source"], "about": words["about"]}
    database = about | {
        "tables": {table.name: _table(table) for table in tables().values()} | {name: {"hidden": True} for name in HIDDEN},
        "queries": {canned.name: _query(canned) for canned in queries()},
    }
    ours = {"site_url": site_url, "corrections": _address(corrections)}
    plugins = {"site": {name: value for name, value in ours.items() if value}} if any(ours.values()) else {}
    return about | {"databases": {DATABASE: database}} | ({"plugins": plugins} if plugins else {})


def _address(corrections: str) -> str:
    """Where to write: an e-mail address becomes a mailto link; what is neither that nor a web address is left out."""
    if corrections.startswith(("https://", "http://", "mailto:")):
        return corrections
    return f"mailto:{corrections}" if "@" in corrections and " " not in corrections else ""


def _table(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {"title": table.title, "description": table.says, "size": table.size}
    made["columns"] = {column.name: column.says for column in table.columns}
    made["sortable_columns"] = sorted({*table.key[:1], *(index[0] for index in indexed(table))})
    for name in ("sort", "sort_desc", "hidden"):
        if getattr(table, name):
            made[name] = getattr(table, name)
    if table.label:
        made["label_column"] = table.label
    if table.facets:
        made["facets"] = list(table.facets)
    if table.name == "postings":
        made |= {"fts_table": "search_fts", "fts_pk": "number"}
    return made


def _query(canned: Canned) -> dict[str, Any]:
    example = f" Example: /{DATABASE}/{canned.name}?{urlencode(canned.example)}." if canned.example else ""
    words = f"{canned.description}{example} Cost: {canned.cost} ({COSTS[canned.cost]})."
    return {"title": canned.title, "description": words, "sql": canned.sql, "params": list(canned.parameters), "hide_sql": True}


def text(site_url: str = "", corrections: str = "") -> str:
    """The file's content."""
    return json.dumps(build(site_url, corrections), indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def write(path: Path = FILE, site_url: str = "", corrections: str = "") -> None:
    """Write the file anew."""
    path.write_text(text(site_url, corrections), "utf-8")
