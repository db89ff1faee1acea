"""What counts as a change, and which changes a reviewer should see first."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup_tools import look
from projects import po

from outreach.catalog.po import read_catalog
from outreach.changes.catalogs import Context, compare_catalogs, rest_of
from outreach.changes.data import as_json
from outreach.changes.guides import compare_guides, renamed
from outreach.changes.markdown import as_markdown
from outreach.changes.records import Change, Diff, Handout, Rest, SourceChange, Text
from outreach.changes.text import as_text
from outreach.changes.words import hardly_changed, lines, marked, same_wording, visible
from outreach.guides import parse_guide
from outreach.languages import find
from outreach.markup.extract import extract
from outreach.model import Location, Problem
from outreach.project import Source

SPANISH, ENGLISH = find("es"), find("en")
PATH = "locale/es/LC_MESSAGES/a.po"
TEXTS = st.text(max_size=40)
HOSTILE = (
    "<script>alert(1)</script>",
    "</code></td></table><img src=x onerror=alert(1)>",
    "@octocat #1 https://evil.example www.evil.example a@evil.example",
    "![x](https://evil.example/x.png) [y](https://evil.example) <https://evil.example>",
    "```\n\n# Approved\n\n```",
    "&lt;b&gt; &#60;i&#62;",
    "a | b\n|---|---|\n| c | d |",
    "\u202eevil\u2066 \x1b[31mred \x00 \r\n\r\n<b>bold</b>",
    "$\\href{https://evil.example}{x}$ :tada:",
)


def changes(old: str, new: str, *texts: str, former: dict[str, str] | None = None) -> list[Change]:
    """The changes between two catalogs whose guides hold these texts now."""
    context = Context(SPANISH, PATH, frozenset(texts), former or {})
    before, now = (read_catalog(text.encode(), PATH) for text in (old, new))
    return list(compare_catalogs(before, now, context))


def change(old: str, new: str, *texts: str) -> Change:
    found = changes(old, new, *texts)
    assert len(found) == 1
    return found[0]


def entry(msgid: str, msgstr: str, *above: str) -> str:
    return "".join(f"{line}\n" for line in above) + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def source(name: str, text: str) -> dict[str, Source]:
    guide = parse_guide(text, name, f"content/en/{name}.md")
    return {name: Source(guide, extract(guide))}


def diff(*found: Change, problems: tuple[Problem, ...] = ()) -> Diff:
    return Diff("main", "a" * 40, ENGLISH, (SPANISH,), changes=found, problems=problems)


# Messages


def test_the_same_message_with_the_same_translation_is_no_change() -> None:
    old = entry("a", "á") + entry("b", "")
    new = '#. paragraph\nmsgid "b"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n"á"\n'
    assert changes(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (entry("a", ""), entry("a", "á"), "new"),
        ("", entry("a", "á"), "new"),
        (entry("a", "á"), entry("a", "à"), "changed"),
        (entry("a", "á"), entry("a", ""), "removed"),
        (entry("a", "á"), entry("a", " "), "removed"),
        (entry("a", "á"), entry("a", "á", "#, fuzzy"), "made-fuzzy"),
        (entry("a", "á", "#, fuzzy"), entry("a", "á"), "fuzzy-removed"),
        (entry("a", "á", "#, fuzzy"), entry("a", "à", "#, fuzzy"), "changed"),
        (entry("a", "á"), '#~ msgid "a"\n#~ msgstr "á"\n', "removed"),
        (entry("a", "á"), "", "removed"),
        ('#~ msgid "a"\n#~ msgstr "á"\n', entry("a", "á"), "new"),
    ],
)
def test_what_happened_to_a_message(old: str, new: str, kind: str) -> None:
    assert change(old, new, "a").kind == kind


def test_a_translation_that_went_with_its_text_is_a_change_of_the_guide() -> None:
    old = entry("Wash them.", "Lávelas.") + entry("b", "be")
    assert changes(old, entry("b", "be"), "b") == []
    assert changes(old, entry("b", "be") + '#~ msgid "Wash them."\n#~ msgstr "x"\n', "b") == []


def test_messages_with_another_context_are_other_messages() -> None:
    old = entry("a", "á", 'msgctxt "x"')
    found = changes(old, old + entry("a", "à"), "a")
    assert [(item.kind, item.msgctxt) for item in found] == [("new", None)]


def test_an_edited_text_is_shown_with_the_one_it_was_by_the_catalog_s_own_record() -> None:
    old = entry("Wash.", "Lave.") + entry("Wash them often", "Lávelas")
    new = entry("Clean the whole house.", "Lave.", "#, fuzzy", '#| msgid "Wash."')
    found = change(old, new, "Clean the whole house.")
    assert (found.kind, found.hardly) == ("made-fuzzy", False)
    assert found.before == Text("Wash.", "Lave.")
    assert found.now == Text("Clean the whole house.", "Lave.", fuzzy=True)


def test_an_edited_text_is_shown_with_the_nearest_one_that_is_gone() -> None:
    old = entry("Wash your hands often.", "Lávese las manos.") + entry("Sleep well at night.", "x")
    new = entry("Wash your hands very often.", "Lávese mucho las manos.")
    found = change(old, new, "Wash your hands very often.")
    assert found.kind == "changed"
    assert found.before == Text("Wash your hands often.", "Lávese las manos.")


def test_a_text_that_is_still_in_the_guide_is_not_taken_for_the_one_before_another() -> None:
    old = entry("Wash your hands often.", "Lávese.")
    new = old + entry("Wash your hands very often.", "Lávese mucho.")
    assert change(old, new, "Wash your hands often.").before is None


def test_a_translation_that_is_lost_with_an_edit_is_named() -> None:
    old = entry("Wash your hands often.", "Lávese las manos.")
    found = change(old, entry("Wash your hands very often.", ""), "Wash your hands very often.")
    assert (found.kind, found.before) == (
        "removed",
        Text("Wash your hands often.", "Lávese las manos."),
    )


def test_plural_forms_are_one_translation() -> None:
    forms = 'msgid "a day"\nmsgid_plural "%d days"\nmsgstr[0] "{}"\nmsgstr[1] "días"\n'
    found = change(forms.format("día"), forms.format("dia"), "a day")
    assert (found.kind, found.before, found.now) == (
        "changed",
        Text("a day", "día\ndías"),
        Text("a day", "dia\ndías"),
    )


ENTRIES = st.dictionaries(
    st.sampled_from(("Wash.", "Wash them.", "Wash them now.", "Sleep.", "Eat well.")),
    st.tuples(st.sampled_from(("", " ", "uno", "dos dos", "dos dos dos")), st.booleans()),
)


def written(entries: dict[str, tuple[str, bool]]) -> str:
    """A catalog with translations, fuzzy or not."""
    return "".join(
        entry(msgid, msgstr, *(["#, fuzzy"] if fuzzy else []))
        for msgid, (msgstr, fuzzy) in entries.items()
    )


@given(ENTRIES, ENTRIES)
def test_nothing_that_readers_could_see_changes_without_a_word(
    old: dict[str, tuple[str, bool]], new: dict[str, tuple[str, bool]]
) -> None:
    found = changes(written(old), written(new), *new)
    assert changes(written(new), written(new), *new) == []
    named = [item.now.msgid for item in found if item.now]
    assert len(named) == len(set(named))

    def shows(entries: dict[str, tuple[str, bool]], msgid: str) -> str:
        msgstr, fuzzy = entries.get(msgid, ("", False))
        return "" if fuzzy else msgstr.strip()

    for msgid in new:
        assert shows(old, msgid) == shows(new, msgid) or msgid in named


def test_comments_headers_and_obsolete_messages_are_counted() -> None:
    old = po({"a": "á", "b": "be"}) + '\n#~ msgid "c"\n#~ msgstr "ce"\n'
    new = po({"b": "be", "a": "á"}, "Language: es_MX").replace('msgid "a"', '# Hm.\nmsgid "a"')
    before, now = (read_catalog(text.encode(), PATH) for text in (old, new))
    rest = rest_of(before, now, PATH)
    assert (rest.comments, rest.obsolete) == (1, 1)
    assert rest.header == (("Language", "es", "es_MX"),)
    same = rest_of(now, now, PATH)
    assert (same.comments, same.obsolete, same.header) == (0, 0, ())


# What to look at first


def previous(msgid: str, msgstr: str, before: str) -> str:
    return entry(msgid, msgstr, "#, fuzzy", f'#| msgid "{before}"')


def test_a_vanished_mark_on_the_same_translation_of_another_text_comes_first() -> None:
    old = previous("Do not take it with milk.", "Tómelo con leche.", "Take it with milk.")
    found = change(old, entry("Do not take it with milk.", "Tómelo con leche."))
    assert (found.kind, found.hardly) == ("fuzzy-removed", True)
    assert found.before == Text("Take it with milk.", "Tómelo con leche.", fuzzy=True)


@pytest.mark.parametrize(
    "msgstr", ["Tómelo con leche", "Tómelo  con **leche**.", "tómelo con leche."]
)
def test_a_translation_with_other_marks_is_hardly_changed(msgstr: str) -> None:
    old = previous("Do not take it with milk.", "Tómelo con leche.", "Take it with milk.")
    assert change(old, entry("Do not take it with milk.", msgstr)).hardly


@pytest.mark.parametrize(
    ("before", "now", "old", "new"),
    [
        # The text changed by as little as its translation.
        ("Call 555-0100 now.", "Call 555-0199 now.", "Llame al 555-0100.", "Llame al 555-0199."),
        ("a/b and others", "a-b and others", "a/b y otros más", "a-b y otros más"),
        # Only white space, quotes and marks changed.
        ("Say “no”.", 'Say  "no".', "Diga no.", "Diga no."),
        ("It is *new*.", "It is **new**.", "Es nuevo.", "Es nuevo."),
        # It was translated anew.
        ("Take it with milk.", "Do not take it.", "Tómelo con leche.", "No se debe tomar."),
    ],
)  # fmt: skip
def test_a_translation_that_followed_its_text_is_not_suspected(
    before: str, now: str, old: str, new: str
) -> None:
    assert not hardly_changed(old, new, (before, now))


def test_in_a_long_text_a_mended_typo_is_not_a_new_translation() -> None:
    english = "Wash your hands with soap and water for twenty seconds. "
    spanish = "Lávese las manos con agua y javón durante veinte segundos. "
    texts = (english * 3, english * 3 + "Do not use hot water.")
    assert hardly_changed(spanish * 3, spanish.replace("javón", "jabón") * 3, texts)


def test_where_no_text_is_on_record_each_vanished_mark_on_the_same_translation_counts() -> None:
    found = change(entry("a", "Tómelo.", "#, fuzzy"), entry("a", "Tómelo."))
    assert found.hardly
    assert "did not say which text" in found.note
    for old, new in (("Tómelo.", "Coma bien."), ("Este es el día 1", "Este es el día 4")):
        assert not change(entry("a", old, "#, fuzzy"), entry("a", new)).hardly


def test_a_mark_that_came_and_went_since_the_revision_is_seen_all_the_same() -> None:
    old = entry("Take it with milk.", "Tómelo con leche.")
    found = change(old, entry("Do not take it with milk.", "Tómelo con leche."))
    assert (found.kind, found.hardly) == ("edited", True)


def test_a_fuzzy_mark_does_not_vanish_unseen_among_the_obsolete_messages() -> None:
    old = '#, fuzzy\n#~| msgid "Take it."\n#~ msgid "Leave it."\n#~ msgstr "Tómelo."\n'
    found = change(old, entry("Leave it.", "Tómelo."), "Leave it.")
    assert (found.kind, found.hardly) == ("fuzzy-removed", True)


def test_a_translation_that_is_still_fuzzy_can_do_no_harm() -> None:
    old = previous("Take it with milk!", "Tómelo con leche.", "Take it.")
    new = previous("Take it with milk?", "Tómelo con leche.", "Take it.")
    assert [item.hardly for item in changes(old, new)] == [False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a  b\nc", "a b c", True),
        ("“a” it’s", '"a" it\'s', True),
        ("**a** `b`", "*a* b", True),
        ("a\\\nb", "a b", True),
        ("a.", "a", False),
        ("a", "A", False),
        ("1", "2", False),
    ],
)
def test_what_is_the_same_wording(one: str, other: str, *, same: bool) -> None:
    assert same_wording(one, other) is same


# Guides


def test_what_happened_to_the_texts_of_a_guide() -> None:
    old = source("a", "# Clean hands\n\nWash your hands often.\n\nGone for good.\n")
    new = source("a", "# Clean hands\n\nQuite another text here.\n\nWash your hands very often.\n")
    found = compare_guides(old, new, {}, {})
    assert [(item.kind, item.location.line, item.before, item.now) for item in found] == [
        ("new", 3, "", "Quite another text here."),
        ("edited", 5, "Wash your hands often.", "Wash your hands very often."),
        ("removed", 0, "Gone for good.", ""),
    ]


def test_what_a_catalog_says_of_the_former_text_comes_before_likeness() -> None:
    old, new = source("a", "Wash.\n"), source("a", "Clean the whole house.\n")
    found = compare_guides(old, new, {}, {"Clean the whole house.": "Wash."})
    assert [(item.kind, item.before) for item in found] == [("edited", "Wash.")]


def test_a_guide_that_changed_in_structure_alone_is_named_once() -> None:
    old, new = source("a", "One.\n\nTwo.\n"), source("a", "- One.\n\nTwo.\n")
    assert [item.kind for item in compare_guides(old, new, {}, {})] == ["other"]
    assert list(compare_guides(old, old, {}, {})) == []


def test_a_target_of_a_link_is_a_text_of_its_own() -> None:
    text = "See [x].\n\n[x]: https://a.example/{}\n"
    found = compare_guides(source("a", text.format("old")), source("a", text.format("new")), {}, {})
    assert [(item.kind, item.now) for item in found] == [("edited", "https://a.example/new")]


def test_a_guide_that_is_mostly_another_one_was_renamed() -> None:
    text = "# Sleep\n\nSleep eight hours.\n\n{}\n"
    old = source("old", text.format("Rest.")) | source("stays", text.format("Rest."))
    new = source("new", text.format("Rest well.")) | source("stays", text.format("Rest."))
    names = renamed(old, new)
    assert names == {"new": "old"}
    kinds = [(item.kind, item.guide) for item in compare_guides(old, new, names, {})]
    assert kinds[0] == ("renamed", "new")
    assert {guide for _, guide in kinds} == {"new"}
    assert renamed(source("old", "# A\n\nB\n\nC\n"), source("new", "# A\n\nD\n\nE\n")) == {}
    assert renamed(source("old", ""), source("new", "")) == {}


# Words


@given(TEXTS, TEXTS)
@example("Wash them.", "Do not wash them.")
@example("हिन्दी में", "हिंदी में")
def test_the_parts_of_two_texts_make_up_the_texts(before: str, now: str) -> None:
    left, right = marked(before, now)
    assert "".join(span.text for span in left) == before
    assert "".join(span.text for span in right) == now
    for spans in (left, right):
        assert "\n".join("".join(s.text for s in line) for line in lines(spans)) == "".join(
            span.text for span in spans
        )


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("Wash your hands often.", "Do not wash your hands often.", ["Do not wash"]),
        ("Take 3 pills a day.", "Take 4 pills a day.", ["4"]),
        ("请经常洗手。", "请不要经常洗手。", ["不要"]),
        ("ล้างมือบ่อยๆ", "อย่าล้างมือบ่อยๆ", ["อย่า"]),
        ("a b c d e f", "a b c d e f", []),
        ("quite another text", "nothing in common", []),
    ],
)
def test_the_words_that_changed_are_marked(before: str, now: str, changed: list[str]) -> None:
    assert [span.text for span in marked(before, now)[1] if span.changed] == changed


@given(st.text())
def test_a_visible_text_commands_nothing(text: str) -> None:
    shown = visible(text).replace("\n", "")
    kinds = {unicodedata.category(char) for char in shown if char not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


# Outputs


def hostile(text: str) -> Diff:
    """A difference with a text in every place where a stranger can put one."""
    own = Problem(Location(f"locale/{text}.po"), text, rule="x", msgid=text)
    change = Change(
        "changed",
        SPANISH,
        Location(f"locale/{text}.po", 1),
        (text,),
        Text(text, f"{text} vieja"),
        Text(text, f"{text} nueva"),
        note=text,
        problems=(own,),
    )
    guide = SourceChange("renamed", text, Location(f"content/{text}.md"), text, text)
    handout = Handout(text, SPANISH, "new", 100, (f"es/{text}.html", f"es/{text}.pdf"))
    other = Problem(Location(f"content/{text}.md"), text)
    found = diff(change, problems=(own, other))
    rest = Rest(text, header=(("X-Translation-Method", text, f"{text}."),))
    return replace(
        found,
        sources=(guide,),
        handouts=(handout,),
        rests=(rest,),
        warnings=(other,),
        revision=text,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_stranger_takes_effect_in_markdown(text: str) -> None:
    _check_harmless(text)


@given(st.text(alphabet="<>&\"'`*_[]()!|#@:/.\\\n\r ~$-=+a1\u2028", min_size=1))
def test_no_text_at_all_takes_effect_in_markdown(text: str) -> None:
    _check_harmless(text)


def _check_harmless(text: str) -> None:
    summary = as_markdown(hostile(text))
    html = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(summary)
    )
    # Nothing was read as Markdown: what we wrote is HTML, and comes out as it is.
    assert html.replace("\n", "") == summary.replace("\n", "")
    found, harmless = look(summary), look(as_markdown(hostile("a")))
    parts = {"code", "br", "del", "ins"}
    assert [t for t in found.tags if t not in parts] == [t for t in harmless.tags if t not in parts]
    assert found.attributes <= {
        ("th", "align"),
        ("th", "colspan"),
        ("td", "dir"),
        ("td", "colspan"),
    }
    # All that is a stranger's stands in `<code>`, where nobody is mentioned and nothing is a link.
    assert found.words == harmless.words
    assert not found.unbalanced


def test_a_summary_that_is_too_long_says_what_was_left_out() -> None:
    many = [
        Change("new", SPANISH, Location(PATH, line), ("a",), None, Text("a" * 80, "b" * 80))
        for line in range(1, 200)
    ]
    first = Change(
        "changed", SPANISH, Location(PATH, 999), ("a",), None, Text("a", "b"), hardly=True
    )
    everything = as_markdown(diff(*many, first))
    cut = as_markdown(diff(*many, first), most=20_000)
    assert "left out" not in everything
    assert 15_000 < len(cut.encode()) <= 20_000
    shown = cut.count("<table>")
    assert f"<b>{200 - shown} items left out" in cut
    assert f"{PATH}:999" in cut
    assert cut.count("<details>") == cut.count("</details>") == 1
    assert "1 item left out" in as_markdown(diff(first), most=400)


def test_a_long_list_of_handouts_leaves_room_for_translations() -> None:
    handouts = tuple(Handout(f"guide-{i}", SPANISH, "changed", 100, ("x", "y")) for i in range(500))
    new = Change("new", SPANISH, Location(PATH, 7), ("a",), None, Text("a", "á"))
    cut = as_markdown(replace(diff(new), handouts=handouts), most=5_000)
    assert f"{PATH}:7" in cut
    assert "items left out" in cut


def test_json_tells_all_and_commands_no_terminal() -> None:
    text = "\u202e\x9b31m\x1b \u2028"
    written = as_json(hostile(text))
    assert written.isprintable() or set(written) - set("\n") <= {
        c for c in written if c.isprintable()
    }
    message = json.loads(written)["messages"][0]
    assert message["msgid"] == text
    assert message["problems"][0]["text"] == text


def test_text_has_colours_only_where_asked_for_and_isolates_right_to_left_lines() -> None:
    found = Change(
        "changed",
        find("ar"),
        Location(PATH, 3),
        ("a",),
        Text("Wash (now).", "اغسل يديك الآن"),
        Text("Wash (now).", "اغسل يديك دائما"),
    )
    arabic = Diff("main", "a" * 40, ENGLISH, (find("ar"),), changes=(found,))
    assert as_text(arabic).splitlines()[-3:] == [
        "  English: Wash (now).",
        "  Arabic was: \u2068اغسل يديك {-الآن-}\u2069",
        "         now: \u2068اغسل يديك {+دائما+}\u2069",
    ]
    assert "\x1b" not in as_text(arabic)
    assert "\x1b[32mدائما\x1b[0m" in as_text(arabic, colour=True)


def test_a_text_of_many_lines_stays_in_its_column() -> None:
    found = Change("new", SPANISH, Location(PATH), (), None, Text("a\\\nb", "á\\\nbé"))
    assert as_text(diff(found)).splitlines()[-4:] == [
        "  English: a\\",
        "         | b",
        "  Spanish now: á\\",
        "             | bé",
    ]
