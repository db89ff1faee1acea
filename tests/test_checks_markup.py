"""What is wrong with the markup of a translation, in the words that translators read."""

from __future__ import annotations

import pytest
from markup_tools import html, look

from outreach.checks.markup import check_links, check_messages
from outreach.guides import parse_guide
from outreach.markup.compare import compare, is_safe, link_findings, raw_findings
from outreach.markup.extract import extract
from outreach.markup.parser import MAX_TEXT
from outreach.markup.references import repair
from outreach.model import Message, Segment
from outreach.project import Source

REFERENCES = {
    label: {"href": f"/{label.lower().replace(' ', '-')}", "title": ""}
    for label in ("THE RULES", "B", "C", "规则")
}
FOOTNOTES = frozenset({"1", "note"})
KEEP = "keep each [words](address) and [words][label] of the source"
SPACE = "take out the space between `]` and `(` or `[`"
WIDE = "use the plain brackets [ ] ( ), not wide ones"


def said(msgid: str, msgstr: str) -> list[str]:
    return [
        f"{finding.severity} {finding.rule}: {finding.text}"
        for finding in compare(msgid, msgstr, REFERENCES, FOOTNOTES)
    ]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Plain", "Sencillo"),
        ("a", "100 % * _ ~ < > & [sic] (b) ! ^ \\"),
        ("[a](/x) [b](/y)", "[be](/y) [a](/x)"),
        ("[a](/x)", '[a](/x "a title: javascript:x")'),
        ("[a](/x 'One')", "[a](/x 'Uno')"),
        ("![a](/x 'One')", "![a *b*](/x 'Uno')"),
        ("[words][b]", "[palabras][b]"),
        ("[words][b]", "[palabras][B]"),
        ("[b]", "[palabras][b]"),
        ("[b] [words][c]", "[palabras][c] [b][]"),
        ("**a** `b`", "a `b`"),
        ("a[^1] b[^note]", "b[^note] a[^1]"),
        ("a^[b]", "c^[d]"),
        ("<b>a</b> <i>b</i>", "<i>b</i> <b>a</b>"),
        ('<img src="x" alt="a">', "<img  src=\"x\" alt='b'>"),
        ("<https://a.example>", "<https://a.example>"),
        ("[规则]", "[規則][规则]"),
        ("[a](/x)", "《[甲](/x)》（乙）"),
    ],
)
def test_nothing_is_wrong(msgid: str, msgstr: str) -> None:
    assert said(msgid, msgstr) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("[a](/x)", "a", f"the source has 1 link, the translation 0; {KEEP}"),
        ("[a](/x)", "[a](/x) [b](/x)", f"the source has 1 link, the translation 2; {KEEP}"),
        ("[a](/x) [b](/y)", "[a](/x)", f"the source has 2 links, the translation 1; {KEEP}"),
        ("a", "<https://a.example>", f"the source has 0 links, the translation 1; {KEEP}"),
        ("[a](/x)", "[a] (/x)", f"the source has 1 link, the translation 0; {SPACE}"),
        ("[a](/x)", "[a]\n(/x)", f"the source has 1 link, the translation 0; {SPACE}"),
        ("[words][b]", "[palabras] [b]", f"a link has lost its words; {SPACE}"),
        ("[a](/x)", "【甲】（/x）", f"the source has 1 link, the translation 0; {WIDE}"),
        ("[a](/x)", "[甲]（/x）", f"the source has 1 link, the translation 0; {WIDE}"),
        ("[a][b]", "［甲］［b］", f"the source has 1 link, the translation 0; {WIDE}"),
        ("[b]", "[no] y [be]", f"the source has 1 link, the translation 0; {KEEP}"),
        ("a^[[x](/y)]", "b^[x]", f"the source has 1 link, the translation 0; {KEEP}"),
    ],
)
def test_links_that_are_lost_or_added(msgid: str, msgstr: str, expected: str) -> None:
    assert said(msgid, msgstr) == [f"error link-count: {expected}"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "target", "lost"),
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
    ],
)
def test_links_that_lead_elsewhere(msgid: str, msgstr: str, target: str, lost: str) -> None:
    text = f"a link leads to {target}, in the source it leads to {lost}"
    assert said(msgid, msgstr) == [f"warning link-target: {text}"]


UNSAFE = (
    "javascript:x",
    "JaVaScRiPt:x",
    "java&Tab;script:x",
    "java&NewLine;script:x",
    "&#106;avascript:x",
    "&#x6A;avascript:x",
    "javascript&colon;x",
    "javascript\\:x",
    "%6aavascript:x",
    "javascript%3Ax",
    "java%0ascript:x",
    "jav\u200bascript:x",
    "\ufeffjavascript:x",
    "java\u00adscript:x",
    "\u202ejavascript:x",
    "data:text/html,x",
    "data:image/png;base64,x",
    "vbscript:x",
    "file:///etc/passwd",
    "intent:x",
    "blob:x",
    "ftp://x.example",
)


@pytest.mark.parametrize("url", UNSAFE)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[*a* `b`]({} 'title')", "^[[a]({})]"])
def test_unsafe_links(url: str, form: str) -> None:
    msgid = form.format("/x")
    msgstr = form.format(url)
    assert [line.split(":")[0] for line in said(msgid, msgstr)] == ["error unsafe-link"]
    assert not [link for link in look(html(msgstr)).links if link.lower().startswith("javascript:")]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("<https://a.example>", "<javascript:x>"),
        ("[![a](/x)](/y)", "[![a](/x)](javascript:x)"),
        ("![a](/x)", "![a [b](javascript:y)](/x)"),
        ("![a](/x)", "![a ^[[b](javascript:y)]](/x)"),
        ("[b]", "[b] <javascript:x>"),
    ],
)
def test_unsafe_links_elsewhere(msgid: str, msgstr: str) -> None:
    assert "error unsafe-link: the link to javascript:" in said(msgid, msgstr)[0]


@pytest.mark.parametrize(
    "url",
    [
        "/x",
        "x y",
        "#part",
        "?a=b:c",
        "https://a.example",
        "HTTP://a",
        "mailto:a@b",
        "tel:1",
        "sms:1",
    ],
)
def test_safe_addresses(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("a", "![b](/y)", "image: a translation cannot add or replace an image: /y"),
        ("![a](/x)", "![a](/y)", "image: a translation cannot add or replace an image: /y"),
        (
            "![a](/x)",
            "![a](/x) ![b](/x)",
            "image: a translation cannot add or replace an image: /x",
        ),
        ("![a](/x)", "a", "image: the image /x of the source is missing"),
        ("a", "b ![c][b]", "image: a translation cannot add or replace an image: /b"),
        ("a^[b]", "a^[![b](/x)]", "image: a translation cannot add or replace an image: /x"),
        ("a", "<b>a</b>", "raw-html: a translation cannot add raw HTML: <b>"),
        ("a", "b <!-- c -->", "raw-html: a translation cannot add raw HTML: <!-- c -->"),
        ("a <b>b</b>", "a b", "raw-html: the tag <b> of the source is missing"),
        ("a <b>b</b>", "a <b>b", "raw-html: the tag </b> of the source is missing"),
        ("<b>a</b>", "</b>a<b>", "raw-html: the tags are not in pairs any more: </b> <b>"),
        (
            "<b>a</b> <i>b</i>",
            "<b>a <i>b</b></i>",
            "raw-html: the tags are not in pairs any more: <b> <i> </b> </i>",
        ),
        (
            "<a href='?title=\"a\"'>b</a>",
            "<a href='?title=\"' onclick=x y='\"'>b</a>",
            "raw-html: a translation cannot add raw HTML: <a href='?title=\"' onclick=x y='\"'>",
        ),
        (
            '<img src="x" alt="a">',
            '<img src="x" alt="a" onerror="b">',
            'raw-html: a translation cannot add raw HTML: <img src="x" alt="" onerror="b">',
        ),
        ("a^[b]", "a^[<script>b]", "raw-html: a translation cannot add raw HTML: <script>"),
        ("a[^1]", "b", "footnote: the footnote [^1] of the source is missing"),
        ("a[^1]", "b[^note]", "footnote: the footnote [^1] of the source is missing"),
        ("a[^1]", "b[^1][^1]", "footnote: the footnote [^1] is not in the source"),
        ("a", "b[^1]", "footnote: the footnote [^1] is not in the source"),
        ("a", "b^[c]", "footnote: the footnote ^[…] is not in the source"),
        ("a^[b]", "c", "footnote: the footnote ^[…] of the source is missing"),
        ("![a](/x)", "![a^[b]](/x)", "footnote: the footnote ^[…] is not in the source"),
    ],
)
def test_images_tags_and_footnotes(msgid: str, msgstr: str, expected: str) -> None:
    assert said(msgid, msgstr) == [f"error {expected}"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "there", "here"),
    [("`a`", "a", 1, 0), ("`a`", "`a` `b`", 1, 2), ("a^[`b`]", "a^[b]", 1, 0)],
)
def test_code(msgid: str, msgstr: str, there: int, here: int) -> None:
    text = f"number of pieces of `code`: {there} in the source, {here} here"
    assert said(msgid, msgstr) == [f"warning code: {text}"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "repaired"),
    [
        # shortcut, collapsed, full
        ("See [the rules].", "Ver [las reglas].", "Ver [las reglas][the rules]."),
        ("See [the rules][].", "Ver [las reglas][].", "Ver [las reglas][the rules]."),
        ("See [the rules][].", "Ver [las reglas].", "Ver [las reglas][the rules]."),
        ("See [words][b].", "Ver [palabras][be].", "Ver [palabras][b]."),
        ("See [words][b].", "Ver [palabras].", "Ver [palabras][b]."),
        ("See [words][b].", "Ver [palabras][].", "Ver [palabras][b]."),
        ("![x][b]", "![equis][be]", "![equis][b]"),
        # nested, and in one another
        ("[a [x] b][c]", "[uno [equis] dos][ce]", "[uno [equis] dos][c]"),
        ("[![x][b]][c]", "[![equis][be]][ce]", "[![equis][b]][c]"),
        ("[*the* rules][b]", "[las *reglas*][be]", "[las *reglas*][b]"),
        # partly translated, and in another order
        ("[the rules] [w][b]", "[las reglas] [p][b]", "[las reglas][the rules] [p][b]"),
        ("[the rules] [w][b]", "[p][b] [las reglas]", "[p][b] [las reglas][the rules]"),
        ("[b] and [c]", "[c] y [be]", "[c] y [be][b]"),
        # the same words for two links
        ("[b] and [c]", "[aquí] y [aquí]", "[aquí][b] y [aquí][c]"),
        # brackets that are no labels
        ("[sic] [b]", "[así] [be]", "[así] [be][b]"),
        ("[b] [sic]", "[be] [así]", "[be][b] [así]"),
        ("[sic] [b]", "[be]", "[be][b]"),
        ("[x] [w][b]", "[y] [z] [p][be]", "[y] [z] [p][b]"),
        ("[b] `[x]` \\[y]", "[be] `[z]` \\[w]", "[be][b] `[z]` \\[w]"),
        ("``[` [b]", "``[` [be]", "``[` [be][b]"),
        ("[b](not a link)", "[be](no es nada)", "[be][b](no es nada)"),
        ("[words](/x) [b]", "[palabras](/x) [be]", "[palabras](/x) [be][b]"),
        # footnotes
        ("a[^1]", "b[^uno]", "b[^1]"),
        ("a[^1] b[^note]", "b[^nota] a[^1]", "b[^note] a[^1]"),
        ("a[^1][^note]", "b[^1][^nota]", "b[^1][^note]"),
        ("[w][b][^1]", "[p][be][^uno]", "[p][b][^1]"),
        ("a^[see [b]]", "a^[ver [be]]", "a^[ver [be][b]]"),
        # other scripts
        ("See [the rules].", "参见[规章]。", "参见[规章][the rules]。"),
        ("[the rules][b]", "[規則][べ]", "[規則][b]"),
        ("See [the rules].", "انظر [القواعد].", "انظر [القواعد][the rules]."),
    ],
)
def test_labels_find_their_targets_again(msgid: str, msgstr: str, repaired: str) -> None:
    done = repair(msgid, msgstr, REFERENCES, FOOTNOTES)
    assert done.text == repaired
    assert done.taken
    assert [line.split(":")[0] for line in said(msgid, msgstr)] == ["warning reference"]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("[words][b]", "[palabras][b]"),
        ("[the rules](/x)", "[las reglas](/x)"),
        ("[notes][b] [c](/x)", "[notas][b] [ce](/x)"),
        ("[sic]", "[así]"),
        ("a", "[b]"),
        ("[b]", "b"),
        ("[b]", "[no] [sé] [cuál]"),
        ("[" + "x" * 1000 + "] [b]", "[" + "y" * 1000 + "] [b]"),
    ],
)
def test_labels_that_need_no_repair_or_have_none(msgid: str, msgstr: str) -> None:
    assert repair(msgid, msgstr, REFERENCES, FOOTNOTES).text == msgstr


def test_the_warning_says_what_was_taken_for_what() -> None:
    (warning,) = said("[b] and [w][the rules]", "[be] y [p][las reglas]")
    assert warning == (
        "warning reference: [be] was taken for [b], [las reglas] was taken for [the rules], "
        "because the guide has no such label; keep the labels of the source as they are and write "
        "[words][label]"
    )


def test_a_repaired_link_leads_where_that_of_the_source_leads() -> None:
    guide = "See [the rules] and [more][b].[^1]\n\n[the rules]: /rules\n[b]: /more\n\n[^1]: Note\n"
    msgstr = "Ver [más][be] y [las reglas][the rules].[^uno]"

    def translate(segment: Segment) -> str | None:
        return msgstr if segment.kind == "paragraph" else None

    assert look(html(guide, translate)).links[:3] == ["/more", "/rules", "#fn1"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("a", "b", []),
        ('<img alt="a"> b', '<img alt="c"> d', []),
        ("a <b>b</b>", "<b>c</b> d &lt; e", []),
        ("a", "<b>a</b>", ["a translation cannot add raw HTML: <b>"]),
        ("<b>a</b>", "a", ["the tag <b> of the source is missing"]),
        ("a", "b < c", ["a `<` or `>` stands alone; write &lt; or &gt;"]),
        ("a", "b --> c", ["a `<` or `>` stands alone; write &lt; or &gt;"]),
        (
            '<img alt="a" src="x">',
            '<img alt="a>b" src="x">',
            [
                'a translation cannot add raw HTML: <img alt="a>',
                "a `<` or `>` stands alone; write &lt; or &gt;",
            ],
        ),
        ("a", "x" * (MAX_TEXT + 1), ["longer than 64,000 characters, or with too many `^[`"]),
    ],
)
def test_texts_in_raw_html(msgid: str, msgstr: str, expected: list[str]) -> None:
    assert [finding.text for finding in raw_findings(msgid, msgstr)] == expected


@pytest.mark.parametrize("msgstr", ["x" * (MAX_TEXT + 1), "^[" * 101])
def test_texts_that_are_too_long(msgstr: str) -> None:
    text = "error size: longer than 64,000 characters, or with too many `^[`"
    assert said("a", msgstr) == [text]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("https://a.example/x", "https://a.example/es/x", []),
        ("https://a.example", "/local.html", ["warning link-target"]),
        ("https://a.example", "https://b.example", ["warning link-target"]),
        *(("https://a.example", url, ["error unsafe-link"]) for url in UNSAFE if "&" not in url),
        ("https://a.example", "two words", ["error unsafe-link"]),
    ],
)
def test_targets_of_link_definitions(msgid: str, msgstr: str, expected: list[str]) -> None:
    found = [f"{item.severity} {item.rule}" for item in link_findings(msgid, msgstr)]
    if "\\" not in msgstr:
        assert found == expected
    targets, problems = check_links([Message(msgid, msgstr, line=3)], "es/links.po")
    assert targets == ({} if found == ["error unsafe-link"] else {msgid: msgstr})
    assert [str(problem.location) for problem in problems] == ["es/links.po:3"] * len(found)


def test_a_problem_names_the_message_and_its_line() -> None:
    text = (
        "---\ntitle: A <b>title</b>\n---\nSee [a link](/x) in a text that is rather long.\n\n"
        "```text translate\n<b>\n[x](/y)\n```\n"
    )
    guide = parse_guide(text, "g", "g.md")
    source = Source(guide, extract(guide))
    messages = [
        Message(segment.msgid, "<i>nada</i>", line=number * 10)
        for number, segment in enumerate(source.extracted.segments, 1)
    ]
    kinds = {segment.msgid: {segment.kind} for segment in source.extracted.segments}
    # Markdown means nothing in titles and in preformatted text, so only the paragraph is wrong.
    assert [str(found.problem) for found in check_messages(source, messages, kinds, "es/g.po")] == [
        "es/g.po:20: error: “See [a link](/x) in a text that is rath…” → “<i>nada</i>”: "
        f"{text} [{rule}]"
        for text, rule in (
            (f"the source has 1 link, the translation 0; {KEEP}", "link-count"),
            ("a translation cannot add raw HTML: <i>", "raw-html"),
        )
    ]
