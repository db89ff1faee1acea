"""Rules on the markup of translations. Both texts are parsed; no characters are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outreach.checks.marks import code_mark, emphasis_mark
from outreach.checks.pair import Finding, Pair, added, around, count_of, differing, shown
from outreach.markup.parser import too_much

_WORDS = re.compile(r"<[^<>]*>|\"[^\"]*\"|\s+")
"""What may be translated in code."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def size(pair: Pair) -> Iterator[Finding]:
    """A text that takes too long to parse."""
    if wrong := too_much(pair.msgstr):
        yield Finding(f"the translation {wrong}; shorten it")
    elif wrong := too_much(pair.msgid):
        yield Finding(f"the source text {wrong}; take this message out, since no guide can have it")


def image(pair: Pair) -> Iterator[Finding]:
    """An image that is not in the source."""
    found = added(pair.old.images, pair.new.images)
    if found:
        yield Finding(
            f"a translation cannot add or replace an image: {shown(found[0])}; take the file name "
            "in ![words](file) from the source"
        )


def image_missing(pair: Pair) -> Iterator[Finding]:
    """An image of the source that is not there, or that nobody can hear of."""
    lost = added(pair.new.images, pair.old.images)
    if lost and not added(pair.old.images, pair.new.images):
        yield Finding(
            f"the image {shown(lost[0])} of the source is missing; put ![words](file) back"
        )
    elif all(pair.old.alts) and not all(pair.new.alts):
        yield Finding(
            "an image has no words for people who cannot see it; write them between `![` and `]`",
            "warning",
        )


def footnote(pair: Pair) -> Iterator[Finding]:
    """Footnote marks that are missing or added."""
    lost, gained = added(pair.new.notes, pair.old.notes), added(pair.old.notes, pair.new.notes)
    if lost:
        yield Finding(
            f"the footnote {lost[0]} of the source is missing; put it where the footnote belongs, "
            "as it is written in the source"
        )
    elif gained:
        yield Finding(f"the footnote {gained[0]} is not in the source; take it out")


def emphasis_count(pair: Pair) -> Iterator[Finding]:
    """Less emphasis than in the source, or more that is strong.

    Some languages mark foreign words, so that more emphasis is no fault.
    """
    old, new = pair.old, pair.new
    if new.marked < old.marked and not list(emphasis_mark(pair)):
        yield Finding(
            f"number of marked pieces, such as `*words*`: {old.marked} in the source, "
            f"{new.marked} here; mark the same words",
            "warning",
        )
    elif new.marked > old.marked and new.strong > old.strong:
        yield Finding(
            f"number of strong pieces, such as `**words**`: {old.strong} in the source, "
            f"{new.strong} here; mark only what is marked in the source",
            "warning",
        )


def code_count(pair: Pair) -> Iterator[Finding]:
    """Another number of pieces of code."""
    old, new = pair.old.code, pair.new.code
    if len(old) != len(new) and not list(code_mark(pair)):
        advice = "put the backticks back" if len(new) < len(old) else "use them as in the source"
        yield Finding(
            f"number of pieces of `code`: {len(old)} in the source, {len(new)} here; {advice}",
            "warning",
        )


def code_text(pair: Pair) -> Iterator[Finding]:
    """Code that was changed, so that it may not work any more."""
    old, new = pair.old.code, pair.new.code
    if len(old) != len(new) or old == new:
        return
    fixed = [_fixed(text) for text in old]
    changed = [text for text in new if _fixed(text) not in fixed]
    if changed:
        kept = {_fixed(text) for text in new}
        lost = next((text for text in old if _fixed(text) not in kept), old[0])
        wrong, right = differing(changed[0], lost)
        yield Finding(
            f"`{right}` in the source is `{wrong}` here; leave code as it is, unless it is meant "
            "to be translated",
            "warning",
        )


def line_break(pair: Pair) -> Iterator[Finding]:
    """Another number of line breaks."""
    old, new = pair.old.breaks, pair.new.breaks
    if old != new:
        yield Finding(
            f"the source has {count_of(old, 'line break')}, the translation {new}; a backslash at "
            "the end of a line makes one",
            "warning",
        )


def escape(pair: Pair) -> Iterator[Finding]:
    """A backslash that readers see."""
    old, new = pair.old, pair.new
    if new.stray.count("\\") > old.stray.count("\\") and old.breaks == new.breaks:
        piece = around(new.stray, new.stray.index("\\"))
        yield Finding(
            f"readers see a backslash: `{piece}`; take it out, or put it directly before "
            "the mark that it should make plain",
            "warning",
        )


def placeholder(pair: Pair) -> Iterator[Finding]:
    """Names such as `%(name)s` that the program fills in."""
    # A `%%` is found, so that what follows it is no name, and is none itself.
    old, new = ({*_PLACEHOLDER.findall(text)} - {""} for text in (pair.msgid, pair.msgstr))
    lost, gained = sorted(old - new), sorted(new - old)
    if lost:
        yield Finding(
            f"%({lost[0]})s of the source is missing; put it where the program should fill it in"
        )
    elif gained:
        yield Finding(f"%({gained[0]})s is not in the source; take it out")
    elif old and "%(" in _PLACEHOLDER.sub("", pair.msgstr):
        yield Finding("a `%(` has no `)s` after its name; write it as in the source")


def _fixed(code: str) -> str:
    """What may not change in a piece of code."""
    return _WORDS.sub("", code)
