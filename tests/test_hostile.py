"""Catalogs, guides and configurations that mean harm, or nothing at all, from end to end."""

from __future__ import annotations

import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import GUIDE, SPANISH, body, build, catalog, dead_links, files, po, run, write

A = "content/en/a.md"
ES = catalog("a")
ODD = GUIDE + (
    "\nSee [the rules][r], ![a map](m.png) and `code`.[^1]\n\n| Head |\n|---|\n| Cell |\n\n"
    "```text translate\nplain\n```\n\n::: note Mind\nThis.\n:::\n\n"
    '[r]: https://a.example/ "Title"\n'
    "[^1]: Foot.\n"
)
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x]( https://evil.example )",
    "[x](//evil.example)",
    "[x]: https://evil.example\n\n[x]",
    "<javascript:alert(1)>",
    "<https://evil.example>",
    "![x](https://evil.example/track.png)",
    "![x](m.png)",
    "![x][r]",
    "x\n\n<script>alert(1)</script>\n\nx",
    "x\n\n# New heading\n",
    "- a\n- b",
    "> quote",
    "| a |\n|---|\n| b |",
    "```\nx\n```",
    "</div></article></main><h1>out</h1>",
    "--> <b>x</b> <!--",
    "<!-- note: x -->",
    "<!--\nno-translate\n-->",
    "x\x00y\x1b[31m",
    "x\u202ey\u2066z",
    "{{ 7 * 7 }} {% for x in y %} %(total)s %s {0}",
    '" onmouseover="alert(1)',
    "'><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[^2]",
    "[^1] [^1] [^1]",
    "*" * 500,
    "[" * 500,
    "`" * 501,
    "a" * 100_000,
    "::: note\nx\n:::",
    "\\",
    "\\\n",
)


class Guard(HTMLParser):
    """Fails on anything in a page that could run, or load something from elsewhere."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "iframe", "object", "embed", "form", "style", "base", "svg"}
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name, value)
            if name in ("href", "src"):
                plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
                assert not re.match(r"(javascript|vbscript|file):|//", plain), (tag, value)
                assert tag != "img" or not re.match(r"[a-z]+:", plain), (tag, value)


def check_pages(root: Path) -> None:
    """Nothing in the pages can run or load something from elsewhere."""
    for data in files(root / "build", "*.html").values():
        page = data.decode()
        Guard(convert_charrefs=True).feed(page)
        assert page.count("</main>") == page.count("</body>") == 1


def shape(html: str) -> list[str]:
    """The block elements of a guide, in order."""
    return re.findall(r"</?(?:h[1-6]|p|ul|ol|li|table|t[rdh]|blockquote|pre|div|dl|hr)\b", html)


@pytest.fixture(scope="module")
def messages() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {A: ODD, "content/en/m.png": b"png"})
        run(root, "update")
        text = (root / "locale/a.pot").read_text("utf-8")
    return [
        re.sub(r'"\n"', "", item).replace('\\"', '"').replace("\\n", "\n")
        for item in re.findall(r'^msgid "((?:[^"\\]|\\.|"\n")+)"$', text, re.MULTILINE)
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_translation_does_harm_wherever_it_stands(
    attack: str, messages: list[str], tmp_path: Path
) -> None:
    assert len(messages) == 12
    write(tmp_path, {A: ODD, "content/en/m.png": b"png", "outreach.toml": "threshold = 0\n"})
    for how in ("{attack}", "{msgid} {attack}"):
        texts = {m: how.format(attack=attack, msgid=m) for m in messages}
        write(tmp_path, {ES: po(texts)})
        outcome = build(tmp_path)
        assert outcome.code in (0, 1)
        assert len(outcome.err.splitlines()) <= 40
        check_pages(tmp_path)
        assert dead_links(tmp_path / "build") == []
        english, spanish = (
            shape(body((tmp_path / f"build/{tag}/a.html").read_text("utf-8")))
            for tag in ("en", "es")
        )
        assert spanish == english


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        'https://a.example/" onclick="alert(1)',
        "https://a.example/ x",
    ],
)
def test_a_link_of_a_catalog_leads_only_to_pages(target: str, tmp_path: Path) -> None:
    links = po({"https://a.example/": target})
    translated = po(
        {"See [the rules][r], ![a map](m.png) and `code`.[^1]": "[a][r] ![b](m.png) `c`[^1]"}
    )
    write(tmp_path, {A: ODD, "content/en/m.png": b"png", "outreach.toml": "threshold = 0\n"})
    write(tmp_path, {ES: translated, catalog("links"): links})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert f"{catalog('links')}:6: error: " in outcome.err
    assert '<a href="https://a.example/"' in (tmp_path / "build/es/a.html").read_text("utf-8")
    check_pages(tmp_path)


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=a()>'])
def test_titles_names_and_interface_are_text_only(attack: str, tmp_path: Path) -> None:
    quoted = attack.replace("\\", "\\\\").replace('"', '\\"')
    front = f'---\ntitle: "{quoted}"\nsummary: "{quoted}"\n---\n\n# A\n'
    configuration = f'publisher = "{quoted}"\ncontact = "{quoted}"\n'
    interface = ("All guides", "Published by %(publisher)s.", "On this page", "Languages")
    write(
        tmp_path,
        {
            A: front,
            "outreach.toml": configuration,
            ES: po({attack: f"es {attack}", "A": "A"}),
            catalog("interface"): po({msgid: f"{msgid} {attack}" for msgid in interface}),
        },
    )
    assert build(tmp_path).code == 0
    check_pages(tmp_path)
    assert "&lt;" in (tmp_path / "build/es/a.html").read_text("utf-8")


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "https://a b", "mailto:x@y.z?cc=q"])
def test_a_contact_is_no_way_in(contact: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": f'contact = "{contact}"\n'})
    assert build(tmp_path).code == 0
    check_pages(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        "!!bool x",
        "!!timestamp x",
        "!!python/object/apply:os.system [id]",
        "0x" + "f" * 5000,
        "1" * 5000,
        "0001-01-01 00:00:00 +12:00",
        "&a [*a]",
        "*a",
        "[" * 3000,
        "- " * 3000,
        "No",
        "{a: b}",
    ],
)
def test_front_matter_of_any_kind_is_read_or_counts_as_text(value: str, tmp_path: Path) -> None:
    write(tmp_path, {A: f"---\ntitle: {value}\n---\n\n# A\n"})
    assert build(tmp_path).code == 0
    title = (tmp_path / "build/en/a.html").read_text("utf-8").split("<title>")[1]
    assert value != "No" or title.startswith("No</title>")


def test_front_matter_that_is_too_much_for_yaml_counts_as_text(tmp_path: Path) -> None:
    write(tmp_path, {A: "---\na: " + "{" * 60_000 + "\n---\n"})
    assert run(tmp_path, "check").code == 0


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
PIECES = (
    *("# ", "\n\n", "\n", "- ", "> ", "[a", "](", "][", "]: ", "![", "[^1]", "*", "`", "```\n"),
    *("|", "|--|\n", ":::", "::: note\n", "---\n", "a: b\n", "<", "<!-- note: ", "-->", "&"),
    *("\t", "    ", "\\", "\x00", "\u2028", "é", "健", "\r", "1. ", ": ", "~~", "<b>", "word"),
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def mixed(valid: str) -> st.SearchStrategy[bytes]:
    """Random bytes, alone and put into a valid file, and pieces of that file in disorder."""
    data = valid.encode()
    places = st.integers(0, len(data))
    inserted = st.tuples(places, st.binary(max_size=12), places).map(
        lambda item: data[: item[0]] + item[1] + data[item[2] :]
    )
    lines = st.lists(st.sampled_from(valid.splitlines(keepends=True)), max_size=12)
    return st.one_of(st.binary(max_size=80), inserted, lines.map(lambda x: "".join(x).encode()))


def build_with(changes: dict[str, bytes], *commands: tuple[str, ...]) -> None:
    """Run commands on a project with some files: an exception would leave `run` and fail."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {A: GUIDE, "outreach.toml": "threshold = 0\n", **changes})
        for command in commands:
            outcome = run(root, *command)
            assert outcome.code in (0, 1)
            assert outcome.code == 0 or ": error: " in outcome.err
        if (root / "build").exists():
            check_pages(root)


BUILD = ("build", "--format", "html")


@settings(max_examples=200, deadline=None)
@given(st.one_of(mixed(ODD), MARKUP.map(str.encode), TEXTS.map(str.encode)))
def test_any_bytes_as_a_guide(data: bytes) -> None:
    build_with({A: data, "content/en/m.png": b"png"}, BUILD)


@settings(max_examples=200, deadline=None)
@given(mixed(po(SPANISH, fuzzy="After work") + '\n#~ msgid "x"\n#~ msgstr "y"\n'))
def test_any_bytes_as_a_catalog(data: bytes) -> None:
    build_with({ES: data}, (*BUILD, "-l", "es"), ("update",), ("check",))


@settings(max_examples=200, deadline=None)
@given(mixed('# c\nlanguages = ["es", "zh_Hans"]\nthreshold = 80\npublisher = "x"\n'))
def test_any_bytes_as_a_configuration(data: bytes) -> None:
    build_with({"outreach.toml": data}, ("check",))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SPANISH)), MARKUP, min_size=1))
def test_any_markup_as_a_translation(changes: dict[str, str]) -> None:
    texts = {msgid: text.replace("\x00", "").replace("\r", "") for msgid, text in changes.items()}
    build_with({ES: po(SPANISH | texts).encode()}, (*BUILD, "-l", "es"))
