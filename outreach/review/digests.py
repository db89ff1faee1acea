"""What a sign-off is bound to: pairs of msgid and msgstr, and the source, as digests. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from outreach.model import Guide
from outreach.project import Source
from outreach.translations import Translations

Pair = tuple[str, str, str, str]
"""Domain (empty, or `links`), msgctxt with a `+` before it (empty where there is none), msgid and
msgstr."""


def pairs_of(source: Source, translations: Translations) -> list[Pair]:
    """Return the pairs that readers of a guide are shown, sorted, each once."""
    return sorted(ordered_pairs(source, translations))


def ordered_pairs(source: Source, translations: Translations) -> list[Pair]:
    """Return the same pairs in the order of the guide, each where it stands first."""
    found: dict[Pair, None] = {}
    hidden = source.extracted.hidden
    for segment in source.extracted.segments:
        msgid = segment.msgid
        if segment.domain:
            if msgid in translations.links:
                found[segment.domain, "", msgid, translations.links[msgid]] = None
        elif msgid in translations.texts and msgid not in hidden:
            context = translations.contexts.get(msgid, "")
            found["", context, msgid, translations.texts[msgid]] = None
    return list(found)


def texts_digest(pairs: Iterable[Pair]) -> str:
    """Return the digest of sorted pairs. Order and wrapping in a catalog make no difference."""
    return _sha256(json.dumps(list(pairs), ensure_ascii=False))


def text_digest(msgstr: str) -> str:
    """Return a short digest of a msgstr: 64 bits, to tell a text again, not to keep it safe.

    It is of the msgstr alone, so a translation that an update carries to an edited text is known.
    """
    return _sha256(msgstr)[:16]


def source_digest(guide: Guide) -> str:
    """Return the digest of a guide's file: front matter and text, with line feeds as line ends."""
    return _sha256(json.dumps([guide.front_text, guide.text], ensure_ascii=False))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
