"""The msgid format, version 1: a data format, because a change of it orphans every translation.

A msgid is the inline Markdown of one block, without list markers, indents, quote marks and pipes.
Line breaks of the source that readers do not see become one space. A hard line break is a backslash
before a line end, however the source wrote it. Where that would change what is rendered, the text
stays as it is in the source. DESIGN.md holds the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

VERSION = 1

_LINE_END = re.compile(r"(\\*)([ \t]*)\n[ \t]*")
_WORD = re.compile(r"[^\W_]")
_MARKED = re.compile(r"[*_~`<\[]")


def has_words(text: str) -> bool:
    """Whether there is a letter or digit, so something to translate."""
    return _WORD.search(text) is not None


def msgid_of(content: str, same: Callable[[str, str], bool]) -> str:
    """The msgid of a block's inline text; `same` tells whether two texts render alike."""
    if "\n" not in content:
        return content
    joined = _LINE_END.sub(_join, content)
    if _needs_proof(content) and not same(content, joined):
        return content
    return joined


def _join(match: re.Match[str]) -> str:
    slashes, space = match.groups()
    if len(slashes) % 2 and not space:
        return f"{slashes}\n"
    if space.endswith("  "):
        return f"{slashes}\\\n"
    return f"{slashes} "


def _needs_proof(content: str) -> bool:
    """Whether joining lines could change the rendering.

    White space at a line end counts inside code, a line end inside `<…>` makes a target invalid,
    and the backslash of a hard break is a character that emphasis beside it takes note of.
    """
    spaced = re.search(r"[ \t]\n|\n[ \t]", content) is not None
    return (spaced and _MARKED.search(content) is not None) or "<" in content
