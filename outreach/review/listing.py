"""How each guide stands in each language, for people and for programs. Pure.

Names are told only of those who agreed to be named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outreach.model import Language, without_controls
from outreach.review.standing import Standing, method_of
from outreach.site import Site

RETIRED = "retired"
NOTHING = "No language has been started; begin one with `outreach init LANGUAGE`."


@dataclass(frozen=True, slots=True)
class Item:
    """A guide in a language."""

    language: Language
    guide: str
    standing: Standing
    total: int
    """Texts of the guide."""
    untouched: int = 0
    """Those that are as a machine made them, also where they were signed off."""
    retired: str = ""
    """The day since when the language is not kept up any more."""

    @property
    def state(self) -> str:
        """One of the states of `outreach.review.standing`, or `retired`."""
        return RETIRED if self.retired else self.standing.state

    @property
    def why(self) -> str:
        """Why it is not reviewed, in words."""
        if not self.retired:
            return self.standing.why
        kept = "the last signed edition is shown" if self.standing.signed else self.standing.why
        return f"the language is not kept up since {self.retired}; {kept}"

    @property
    def reviewed(self) -> str:
        """The day of the sign-off that counts; empty where there is none."""
        return self.standing.signed.date if self.standing.signed else ""

    @property
    def code(self) -> str:
        """The edition code of what was signed; empty where no sign-off counts."""
        return self.standing.signed.code if self.standing.signed else ""

    @property
    def reviewer(self) -> str:
        """Who signed, if they agreed to be named."""
        signed = self.standing.signed
        return signed.reviewer.name if signed and signed.reviewer.consent else ""


def listed(site: Site) -> list[Item]:
    """The guides that each language wants, by language and guide."""
    return [
        item_of(site, read.language, guide)
        for read in sorted(site.texts.values(), key=lambda read: read.language.tag)
        for guide in sorted(read.guides)
    ]


def item_of(site: Site, language: Language, guide: str) -> Item:
    """How a guide stands in a language."""
    standing, texts = site.standing(language, guide), site.translations(language, guide)
    _, untouched = method_of(standing.record, texts)
    since = site.config.retired.get(language.tag, "") if language.tag in site.retired else ""
    return Item(language, guide, standing, texts.total, untouched, since)


def fields(item: Item) -> dict[str, object]:
    """What programs learn of how a guide stands; null where it is not known, or there is none."""
    return {
        "state": item.state,
        "why": item.why or None,
        "method": item.standing.method or None,
        "untouched": item.untouched,
        "reviewed": item.reviewed or None,
        "edition_code": item.code or None,
        "reviewer": item.reviewer or None,
    }


def as_json(items: Iterable[Item]) -> str:
    """The list as JSON, an object for each guide in each language."""
    rows = [
        {
            "language": item.language.tag,
            "name": item.language.english_name,
            "guide": item.guide,
            **fields(item),
        }
        for item in items
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_text(items: Sequence[Item]) -> str:
    """Each language with its guides below it: the state, and what is known besides."""
    if not items:
        return NOTHING
    width = max(len(item.state) for item in items)
    lines: list[str] = []
    last = ""
    for item in items:
        if item.language.tag != last:
            last = item.language.tag
            lines.append(f"{last} {item.language.english_name}")
        about = "; ".join(filter(None, (item.why, *_about(item))))
        lines.append(f"  {item.state:<{width}}  {item.guide}: {about}".removesuffix(": "))
    return "\n".join(map(without_controls, lines))


def _about(item: Item) -> Iterable[str]:
    """What is known besides the state, in words."""
    standing = item.standing
    if item.reviewed:
        yield f"reviewed {item.reviewed}" + (f" by {item.reviewer}" if item.reviewer else "")
    if item.code:
        yield f"edition {item.code}"
    if standing.method:
        yield standing.method
    if item.untouched:
        yield f"{item.untouched} of {item.total} texts as a machine made them"
