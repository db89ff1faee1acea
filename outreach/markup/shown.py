"""Every text of a guide that its readers see, also those that no translator can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markdown_it.token import Token

from outreach.guides import front_matter_line, front_matter_text
from outreach.markup.containers import OPEN, TITLED, container_name, words_behind
from outreach.markup.html import is_comment
from outreach.markup.parser import Parsed, is_too_long, parse_blocks
from outreach.markup.shape import CODE, shape_of
from outreach.model import Guide, Location

_PIECES = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL)
"""What readers do not see of raw HTML."""


def shown_texts(guide: Guide) -> Iterator[tuple[Location, str, str]]:
    """Yield where each text begins, how it is written, and what readers see of it.

    Words of images and code are among them; comments and the targets of links are not.
    """
    for key in ("title", "summary"):
        text = front_matter_text(guide, key)
        yield Location(guide.path, front_matter_line(guide, key)), text, text
    parsed = parse_blocks(guide.text)
    for token in parsed.tokens:
        line = guide.first_line + (token.map[0] if token.map else 0)
        for written, seen in _texts(token, parsed):
            yield Location(guide.path, line + (token.type == "fence")), written, seen


def _texts(token: Token, parsed: Parsed) -> Iterator[tuple[str, str]]:
    if token.type == "inline" and not is_too_long(token.content):
        found = shape_of(token.content, parsed.references, parsed.footnotes)
        yield token.content, "\n".join((found.text.replace(CODE, ""), *found.code))
    elif token.type in ("fence", "code_block"):
        yield token.content, token.content
    elif token.type == "html_block" and not is_comment(token.content):
        yield token.content, unescape(_PIECES.sub("", token.content))
    elif token.type == OPEN and container_name(token.info) in TITLED:
        title = words_behind(token.info)
        yield title, title
