"""Left-to-right runs in right-to-left text keep their order: names, addresses, numbers, prices.

Neither a browser nor the print engine can know that `(206) 555-0142` is one thing: in an Arabic
sentence its parts would change places. No writer or translator has to think of it. The print engine
also has no `unicode-bidi`: it sets each inline box alone, in the direction of the element around
it. So a run stands in an element of its own, with the markup that is inside.

Rules and where they come from:

- Letters of other scripts and what stands between them are one run, as by rules N0 to N2 of the
  Unicode Bidirectional Algorithm (UAX #9); brackets and quotation marks are inside when both are. A
  full stop after the run belongs to the sentence.
- A price, a percentage or a number with a sign in European digits is a run: CLDR puts the percent
  sign of Arabic between left-to-right marks. `٥٠٪` in Arabic or Persian digits is none: there CLDR
  has an Arabic letter mark, or nothing.
- A range of numbers runs from right to left in Arabic, with `10` at the right of `10–20`, and from
  left to right in Persian and Hebrew: W3C, github.com/w3c/alreq/issues/288, and
  w3.org/International/articles/lang-bidi-use-cases. Urdu and Pashto follow Persian here, and Sorani
  Arabic, until a reader of them says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise

from outreach.figures import (
    BARE_LINK,
    CURRENCY,
    DASH,
    ISO_DATE,
    LINK,
    MAIL,
    MIXED,
    MOST_PHONE_DIGITS,
    PHONE,
    SHORT_CODE,
    UNIT,
    YEARS,
)
from outreach.paragraphs import INLINE, OBJECT, Paragraph, Tag, is_code, paragraphs, put

OPEN, CLOSE = '<span dir="ltr">', "</span>"
"""Copied text stays clean of it, unlike of U+2066."""
_ISOLATE, _END = "\u2066", "\u2069"

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_NEXT = re.compile(rf"[ \u00a0]{_RIGHT_TO_LEFT.pattern}")
_L = (
    "A-Za-zªµºÀ-ÖØ-öø-ʸ\u0300-\u0588\u0900-\u1fff\u2c00-\u2dff\u3005-\u3007\u3021-\u9fff"
    "\ua000-\ufb17\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U00020000-\U0003ffff"
)
"""Letters and marks of the scripts that run from left to right."""
_LETTERS = rf"[@#]?[{_L}](?:[{_L}0-9]|[.'’&/+_:@*·–-](?=[{_L}0-9]))*(?:\+\+|[+#™®%](?!\w))?"
_ABBREVIATION = r"(?<!\w)(?:[A-Za-z]\.){2,}"
_SIGNED = rf"(?:[+±~≈#№][ \u00a0]?)?(?:{CURRENCY}[ \u00a0]?)?{MIXED}(?:\+(?!\w)|[ \u00a0]?{UNIT})?"


def _tokens(amount: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<own>[\u2066-\u2068\u202a-\u202e][^\u2069\u202c]*[\u2069\u202c]?)"
        rf"|(?P<word>{LINK}|{MAIL}|{BARE_LINK}|{_ABBREVIATION})"
        rf"|(?P<years>(?<![\d.,-]){YEARS}(?![\w-]))"
        rf"|(?P<code>(?<![\d.,-])(?:{ISO_DATE}|{SHORT_CODE})(?![\w-])|(?<![\d.,]){PHONE})"
        rf"|(?P<amount>(?<![\d.,]){amount})|(?P<letters>{_LETTERS})"
    )


@cache  # compiling them takes 25 ms, and most commands isolate nothing
def _single() -> re.Pattern[str]:
    return _tokens(_SIGNED)


@cache
def _ranges() -> re.Pattern[str]:
    return _tokens(rf"[-−]?{_SIGNED}(?:{DASH}{_SIGNED})?")


_RANGES_FROM_RIGHT = frozenset(("ar", "ckb"))

_GAP = re.compile(r"[ \u00a0\u202f.,;:!?'\"’‘“”()\[\]{}/&@#*+=<>|~_–—−·•…$€£¥%°§™®©\\^-]{0,8}")
"""What may stand between two words of a run; Arabic commas, stops and quotation marks may not."""
_BEFORE_WORDS = re.compile(r"[ \u00a0]?[-–/]?[ \u00a0]?")
"""What may stand between a number and the words that it belongs to."""
_YEARS = re.compile(rf"{YEARS}|(?:1[89]|20)\d\d")
_PLAIN = re.compile(r"\d+(?:[.,:/٫٬]\d+)*")
"""A number that keeps its order by itself."""
_CLOSERS = {")": "(", "]": "[", "}": "{", "”": "“", '"': '"'}


def isolate(html: str, tag: str = "ar") -> str:
    """Return HTML of a right-to-left page in which runs from left to right keep their order.

    Each comes to stand in a `span` with `dir="ltr"`; inside a link, whose words may not be wrapped,
    between U+2066 and U+2069. Taking these out gives the HTML back. Code, and what has a direction
    of its own, is left alone, so a whole document may be given. `tag` is the language of what has
    no `lang`.
    """
    marks: list[tuple[int, str]] = []
    for paragraph in paragraphs(html, _is_settled):
        if paragraph.direction in ("", "rtl"):
            pattern = _pattern(paragraph.lang or tag)
            for start, end in _runs(paragraph.text, pattern):
                marks += _wrapped(paragraph, start, end)
    return put(html, marks)


def isolate_text(text: str, tag: str = "ar") -> str:
    """Return a plain text as HTML, escaped, with its runs isolated."""
    return isolate(escape(text, quote=False), tag)


def _pattern(tag: str) -> re.Pattern[str]:
    is_single = tag.split("-", maxsplit=1)[0] in _RANGES_FROM_RIGHT
    return _single() if is_single else _ranges()


def _is_settled(name: str, tag: str) -> bool:
    own = name in ("bdi", "bdo") or "footnote-ref" in tag or re.search(r"\sdir\s*=", tag)
    return is_code(name, tag) or (name in INLINE and bool(own))


def _runs(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where the runs of a text begin and end."""
    tokens = [token for token in pattern.finditer(text) if not token["own"]]
    if tokens and not _RIGHT_TO_LEFT.search(text) and any(map(_is_words, tokens)):
        # Nothing tells the sentence from the run, so the last full stop is the run's, too.
        yield len(text) - len(text.lstrip(f" \n{OBJECT}")), len(text.rstrip(f" \n{OBJECT}"))
        return
    chain: list[re.Match[str]] = []
    for token in tokens:
        if chain and not _join(text, chain, token):
            yield from _pieces(text, chain)
            chain = []
        chain.append(token)
    yield from _pieces(text, chain)


def _is_words(token: re.Match[str]) -> bool:
    return bool(token["word"] or token["letters"] or re.search(f"[{_L}]", token.group()))


def _join(text: str, chain: Sequence[re.Match[str]], token: re.Match[str]) -> bool:
    gap = text[chain[-1].end() : token.start()]
    if any(map(_is_words, chain)):
        if re.search("[,;:]", gap) and not _is_words(token) and _NEXT.match(text, token.end()):
            return False  # a date or an amount begins, in the language of the sentence
        return bool(_GAP.fullmatch(gap))
    if re.fullmatch(DASH, gap):
        return True
    ordinal = re.match(f"[{_L}]", text[token.end() : token.end() + 1])
    belongs = (_is_words(token) or ordinal) and not _YEARS.fullmatch(chain[-1].group())
    return bool(belongs and _BEFORE_WORDS.fullmatch(gap))


def _pieces(text: str, chain: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the runs of a chain of words, which falls apart at brackets that only open or close."""
    if not any(map(_is_words, chain)):
        yield from (token.span() for token in chain if _is_run(token))
        return
    pairs, odd = _brackets(text, chain[0].start(), chain[-1].end())
    first = 0
    for last, token in enumerate(chain):
        gap = range(token.end(), chain[last + 1].start() if last + 1 < len(chain) else len(text))
        if last + 1 < len(chain) and odd.isdisjoint(gap):
            continue
        start, end = chain[first].start(), token.end()
        while pairs.get(end, -1) >= start:
            end += 1
        if last > first or _is_run(token):
            yield start, end
        first = last + 1


def _brackets(text: str, start: int, end: int) -> tuple[dict[int, int], set[int]]:
    """Return which brackets belong together, by the closing one, and which have no other."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    odd: set[int] = set()
    if text[start - 1 : start] == '"':
        opened.append(start - 1)
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    for at in range(start, end):
        char = text[at]
        if char in _CLOSERS and opened and text[opened[-1]] == _CLOSERS[char]:
            pairs[at] = opened.pop()
        elif char in _CLOSERS.values():
            opened.append(at)
        elif char in _CLOSERS:
            odd.add(at)
    outside = {at for pair in pairs.items() for at in pair if pair[1] < start}
    return pairs, odd | {at for at in opened if at >= start} | outside


def _is_run(token: re.Match[str]) -> bool:
    """Tell whether a token that stands alone would lose its order."""
    if token["years"]:
        return token.re is _ranges()
    if token["code"]:
        return sum(map(str.isdigit, token.group())) <= MOST_PHONE_DIGITS
    if token["amount"] and not _is_words(token):
        digits = "[0-9۰-۹]" if token.re is _ranges() and "٪" not in token.group() else "[0-9]"
        return not _PLAIN.fullmatch(token.group()) and bool(re.search(digits, token.group()))
    return True


def _wrapped(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the marks around a run, each with its place in the HTML."""
    tags = paragraph.tags_between(start, end)
    inner = [tag for tag in tags if start < tag.at < end]
    heads = [tag for tag in tags if tag.at == start]
    tails = [tag for tag in tags if tag.at == end]
    take, give = _unmatched(inner)
    heads = heads[len(heads) - _ending(heads) :]
    tails = tails[: _beginning(tails)]
    if take > len(heads) or give > len(tails):
        yield from _stretches(paragraph, start, end, inner)
        return
    take, give = _whole_link(heads, tails, take, give)
    begin = heads[-take].start if take else paragraph.before(start)
    finish = tails[give - 1].end if give else paragraph.after(end)
    if not inner and _in_link(paragraph, begin):
        yield from ((begin, _ISOLATE), (finish, _END))
    else:
        yield from ((begin, OPEN), (finish, CLOSE))


def _unmatched(tags: Sequence[Tag]) -> tuple[int, int]:
    """Return how many elements end that began before, and how many begin that end later."""
    closed = opened = 0
    for tag in tags:
        if tag.opens:
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    return closed, opened


def _ending(heads: Sequence[Tag]) -> int:
    """Return how many opening tags stand directly before the run."""
    return next((at for at, tag in enumerate(reversed(heads)) if not tag.opens), len(heads))


def _beginning(tails: Sequence[Tag]) -> int:
    """Return how many closing tags stand directly after the run."""
    return next((at for at, tag in enumerate(tails) if tag.opens), len(tails))


def _whole_link(
    heads: Sequence[Tag], tails: Sequence[Tag], take: int, give: int
) -> tuple[int, int]:
    """Return how many tags at both ends go inside when a link that is all run goes inside, too."""
    outer = zip(list(reversed(heads))[take:], tails[give:], strict=False)
    for count, (head, tail) in enumerate(outer, 1):
        if head.name == tail.name == "a":
            return take + count, give + count
    return take, give


def _in_link(paragraph: Paragraph, place: int) -> bool:
    links = [tag for tag in paragraph.tags if tag.name == "a" and tag.end <= place]
    return _unmatched(links)[1] > 0


def _stretches(
    paragraph: Paragraph, start: int, end: int, inner: Sequence[Tag]
) -> Iterator[tuple[int, str]]:
    """Yield marks around each part of a run that begins or ends in the middle of an element."""
    for begin, stop in pairwise([start, *(tag.at for tag in inner), end]):
        words = paragraph.text[begin:stop]
        if words.strip():
            before, after = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            yield from _wrapped(paragraph, begin + before, stop - after)
