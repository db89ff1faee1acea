"""What is said of a catalog as a whole, and in which line."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, catalog, po, run, write

from outreach.catalog.po import load_catalog, read_catalog
from outreach.checks import check_file, syntax_rule
from outreach.languages import find
from outreach.model import OutreachError

TYPE = "Content-Type: text/plain; charset=UTF-8"
RULE = "for es it is: nplurals=2; plural=(n != 1);"
PAGES = 'msgid "page"\nmsgid_plural "pages"\n'


def header(*fields: str) -> str:
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields) + "\n"


def found(text: str, tag: str = "es") -> list[str]:
    return [str(item) for item in check_file(read_catalog(text.encode(), "g.po"), find(tag))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (header("Language: es", TYPE), []),
        (header("Language: es_MX", TYPE), []),
        (
            'msgid "a"\nmsgstr "b"\n',
            ["g.po: warning: the header is missing; `outreach update` writes it [header]"],
        ),
        (
            header(TYPE),
            [
                (
                    "g.po:1: warning: the header does not name the language; "
                    "write `Language: es` there [header]"
                )
            ],
        ),
        (
            "# a comment\n\n" + header(TYPE, "language: fr"),
            [
                (
                    "g.po:6: warning: the header says that the language is fr, "
                    "but the file lies where "
                    "es (Spanish) belongs; move the file or mend the header [header]"
                )
            ],
        ),
        (
            header("Language: es", "Content-Type: text/plain"),
            [
                (
                    "g.po:4: warning: the header does not say how the file is encoded; write "
                    "`Content-Type: text/plain; charset=UTF-8` there [charset]"
                )
            ],
        ),
        (
            header("Language: es", TYPE, "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;"),
            [f"g.po:5: warning: Plural-Forms in the header is no rule; {RULE} [plural-forms]"],
        ),
        (
            header("Language: es", TYPE) + PAGES + 'msgstr[0] "hoja"\nmsgstr[1] "hojas"\n',
            [
                (
                    "g.po:1: warning: the header has no Plural-Forms, "
                    "but messages have plural forms; "
                    f"{RULE} [plural-forms]"
                )
            ],
        ),
        (
            header("Language: es", TYPE, "Plural-Forms: nplurals=1; plural=0;")
            + PAGES
            + 'msgstr[0] "hoja"\n',
            [
                (
                    "g.po:5: warning: Plural-Forms in the header is not the rule of this language; "
                    f"{RULE} [plural-forms]"
                )
            ],
        ),
        (
            header("Language: es", TYPE, "Plural-Forms: nplurals=2; plural=n!=1;")
            + PAGES
            + 'msgstr[0] "hoja"\n',
            [
                (
                    "g.po:7: error: “page” → “hoja”: the header says that "
                    "there are 2 plural forms, "
                    "but this message has 1; write msgstr[0] to msgstr[1] [plural-forms]"
                )
            ],
        ),
        (
            header("Language: es", TYPE, "Plural-Forms: nplurals=2; plural=n!=1;")
            + PAGES
            + 'msgstr[0] "hoja"\nmsgstr[1] ""\n',
            [
                (
                    "g.po:7: warning: “page” → “hoja”: msgstr[1] is empty, "
                    "but other forms are not; "
                    "fill it in [plural-forms]"
                )
            ],
        ),
    ],
)
def test_headers_and_plural_forms(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("es", "nplurals=2; plural=n > 1"),  # what 0 has differs by custom
        ("es", "nplurals=2; plural=(n == 1) ? 1 : 0"),  # in another order
        (
            "ru",
            (
                "nplurals=4; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
                "n%100>14) ? 1 : 2"
            ),
        ),
        (
            "ar",
            (
                "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
                "n%100>=11 ? 4 : 5"
            ),
        ),
    ],
)
def test_rules_that_tell_the_same_numbers_apart_are_right(tag: str, rule: str) -> None:
    count = int(rule[9])
    forms = "".join(f'msgstr[{number}] "x"\n' for number in range(count))
    text = header(f"Language: {tag}", TYPE, f"Plural-Forms: {rule}") + PAGES + forms
    assert found(text, tag) == []


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=n%0",
        "nplurals=2; plural=n",
        "nplurals=2; plural=n ? 1",
        "nplurals=2; plural=" + "(" * 400 + "n",
        "nplurals=2; plural=" + "!" * 600 + "n",
        "nplurals=2; plural=__import__('os')",
        "nplurals=0; plural=0",
        "nplurals=12; plural=0",
        "one or many",
    ],
)
def test_a_plural_rule_that_does_not_work_is_told(rule: str) -> None:
    (line,) = found(header("Language: es", TYPE, f"Plural-Forms: {rule}"))
    assert "Plural-Forms in the header is no rule" in line


@pytest.mark.parametrize("mark", ["#, fuzzy\n", "#~ "])
def test_plural_forms_that_nobody_sees_are_not_checked(mark: str) -> None:
    message = PAGES + 'msgstr[0] "hoja"\n'
    lines = [f"#~ {line}\n" for line in message.splitlines()]
    hidden = "".join(lines) if mark == "#~ " else mark + message
    assert found(header("Language: es", TYPE) + hidden) == []


def test_a_comment_silences_the_plural_forms_of_its_message() -> None:
    rule = "Plural-Forms: nplurals=2; plural=n!=1;"
    message = "# outreach: ignore plural-forms\n" + PAGES + 'msgstr[0] "hoja"\n'
    assert found(header("Language: es", TYPE, rule) + message) == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'msgid "a"\nmsgstr "b\n', "syntax"),
        (b'msgid "a"\nmsgstr "b"\n<<<<<<< x\n', "conflict"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "duplicate"),
        (b'msgid "a"\nmsgstr "\xff"\n', "charset"),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=klingon\\n"\n', "charset"),
        (b"\xff\xfe\x00", "charset"),
        (b"", "syntax"),
    ],
)
def test_why_a_file_cannot_be_read_has_a_rule(data: bytes, rule: str, tmp_path: Path) -> None:
    file = tmp_path / "g.po"
    file.write_bytes(data)
    with pytest.raises(OutreachError) as caught:
        load_catalog(file, "g.po")
    assert syntax_rule(caught.value.problem) == rule
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): data})
    outcome = run(tmp_path, "check", "es", "--rule", rule)
    assert outcome.code == 1
    assert outcome.err.endswith(f"[{rule}]\n")


def test_problems_come_in_the_order_of_the_catalog_errors_first(tmp_path: Path) -> None:
    messages = dict.fromkeys(SPANISH, "")
    messages |= {"Wash them often.": "<b>Lave</b> [x](tel:1)", "After work": "![x](/y)"}
    text = po(messages, "Language: fr")
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): text})
    lines = run(tmp_path, "check").err.splitlines()
    assert [(line.split(":")[1], line.rpartition("[")[2]) for line in lines] == [
        ("3", "header]"),
        ("9", "link-added]"),
        ("9", "raw-html]"),
        ("15", "image]"),
    ]


def test_the_project_s_own_interface_is_checked(tmp_path: Path) -> None:
    msgid = "Published by %(publisher)s."
    write(
        tmp_path,
        {
            "content/en/a.md": GUIDE,
            catalog("a"): po({}),
            catalog("interface"): po({msgid: "Publicado por %(editor)s."}),
        },
    )
    outcome = run(tmp_path, "check", "--rule", "placeholder")
    assert outcome.code == 1
    assert outcome.err == (
        f"{catalog('interface')}:6: error: “{msgid}” → “Publicado por %(editor)s.”: "
        "%(publisher)s of the source is missing; put it where the program should fill it in "
        "[placeholder]\n"
    )
    assert run(tmp_path, "build", "--format", "html").code == 1
    assert (tmp_path / "build" / "en" / "a.html").is_file(), "the pages are made all the same"
