"""What is fuzzed: functions that are given any bytes, and fail where a law is broken.

`tests/test_fuzz.py` calls them with what Hypothesis composes, `tests/fuzz/run.py` with what a
fuzzer finds. What a person should mend is a problem or an OutreachError; anything else that leaves
a target is a mistake of ours, and so is what takes longer than `SECONDS`.
"""

from __future__ import annotations

import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from check_tools import said
from markup_tools import look, plain, rendered, same
from projects import GUIDE, SPANISH, Outcome, catalog, files, po, run, write

from outreach.catalog.format import format_message
from outreach.catalog.merge import merge
from outreach.catalog.po import Catalog, format_catalog_bytes, read_catalog
from outreach.catalog.three_way import merge_three
from outreach.checks.file import check_file
from outreach.config import Config, load_config
from outreach.files import decode_text
from outreach.guides import document_id, edition, guide_problems, is_critical, kept_to, parse_guide
from outreach.languages import find
from outreach.ledger import read_ledger
from outreach.markup.extract import extract
from outreach.markup.prose import read_prose
from outreach.model import Message, OutreachError
from outreach.review.editions import kept_pairs, pairs_path
from outreach.review.record import read_record, record_text

SECONDS = 60
A, ES = "content/en/a.md", catalog("a")
CATALOG = po(SPANISH, fuzzy="After work") + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n'
TEMPLATE = tuple(Message(msgid) for msgid in ("Clean hands", "Wash them often!", "After meals"))
KINDS = (("paragraph",), ("heading",), ("preformatted text",), ("text in raw HTML",), ())


@contextmanager
def in_time(seconds: int = SECONDS) -> Iterator[None]:
    """Fail where what is done inside takes longer, on systems that can interrupt it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"took longer than {seconds} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def markdown(data: bytes) -> None:
    """Any guide: refused in words, or rendered, and the same where each text stands for itself."""
    with suppress(OutreachError):
        text = decode_text(data, "g.md")
        guide = parse_guide(text, "g", "g.md")
        list(guide_problems(guide, text))
        read_prose(guide)
        extract(guide, raw_html=True, addresses=True)
        if not any(item.severity == "error" for item in extract(guide).problems):
            page = "".join(block.html for block in rendered(text).blocks)
            assert not look(page).unbalanced
            filled = "".join(block.html for block in rendered(text, same).blocks)
            assert plain(filled) == plain(page)


def front_matter(data: bytes) -> None:
    """Any block between `---` lines: each value is read, or told of, or counts as text."""
    with suppress(OutreachError):
        text = decode_text(b"---\n" + data + b"\n---\n\n# A\n", "g.md")
        guide = parse_guide(text, "g", "g.md")
        for problem in guide_problems(guide, text):
            assert str(problem).isprintable()
        document_id(guide), edition(guide), is_critical(guide), kept_to(guide)
        extract(guide)


def po_bytes(data: bytes) -> None:
    """Any catalog: refused with its line, or kept byte for byte; an update loses no translation."""
    with suppress(OutreachError):
        read = read_catalog(data, "g.po")
        assert format_catalog_bytes(read) == data
        list(check_file(read, find("es")))
        merged = merge(read, TEMPLATE)
        again = read_catalog(format_catalog_bytes(merged), "g.po")
        assert translations(read) <= translations(again)
        assert format_catalog_bytes(merge(again, TEMPLATE)) == format_catalog_bytes(again)


def translations(read: Catalog) -> set[str]:
    """Every text that somebody wrote in a catalog."""
    return {
        text
        for message in read.messages
        for text in (message.msgstr, *message.msgstr_plural)
        if text.strip()
    }


def three_versions(data: bytes) -> None:
    """Any three catalogs, with lines `---` between them: what is merged can be read again."""
    parts = [*data.split(b"\n---\n"), b"", b""][:3]
    with suppress(OutreachError):
        base, ours, theirs = (read_catalog(part, "g.po") for part in parts)
        merged = merge_three(base, ours, theirs)
        if not merged.conflicts:
            read_catalog(merged.data, "g.po")


def plural_forms(data: bytes) -> None:
    """Any value of a header's field."""
    value = data.decode("latin-1")
    header = Message("", f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {value}\n")
    forms = Message("a", msgid_plural="b", msgstr_plural=("c", "d"))
    text = "\n".join(format_message(item) for item in (header, forms))
    with suppress(OutreachError):
        for problem in check_file(read_catalog(text.encode(), "g.po"), find("es")):
            assert str(problem).isprintable()


def message(data: bytes) -> None:
    """Any text and its translation, with a NUL between them, in each place where texts stand."""
    msgid, _, msgstr = data.decode("utf-8", "replace").partition("\0")
    for kinds in KINDS:
        for tag in ("es", "ar", "zh-Hans"):
            for line in said(msgid, msgstr.replace("\0", ""), tag, kinds=kinds):
                assert line.startswith(("error ", "warning "))


def toml(data: bytes) -> None:
    """Any configuration, list of addresses, and record of a review."""
    with tempfile.TemporaryDirectory() as folder:
        names = ("outreach.toml", "locale/addresses.toml")
        root = write(Path(folder), dict.fromkeys(names, data))
        with suppress(OutreachError):
            load_config(root)
        with suppress(OutreachError):
            read_ledger(Config(root))
    with suppress(OutreachError):
        record = read_record(data, "r.toml")
        assert read_record(record_text(record).encode(), "r.toml") == record


def pairs(data: bytes) -> None:
    """Any file with the pairs that were signed."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {pairs_path("reviews", "a"): data})
        for pair in kept_pairs(Config(root), "a", "reviews"):
            assert [type(text) for text in pair] == [str] * 4


def commands(data: bytes) -> None:
    """A guide and its catalog, with a line `===` between them, from the command line."""
    guide, _, translated = data.partition(b"\n===\n")
    project({A: guide, ES: translated or CATALOG.encode()})


def project(changes: Mapping[str, str | bytes]) -> None:
    """A project with some files: it is checked, updated and built.

    What `check` lets pass can be built, an update writes nothing the second time and loses no
    translation, and what is refused stays as it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {A: GUIDE, "outreach.toml": "threshold = 0\n", **changes})
        before = files(root)
        checked = told(run(root, "check"))
        assert files(root) == before
        told_update = told(run(root, "update"))
        after = files(root)
        assert told_update.code == 0 or before.items() <= after.items() or checked.code
        assert lost(before, after) == Counter()
        told(run(root, "update"))
        assert files(root) == after
        built = told(run(root, "build", "--format", "html"))
        assert built.code == 0 or checked.code != 0


def told(outcome: Outcome) -> Outcome:
    """The outcome of a command, which ended as one should: in words, and by an exit code."""
    assert outcome.code in (0, 1, 2)
    assert outcome.code == 0 or "rror: " in outcome.err
    assert "Traceback" not in outcome.err
    return outcome


def lost(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Counter[str]:
    """The translations of catalogs that are in none of them afterwards."""
    there: list[set[str]] = []
    for state in (before, after):
        found: set[str] = set()
        for path, data in state.items():
            with suppress(OutreachError):
                if path.endswith(".po"):
                    found |= translations(read_catalog(data, path))
        there.append(found)
    return Counter(there[0] - there[1])


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "markdown": markdown,
    "front-matter": front_matter,
    "po": po_bytes,
    "three-way": three_versions,
    "plural-forms": plural_forms,
    "message": message,
    "toml": toml,
    "pairs": pairs,
    "commands": commands,
}
