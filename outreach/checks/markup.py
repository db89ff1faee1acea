"""Rules on the markup of translations. Both texts are parsed; no characters are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sized

from outreach.checks.pair import Finding, Pair, too_long
from outreach.markup.safety import is_safe

_NO_SPACE = "take out the space between `]` and `(` or `[`"
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "wbr"))


def size(pair: Pair) -> Iterator[Finding]:
    """A text that takes too long to parse."""
    wrong = too_long(pair.msgstr)
    if wrong:
        yield Finding(f"{wrong}; shorten the text")


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
    unsafe = [url for url in _added(pair.old.links, pair.new.links) if not is_safe(url)]
    if unsafe:
        yield Finding(
            f"the link to {unsafe[0]} is not allowed in a translation; take the address of the "
            "source"
        )


def link_count(pair: Pair) -> Iterator[Finding]:
    """More or fewer links than in the source, or one that has lost its words."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if len(pair.old.links) != len(pair.new.links):
        yield Finding(_link_count(pair.old.links, pair.new.links, msgstr))
    elif msgstr.count("][") < msgid.count("][") and _spaces(msgstr) > _spaces(msgid):
        yield Finding(f"a link has lost its words; {_NO_SPACE}")


def link_target(pair: Pair) -> Iterator[Finding]:
    """A link that leads elsewhere than in the source."""
    added = _added(pair.old.links, pair.new.links)
    lost = _added(pair.new.links, pair.old.links)
    if added and lost and len(pair.old.links) == len(pair.new.links):
        yield Finding(
            f"a link leads to {added[0]}, in the source it leads to {lost[0]}; take the address "
            "of the source, unless you changed it on purpose",
            "warning",
        )


def image(pair: Pair) -> Iterator[Finding]:
    """An image that is not in the source, or is missing."""
    added, lost = _added(pair.old.images, pair.new.images), _added(pair.new.images, pair.old.images)
    if added:
        yield Finding(
            f"a translation cannot add or replace an image: {added[0]}; take the file name in "
            "![words](file) from the source"
        )
    elif lost:
        yield Finding(f"the image {lost[0]} of the source is missing; put ![words](file) back")


def raw_html(pair: Pair) -> Iterator[Finding]:
    """HTML tags that are not those of the source."""
    old, new = pair.old.tags, pair.new.tags
    added, lost = _added(old, new), _added(new, old)
    if added:
        yield Finding(
            f"a translation cannot add raw HTML: {added[0]}; take out what stands in `<` and `>`"
        )
    elif lost:
        yield Finding(f"the tag {lost[0]} of the source is missing; put it back")
    elif old != new and _nested(old) and not _nested(new):
        yield Finding(
            f"the tags are not in pairs any more: {' '.join(new)}; each opening tag needs its "
            "closing tag after it"
        )
    if pair.form == "html" and ("<" in pair.new.text or ">" in pair.new.text):
        yield Finding("a `<` or `>` stands alone; write &lt; or &gt;")


def footnote(pair: Pair) -> Iterator[Finding]:
    """Footnote marks that are missing or added."""
    lost = _added(pair.new.notes, pair.old.notes)
    added = _added(pair.old.notes, pair.new.notes)
    if lost:
        yield Finding(
            f"the footnote {lost[0]} of the source is missing; put it where the footnote belongs"
        )
    elif added:
        yield Finding(f"the footnote {added[0]} is not in the source; take it out")


def code(pair: Pair) -> Iterator[Finding]:
    """Another number of pieces of code."""
    if len(pair.old.code) != len(pair.new.code):
        yield Finding(
            f"number of pieces of `code`: {len(pair.old.code)} in the source, "
            f"{len(pair.new.code)} here; put the backticks back",
            "warning",
        )


def _added(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """What is in the second more often than in the first, in its order."""
    return list((Counter(new) - Counter(old)).elements()) if old != new else []


def _link_count(old: Sized, new: Sized, msgstr: str) -> str:
    count = f"the source has {_count(old, 'link')}, the translation {len(new)}"
    fewer = len(new) < len(old)
    if fewer and _spaces(msgstr):
        return f"{count}; {_NO_SPACE}"
    if fewer and re.search("[【】［］（）〔〕]", msgstr):
        return f"{count}; use the plain brackets [ ] ( ), not wide ones"
    return f"{count}; keep each [words](address) and [words][label] of the source"


def _spaces(text: str) -> int:
    return len(re.findall(r"\]\s+[\[(]", text))


def _count(items: Sized, noun: str) -> str:
    return f"1 {noun}" if len(items) == 1 else f"{len(items)} {noun}s"


def _nested(tags: Iterable[str]) -> bool:
    stack: list[str] = []
    for tag in tags:
        found = re.match(r"<(/?)([A-Za-z][\w-]*)", tag)
        if not found or found.group(2).lower() in _VOID or tag.endswith("/>"):
            continue
        name = found.group(2).lower()
        if not found.group(1):
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack
