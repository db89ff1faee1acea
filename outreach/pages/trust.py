"""What pages and sheets say of how far a text may be trusted, always in English too.

A mark that only its translation says could say anything. So each stands in the reader's language
and in English, one below the other, and in English alone where it is not translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from outreach.languages import find
from outreach.markup.anchors import Anchors
from outreach.model import Language, Page, PageState, first_words
from outreach.pages.environment import Translate, render

_MACHINE = "machine draft"
_HEADING = 60
"""Letters of a heading that a mark repeats; longer ones are cut."""

Said = tuple[tuple[str, Language], ...]
"""A text as HTML in the reader's language and in English."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a translation may be trusted."""

    state: PageState
    english_source: bool
    machine: bool = False
    """Whether it is a machine's text that nobody edited."""
    retired: bool = False
    reviewed: str = ""
    """The day on which it was signed off; empty for a draft."""

    @classmethod
    def of(cls, page: Page) -> Trust:
        """That of a page which is not in the source language."""
        return cls(
            page.state,
            is_english(page.source),
            page.method == _MACHINE,
            page.retired,
            page.reviewed,
        )

    @property
    def marked(self) -> bool:
        """Whether readers have to be told something before they read."""
        return self.state != "reviewed" or self.retired


@dataclass(frozen=True, slots=True)
class _Section:
    """A section that has changed in the source; without a text it is the beginning."""

    text: str
    own: str
    """The heading in the page's language; empty where it does not have that section."""


def is_english(language: Language) -> bool:
    """Whether readers of a language are told everything by the English text."""
    return language.tag.split("-")[0] == "en"


def both(template: str, translate: Translate, language: Language, **context: object) -> Said:
    """A template in the language of `translate` and in English; once where the words are the same.

    The template is told by `english` whether it has to do without words in the other language.
    """
    english = render(template, str, mark_english=False, english=True, **context)
    if render(template, translate, mark_english=False, english=True, **context) == english:
        return ((english, find("en")),)
    own = render(template, translate, mark_english=True, english=False, **context)
    return ((own, language), (english, find("en")))


def mark(
    page: Page,
    translate: Translate,
    *,
    most: int,
    paper: bool = False,
    reader: Language | None = None,
) -> Said:
    """What stands above a page that has to be read with care, or nothing.

    It names up to `most` sections that have changed in the source, and counts the others. `reader`
    is the language of `translate`, where it is not the page's.
    """
    language = reader or page.language
    if page.is_source or not Trust.of(page).marked:
        return ()
    return both(
        "mark.html",
        translate,
        language,
        trust=Trust.of(page),
        source=page.source,
        sections=list(_sections(page, own=language.tag == page.language.tag))[:most],
        more=max(0, len(page.changed) - most),
        paper=paper,
    )


def short_mark(trust: Trust | None, translate: Translate, language: Language) -> Said:
    """The same in a few words; nothing for a text without a mark."""
    if trust is None or not trust.marked:
        return ()
    return both("short.html", translate, language, trust=trust)


def named(said: Said, language: Language) -> Said:
    """The same about a language, on a page in another one."""
    return tuple((f"{escape(language.english_name)}: {text}", one) for text, one in said)


def version(
    trust: Trust | None,
    edition: str,
    translate: Translate,
    language: Language,
    *,
    document: str = "",
    code: str = "",
) -> Said:
    """Which text was translated, and when it was reviewed; nothing where nothing is known of it.

    Without a `trust` it is the text in the source language itself. With a code, it says also which
    edition of which document this is.
    """
    context = {"trust": trust, "edition": edition, "document": document, "code": code}
    said = both("version.html", translate, language, **context)
    return tuple(item for item in said if item[0])


def version_of(page: Page, translate: Translate, *, code: str = "") -> Said:
    """That of a page."""
    trust = None if page.is_source else Trust.of(page)
    return version(trust, page.edition, translate, page.language, document=page.document, code=code)


def _sections(page: Page, *, own: bool) -> Iterator[_Section]:
    """The changed sections, with their headings in the page's language too where it has them.

    Anchors are made of the headings in the source language: by them they are found again.
    """
    known = {item.id: item.text for item in page.headings if own and not item.lang}
    for text in page.changed:
        found = known.get(Anchors().take(text), "") if text else ""
        yield _Section(first_words(text, _HEADING), first_words(found, _HEADING))
