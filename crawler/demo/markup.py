"""The small markup of sample texts: paragraphs, `## heading`, `- item`, `**bold**`, `[label](paper:slug)`."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(## .*)$", re.MULTILINE)
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list. kind: h, p or ul; lines: one, or an item each."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty for the opening) and the blocks below it."""

    heading: str
    blocks: tuple[Block, ...]


def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a text; blank lines part them, and a heading is its own line."""
    apart = HEADING.sub(r"\n\1\n", body).strip()
    return tuple(_block(chunk) for chunk in re.split(r"\n\s*\n", apart) if chunk)


def _block(chunk: str) -> Block:
    lines = [line.strip() for line in chunk.splitlines()]
    if lines[0].startswith("## "):
        return Block("h", (lines[0][3:],))
    if all(line.startswith("- ") for line in lines):
        return Block("ul", tuple(line[2:] for line in lines))
    return Block("p", (" ".join(lines),))


def sections(body: str) -> tuple[Section, ...]:
    """The text parted at its headings; the first section is the opening."""
    parted: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks(body):
        if block.kind == "h":
            parted.append((block.lines[0], []))
        else:
            parted[-1][1].append(block)
    return tuple(Section(heading, tuple(found)) for heading, found in parted)


def to_html(found: tuple[Block, ...], papers: str, tag: str = "p") -> str:
    """Blocks as HTML. papers: URL before a linked paper's name; tag: what the board wraps a paragraph in."""
    return "".join(_html(block, papers, tag) for block in found)


def _html(block: Block, papers: str, tag: str) -> str:
    if block.kind == "ul":
        return "<ul>" + "".join(f"<li>{inline(line, papers)}</li>" for line in block.lines) + "</ul>"
    tag = "h3" if block.kind == "h" else tag
    return f"<{tag}>{inline(block.lines[0], papers)}</{tag}>"


def inline(line: str, papers: str) -> str:
    """One line with its links and bold words as HTML."""
    bold = BOLD.sub(r"<strong>\1</strong>", html.escape(line, quote=False))
    return LINK.sub(lambda found: f'<a href="{_target(found[2], papers)}">{found[1]}</a>', bold)


def to_plain(found: tuple[Block, ...], papers: str) -> str:
    """Blocks as plain text, the way boards give it: a blank line between blocks, bullets as dashes."""
    return "\n\n".join(_plain(block, papers) for block in found)


def _plain(block: Block, papers: str) -> str:
    mark = "- " if block.kind == "ul" else ""
    linked = (LINK.sub(lambda found: f"{found[1]} {_target(found[2], papers)}", line) for line in block.lines)
    return "\n".join(mark + BOLD.sub(r"\1", line) for line in linked)


def _target(target: str, papers: str) -> str:
    return papers + target.removeprefix("paper:") if target.startswith("paper:") else target
