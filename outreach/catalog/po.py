"""Catalogs as records that keep every byte of the file they were read from."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import polib

from outreach.catalog.charset import UTF_8, declared_charset, decode, encoding_of, in_utf_8
from outreach.catalog.format import ESCAPES, METHOD_FIELD, string_lines
from outreach.catalog.scan import (
    OBSOLETE,
    PREVIOUS,
    STRING,
    WHITE,
    Chunk,
    kind_of,
    scan,
    split_lines,
)
from outreach.files import read_bytes
from outreach.limits import MOST_CATALOG, refuse_file
from outreach.model import Location, Message, OutreachError, Problem

_NPLURALS = re.compile(r"nplurals\s*=\s*([1-9])")
# Escapes that polib leaves as they are; a doubled backslash is matched so as to be passed over.
_RARE_ESCAPE = re.compile(r"\\\\|((?:\\(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3}))+)|\\a")
_BYTE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))")


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and the text it was read from."""

    message: Message
    raw: str
    """Its lines with their ends, and the blank lines that lead them."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file."""

    path: str
    entries: tuple[Entry, ...] = ()
    """In the order of the file, the header's entry too."""
    tail: str = ""
    """What follows the last entry: blank lines and comments."""
    newline: str = "\n"
    bom: bool = False
    charset: str = UTF_8
    """Python's name of the encoding."""
    original: bytes = b""
    """The file itself where it is not in UTF-8; `with_raw` makes a changed catalog UTF-8."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages, live and obsolete, without the header."""
        return tuple(entry.message for entry in self.entries if not is_header(entry.message))

    @property
    def head(self) -> Message | None:
        """The message that is the header, if there is one."""
        return next((item.message for item in self.entries if is_header(item.message)), None)

    @property
    def header(self) -> tuple[tuple[str, str], ...]:
        """The header's fields, name and value, in order; a line that is no field has no name."""
        return tuple(_field(line) for line in _fields(self.head))

    @property
    def header_comments(self) -> tuple[str, ...]:
        return self.head.comments if self.head else ()

    @property
    def header_flags(self) -> tuple[str, ...]:
        return self.head.flags if self.head else ()

    @property
    def nplurals(self) -> int:
        """How many plural forms a message has, 2 where the header does not say."""
        match = _NPLURALS.search(self.field("Plural-Forms"))
        return int(match[1]) if match else 2

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join([*(entry.raw for entry in self.entries), self.tail])

    @property
    def method(self) -> str:
        """How its translations were made, such as `machine draft`; empty where it does not say."""
        return self.field(METHOD_FIELD)

    @property
    def declared_charset(self) -> str:
        """Python's name of the charset that the header names, empty where it names none."""
        return declared_charset(f"Content-Type: {self.field('Content-Type')}")

    def field(self, name: str) -> str:
        """Return the value of a header field, empty where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.header if key.lower() == wanted), "")


def is_header(message: Message) -> bool:
    """Return whether the message is the entry that says what the catalog is."""
    return not message.msgid and message.msgctxt is None and not message.obsolete


def load_catalog(file: Path, path: str) -> Catalog | None:
    """The catalog in a file, called `path` in messages; None where there is no such file.

    Raises OutreachError as `read_catalog` does, and when the file cannot be read or is empty, which
    no catalog is but one that was cut off.
    """
    if not os.path.lexists(file):
        return None
    data = read_bytes(file, path, MOST_CATALOG)
    if not data.strip():
        text = "is empty; bring it back from an earlier version, or remove it to begin it anew"
        raise OutreachError(Problem(Location(path), text))
    if b"\n" not in data and b"\r" in data:
        text = "ends its lines as old Macintoshes did; save it with the line ends of Unix"
        raise OutreachError(Problem(Location(path), text))
    return read_catalog(data, path)


def read_catalog(data: bytes, path: str) -> Catalog:
    """Return the catalog; an empty file is an empty one, and a file may lack its header.

    Raises OutreachError with the line where the file does not follow the grammar of PO files, has
    a message twice, or does not fit its encoding, and for a file that is too large.
    """
    refuse_file(len(data), MOST_CATALOG, path)
    charset, bom = encoding_of(data, path)
    text = decode(data[len(bom) :], charset, path)
    empty = Catalog(
        path,
        newline="\r\n" if text.partition("\n")[0].endswith("\r") else "\n",
        bom=bool(bom),
        charset=charset,
        original=b"" if charset == UTF_8 else data,
    )
    return _parse(text, empty)


def format_catalog_bytes(catalog: Catalog) -> bytes:
    """Return the bytes of the file: those it was read from, where nothing was changed."""
    if catalog.original:
        return catalog.original
    return (codecs.BOM_UTF8 if catalog.bom else b"") + catalog.text.encode()


def bytes_to_write(catalog: Catalog) -> bytes:
    """Return the bytes of a file that is to be written, after they were read again.

    Their lines have to fall into the entries that the catalog has; each was parsed from its own
    lines. Raises OutreachError otherwise.
    """
    data = format_catalog_bytes(catalog)
    charset, bom = encoding_of(data, catalog.path)
    chunks, tail = scan(decode(data[len(bom) :], charset, catalog.path), catalog.path)
    for chunk, entry in zip_longest(chunks, catalog.entries):
        if not (chunk and entry and chunk.raw == entry.raw and chunk.line == entry.message.line):
            raise unlike(catalog.path, entry.message if entry else None)
    if tail != catalog.tail or bool(bom) != catalog.bom:
        raise unlike(catalog.path)
    return data


def unlike(path: str, message: Message | None = None) -> OutreachError:
    """The error for a catalog that would not say what was meant."""
    text = (
        "was left as it is, because what was to be written there would be read otherwise; please"
        " report that to those who make outreach, with this file"
    )
    return OutreachError(Problem(Location(path), text, msgid=message.msgid if message else ""))


def with_raw(catalog: Catalog, raws: Iterable[str], tail: str | None = None) -> Catalog:
    """Return the catalog with these entries; one that differs is in plain UTF-8 and says so.

    What changed is read anew from its text, so that what would be written is what would be read.
    Raises OutreachError if it could not be read.
    """
    raws, tail = list(raws), catalog.tail if tail is None else tail
    text = "".join([*raws, tail])
    if text == catalog.text:
        return catalog
    # A byte order mark stays, although msgfmt refuses it: that file's editor may ask for it.
    bom = catalog.bom and catalog.charset == UTF_8
    empty = Catalog(catalog.path, newline=catalog.newline, bom=bom)
    entries = _reread(catalog, raws) if catalog.charset == UTF_8 else None
    if entries is None:
        changed = _parse(text, empty)
    else:
        _refuse_duplicates(entries, catalog.path)
        changed = replace(empty, entries=entries, tail=tail)
    msgstr = changed.head.msgstr if changed.head else ""
    return with_header_text(changed, in_utf_8(msgstr))


def as_utf_8(catalog: Catalog) -> Catalog:
    """Return the catalog as it is to be written in UTF-8; the catalog itself if it is so now."""
    if not catalog.original:
        return catalog
    changed = replace(catalog, bom=False, charset=UTF_8, original=b"")
    return with_header_text(changed, in_utf_8(changed.head.msgstr if changed.head else ""))


def with_header_text(catalog: Catalog, msgstr: str) -> Catalog:
    """Return the catalog with another text in its header, if it has one; comments stay."""
    if catalog.head is None or catalog.head.msgstr == msgstr:
        return catalog
    changed = with_raw(
        catalog,
        (
            _with_msgstr(entry.raw, msgstr, catalog.newline)
            if is_header(entry.message)
            else entry.raw
            for entry in catalog.entries
        ),
    )
    if changed.head is None or changed.head.msgstr != in_utf_8(msgstr):
        raise unlike(catalog.path, changed.head)
    return changed


def _with_msgstr(raw: str, msgstr: str, newline: str) -> str:
    lines = split_lines(raw)
    kept = [line for line in lines if kind_of(line) != STRING]
    body = ('msgid ""', *string_lines("msgstr", msgstr))
    return "".join([*kept, *(line + newline for line in body)])


def _fields(head: Message | None) -> list[str]:
    return [line for line in head.msgstr.split("\n") if line] if head else []


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    return (name.strip(), value.strip()) if colon else ("", line)


def _parse(text: str, empty: Catalog) -> Catalog:
    """Return the catalog with the entries of the text."""
    chunks, tail = scan(text, empty.path)
    parsed = _polib_entries(chunks, empty)
    entries = tuple(
        Entry(_message(chunk, values), _in_letters(chunk, empty))
        for chunk, values in zip(chunks, parsed, strict=True)
    )
    _refuse_duplicates(entries, empty.path)
    return replace(empty, entries=entries, tail=tail)


def _reread(catalog: Catalog, raws: Sequence[str]) -> tuple[Entry, ...] | None:
    """Return the entries of these texts; only those that the catalog does not have are parsed.

    Returns None where a text is not just one entry, so that the whole has to be read.
    """
    known: dict[str, tuple[Message, int]] = {}
    old = _placed(entry.raw for entry in catalog.entries)
    for entry, (core, line) in zip(catalog.entries, old, strict=True):
        known[core] = (entry.message, entry.message.line - line)
    new = [raw for raw, (core, _) in zip(raws, _placed(raws), strict=True) if core not in known]
    chunks, rest = scan("".join(new), catalog.path)
    if len(chunks) != len(new) or rest:
        return None
    parsed = zip(chunks, _polib_entries(chunks, catalog), _placed(new), strict=True)
    for chunk, values, (core, line) in parsed:
        known[core] = (_message(chunk, values), chunk.line - line)
    entries = []
    for raw, (core, line) in zip(raws, _placed(raws), strict=True):
        message, offset = known[core]
        if message.line != line + offset:
            message = replace(message, line=line + offset)
        entries.append(Entry(message, raw))
    return tuple(entries)


def _placed(raws: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the text of each entry without blank lines around it, and the line it begins on."""
    line = 1
    for raw in raws:
        core = raw.lstrip(WHITE + "\n")
        yield core.rstrip("\r\n"), line + raw.count("\n", 0, len(raw) - len(core))
        line += raw.count("\n")


def _message(chunk: Chunk, values: polib.POEntry) -> Message:
    return Message(
        values.msgid,
        values.msgstr,
        msgctxt=values.msgctxt,
        msgid_plural=values.msgid_plural if values.msgstr_plural else None,
        msgstr_plural=tuple(values.msgstr_plural.values()),
        comments=chunk.comments,
        extracted=chunk.extracted,
        references=chunk.references,
        flags=chunk.flags,
        previous_msgid=values.previous_msgid,
        previous_msgctxt=values.previous_msgctxt,
        obsolete=chunk.obsolete,
        line=chunk.line,
    )


def _refuse_duplicates(entries: Iterable[Entry], path: str) -> None:
    lines: dict[tuple[str | None, str], int] = {}
    for entry in entries:
        message = entry.message
        first = lines.setdefault(message.key, message.line)
        if first != message.line:
            what = "the header" if is_header(message) else "this message"
            raise OutreachError(
                Problem(
                    Location(path, message.line),
                    f"{what} stands in the file twice, here and in line {first}; remove one",
                )
            )


class _Lines(str):
    """Text that splits at newlines only: polib asks it to, and a text may have other line ends."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002, FBT001, FBT002
        return self.split("\n")


class _Entries(polib.POFile):
    """All entries in the order of the file: polib takes the header out if it finds one."""

    def find(self, *_args: object, **_kwargs: object) -> None:
        return None


def _polib_entries(chunks: Iterable[Chunk], empty: Catalog) -> Iterable[polib.POEntry]:
    """Return what polib reads from the strings of each chunk.

    polib gets the strings only, each line in normal form: it drops `#~|` lines and strips comments.
    """
    # No path has a NUL in it, so what follows is never taken for one.
    lines = ["# \0"]
    lines.extend(
        _plain_escapes(line, chunk, empty) if "\\" in line else line
        for chunk in chunks
        for line in chunk.strings
    )
    return polib.pofile(_Lines("\n".join(lines)), encoding=UTF_8, klass=_Entries)


def _plain_escapes(line: str, chunk: Chunk, empty: Catalog) -> str:
    def plain(match: re.Match[str]) -> str:
        if match[1]:
            return _decoded(match[1], chunk, empty)
        return "\a" if match[0] == "\\a" else match[0]

    return _RARE_ESCAPE.sub(plain, line)


def _in_letters(chunk: Chunk, empty: Catalog) -> str:
    """Return the lines of an entry that is not in UTF-8 without bytes that are written as numbers.

    In UTF-8, in which it would be written, they mean other letters.
    """
    if empty.charset == UTF_8 or "\\" not in chunk.raw:
        return chunk.raw

    def letters(match: re.Match[str]) -> str:
        return _decoded(match[1], chunk, empty) if match[1] else match[0]

    return "".join(
        _RARE_ESCAPE.sub(letters, line) if kind_of(line) in (STRING, OBSOLETE, PREVIOUS) else line
        for line in split_lines(chunk.raw)
    )


def _decoded(numbers: str, chunk: Chunk, empty: Catalog) -> str:
    octets = (int(h, 16) if h else int(o, 8) & 255 for h, o in _BYTE.findall(numbers))
    try:
        return bytes(octets).decode(empty.charset).translate(ESCAPES)
    except UnicodeError:
        raise OutreachError(
            Problem(
                Location(empty.path, chunk.line),
                f"‘{numbers}’ in this message is no {empty.charset.upper()} text;"
                " write the signs themselves",
            )
        ) from None
