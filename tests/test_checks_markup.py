"""What is said of the markup of a translation, in the words that translators read."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_tools import MARKUP, said
from markup_tools import html
from projects import catalog, po, run, write

from outreach.limits import MOST_TEXT

FOOTNOTES = frozenset({"1", "note"})
SEEN = "because they have no effect there"


def found(msgid: str, msgstr: str, tag: str = "es", kind: str = "paragraph") -> list[str]:
    return said(msgid, msgstr, tag, rules=MARKUP, kinds=(kind,), footnotes=FOOTNOTES)


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr", "piece", "better"),
    [
        # scripts without spaces: punctuation inside of the marks, a letter outside
        ("zh-Hans", "**a** b", "第六**“甲”**乙", "**“甲”**", "“**甲**”"),
        ("ja", "**a** b", "これは**「甲」**です", "**「甲」**", "「**甲**」"),
        ("zh-Hant", "**a.** b", "今天**甲。**乙", "**甲。**", "**甲**。"),
        ("zh-Hant", "**a:** b", "**甲：**乙", "**甲：**", "**甲**："),
        ("zh-Hans", "*a* b", "*（甲）*乙", "*（甲）*", "（*甲*）"),
        ("zh-Hans", "*a* b", "甲_乙（如有）：_丙", "_乙（如有）：_", "*乙（如有）*："),
        ("ja", "This is *very* big", "これは_とても_大きい", "_とても_", "*とても*"),
        ("ja", "This is **very** big", "これは__とても__大きい", "__とても__", "**とても**"),
        ("th", "**a** b", "นี่คือ_สำคัญ_มาก", "_สำคัญ_", "*สำคัญ*"),
        ("ko", "*Do* it", "그것을 _하다_는", "_하다_", "*하다*"),
        # wide marks, spaces inside, marks that are no pair
        ("zh-Hans", "**a** b", "＊＊甲＊＊乙", "＊＊甲＊＊", "**甲**"),
        ("es", "**Act** now", "Hoy ** Actúe ** ya", "** Actúe **", "**Actúe**"),
        ("es", "~~a~~ b", "~~ a ~~ b", "~~ a ~~", "~~a~~"),
        ("zh-Hans", "**a** b", "**甲*乙", "**甲*", "**甲**"),
        # a good one before, and after
        ("zh-Hans", "**a** **b** c", "**甲**和**「乙」**丙", "**「乙」**", "「**乙**」"),
        ("zh-Hans", "**a** **b** c", "这**「甲」**和**乙**", "**「甲」**", "「**甲**」"),
    ],
)
def test_marks_without_effect_are_shown_as_they_would_work(
    tag: str, msgid: str, msgstr: str, piece: str, better: str
) -> None:
    text = f"readers see the marks of `{piece}`, {SEEN}; write `{better}`"
    assert found(msgid, msgstr, tag) == [f"warning emphasis-mark: {text}"]
    assert found(msgid, msgstr.replace(piece, better), tag) == []


def test_marks_that_cannot_be_mended_are_told_all_the_same() -> None:
    assert found("**Act** now", "**Actúe ahora mismo, por favor") == [
        (
            f"warning emphasis-mark: readers see the marks in `**Actúe ahora…`, {SEEN}; write "
            f"them in "
            "pairs, directly beside the first and the last letter of the words"
        )
    ]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("2 * 3 = 6", "2 * 3 = 6 * 1"),
        ("*a* in snake_case", "*甲* 在 snake_case_name"),
        ("**a** b", "**甲** 乙"),
        ("*a*", "**甲**"),
        ("**a**", "*甲*"),
        ("a b", "*甲* 乙"),  # a foreign word, as some languages mark it
        ("a\\*b *c*", "甲\\*乙 *丙*"),
        ("`a*b` *c*", "*丙* `a*b`"),
    ],
)
def test_marks_that_do_no_harm(msgid: str, msgstr: str) -> None:
    assert found(msgid, msgstr, "zh-Hans") == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        (
            "*a* b",
            "a b",
            (
                "emphasis-count: number of marked pieces, such as `*words*`: 1 in the source, 0 "
                "here; "
                "mark the same words"
            ),
        ),
        (
            "a b",
            "**a** b",
            (
                "emphasis-count: number of strong pieces, such as `**words**`: 0 in the source, 1 "
                "here; mark only what is marked in the source"
            ),
        ),
        (
            "Type `a` now",
            "Escriba `a ahora",
            (
                "code-mark: readers see a backtick: Escriba `a ahora; write one before and one "
                "after "
                "each piece of code"
            ),
        ),
        (
            "`a` b",
            "a b",
            (
                "code-count: number of pieces of `code`: 1 in the source, 0 here; put the "
                "backticks "
                "back"
            ),
        ),
        (
            "`a`",
            "`a` `b`",
            (
                "code-count: number of pieces of `code`: 1 in the source, 2 here; use them as in "
                "the "
                "source"
            ),
        ),
        (
            "a^[`b`]",
            "a^[b]",
            (
                "code-count: number of pieces of `code`: 1 in the source, 0 here; put the "
                "backticks "
                "back"
            ),
        ),
        (
            "`yes` `no`",
            "`sí` `no`",
            (
                "code-text: `yes` in the source is `sí` here; leave code as it is, unless it is "
                "meant "
                "to be translated"
            ),
        ),
        (
            "a\\\nb",
            "a b",
            (
                "line-break: the source has 1 line break, the translation 0; a backslash at the "
                "end "
                "of a line makes one"
            ),
        ),
        (
            "a b",
            "a  \nb",
            (
                "line-break: the source has 0 line breaks, the translation 1; a backslash at the "
                "end "
                "of a line makes one"
            ),
        ),
        (
            "a\\*b",
            "a\\ *b",
            (
                "escape: readers see a backslash: `a\\ *b`; take it out, or put it directly before "
                "the mark that it should make plain"
            ),
        ),
        (
            "a&nbsp;b",
            "a& nbsp;b",
            (
                "entity: readers see `& nbsp;` as it is written; write it as in the source, with "
                "`&`, "
                "the name and `;`, without spaces"
            ),
        ),
        (
            "a &lt; b",
            "a ＆lt；b",
            (
                "entity: readers see `＆lt；` as it is written; write it as in the source, "
                "with `&`, the name and `;`, without spaces"
            ),
        ),
        (
            "![a](/x)",
            "![](/x)",
            (
                "image-missing: an image has no words for people who cannot see it; write them "
                "between `![` and `]`"
            ),
        ),
        ("a <b>b</b>", "a b", "tag-missing: the tag <b> of the source is missing; put it back"),
        (
            "a",
            "<span dir=rtl>b</span>",
            (
                "tag-added: the tag <span dir=rtl> is not in the source; take it out, unless the "
                "text "
                "needs it"
            ),
        ),
        (
            "Ask <your clinic>.",
            "Pregunte en su clínica.",
            (
                "slot-count: <your clinic> of the source is missing; keep the angle brackets, also "
                "where you translate the words in them"
            ),
        ),
    ],
)
def test_warnings(msgid: str, msgstr: str, expected: str) -> None:
    assert found(msgid, msgstr) == [f"warning {expected}"]


PLACE = "take the file name in ![words](file) from the source"
OUT = "take out what stands in `<` and `>`, or write it as in the source"
PAIRS = "each opening tag needs its closing tag after it"
WHERE = "put it where the footnote belongs, as it is written in the source"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("a", "![b](/y)", f"image: a translation cannot add or replace an image: /y; {PLACE}"),
        (
            "![a](/x)",
            "![a](/y)",
            f"image: a translation cannot add or replace an image: /y; {PLACE}",
        ),
        (
            "![a](/x)",
            "![a](/x) ![b](/x)",
            f"image: a translation cannot add or replace an image: /x; {PLACE}",
        ),
        (
            "a^[b]",
            "a^[![b](/x)]",
            f"image: a translation cannot add or replace an image: /x; {PLACE}",
        ),
        (
            "![a](/x)",
            "a",
            "image-missing: the image /x of the source is missing; put ![words](file) back",
        ),
        ("a", "<b>a</b>", f"raw-html: a translation cannot add raw HTML: <b>; {OUT}"),
        ("a", "<x>a", f"raw-html: a translation cannot add raw HTML: <x>; {OUT}"),
        (
            '<img src="x" alt="a">',
            '<img src="x" alt="a" onerror="b">',
            f'raw-html: a translation cannot add raw HTML: <img alt="" onerror="b" src="x">; {OUT}',
        ),
        (
            "<a href='/x'>b</a>",
            "<a href='/x' onclick=y>b</a>",
            f'raw-html: a translation cannot add raw HTML: <a href="" onclick=y>; {OUT}',
        ),
        (
            "<b>a</b>",
            "</b>a<b>",
            f"tag-nesting: the tags are not in pairs any more: </b> <b>; {PAIRS}",
        ),
        ("a <b>b</b>", "a <b>b", f"tag-nesting: the tags are not in pairs any more: <b>; {PAIRS}"),
        (
            "<b>a</b> <i>b</i>",
            "<b>a <i>b</b></i>",
            f"tag-nesting: the tags are not in pairs any more: <b> <i> </b> </i>; {PAIRS}",
        ),
        (
            '<img src="x"> a',
            "a",
            'tag-missing: the tag <img src="x"> of the source is missing; put it back',
        ),
        ("a[^1]", "b", f"footnote: the footnote [^1] of the source is missing; {WHERE}"),
        ("a", "b[^1]", "footnote: the footnote [^1] is not in the source; take it out"),
        ("a[^1]", "b[^1][^1]", "footnote: the footnote [^1] is not in the source; take it out"),
        ("a^[b]", "c", f"footnote: the footnote ^[…] of the source is missing; {WHERE}"),
        (
            "By %(name)s",
            "Por %(nombre)s",
            (
                "placeholder: %(name)s of the source is missing; put it where the program should "
                "fill "
                "it in"
            ),
        ),
        ("By", "Por %(name)s", "placeholder: %(name)s is not in the source; take it out"),
        (
            "By %(name)s",
            "Por %(name)s %(name)",
            "placeholder: a `%(` has no `)s` after its name; write it as in the source",
        ),
        (
            "a",
            "x" * (MOST_TEXT + 1),
            "size: the translation is 64.1 kB long, and at most 64 kB are read; shorten it",
        ),
        (
            "a",
            "^[" * 101,
            "size: the translation has 101 times `^[`, and at most 100 are read; shorten it",
        ),
    ],
)
def test_errors(msgid: str, msgstr: str, expected: str) -> None:
    assert found(msgid, msgstr) == [f"error {expected}"]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("a[^1] b[^note]", "b[^note] a[^1]"),
        ("a^[b]", "c^[d]"),
        ("<b>a</b> <i>b</i>", "<i>b</i> <b>a</b>"),
        ('<img src="x" alt="a">', "<img  src = \"x\" alt='b'>"),
        ('<p lang="en">a</p>', '<p lang="es">b</p>'),
        ('<input type="submit" value="Send">', '<input type="submit" value="Enviar">'),
        ("<!-- a --> b", "<!-- be --> b"),
        ('<Tab value="one">', '<Tab value="uno">'),
        ("Ask <your clinic>.", "Pregunte en <su clínica>."),
        ("`cp <file>`", "`cp <archivo>`"),
        ("` a `", "`a`"),
        ("a&nbsp;b", "a\u00a0b"),
        ("AT&T; x", "AT&T; x"),
        ("By %(name)s", "Por %(name)s"),
        ("100 %", "100 %(más o menos)"),
        ("![](/x)", "![](/x)"),
    ],
)
def test_nothing_is_wrong(msgid: str, msgstr: str) -> None:
    assert found(msgid, f"{msgstr} z" if msgid == msgstr else msgstr) == []


@pytest.mark.parametrize(
    "msgstr",
    [
        "b <!-- --!><script>alert(1)</script> -->",
        "b <!-->",
        "b <!--->",
        "b <x onclick=y>",
        "b <a href='/x' href='javascript:x'>",
        "b <a href='/x' style='x'>",
        "b <span class=x style=y>",
        "b <?x?>",
        "b <![CDATA[x]]>",
    ],
)
def test_a_translation_cannot_smuggle_html_in(msgstr: str) -> None:
    for kind in ("paragraph", "text in raw HTML"):
        for msgid in ("b", "b <!-- a -->", "b <a href='/x'>"):
            lines = found(msgid, msgstr, kind=kind)
            assert [line for line in lines if line.startswith("error")], (kind, msgid)


@pytest.mark.parametrize("msgstr", ["b <!-- > x", "b <a/href='javascript:x'>"])
def test_nor_where_only_browsers_take_it_for_html(msgstr: str) -> None:
    assert found("b", msgstr, kind="text in raw HTML")[0].startswith("error raw-html")
    assert "&lt;" in html(msgstr, raw_html=True)


@pytest.mark.parametrize("kind", ["title of the guide", "preformatted text"])
def test_markdown_means_nothing_in_some_texts(kind: str) -> None:
    assert found("See [a](/x) **b**", "Ver <i>be</i> ![c](/y)", kind=kind) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("a", "b", []),
        ('<img alt="a"> b', '<img alt="c"> d', []),
        ("a <b>b</b>", "<b>c</b> d &lt; e", []),
        ("a", "<b>a</b>", [f"error raw-html: a translation cannot add raw HTML: <b>; {OUT}"]),
        (
            "<b>a</b>",
            "a",
            ["warning tag-missing: the tag <b> of the source is missing; put it back"],
        ),
        ("a", "b < c", ["error raw-html: a `<` or `>` stands alone; write &lt; or &gt;"]),
        ("a", "b --> c", ["error raw-html: a `<` or `>` stands alone; write &lt; or &gt;"]),
        (
            '<img alt="a" src="x">',
            '<img alt="a>b" src="x">',
            [
                f'error raw-html: a translation cannot add raw HTML: <img alt="a>; {OUT}',
                "error raw-html: a `<` or `>` stands alone; write &lt; or &gt;",
            ],
        ),
        (
            '<a href="/x">a</a>',
            '<a href="javascript:x">a</a>',
            [
                (
                    "error unsafe-link: the link to javascript:x is not allowed in a translation; "
                    "take the address of the source"
                )
            ],
        ),
    ],
)
def test_texts_in_raw_html(msgid: str, msgstr: str, expected: list[str]) -> None:
    assert found(msgid, msgstr, kind="text in raw HTML") == expected


def test_a_problem_names_the_message_and_its_line(tmp_path: Path) -> None:
    project = write(
        tmp_path,
        {
            "content/en/g.md": "# G\n\nSee [a link](/x.txt) in a text that is rather long.\n",
            "content/en/x.txt": "",
            catalog("g"): po(
                {"See [a link](/x.txt) in a text that is rather long.": "Ver ![x](y.png)"}
            ),
        },
    )
    lines = run(project, "check", "--rule", "image", "--rule", "link-count").err.splitlines()
    assert lines == [
        f"{catalog('g')}:6: error: “See [a link](/x.txt) in a text that is …” → “Ver ![x](y.png)”: "
        f"{text} [{rule}]"
        for text, rule in (
            (f"a translation cannot add or replace an image: y.png; {PLACE}", "image"),
            (
                (
                    "the source has 1 link, the translation 0: the one to /x.txt is missing; keep "
                    "each [words](address) and [words][label] of the source"
                ),
                "link-count",
            ),
        )
    ]


def test_the_order_of_attributes_and_the_slash_of_a_break_are_nothing() -> None:
    old = '<img src="x" alt="a" width="3"> b<br/> c'
    assert found(old, '<img width="3" alt="á" src="x"> be<br> ce') == []


def test_a_doubled_percent_sign_is_no_name() -> None:
    assert found("It is 100%% true.", "Es verdad al 100 %.") == []
