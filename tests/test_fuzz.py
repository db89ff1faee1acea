"""The laws of `fuzz_targets`, for inputs that Hypothesis composes.

With `FUZZ=20` in the environment, 20 times as many are tried.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from fuzz_targets import (
    CATALOG,
    ES,
    TARGETS,
    A,
    front_matter,
    in_time,
    markdown,
    message,
    pairs,
    plural_forms,
    po_bytes,
    project,
    three_versions,
    toml,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markup_tools import html, msgids

TIMES = int(os.environ.get("FUZZ", "1"))
SEEDS = Path(__file__).parent / "fuzz" / "seeds"
WORD = "@"
"""Stands for a word that is nowhere else in a guide."""

MARKS = (
    "*{}*",
    "**{}**",
    "@ ~~{}~~",
    "[{}](https://a.example/)",
    "_{}_",
    "{}\\\n{}",
    "{} &amp; {}",
)
LEAVES = ("@", "@ @", "`@`", "![@](https://a.example/x.png)", "\\*@", "@[^1]", "[@]", "5 @, 7%")
INLINE = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        lambda mark, text: mark.replace("{}", text), st.sampled_from(MARKS), inner
    ),
    max_leaves=4,
)


def composed(text: str) -> str:
    """A guide with a word of its own in each place."""
    numbers = count()
    named = re.sub(WORD, lambda _match: f"word{next(numbers)}x", text)
    return f"# Begin\n\nSay this.[^1]\n\n{named}\n\n[^1]: Foot.\n"


def indented(first: str, others: str, text: str) -> str:
    return first + text.replace("\n", f"\n{others}")


def container(name: str, text: str) -> str:
    colons = ":" * (3 + max(map(len, re.findall(":{3,}", text)), default=0))
    return f"{colons} {name}\n{text}\n{colons}"


def table(cells: Sequence[str]) -> str:
    row = " | ".join(cell.replace("\\\n", " ") for cell in cells)
    return f"| {row} |\n|{'---|' * len(cells)}\n| {row} |"


def nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks in one another."""
    several = st.lists(blocks, min_size=1, max_size=3).map("\n\n".join)
    names = st.sampled_from(("note @", "card @", "module m", "steps", "example", "warning"))
    return st.one_of(
        several,
        several.map(lambda text: indented("> ", "> ", text)),
        several.map(lambda text: indented("- ", "  ", text)),
        several.map(lambda text: indented("12. ", "    ", text)),
        several.map(lambda text: indented("@\n: ", "  ", text)),
        several.map(lambda text: indented("> [!NOTE]\n> ", "> ", text)),
        st.builds(container, names, several),
    )


SINGLE = st.one_of(
    INLINE,
    INLINE,
    INLINE.map(lambda text: "## " + text.replace("\\\n", " ")),
    st.lists(INLINE, min_size=1, max_size=4).map(table),
    st.sampled_from(
        ("```\n@ @\n```", "~~~text translate\n@\n~~~", "    @", "---", "<!-- note: a -->")
    ),
)
BLOCKS = st.recursive(SINGLE, nested, max_leaves=12)
PIECES = (
    *(
        "# ",
        "\n\n",
        "\n",
        "- ",
        "> ",
        "[a",
        "](",
        "][",
        "]: ",
        "![",
        "[^1]",
        "^[",
        "*",
        "`",
        "```\n",
    ),
    *(
        "|",
        "|--|\n",
        ":::",
        "::: note\n",
        "---\n",
        "a: b\n",
        "<",
        "<!-- note: ",
        "-->",
        "&",
        "&#0;",
    ),
    *(
        "\t",
        "    ",
        "\\",
        "\x00",
        "\u2028",
        "é",
        "健",
        "\r",
        "1. ",
        ": ",
        "~~",
        "<b>",
        "word",
        "5 mg",
    ),
    *(
        "$5.00",
        "555-1234",
        "a@b.example",
        "%(a)s",
        "{{",
        "\u202e",
        "\u0301",
        "(",
        '"',
        "»",
        "9 a.m.",
    ),
)
MARKUP = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from((1, 1, 1, 2, 40))), max_size=25
)
MARKUP_TEXT = MARKUP.map(lambda items: "".join(piece * times for piece, times in items))


def law(examples: int) -> settings:
    """How long a law is tried; the machine that tests may be slow."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples * TIMES, deadline=None, suppress_health_check=slow)


@law(120)
@given(BLOCKS.map(composed))
def test_every_word_of_a_guide_is_on_its_page_or_in_its_template(text: str) -> None:
    with in_time():
        there = html(text) + "\n".join(msgids(text))
        assert [word for word in re.findall(r"word\d+x", text) if word not in there] == []


@law(60)
@given(st.one_of(BLOCKS.map(composed), MARKUP_TEXT))
def test_any_guide_is_refused_in_words_or_rendered(text: str) -> None:
    with in_time():
        markdown(text.encode())


SCALARS = st.sampled_from(
    (
        *("a", "''", "~", "No", "9999-99-99", "2026-11-21", ".nan", "-.inf", "0x" + "f" * 400),
        *("1e999", "9" * 5000, "!!python/object/apply:os.system [id]", "!!binary x", "*a", "&a b"),
        *('"\\0\\ud800"', "|\n  a\n", "<<", "? a", "[es, xq]", "[[[[]]]]", "!!timestamp 1", "²"),
    )
)
KEYS = ("title", "summary", "id", "edition", "pages", "critical", "languages", "ignore", "<<", "x")
ANCHORS = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(12))
LAUGHS = f"a0: &a0 [x]\n{ANCHORS}"


@law(120)
@given(
    st.lists(st.tuples(st.sampled_from(KEYS), SCALARS), max_size=8),
    st.sampled_from(("", LAUGHS, "a: &a [*a]\n", "? &a [*a]\n: b\n", "- ", "{" * 3000, "\t")),
)
def test_any_front_matter_is_read_or_counts_as_text(
    items: list[tuple[str, str]], begin: str
) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in items)
    with in_time():
        front_matter((begin + lines).encode())


@pytest.mark.parametrize("key", KEYS[:8])
def test_aliases_that_make_billions_of_values_count_as_text(key: str) -> None:
    project({A: f"---\n{LAUGHS}{key}: *a12\n---\n\n# A\n"})
    front_matter(f"{LAUGHS}{key}: *a12\n".encode())


def mutated(valid: str) -> st.SearchStrategy[bytes]:
    """A valid file with pieces taken out, put in and given again, and its lines in disorder."""
    data = valid.encode()
    places = st.integers(0, len(data))
    odd = st.one_of(
        st.binary(max_size=6),
        st.sampled_from([line.encode() for line in valid.splitlines(keepends=True)]),
        st.sampled_from(
            (b'"', b"\\", b"#~ ", b"#| ", b"#, ", b"msgid ", b"msgstr[0] ", b"\r\n", b"\0")
        ),
    )
    edits = st.lists(st.tuples(places, places, odd), min_size=1, max_size=4)
    return edits.map(lambda items: _edited(data, items))


def _edited(data: bytes, items: list[tuple[int, int, bytes]]) -> bytes:
    for start, end, piece in items:
        data = data[:start] + piece + data[end if start <= end <= start + 60 else start :]
    return data


HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\n'
    'msgid "a"\nmsgstr "\\303\\251é"\n'
)
CHARSETS = (
    *("utf-8", "latin-1", "utf-7", "utf-16", "utf-32", "idna", "punycode", "zip", "rot13", "hex"),
    *(
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "CHARSET",
        "x" * 5000,
        "gb18030",
    ),
    *("shift_jis", "iso2022_kr", "utf-8-sig", "palmos", "ascii", "big5", "koi8-r", "..", "\u0130"),
)


@law(150)
@given(st.one_of(mutated(CATALOG), st.sampled_from(CHARSETS).map(HEADER.format).map(str.encode)))
def test_any_catalog_is_refused_with_its_line_or_keeps_all_translations(data: bytes) -> None:
    with in_time():
        po_bytes(data)


@law(60)
@given(st.lists(mutated(CATALOG), min_size=3, max_size=3))
def test_any_three_catalogs_are_merged_or_refused(parts: list[bytes]) -> None:
    with in_time():
        three_versions(b"\n---\n".join(parts))


TERMS = st.recursive(
    st.sampled_from(("n", "0", "1", "9" * 30, "n%0", "-1")),
    lambda inner: st.builds(
        "{}{}{}".format,
        inner,
        st.sampled_from(
            ("+", "*", "%", "/", "==", "&&", "||", "?", ":", "**", "<<", "<", " ", "(")
        ),
        inner,
    ),
    max_leaves=60,
)


@law(80)
@given(
    st.one_of(
        TERMS.map("nplurals=2; plural=({});".format), st.text("nplurals=;() !?:&|%0123456789")
    )
)
def test_any_plural_forms_are_a_rule_or_none(value: str) -> None:
    with in_time():
        plural_forms(value.encode("latin-1"))


@law(50)
@given(MARKUP_TEXT, MARKUP_TEXT)
def test_any_translation_is_checked(msgid: str, msgstr: str) -> None:
    with in_time():
        message(f"{msgid.replace(chr(0), '')}\0{msgstr}".encode())


VALUES = st.recursive(
    st.sampled_from(
        (
            *('""', '"es"', "5", "-1", "9" * 5000, "0x" + "f" * 900, "nan", "1e999", "true", "[]"),
            *(
                "2027-01-31",
                "9999-12-31T23:59:60Z",
                "25:00:00",
                "{}",
                '"\\u0000"',
                "'a/../b'",
                "[[",
            ),
            *('"Reviewer One"', '{name = "Reviewer One"}', '{es = "2026-01-01"}', '"{lang}.po"'),
        )
    ),
    lambda inner: st.one_of(
        inner.map(lambda value: f"[{value}, {value}]"),
        inner.map(lambda value: f"{{a.b = {value}}}"),
    ),
    max_leaves=4,
)
NAMES = (
    *("source-language", "content", "locale", "build", "languages", "catalogs", "contact", "paper"),
    *("variants", "threshold", "raw-html", "ignore", "leave-out", "retired", "reviewers", "fonts"),
    *("language-fonts", "partner-logo", "plain-words", "guide", "language", "machine", "signed"),
    *(
        "translators",
        "withdrawn",
        "a.b.c",
        '"x y"',
        "[old]\ntitle",
        "[old]\nsince",
        "[[signed]]\na",
    ),
)
TOML = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6).map(
    lambda items: "".join(f"{name} = {value}\n" for name, value in dict(items).items())
)


@law(120)
@given(TOML)
def test_any_toml_is_refused_in_words_or_read(text: str) -> None:
    with in_time():
        toml(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a=" * 50_000,
        "a." * 50_000 + "a = 1",
        "[" + "a." * 50_000 + "a]",
        "threshold = " + "9" * 100_000,
        "threshold = 0x" + "f" * 100_000,
        "guide = 'a'\nlanguage = 'es'\nmachine = []",
    ],
    ids=["lists", "tables", "keys", "names", "digits", "hexadecimals", "a list for a table"],
)
def test_toml_beyond_measure_is_refused_in_words(text: str) -> None:
    with in_time():
        toml(text.encode())
        project({"outreach.toml": text})


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=8,
)
ODD_JSON = (
    "[" * 100_000,
    "[[" + "9" * 5000 + "]]",
    '[["\\ud800", "", "", ""]]',
    '{"a":1,"a":2}',
    "NaN",
)


@law(80)
@given(st.one_of(JSON.map(json.dumps), st.sampled_from(ODD_JSON)))
def test_any_pairs_are_read_or_none(text: str) -> None:
    with in_time():
        pairs(text.encode())


@law(12)
@given(BLOCKS.map(composed), mutated(CATALOG))
def test_what_is_checked_can_be_built_and_an_update_loses_nothing(text: str, data: bytes) -> None:
    with in_time():
        project({A: text, ES: data})


@pytest.mark.parametrize("name", TARGETS)
def test_a_fuzzer_starts_from_seeds_that_break_nothing(name: str) -> None:
    for file in sorted((SEEDS / name).glob("*")):
        TARGETS[name](file.read_bytes())
