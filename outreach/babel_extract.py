"""Guides for `pybabel extract`: the entry point `outreach` in the group `babel.extractors`.

A mapping file names it, `[outreach: content/en/**.md]`. It gives the messages of our own templates.
Babel itself then marks prose such as “50% off” as `python-format`; no extractor can keep it from
that (python-babel/babel#35), and `outreach update` writes templates without such flags.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

from outreach.catalog.collect import collect
from outreach.files import decode_text
from outreach.guides import parse_guide
from outreach.markup.extract import extract as extract_segments
from outreach.model import OutreachError

Extracted = tuple[int, None, str, list[str]]
"""Line, name of a function (guides call none), msgid, and comments for translators."""


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, object] | Collection[str],  # noqa: ARG001  guides have no functions
    comment_tags: Collection[str],  # noqa: ARG001  all comments of ours are for translators
    options: Mapping[str, object],  # noqa: ARG001  there is nothing to choose
) -> Iterator[Extracted]:
    """The messages of one guide, with the comments of a template's `#.` lines.

    What is wrong with the guide is for `outreach check` to say. Targets of links are left out.
    Raises ValueError when the file is not UTF-8.
    """
    name = str(getattr(fileobj, "name", "guide.md"))
    try:
        guide = parse_guide(decode_text(fileobj.read(), name), name, name)
    except OutreachError as error:
        raise ValueError(str(error)) from None
    for segment in extract_segments(guide, raw_html=True).segments:
        for message in () if segment.domain else collect([segment]):
            yield segment.location.line, None, message.msgid, list(message.extracted)
