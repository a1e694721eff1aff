"""Datasette's mark of a plugin hook, with types: Datasette ships none, and without them every hook would be an untyped function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import datasette

Hook = TypeVar("Hook", bound=Callable[..., Any])


def hookimpl(function: Hook) -> Hook:
    """Mark a function as an implementation of the Datasette hook of its name."""
    datasette.hookimpl(function)  # sets an attribute; the function stays itself
    return function
