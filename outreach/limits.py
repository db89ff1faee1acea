"""How large a text may be.

No guide or catalog that people write comes near. Together the limits keep every command within
about 20 seconds and a gigabyte, whatever a file of a megabyte holds.
"""

from __future__ import annotations

from outreach.model import Location, OutreachError, Problem

KB, MB = 1024, 1024 * 1024

MOST_TEXT = 64 * KB
"""Bytes of one text: ten thousand words. The time to parse some texts grows with their square."""
MOST_FILE = MB
"""Bytes of a guide, a configuration, a record or a list: a book of 400 pages."""
MOST_CATALOG = 16 * MB
"""Bytes of a catalog, or of the pairs of a signed edition: a hundred times the largest of ours."""
MOST_LINES = 25_000
"""Lines of a guide: 500 pages."""
MOST_CELLS = 25_000
"""Strokes (`|`) in a guide: each can begin a cell of a table, which costs as much as a line."""
MOST_BRACKETS = 100_000
"""Opening brackets in a guide: each may begin a link, and is looked at about twenty times."""


def is_over(text: str, most: int = MOST_TEXT) -> bool:
    """Whether a text has more bytes in UTF-8."""
    return len(text) > most or (len(text) > most // 4 and size_of(text) > most)


def over_words(text: str) -> str:
    """What is wrong with a text that is over, in words that follow on its name."""
    return f"is {shown_size(size_of(text))} long, and at most {shown_size(MOST_TEXT)} are read"


def size_of(text: str) -> int:
    """The bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def shown_size(size: int) -> str:
    """A number of bytes in words, rounded up, such as `64 kB` or `1.5 MB`."""
    unit, name = (MB, "MB") if size >= MB else (KB, "kB")
    tenths = -(-size * 10 // unit)
    return f"{tenths // 10} {name}" if tenths % 10 == 0 else f"{tenths / 10} {name}"


def refuse_file(size: int, most: int, shown: str) -> None:
    """Raise OutreachError where a file of a size in bytes is too large to be read."""
    if size > most:
        text = f"is too large: {shown_size(size)}, and at most {shown_size(most)} are read"
        raise OutreachError(Problem(Location(shown), f"{text}; split it up", rule="size"))


def refuse_guide(text: str, shown: str) -> None:
    """Raise OutreachError, with the line, where a guide is too large to be parsed."""
    refuse_file(size_of(text), MOST_FILE, shown)
    _refuse_number(text, "\n", MOST_LINES, "lines", shown)
    _refuse_number(text, "|", MOST_CELLS, "strokes (`|`), which part the cells of tables", shown)
    _refuse_number(text, "[", MOST_BRACKETS, "opening brackets", shown)


def _refuse_number(text: str, sign: str, most: int, what: str, shown: str) -> None:
    number = text.count(sign)
    if number > most:
        rest = text.split(sign, most)[-1]
        line = text.count("\n", 0, len(text) - len(rest)) + 1
        wrong = f"the guide has {number:,} {what}, and at most {most:,} are read"
        wrong = f"{wrong}; split it into several guides"
        raise OutreachError(Problem(Location(shown, line), wrong, rule="size"))
