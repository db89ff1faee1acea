"""The interface domain: what pages say around a guide, and the labels of callouts.

Its template and catalogs ship inside the package, so that every project has them; a project's own
`interface.po` comes before them, message by message. `python -m outreach.interface [LANGUAGE…]`
refreshes them, for those who maintain outreach.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outreach.catalog.format import template_text
from outreach.catalog.merge import merge, new_catalog
from outreach.catalog.po import Catalog, bytes_to_write, load_catalog, read_catalog
from outreach.files import read_bytes
from outreach.languages import find
from outreach.model import Language, Message
from outreach.writing import Write, write_all

PACKAGE = Path(__file__).parent
LOCALE = PACKAGE / "locale"

_PROJECT = "outreach"
_COMMENT = "Translators:"
_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
_REGION = re.compile(r"_(?:[A-Z]{2}|[0-9]{3})$")


def extract() -> tuple[Message, ...]:
    """The interface's messages, as the templates have them, in the order of files and lines."""
    comments: dict[str, dict[str, None]] = {}
    references: dict[str, dict[str, None]] = {}
    for path in sorted((PACKAGE / "templates").glob("*.html")):
        for msgid, comment in _extracted(path):
            comments.setdefault(msgid, {}).update(dict.fromkeys([comment] if comment else ()))
            references.setdefault(msgid, {})[f"outreach/templates/{path.name}"] = None
    return tuple(
        Message(msgid, extracted=tuple(comments[msgid]), references=tuple(paths))
        for msgid, paths in references.items()
    )


@dataclass(frozen=True, slots=True)
class Label:
    """The interface in a language: gives the msgstr of a msgid, or the msgid itself."""

    texts: Mapping[str, str]

    def __call__(self, msgid: str) -> str:
        return self.texts.get(msgid, msgid)


def load(language: Language, override: Catalog | None = None) -> Label:
    """The interface in a language.

    `override` is a project's own catalog. What it lacks comes from the packaged catalog of the
    language, then from that of its base (`pt` for `pt-BR`).
    """
    texts: dict[str, str] = {}
    for locale in (_REGION.sub("", language.locale), language.locale):
        texts.update(_packaged(_catalog(locale)))
    if override is not None:
        texts.update(_texts(override))
    return Label(texts)


def ships(language: Language) -> bool:
    """Whether the package has the interface in a language or its base; English it is in."""
    locales = (language.locale, _REGION.sub("", language.locale))
    return "en" in locales or any(_catalog(locale).is_file() for locale in locales)


def packaged_template() -> tuple[Message, ...]:
    """The messages of the interface, for a project that translates them itself."""
    path = LOCALE / "interface.pot"
    return read_catalog(read_bytes(path, _shown(path)), _shown(path)).messages


def refresh(*tags: str) -> tuple[str, ...]:
    """Bring the packaged template and catalogs up to date, and start those of new languages.

    Returns the files that changed, relative to the package.
    """
    messages = extract()
    template = template_text(messages, _PROJECT, language="en").encode()
    writes = [Write(_shown(LOCALE / "interface.pot"), template)]
    for locale in sorted({*_locales(), *(find(tag).locale for tag in tags)}):
        path = _catalog(locale)
        shown = _shown(path)
        before = read_bytes(path, shown) if path.is_file() else None
        if before is not None:
            catalog = merge(read_catalog(before, shown), messages)
        else:
            catalog = new_catalog(shown, find(locale), messages, _PROJECT)
        writes.append(Write(shown, bytes_to_write(catalog), before))
    return tuple(write_all(LOCALE.parent, writes))


def _extracted(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each msgid of a Jinja template with what the template tells translators."""
    # Babel is slow to import, and only maintainers extract.
    from babel.messages import extract as babel  # noqa: PLC0415

    with path.open("rb") as file:
        found = babel.extract("jinja2", file, babel.DEFAULT_KEYWORDS, (_COMMENT,), _OPTIONS)
        for _line, msgid, comments, _context in found:
            text = " ".join(" ".join(comments).split())
            yield str(msgid), text.removeprefix(_COMMENT).strip()


def _catalog(locale: str) -> Path:
    return LOCALE / locale / "LC_MESSAGES" / "interface.po"


def _shown(path: Path) -> str:
    return path.relative_to(LOCALE.parent).as_posix()


def _locales() -> list[str]:
    return [path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/interface.po")]


@cache
def _packaged(path: Path) -> dict[str, str]:
    catalog = load_catalog(path, _shown(path))
    return _texts(catalog) if catalog else {}


def _texts(catalog: Catalog) -> dict[str, str]:
    """The translations that readers may see."""
    return {m.msgid: m.msgstr for m in catalog.messages if m.translated and m.msgctxt is None}


if __name__ == "__main__":
    refresh(*sys.argv[1:])
