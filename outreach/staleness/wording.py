"""The words of a report that its text and its page share. They are English, for coordinators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outreach.changes.wording import Pair, pair_of
from outreach.report import number_of
from outreach.staleness.records import (
    Comparison,
    GuideReport,
    Key,
    Part,
    Reading,
    Report,
    TextChange,
)

FEW = 3
"""Languages that are told one by one."""

_SECTIONS = {
    "changed": "changed",
    "moved": "stands in another place",
    "new": "new",
    "removed": "not there any more",
}
_TEXTS = {
    "changed": "changed",
    "moved": "stood elsewhere before; the same words",
    "new": "new",
    "removed": "not there any more",
}


def title(report: Report) -> str:
    """What the report is about."""
    source = report.source.english_name
    if not report.since:
        return f"Changes in {source} since each translation was reviewed"
    commit = f" ({report.commit[:12]})" if report.commit else ""
    return f"Changes in {source} since {report.since}{commit}"


def summary(report: Report) -> str:
    """How many guides changed, in one sentence."""
    guides, changed = len(report.guides), len(report.changed)
    if not guides:
        return "There are no guides."
    if not changed:
        return f"Nothing changed in {number_of(guides, 'guide')}."
    return f"{changed} of {number_of(guides, 'guide')} changed."


def capital(text: str) -> str:
    """A text with a capital, as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def name_of(guide: GuideReport) -> str:
    """Its id, where it has one of its own, and its title."""
    return guide.title if guide.document == guide.title else f"{guide.document} {guide.title}"


def amount(comparison: Comparison) -> str:
    """Such as `3 sections, 41 new words, 5 words gone`."""
    if comparison.kind == "gone":
        return "not there any more"
    parts = [number_of(len(comparison.parts), "section")] if comparison.parts else []
    parts += [number_of(comparison.new_words, "new word")] if comparison.parts else []
    if comparison.gone_words:
        parts.append(f"{number_of(comparison.gone_words, 'word')} gone")
    said = ", ".join(parts) or "changed in its layout only"
    return f"new guide: {said}" if comparison.kind == "new" else said


def languages_of(comparison: Comparison) -> str:
    """The tags of the languages that it concerns."""
    return ", ".join(reading.language.tag for reading in comparison.readings)


def editions(guide: GuideReport, comparison: Comparison) -> str:
    """The dates of the old edition and of the present one."""
    now, was = guide.edition, comparison.edition
    if comparison.kind == "gone":
        return f"edition {was}" if was else ""
    if comparison.kind == "new" or now == was:
        return f"edition {now}" if now else ""
    return f"edition {now or 'without a date'}, was {was or 'without a date'}"


def critical(guide: GuideReport) -> str:
    """What it means that a guide is critical."""
    if not guide.critical:
        return ""
    states = {reading.state for item in guide.changed for reading in item.readings}
    if "withdrawn" in states:
        return "Critical: older sheets are withdrawn until the translation is reviewed again."
    return "Critical: an older sheet could do harm."


def reading_of(reading: Reading) -> str:
    """A language and how the guide stands in it."""
    language = reading.language
    name = f"{language.english_name} ({language.tag})"
    by = f" by {reading.reviewer}" if reading.reviewer else ""
    reviewed = f"reviewed {reading.reviewed}{by}" if reading.reviewed else "not reviewed"
    code = f", edition {reading.code}" if reading.code else ""
    unread = "" if reading.readable else ", its catalog cannot be read"
    return f"{name}: {reading.state}, {reviewed}{code}{unread}"


def readings_of(comparison: Comparison) -> list[str]:
    """The languages one by one, or where they are many, those in one state in one line."""
    if len(comparison.readings) <= FEW:
        return list(map(reading_of, comparison.readings))
    groups: dict[str, list[str]] = {}
    for reading in comparison.readings:
        reviewed = f", reviewed {reading.reviewed}" if reading.reviewed else ""
        groups.setdefault(f"{reading.state}{reviewed}", []).append(reading.language.tag)
    return [f"{state}: {', '.join(tags)}" for state, tags in groups.items()]


def others(guide: GuideReport) -> Iterator[str]:
    """The languages in which nothing changed or can be compared, in a line for each reason."""
    for comparison in guide.comparisons:
        if comparison.kind == "same" and comparison.readings:
            yield f"not changed for {languages_of(comparison)}"
    reasons: dict[str, list[str]] = {}
    for item in guide.uncompared:
        reasons.setdefault(item.why, []).append(item.language.tag)
    yield from (f"{why}: {', '.join(tags)}" for why, tags in reasons.items())


def heading_of(part: Part) -> str:
    """The heading of a section, and what it was."""
    if not part.heading:
        return "Beginning"
    return f"{part.heading} (was: {part.former})" if part.former else part.heading


def kind_of(part: Part) -> str:
    """What happened to a section."""
    words = [_SECTIONS[part.kind]]
    if part.moved and part.kind != "moved":
        words.append("stands in another place")
    if not part.texts:
        if part.kind == "changed":
            words.append("no text of it, but its order or layout")
        elif part.kind == "removed":
            words.append("all its texts stand elsewhere now")
    return "; ".join(words)


def kind_of_text(text: TextChange) -> str:
    """What kind of text it is, and what happened to it."""
    words = [_TEXTS[text.kind]]
    if text.again:
        words.append("as above")
    if text.same_words:
        words.append("only white space, quotation marks or signs of markup")
    if text.domain == "fixed":
        words.append("it is not translated")
    return f"{text.block}: {'; '.join(words)}"


def keys_of(text: TextChange) -> tuple[Key, Key]:
    """What the text was and is called in catalogs."""
    return (text.domain, text.before), (text.domain, text.now)


def translation_of(text: TextChange, reading: Reading) -> Pair | None:
    """What a language had for a text and has for it now; None where that is nothing."""
    before, now = keys_of(text)
    old, new = reading.before.get(before), reading.now.get(now)
    if text.domain == "fixed" or (old is None and new is None):
        return None
    label = reading.language.english_name + (" (fuzzy)" if new and new.fuzzy else "")
    return pair_of(label, old, new.msgstr if new else None)


def note_of_translation(text: TextChange, reading: Reading) -> str:
    """What a translator should know of the translation that a text has now."""
    if not text.now or text.domain == "fixed":
        return ""
    now = reading.now.get((text.domain, text.now))
    if now is None:
        return "the catalog cannot be read" if not reading.readable else _untranslated(text)
    return "fuzzy: made for another text, so readers do not see it" if now.fuzzy else ""


def told_of(text: TextChange, readings: Iterable[Reading]) -> list[Reading]:
    """The languages of which there is something to say about a text, the first time it stands."""
    return [
        reading
        for reading in readings
        if not text.again and (translation_of(text, reading) or note_of_translation(text, reading))
    ]


def _untranslated(text: TextChange) -> str:
    return "" if text.domain else "not translated yet"


def source_pair(text: TextChange, label: str = "") -> Pair:
    """What a text was and is, with all words marked where it is new or gone as a whole."""
    before = text.before_parts if text.before else None
    now = text.now_parts if text.now else None
    return Pair(label, before, now, same=text.kind == "moved")
