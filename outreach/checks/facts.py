"""Rules on what readers act upon: addresses, telephone numbers and prices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from outreach.checks.numbers import in_ascii
from outreach.checks.pair import Finding, Pair

_URL = re.compile(
    r"(?<![\w@/.])(?:https?://|www\.)(?=[A-Za-z0-9])[A-Za-z0-9.~:/?#@!$&;=%_+,()-]+",
    re.ASCII | re.IGNORECASE,
)
_URL_END = ".,:;!?_~-("
_MAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII
)
_EXAMPLE = re.compile(r"\bexample\.|\.(?:example|test|invalid)\b|localhost", re.IGNORECASE)
_PLAIN_PART = re.compile(r"^https?:|//www\.|(?<=[/.])(?:index|html?|deed)(?=[/.]|$)|[/.]+")
"""Parts of an address that lead to the same page."""


def url(pair: Pair) -> Iterator[Finding]:
    """An address of a web page that is missing, or differs by a slip."""
    old = _urls(pair.old.text)
    others = dict.fromkeys(_urls(pair.new.text)) if old else {}
    for found in old:
        if found not in others and not _stands(found.rstrip("/"), pair.msgstr):
            wanted = _local(found, pair)
            if all(_local(other, pair) != wanted for other in others):
                new = (other for other in others if other not in pair.msgid)
                yield _gone("address", found, new, str.lower)
            return


def _urls(text: str) -> list[str]:
    if "://" not in text and "www." not in text:
        return []
    found = (address.rstrip(_URL_END) for address in _URL.findall(text))
    found = (it if it.count("(") == it.count(")") else it.rstrip(")") for it in found)
    return [address for address in found if not _EXAMPLE.search(address)]


def _stands(address: str, text: str) -> bool:
    """Whether an address stands in a text and is not part of a longer one."""
    pattern = rf"(?<![\w.+-]){re.escape(address)}/?(?![\w/%]|[.@-]\w)"
    return bool(re.search(pattern, text, re.ASCII | re.IGNORECASE))


def _local(address: str, pair: Pair) -> str:
    """An address without what differs on the same page in another language: `es.`, `/en-us/`."""
    codes = {it.tag.split("-")[0] for it in (pair.language, pair.context.source)}
    code = rf"(?:{'|'.join(sorted(codes))})(?:[-_][a-z]{{2,4}})?"
    bare = re.sub(rf"(?<=[/.]){code}(?=[/.]|$)|[?&]\w+={code}\b", "", address.lower())
    return _PLAIN_PART.sub("", bare)


def email(pair: Pair) -> Iterator[Finding]:
    """A mail address that is missing, or differs by a slip."""
    if "@" not in pair.old.text:
        return
    others = dict.fromkeys(_MAIL.findall(pair.new.text))
    for found in _MAIL.findall(pair.old.text):
        if found in others or _EXAMPLE.search(found):
            continue
        if not _stands(found, pair.msgstr):
            new = (other for other in others if other not in pair.msgid)
            yield _gone("mail address", found, new, str.lower)
            return


def _gone(what: str, old: str, others: Iterable[str], key: Callable[[str], str]) -> Finding:
    """Say that a fact of the source is missing; an error unless another one may be meant."""
    others = list(others)
    near = [other for other in others if _differ_by_slip(key(old), key(other))]
    if near:
        return Finding(f"the {what} {near[0]} is {old} in the source; take that of the source")
    if others:
        return Finding(
            f"the {what} {old} of the source is missing, and there is {others[0]}; take that of "
            "the source, unless you changed it on purpose",
            "warning",
        )
    return Finding(f"the {what} {old} of the source is missing; put it in")


def _differ_by_slip(one: str, other: str) -> bool:
    """Whether two texts differ in one place by two characters at most, or in two characters."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 2
    if abs(len(one) - len(other)) > 2:
        return False
    short, long = sorted((one, other), key=len)
    gap = len(long) - len(short)
    return any(
        long[:start] + long[start + gap :] == short
        for start in range(len(short) + 1)
        if long[:start] == short[:start]
    )


_GAP = "[ \u00a0.\u2010-\u2013-]?"
_PHONE = re.compile(
    r"(?<![\w.,/:$€£=-])(?:"
    rf"\+\d{{1,3}}(?:{_GAP}\(?\d{{1,5}}\)?){{2,6}}"
    rf"|(?:1{_GAP})?\(\d{{3}}\)[ \u00a0]?\d{{3}}{_GAP}\d{{4}}"
    r"|(?:1[ .\u2010-\u2013-])?\d{3}(?P<gap>[ .\u2010-\u2013-])\d{3}(?P=gap)\d{4}"
    r"|(?:1[ -])?8(?:00|33|44|55|66|77|88)-(?:[A-Z0-9]-?){7}"
    r")(?![\w/=]|[.,-]\d)"
)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
"""Letters on the keys of a telephone: 1-800-QUIT-NOW."""
_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d{3}|\+\d|8\d\d-")
_LOOSE = re.compile(r"\+?[(\d](?:[ \u00a0.\u2010-\u2013()-]{0,2}\d){6,14}")


def phone(pair: Pair) -> Iterator[Finding]:
    """A telephone number that is missing, or differs by a slip."""
    old = pair.old.text
    if not (_DIGIT.search(old) and _FIGURES.search(old) and _PHONE.search(old)):
        return
    new = in_ascii(pair.new.text)
    everything = _dialled(new)
    for found in _PHONE.finditer(old):
        digits = _dialled(found.group())
        if digits not in everything and digits.removeprefix("1") not in everything:
            known = _dialled(in_ascii(pair.msgid))
            others = (it for it in _LOOSE.findall(new) if _dialled(it) not in known)
            yield _gone("telephone number", found.group(), others, _dialled)
            return


def _dialled(text: str) -> str:
    return re.sub(r"\D", "", text.upper().translate(_KEYS))


_MONEY = "$€£¥₱₹₩₽₪₫฿₴"
_PRICE = re.compile(rf"(?P<before>[{re.escape(_MONEY)}])\s?\d|\d\s?(?P<after>[€£¥₽₴₪])")
_SIGN = re.compile(f"[{re.escape(_MONEY)}]")
_CODES = {"$": ("USD", "US$"), "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY", "元", "円")}
_ANY_MONEY = re.compile(rf"[{re.escape(_MONEY)}]|\b(?:USD|EUR|GBP|JPY|CNY|MXN|CAD|INR)\b")


def price(pair: Pair) -> Iterator[Finding]:
    """A price in another currency."""
    if not _SIGN.search(pair.old.text):
        return
    old = {found["before"] or found["after"] for found in _PRICE.finditer(pair.old.text)}
    if not old:
        return
    new = _ANY_MONEY.findall(pair.new.text)
    wanted = {*old, *(code for sign in old for code in _CODES.get(sign, ()))}
    other = [sign for sign in new if sign not in wanted and sign not in pair.msgid]
    if other and wanted.isdisjoint(new):
        yield Finding(
            f"the source has a price in {min(old)}, the translation in {other[0]}; keep the money "
            "of the source",
            "warning",
        )


def without_addresses(text: str) -> str:
    """A text without addresses and telephone numbers, whose figures count nothing."""
    if "://" in text or "www." in text or "@" in text:
        text = _MAIL.sub(" ", _URL.sub(" ", text))
    return text if len(text) < 7 else _PHONE.sub(" ", text)
