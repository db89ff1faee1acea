"""What is too large in a guide to be read: blocks, titles, addresses, and cells of raw HTML."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from outreach.limits import is_over, over_words
from outreach.markup.html import spans
from outreach.markup.parser import Parsed, parse_text, too_much
from outreach.model import Location, Problem

MOST_SPAN = 1000
"""Columns or rows that a cell of raw HTML may span: browsers take more columns for 1,000."""
_SPLIT = "split it into several, with an empty line between them"
_CODE = {"fence": "code block", "code_block": "code block", "html_block": "piece of raw HTML"}


def size_problems(parsed: Parsed, location: Location) -> Iterator[Problem]:
    """An error for each part that is too large; `location` is where the text begins."""
    for token in parsed.tokens:
        text = _wrong(token) or _spans(_html(token, parsed))
        if text:
            yield _problem(location, token.map[0] if token.map else 0, text)
    for definition in parsed.references.values():
        for key, name in (("href", "address"), ("title", "title")):
            if is_over(definition[key]):
                text = f"the {name} of this link {over_words(definition[key])}; shorten it"
                yield _problem(location, definition["map"][0], text)


def _wrong(token: Token) -> str:
    if token.type == "inline":
        wrong = too_much(token.content)
        return f"this text {wrong}; {_SPLIT}" if wrong else ""
    if token.type in _CODE and is_over(token.content):
        return f"this {_CODE[token.type]} {over_words(token.content)}; {_SPLIT}"
    if is_over(token.info):
        return f"what stands behind `{token.markup}` {over_words(token.info)}; shorten it"
    return ""


def _html(token: Token, parsed: Parsed) -> str:
    """The raw HTML of a block, where it may make a cell span others."""
    if token.type == "html_block":
        return token.content
    if token.type != "inline" or "<" not in token.content or "span" not in token.content.lower():
        return ""
    found = parse_text(token.content, parsed.references, parsed.footnotes)
    return "".join(item.content for item in found if item.type == "html_inline")


def _spans(html: str) -> str:
    """Why a cell is refused: laying out one that spans a million columns takes minutes."""
    for name, span in spans(html) if html else ():
        if span > MOST_SPAN:
            return f"`{name}` should be at most {MOST_SPAN:,}, but is larger; write what is needed"
    return ""


def _problem(location: Location, line: int, text: str) -> Problem:
    return Problem(Location(location.path, location.line + line), text, rule="size")
