"""`build`: which pages it makes, what readers see on them, and when it writes nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import (
    GUIDE,
    ROOT,
    SITE,
    SPANISH,
    body,
    build,
    catalog,
    dates,
    dead_links,
    files,
    po,
    run,
    write,
)

from outreach.publish import MANIFEST

ES = catalog("a")
AR = catalog("a", "ar")
OTHER = "# Other\n\nGo to [the hands](a.md) and [its part](a.md#clean-hands).\n"
PNG = (SITE / "content/en/images/line.png").read_bytes()
ARABIC = dict(zip(SPANISH, ("أيدٍ نظيفة", "اغسلها كثيرًا.", "قبل الأكل", "بعد العمل"), strict=True))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Guide a in Spanish and Arabic, guide b in neither."""
    return write(
        tmp_path,
        {
            "content/en/a.md": GUIDE,
            "content/en/b.md": OTHER,
            ES: po(SPANISH),
            AR: po(ARABIC, "Language: ar"),
        },
    )


def page(root: Path, path: str = "es/a.html") -> str:
    return (root / "build" / path).read_text("utf-8")


def pages(root: Path) -> set[str]:
    return set(files(root / "build", "*.html"))


def set_spanish(root: Path, **changes: str) -> None:
    """Write the Spanish catalog with changes; a msgid's name here is its first word."""
    words = {msgid.split()[0].lower(): msgid for msgid in SPANISH}
    write(root, {ES: po(SPANISH | {words[name]: text for name, text in changes.items()})})


def test_a_project_without_a_configuration_is_built(project: Path) -> None:
    outcome = build(project)
    assert outcome.code == 0
    assert pages(project) == {
        "index.html",
        *(f"{tag}/{name}.html" for tag in ("en", "es", "ar") for name in ("a", "index")),
        "en/b.html",
    }
    last = r"9 files, 0 printed pages, \d+\.\d seconds, \d+ MB a worker, no problems\.\n"
    assert re.fullmatch(last, outcome.out)
    assert dead_links(project / "build") == []


def test_a_skipped_guide_is_told_and_linked_in_english(project: Path) -> None:
    outcome = build(project)
    for language in ("Arabic", "Spanish"):
        assert f"skipped: {language}: b (0 percent)" in outcome.err
    assert '<a href="../en/b.html" hreflang="en" lang="en"' in page(project, "ar/index.html")


@pytest.mark.parametrize("threshold", [0, 74, 75, 76, 100])
def test_the_threshold_decides_what_is_skipped(threshold: int, project: Path) -> None:
    write(project, {"outreach.toml": f"threshold = {threshold}\n"})
    set_spanish(project, wash="")
    assert build(project).code == 0
    assert ("es/a.html" in pages(project)) is (threshold <= 75)
    assert dead_links(project / "build") == []


def test_a_text_that_is_not_translated_is_in_english_and_counted(project: Path) -> None:
    write(project, {"outreach.toml": "threshold = 0\n"})
    write(project, {AR: po(ARABIC | {"Wash them often.": ""}, "Language: ar")})
    build(project)
    arabic = page(project, "ar/a.html")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert '<p lang="en" dir="ltr">Wash them often.</p>' in arabic
    assert "notice missing" in arabic
    assert "notice missing" not in page(project)


def test_fuzzy_text_is_never_shown(project: Path) -> None:
    write(project, {"outreach.toml": "threshold = 0\n"})
    write(project, {ES: po(SPANISH, fuzzy="Clean hands")})
    assert build(project).code == 0
    everything = "".join(data.decode() for data in files(project / "build").values())
    assert "Manos limpias" not in everything
    assert "Lávelas a menudo." in everything


def test_a_message_with_an_error_counts_as_untranslated(project: Path) -> None:
    write(project, {"outreach.toml": "threshold = 0\n"})
    set_spanish(project, wash="Lávelas <img src=x onerror=alert(1)>")
    outcome = build(project)
    assert outcome.code == 1
    assert f"{ES}:9: error: “Wash them often.” → “Lávelas <img " in outcome.err
    assert "1 error" in outcome.out
    shown = page(project)
    assert '<p lang="en" dir="ltr">Wash them often.</p>' in shown
    assert "onerror" not in shown
    assert "Manos limpias" in shown


def test_warnings_alone_are_no_failure(project: Path) -> None:
    set_spanish(project, wash="Lávelas `bien`.")
    outcome = build(project)
    assert outcome.code == 0
    assert ": warning: " in outcome.err
    assert "1 warning" in outcome.out


@pytest.mark.parametrize("broken", [b'msgid "a\n', b"\xff\xfea", b'msgid ""\nmsgstr ""\n"bad\n'])
def test_a_broken_catalog_leaves_its_language_and_no_other(broken: bytes, project: Path) -> None:
    assert build(project).code == 0
    before = files(project / "build")
    old = dates(project / "build/es")
    write(project, {ES: broken, AR: po(ARABIC | {"After work": "بعد يوم طويل"}, "Language: ar")})
    write(project, {"content/en/b.md": OTHER + "\nMore.\n"})
    outcome = build(project)
    assert outcome.code == 1
    assert f"{ES}:" in outcome.err
    assert "Traceback" not in outcome.err
    after = files(project / "build")
    assert {path: data for path, data in after.items() if path.startswith("es/")} == {
        path: data for path, data in before.items() if path.startswith("es/")
    }
    assert dates(project / "build/es") == old
    assert "بعد يوم طويل" in after["ar/a.html"].decode()
    assert "More." in after["en/b.html"].decode()
    assert dead_links(project / "build") == []


def test_a_broken_catalog_in_a_first_build_leaves_no_dead_link(project: Path) -> None:
    write(project, {ES: b'msgid "a\n'})
    assert build(project).code == 1
    assert not any(path.startswith("es/") for path in files(project / "build"))
    assert dead_links(project / "build") == []


def test_a_broken_catalog_stands_in_the_way_of_its_language_also_by_name(project: Path) -> None:
    write(project, {ES: b'msgid "a\n'})
    assert build(project, "-l", "es").code == 1
    assert not (project / "build/es").exists()


def test_a_broken_interface_catalog_of_the_project_breaks_its_language(project: Path) -> None:
    assert build(project).code == 0
    before = files(project / "build/es")
    write(project, {catalog("interface"): b'msgid "a\n'})
    outcome = build(project)
    assert outcome.code == 1
    assert f"{catalog('interface')}:1: error" in outcome.err
    assert files(project / "build/es") == before


def test_a_project_s_own_interface_comes_first(project: Path) -> None:
    write(project, {catalog("interface"): po({"All guides": "Todos los folletos"})})
    assert build(project).code == 0
    assert "Todos los folletos" in page(project)
    assert "Todos los idiomas" in page(project)


@pytest.mark.parametrize(
    "broken",
    [
        {"content/en/c.md": b"caf\xe9"},
        {"content/en/c.md": b"<script>x</script>"},
        {"content/en/c.md": b"![x](missing.png)"},
        {"content/en/c.md": b"[x](missing.md)"},
        {"outreach.toml": b"tresh = 1"},
        {"outreach.toml": b"threshold = "},
        {"outreach.toml": b"content = 'nowhere'"},
        {"outreach.toml": b"languages = ['xq']"},
        {"content/en/index.md": b"", "content/en/index-guide.md": b""},
    ],
)
def test_a_broken_guide_or_configuration_writes_nothing(
    broken: dict[str, bytes], project: Path
) -> None:
    assert build(project).code == 0
    before, old = files(project / "build"), dates(project / "build")
    write(project, {"content/en/a.md": GUIDE.replace("often", "always"), **broken})
    outcome = build(project)
    assert outcome.code == 1
    assert ": error: " in outcome.err
    assert (files(project / "build"), dates(project / "build")) == (before, old)


def test_the_same_input_gives_the_same_output_and_keeps_dates(project: Path) -> None:
    build(project)
    before, old = files(project / "build"), dates(project / "build")
    assert build(project).code == 0
    assert files(project / "build") == before
    assert dates(project / "build") | {MANIFEST: 0} == old | {MANIFEST: 0}
    build(project, "-o", str(project / "again"))
    assert files(project / "again") == before


def test_links_in_catalogs_lead_a_language_elsewhere_but_images_nowhere(tmp_path: Path) -> None:
    text = "Read [this][x] ![i][y].\n\n[x]: https://a.example/en\n[y]: i.png\n"
    targets = {"https://a.example/en": "https://a.example/es", "i.png": "https://evil.example/i"}
    write(
        tmp_path,
        {
            "content/en/a.md": text,
            "content/en/i.png": b"png",
            ES: po({"Read [this][x] ![i][y].": "Lea [esto][x] ![i][y]."}),
            catalog("links"): po(targets),
        },
    )
    build(tmp_path)
    assert 'href="https://a.example/es"' in body(page(tmp_path))
    assert 'src="../assets/files/content/en/i.png"' in body(page(tmp_path))
    assert 'href="https://a.example/en"' in body(page(tmp_path, "en/a.html"))
    assert run(tmp_path, "status", "--json").out.count('"guide": "a"') == 1


# What -l, -g, --format and -o leave alone


def test_one_language(project: Path) -> None:
    assert build(project).code == 0
    before = files(project / "build")
    write(project, {"content/en/a.md": GUIDE + "\nNew.\n"})
    assert build(project, "-l", "es").code == 0
    after = files(project / "build")
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"es/a.html", ".outreach.json"}
    assert after.keys() == before.keys()


@pytest.mark.parametrize("spelled", ["zh-Hans", "zh_Hans", "ZH_hans", "zh-cn"])
def test_a_language_in_either_spelling(spelled: str, project: Path) -> None:
    chinese = po(dict.fromkeys(SPANISH, "手"), "Language: zh_Hans")
    write(project, {catalog("a", "zh_Hans"): chinese})
    assert build(project, "-l", spelled).code == 0
    assert "zh-Hans/a.html" in pages(project)


def test_one_guide(project: Path) -> None:
    assert build(project).code == 0
    before = files(project / "build")
    write(project, {"content/en/a.md": GUIDE + "\nNew.\n", "content/en/b.md": OTHER + "\nNew.\n"})
    assert build(project, "-g", "b.md").code == 0
    after = files(project / "build")
    assert after["en/a.html"] == before["en/a.html"]
    assert "New." in after["en/b.html"].decode()
    assert after.keys() == before.keys()


def test_guides_of_sub_folders_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/sub/a.md": GUIDE, "content/en/b.md": "# B\n"})
    assert build(tmp_path, "-g", "sub/a").code == 0
    assert "en/sub/a.html" in pages(tmp_path)
    assert "en/b.html" not in pages(tmp_path)
    outcome = build(tmp_path, "-g", "sub/q")
    assert outcome.code == 2
    assert "there is no guide sub/q; there is: sub/a" in outcome.err


PARTS: list[tuple[tuple[str, ...], ...]] = [
    (("-l", "es"),),
    (("-l", "en"),),
    (("-l", "es"), ("-l", "ar"), ("-l", "en")),
    (("-g", "a"),),
    (("-g", "a"), ("-l", "es")),
    ((), ("-l", "es", "-g", "a"), ("-g", "a")),
]


@pytest.mark.parametrize("parts", PARTS)
def test_no_link_is_dead_after_any_part_of_a_build(
    parts: tuple[tuple[str, ...], ...], project: Path
) -> None:
    write(project, {"content/en/sub/c.md": "# C\n\n[b](../a.md) ![i](../i.png)\n"})
    write(project, {"content/en/i.png": b"png"})
    for part in parts:
        assert build(project, *part).code == 0
        assert dead_links(project / "build") == []


def test_part_of_a_build_removes_nothing(project: Path) -> None:
    assert build(project).code == 0
    before = files(project / "build").keys()
    (project / "content/en/b.md").unlink()
    (project / AR).unlink()
    for part in (("-l", "es"), ("-g", "a"), ("-l", "en", "-g", "a")):
        assert build(project, *part).code == 0
        assert files(project / "build").keys() == before


def test_another_folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("out") / "new" / "site"
    assert build(project, "-o", str(other)).code == 0
    assert "es/a.html" in files(other)
    assert not (project / "build").exists()
    assert dead_links(other) == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("-l", "xq"), '"xq"'),
        (("-l", "fr"), "the project has no language fr (it has: en, ar, es)"),
        (("-g", "nothing"), "there is no guide nothing"),
        (("-g", "../a"), "there is no guide ../a"),
        (("--format", "docx"), "docx"),
        (("--nothing",), "--nothing"),
        (("a",), "a"),
    ],
)
def test_a_wrong_call_is_exit_2_and_writes_nothing(
    args: tuple[str, ...], words: str, project: Path
) -> None:
    outcome = run(project, "build", *args)
    assert outcome.code == 2
    assert words in outcome.err
    assert not (project / "build").exists()


# Files and images


def test_a_missing_image_is_an_error_with_its_line(project: Path) -> None:
    write(project, {"content/en/b.md": "# B\n\n![Map](map.png)\n\n[list](list.pdf)\n"})
    outcome = build(project)
    assert outcome.code == 1
    assert "content/en/b.md:3: error: there is no image content/en/map.png" in outcome.err
    assert "content/en/b.md:5: warning: there is no file content/en/list.pdf" in outcome.err
    assert not (project / "build").exists()


def test_missing_files_may_be_warnings_that_leave_the_reference(project: Path) -> None:
    write(
        project,
        {
            "outreach.toml": 'missing-files = "warn"\n',
            "content/en/b.md": "# B\n\n![Map](map.png) [x](gone.md#part)\n",
        },
    )
    outcome = build(project)
    assert outcome.code == 0
    assert "content/en/b.md:3: warning: there is no image content/en/map.png" in outcome.err
    assert 'src="map.png"' in page(project, "en/b.html")
    assert 'href="gone.md#part"' in page(project, "en/b.html")


def test_images_of_other_sites_are_a_warning(project: Path) -> None:
    write(project, {"content/en/b.md": "# B\n\n![Map](https://a.example/map.png)\n"})
    outcome = build(project)
    assert outcome.code == 0
    assert "content/en/b.md:3: warning: the image https://a.example/map.png is " in outcome.err


@pytest.mark.parametrize(
    "address",
    [
        "../../../secret.png",
        "../../../../../../../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/secret.png",
        "..%2f..%2f..%2fsecret.png",
        "link.png",
        "folder/secret.png",
        ".hidden.png",
        "../../.git/config",
        "i.png%00.txt",
        "..\\\\secret.png",
    ],
)
def test_no_file_outside_the_project_is_ever_copied(address: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(tmp_path, {"secret.png": b"SECRET", "outside/secret.png": b"SECRET"})
    write(root, {"content/en/.hidden.png": b"SECRET", ".git/config": b"SECRET"})
    write(root, {"content/en/a.md": f"# A\n\n![x]({address})\n\n[y]({address})\n"})
    (root / "content/en/link.png").symlink_to(tmp_path / "secret.png")
    (root / "content/en/folder").symlink_to(tmp_path / "outside")
    assert build(root).code == 1
    write(root, {"outreach.toml": 'missing-files = "warn"\n'})
    assert build(root).code == 0
    assert not any(b"SECRET" in data for data in files(root / "build").values())


def test_links_inside_the_project_are_followed(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "# A\n\n![x](link.png)\n", "art/real.png": b"png"})
    (tmp_path / "content/en/link.png").symlink_to(tmp_path / "art/real.png")
    assert build(tmp_path).code == 0
    assert (tmp_path / "build/assets/files/content/en/link.png").read_bytes() == b"png"


def test_images_may_lie_anywhere_in_the_project_other_files_only_beside_guides(
    tmp_path: Path,
) -> None:
    text = "# A\n\n![x](../../art/x.png) [list](files/list.pdf) [own](../../outreach.toml)\n"
    write(tmp_path, {"content/en/a.md": text, "art/x.png": b"png", "outreach.toml": ""})
    write(tmp_path, {"content/en/files/list.pdf": b"pdf"})
    outcome = build(tmp_path)
    assert "there is no file outreach.toml" in outcome.err
    copied = {path for path in files(tmp_path / "build") if path.startswith("assets/files/")}
    assert copied == {"assets/files/art/x.png", "assets/files/content/en/files/list.pdf"}


def test_a_wrong_anchor_is_a_warning(project: Path) -> None:
    write(project, {"content/en/b.md": "# B\n\n[x](a.md#nowhere) [y](#b) [z](#gone)\n"})
    outcome = build(project)
    assert outcome.code == 0
    assert "content/en/b.md:3: warning: no heading in content/en/a.md has the anchor #nowhere" in (
        outcome.err
    )
    assert "has the anchor #gone" in outcome.err
    assert "#b\n" not in outcome.err


# With sheets to print: seconds, so few tests


def test_files_of_guides_and_languages_that_are_gone_are_removed(project: Path) -> None:
    write(project, {"outreach.toml": 'paper = ["a4", "letter"]\n'})
    write(project, {"content/en/sub/c.md": "# C\n\n![i](i.png)\n", "content/en/sub/i.png": PNG})
    assert run(project, "build", "-l", "en", "-l", "ar", "-g", "a", "-g", "sub/c").code == 0
    before = files(project / "build").keys()
    assert {"en/sub/c.html", "en/sub/c.en-English.a4.pdf", "ar/a.ar-Arabic.letter.pdf"} <= before
    (project / "content/en/sub/c.md").unlink()
    (project / "content/en/b.md").unlink()
    shutil.rmtree(project / "locale/ar")
    write(project, {"outreach.toml": 'paper = "letter"\n'})
    outcome = run(project, "build")
    assert outcome.code == 0
    assert "8 files, 2 printed pages" in outcome.out
    assert sorted(files(project / "build")) == [
        ".outreach.json",
        "assets/outreach.css",
        "en/a.en-English.letter.pdf",
        "en/a.html",
        "en/index.html",
        "es/a.es-Spanish.letter.pdf",
        "es/a.html",
        "es/index.html",
        "index.html",
    ]
    folders = [path.name for path in (project / "build").iterdir() if path.is_dir()]
    assert sorted(folders) == ["assets", "en", "es"]
    assert dead_links(project / "build") == []


def test_formats_leave_each_other_alone(project: Path) -> None:
    (project / "content/en/b.md").unlink()
    languages = ("-l", "en", "-l", "es")
    assert build(project, *languages).code == 0
    assert ".pdf" not in page(project)
    assert run(project, "build", "--format", "pdf", *languages).code == 0
    printed = files(project / "build")
    assert "en/a.en-English.letter.pdf" in printed
    assert dead_links(project / "build") == []
    assert build(project, *languages).code == 0
    assert 'href="a.es-Spanish.letter.pdf"' in page(project)
    assert 'href="a.en-English.letter.pdf"' in page(project, "en/index.html")
    assert build(project, "-l", "es", "-g", "a").code == 0
    assert 'href="a.es-Spanish.letter.pdf"' in page(project)
    after = files(project / "build", "*.pdf")
    assert after == {path: data for path, data in printed.items() if path.endswith(".pdf")}


def test_a_broken_image_is_a_warning_in_print(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "# A\n\n![A map](i.png)\n", "content/en/i.png": b"no"})
    outcome = run(tmp_path, "build", "--format", "pdf")
    assert outcome.code == 0
    assert "content/en/a.md: warning: in the sheet in English (letter, a4): " in outcome.err
    assert "i.png" in outcome.err


def test_pages_that_a_broken_language_keeps_have_what_they_link_to(project: Path) -> None:
    write(project, {"outreach.toml": "threshold = 0\n"})
    write(project, {"content/en/c.md": "# C\n\n![i](i.png)\n", "content/en/i.png": PNG})
    assert run(project, "build", "-l", "en", "-l", "es").code == 0
    (project / "content/en/c.md").unlink()
    write(project, {ES: "x"})
    assert run(project, "build").code == 1
    assert "es/c.html" in pages(project)
    assert dead_links(project / "build") == []


def test_a_telephone_number_keeps_its_order_in_a_right_to_left_page(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "Call **(206) 555-0142** now.\n"})
    texts = {"Call **(206) 555-0142** now.": "اتصل **(206) 555-0142** الآن."}
    write(tmp_path, {"locale/ar/LC_MESSAGES/a.po": po(texts)})
    assert build(tmp_path, "--format", "html").code == 0
    html = (tmp_path / "build/ar/a.html").read_text("utf-8")
    assert '<strong><span dir="ltr">(206) 555-0142</span></strong>' in html


def test_a_language_that_was_not_asked_for_does_not_fail_the_build(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): "nonsense\n"})
    assert build(tmp_path, "-l", "en", "--format", "html").code == 0
    assert build(tmp_path, "-l", "es", "--format", "html").code == 1


def test_the_list_of_languages_does_not_guess_the_titles_of_a_broken_one(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)})
    assert build(tmp_path, "--format", "html").code == 0
    write(tmp_path, {catalog("a"): "nonsense\n"})
    assert build(tmp_path, "--format", "html").code == 1
    html = (tmp_path / "build/index.html").read_text("utf-8")
    assert 'href="es/index.html"' in html
    assert 'href="es/a.html"' not in html


def test_a_rule_for_plurals_that_is_none_is_told(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: what?\\n"\n'
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): header})
    assert "Plural-Forms in the header is no rule" in run(tmp_path, "check").err


def test_a_broken_template_writes_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "outreach", tmp_path / "outreach")
    template = tmp_path / "outreach" / "templates" / "guide.html"
    template.write_text(template.read_text("utf-8") + "\n{% if %}\n", "utf-8")
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): po(SPANISH)})
    for args in ((), ("-l", "es")):
        command = [sys.executable, "-m", "outreach", "build", "--format", "html", *args]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "guide.html" in done.stderr
        assert "Traceback" not in done.stderr
        assert files(tmp_path / "build") == {}


def test_broken_images_are_told_and_do_not_stop_a_sheet(tmp_path: Path) -> None:
    guide = "# A\n\n![one](a.png)\n\n![two](b.svg)\n\n![three](c.jpg)\n"
    images = {"a.png": b"\x89PNG\r\n\x1a\nnothing", "b.svg": b"<svg><g>", "c.jpg": b""}
    write(tmp_path, {"content/en/a.md": guide})
    write(tmp_path, {f"content/en/{name}": data for name, data in images.items()})
    outcome = run(tmp_path, "build")
    assert outcome.code == 0
    assert outcome.err.count("warning") == len(images)
    assert str(tmp_path) not in outcome.err
