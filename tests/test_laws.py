"""The laws of the Markdown side, on the examples of its specification and on made-up guides."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup_tools import (
    ENGLISH,
    Translate,
    commonmark,
    cyrillic,
    gfm,
    html,
    look,
    msgids,
    plain,
    put_in,
    rendered,
    same,
    untranslated,
)
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from outreach.checks import RULES, Context, check_message
from outreach.checks.pair import pairs_of
from outreach.guides import parse_guide
from outreach.languages import find
from outreach.markup.extract import extract
from outreach.markup.parser import parse_blocks
from outreach.markup.signs import ask_by_sign
from outreach.model import Message, Segment

PIECES = (
    *(
        "# ",
        "## ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        ": ",
        "    ",
        "  ",
        "\t",
        "- [ ] ",
        "- [x] ",
    ),
    *(
        "```\n",
        "```text translate\n",
        "~~~\n",
        "***\n",
        "---\n",
        "===\n",
        "|",
        "|---|\n",
        "| a | b |\n",
    ),
    *("::: note\n", "::: module Part\n", ":::\n", ":::: example Own *title*\n", "> [!TIP]\n"),
    *(
        "[a]",
        "[a][b]",
        "[b][]",
        "[a](/b)",
        '[a](/b "t")',
        "![a](b.png)",
        "![a][b]",
        "[a *b* [c]][b]",
    ),
    *(
        "[b]: /url 'title'\n",
        "[a]: <x y>\n",
        "[^n]",
        "[^n]: ",
        "^[note *x*]",
        "^[",
        "<https://a.example>",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "\\",
        "\\\n",
        "  \n",
        "\n",
        "\n\n",
        "<",
        ">",
        "[",
        "]",
        "(",
    ),
    *(
        ")",
        "!",
        "&amp;",
        "&#35;",
        "&",
        "<b>",
        "</b>",
        "<div>\n",
        "</div>\n",
        "<!-- c -->\n",
        "<br>",
    ),
    *("word", "two words", "é", "中文", "😀", "12", "\xa0", "\u200b", ".", ":", "|-", "a", "b"),
)
GUIDES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text("ab \n\t#*_-+>`[]()!|:\\<&~^1.", max_size=80),
)
"""Guides of every sort, most of them odd."""
TIDY = st.lists(
    st.sampled_from(
        (
            *("# Head *two*\n", "Head\nmore\n====\n", "Text with **strong** words,\nand more.\n"),
            *("A [link](/to 'Title') or [the rules], [other words][Label] and [the rules][].\n",),
            *(
                "- Item\n- Other item\n  - Nested [words][Label]\n",
                "1. First\n\n   More\n\n2. Second\n",
            ),
            *("> Quoted\n> words  \n> here\n", "| One | Two |\n|---|--:|\n| three | *four* |\n"),
            *(
                "Note[^n] and ^[inline *note*].\n",
                "Term\n: Meaning\n: Other\n",
                "- [x] Done\n- [ ] Not\n",
            ),
            *(
                "::: example Own title\nInside\n:::\n",
                "> [!NOTE]\n> Alert\n",
                "::: module\nPart\n:::\n",
            ),
            *("![Picture of *x*](a.png 'Tip') ![Other][Label]\n", "[![In a link](b.png)](/x)\n"),
            *(
                "```text translate\nplain text\n```\n",
                "`code` and <https://a.example> &amp; so\\\non\n",
            ),
        )
    ),
    max_size=6,
).map(lambda parts: "\n".join((*parts, DEFINITIONS)))
"""Guides as people write them."""
DEFINITIONS = "[the rules]: /rules 'Rule title'\n[label]: /label\n\n[^n]: Foot note\n\n    More\n"
MSGSTRS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            (
                *PIECES,
                *(
                    "<script>alert(1)</script>",
                    "<img src=x onerror=y>",
                    "[x](javascript:a)",
                    "\0",
                    "\r",
                ),
                *("[x](data:text/html,a)", "<javascript:a>", "![x](/y.png)", "[x](//evil.example)"),
                *(
                    "</p></div>",
                    "<!--",
                    "-->",
                    "<svg/onload=a>",
                    "[x](vbscript:a)",
                    "[^n2]",
                    "<a href='x'>",
                ),
                *(
                    "^[<script>x</script>]",
                    "![^[[x](javascript:y)]](a.png)",
                    "[c]: /d\n",
                    "\n# H\n",
                    "\n- i\n",
                ),
            )
        ),
        max_size=12,
    ).map("".join),
)
"""What a translator, a program or an enemy may have written."""
MARKDOWN_TAGS = {"em", "strong", "s", "code", "br"}
"""What a translation may add by Markdown alone."""
ATTRIBUTES = {
    *{("a", "href"), ("a", "title"), ("img", "src"), ("img", "alt"), ("img", "title")},
    *{("ol", "start"), ("td", "style"), ("th", "style")},
    *{("input", "type"), ("input", "disabled"), ("input", "checked")},
}
"""What markdown-it gives; we add only those below, anywhere."""
OURS = {"id", "class", "lang", "dir", "data-module"}


@cache
def reference() -> MarkdownIt:
    """markdown-it itself with its own plugins."""
    options = {"tasklists": True, "alerts": True}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(deflist_plugin)
    for name in ("example", "note", "warning", "module"):
        # Names in one another's way, such as `note` and `notes`, are told apart as we do.
        markdown.use(
            container_plugin, name, validate=lambda info, _, n=name: info.split()[:1] == [n]
        )
    return markdown


@cache
def reference_by_sign() -> MarkdownIt:
    """The same with fewer questions to its rules."""
    markdown = reference.__wrapped__()
    ask_by_sign(markdown)
    return markdown


def asked(text: str, translate: Translate) -> tuple[str, list[str]]:
    """A guide's body, and what was asked for while it was rendered."""
    texts: list[str] = []

    def note(segment: Segment) -> str | None:
        texts.append(segment.msgid)
        return translate(segment)

    return html(text, note, raw_html=True), texts


def has_nested_footnotes(text: str) -> bool:
    """Whether a footnote is defined in another: markdown-it tears the blocks around it apart."""
    depth = 0
    for token in parse_blocks(text).tokens:
        depth += token.nesting if token.type.startswith("footnote_reference") else 0
        if depth > 1:
            return True
    return False


def rendered_by_reference(text: str) -> str:
    try:
        return str(reference().render(text))
    except IndexError:  # its plugin for containers looks at the sign behind an empty last line
        return str(reference().render(f"{text}\n"))


def assert_laws(text: str) -> None:
    """What holds of every guide."""
    expected = plain(rendered_by_reference(parse_guide(text, "g", "g.md").text))
    found, texts = asked(text, untranslated)
    assert plain(found) == expected
    assert texts == msgids(text)
    assert plain(html(text, same, raw_html=True)) == expected
    assert plain(html(text, put_in, raw_html=True)) == expected
    assert html(text, untranslated, ENGLISH, raw_html=True) == html(
        text, same, ENGLISH, raw_html=True
    )


@settings(max_examples=300)
@given(GUIDES)
def test_rules_that_are_asked_by_sign_find_the_same(text: str) -> None:
    try:
        expected = reference().parse(text)
    except IndexError:  # in the plugin for containers
        reject()
    found = reference_by_sign().parse(text)
    assert [token.as_dict() for token in found] == [token.as_dict() for token in expected]


@pytest.mark.parametrize("number", range(1, 653))
def test_every_example_of_commonmark(number: int) -> None:
    assert_laws(commonmark()[number - 1])


def test_the_specification_has_no_other_examples() -> None:
    assert len(commonmark()) == 652


def test_every_example_of_tables_and_strikethrough() -> None:
    examples = gfm()
    for text in examples:
        assert_laws(text)
    assert len(examples) == 57


@settings(max_examples=400, deadline=None)
@given(GUIDES)
@example("One\\  \ntwo")
@example("a  \n`b  \nc`")
@example("- <!-- c -->\n  a")
@example("> ::: note\n> ")
@example(">::: note\n>")
def test_every_guide(text: str) -> None:
    assume(not has_nested_footnotes(text))
    assert_laws(text)


@settings(max_examples=200, deadline=None)
@given(TIDY)
def test_every_tidy_guide(text: str) -> None:
    assert_laws(text)


def structure(markup: str) -> list[str]:
    return re.findall(r"<[^>]*>", re.sub(r' (id|class|lang|dir|alt|title)="[^"]*"', "", markup))


def test_examples_keep_their_structure_in_another_script() -> None:
    broken = [
        number
        for number, text in enumerate(commonmark(), 1)
        if structure(html(text, cyrillic, raw_html=True)) != structure(html(text, raw_html=True))
    ]
    # A tag in an attribute of a tag, the first of which our translator takes for the end.
    assert broken == [616]


def test_tables_keep_their_structure_in_another_script() -> None:
    for text in gfm():
        assert structure(html(text, cyrillic)) == structure(html(text))


@settings(max_examples=200, deadline=None)
@given(TIDY)
def test_a_complete_translation_leaves_no_word_of_the_source(text: str) -> None:
    made = html(text, cyrillic)
    words = re.findall(r"[A-Za-z]+", " ".join(look(made).words))
    # Labels of callouts come from the interface.
    assert set(words) <= {"Note", "Example", "Warning"}
    assert structure(made) == structure(html(text))


def shown(text: str, msgstr: str, *, raw_html: bool = False) -> str:
    """A guide with one msgstr for all its texts, as far as it passes the checks."""
    parsed = parse_blocks(text)

    def translate(segment: Segment) -> str | None:
        known = Context(find("es"), find("en"), parsed.references, parsed.footnotes)
        message = Message(segment.msgid, msgstr)
        found = check_message(message, (segment.kind,), known, "g.po")
        wrong = any(problem.severity == "error" for problem in found)
        refused = wrong or not message.translated
        return None if refused or segment.domain else msgstr

    return html(text, translate, raw_html=raw_html)


INLINE = MARKDOWN_TAGS | {"a", "img", "sup"}
EVERY_KIND = (
    "# Head\n\nText with [link](/to) and [the rules].\n\n- Item[^n]\n  - Nested\n\n> Quote\n\n"
    "| One | ![Two](a.png) |\n|---|---|\n| three | `four` |\n\nTerm\n: Meaning\n\n"
    "::: note Own\nInside\n:::\n\n" + DEFINITIONS
)


@settings(max_examples=500, deadline=None)
@given(MSGSTRS)
@example("^[<script>x</script>]")
@example("![x](a.png) ^[[x](javascript:y)]")
@example("x\n\n# y\n\n- z")
def test_no_translation_does_harm(msgstr: str) -> None:
    before, after = look(html(EVERY_KIND)), look(shown(EVERY_KIND, msgstr))
    assert [tag for tag in after.tags if tag not in INLINE] == [
        tag for tag in before.tags if tag not in INLINE
    ]
    assert not after.unbalanced
    assert set(Counter(after.tags) - Counter(before.tags)) <= MARKDOWN_TAGS | {"a"}
    assert set(after.images) <= set(before.images)
    assert all(re.match(r"https?:|mailto:|[^:]*$", link) for link in after.links)
    assert after.attributes <= before.attributes | ATTRIBUTES | {
        (tag, name) for tag in after.tags for name in OURS
    }


@settings(max_examples=300, deadline=None)
@given(MSGSTRS)
@example("^[<script>x</script>]")
@example("![^[<script>x</script>]](a.png)")
def test_no_translation_adds_raw_html_where_it_is_allowed(msgstr: str) -> None:
    text = "One <b>two</b>\n\nThree ![four](a.png) ^[five]\n\n" + DEFINITIONS
    before, after = look(html(text, raw_html=True)), look(shown(text, msgstr, raw_html=True))
    assert set(after.tags) <= {*before.tags, *MARKDOWN_TAGS, "a"}
    assert Counter(after.tags)["b"] <= 1
    assert "onerror" not in {name for _, name in after.attributes}


@settings(max_examples=200, deadline=None)
@given(GUIDES)
@example("> a[^n]\n>\n> [^n]: b[^m]\n>\n>     > [^m]: c\n")
def test_blocks_are_whole(text: str) -> None:
    for block in rendered(text).blocks:
        assert not look(block.html).unbalanced, block.html


@settings(max_examples=200, deadline=None)
@given(st.one_of(GUIDES, TIDY))
def test_we_add_no_attributes_but_four(text: str) -> None:
    for translate in (untranslated, cyrillic):
        attributes = look(html(text, translate)).attributes
        assert {pair for pair in attributes if pair[1] not in OURS} <= ATTRIBUTES


@settings(max_examples=200, deadline=None)
@given(st.one_of(GUIDES, TIDY))
def test_ids_are_there_once_and_the_same_in_every_language(text: str) -> None:
    pages = [html(text, translate) for translate in (untranslated, cyrillic)]
    plain_page, other = (re.findall(r' id="([^"]*)"', page) for page in pages)
    assert len(set(plain_page)) == len(plain_page)
    headings = [heading.id for heading in extract(parse_guide(text, "g", "g.md")).headings]
    assert [item.id for item in rendered(text).headings if item.id in headings] == [
        item.id for item in rendered(text, cyrillic).headings
    ]
    assert set(plain_page) == set(other)


@settings(max_examples=300, deadline=None)
@given(GUIDES, MSGSTRS)
def test_nothing_that_anybody_writes_is_a_crash(text: str, msgstr: str) -> None:
    guide = parse_guide(text, "g", "g.md")
    for raw_html in (False, True):
        for problem in extract(guide, raw_html=raw_html).problems:
            assert 0 < problem.location.line <= text.count("\n") + 1
        html(text, lambda _segment: msgstr, raw_html=raw_html)
    parsed = parse_blocks(guide.text)
    known = Context(find("zh-Hans"), find("en"), parsed.references, parsed.footnotes)
    for msgid in msgids(text):
        for kinds in (("paragraph", "text in raw HTML"), ("title of a link",), ()):
            for problem in check_message(Message(msgid, msgstr), kinds, known, "g.po"):
                assert problem.text


UNMARKED = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="`[]<>&＆\\*_~\n"), max_size=12),
        st.sampled_from(
            ("＊＊", "～～", "＿", "［a］（/b）", "【a】【b】", "(a)", "](", ";", "%(a)s", "! ")
        ),
    ),
    max_size=6,
).map(lambda parts: "".join(parts).replace("]", ""))
"""Texts without any sign of markup, though some of wide signs that look like it."""


@settings(max_examples=300)
@given(UNMARKED, UNMARKED, st.sampled_from(("paragraph", "text in raw HTML", "preformatted text")))
def test_rules_on_marks_find_nothing_without_them(msgid: str, msgstr: str, kind: str) -> None:
    context = Context(find("zh-Hans"), ENGLISH, {"A": {"href": "/a", "title": ""}}, frozenset("1"))
    for pair in pairs_of(Message(msgid, msgstr), (kind,), context):
        found = [rule.id for rule in RULES if rule.marks for _ in rule.find(pair)]
        assert found == []
