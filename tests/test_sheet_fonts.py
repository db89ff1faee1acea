from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from projects import ROOT

from outreach import interface, store
from outreach.languages import find, known
from outreach.languages.letters import SIMPLIFIED_ONLY, TRADITIONAL_ONLY
from outreach.model import Language, OutreachError
from outreach.sheet import faces, fonts, sources, start
from outreach.sheet.counters import own_digits
from outreach.sheet.glyphs import OURS, named
from outreach.sheet.listing import families

ETHIOPIC = "Noto Sans Ethiopic"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def ready(cache: Path) -> fonts.FontSet:
    return fonts.prepare([ETHIOPIC, "Amiri"], cache)


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.ttf")}


def test_only_what_is_asked_for_is_made_and_shown(ready: fonts.FontSet, cache: Path) -> None:
    assert ready.families == tuple(sorted({"Amiri", ETHIOPIC, *sources.ALWAYS}))
    assert set(ready.files) == set(cache.rglob("*.ttf"))
    conf = ready.conf.read_text("utf-8")
    assert ready.conf.is_absolute()
    assert "<reset-dirs/>" in conf
    assert "<include" not in conf
    shown = {line.strip()[5:-6] for line in conf.splitlines() if "<dir>" in line}
    assert shown == {str(path.parent) for path in ready.files}


def test_fontconfig_finds_every_style_by_its_name(ready: fonts.FontSet) -> None:
    found = set()
    for path in ready.files:
        font = TTFont(path)
        assert "fvar" not in font
        style = font["name"].getDebugName(2)
        selection, weight = font["OS/2"].fsSelection, font["OS/2"].usWeightClass
        assert bool(selection & 32) == bool(font["head"].macStyle & 1) == ("Bold" in style)
        assert bool(selection & 1) == bool(font["head"].macStyle & 2) == ("Italic" in style)
        assert weight == (700 if "Bold" in style else 400)
        found.add((font["name"].getDebugName(1), style))
    assert {style for family, style in found if family == "Noto Sans"} == {
        "Regular", "Bold", "Italic", "Bold Italic",
    }  # fmt: skip
    assert {style for family, style in found if family == ETHIOPIC} == {"Regular", "Bold"}


def test_bold_is_bolder(ready: fonts.FontSet) -> None:
    files = {path.name: path for path in ready.files}
    regular, bold = (
        TTFont(files[f"Noto-Sans-{style}.ttf"])["hmtx"]["H"][0] for style in ("Regular", "Bold")
    )
    assert bold > regular


def test_fonts_are_made_once(ready: fonts.FontSet, cache: Path) -> None:
    before = times(cache)
    assert fonts.prepare(["Amiri", ETHIOPIC], cache) == ready
    assert times(cache) == before


def test_two_runs_at_the_same_moment_do_not_disturb_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from outreach.sheet.fonts import prepare; "
        f"print(prepare([{ETHIOPIC!r}, 'Noto Sans NKo'], Path(sys.argv[1])).conf)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
    outputs = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert outputs[0] == outputs[1]
    made = fonts.prepare([ETHIOPIC, "Noto Sans NKo"], tmp_path)
    assert outputs[0][0].decode().strip() == str(made.conf)
    assert {path.parent for path in made.files} | {made.conf} == set((tmp_path / "fonts").iterdir())


def test_the_same_fonts_are_made_everywhere(ready: fonts.FontSet, tmp_path: Path) -> None:
    again = fonts.prepare([ETHIOPIC, "Amiri"], tmp_path)
    assert [path.read_bytes() for path in again.files] == [
        path.read_bytes() for path in ready.files
    ]


def test_a_font_that_we_do_not_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutreachError, match="no package has the font “Comic Sans”"):
        fonts.prepare(["Comic Sans"], tmp_path)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fonts").write_text("a file, where the folder should be")
    with pytest.raises(OutreachError, match="OUTREACH_CACHE"):
        fonts.prepare([], tmp_path)


def block(first: int, last: int) -> str:
    """Every character of a range that Unicode has."""
    return "".join(chr(it) for it in range(first, last + 1) if unicodedata.name(chr(it), ""))


def missing(text: str, tag: str) -> str:
    return "".join(OURS.missing(text, find(tag).fonts))


@pytest.mark.parametrize("language", known(), ids=lambda language: language.tag)
def test_every_language_of_our_table_can_be_printed(language: Language) -> None:
    own = sources.chain(language.fonts)
    assert OURS.missing(language.own_name, own) == ()
    assert OURS.missing(own_digits("0123456789", language), own) == ()


@pytest.mark.parametrize("language", known(), ids=lambda language: language.tag)
def test_our_own_words_around_a_guide_can_be_printed(language: Language) -> None:
    words = interface.load(language)
    text = "".join(words(message.msgid) for message in interface.extract())
    assert OURS.missing(text, language.fonts) == ()


LETTERS = {
    "ru": block(0x400, 0x45F),
    "uk": "ҐґЄєІіЇї’",
    "el": block(0x370, 0x3E1) + block(0x1F00, 0x1FFE),
    "vi": block(0x1EA0, 0x1EF9) + "ĂăĐđĨĩŨũƠơƯư₫",
    "ar": block(0x621, 0x652) + "٠١٢٣٤٥٦٧٨٩،؛؟٪٫٬«»ﷺﷲ" + block(0xFE80, 0xFEFC),
    "fa": "آپچژکگیئأؤۀ۰۱۲۳۴۵۶۷۸۹؛،؟٪﷼\u200c",
    "fa-AF": "آپچژکگیئأؤۀ۰۱۲۳۴۵۶۷۸۹؛،؟٪؋\u200c",
    "ps": "آپټځڅچډړژږښګڼۍېیئيؤأۀة۰۱۲۳۴۵۶۷۸۹۔ًٌٍَُِّْٰٔ",
    "ckb": "ئاپچڕژڤکگڵۆەێھیڎۊ٠١٢٣٤٥٦٧٨٩؟",
    "ur": "آٹپچڈڑژںھہۃۂیےۓئؤأ۔؟،؛۰۱۲۳۴۵۶۷۸۹ًٌٍَُِّْٰٔ؎؏ﷺ“”",
    "he": block(0x5D0, 0x5EA) + block(0x5B0, 0x5BC) + "״׳־₪",
    "hi": block(0x900, 0x97F),
    "bn": block(0x980, 0x9FE),
    "ta": block(0xB80, 0xBFA),
    "te": block(0xC00, 0xC7F),
    "pa": block(0xA00, 0xA76),
    "gu": block(0xA80, 0xAFF),
    "kn": block(0xC80, 0xCF3),
    "ml": block(0xD00, 0xD7F),
    "si": block(0xD80, 0xDF4),
    "or": block(0xB00, 0xB77),
    "th": block(0xE00, 0xE5B),
    "lo": block(0xE80, 0xEDF),
    "km": block(0x1780, 0x17F9) + block(0x19E0, 0x19FF),
    "my": block(0x1000, 0x109F) + block(0xAA60, 0xAA7F) + block(0xA9E0, 0xA9FE),
    "ksw": "ကညီကျိာ်တၢ်ဒိၣ်စိသွံၣ်ဖိၤၡၦၥၢၣၤၰၱ၁၂၃",
    "am": block(0x1200, 0x137C),
    "hy": block(0x531, 0x58F),
    "ka": block(0x10A0, 0x10FF),
    "zh-Hans": SIMPLIFIED_ONLY + "，。、；：？！（）《》“”‘’…—·￥",
    "zh-Hant": TRADITIONAL_ONLY + "，。、；：？！（）《》「」『』…—·",
    "ja": block(0x3041, 0x30FF) + "。、「」々〆ヶ日本語",
    "ko": block(0xAC00, 0xD7A3) + "。「」·",
    "en": "✂☐☑✓✔✗☎✉→←↑↓⇒•·…–—“”‘’©®™°½¼①②③❶■□▢●○▲▼★☆⚠ℹ€£♿⚕♻⚡✎",
}


@pytest.mark.parametrize("tag", LETTERS)
def test_the_letters_of_a_language_are_in_its_fonts(tag: str) -> None:
    assert missing(LETTERS[tag], tag) == ""


@pytest.mark.slow
def test_what_passes_the_check_is_drawn_in_the_fonts_of_the_language(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")  # the engine sets it; afterwards it is as it was
    signs = "5 € ½ 38 °C ☎ → ✓ ⇒ ① ⚠️ 📞 ✅ 👩\u200d⚕️ 👍🏽 🇺🇸 1️⃣"
    signs += " co\u00adop a\u2011b 5\u202f000 x\u0323\u0302"
    engine = start(fonts.prepare([it for tag in LETTERS for it in find(tag).fonts], cache))
    for tag, letters in LETTERS.items():
        families = sources.chain(find(tag).fonts)
        text = f"{letters[:2000]} {' '.join(letters[:200])} {signs}"
        text += f" {unicodedata.normalize('NFD', text)}"
        assert missing(text, tag) == ""
        style = ", ".join(f"'{family}'" for family in families)
        html = (
            f'<html lang="{tag}"><title>x</title><body style="font-family: {style}">'
            f"<p>{text} <b>{text[:300]}</b> <i>{text[:300]}</i> <b>{signs}</b></p></body></html>"
        )
        assert engine.pdf(html, families).problems == ()


def test_pictures_have_a_font_in_one_colour() -> None:
    text = "⚠️ 📞 ✅ ❌ 🩺 💧 🤒 🏥 👶 🚰 🧼 😷 🚫 ⏰ 👩\u200d⚕️ 👍🏽 🇺🇸 1️⃣ ☎️"
    for tag in ("en", "ar", "km", "zh-Hans"):
        assert missing(text, tag) == ""


def test_characters_that_no_font_has_are_named() -> None:
    text = "Aራ☐✓✂ \u200f\u200b\ufe0f\u2066ሀ\u2069\n健e\u0301ứ健ᚠ"
    assert missing(text, "am") == "健ᚠ"
    assert OURS.missing(text, [ETHIOPIC, "Noto Sans SC"]) == ("ᚠ",)
    assert named("ᚠ\ue000") == (
        "“ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F), “\ue000” (U+E000 UNNAMED)"
    )
    assert named("ᚠᚢᚦᚨᚱᚲᚷ").endswith("REID R) and 2 more")


def test_one_chinese_font_does_not_stand_in_for_another() -> None:
    """What only Japan or only the mainland writes is missing, and not drawn in another's forms."""
    assert missing("丂乄买", "zh-Hant") == "丂乄买"
    assert missing("买東西", "zh-Hans") == ""
    assert missing("滑\uf904凜", "zh-Hans") == ""  # one of them is a compatibility form
    assert missing("한국어", "zh-Hans") == "한국어"
    assert missing("ひらがなカタカナ", "zh-Hans") == ""  # SC has kana of its own
    assert missing("\U00020000\U0002a6d6", "zh-Hans") == "\U00020000\U0002a6d6"
    assert missing("健康", "en") == "健康"


def test_what_is_never_seen_is_never_missing() -> None:
    text = "\u00ad\u034f\u061c\u115f\u17b4\u180b\u200b\u200c\u200d\u200e\u200f\u202a\u202f\u2060"
    assert missing(text + "\u2066\u3000\u3164\ufe0f\ufeff\U000e0101\u0085\t\n", "en") == ""
    assert missing("a\u2011b 5\u202f000 co\u00adop", "am") == ""
    assert missing("\u0600", "zh-Hans") == "\u0600"  # a format character that is drawn


def test_letters_with_marks_are_there_if_their_parts_are_and_the_reverse() -> None:
    vietnamese = unicodedata.normalize("NFD", "Tiếng Việt rất đẹp, ưỡn ỗ")
    assert missing(vietnamese, "vi") == missing(vietnamese, "ar") == ""
    assert missing("\u0301", "vi") == ""
    korean = unicodedata.normalize("NFD", "한국어")
    assert missing(korean, "ko") == ""
    assert missing(korean, "en") == korean
    # A letter that is nowhere is missing in both spellings.
    assert missing("が", "en") == "が"
    assert missing("か\u3099", "en") == "か\u3099"


def test_every_font_comes_with_its_license() -> None:
    listed = list(families())
    assert [item.name for item in listed] == list(sources.SOURCES)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = {line.partition("==")[0] for line in project["dependencies"] if "==" in line}
    for item in listed:
        package, _, version = item.package.partition(" ")
        assert package in {*pinned, "outreach"}
        assert version
        assert item.license
        assert "SIL OPEN FONT LICENSE" in item.license.read_text("utf-8").upper()


def test_vendored_fonts_are_those_of_their_table() -> None:
    folder = Path(sources.__file__).parent.parent / "fonts"
    rows = re.findall(
        r"^\| (\S+\.ttf) \| (\S+) \| .+ \| ([0-9a-f]{64}) \|$",
        (folder / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    found = sorted(folder.rglob("*.ttf"))
    assert [path.relative_to(folder).as_posix() for path in found] == [row[0] for row in rows]
    used = {path for family in sources.SOURCES for path in sources.files(family).values()}
    for path, (_, version, digest) in zip(found, rows, strict=True):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
        assert faces.read(path).version == version
        assert (path.parent / "OFL.txt").is_file()
        assert path in used


@pytest.mark.parametrize("damage", ["lost", "cut", "list lost", "list cut"])
def test_a_damaged_font_is_made_again(tmp_path: Path, damage: str) -> None:
    made = fonts.prepare(["Amiri"], tmp_path)
    whole = {path: path.read_bytes() for path in made.files}
    path = next(file for file in made.files if file.name == "Amiri-Bold.ttf")
    if damage.startswith("list"):
        path = path.parent / "contents.txt"
    if damage.endswith("lost"):
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9])
    again = fonts.prepare(["Amiri"], tmp_path)
    assert again == made
    assert {path: path.read_bytes() for path in again.files} == whole
    before = times(tmp_path)
    fonts.prepare(["Amiri"], tmp_path)
    assert times(tmp_path) == before


def test_two_runs_may_mend_a_damaged_font_at_the_same_moment(tmp_path: Path) -> None:
    made = fonts.prepare([], tmp_path)
    whole = {path: path.read_bytes() for path in made.files}
    for path in made.files:
        path.unlink()
    code = "import sys; from pathlib import Path; from outreach.sheet.fonts import prepare; "
    command = [sys.executable, "-c", f"{code}prepare([], Path(sys.argv[1]))", str(tmp_path)]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in "ab"]
    outputs = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert {path: path.read_bytes() for path in made.files} == whole
    assert {path.parent for path in made.files} | {made.conf} == set((tmp_path / "fonts").iterdir())


def test_a_damaged_configuration_is_written_again(ready: fonts.FontSet, cache: Path) -> None:
    text = ready.conf.read_bytes()
    ready.conf.write_bytes(text[:100])
    assert fonts.prepare([ETHIOPIC, "Amiri"], cache) == ready
    assert ready.conf.read_bytes() == text


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OUTREACH_CACHE", str(tmp_path))
    assert store.cache_folder() == tmp_path
