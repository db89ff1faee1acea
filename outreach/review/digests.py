"""What a sign-off is bound to: pairs of msgid and msgstr, and the source, as digests. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

from outreach.model import Guide
from outreach.project import Source
from outreach.translations import Translations

Pair = tuple[str, str, str, str]
"""Domain (empty, or `links`), msgctxt with a `+` before it (empty where there is none), msgid and
msgstr."""


_BETWEEN = "\0\1"
"""Stands between texts, and in none of them, so no two sets of pairs make one text."""
_msgid = itemgetter(2)


def pairs_of(source: Source, translations: Translations) -> list[Pair]:
    """Return the pairs that readers of a guide are shown, in its order, then those of links."""
    contexts = translations.contexts
    texts = [("", contexts.get(it, ""), it, text) for it, text in translations.texts.items()]
    return [*texts, *sorted(_links(source, translations))]


def _links(source: Source, translations: Translations) -> set[Pair]:
    """The targets of links that the language points elsewhere."""
    if not translations.links:
        return set()
    urls = {segment.msgid for segment in source.extracted.segments if segment.domain}
    found = urls & translations.links.keys()
    return {("links", "", url, translations.links[url]) for url in found}


def texts_digest(pairs: Sequence[Pair]) -> str:
    """Return the digest of pairs, whatever their order."""
    # By one text each, which is three times as fast as by whole pairs; few have the same msgid.
    alike = len({pair[2] for pair in pairs}) < len(pairs)
    ordered = sorted(pairs) if alike else sorted(pairs, key=_msgid)
    texts = list(chain(*ordered))
    whole = _BETWEEN.join(texts)
    if whole.count("\0") >= len(texts):  # one that holds it itself
        whole = _BETWEEN.join([text.replace("\0", "\0\0") for text in texts])
    return _sha256(whole)


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
