"""A guide in another language: what is marked, what stays, and where things are."""

from __future__ import annotations

import pytest
from markup_tools import ARABIC, ENGLISH, html, look, rendered, same

from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.markup.render import Target, render
from outreach.model import Heading, Location, Segment

EN = ' lang="en" dir="ltr"'
AR = ' lang="ar" dir="rtl"'
CALLOUT = '<div class="callout note">\n<p class="callout-title"{}>{}</p>\n{}\n</div>\n'
TABLE = (
    "<table>\n<thead>\n<tr>\n{}\n</tr>\n</thead>\n<tbody>\n<tr>\n{}\n</tr>\n</tbody>\n</table>\n"
)


def arabic(text: str, *words: str, raw_html: bool = False) -> str:
    """A guide in Arabic, of which only these texts are translated, into capitals."""

    def translate(segment: Segment) -> str | None:
        return segment.msgid.upper() if segment.msgid in words else None

    return html(text, translate, ARABIC, raw_html=raw_html)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("a\n\nb\n", ["b"], f"<p{EN}>a</p>\n<p>B</p>\n"),
        ("# a\n", [], f'<h1 id="a"{EN}>a</h1>\n'),
        ("- a\n- b\n", ["b"], f"<ul>\n<li{EN}>a</li>\n<li>B</li>\n</ul>\n"),
        # A tight item holds its own words and other blocks: these are in the page's language.
        (
            "- a\n  - b\n  - c\n",
            ["b"],
            f"<ul>\n<li{EN}>a\n<ul{AR}>\n<li>B</li>\n<li{EN}>c</li>\n</ul>\n</li>\n</ul>\n",
        ),
        (
            "- a\n  - b\n    - c\n",
            ["a", "c"],
            f"<ul>\n<li>A\n<ul>\n<li{EN}>b\n<ul{AR}>\n<li>C</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>\n",
        ),
        ("- a\n\n  b\n", ["b"], f"<ul>\n<li>\n<p{EN}>a</p>\n<p>B</p>\n</li>\n</ul>\n"),
        ("> a\n>\n> b\n", ["a"], f"<blockquote>\n<p>A</p>\n<p{EN}>b</p>\n</blockquote>\n"),
        ("a\n: b\n", ["a"], f"<dl>\n<dt>A</dt>\n<dd{EN}>b</dd>\n</dl>\n"),
        (
            "| a |\n|---|\n| b |\n",
            ["a"],
            TABLE.format("<th>A</th>", f"<td{EN}>b</td>"),
        ),
        (
            "::: note a b\nc\n:::\n",
            ["c"],
            CALLOUT.format(EN, "a b", "<p>C</p>"),
        ),
        (
            "::: note\nc\n:::\n",
            [],
            CALLOUT.format("", "Note", f"<p{EN}>c</p>"),
        ),
        (
            "```text translate\na\n```\n",
            [],
            f'<pre><code{EN} class="language-text">a\n</code></pre>\n',
        ),
        ("<!-- no-translate -->\na\n\nb\n", ["a", "b"], f"<p{EN}>a</p>\n<p>B</p>\n"),
        (
            "<!-- no-translate -->\n::: note a\nb\n:::\n",
            [],
            CALLOUT.format(EN, "a", f"<p{EN}>b</p>"),
        ),
        ("—\n", [], "<p>—</p>\n"),
    ],
)
def test_what_is_not_translated_carries_its_language(
    text: str, words: list[str], expected: str
) -> None:
    assert arabic(text, *words) == expected


@pytest.mark.parametrize(("words", "mark"), [([], EN), (["a^[b *c*]"], "")])
def test_an_inline_footnote_is_in_the_language_of_its_text(words: list[str], mark: str) -> None:
    made = arabic("a^[b *c*]\n", *words)
    note = "B <em>C</em>" if words else "b <em>c</em>"
    assert f'class="footnote-item"><p{mark}>{note} <a href="#fnref1"' in made


def test_footnotes_in_footnotes() -> None:
    text = "> a[^n]\n>\n> [^n]: b[^m]\n>\n>     > [^m]: c\n>\n>     d\n"
    made = html(text, same)
    assert not look(made).unbalanced
    assert " ".join(look(made).words).split() == [
        *("a", "[1]", "b", "[2]", "d", "\u21a9\ufe0e", "c", "\u21a9\ufe0e"),
    ]


def test_the_language_of_the_guides_needs_no_marks() -> None:
    text = "# a\n\n- b\n\n<!-- no-translate -->\nc^[d]\n"
    assert "lang=" not in html(text, language=ENGLISH)


@pytest.mark.parametrize(
    ("text", "msgstr", "expected"),
    [
        ("a\n", "  b \n", "<p>b</p>\n"),
        ("a\n", "b  \nc\\\nd", "<p>b<br />\nc<br />\nd</p>\n"),
        ("a\n", "b\n\n- c\n\n# d", "<p>b\n\n- c\n\n# d</p>\n"),
        ("a\n", "    b", "<p>b</p>\n"),
        ("# a\n", "b\\\nc", '<h1 id="a">b<br />\nc</h1>\n'),
        ("- a\n", "b\n- c", "<ul>\n<li>b\n- c</li>\n</ul>\n"),
        ("a\n", "b\0c", "<p>b\ufffdc</p>\n"),
        (
            "```text translate\na\n```\n",
            "  b\n c\n",
            '<pre><code class="language-text">  b\n c\n</code></pre>\n',
        ),
        (
            "```text translate\na\n```\n",
            "<b>&",
            '<pre><code class="language-text">&lt;b&gt;&amp;\n</code></pre>\n',
        ),
    ],
)
def test_a_translation_is_one_text_and_no_blocks(text: str, msgstr: str, expected: str) -> None:
    assert html(text, lambda _segment: msgstr) == expected


def test_cells_may_hold_pipes_and_line_breaks() -> None:
    made = html("| a |\n|---|\n| b |\n", lambda _segment: "x | y\\\nz")
    assert "<th>x | y<br />\nz</th>" in made
    assert "<td>x | y<br />\nz</td>" in made


def test_titles_and_targets_of_link_definitions() -> None:
    text = '[a] and ![a]\n\n[a]: /a "A title"\n[b]: javascript:x\n'
    words = {"A title": 'Un "título" <b>', "/a": "/es/a"}
    made = look(html(text, lambda segment: words.get(segment.msgid)))
    assert made.links == ["/es/a"]
    assert made.images == ["/es/a"]
    assert [word for word in made.words if "título" in word] == ['Un "título" <b>'] * 2
    bad = look(html(text, lambda segment: "javascript:x" if segment.domain else None))
    assert bad.links == ["/a"]


def test_anchors_are_made_from_the_source() -> None:
    text = (
        "# [Link](/x) *text*\n## `code`\n## ![Alt](a.png)\n# Same\n# Same\n# same-1\n# Same\n"
        "# ***\n#\n# Ünï हिन्दी 中文!\n# Guide\n# fn1\n# fnref2x\n# outreach-x\n# a^[b] c\n"
        "Two\nlines\n===\n"
    )
    expected = [
        *("link-text", "code", "alt", "same", "same-1", "same-1-1", "same-2"),
        *(
            "section",
            "section-1",
            "ünï-हिन्दी-中文",
            "section-guide",
            "section-fn1",
            "section-fnref2x",
        ),
        *("section-outreach-x", "a-c", "two-lines"),
    ]
    guide = parse_guide(text, "g", "g.md")
    assert [heading.id for heading in extract(guide).headings] == expected
    made = rendered(text, lambda segment: f"ا {len(segment.msgid)}", ARABIC)
    assert [heading.id for heading in made.headings] == expected
    assert [block.id for block in made.blocks if block.id] == expected


def test_headings_for_a_table_of_contents() -> None:
    text = "[Link](/x) ![Alt](a.png) `c` &amp;\\\nd^[no]\n===\n\n## b\n\n## ***\n"
    made = rendered(text, lambda segment: "B *y* `z`" if segment.msgid == "b" else None)
    assert made.headings == (
        Heading(1, "link-alt-c--d", "Link Alt c & d", "en"),
        Heading(2, "b", "B y z", ""),
        Heading(2, "section", "***", "en"),
    )


def test_many_headings_of_one_text() -> None:
    assert rendered("# a\n" * 3000).headings[-1].id == "a-2999"


def test_blocks() -> None:
    text = "# a\n\n- b\n- c^[n]\n\n***\n\n[r]: /r\n\nd\n\n[^x]: unused\n"
    made = rendered(text, lambda segment: "B" if segment.msgid == "b" else None)
    assert [(block.id, block.location.line, block.state) for block in made.blocks] == [
        ("a", 1, "source"),
        ("", 3, "partly"),
        ("", 6, "source"),
        ("", 10, "source"),
        ("", 1, "source"),
    ]
    assert "".join(block.html for block in made.blocks) == html(
        text, lambda segment: "B" if segment.msgid == "b" else None
    )
    assert {block.state for block in rendered("a\n\n- b\n  - c^[d]\n", same).blocks} == {
        "translated"
    }


def test_lines_of_blocks_and_texts_count_the_front_matter() -> None:
    text = "---\ntitle: T\n---\n\na\n"
    assert [block.location.line for block in rendered(text).blocks] == [5]
    assert [item.location.line for item in extract(parse_guide(text, "g", "g.md")).segments] == [
        2,
        5,
    ]


def test_comments_pass_through_only_where_raw_html_does() -> None:
    text = "<!-- note: N -->\na\n\n- <!-- other -->\n  b\n"
    assert html(text, language=ENGLISH) == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n"
    assert html(text, language=ENGLISH, raw_html=True).count("<!--") == 2


def test_raw_html_with_its_words_translated() -> None:
    text = (
        '<section class="x" aria-label="One">\n<p title="Two">three <b>four</b></p>\n</section>\n\n'
        'five <i>six</i>\n\n<img src="x" alt="seven">\n'
    )
    words = {
        '<section class="x" aria-label="One">': '<section class="x" aria-label="Uno">',
        '<p title="Two">': "<p title='Dos'>",
        "three <b>four</b>": "<b>cuatro</b> tres",
        "five <i>six</i>": "<i>seis</i> cinco",
        '<img src="x" alt="seven">': '<img src="x" alt="siete">',
    }
    assert html(text, lambda segment: words[segment.msgid], raw_html=True) == (
        '<section class="x" aria-label="Uno">\n<p title=\'Dos\'><b>cuatro</b> tres</p>'
        '\n</section>\n<p><i>seis</i> cinco</p>\n<img src="x" alt="siete">\n'
    )


def test_addresses_are_rewritten_everywhere() -> None:
    text = (
        "[a](/one 'T') ![b](/two) [c] <https://three.example>\n\n[c]: /four\n\n"
        '<p><a class=x href="/five?a=1&amp;b=2">d</a><img src=/six alt="href=\'/no\'"></p>\n\n'
        "e <a href='/seven'>f</a> `<a href=\"/no\">`\n"
    )
    guide = parse_guide(text, "g", "g.md")
    assert [(item.url, item.kind) for item in extract(guide, addresses=True).targets] == [
        *(("/one", "href"), ("/two", "src"), ("/four", "href"), ("https://three.example", "href")),
        *(("/five?a=1&b=2", "href"), ("/six", "src"), ("/seven", "href")),
    ]
    made = render(
        guide,
        ENGLISH,
        ENGLISH,
        translate=lambda _segment: None,
        label=str,
        address=lambda url, kind: None if url in ("/one", "/six") else f"{kind}&{url}",
        raw_html=True,
    )
    body = "".join(block.html for block in made.blocks)
    assert (
        '<a title="T">a</a> <img src="src&amp;/two" alt="b" /> <a href="href&amp;/four">c</a>'
        in body
    )
    assert '<a class=x href="href&amp;/five?a=1&amp;b=2">d</a><img alt="href=\'/no\'">' in body
    assert '<a href="href&amp;/seven">f</a>' in body


def test_where_an_address_stands() -> None:
    text = "---\ntitle: T\n---\na\n\n- b\n- [c](/x)\n\n| ![d](y.png) |\n|---|\n| [e](/z) |\n"
    assert extract(parse_guide(text, "g", "g.md"), addresses=True).targets == (
        Target("/x", "href", Location("g.md", 7)),
        Target("y.png", "src", Location("g.md", 9)),
        Target("/z", "href", Location("g.md", 11)),
    )
