"""Rendering templates: what translators can and cannot do to a page."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping

import pytest

from outreach.model import OutreachError
from outreach.pages.environment import render
from outreach.pages.trust import Trust

MACHINE = "Machine translation, not yet checked by a qualified person."
DRAFT = "Draft translation, not yet checked by a qualified person."
MISTAKES = "This text can contain mistakes."
PUBLISHED = "Published by %(publisher)s."

TEXTS: Mapping[str, Mapping[str, str]] = {
    "es": {MACHINE: "Traducción automática.", MISTAKES: "Puede contener errores."},
    "zh-Hans": {MACHINE: "机器翻译。", MISTAKES: "可能有错误。"},
}


def draft(texts: Mapping[str, str], *, mark_english: bool = False) -> str:
    return render(
        "mark.html",
        lambda msgid: texts.get(msgid, msgid),
        mark_english=mark_english,
        trust=Trust("draft", english_source=True, machine=True),
        sections=(),
        more=0,
        paper=False,
    )


def published(msgstr: str, publisher: str = "A5") -> str:
    """A text with a placeholder, from the foot of a page."""
    language = {"tag": "en", "direction": "ltr", "own_name": "English", "english_name": "English"}
    html = render(
        "language.html",
        lambda msgid: msgstr if msgid == PUBLISHED else msgid,
        language=language,
        title="T",
        description="",
        site={"source": language, "publisher": publisher, "contact": "", "license": "", "url": ""},
        place={"root": ""},
        languages=[],
        english_source=True,
        here=[],
        elsewhere=[],
    )
    return html.split("<footer")[1].split("<p>")[1].split("</p>")[0]


def test_alternating_languages_keep_their_own_text() -> None:
    for _ in range(3):
        for texts in TEXTS.values():
            html = draft(texts)
            assert texts[MACHINE] in html
            assert texts[MISTAKES] in html
    assert MACHINE in draft({})


def draft_in(tag: str) -> str:
    return draft(TEXTS[tag])


def test_forked_workers_render_the_same() -> None:
    tags = ["es", "zh-Hans"] * 4
    here = [draft_in(tag) for tag in tags]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(draft_in, tags, chunksize=1) == here


@pytest.mark.parametrize(
    ("msgstr", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('"><img src=x>', "&#34;&gt;&lt;img src=x&gt;"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("{% for x in y %}", "{% for x in y %}"),
        ("{# gone? #}", "{# gone? #}"),
        ("100 % sure, 50%% off %d %s %", "100 % sure, 50% off %d %s %"),
        ("A &amp; B", "A &amp;amp; B"),
    ],
)
def test_a_msgstr_is_data(msgstr: str, shown: str) -> None:
    assert shown in draft({MACHINE: msgstr})


@pytest.mark.parametrize(
    "msgstr",
    [
        "Sin nada",
        "%(autor)s",
        "%(publisher)d",
        "%(publisher)",
        "%(publisher",
        "%(publisher)s %(other)s",
        "",
    ],
)
def test_a_msgstr_with_wrong_placeholders_gives_way_to_english(msgstr: str) -> None:
    assert published(msgstr) == "Published by <bdi>A5</bdi>."


def test_placeholders_may_move_and_come_twice() -> None:
    assert published("%(publisher)s: <b> %(publisher)s") == "<bdi>A5</bdi>: &lt;b&gt; <bdi>A5</bdi>"


def test_values_are_escaped_and_not_filled_again() -> None:
    assert published("es %(publisher)s", "<i>%(publisher)s") == (
        "es <bdi>&lt;i&gt;%(publisher)s</bdi>"
    )


def test_english_for_want_of_a_translation_is_marked_where_asked() -> None:
    marked = draft({MACHINE: "机器翻译。"}, mark_english=True)
    assert f'<span lang="en" dir="ltr">{MISTAKES}</span>' in marked
    assert "<strong>机器翻译。</strong>" in marked
    assert "lang=" not in draft({})


def test_a_value_that_is_missing_names_template_and_line() -> None:
    with pytest.raises(OutreachError) as caught:
        render("short.html", str)
    problem = caught.value.problem
    assert (problem.location.path, problem.location.line) == ("templates/short.html", 1)
    assert "'trust' is undefined" in problem.text


def test_a_template_that_is_missing_is_named() -> None:
    with pytest.raises(OutreachError, match=r"templates/none\.html: error: .*not found"):
        render("none.html", str)
