"""Labels that translators translate find their targets again."""

from __future__ import annotations

import pytest
from check_tools import said
from markup_tools import html, look

from outreach.markup.references import repair
from outreach.model import Segment

REFERENCES = {
    label: {"href": f"/{label.lower().replace(' ', '-')}", "title": ""}
    for label in ("THE RULES", "B", "C", "规则")
}
FOOTNOTES = frozenset({"1", "note"})


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
    found = said(msgid, msgstr, rules=["reference"], references=REFERENCES, footnotes=FOOTNOTES)
    assert [line.split(":")[0] for line in found] == ["warning reference"]


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
    (warning,) = said("[b] and [w][the rules]", "[be] y [p][las reglas]", references=REFERENCES)
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
