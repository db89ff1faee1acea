"""The msgid format, version 1: a data format, because a change of it orphans every translation.

A msgid is the inline Markdown of one block, without list markers, indents, quote marks and pipes.
Line breaks of the source that readers do not see become one space. A hard line break is a backslash
before a line end, however the source wrote it. Where that would change what is rendered, the text
stays as it is in the source. DESIGN.md holds the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

Same = Callable[[str, str], bool]
"""Tells whether two inline texts render alike."""
Format = Callable[[str, Same], str]
"""Makes the msgid of a block's inline text."""

_WORD = re.compile(r"[^\W_]")
_MARKED = re.compile(r"[*_~`<\[\\]")
_SILENT = re.compile(r"!\[\]\([^\s()]*\)|&#?\w+;")
"""Letters that are no words: images without alt text, and the names of characters."""


def has_words(text: str) -> bool:
    """Whether there is a letter or digit, so something to translate."""
    if "&" in text or "![](" in text:
        text = _SILENT.sub(_spoken, text)
    return _WORD.search(text) is not None


def msgid_of(content: str, same: Same) -> str:
    """The msgid of a block's inline text; `same` tells whether two texts render alike."""
    if "\n" not in content:
        return content
    joined = _joined(content)
    if _needs_proof(content) and not same(content, joined):
        return content
    return joined


def _spoken(match: re.Match[str]) -> str:
    return unescape(match.group()) if match.group().startswith("&") else ""


def _joined(content: str) -> str:
    *lines, last = content.split("\n")
    parts = [part for line in lines for part in _line(line.lstrip(" \t"))]
    return "".join(parts) + last.lstrip(" \t")


def _line(line: str) -> tuple[str, str]:
    """A line, and what joins it to the next."""
    text = line.rstrip(" \t")
    odd = (len(text) - len(text.rstrip("\\"))) % 2 == 1
    if odd and text == line:
        return text, "\n"
    if line.endswith("  "):
        # A backslash before white space stands for itself; before another it would not.
        return text, "\\\\\n" if odd else "\\\n"
    return text, " "


def _needs_proof(content: str) -> bool:
    """Whether joining lines could change the rendering.

    White space at a line end counts inside code and behind a backslash, a line end inside `<…>`
    makes a target invalid, and the backslash of a hard break is a character that emphasis beside
    it takes note of.
    """
    spaced = re.search(r"[ \t]\n|\n[ \t]", content) is not None
    return (spaced and _MARKED.search(content) is not None) or "<" in content


VERSION = 1
FORMATS: Mapping[int, Format] = {1: msgid_of}
"""Every format that catalogs were ever written in. One that is given up stays, so that translations
of its texts are found again: see `outreach.markup.extract.renames`."""
CURRENT = FORMATS[VERSION]
