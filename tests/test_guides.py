"""Guides are found, named and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import write

from outreach.guides import (
    MAX_FRONT_MATTER,
    document_id,
    edition,
    find_guides,
    front_matter_line,
    front_matter_text,
    guide_name,
    guide_problems,
    kept_to,
    parse_guide,
    promised_pages,
    read_guide,
)
from outreach.model import Guide, Location, OutreachError


def parsed(text: str) -> Guide:
    return parse_guide(text, "g", "g.md")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.md", "a"),
        ("sub/a.md", "sub/a"),
        ("a.b.md", "a.b"),
        ("index.md", "index-guide"),
        ("Links.md", "Links-guide"),
        ("interface.md", "interface-guide"),
        ("sub/index.md", "sub/index"),
    ],
)
def test_names(path: str, name: str) -> None:
    assert guide_name(path) == name


def test_guides_are_found_below_the_folder_without_hidden_ones(tmp_path: Path) -> None:
    names = ("b.md", "a.md", "sub/deep/c.md", ".d.md", ".hidden/e.md", "f.txt", "g.MD.bak")
    write(tmp_path, dict.fromkeys(names, "x"))
    (tmp_path / "folder.md").mkdir()
    found = find_guides(tmp_path, "content/en")
    assert [name for name, _ in found] == ["a", "b", "sub/deep/c"]
    assert [path.relative_to(tmp_path).as_posix() for _, path in found] == [
        *("a.md", "b.md", "sub/deep/c.md")
    ]


def test_two_guides_of_one_name(tmp_path: Path) -> None:
    assert find_guides(tmp_path / "missing", "content/en") == ()
    write(tmp_path, {"index.md": "x", "index-guide.md": "y"})
    with pytest.raises(OutreachError) as twice:
        find_guides(tmp_path, "content/en")
    assert "gives a guide called `index-guide`, and so does" in str(twice.value)


def test_a_guide_from_a_file(tmp_path: Path) -> None:
    file = write(tmp_path, {"a.md": b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nOne\rtwo\r\n"}) / "a.md"
    guide = read_guide(file, "a", "content/en/a.md")
    assert (guide.name, guide.path, guide.text) == ("a", "content/en/a.md", "One\ntwo\n")
    assert guide.first_line == 4
    file.write_bytes(b"a\n\n\xff\n")
    with pytest.raises(OutreachError) as error:
        read_guide(file, "a", "content/en/a.md")
    assert str(error.value).startswith("content/en/a.md:3: error: is not UTF-8 text")


@pytest.mark.parametrize(
    ("text", "rest", "first_line", "title"),
    [
        ("---\ntitle: T\n---\nOne\n", "One\n", 4, "T"),
        ("---  \ntitle: T\n...\nOne\n", "One\n", 4, "T"),
        ("---\ntitle: T\n---", "", 3, "T"),
        ("---\ntitle:\n  a\n  b\n---\n", "", 6, "a b"),
        ("---\ntitle: |\n  a\n\n  b\n---\n", "", 7, "a b"),
        ("---\nother: T\n---\n", "", 4, ""),
        # Scalars are texts as they were written.
        ("---\ntitle: No\n---\n", "", 4, "No"),
        ("---\ntitle: 010\n---\n", "", 4, "010"),
        ("---\ntitle: 2024-02-30\n---\n", "", 4, "2024-02-30"),
        ("---\ntitle: ~\n---\n", "", 4, "~"),
        ("---\ntitle: [a, b]\n---\n", "", 4, ""),
        ("---\ntitle: {a: b}\n---\n", "", 4, ""),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\n", "", 4, ""),
        ('---\ntitle: !!int ""\n---\n', "", 4, ""),
        ("---\ntitle: " + "9" * 5000 + "\n---\n", "", 4, "9" * 5000),
    ],
)
def test_front_matter(text: str, rest: str, first_line: int, title: str) -> None:
    guide = parsed(text)
    assert (guide.text, guide.first_line) == (rest, first_line)
    assert front_matter_text(guide, "title") == title
    assert list(guide_problems(guide, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One\n",
        "---\n",
        "---\nOne\n---\n",
        "---\n\nOne\n",
        "---\n- a\n---\n",
        "---\n---\n",
        "\n---\ntitle: T\n---\n",
        "--- x\ntitle: T\n---\n",
        "----\ntitle: T\n----\n",
        " ---\ntitle: T\n---\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    guide = parsed(text)
    assert (guide.text, guide.first_line, guide.front_matter) == (text, 1, {})
    assert list(guide_problems(guide, text)) == []


@pytest.mark.parametrize(
    "yaml",
    [
        "title: a: b",
        "title: *x",
        'title: "a',
        "title: \tx\n y: z",
        "title: &a [*a]\nb: [",
        "title: " + "[" * 4000,
        "title: x\n" + "# " + "x" * MAX_FRONT_MATTER,
    ],
)
def test_front_matter_that_cannot_be_read_is_text_with_a_warning(yaml: str) -> None:
    text = f"---\n{yaml}\n---\nOne\n"
    guide = parsed(text)
    assert guide.text == text
    (problem,) = guide_problems(guide, text)
    assert (str(problem.location), problem.severity, problem.rule) == (
        *("g.md:1", "warning", "front-matter"),
    )


def test_the_line_of_a_key() -> None:
    guide = parsed("---\nauthor: A\ntitle: >\n  summary: no\nsummary: S\n---\n")
    assert [front_matter_line(guide, key) for key in ("author", "title", "summary", "none")] == [
        *(2, 3, 5, 1)
    ]


@given(st.text("ab:[]{}!&*-?|>'\"#%@,\n \t~", max_size=60), st.text(max_size=20))
def test_nothing_in_a_file_is_a_crash(yaml: str, rest: str) -> None:
    text = f"---\n{yaml}\n---\n{rest}"
    guide = parsed(text)
    assert text.endswith(guide.text)
    assert text.count("\n") - guide.text.count("\n") == guide.first_line - 1
    for key in guide.front_matter:
        assert "\n" not in front_matter_text(guide, key)


def front(yaml: str) -> tuple[Guide, list[str]]:
    """A guide with this front matter, and what is wrong with it."""
    text = f"---\ntitle: T\n{yaml}\n---\nOne\n"
    guide = parsed(text)
    problems = list(guide_problems(guide, text))
    assert {problem.rule for problem in problems} <= {"front-matter"}
    assert {problem.location for problem in problems} <= {Location("g.md", 3)}
    return guide, [f"{problem.severity}: {problem.text}" for problem in problems]


def test_promises_of_a_guide() -> None:
    yaml = "pages: 2\nlanguages: [en, zh_CN, es]\nid: HE-G1\nedition: 2026-11-21"
    guide, problems = front(yaml)
    assert problems == []
    assert promised_pages(guide) == 2
    assert kept_to(guide) == frozenset(("en", "zh-Hans", "es"))
    assert document_id(guide) == "HE-G1"
    assert edition(guide) == "2026-11-21"


def test_a_guide_that_promises_nothing() -> None:
    guide = parse_guide("One\n", "sub/a", "a.md")
    assert promised_pages(guide) is None
    assert kept_to(guide) is None
    assert (document_id(guide), edition(guide)) == ("sub/a", "")


@pytest.mark.parametrize(
    "value",
    ["", "0", "-1", "1.0", "two", "1 2", "٣", "[1]", "{a: 1}", "~", "true", "9" * 5000, '"1e3"'],
)
def test_a_wrong_number_of_pages(value: str) -> None:
    guide, problems = front(f"pages: {value}")
    assert promised_pages(guide) is None
    (problem,) = problems
    assert problem.startswith("error: `pages` should be a whole number of pages from 1 on")


@pytest.mark.parametrize("value", ["", "es", "es, en", "[]", "{en: es}", "~"])
def test_languages_that_are_no_list(value: str) -> None:
    guide, problems = front(f"languages: {value}")
    assert kept_to(guide) is None
    (problem,) = problems
    assert problem.startswith("error: `languages` should be a list of language tags, such as")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("[en, xx]", 'error: `languages`: no language is known as "xx"'),
        ("[spanish]", "did you mean es (Spanish"),
        ("[zh]", "write zh-Hans (Simplified Chinese) or zh-Hant"),
        ("[[es]]", "error: `languages`: "),
        ('[""]', "error: `languages`: "),
    ],
)
def test_languages_that_are_none(value: str, said: str) -> None:
    guide, problems = front(f"languages: {value}")
    assert kept_to(guide) == frozenset(["en"] if "en," in value else [])
    (problem,) = problems
    assert said in problem


@pytest.mark.parametrize("value", ["", "HE G1", "ä", "a/b", "[a]", '"<b>"'])
def test_a_wrong_id_is_told_and_the_name_stands_for_it(value: str) -> None:
    guide, problems = front(f"id: {value}")
    assert document_id(guide) == "g"
    (problem,) = problems
    assert problem.startswith("warning: `id` should be letters from a to z, digits")


@pytest.mark.parametrize(
    "value", ["", "2nd", "2026-02-30", "20261121", "2026-W01-1", "[2026-11-21]"]
)
def test_a_wrong_edition_is_told(value: str) -> None:
    guide, problems = front(f"edition: {value}")
    assert edition(guide) == ""
    (problem,) = problems
    assert problem.startswith("warning: `edition` should be a day written as year, month and day")


def test_norwegian_is_no_truth_value() -> None:
    guide, problems = front("languages: [No, en]")
    assert (kept_to(guide), problems) == (frozenset(("no", "en")), [])


def test_other_keys_are_left_alone() -> None:
    assert front("layout: post\npage: x\nlanguage: [1]\nID: /")[1] == []
