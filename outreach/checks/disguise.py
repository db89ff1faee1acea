"""The rule on what readers take for something else: a link, an address, letters turned around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from outreach.checks.characters import OVERRIDES, called, unbalanced_overrides
from outreach.checks.pair import Finding, Pair, added, shown
from outreach.markup.safety import host_of, scheme_of

_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINERS = "\u200c\u200d"
_LOOK_LATIN = frozenset(("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"))
_BACK = re.compile(r"(?:[a-z]+:)?/*(?:\\|%5c)", re.IGNORECASE)
_USER = re.compile(r"(?:https?:)?[/\\]{2}([^/\\?#]*)@", re.IGNORECASE)
_SITE = re.compile(
    r"(?<![\w.@-])(?:https?://(?:[^\s/?#@]*@)?|www\.|(?=(?:[\w-]+\.)+(?:com|org|net|gov|edu|int|mil"
    r"|info|io|app|us|uk|ca|mx|eu|au|example)\b))([\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_ANCHOR = re.compile(r"<a\b[^<>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def disguise(pair: Pair) -> Iterator[Finding]:
    """Something that readers would take for something else."""
    text = pair.msgstr if pair.form in ("plain", "code") else unescape(pair.msgstr)
    for char in OVERRIDES:
        # One that nothing ends is told by the rule `bidi`.
        if char in text and char not in (*pair.msgid, *unbalanced_overrides(pair.msgstr)):
            yield Finding(f"{called(char)} turns the letters after it around; delete it")
    if pair.new.links:
        yield from _misleading(pair)


def _misleading(pair: Pair) -> Iterator[Finding]:
    """Links that lead elsewhere than they seem to."""
    for url in added(pair.old.links, pair.new.links):
        if why := masked(url):
            yield Finding(f"the address of a link is not what it seems: {shown(url)} {why}")
            return
    known = {_site(url) for url in pair.old.links}
    for url, words in _links(pair):
        named = _named(url, words)
        same = url in pair.old.links or (_site(url) and _site(url) in known)
        if named and not (same and named in pair.msgid):
            yield Finding(
                f"the words of a link say {shown(named)}, and it leads to {shown(unquote(url))}; "
                "let it lead to what its words say, as in the source"
            )
            return


def masked(url: str) -> str:
    """Why an address is not what it seems, in words that follow it; empty where it is."""
    if found := _USER.match(unquote(url)):
        site = unquote(url)[found.end() :].split("/")[0]
        return f"leads to {shown(site)}; what stands before the `@` is no site; take it out"
    if _BACK.match(url):
        return "has a backslash; write `/`"
    for label in _site(url).split("."):
        letters = _decoded(label)
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters if char.isalpha()}
        hidden = [char for char in _UNSEEN.findall(letters) if char not in _JOINERS]
        hidden += [char for char in _JOINERS if char in letters and scripts <= {"LATIN"}]
        if hidden:
            return f"has {called(hidden[0])} in it, which cannot be seen; take it out"
        if "LATIN" in scripts and (others := scripts & _LOOK_LATIN):
            other = min(others).capitalize()
            return f"has {other} letters that look like Latin ones; write the site's own name"
    return ""


def _decoded(label: str) -> str:
    """A part of a site's name with the letters that it stands for."""
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _site(url: str) -> str:
    """The site of an address without `www.`; empty where it has none."""
    return unquote(host_of(url)).rpartition("@")[2].partition(":")[0].removeprefix("www.")


def _links(pair: Pair) -> Iterator[tuple[str, str]]:
    """The links of a translation with their words, as far as it is certain which are whose."""
    urls = pair.new.links
    anchors = [_TAG.sub("", words) for words in _ANCHOR.findall(pair.msgstr)]
    words = pair.new.words if len(pair.new.words) == len(urls) else anchors
    yield from zip(urls, words, strict=True) if len(words) == len(urls) else ()


def _named(url: str, words: str) -> str:
    """The site, mail address or number that the words of a link name, and which is another one."""
    words = unicodedata.normalize("NFKC", _UNSEEN.sub("", unescape(words)))
    scheme, place = scheme_of(url), unquote(url).partition(":")[2].partition("?")[0]
    if scheme == "mailto":
        mails = [mail for mail in _MAIL.findall(words) if mail.lower() != place.strip().lower()]
        return next(iter(mails), "")
    if scheme in ("tel", "sms"):
        said, dialed = _digits(words), _digits(place)
        return words.strip() if len(said) > 2 and not dialed.endswith(said[-7:]) else ""
    site = _site(url)
    sites = [found[1].lower().removeprefix("www.") for found in _SITE.finditer(words)]
    return next((it for it in sites if site and not _is_part(it, site)), "")


def _digits(text: str) -> str:
    """The digits of a number, as they are dialed."""
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdigit())


def _is_part(first: str, second: str) -> bool:
    """Whether one site is, or belongs to, the other."""
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")
