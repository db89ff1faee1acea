"""Messages as text in gettext's PO format, without wrapping. Standard library only.

What is written is a fixed point of `msgcat --no-wrap`: lines break after each newline of a text
and nowhere else, references alone are wrapped, and an untranslated message is never fuzzy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from outreach.catalog.charset import in_utf_8
from outreach.model import Message

ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\v": "\\v",
    }
)

_SPECIAL = re.compile(r'["\\\a\b\f\n\r\t\v]')
METHOD_FIELD = "X-Translation-Method"
"""The header field that says how a translation was made, such as `machine draft`."""
REFERENCE_WIDTH = 79
"""In bytes, as gettext counts."""

_REFERENCE = re.compile(r"\u2068[^\u2069]*\u2069\S*|\S+")


def format_catalog(header: Message, messages: Iterable[Message]) -> str:
    """Return the text of a whole catalog: the header, then each message after a blank line."""
    return "\n".join(format_message(message) for message in (header, *messages))


def format_message(message: Message) -> str:
    """Return the lines of one entry, each with its newline, without a blank line around them."""
    lines = comment_lines("#", message.comments) if message.comments else []
    lines += comment_lines("#.", message.extracted)
    lines += _lines_of(message.references)
    if message.flags and (flags := _flags(message)):
        lines += comment_lines("#,", [", ".join(flags)])
    lines += _previous(message)
    lines += _marked("#~ ", _strings(message)) if message.obsolete else _strings(message)
    lines.append("")
    return "\n".join(lines)


def normal(message: Message) -> Message:
    """Return the message as it is read when it was written, with its flags in one order.

    The line is left out, and the charset in a header, which is that of the file.
    """
    is_header = not message.msgid and message.msgctxt is None and not message.obsolete
    no_text = message.previous_msgid is None
    return replace(
        message,
        msgstr=in_utf_8(message.msgstr) if is_header else message.msgstr,
        msgstr_plural=_plurals(message) if message.msgid_plural is not None else (),
        comments=tuple(comment_texts(message.comments)),
        extracted=tuple(comment_texts(message.extracted)),
        references=tuple(reference_items(message.references)),
        flags=tuple(sorted(_flags(message))),
        previous_msgctxt=None if no_text else message.previous_msgctxt,
        line=0,
    )


def comment_lines(mark: str, texts: Iterable[str]) -> list[str]:
    """Return one line of comment a line of the texts; an empty one is the mark alone."""
    return [f"{mark} {line}" if line else mark for line in comment_texts(texts)]


def reference_lines(references: Iterable[str]) -> list[str]:
    """Return the lines with the references, wrapped as gettext does even with `--no-wrap`."""
    lines: list[str] = []
    width = REFERENCE_WIDTH
    for item in reference_items(references):
        size = len(item.encode()) + 1
        if width + size > REFERENCE_WIDTH:
            lines.append("#:")
            width = 2
        lines[-1] += " " + item
        width += size
    return lines


@lru_cache(maxsize=1)  # messages of a guide follow each other and have the same
def _lines_of(references: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(reference_lines(references))


def reference_items(references: Iterable[str]) -> list[str]:
    """Return the places named after `#:`; one with a space stands between isolates."""
    return [item for line in references for item in _REFERENCE.findall(line)]


def comment_texts(texts: Iterable[str]) -> list[str]:
    """Return the texts as they can stand in comments.

    A carriage return cannot, and a backslash at the end would join the next line in gettext.
    """
    lines = [line for text in texts for line in text.replace("\r", " ").split("\n")]
    return [line + " " if line.endswith("\\") else line for line in lines]


def header_message(
    fields: Iterable[tuple[str, str]], comments: Sequence[str] = (), flags: Sequence[str] = ()
) -> Message:
    """Return the entry with the empty msgid that says what a catalog is."""
    msgstr = "".join(f"{name}: {value}\n" for name, value in fields)
    return Message("", msgstr, comments=tuple(comments), flags=tuple(flags))


def template_text(
    messages: Iterable[Message],
    project: str,
    comments: Sequence[str] = (),
    *,
    language: str = "",
) -> str:
    """Return the text of a `.pot`; `language` is the gettext name of the source language."""
    fields = header_fields(project, team="", language=language)
    return format_catalog(header_message(fields, comments), messages)


def header_fields(project: str, *, team: str, language: str) -> list[tuple[str, str]]:
    """Return the fields that every catalog has, with nothing that changes from run to run.

    `msgfmt --check` warns of a missing field. The date is a true one, because Babel cannot read a
    catalog in which it is empty, and the same for all, until an editor of catalogs sets it.
    """
    return [
        ("Project-Id-Version", " ".join(project.split())),
        ("PO-Revision-Date", "1970-01-01 00:00+0000"),
        ("Last-Translator", ""),
        ("Language-Team", team),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def string_lines(keyword: str, text: str) -> list[str]:
    """Return the lines of one string: on the keyword's own line unless it has lines of its own."""
    if "\n" not in text[:-1]:
        return [f'{keyword} "{_escaped(text)}"']
    *whole, last = text.split("\n")
    lines = [f'{keyword} ""', *(f'"{_escaped(line)}\\n"' for line in whole)]
    return [*lines, f'"{_escaped(last)}"'] if last else lines


def _escaped(text: str) -> str:
    # A search is many times faster than a translation, and most texts have nothing to escape.
    return text.translate(ESCAPES) if _SPECIAL.search(text) else text


def _flags(message: Message) -> tuple[str, ...]:
    """Return the flags, fuzzy first; gettext drops it where there is no translation."""
    others = tuple(dict.fromkeys(flag for flag in message.flags if flag != "fuzzy"))
    first = message.msgstr_plural[0] if message.msgstr_plural else message.msgstr
    return ("fuzzy", *others) if message.fuzzy and first else others


def _plurals(message: Message) -> tuple[str, ...]:
    return message.msgstr_plural or ("", "")


def _previous(message: Message) -> list[str]:
    mark = "#~| " if message.obsolete else "#| "
    if message.previous_msgid is None:
        return []  # A context alone, which an editor may leave, is no entry for gettext.
    lines: list[str] = []
    if message.previous_msgctxt is not None:
        lines += string_lines("msgctxt", message.previous_msgctxt)
    lines += string_lines("msgid", message.previous_msgid)
    return _marked(mark, lines)


def _marked(mark: str, lines: Iterable[str]) -> list[str]:
    return [mark + line for line in lines]


def _strings(message: Message) -> list[str]:
    lines = [] if message.msgctxt is None else string_lines("msgctxt", message.msgctxt)
    lines += string_lines("msgid", message.msgid)
    if message.msgid_plural is None:
        return lines + string_lines("msgstr", message.msgstr)
    lines += string_lines("msgid_plural", message.msgid_plural)
    for index, text in enumerate(_plurals(message)):
        lines += string_lines(f"msgstr[{index}]", text)
    return lines
