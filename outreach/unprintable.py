"""What no font draws in texts that are no translations: guides, names, and a project's own words.

Asked before a build writes anything, and by `outreach check`, without rendering. A build of pages
alone (`--format html`) does not ask: a browser has fonts of its own, and whoever prints nothing
should not have to care. A project that never prints silences the rule with `ignore = ["no-font"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from outreach.checks.glyphs import MEND, undrawn
from outreach.config import Config
from outreach.markup.shown import shown_texts
from outreach.model import Guide, Language, Location, Problem
from outreach.sheet.glyphs import Glyphs, named
from outreach.sheet.own import read_fonts
from outreach.sheet.sources import SOURCES, Sources

RULE = "no-font"

_ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True, slots=True)
class Lettering:
    """What a project prints with."""

    sources: Sources = field(default_factory=lambda: SOURCES)
    glyphs: Glyphs | None = None
    """What the fonts draw; None where nobody asks."""
    problems: tuple[Problem, ...] = ()
    """With an error among them nothing can be built."""


def read_lettering(config: Config, source: Language, guides: Iterable[Guide]) -> Lettering:
    """Read the project's own fonts, and ask whether all that stands on its sheets can be drawn.

    Where its own fonts are wrong, or the rule is silenced, letters are not looked at. Raises
    OutreachError when a package with fonts is missing.
    """
    own = read_fonts(config)
    if RULE in config.ignore or any(item.severity == "error" for item in own.problems):
        return Lettering(own.sources, problems=own.problems)
    glyphs = Glyphs(own.sources)
    problems = (
        *own.problems,
        *_project_problems(config, source, glyphs),
        *name_problems(config, source, glyphs),
        *chain.from_iterable(_guide_problems(guide, source, glyphs) for guide in guides),
    )
    return Lettering(own.sources, glyphs, problems)


def name_problems(config: Config, language: Language, glyphs: Glyphs | None) -> Iterator[Problem]:
    """Yield an error where not even the own name of a language can be printed.

    It stands on each of its sheets; and a language without a font is told once, not for each text.
    """
    missing = glyphs.missing(language.own_name, language.fonts) if glyphs else ()
    if missing:
        yield Problem(
            Location(config.file),
            f"there is no font for {language.english_name} ({language.tag}): none draws "
            f"{named(missing)}; add one (`fonts` and `language-fonts` in the configuration), or "
            "make pages only: `outreach build --format html`",
            rule=RULE,
        )


def _guide_problems(guide: Guide, source: Language, glyphs: Glyphs) -> Iterator[Problem]:
    """Yield an error for each text of a guide that the fonts of its language cannot draw."""
    name = glyphs.missing(guide.name, source.fonts)
    if name:
        text = f"the name of the file stands at the foot of sheets, and {undrawn(name, source)}"
        yield Problem(Location(guide.path), f"{text}; rename it", rule=RULE)
    written = f"{guide.front_text}\n{guide.text}"
    if not _ENTITY.search(written) and not glyphs.missing(written, source.fonts):
        return  # nearly always
    for location, text, seen in shown_texts(guide):
        missing = glyphs.missing(seen, source.fonts)
        if missing:
            line = location.line + text.partition(missing[0])[0].count("\n") * (missing[0] in text)
            found = undrawn(missing, source)
            yield Problem(
                Location(location.path, line), f"{found}; leave it out, {MEND}", rule=RULE
            )


def _project_problems(config: Config, source: Language, glyphs: Glyphs) -> Iterator[Problem]:
    """Yield an error for each text of the configuration that stands on sheets and cannot."""
    texts = {
        "publisher": config.publisher,
        "contact": config.contact,
        "site-url": config.site_url,
        "license": config.license,
        "disclaimer": config.disclaimer,
        "partner": config.partner,
        "local-contacts": "\n".join(config.local_contacts),
    }
    for key, text in texts.items():
        missing = glyphs.missing(text, source.fonts)
        if missing:
            found = f"`{key}` stands on every sheet, and {undrawn(missing, source)}; {MEND}"
            yield Problem(Location(config.file), found, rule=RULE)
