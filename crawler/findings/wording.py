"""The small language in which terms and cues are written, turned into google-re2.

A wording is lower-case google-re2 with four shorthands. A space stands for any run of blanks and hyphens; `~` for such a run or
nothing (`non~exclusive`); ` ... ` for a gap of a few words; `{name}` for a word list of `cue_words`. Word boundaries are added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = " ... "
_MACRO = re.compile(r"\{([a-z_]+)\}")
_BLANKS = r"(?:[ \-]+)"  # a group, so that " ?" is a blank or none
_NO_BLANKS = r"[ \-]*"
_SPELT = {" ": _BLANKS, "~": _NO_BLANKS, r"\w+": r"[\w']+"}  # a word may hold an apostrophe
_SHORTHAND = re.compile(r"\[[^\]]*\]|[ ~]|\\w\+")
_OPENS_BARE = re.compile(r"\\[^\w]|[^\w\\(\[]")  # begins with punctuation: no word boundary there
_LAST_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)$")
_ENDS_BARE = re.compile(r"\\[^\w]$|[^\w)\]*+?}]$")


def regex(wording: str, words: Mapping[str, str], within: int) -> str:
    """A wording as one expression, with at most `within` characters in each gap. Raises KeyError for an unknown `{name}`."""
    return f"[^;]{{0,{within}}}?".join(_piece(piece, words) for piece in wording.split(GAP))


def expand(wording: str, words: Mapping[str, str]) -> str:
    """The wording with each `{name}` replaced by its words, which may name others."""
    while found := _MACRO.search(wording):
        wording = f"{wording[: found.start()]}(?:{words[found.group(1)]}){wording[found.end() :]}"
    return wording


def _piece(piece: str, words: Mapping[str, str]) -> str:
    plain = expand(piece.strip(), words)
    before = "" if _OPENS_BARE.match(plain) else r"\b"
    after = "" if _ends_bare(plain) else r"\b"
    return before + _SHORTHAND.sub(_spelt, f"(?:{plain})") + after


def _ends_bare(plain: str) -> bool:
    """Whether a piece can end with punctuation, after which no word border stands: "x," or "x(?:,| and)"."""
    last = _LAST_GROUP.search(plain)
    return bool(_ENDS_BARE.search(plain)) or any(map(_ENDS_BARE.search, last.group(1).split("|") if last else ()))


def _spelt(found: re.Match[str]) -> str:
    """A shorthand spelt out; a character class stays as it is."""
    return _SPELT.get(found.group(), found.group())
