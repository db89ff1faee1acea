"""What is said of the links of a translation, in the words that translators read."""

from __future__ import annotations

import pytest
from check_tools import MARKUP, said

from outreach.checks.targets import check_links, link_findings
from outreach.model import Message

REFERENCES = {
    label: {"href": f"/{label.lower().replace(' ', '-')}", "title": ""}
    for label in ("THE RULES", "B", "C", "规则")
}
NONE = "a link does not work"
KEEP = "keep each [words](address) and [words][label] of the source"
AS_IS = "take the address of the source, unless you changed it on purpose"


def links(msgid: str, msgstr: str, tag: str = "es") -> list[str]:
    return said(msgid, msgstr, tag, rules=MARKUP, references=REFERENCES)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "why", "better"),
    [
        ("[a](/x)", "[a] (/x)", "there is a space between its `]` and what follows", "[a](/x)"),
        ("[a](/x)", "[a]\u200c(/x)", "there is a space between its `]` and what follows", ""),
        ("[w][b]", "[p] [b]", "there is a space between its `]` and what follows", "[p][b]"),
        ("[a](/x)", "【甲】（/x）", "its brackets are wide ones", "[甲](/x)"),
        ("[a](/x)", "[甲]（/x）", "its brackets are wide ones", "[甲](/x)"),
        ("[w][b]", "［甲］［b］", "its brackets are wide ones", "[甲][b]"),
        ("[b]", "［b］", "its brackets are wide ones", "[b]"),
        ("[a](/x)", "\\[a\\] (/x)", "a backslash stands before its brackets", "[a](/x)"),
        (
            "[a](http://a.example/b)",
            "[a](http://a. example/b)",
            "there is a space in its address",
            "[a](http://a.example/b)",
        ),
        ("[a](/x)", "[be] más (/x)", "its address stands apart from its words", "[be](/x) más"),
        (
            "<https://a.example>",
            "< https://a.example >",
            "there is a space inside of `<` and `>`",
            "<https://a.example>",
        ),
        ("[a](/x)", "(a)[/x]", "its brackets are exchanged", "[a](/x)"),
    ],
)
def test_a_link_that_does_not_work_is_shown_as_it_would_work(
    msgid: str, msgstr: str, why: str, better: str
) -> None:
    right = better or "[a](/x)"
    text = f"{NONE}, because {why}; write `{right}` instead of `{msgstr}`"
    assert links(msgid, msgstr) == [f"error link-broken: {text}"]
    assert links(msgid, right) == []


def test_only_the_piece_that_is_wrong_is_shown_of_a_long_link() -> None:
    words, url = "word " * 20, "https://a.example/" + "x" * 80
    (found,) = links(f"[{words}]({url})", f"[{words}] ({url})")
    assert "write `…ord word word word ](https://a.example/x…` instead of `…" in found


@pytest.mark.parametrize("msgstr", ["a](/x)", "[a](/x y z)", "[a](/x"])
def test_the_rest_of_a_link_in_the_text_is_told(msgstr: str) -> None:
    (found,) = links("[a](/x)", msgstr)
    assert found == (
        f"error link-broken: {NONE}, and readers see its marks: `{msgstr}`; write "
        "[words](address), without spaces in the address"
    )


@pytest.mark.parametrize(
    ("msgid", "msgstr", "count", "left", "lost"),
    [
        ("[a](/x)", "a", "1 link", 0, "/x"),
        ("[a](/x) [b](/y)", "[a](/x)", "2 links", 1, "/y"),
        ("[b]", "[no] y [be]", "1 link", 0, "/b"),
        ("a^[[x](/y)]", "b^[x]", "1 link", 0, "/y"),
        ("**[a](/x)**", "**a**", "1 link", 0, "/x"),
        ('<a href="/x">a</a>', "a", "1 link", 0, "/x"),
    ],
)
def test_a_link_that_is_lost_is_named(
    msgid: str, msgstr: str, count: str, left: int, lost: str
) -> None:
    text = f"the source has {count}, the translation {left}: the one to {lost} is missing; {KEEP}"
    assert links(msgid, msgstr) == [f"error link-count: {text}"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "url"),
    [
        ("See [a](/x)", "[a](/x) [b](/x)", "/x"),
        ("[a](/x) in <b.md>", "[a](/x) [b.md](b.md)", "b.md"),
        ("[a](/x), www.a.example", "[a](/x), <https://www.a.example>", "https://www.a.example"),
        ("[a](/x), x@a.example", "[a](/x), <x@a.example>", "mailto:x@a.example"),
    ],
)
def test_a_link_that_was_added_is_a_warning(msgid: str, msgstr: str, url: str) -> None:
    assert said(msgid, msgstr, rules=["link-added"]) == [
        (
            f"warning link-added: the source has 1 link, the translation 2: the one to {url} was "
            "added; take it out, unless you added it on purpose"
        )
    ]


@pytest.mark.parametrize("url", ["https://a.example", "mailto:x@a.example", "tel:1", "//a.example"])
def test_a_link_to_a_place_that_the_source_does_not_name_is_an_error(url: str) -> None:
    text = "the source has 0 links, the translation 1: a translation cannot add the one to"
    assert links("a", f"[b]({url})") == [f"error link-added: {text} {url}; take it out"]


def test_words_in_brackets_are_not_taken_for_an_address() -> None:
    (found,) = links("[Arrays](/x) (5 minutes)", "[Arrays] (المصفوفات) (5 دقائق)", "ar")
    assert found.startswith("error link-count: ")


@pytest.mark.parametrize("msgstr", ["[](/x)", "[ ](/x)", "[\u200b\u00a0](/x)"])
def test_a_link_without_words_is_not_seen(msgstr: str) -> None:
    assert links("[a](/x)", msgstr) == [
        "error link-empty: a link has no words that readers can see; write them between `[` and `]`"
    ]


@pytest.mark.parametrize("msgstr", ["[`a`](/x)", "[![a](/i)](/x)"])
def test_code_and_images_are_words_of_a_link(msgstr: str) -> None:
    assert not [line for line in links("[a](/x)", msgstr) if "link-empty" in line]


@pytest.mark.parametrize(
    "url",
    [
        "https：//a.example/x",
        "https://a.example/x。",
        "https://a.example/x.",
        "https://a.example/x\u200b",
        "a.example/x",
        "https:/a.example/x",
        "https//a.example/x",
    ],
)
def test_a_damaged_address_is_told_with_the_right_one(url: str) -> None:
    (found,) = links("[a](https://a.example/x)", f"[a]({url})", "zh-Hans")
    assert found.startswith("error link-address: the address of a link is damaged: ")
    assert found.endswith("; write https://a.example/x as in the source")


@pytest.mark.parametrize(
    ("msgid", "msgstr", "url", "meant"),
    [
        ("[a](/x)", "[a](/y)", "/y", "/x"),
        ("[a](/x)", "[a](//other.example)", "//other.example", "/x"),
        (
            "[a](http://x.example)",
            "[a](mailto:x@y.example)",
            "mailto:x@y.example",
            "http://x.example",
        ),
        ("[b] and [c]", "[b] y [b]", "/b", "/c"),
        ('<a href="/x">a</a>', "<a href='/y'>a</a>", "/y", "/x"),
    ],
)
def test_a_link_that_leads_elsewhere_is_a_warning(
    msgid: str, msgstr: str, url: str, meant: str
) -> None:
    text = f"a link leads to {url}, in the source it leads to {meant}; {AS_IS}"
    assert links(msgid, msgstr) == [f"warning link-target: {text}"]


@pytest.mark.parametrize(
    ("url", "other", "tag"),
    [
        ("https://en.wikipedia.org/wiki/Flu", "https://es.wikipedia.org/wiki/Gripe", "es"),
        ("https://a.example/en/x", "https://a.example/es/x", "es"),
        ("https://www.a.example/x", "https://a.example/es/x/", "es"),
        ("https://a.example/en-us/x", "https://a.example/pt-br/x", "pt-BR"),
        ("http://a.example/x.en.html", "https://a.example/x.zh_Hans.html", "zh-Hans"),
        ("https://a.example/bugs.html", "https://a.example/bugs-fr.html", "fr"),
    ],
)
def test_the_same_page_in_the_reader_s_language_is_right(url: str, other: str, tag: str) -> None:
    assert links(f"[a]({url})", f"[a]({other})", tag) == []
    assert links(f"[a]({url})", f"[a]({other.partition('//')[2]})", tag), "without https://"
    elsewhere = links(f"[a]({url})", f"[a]({other})", "de")
    assert [line.split(":")[0] for line in elsewhere] == ["warning link-target"]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Plain", "Sencillo"),
        ("a", "100 % < > & [sic] (b) ! ^"),
        ("[a](/x) [b](/y)", "[be](/y) [a](/x)"),
        ("[a](/x)", '[a](/x "a title: javascript:x")'),
        ("[a](/x 'One')", "[a](/x 'Uno')"),
        ("![a](/x 'One')", "![a *b*](/x 'Uno')"),
        ("[words][b]", "[palabras][B]"),
        ("[b]", "[palabras][b]"),
        ("[b] [words][c]", "[palabras][c] [b][]"),
        ("<https://a.example>", "<https://a.example>."),
        ("[规则]", "[規則][规则]"),
        ("[a](/x)", "《[甲](/x)》（乙）"),
        ("[a](/x) [sic]", "[a](/x) [así] (ver)"),
    ],
)
def test_nothing_is_wrong_with_the_links(msgid: str, msgstr: str) -> None:
    assert links(msgid, msgstr, "zh-Hans") == []


def test_labels_are_compared_where_the_guide_is_not_known() -> None:
    assert said("[words][b]", "[palabras][b]", kinds=()) == []
    assert said("[words][b]", "[palabras][be]", kinds=()) == [
        (
            "warning reference: [be] was taken for [b], because the guide has no such label; "
            "keep the "
            "labels of the source as they are and write [words][label]"
        )
    ]
    assert said("[words][b]", "[palabras] [b]", kinds=()) == [
        (
            f"error link-broken: {NONE}, because there is a space between its `]` and what "
            f"follows; "
            "write `[palabras][b]` instead of `[palabras] [b]`"
        )
    ]
    assert said("[words][b]", "palabras", kinds=(), rules=["link-count"])
    assert said("a[^1]", "b", kinds=(), rules=["footnote"])


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("https://a.example/x", "https://a.example/es/x", []),
        (
            "https://a.example",
            "/local.html",
            [
                (
                    "warning link-target: the link leads to /local.html, which works only if it "
                    "is a "
                    "guide of this project; else write the whole address"
                )
            ],
        ),
        (
            "https://a.example",
            "https://b.example",
            [
                (
                    "warning link-target: the link leads to another site than in the source: "
                    "b.example; if you want that, leave it"
                )
            ],
        ),
        (
            "https://a.example",
            "two words",
            [
                (
                    "error unsafe-link: two words is no address of a web page, a mail or a "
                    "telephone; "
                    "write one address, without spaces"
                )
            ],
        ),
    ],
)
def test_targets_of_link_definitions(msgid: str, msgstr: str, expected: list[str]) -> None:
    found = [f"{item.severity} {rule}: {item.text}" for rule, item in link_findings(msgid, msgstr)]
    assert found == expected
    targets, problems = check_links([Message(msgid, msgstr, line=3)], "es/links.po")
    refused = any(line.startswith("error") for line in expected)
    assert targets == ({} if refused else {msgid: msgstr})
    assert [str(problem.location) for problem in problems] == ["es/links.po:3"] * len(found)
