"""What we write is what gettext writes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.catalog.format import format_catalog, format_message, header_message, template_text
from outreach.catalog.po import read_catalog
from outreach.model import Message

HEADER = header_message(
    [("Content-Type", "text/plain; charset=UTF-8"), ("Plural-Forms", "nplurals=2; plural=n>1;")],
    comments=["A catalog", "", "  with lines"],
)
MESSAGES = [
    Message("one"),
    Message("in\nthe middle", "en\nmedio"),
    Message("at the end\n", "al final\n"),
    Message("both\nof them\n", "los\ndos\n", flags=("fuzzy",), previous_msgid="a\nb"),
    Message("\n", "\n\n"),
    Message("\n\nblank", "\n"),
    Message('tab\t back\\slash "quote" \\n', '\\" \\\\ \t\t'),
    Message("中文，没有空格的一行文字", "標題"),
    Message("العربية", "نص عربي مع English ورقم ٣"),
    Message("emoji 👩‍⚕️ 😀 and soft­hyphen", "\u200b\u00a0\u3000"),
    Message("line\u2028and paragraph\u2029separators\u0085", "x"),
    Message("long " * 60, "largo " * 60),
    Message("same", "a", msgctxt="menu"),
    Message("same", "b", msgctxt="in\ntwo lines"),
    Message("same", "c"),
    Message(
        "all",
        "for-later",
        comments=("by a translator", "", " two spaces", "backslash\\ "),
        extracted=("list item, under ‘A’", "", "Note: n"),
        references=("a.md", "\u2068my guide.md\u2069", "b.md"),
        flags=("no-wrap", "fuzzy"),
        previous_msgid="al",
        previous_msgctxt="old",
    ),
    Message("page", msgid_plural="pages\n", msgstr_plural=("hoja", "dos\nhojas\n")),
    Message("box", msgid_plural="boxes", msgstr_plural=("", "")),
    Message("not fuzzy without a translation", flags=("fuzzy",)),
    Message("everywhere", references=tuple(f"content/en/guide-{n * n}.md" for n in range(40))),
    Message("far away", references=("é" * 70, "a/" * 40, "b/" * 38, "c", "d")),
    Message("gone", "ido", obsolete=True),
    Message(
        "gone\nwith all",
        "ido\n",
        msgctxt="x",
        comments=("kept", ""),
        flags=("fuzzy",),
        previous_msgid="go\nne",
        previous_msgctxt="y",
        obsolete=True,
    ),
    Message("goose", msgid_plural="geese", msgstr_plural=("a\nb", ""), obsolete=True),
]


def msgcat(text: str) -> str:
    result = subprocess.run(
        ["msgcat", "--no-wrap", "-"], input=text.encode(), check=True, capture_output=True
    )
    assert result.stderr == b""
    return result.stdout.decode()


def test_what_we_write_is_a_fixed_point_of_msgcat() -> None:
    text = format_catalog(HEADER, MESSAGES)
    assert msgcat(text) == text


def test_what_we_write_is_what_we_read() -> None:
    messages = read_catalog(format_catalog(HEADER, MESSAGES).encode(), "a.po").messages
    assert [(m.key, m.msgstr, m.msgstr_plural, m.comments, m.extracted) for m in messages] == [
        (m.key, m.msgstr, m.msgstr_plural, m.comments, m.extracted) for m in MESSAGES
    ]
    assert [m.previous_msgid for m in messages] == [m.previous_msgid for m in MESSAGES]


TEXT = st.text(
    st.one_of(
        st.sampled_from('\n\n\t\\"n# ~|%é中ع😀\u2028\u2068'),
        st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    max_size=30,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=20))
def test_any_texts_are_a_fixed_point_of_msgcat_and_are_read_as_written(
    texts: list[tuple[str, str]],
) -> None:
    messages = [
        Message(f"{number} {msgid}", msgstr, comments=(f"- {msgid}".strip(),))
        for number, (msgid, msgstr) in enumerate(texts)
    ]
    text = format_catalog(HEADER, messages)
    assert msgcat(text) == text
    read = read_catalog(text.encode(), "a.po").messages
    assert [(m.msgid, m.msgstr) for m in read] == [(m.msgid, m.msgstr) for m in messages]


def test_a_previous_context_without_its_text_is_not_written() -> None:
    message = Message("a", "á", flags=("fuzzy",), previous_msgctxt="old")
    assert "old" not in format_message(message)
    assert "old" in format_message(replace(message, previous_msgid="b"))


def test_comments_cannot_break_the_file() -> None:
    message = Message("a", "b", comments=("one\ntwo\rthree\\",), extracted=("x\r\ny",))
    assert format_message(message) == (
        '# one\n# two three\\ \n#. x \n#. y\nmsgid "a"\nmsgstr "b"\n'
    )


@pytest.mark.parametrize("option", ["--check", "--check-header"])
def test_a_template_passes_msgfmt_without_a_word(option: str) -> None:
    text = template_text(
        [Message("a"), Message("b\n")], "our guides", ["A template"], language="en"
    )
    result = subprocess.run(
        ["msgfmt", option, "-o", "-", "-"], input=text.encode(), check=True, capture_output=True
    )
    assert result.stderr == b""
    assert msgcat(text) == text


def test_formatting_needs_no_third_party_library() -> None:
    code = (
        "import sys, outreach.catalog.format, outreach.catalog.collect;"
        "sys.exit(bool({'polib', 'rapidfuzz', 'babel'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
