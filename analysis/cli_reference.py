"""The command reference of `docs/commands.md`, made from the commands' own help. `make fresh` writes it, a test holds it fresh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from analysis.cli import main


def reference() -> str:
    """The help of every command and sub-command, as Markdown."""
    head = "# Commands\n\nMade from the commands' own help by `make fresh`.\n\n"
    return head + "\n".join(f"## {path}\n\n```\n{text}\n```\n" for path, text in _helps(main, "callboard"))


def _helps(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    name = path.rsplit(" ", 1)[-1]
    settings: dict[str, Any] = {"max_content_width": 100, "terminal_width": 100} | dict(command.context_settings)
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _helps(command.commands[name], f"{path} {name}", context)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
