"""A guide as the rules on its English see it, and what each of them finds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from outreach.guides import front_matter_line
from outreach.markup.prose import BREAK, Picture, Prose, read_prose
from outreach.markup.shape import CODE
from outreach.model import Guide, Location, Problem

_FRAGMENTS = frozenset(
    {
        *("title of the guide", "heading", "table heading", "term", "title of a callout"),
        *("title of a card", "preformatted text", "footnote"),
    }
)
"""Kinds of texts that are no running text."""
TITLES = _FRAGMENTS - {"preformatted text", "footnote"}
"""Kinds in which the first letter of any word may be a capital."""

_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)[^\s<>]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@-])(?:[\w-]++\.)+[a-z]{2,}/[^\s<>]*[\w/]"
)
"""On the web or of mail; their words are nobody's language."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a guide, and which rules do not look at it."""

    prose: str
    """As in `Prose.text`, with `CODE` for each sign of an address too."""
    kind: str
    location: Location
    level: int = 0
    """Of a heading, from 1; 0 for any other text."""
    ignored: frozenset[str] = frozenset()

    @property
    def is_prose(self) -> bool:
        """Whether it is made of sentences, and meant to be read from its beginning to its end."""
        return self.kind not in _FRAGMENTS

    def silences(self, rule: str) -> bool:
        return rule in self.ignored


@dataclass(frozen=True, slots=True)
class SourceGuide:
    """A guide with its texts."""

    guide: Guide
    texts: tuple[Text, ...]
    pictures: tuple[Picture, ...]
    ignored: frozenset[str] = frozenset()
    """What its front matter silences, as written."""

    @property
    def begin(self) -> Location:
        """Where its title stands, or else its beginning."""
        if "title" in self.guide.front_matter:
            return Location(self.guide.path, front_matter_line(self.guide, "title"))
        first = next((text.location for text in self.texts if text.level == 1), None)
        return first or Location(self.guide.path, self.guide.first_line)


def read_guide(guide: Guide) -> SourceGuide:
    """The texts and pictures of a guide, with what its comments and front matter silence.

    A comment before a heading holds for its whole section.
    """
    texts, pictures = read_prose(guide)
    found = tuple(_texts(texts))
    shown = tuple(_in_sections(pictures, [text for text in found if text.level]))
    return SourceGuide(guide, found, shown, frozenset(ignored_in_front(guide)))


def ignored_in_front(guide: Guide) -> list[str]:
    """The rules that the front matter's `ignore` names, as written."""
    named = guide.front_matter.get("ignore", ())
    names = named.replace(",", " ").split() if isinstance(named, str) else named
    return [name for name in names if isinstance(name, str)] if isinstance(names, Sequence) else []


def finding(text: Text, rule: str, words: str, place: int) -> Problem:
    """A warning about what stands at a place in a text, in signs from its beginning."""
    line = text.location.line + lines_in(text.prose[:place])
    return Problem(replace(text.location, line=line), words, "warning", rule)


def lines_in(prose: str) -> int:
    """How many lines of the source end in a piece of a text."""
    return prose.count("\n") + prose.count(BREAK)


def _texts(texts: Iterable[Prose]) -> Iterator[Text]:
    sections: list[tuple[int, frozenset[str]]] = []
    for prose in texts:
        own = frozenset(prose.segment.ignored)
        if prose.level:
            while sections and sections[-1][0] >= prose.level:
                sections.pop()
            sections.append((prose.level, own))
        ignored = own.union(*(names for _, names in sections))
        segment = prose.segment
        shown = _ADDRESS.sub(lambda match: CODE * len(match.group()), prose.text)
        yield Text(shown, segment.kind, segment.location, prose.level, ignored)


def _in_sections(pictures: Iterable[Picture], headings: Sequence[Text]) -> Iterator[Picture]:
    """The pictures with what the headings above them silence."""
    lines = [text.location.line for text in headings]
    for picture in pictures:
        above = bisect_right(lines, picture.location.line)
        more = headings[above - 1].ignored if above else frozenset()
        yield replace(picture, ignored=(*picture.ignored, *more))
