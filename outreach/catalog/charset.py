"""In which charset a catalog is: what it says, and what it is."""

from __future__ import annotations

import codecs
import re

from outreach.model import Location, OutreachError, Problem

UTF_8 = "utf-8"

_BOMS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(
    rb"(?:\A|^[ \t\r]*\n|^#(?!~).*\n)"
    rb'[ \t]*msgid[ \t]*""[ \t\r]*\n[ \t]*msgstr[ \t]*((?:"[^\n]*"\s*)+)',
    re.MULTILINE,
)
_CHARSET = re.compile(r"^(Content-Type:.*?charset=)([^\s;\\\"]+)", re.IGNORECASE | re.MULTILINE)


def encoding_of(data: bytes, path: str) -> tuple[str, bytes]:
    """Return Python's name of a catalog's encoding, and the byte order mark it begins with.

    Raises OutreachError for a charset that is not known.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return charset, bom
    header = _HEADER.search(data)
    declared = _declared(header[1].decode("latin-1")) if header else ""
    if not header or not declared or declared == "CHARSET":
        return UTF_8, b""
    try:
        charset = codecs.lookup(declared).name
        return (UTF_8 if _is_utf_8(data, charset) else charset), b""
    except (LookupError, ValueError):
        end = data.find(declared.encode("latin-1"), header.start(1))
        line = data.count(b"\n", 0, max(end, header.start(1))) + 1
        raise OutreachError(
            Problem(
                Location(path, line),
                f"the charset ‘{declared}’ is not known; save the file as UTF-8"
                " and write charset=UTF-8 in its header",
            )
        ) from None


def _is_utf_8(data: bytes, charset: str) -> bool:
    """Whether data that are said to be in a charset of single bytes are certainly in UTF-8.

    Programs change a file to UTF-8 and leave its header. Read as the header says, each letter
    beyond ASCII would become two wrong ones; and no text in such a charset is UTF-8 by chance.
    """
    if data.isascii():
        return False
    try:
        data.decode(UTF_8)
        return len("é".encode().decode(charset, "replace")) == 2
    except (LookupError, UnicodeError):
        return False


def _declared(quoted: str) -> str:
    """Return the charset in the quoted lines of a header; a value may go on in the next line."""
    text = re.sub(r'"[ \t\v\f\r]*\n\s*"', "", quoted).replace("\\n", "\n").replace('"', "")
    match = _CHARSET.search(text)
    return match[2] if match else ""


def decode(data: bytes, charset: str, path: str) -> str:
    """Return the text of a catalog. Raises OutreachError with the line that does not fit."""
    try:
        text = data.decode(charset)
        text.encode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = (
            f"bytes that are no {charset.upper()} text; save the file in the encoding that"
            " its header names, best UTF-8"
        )
    except (LookupError, UnicodeError):
        line = 0
        problem = (
            f"the charset {charset.upper()} is not one for catalogs; save the file as UTF-8"
            " and write charset=UTF-8 in its header"
        )
    else:
        return text
    raise OutreachError(Problem(Location(path, line), problem))


def in_utf_8(header: str) -> str:
    """Return the text of a header with UTF-8 as its charset, if it names one."""
    return _CHARSET.sub(_with_utf_8, header)


def declared_charset(header: str) -> str:
    """Return Python's name of the charset that a header's text names; empty where it is none."""
    found = _CHARSET.search(header)
    try:
        return codecs.lookup(found[2]).name if found else ""
    except (LookupError, ValueError):
        return ""


def _with_utf_8(content_type: re.Match[str]) -> str:
    declared = content_type[2].lower()
    return content_type[0] if declared in ("utf-8", "utf8") else content_type[1] + "UTF-8"
