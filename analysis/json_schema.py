"""The rows of a published table as a JSON Schema, from its description. Pure.

Format: https://json-schema.org/draft/2020-12/schema.
"""

from __future__ import annotations

from typing import Any

from analysis.description import Table

TYPES = {"text": "string", "integer": "integer", "real": "number"}


def schema(table: Table) -> dict[str, Any]:
    """The schema of what `/callboard/<table>.json?_shape=array` answers: a list of rows with every column and no other."""
    columns = {each.name: _column(each.name in table.key, TYPES[each.type], each.says) for each in table.columns}
    row = {"type": "object", "properties": columns, "required": list(columns), "additionalProperties": False}
    made: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": table.title, "description": table.says}
    return made | {"type": "array", "items": row}


def _column(is_key: bool, kind: str, says: str) -> dict[str, Any]:
    return {"type": kind if is_key else [kind, "null"], "description": says}
