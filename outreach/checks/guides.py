"""Rules that guard readers from a guide itself, as far as others could have written it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from outreach.checks.characters import turned, unbalanced_overrides
from outreach.checks.disguise import disguise, masked
from outreach.checks.pair import Context, Finding, Pair, pairs_of, shown
from outreach.markup.safety import is_active
from outreach.markup.shape import html_shape
from outreach.model import Language, Message, Problem, Segment
from outreach.project import Source

_MARKED = re.compile(
    r"[@\\&%\u202d\u202e\x00-\t\x0b-\x1f\x7f]|xn--|<a\b|(?:script|data|file|tel|sms|mailto)\s*:",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\[([^\[\]\n]*)\]")
_SITE = re.compile(r"\w\.\w")
_PLACES = re.compile(r"\]\(([^()\s]*)|\]:[ \t]*(\S*)|<([^<>\s]*)>")
_DEFINED = re.compile(r"\[[^\[\]]+\]:\s*<?(\S+)")


def guard_problems(sources: Iterable[Source], language: Language) -> Iterator[Problem]:
    """Yield where a guide would run something, or leads elsewhere than it says.

    Raw HTML is left alone: where a project allows it, it is the writer's own code.
    """
    for source in sources:
        known = source.extracted
        context = Context(language, language, known.references, known.footnotes, glyphs=None)
        for segment in known.segments:
            for rule, finding in _findings(segment, context):
                yield Problem(segment.location, finding.text, finding.severity, rule)


def _findings(segment: Segment, context: Context) -> Iterator[tuple[str, Finding]]:
    if segment.domain:
        if why := masked(segment.msgid):
            yield "disguise", Finding(f"the address {shown(segment.msgid)} {why}")
        return
    if segment.kind == "text in raw HTML" or _is_plain(segment.msgid):
        return
    for char in unbalanced_overrides(segment.msgid)[:1]:
        yield "disguise", turned(char)
    for pair in pairs_of(Message("", segment.msgid), (segment.kind,), context):
        for url in _unsafe(pair):
            text = f"the address {shown(url)} opens no page, no mail and no telephone"
            text = f"{text}; write another one, or put it between backticks"
            yield "unsafe-link", Finding(text)
        yield from (("disguise", finding) for finding in disguise(pair))


def _is_plain(text: str) -> bool:
    """Whether a text has nothing that could be wrong; most have not, and parsing takes long."""
    if _MARKED.search(text):
        return False
    if any(_SITE.search(words) for words in _WORDS.findall(text)):
        return False
    return all("".join(parts).isascii() for parts in _PLACES.findall(text))


def _unsafe(pair: Pair) -> Iterator[str]:
    """Addresses that would do something; those of a definition that is none because of that."""
    raw = html_shape(pair.msgstr).links
    yield from (url for url in pair.new.links if is_active(url) and url not in raw)
    yield from (url for url in pair.new.images if is_active(url) and url[:11] != "data:image/")
    if pair.form == "markdown":
        yield from (url for url in _DEFINED.findall(pair.new.stray) if is_active(url))
