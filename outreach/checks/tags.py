"""Rules on HTML in translations: tags, words in angle brackets, names of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from outreach.checks.pair import Finding, Pair, added, shown
from outreach.markup.shape import Shape

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "wbr"))
_HARMLESS = re.compile(
    r"</?(?:bdi|bdo|span)(?: (?:dir|lang|class)=(?:\"[\w -]*\"|'[\w -]*'|[\w-]+))* ?>|<!-- -->",
    re.IGNORECASE | re.ASCII,
)
"""Tags that at most turn words to their right side, which some languages need."""
_COUNTED = re.compile(r"<!--|</?a\b", re.IGNORECASE)
"""What nobody misses, or is counted as a link."""
_SLOT = re.compile(r"<[^<>\n]{1,80}>")
_ENTITY = re.compile(r"[&＆]\s?(?:#\d+|#x[\da-f]+|[a-z]{2,8}\d{0,2})\s?[;；]", re.IGNORECASE)
_HALF = re.compile(r"&(?:nbsp|amp|lt|gt|quot|copy|mdash|ndash|hellip)\b(?!;)", re.IGNORECASE)


def raw_html(pair: Pair) -> Iterator[Finding]:
    """HTML that can do more than mark words."""
    strange = [tag for tag in _gained(pair) if not _HARMLESS.fullmatch(tag)]
    if len(pair.new.slots) > len(pair.old.slots):
        strange += added(pair.old.slots, pair.new.slots)
    if strange:
        yield Finding(
            f"a translation cannot add raw HTML: {shown(strange[0])}; take out what stands in `<` "
            "and `>`, or write it as in the source"
        )
    if pair.form == "html" and ("<" in pair.new.text or ">" in pair.new.text):
        yield Finding("a `<` or `>` stands alone; write &lt; or &gt;")


def tag_nesting(pair: Pair) -> Iterator[Finding]:
    """Tags that are in pairs in the source, and not any more."""
    old, new = pair.old.tags, pair.new.tags
    if old != new and _nested(old) and not _nested(new):
        yield Finding(
            f"the tags are not in pairs any more: {shown(' '.join(new))}; each opening tag needs "
            "its closing tag after it"
        )


def tag_missing(pair: Pair) -> Iterator[Finding]:
    """Tags of the source that are not there."""
    lost = [tag for tag in added(pair.new.tags, pair.old.tags) if not _COUNTED.match(tag)]
    if not lost or list(raw_html(pair)) or list(tag_nesting(pair)):
        return
    images = [tag for tag in lost if tag.lower().startswith("<img")]
    tag = (images or lost)[0]
    yield Finding(
        f"the tag {shown(tag)} of the source is missing; put it back",
        "error" if images else "warning",
    )


def tag_added(pair: Pair) -> Iterator[Finding]:
    """Tags that are not in the source, and do no harm."""
    harmless = [tag for tag in _gained(pair) if _HARMLESS.fullmatch(tag)]
    if harmless and not list(tag_nesting(pair)):
        yield Finding(
            f"the tag {shown(harmless[0])} is not in the source; take it out, unless the text "
            "needs it",
            "warning",
        )


def slot_count(pair: Pair) -> Iterator[Finding]:
    """Another number of words in angle brackets, such as `<your name>`."""
    if pair.form != "markdown" or "<" not in pair.msgid:
        return
    old, new = _slots(pair.old), _slots(pair.new)
    if len(new) < len(old):
        yield Finding(
            f"{shown(added(new, old)[0])} of the source is missing; keep the angle brackets, also "
            "where you translate the words in them",
            "warning",
        )


def entity(pair: Pair) -> Iterator[Finding]:
    """The name of a character, such as `&nbsp;`, that readers see as it is written."""
    if pair.form == "html" or ("&" not in pair.msgstr and "＆" not in pair.msgstr):
        return
    found = [*_ENTITY.findall(pair.new.text), *_HALF.findall(pair.new.text)]
    if found and len(found) > len(_ENTITY.findall(pair.old.text)) + len(
        _HALF.findall(pair.old.text)
    ):
        yield Finding(
            f"readers see `{shown(found[-1])}` as it is written; write it as in the source, with "
            "`&`, the name and `;`, without spaces",
            "warning",
        )


def _slots(shape: Shape) -> list[str]:
    """Also those that are no tags at all, as their letters are not Latin."""
    return [*shape.slots, *_SLOT.findall(shape.text)]


def _gained(pair: Pair) -> list[str]:
    return added(pair.old.tags, pair.new.tags)


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
