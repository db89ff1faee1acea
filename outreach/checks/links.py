"""Rules on the links of translations. Both texts are parsed; no characters are counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from outreach.checks.pair import Finding, Pair, added, around, count_of, differing, shown
from outreach.markup.safety import host_of, is_safe, scheme_of
from outreach.model import is_blank

_SPACE = r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_WORDS = r"\[(?:[^\[\]]|\[[^\[\]]{0,100}\]){1,300}\]"
_BEHIND = r"(?:\((?:[^()\n]|\([^()\n]{0,100}\)){1,500}\)|\[[^\[\]\n]{1,300}\])"
_MENDS = (
    (
        "there is a space between its `]` and what follows",
        re.compile(rf"({_WORDS}){_SPACE}+({_BEHIND})"),
        r"\1\2",
    ),
    (
        "its brackets are wide ones",
        re.compile(
            rf"[\[［【〔]([^\[\]［］【】〔〕\n]{{1,300}})[\]］】〕]{_SPACE}*"
            rf"[(（]([^()（）\s]{{1,500}})[)）]"
        ),
        r"[\1](\2)",
    ),
    (
        "its brackets are wide ones",
        re.compile(
            rf"[\[［【〔]([^\[\]［］【】〔〕\n]{{1,300}})[\]］】〕]{_SPACE}*"
            r"[\[［【〔]([^\[\]［］【】〔〕\n]{1,300})[\]］】〕]"
        ),
        r"[\1][\2]",
    ),
    (
        "its brackets are wide ones",
        re.compile(r"[［【〔]([^\[\]［］【】〔〕\n]{1,300})[］】〕]"),
        r"[\1]",
    ),
    (
        "a backslash stands before its brackets",
        re.compile(rf"\\?\[([^\[\]\\\n]{{1,300}})\\?\]{_SPACE}*\\?({_BEHIND})"),
        r"[\1]\2",
    ),
    (
        "there is a space in its address",
        re.compile(rf"({_WORDS})\(([^()\n\"']{{1,500}})\)"),
        None,
    ),
    (
        "its address stands apart from its words",
        re.compile(rf"({_WORDS})([^\[\]()\n]{{1,80}}?)\s*\(([^()\s]{{1,500}})\)"),
        r"\1(\3)\2",
    ),
    (
        "there is a space inside of `<` and `>`",
        re.compile(r"<\s*([^\s<>]{1,500})\s*>"),
        r"<\1>",
    ),
    (
        "its brackets are exchanged",
        re.compile(r"\(([^()\[\]\n]{1,300})\)\[([^\[\]\s]{1,300})\]"),
        r"[\1](\2)",
    ),
)
"""Why a link is none, how to find such a piece, and how to write it; None: without its spaces."""
_MAX_TEXT = 5_000
"""Signs of a text for which a better one is looked for; how long that takes grows faster."""
_MAX_MENDS = 20
"""Pieces of one text that are looked at."""
_PRINTED = re.compile(r"(?<![\w@/.])(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_ADDRESS = re.compile(r"[/#.:@]")
"""What tells an address from words in brackets."""
_EDGE = re.compile(rf"^{_SPACE}+|[{re.escape('.,;:!?。，、；：！？．')}\s]+$")


def reference(pair: Pair) -> Iterator[Finding]:
    """A label that the guide does not define."""
    if pair.taken:
        found = ", ".join(f"[{written}] was taken for [{meant}]" for written, meant in pair.taken)
        yield Finding(
            f"{found}, because the guide has no such label; keep the labels of the source as they "
            "are and write [words][label]",
            "warning",
        )


def unsafe_link(pair: Pair) -> Iterator[Finding]:
    """A link that does more than open a page, a mail or a telephone."""
    unsafe = [url for url in added(pair.old.links, pair.new.links) if not is_safe(url)]
    if unsafe:
        yield Finding(
            f"the link to {shown(unsafe[0])} is not allowed in a translation; take the address of "
            "the source"
        )


def link_broken(pair: Pair) -> Iterator[Finding]:
    """A link that is none, because its marks are not as they must be."""
    lost = len(pair.old.links) - len(pair.new.links)
    if lost <= 0 and not _has_marks(pair) and not _is_torn(pair):
        return
    for why, piece, better in _mended(pair):
        wrong, right = differing(piece, better)
        yield Finding(f"a link does not work, because {why}; write `{right}` instead of `{wrong}`")
        return
    if _has_marks(pair):
        piece = around(pair.new.stray, pair.new.stray.index("]("))
        yield Finding(
            f"a link does not work, and readers see its marks: `{piece}`; write "
            "[words](address), without spaces in the address"
        )


def link_count(pair: Pair) -> Iterator[Finding]:
    """Fewer links than in the source."""
    old, new = pair.old.links, pair.new.links
    if len(new) < len(old) and not list(link_broken(pair)):
        lost = added(new, old)[0]
        yield Finding(
            f"the source has {count_of(len(old), 'link')}, the translation {len(new)}: the one to "
            f"{shown(lost)} is missing; keep each [words](address) and [words][label] of the source"
        )


def link_added(pair: Pair) -> Iterator[Finding]:
    """More links than in the source: an error where one leads to a site that it does not name.

    An address that is only printed counts as well: readers type it in.
    """
    old, new = pair.old.links, pair.new.links
    if len(new) <= len(old):
        yield from _address_added(pair)
        return
    gained = added(old, new)
    strange = [url for url in gained if not _is_named(url, pair.msgid)]
    count = f"the source has {count_of(len(old), 'link')}, the translation {len(new)}"
    if strange:
        yield Finding(
            f"{count}: a translation cannot add the one to {shown(strange[0])}; take it out"
        )
    else:
        text = f"{count}: the one to {shown(gained[0])} was added; take it out"
        yield Finding(f"{text}, unless you added it on purpose", "warning")


def _address_added(pair: Pair) -> Iterator[Finding]:
    """Tell of the address of a site that is nowhere in the source."""
    if "://" not in pair.new.text and "www." not in pair.new.text.lower():
        return
    known = [_domain(host_of(url)) for url in (*pair.old.links, *pair.new.links)]
    for found in _PRINTED.finditer(pair.new.text):
        domain = _domain(found[1].lower())
        if domain not in known and domain not in pair.msgid.lower():
            yield Finding(
                f"the source does not name the site {shown(found[1])}; take its address out"
            )
            return


def _domain(host: str) -> str:
    """The end of a site's name, which it shares with those in other languages."""
    return ".".join(host.split(":", maxsplit=1)[0].split(".")[-2:])


def link_empty(pair: Pair) -> Iterator[Finding]:
    """A link without words, so that readers do not see it."""
    if _empty(pair.new.words) > _empty(pair.old.words):
        yield Finding("a link has no words that readers can see; write them between `[` and `]`")


def link_address(pair: Pair) -> Iterator[Finding]:
    """An address that lost its sense: wide signs, a space, a full stop or half of `https://`."""
    for url, meant in _changed(pair):
        if _is_damaged(url, meant):
            yield Finding(
                f"the address of a link is damaged: {shown(_plain(url))}; write {shown(meant)} "
                "as in the source"
            )
            return


def link_target(pair: Pair) -> Iterator[Finding]:
    """A link that leads elsewhere than in the source, not only to the same in another language."""
    for url, meant in _changed(pair):
        if is_safe(url) and not _is_damaged(url, meant) and not _is_local(url, meant, pair):
            yield Finding(
                f"a link leads to {shown(url)}, in the source it leads to {shown(meant)}; take "
                "the address of the source, unless you changed it on purpose",
                "warning",
            )
            return


def _is_named(url: str, msgid: str) -> bool:
    """Whether an address is inside of the project, or on a site that the source names."""
    scheme = scheme_of(url)
    place = host_of(url) or (url[len(scheme) + 1 :] if scheme else "")
    return not (scheme or place) or (bool(place) and place.lower() in msgid.lower())


def _has_marks(pair: Pair) -> bool:
    """Whether readers see the middle of a link."""
    return pair.new.stray.count("](") > pair.old.stray.count("](")


def _is_torn(pair: Pair) -> bool:
    """Whether `[words] [label]` makes the label the words of the link."""
    return pair.msgid.count("][") > pair.msgstr.count("][") and bool(
        re.search(rf"\]{_SPACE}+\[", pair.msgstr)
    )


def _mended(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """Yield why a piece of the text is no link, the piece, and what makes it one."""
    text, wanted = pair.msgstr, pair.old.links
    if len(text) > _MAX_TEXT:
        return
    for why, pattern, template in _MENDS:
        for match in list(pattern.finditer(text))[:_MAX_MENDS]:
            piece = match.group()
            better = match.expand(template) if template else _without_spaces(match)
            if better == piece:
                continue
            shape = pair.shape(text[: match.start()] + better + text[match.end() :])
            gained = added(pair.new.links, shape.links)
            torn = _is_torn(pair) and len(shape.links) == len(pair.new.links)
            sound = set(gained) <= set(wanted) or (
                template is not None and all(map(_ADDRESS.search, gained))
            )
            fits = sound and len(shape.links) <= len(wanted)
            if fits and (gained or (torn and shape.words != pair.new.words)):
                yield why, piece, better


def _without_spaces(match: re.Match[str]) -> str:
    return f"{match[1]}({re.sub(_SPACE, '', match[2])})"


def _empty(words: tuple[str, ...]) -> int:
    return sum(map(is_blank, words))


def _changed(pair: Pair) -> list[tuple[str, str]]:
    """The targets that are not in the source, each beside the one whose place it may have."""
    if len(pair.old.links) != len(pair.new.links):
        return []
    return list(
        zip(
            added(pair.old.links, pair.new.links),
            added(pair.new.links, pair.old.links),
            strict=True,
        )
    )


def _is_damaged(url: str, meant: str) -> bool:
    """Whether an address is that of the source but for signs that no address has."""
    if scheme_of(meant) not in ("http", "https", "") or not is_safe(url):
        return False
    if _plain(url) != _plain(meant) and _EDGE.sub("", _normal(url)) == _normal(meant):
        return True
    host = host_of(meant)
    return (
        bool(host)
        and not host_of(url)
        and bool(re.match(rf"[\w:/.]{{0,10}}{re.escape(host)}(?:/|$)", url))
    )


def _normal(url: str) -> str:
    """An address with narrow signs and without white space."""
    return re.sub(_SPACE, "", unicodedata.normalize("NFKC", _plain(url)))


def _plain(url: str) -> str:
    """An address as people write it."""
    return unquote(url)


def _is_local(url: str, meant: str, pair: Pair) -> bool:
    """Whether an address differs from that of the source by naming the language only."""
    ours, source = (language.tag.split("-")[0] for language in (pair.language, pair.context.source))
    if bool(host_of(url)) != bool(host_of(meant)):
        return False
    hosts = _without(host_of(url), ours), _without(host_of(meant), source)
    if host_of(url) != host_of(meant) and hosts[0] == hosts[1]:
        return True  # as in es.wikipedia.org, where titles differ as well
    return _without(_bare(url), ours) == _without(_bare(meant), source)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", _plain(url).lower()).rstrip("/")


def _without(address: str, language: str) -> list[str]:
    """The parts of an address, without those that name a language, as `pt-br` does."""
    name = rf"(?:(?:^|-){language}(?:[-_][a-z]{{2,4}}){{0,2}})$"
    parts = (re.sub(name, "", part) for part in re.split(r"[/.?=&#]+", address))
    return [part for part in parts if part]
