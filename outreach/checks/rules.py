"""The table of rules on messages, and what silences one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.checks import (
    amounts,
    characters,
    disguise,
    facts,
    glyphs,
    links,
    marks,
    markup,
    scripts,
    tags,
    text,
)
from outreach.checks.pair import Context, Finding, Pair, pairs_of
from outreach.markup.parser import is_too_long
from outreach.model import Location, Message, Problem, is_blank

_BLANK = Finding(
    "the translation is nothing but white space; translate it or leave it empty", "warning"
)
_IGNORE = re.compile(r"\s*outreach:\s*ignore\b(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a translation."""

    id: str
    find: Callable[[Pair], Iterable[Finding]]
    guards: bool = False
    """Whether it protects readers from strangers, so that no catalog can silence it."""
    marks: bool = False
    """Whether it looks at marks alone, so that it has nothing to say of two texts without any."""


RULES = (
    Rule("size", markup.size, guards=True),
    Rule("unsafe-link", links.unsafe_link, guards=True, marks=True),
    Rule("link-added", links.link_added, guards=True),
    Rule("disguise", disguise.disguise, guards=True),
    Rule("raw-html", tags.raw_html, guards=True, marks=True),
    Rule("tag-nesting", tags.tag_nesting, guards=True, marks=True),
    Rule("image", markup.image, guards=True, marks=True),
    Rule("link-broken", links.link_broken, marks=True),
    Rule("link-count", links.link_count, marks=True),
    Rule("link-empty", links.link_empty, marks=True),
    Rule("link-address", links.link_address, marks=True),
    Rule("link-target", links.link_target, marks=True),
    Rule("reference", links.reference, marks=True),
    Rule("footnote", markup.footnote, marks=True),
    Rule("image-missing", markup.image_missing, marks=True),
    Rule("tag-missing", tags.tag_missing, marks=True),
    Rule("tag-added", tags.tag_added, marks=True),
    Rule("slot-count", tags.slot_count, marks=True),
    Rule("entity", tags.entity, marks=True),
    Rule("emphasis-mark", marks.emphasis_mark, marks=True),
    Rule("emphasis-count", markup.emphasis_count, marks=True),
    Rule("code-mark", marks.code_mark, marks=True),
    Rule("code-count", markup.code_count, marks=True),
    Rule("code-text", markup.code_text, marks=True),
    Rule("line-break", markup.line_break, marks=True),
    Rule("escape", markup.escape, marks=True),
    Rule("placeholder", markup.placeholder),
    Rule("url", facts.url),
    Rule("email", facts.email),
    Rule("phone", facts.phone),
    Rule("price", facts.price),
    Rule("number", amounts.number),
    Rule("date", amounts.date),
    Rule("script", scripts.script),
    Rule("chinese", scripts.chinese),
    Rule("zawgyi", scripts.zawgyi),
    Rule("letters", scripts.letters),
    Rule("mixed-letters", scripts.mixed_letters),
    Rule("bidi", characters.bidi),
    Rule("characters", characters.characters),
    Rule("nfc", characters.nfc),
    Rule("no-font", glyphs.no_font),
    Rule("space", text.space),
    Rule("end-mark", text.end_mark),
    Rule("bracket", text.brackets),
    Rule("quote", text.quotes),
    Rule("doubled-word", text.doubled_word),
    Rule("untranslated", text.untranslated),
    Rule("length", text.length),
)
"""Every rule on messages, those that protect readers first."""

UNREADABLE = ("syntax", "conflict", "duplicate")
"""Ids of problems for which a catalog cannot be read."""

FILE_RULES = (
    *UNREADABLE,
    *("charset", "header", "plural-forms"),
    *("blank", "ignore", "stale", "language", "gone", "inconsistent", "person"),
)
"""Ids of problems that are not found by comparing a translation with its source."""

GUIDE_RULES = (
    *("missing-file", "unsafe-file", "picture", "anchor", "container", "front-matter", "address"),
)
"""Ids of problems in guides that are not those of translations as well."""

TRUST_RULES = ("record", "release")
"""Ids of problems with what is known of who translated and reviewed."""

SOURCE_RULES = (
    *("reading-grade", "long-sentence", "plain-words", "glossary"),
    *("main-message", "alt-text", "review-date"),
)
"""Ids of problems in the English of guides: see `outreach.checks.source`."""

IDS = (*(rule.id for rule in RULES), *FILE_RULES, *GUIDE_RULES, *SOURCE_RULES, *TRUST_RULES)
"""Every id that `outreach check` may name."""


def check_message(
    message: Message,
    kinds: Collection[str],
    context: Context,
    path: str,
    ignored: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what the rules find in a message; of one that is not shown, whether it seems to be.

    `ignored` are the rules that the project silences; a comment of a translator silences others
    for this message. Nothing silences those that guard readers.
    """
    if not message.translated:
        if message.msgstr and is_blank(message.msgstr) and "blank" not in ignored:
            yield problem_of(message, _BLANK, "blank", path)
        return
    yield from ignore_problems(message, path)
    rules = _asked(message)
    silent = {*ignored, *ignored_by(message)} - _GUARDS
    if silent:
        rules = [rule for rule in rules if rule.id not in silent]
    if "bidi" in silent:
        # What turns letters around may show another address: that cannot be silenced.
        for char in characters.unbalanced_overrides(message.msgstr)[:1]:
            yield problem_of(message, characters.turned(char), "disguise", path)
    # One that stands for two forms of text breaks a rule in both; that is told once.
    found = dict.fromkeys(
        (rule.id, finding)
        for pair in pairs_of(message, kinds, context)
        for rule in rules
        for finding in rule.find(pair)
    )
    for rule_id, finding in found:
        yield problem_of(message, finding, rule_id, path)


def _asked(message: Message) -> Sequence[Rule]:
    """The rules that may find something in a message."""
    if any(map(is_too_long, (message.msgid, message.msgstr))):
        return _SIZE
    marked = _MARK.search(message.msgid) or _MARK.search(message.msgstr)
    return RULES if marked else _WITHOUT_MARKS


def ignored_by(message: Message) -> list[str]:
    """The ids that stand in the comments `# outreach: ignore RULE` of a message, as written."""
    if not message.comments:
        return []
    return [
        name
        for comment in message.comments
        if (found := _IGNORE.fullmatch(comment))
        for name in re.split(r"[\s,]+", found[1].strip())
        if name
    ]


def ignore_problems(message: Message, path: str) -> Iterator[Problem]:
    """Warn of comments that want to silence a rule and cannot."""
    for name in ignored_by(message):
        text = refusal(name)
        if text:
            yield problem_of(message, Finding(text, "warning"), "ignore", path)


def refusal(name: str) -> str:
    """Why a rule cannot be silenced; empty when it can."""
    if name in _GUARDS:
        return f"the rule `{name}` protects readers, so nothing can silence it; mend the text"
    if name in UNREADABLE:
        return (
            f"`{name}` means that a file cannot be read, so nothing can silence it; mend the file"
        )
    if name in TRUST_RULES:
        return f"`{name}` decides what may be handed out, so nothing can silence it"
    return "" if name in IDS else f"there is no rule `{name}` to ignore{hint(name)}"


def hint(name: str) -> str:
    """What a wrong rule id may have meant, to stand at the end of a sentence."""
    near = difflib.get_close_matches(name, IDS, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; there are: {', '.join(sorted(IDS))}"


def problem_of(message: Message, finding: Finding, rule: str, path: str) -> Problem:
    """A finding as a problem that says where it was found."""
    location = Location(path, message.line)
    return Problem(
        location, finding.text, finding.severity, rule, msgid=message.msgid, msgstr=message.msgstr
    )


_SIZE = RULES[:1]
"""What a text is asked that takes too long to parse."""
_WITHOUT_MARKS = tuple(rule for rule in RULES if not rule.marks)
_MARK = re.compile(r"[`\[\]<>&＆\\*_~\n]")
"""What markup of any kind is written with, also such that rules take for a slip."""
_GUARDS = frozenset({"unsafe-file", *(rule.id for rule in RULES if rule.guards)})
