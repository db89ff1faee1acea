"""Two versions of a source guide: whether readers see the same, and which sections differ. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.config import Config
from outreach.guides import front_matter_text
from outreach.markup.render import render
from outreach.model import Language
from outreach.project import Source


@dataclass(frozen=True, slots=True)
class _Page:
    html: str
    front: tuple[str, ...]


def same_page(old: Source, new: Source, language: Language, config: Config) -> bool:
    """Whether readers of the source language see the same page, apart from files it shows."""
    return _page(old, language, config) == _page(new, language, config)


def changed_sections(old: Source, new: Source) -> tuple[str, ...]:
    """The sections in which a text came, went or changed, by their headings as they are now.

    An empty one is what stands before the first heading. Sections that are gone come last.
    """
    before, after = _sections(old), _sections(new)
    changed = [name for name in after if before.get(name) != after[name]]
    return (*changed, *(name for name in before if name not in after))


def _sections(source: Source) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section, msgid in _texts(source):
        found.setdefault(section, []).append(msgid)
    return found


def _texts(source: Source) -> Iterator[tuple[str, str]]:
    for segment in source.extracted.segments:
        if segment.msgid not in source.extracted.hidden:
            yield segment.section, segment.msgid


def _page(source: Source, language: Language, config: Config) -> _Page:
    guide = source.guide
    body = render(
        guide,
        language,
        language,
        translate=lambda _: None,
        label=str,
        address=lambda url, _: url,
        raw_html=config.raw_html,
        leave_out=config.leave_out,
    )
    front = tuple(front_matter_text(guide, key) for key in ("title", "summary"))
    return _Page("".join(block.html for block in body.blocks), front)
