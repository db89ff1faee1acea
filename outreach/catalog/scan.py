"""The grammar of PO files, line by line: where entries begin and end, and what is broken.

Readers of PO files guess where a file is broken, and a guess pairs a text with the translation of
another. Here each line is checked before anything is read from it. What the strings mean is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from outreach.model import Location, OutreachError, Problem

# Kinds of lines. The comments are named by the sign after `#`.
BLANK, STRING = "", '"'
TRANSLATOR, EXTRACTED, REFERENCE, FLAGS, PREVIOUS, OBSOLETE = "#", ".", ":", ",", "|", "~"

WHITE = " \t\v\f\r"
_EDGE = WHITE + "\n"
CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

_STRING = re.compile(
    r"(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\s*\[\s*(?P<index>\d+)\s*\])?)\s*)?"
    r'"(?P<body>[^"\\]*(?:\\.[^"\\]*)*)"(?P<rest>.*)',
    re.DOTALL,
)
_KEYWORD = re.compile(r"msg(?:ctxt|id_plural|id|str(?:\s*\[\s*\d+\s*\])?)(?!\w)")
_ESCAPE = re.compile(r"\\(.)(?:(?<=x)([0-9A-Fa-f]))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one entry."""

    raw: str
    """With the blank lines that lead it."""
    line: int
    """Line of its `msgid` in the file, from 1."""
    obsolete: bool
    strings: tuple[str, ...]
    """Keywords and strings one a line, in normal spacing, without the mark of obsolete entries."""
    comments: tuple[str, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]


def scan(text: str, path: str) -> tuple[list[Chunk], str]:
    """Return the entries of a catalog in the order of the file, and what follows the last one.

    Raises OutreachError with the line of the first thing that does not fit the grammar.
    """
    scanner = _Scanner(path, split_lines(text))
    return list(scanner.chunks()), scanner.rest()


def split_lines(text: str) -> list[str]:
    """Return the lines with their ends; only a newline ends one, as in gettext."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def kind_of(line: str) -> str:
    """Return the kind of a line by its first signs alone."""
    return _kind(line.strip(_EDGE))


def _kind(stripped: str) -> str:
    if not stripped:
        return BLANK
    if stripped[0] != "#":
        return STRING
    sign = stripped[1:2]
    return sign if sign and sign in ".:,|~" else TRANSLATOR


@dataclass(slots=True)
class _Entry:
    """What is known of the entry that is being read."""

    state: str = ""
    """The keyword of the last string; `previous` for those of `#|`; empty before the first."""
    line: int = 0
    first: int = 0
    """Line of its first string."""
    plurals: int = 0
    obsolete: bool = False
    strings: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)


class _Scanner:
    """One pass over the lines of a file."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.start = 0
        self.end = 0
        """Lines before `start` are in chunks, those before `end` in the entry at hand."""
        self.number = 0
        self.entry = _Entry()

    def chunks(self) -> Iterator[Chunk]:
        for number, line in enumerate(self.lines, 1):
            self.number = number
            text = line.strip(_EDGE)
            kind = _kind(text)
            obsolete = kind == OBSOLETE
            if obsolete:
                kind, text = _without_mark(text)
            if self._complete() and _begins_entry(kind, text):
                yield self._chunk()
            if kind == STRING:
                self._string(text, obsolete=obsolete)
                self.end = number
            elif kind == PREVIOUS:
                self._previous(text)
            elif kind != BLANK:
                self._comment(kind, text)
        if self._complete():
            yield self._chunk()
        elif self._begun():
            self._incomplete()

    def rest(self) -> str:
        return "".join(self.lines[self.start :])

    def _begun(self) -> bool:
        return self.entry.state not in ("", "previous")

    def _complete(self) -> bool:
        return self.entry.state.startswith("msgstr")

    def _chunk(self) -> Chunk:
        entry = self.entry
        raw = "".join(self.lines[self.start : self.end])
        self.start = self.end
        self.entry = _Entry()
        texts = entry.comments
        flags = (flag.strip() for line in texts.get(FLAGS, ()) for flag in line.split(","))
        return Chunk(
            raw,
            entry.line,
            entry.obsolete,
            tuple(entry.strings),
            comments=tuple(texts.get(TRANSLATOR, ())),
            extracted=tuple(texts.get(EXTRACTED, ())),
            references=tuple(texts.get(REFERENCE, ())),
            flags=tuple(dict.fromkeys(flag for flag in flags if flag)),
        )

    def _comment(self, kind: str, stripped: str) -> None:
        if self._begun():
            self._fail(
                "a comment stands inside an entry; comments come before its msgctxt and msgid"
            )
        text = self.lines[self.number - 1].rstrip("\r\n")
        # The text as written, spaces at its end too, without the mark and one space after it.
        text = text[text.index(stripped[:2]) + (1 if kind == TRANSLATOR else 2) :]
        self.entry.comments.setdefault(kind, []).append(text.removeprefix(" "))

    def _previous(self, stripped: str) -> None:
        entry = self.entry
        if entry.state not in ("", "previous"):
            self._fail("a line with ‘#|’ stands inside an entry; it comes before msgctxt and msgid")
        text = stripped[2:].strip(WHITE)
        if not text:
            return
        keyword, _, body = self._parse(text)
        if keyword.startswith("msgstr") or not (keyword or entry.state):
            self._fail("after ‘#|’ only msgctxt, msgid and msgid_plural can stand, with their text")
        entry.state = "previous"
        entry.strings.append(f'#| {keyword} "{body}"' if keyword else f'#| "{body}"')

    def _string(self, text: str, *, obsolete: bool) -> None:
        entry = self.entry
        keyword, index, body = self._parse(text)
        if keyword:
            self._open(keyword, index)
        elif not self._begun():
            self._fail("a text in quotes stands alone; it needs msgid or msgstr before it")
        if not entry.first:
            entry.obsolete, entry.first = obsolete, self.number
        elif entry.obsolete != obsolete:
            self._fail(
                "some lines of this entry begin with ‘#~’ and some do not;"
                " an obsolete entry has it on each of its lines"
            )
        name = f"msgstr[{index}]" if index is not None else keyword
        entry.strings.append(f'{name} "{body}"' if name else f'"{body}"')

    def _open(self, keyword: str, index: int | None) -> None:
        """Check that the keyword may follow the one before it."""
        state = self.entry.state
        if keyword in ("msgctxt", "msgid"):
            if self._begun() and (state, keyword) != ("msgctxt", "msgid"):
                self._incomplete()
            if keyword == "msgid":
                self.entry.line = self.number
        elif keyword == "msgid_plural":
            if state != "msgid":
                self._fail("msgid_plural without a msgid before it")
        elif index is None:
            self._open_msgstr(state)
        else:
            self._open_plural(state, index)
        self.entry.state = keyword

    def _open_msgstr(self, state: str) -> None:
        if state == "msgid_plural":
            self._fail("an entry with msgid_plural needs msgstr[0] here, not msgstr")
        if state.startswith("msgstr"):
            self._fail("a second msgstr in one entry; the msgid that belongs to it may be missing")
        if state != "msgid":
            self._fail("msgstr without a msgid before it")

    def _open_plural(self, state: str, index: int) -> None:
        if state not in ("msgid_plural", "msgstr[]"):
            self._fail(f"msgstr[{index}] without a msgid_plural before it")
        if index != self.entry.plurals:
            self._fail(
                f"msgstr[{index}] where msgstr[{self.entry.plurals}] was expected;"
                " plural forms are numbered from 0 without gaps"
            )
        self.entry.plurals += 1

    def _parse(self, text: str) -> tuple[str, int | None, str]:
        """Return the keyword (`msgstr[]` for plural forms), its number and the raw string."""
        match = _STRING.match(text)
        if match is None or match["rest"]:
            self._fail(_why_no_string(text, match))
        body = match["body"]
        if "\\" in body:
            self._check_escapes(body)
        if match["index"] is None:
            return match["keyword"] or "", None, body
        return "msgstr[]", self._index(match["index"]), body

    def _index(self, digits: str) -> int:
        if len(digits) > 1:
            self._fail(f"msgstr[{digits}]: no language has that many plural forms")
        return int(digits)

    def _check_escapes(self, body: str) -> None:
        for match in _ESCAPE.finditer(body):
            sign, hexadecimal = match.groups()
            if sign not in 'abfnrtv\\"01234567' and not (sign == "x" and hexadecimal):
                self._fail(
                    f"‘\\{sign}’ is no escape sequence of PO files;"
                    " write a backslash in a text twice: ‘\\\\’"
                )

    def _incomplete(self) -> NoReturn:
        entry = self.entry
        if entry.state == "msgctxt":
            self._fail("msgctxt without a msgid after it", entry.first)
        wanted = "msgstr[0]" if entry.state == "msgid_plural" else "msgstr"
        self._fail(f"msgid without a {wanted} after it", entry.line)

    def _fail(self, text: str, line: int = 0) -> NoReturn:
        raise OutreachError(Problem(Location(self.path, line or self.number), text))


def _begins_entry(kind: str, stripped: str) -> bool:
    """Return whether the line after a msgstr belongs to another entry."""
    return kind not in (STRING, BLANK) or stripped.startswith(("msgctxt", "msgid"))


def _without_mark(stripped: str) -> tuple[str, str]:
    """Return what a line is without its `#~`, and that line."""
    text = stripped[2:]
    if text.startswith("|"):
        return PREVIOUS, "#" + text
    text = text.strip(WHITE)
    return kind_of(text), text


def _why_no_string(text: str, match: re.Match[str] | None) -> str:
    if text.startswith(CONFLICT_MARKS):
        return (
            f"a merge conflict is left in the file (‘{text[:7]}’);"
            " choose one of the two versions and remove the marks"
        )
    if match is not None:
        return (
            f"text after the closing quote: ‘{_shorten(match['rest'].strip())}’;"
            ' a quote inside a text is written \\"'
        )
    keyword = _KEYWORD.match(text)
    after = text[keyword.end() :].strip() if keyword else text
    if after.startswith('"'):
        return (
            "a text that is not closed: its line must end with a quote,"
            " and one with a backslash before it does not count"
        )
    if not after:
        return f"‘{_shorten(text)}’ without a text in quotes after it"
    return f"text outside of quotes: ‘{_shorten(text)}’"


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
