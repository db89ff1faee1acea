"""Letters that no font draws are found before anything is written, and projects bring own fonts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from check_tools import said
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import GUIDE, SPANISH, Outcome, build, catalog, files, once, po, run, write
from pypdf import PdfReader

from outreach.config import load_config
from outreach.sheet import faces, sources
from outreach.sheet.fonts import prepare
from outreach.sheet.own import read_fonts

RUNE = "no font of Spanish draws “ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)"
MEND = "write it in other letters, or add a font that has them (`fonts` in the configuration)"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = once(tmp_path_factory, "no-font-cache", lambda _folder: None)
    monkeypatch.setenv("OUTREACH_CACHE", str(folder))
    return folder


@pytest.fixture
def printing() -> Iterator[None]:
    """The engine notes down its fonts in the environment of the process."""
    before = os.environ.pop("FONTCONFIG_FILE", None)
    yield
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


def lines(outcome: Outcome, rule: str = "no-font") -> list[str]:
    return [line for line in outcome.err.splitlines() if line.endswith(f"[{rule}]")]


def project(root: Path, translations: dict[str, str], tag: str = "es", config: str = "") -> Path:
    header = f"Language: {tag}"
    place = catalog("hands", tag.replace("-", "_"))
    return write(
        root,
        {"content/en/hands.md": GUIDE, place: po(translations, header), "outreach.toml": config},
    )


# Translations


@pytest.mark.parametrize(
    ("tag", "msgstr", "named"),
    [
        ("es", "Coma ᚠ", "“ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)"),
        ("es", "Coma &#5792;", "“ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)"),
        ("es", "Coma `ᚠ`", "“ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)"),
        ("es", "Coma ![ᚠ](a.png)", "“ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)"),
        ("ar", "كل 食", "“食” (U+98DF CJK UNIFIED IDEOGRAPH-98DF)"),
        ("zh-Hans", "吃𠀀", "“𠀀” (U+20000 CJK UNIFIED IDEOGRAPH-20000)"),
        ("zh-Hant", "吃乄", "“乄” (U+4E44 CJK UNIFIED IDEOGRAPH-4E44)"),
        ("ko", "먹다 买", "“买” (U+4E70 CJK UNIFIED IDEOGRAPH-4E70)"),
        ("my", "စား ᥐ", "“ᥐ” (U+1950 TAI LE LETTER KA)"),
    ],
)
def test_a_character_without_a_font_is_an_error(tag: str, msgstr: str, named: str) -> None:
    assert [line for line in said("Eat", msgstr, tag, rules=["no-font"]) if named in line]


@pytest.mark.parametrize(
    ("tag", "msgstr"),
    [
        ("es", "¿Qué? ¡Sí! «ñ» 5 €, ½ taza, 38 °C — ☎ → ✓ ⚠️ 📞 ✅ 👩\u200d⚕️"),
        ("es", "e\u0301 co\u00adma a\u2011b 5\u202f000"),
        ("vi", "Ta\u0306\u0301m vo\u031b\u0301i nu\u031b\u01a1\u0301c"),
        ("ar", "قُلْ لِلطَّبِيبِ \u2067نعم\u2069 ﷺ ﻻ ٣٨٫٥"),
        ("ur", "ڈاکٹر سے ملیں۔"),
        ("zh-Hans", "吃ひらがな🍎"),
        ("my", "ꩡꩢ ဆေး ၁၂၃"),
        ("ksw", "ကသံၣ်ကသီ ၦၤ"),
        ("ko", "\u1112\u1161\u11ab국어"),
        ("es", "<!-- ᚠ -->Coma"),
        ("es", "[Coma](https://例え.jp/ᚠ)"),
    ],
)
def test_what_the_fonts_draw_is_no_error(tag: str, msgstr: str) -> None:
    assert said("[Eat](https://例え.jp/ᚠ)", msgstr, tag, rules=["no-font"]) == []


def test_the_rule_can_be_silenced_for_a_message() -> None:
    comments = ("outreach: ignore no-font",)
    assert said("Eat", "Coma ᚠ", rules=["no-font"], comments=comments) == []


def test_check_names_guide_message_and_character(tmp_path: Path) -> None:
    project(tmp_path, {**SPANISH, "After work": "Después ᚠ"})
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert lines(outcome) == [
        f"{catalog('hands')}:15: error: “After work” → “Después ᚠ”: {RUNE}; {MEND} [no-font]"
    ]
    assert run(tmp_path, "check", "--rule", "no-font").code == 1


@pytest.mark.usefixtures("printing")
def test_readers_get_the_source_text_instead(tmp_path: Path) -> None:
    project(tmp_path, {**SPANISH, "After work": "Después ᚠ"}, config="threshold = 50")
    outcome = run(tmp_path, "build")
    assert outcome.code == 1
    assert len(lines(outcome)) == 1
    page = (tmp_path / "build/es/hands.html").read_text("utf-8")
    assert "After work" in page
    assert "Después" not in page
    text = PdfReader(tmp_path / "build/es/hands.es-Spanish.letter.pdf").pages[0].extract_text()
    assert "After work" in text
    assert "Después" not in text


def test_pages_alone_need_no_fonts(tmp_path: Path) -> None:
    project(tmp_path, {**SPANISH, "After work": "Después ᚠ"})
    write(tmp_path, {"content/en/runes.md": "# ᚠ\n"})
    outcome = build(tmp_path)
    assert (outcome.code, lines(outcome)) == (0, [])
    assert "Después ᚠ" in (tmp_path / "build/es/hands.html").read_text("utf-8")


def test_the_rule_can_be_silenced_for_a_project(tmp_path: Path) -> None:
    project(tmp_path, {**SPANISH, "After work": "Después ᚠ"}, config='ignore = ["no-font"]')
    write(tmp_path, {"content/en/runes.md": "# ᚠ\n"})
    assert lines(run(tmp_path, "check")) == []


def test_the_projects_own_interface_is_looked_at(tmp_path: Path) -> None:
    project(tmp_path, SPANISH)
    write(tmp_path, {catalog("interface"): po({"Print this guide": "Imprima ᚠ"})})
    assert [RUNE in line for line in lines(run(tmp_path, "check"))] == [True]


# Guides and names


GUIDE_WITH_HOLES = """---
title: Hands ᚠ
summary: Wash ᚢ
---
Plain.

- one
- two and
  three ᚦ

&#5800; and `ᚱ` and ![ᚲ](x.png)

| a | ᚷ |
|---|---|
| b | ᚹ |

::: warning Mind ᚺ
Text.
:::

```
code
ᚾ
```

    indented ᛁ

12 ᛃ[^1]

[^1]: Note ᛇ

<!-- no-translate -->
Kept ᛈ

<!-- note: for translators ᛉ -->
Last [link](ᛊ.md "ᛏ") ⚠️ 📞.
"""


def test_a_guides_own_texts_are_looked_at_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/holes.md": GUIDE_WITH_HOLES})
    found = lines(run(tmp_path, "check"))
    assert [line.split(": ")[0] for line in found] == [
        f"content/en/holes.md:{number}" for number in (2, 3, 9, 11, 13, 15, 17, 23, 26, 28, 30, 33)
    ]
    assert all(": error: no font of English draws “" in line for line in found)
    assert [line.split("“")[1][0] for line in found] == list("ᚠᚢᚦᚨᚷᚹᚺᚾᛁᛃᛇᛈ")
    assert "“ᚨ” (U+16A8 RUNIC LETTER ANSUZ A), “ᚲ” (U+16B2 RUNIC LETTER KAUNA), “ᚱ”" in found[3]


def test_a_build_stops_before_anything_is_written(tmp_path: Path) -> None:
    project(tmp_path, SPANISH)
    write(tmp_path, {"content/en/runes.md": "# Read this\n\n健康 in English.\n"})
    outcome = run(tmp_path, "build")
    assert outcome.code == 1
    assert "Nothing was built" in outcome.err
    (line,) = lines(outcome)
    assert line == (
        "content/en/runes.md:3: error: no font of English draws “健” (U+5065 CJK UNIFIED "
        "IDEOGRAPH-5065), “康” (U+5EB7 CJK UNIFIED IDEOGRAPH-5EB7); leave it out, "
        f"{MEND} [no-font]"
    )
    assert not (tmp_path / "build").exists()


def test_a_chinese_guide_may_be_in_chinese(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/zh/洗手.md": "# 洗手\n\n健康乄\n",
            "outreach.toml": 'content = "content/zh"\nsource-language = "zh-Hans"\n'
            'publisher = "健康"\n',
        },
    )
    outcome = run(tmp_path, "check")
    assert lines(outcome) == []


@pytest.mark.parametrize("key", ["publisher", "contact"])
def test_words_of_the_configuration_are_looked_at(key: str, tmp_path: Path) -> None:
    project(tmp_path, SPANISH, config=f'{key} = "Clinic ᚠ"')
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert [line.split(", and ")[0] for line in lines(outcome)] == [
        f"outreach.toml: error: `{key}` stands on every sheet"
    ]


def test_the_name_of_a_file_stands_on_sheets_too(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/手.md": "# Hands\n"})
    assert "; rename it [no-font]" in lines(run(tmp_path, "check"))[0]


def test_a_language_without_any_font_is_told_once(tmp_path: Path) -> None:
    words = dict.fromkeys(SPANISH, "ལག་པ་")
    project(tmp_path, words, "bo")
    outcome = run(tmp_path, "check")
    (line,) = lines(outcome)
    assert line.split("; ")[0] == (
        "outreach.toml: error: there is no font for Tibetan (bo): none draws "
        "“བ” (U+0F56 TIBETAN LETTER BA), “ོ” (U+0F7C TIBETAN VOWEL SIGN O), "
        "“ད” (U+0F51 TIBETAN LETTER DA), “་” (U+0F0B TIBETAN MARK INTERSYLLABIC TSHEG), "
        "“ས” (U+0F66 TIBETAN LETTER SA) and 1 more"
    )
    outcome = run(tmp_path, "build", "-l", "bo")
    assert (outcome.code, (tmp_path / "build/bo").exists()) == (1, False)
    assert "broken" not in run(tmp_path, "status").out
    assert build(tmp_path).code == 0
    assert "ལག་པ་" in (tmp_path / "build/bo/hands.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("printing")
def test_chinese_and_japanese_never_take_each_others_forms(tmp_path: Path) -> None:
    """Also in code, and where both are made in one run; 直 and 骨 are drawn otherwise in each."""
    guide = "# Clean hands\n\nType `soap` now.\n"
    words = {"Clean hands": "直接骨手", "Type `soap` now.": "直 `直骨` 骨"}
    tags = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}
    write(tmp_path, {"content/en/hands.md": guide})
    for tag in tags:
        place = catalog("hands", tag.replace("-", "_"))
        write(tmp_path, {place: po(words, f"Language: {tag}")})
    run(tmp_path, "build", "--format", "pdf")
    for tag, font in tags.items():
        (path,) = (tmp_path / "build" / tag).glob("hands.*.letter.pdf")
        found = {name for page in PdfReader(path).pages for name in fonts_of(page)}
        drawn = {name.split("+")[1].split("-Bold")[0].rstrip(",") for name in found}
        assert {name for name in drawn if name[-2:] in tags.values()} == {f"Noto-Sans-{font}"}


# The project's own fonts


def test_the_list_of_fonts_has_those_of_the_project(tmp_path: Path) -> None:
    outcome = run(tmp_path, "fonts")
    assert outcome.code == 0
    assert "Noto Nastaliq Urdu 3.007 (Regular, Bold): 668 characters\n  outreach " in outcome.out
    write(
        tmp_path,
        {"outreach.toml": OWN.format("es"), "fonts/a.ttf": font("My Own"), "fonts/OFL.txt": "Free"},
    )
    outcome = run(tmp_path, "fonts", "--licenses")
    folder = (tmp_path / "fonts").absolute()
    assert f"a font of the project; licence: {folder / 'OFL.txt'}\n" in outcome.out
    assert "\nFree\n" in outcome.out
    assert outcome.out.count("PREAMBLE") > 3
    assert outcome.code == 0


def font(
    family: str,
    style: str = "Regular",
    source: str = "Noto Sans NKo",
    *,
    without: str = "",
    rights: int = 0,
) -> bytes:
    """A real static font under another name, without some characters."""
    path = next(iter(sources.files(source).values()))
    made = TTFont(path)
    for table in made["cmap"].tables:
        for char in without:
            table.cmap.pop(ord(char), None)
    for number, text in {1: family, 2: style, 4: f"{family} {style}", 6: "Own"}.items():
        made["name"].setName(text, number, 3, 1, 0x409)
    made["OS/2"].fsType = rights
    bold = style == "Bold"
    made["OS/2"].usWeightClass = 700 if bold else 400
    data = BytesIO()
    made.save(data)
    return data.getvalue()


OWN = 'fonts = "fonts"\nlanguage-fonts = {{ {} = ["My Own"] }}\n'


@pytest.mark.usefixtures("printing")
def test_a_font_of_the_project_draws_what_ours_do_not(tmp_path: Path) -> None:
    project(tmp_path, {**SPANISH, "After work": "Después ߒߞߏ"})
    assert len(lines(run(tmp_path, "check"))) == 1
    write(
        tmp_path,
        {
            "outreach.toml": OWN.format("es"),
            "fonts/a.ttf": font("My Own"),
            "fonts/deep/b.TTF": font("My Own", "Bold"),
            "fonts/OFL.txt": "Free.",
        },
    )
    outcome = run(tmp_path, "check")
    assert (lines(outcome), outcome.code) == ([], 0)
    assert run(tmp_path, "build", "-l", "es").code == 0
    pdf = PdfReader(tmp_path / "build/es/hands.es-Spanish.letter.pdf")
    names = {str(name) for page in pdf.pages for name in fonts_of(page)}
    assert any(name.endswith("+My-Own") for name in names)


def fonts_of(page: object) -> Iterator[str]:
    resources = page["/Resources"]["/Font"]  # type: ignore[index]
    for item in resources.values():
        yield item.get_object()["/BaseFont"]


def test_a_language_may_use_another_of_our_fonts(tmp_path: Path) -> None:
    config = 'language-fonts = { es = ["Noto Sans SC"] }'
    project(tmp_path, {**SPANISH, "After work": "Después 健"}, config=config)
    assert lines(run(tmp_path, "check")) == []


def test_a_font_of_the_project_stands_in_place_of_ours(tmp_path: Path) -> None:
    """The project's Georgian has no Georgian letters, so that it can be told from ours."""
    words = dict.fromkeys(SPANISH, "ხელი")
    project(tmp_path, words, "ka", config='fonts = "fonts"')
    write(tmp_path, {"fonts/g.ttf": font("Noto Sans Georgian")})
    assert "there is no font for Georgian" in run(tmp_path, "check").err


def test_a_variable_font_is_made_static(tmp_path: Path, cache: Path) -> None:
    path = sources.files("Noto Sans Georgian")["Regular"]
    write(tmp_path, {"fonts/x.ttf": path.read_bytes(), "outreach.toml": 'fonts = "fonts"'})
    own = read_fonts(load_config(tmp_path))
    assert own.problems == ()
    made = prepare(["Noto Sans Georgian"], cache, own.sources)
    again = prepare(["Noto Sans Georgian"], cache, own.sources)
    assert again == made
    fonts = [path for path in made.files if path.name.startswith("Noto-Sans-Georgian")]
    assert {TTFont(path)["OS/2"].usWeightClass for path in fonts} == {400, 700}
    assert not any("fvar" in TTFont(path) for path in fonts)
    ours = prepare(["Noto Sans Georgian"], cache)
    assert ours.conf != made.conf  # ours are kept beside it


def test_a_changed_font_is_prepared_anew(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {"outreach.toml": OWN.format("es")})
    found = []
    for source in ("Noto Sans NKo", "Noto Sans Adlam"):
        write(tmp_path, {"fonts/x.ttf": font("My Own", source=source)})
        found.append(prepare(["My Own"], cache, read_fonts(load_config(tmp_path)).sources))
    assert found[0].conf != found[1].conf


WOFF = b"wOF2\x00\x01\x00\x00" + bytes(60)


@pytest.mark.parametrize(
    ("content", "config", "said"),
    [
        ({"a.ttf": b"no font"}, "", "fonts/a.ttf: error: is no TrueType or OpenType font, or a"),
        ({"a.ttf": b""}, "", "fonts/a.ttf: error: is no TrueType or OpenType font, or a damaged"),
        ({"a.ttf": font("My Own")[:9000]}, "", "fonts/a.ttf: error: is no TrueType or OpenType"),
        ({"a.woff2": WOFF}, "", "fonts/a.woff2: error: is a WOFF2 font, made for web pages; put"),
        ({"a.ttf": WOFF}, "", "fonts/a.ttf: error: is a WOFF2 font, made for web pages; put the"),
        ({"a.ttc": b"ttcf"}, "", "fonts/a.ttc: error: is a collection of fonts; put each of them"),
        (
            {"a.ttf": font("My Own", "Bold")},
            "",
            "fonts/a.ttf: error: there is no Regular of the family My Own (only Bold); add it",
        ),
        (
            {"a.ttf": font("My Own"), "b.ttf": font("My Own")},
            "",
            "fonts/b.ttf: error: is My Own Regular, and so is fonts/a.ttf; keep one of the two",
        ),
        ({"a.ttf": font("My Own", without=" ")}, "", "fonts/a.ttf: error: has no space between"),
        ({"a.ttf": font("My ', x")}, "", "fonts/a.ttf: error: is called “My ', x”; only letters"),
        ({"a.ttf": font("Noto Sans")}, "", "fonts/a.ttf: error: is called Noto Sans, as is a font"),
        (
            {"a.ttf": font("Other")},
            'language-fonts = { es = ["Mine"] }',
            "outreach.toml: error: `language-fonts`: no font is called “Mine”, for es; the folder",
        ),
        ({}, "", "outreach.toml: error: `fonts`: there is no folder `fonts`; put fonts there"),
        ({"a.txt": b""}, "", "fonts: warning: has no fonts in it (.ttf or .otf)"),
        (
            {"a.ttf": font("My Own")},
            "",
            "fonts/a.ttf: warning: no language uses the family My Own; name it in",
        ),
        (
            {"a.ttf": font("My Own")},
            'language-fonts = { es = ["My Own"] }',
            "fonts/a.ttf: warning: the family My Own has no Bold, so what should be bold is",
        ),
        (
            {"a.ttf": font("My Own")},
            'language-fonts = { es = ["My Own"] }',
            "fonts/a.ttf: warning: the family My Own has no Italic, so emphasis cannot be seen",
        ),
        (
            {"a.ttf": font("My Own", rights=2)},
            'language-fonts = { es = ["My Own"] }',
            "fonts/a.ttf: warning: says that it may not be put into documents; ask its maker",
        ),
        (
            {"a.ttf": font("My Own")},
            'language-fonts = { qqq = ["My Own"] }',
            "outreach.toml: error: `language-fonts`: no language is known as qqq",
        ),
    ],
)
def test_what_is_wrong_with_a_font_is_told(
    content: dict[str, bytes], config: str, said: str, tmp_path: Path
) -> None:
    project(tmp_path, SPANISH, config=f'fonts = "fonts"\n{config}\n')
    write(tmp_path, {f"fonts/{name}": data for name, data in content.items()})
    outcome = run(tmp_path, "check")
    assert [line for line in outcome.err.splitlines() if line.startswith(said)]
    assert outcome.code == (": error: " in said)
    if outcome.code:
        assert run(tmp_path, "build").code == 1
        assert not (tmp_path / "build").exists()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_font_with_nonsense_in_it_is_refused_or_used(data: st.DataObject) -> None:
    content = bytearray(font("My Own"))
    for _ in range(data.draw(st.integers(1, 20))):
        last = data.draw(st.sampled_from([300, len(content)])) - 1
        content[data.draw(st.integers(4, last))] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ttf"
        path.write_bytes(content)
        made = b""
        with suppress(faces.NoFont):
            faces.read(path)
            made = faces.static(path, "My Own", "Regular")
    assert made[:4] in (b"", bytes([0, 1, 0, 0]))


def test_a_font_with_postscript_outlines_is_used(tmp_path: Path, cache: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    glyphs = {".notdef": 300, "space": 300, "rune": 600}
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({32: "space", 0x16A0: "rune"})
    builder.setupCFF("Runes", {}, {name: T2CharString(program=["endchar"]) for name in glyphs}, {})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in glyphs.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Schöne Runen", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800)
    builder.setupPost()
    project(tmp_path, {**SPANISH, "After work": "Después ᚠ"})
    config = 'fonts = "fonts"\nlanguage-fonts = { es = ["Schöne Runen"] }\n'
    write(tmp_path, {"outreach.toml": config})
    (tmp_path / "fonts").mkdir()
    builder.save(tmp_path / "fonts/runes.otf")
    assert lines(run(tmp_path, "check")) == []
    made = prepare(["Schöne Runen"], cache, read_fonts(load_config(tmp_path)).sources)
    (path,) = (path for path in made.files if "Runen" in path.name)
    assert TTFont(path)["name"].getDebugName(1) == "Schöne Runen"


def test_a_font_that_nobody_brings_is_named_without_a_folder(tmp_path: Path) -> None:
    project(tmp_path, SPANISH, config='language-fonts = { es = ["Mine"] }')
    assert "`language-fonts`: no font is called “Mine”, for es" in run(tmp_path, "check").err


def test_a_link_out_of_the_project_is_no_font(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"a.ttf": font("My Own")})
    root = project(tmp_path / "inside", SPANISH, config='fonts = "fonts"')
    (root / "fonts").mkdir()
    (root / "fonts/a.ttf").symlink_to(outside / "a.ttf")
    assert "fonts/a.ttf: error: is a link to a file outside the project" in run(root, "check").err
    assert files(root / "fonts").keys() == {"a.ttf"}
