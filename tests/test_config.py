"""What a project may say of itself, and what it is told when it says it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, build, catalog, files, po, run, write

from outreach.config import Config, load_config
from outreach.config_keys import Reviewer
from outreach.languages import find
from outreach.model import OutreachError, Problem
from outreach.project import catalog_path, languages, template_path

KEYS: dict[str, tuple[str, str, object]] = {
    "source-language": ('"es_MX"', "source_language", "es-MX"),
    "content": ('"docs/guides/"', "content", "docs/guides"),
    "locale": ('"i18n"', "locale", "i18n"),
    "build": ('"public"', "build", "public"),
    "languages": ('["es", "zh_Hans", "pt_BR", "es"]', "languages", ("es", "zh-Hans", "pt-BR")),
    "catalogs": ('"po/{lang}.po"', "catalogs", "po/{lang}.po"),
    "publisher": ('"Clinic"', "publisher", "Clinic"),
    "contact": ('"help@example.org"', "contact", "help@example.org"),
    "site-url": ('"https://example.org/guides"', "site_url", "https://example.org/guides/"),
    "license": ('"CC BY 4.0"', "license", "CC BY 4.0"),
    "license-url": ('"https://example.org/#terms"', "license_url", "https://example.org/#terms"),
    "disclaimer": ('"Ask a doctor."', "disclaimer", "Ask a doctor."),
    "partner": ('"Clinic"', "partner", "Clinic"),
    "partner-logo": ('"./art/logo.svg"', "partner_logo", "art/logo.svg"),
    "local-contacts": ('["Help: 211", "Desk 4"]', "local_contacts", ("Help: 211", "Desk 4")),
    "paper": ('["A4", "letter", "a4"]', "paper", ("a4", "letter")),
    "variants": ('["columns", "a4", "columns"]', "variants", ("columns", "a4")),
    "threshold": ("0", "threshold", 0),
    "reading-grade": ("6", "reading_grade", 6),
    "sentence-words": ("20", "sentence_words", 20),
    "plain-words": ('"lists/words.md"', "plain_words", "lists/words.md"),
    "glossary": ('"lists/terms.md"', "glossary", "lists/terms.md"),
    "review-interval": ("0", "review_interval", 0),
    "raw-html": ("true", "raw_html", True),
    "missing-files": ('"warn"', "missing_files", "warn"),
    "ignore": ('["code-text", "header", "code-text"]', "ignore", ("code-text", "header")),
    "leave-out": ('["voting", "jobs", "voting"]', "leave_out", ("voting", "jobs")),
    "reviewers": (
        '["One  Person", { name = "Two", languages = ["es"], until = 2026-11-25 }]',
        "reviewers",
        (Reviewer("One Person"), Reviewer("Two", ("es",), "2026-11-25")),
    ),
    "retired": (
        '{ zh_Hans = 2027-01-31, es = "2026-12-01" }',
        "retired",
        {"zh-Hans": "2027-01-31", "es": "2026-12-01"},
    ),
    "fonts": ('"./fonts/"', "fonts", "fonts"),
    "language-fonts": (
        '{ ur = ["Ours", "Ours", "Other"], zh_Hans = ["Noto Sans TC"] }',
        "language_fonts",
        {"ur": ("Ours", "Other"), "zh-Hans": ("Noto Sans TC",)},
    ),
}

WRONG: dict[str, tuple[str, ...]] = {
    "source-language": ('""', "7", '"not a tag"', '["en"]'),
    "content": ('""', '"/srv/guides"', '"../guides"', '"a/../../b"', '"~/guides"', "1", "true"),
    "locale": ('""', '"/"', '".."', '"a\\\\b"', "[]"),
    "build": ('""', '"/tmp"', '"../out"', "{}"),
    "languages": ('"es"', '["es", 1]', '[["es"]]', '["not a tag"]', '[""]', "1"),
    "catalogs": (
        '"po/all.po"',
        '"po/{lang}.txt"',
        '"po/{lang}/{name}.po"',
        '"{}/{lang}.po"',
        '"/po/{lang}.po"',
        '"../{lang}.po"',
        "1",
    ),
    "publisher": ("1", '["Clinic"]', "false"),
    "contact": ("1", "{}"),
    "site-url": ('"example.org"', '"javascript:alert(1)"', '"https://a b/"', '"ftp://a/"', "1"),
    "license": ("4", "[]"),
    "license-url": ('"example.org"', '"javascript:alert(1)"', "1"),
    "disclaimer": ("1", "[]"),
    "partner": ("1", "[]"),
    "partner-logo": ('"/srv/logo.png"', '"../logo.png"', "1"),
    "local-contacts": ('"211"', "[211]"),
    "variants": ('"letter"', "[]", '["a5"]', '["large print"]', "[1]"),
    "paper": ('"a5"', "[]", '["letter", "legal"]', "[1]", "4"),
    "threshold": ("-1", "101", "80.0", "true", '"80"', "nan"),
    "reading-grade": ("0", "21", "7.5", "true", '"8"'),
    "sentence-words": ("4", "101", "false", "[25]"),
    "plain-words": ('""', '"/etc/words.md"', '"../words.md"', "1"),
    "glossary": ('""', '"/etc/terms.md"', '["terms.md"]'),
    "review-interval": ("-1", "241", '"2 years"', "true"),
    "raw-html": ("1", '"true"', "[]"),
    "missing-files": ('"ignore"', "false", "[]", '""'),
    "ignore": ('"code-text"', "[1]", "true", "{}"),
    "leave-out": ('"voting"', "[1]", "false", "{}"),
    "reviewers": ('"One"', "[1]", '[""]', "[{}]", '[{ name = "A", age = 3 }]', '[[["A"]]]'),
    "retired": ("[]", '"es"', '{ es = "soon" }', "{ es = true }", '{ "no tag" = 2027-01-31 }'),
    "fonts": ('""', '"/usr/share/fonts"', '"../fonts"', "[]", "1"),
    "language-fonts": (
        "[]",
        '"Ours"',
        '{ ur = "Ours" }',
        "{ ur = [] }",
        "{ ur = [1] }",
        '{ "no tag" = ["Ours"] }',
    ),
}


def problem(root: Path) -> Problem:
    with pytest.raises(OutreachError) as caught:
        load_config(root)
    return caught.value.problem


def test_every_key_is_tested_here() -> None:
    fields = set(Config.__dataclass_fields__) - {"root", "file"}
    assert {field for _, field, _ in KEYS.values()} == fields
    assert WRONG.keys() == KEYS.keys()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("file", ["outreach.toml", "pyproject.toml"])
def test_a_key_is_read_from_either_file(key: str, file: str, tmp_path: Path) -> None:
    value, field, expected = KEYS[key]
    table = "[tool.outreach]\n" if file == "pyproject.toml" else ""
    config = load_config(write(tmp_path, {file: f"{table}{key} = {value}\n"}))
    assert getattr(config, field) == expected
    assert config.file == file


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_named_with_file_and_key(key: str, value: str, tmp_path: Path) -> None:
    found = problem(write(tmp_path, {"outreach.toml": f"{key} = {value}\n"}))
    assert found.location.path == "outreach.toml"
    assert found.text.startswith(f"`{key}` should be ")
    assert " but is " in found.text


@pytest.mark.parametrize(
    ("key", "near"),
    [("treshold", "threshold"), ("language", "languages"), ("raw_html", "raw-html")],
)
def test_an_unknown_key_is_named_with_the_nearest_one(key: str, near: str, tmp_path: Path) -> None:
    found = problem(write(tmp_path, {"pyproject.toml": f"[tool.outreach]\n{key} = 1\n"}))
    assert str(found.location) == "pyproject.toml"
    assert found.text == f"unknown key `{key}`; did you mean `{near}`?"


def test_an_unknown_key_like_none_of_ours_lists_them_all(tmp_path: Path) -> None:
    found = problem(write(tmp_path, {"outreach.toml": "zzz = 1\n"}))
    assert "unknown key `zzz`" in found.text
    assert all(key in found.text for key in KEYS)


def test_a_folder_without_a_configuration_has_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config(tmp_path)
    write(tmp_path, {"pyproject.toml": "[project]\nname = 'theirs'\n[tool.ruff]\n"})
    assert load_config(tmp_path) == Config(tmp_path)


def test_outreach_toml_counts_beside_a_python_project_of_something_else(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[project]\nname = 'x'\n", "outreach.toml": "threshold=5"})
    assert load_config(tmp_path).threshold == 5


def test_two_configurations_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.outreach]\n", "outreach.toml": ""})
    assert "pyproject.toml" in str(problem(tmp_path))
    assert "outreach.toml" in str(problem(tmp_path))


@pytest.mark.parametrize("text", ["[tool]\noutreach = 1\n", '[tool]\noutreach = "x"\n'])
def test_a_table_that_is_none_is_an_error(text: str, tmp_path: Path) -> None:
    assert "should be a table" in problem(write(tmp_path, {"pyproject.toml": text})).text


@pytest.mark.parametrize("text", ["", "[tool]\n", "[project]\nname = 'x'\n"])
def test_another_shape_of_pyproject_is_not_ours(text: str, tmp_path: Path) -> None:
    assert load_config(write(tmp_path, {"pyproject.toml": text})) == Config(tmp_path)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"threshold = 80\ncontent = [\n", 0, "not valid TOML"),
        (b"threshold = 80\ncontent = = 1\n", 2, "not valid TOML"),
        (b"a = 1\na = 2\n", 2, "not valid TOML"),
        (b"# ok\npublisher = 'Cl\xednica'\n", 2, "not UTF-8"),
        (b'content = "a\x00b"\n', 1, "not valid TOML"),
        (b"threshold = " + b"9" * 5000, 0, "not valid TOML"),
        (b"threshold = 0x" + b"f" * 5000, 0, "should be a whole number"),
        (b"languages = " + b"[" * 5000, 0, "not valid TOML"),
        (b"languages = " + b"[" * 200 + b"]" * 200, 0, "should be a list"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    data: bytes, line: int, words: str, tmp_path: Path
) -> None:
    found = problem(write(tmp_path, {"outreach.toml": data}))
    assert found.location.path == "outreach.toml"
    assert not line or found.location.line == line
    assert words in found.text
    assert len(found.text) < 300


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": b"\xef\xbb\xbfthreshold = 3\r\npublisher = 'x'\r\n"})
    assert load_config(tmp_path).threshold == 3


def test_a_project_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    outcome = run(tmp_path / "nowhere", "check")
    assert outcome.code == 1
    assert "nowhere: error: there is no such folder" in outcome.err


@pytest.mark.parametrize("command", ["build", "check", "status", "update"])
def test_a_missing_content_folder_is_named_with_its_key(command: str, tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": 'content = "docs"\n'})
    outcome = run(tmp_path, command)
    assert outcome.code == 1
    assert outcome.err.startswith("outreach.toml: error: there is no folder `docs`")
    assert "`content`" in outcome.err
    assert files(tmp_path).keys() == {"outreach.toml"}


@pytest.mark.parametrize("key", ["source-language", "languages"])
@pytest.mark.parametrize("tag", ["xq", "zh"])
def test_a_tag_of_no_language_is_named_with_its_file(key: str, tag: str, tmp_path: Path) -> None:
    value = f'["{tag}"]' if key == "languages" else f'"{tag}"'
    write(tmp_path, {"outreach.toml": f"{key} = {value}\n", "content/en/a.md": GUIDE})
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert outcome.err.startswith("outreach.toml: error: ")
    assert f'"{tag}"' in outcome.err


def test_languages_are_those_that_have_catalogs_by_default(tmp_path: Path) -> None:
    for folder in ("es", "zh_Hans", "pt-BR", "en", "templates", ".git", "not a tag"):
        write(tmp_path, {f"locale/{folder}/LC_MESSAGES/a.po": ""})
    write(tmp_path, {"locale/fr": b"a file, no folder"})
    found = [language.tag for language in languages(load_config(tmp_path))]
    assert found == ["es", "pt-BR", "zh-Hans"]


def test_configured_languages_keep_their_order_without_the_source(tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": 'languages = ["zh_Hans", "en", "es", "zh-Hans"]\n'})
    assert [item.tag for item in languages(load_config(tmp_path))] == ["zh-Hans", "es"]


@pytest.mark.parametrize(
    ("pattern", "path", "template"),
    [
        ("", "locale/zh_Hans/LC_MESSAGES/sub/a.po", "locale/sub/a.pot"),
        ("po/{lang}.po", "po/zh_Hans.po", "po/messages.pot"),
        ("{locale}/{lang}.po", "locale/zh_Hans.po", "locale/messages.pot"),
        ("po/{lang}/{guide}.po", "po/zh_Hans/sub/a.po", "po/sub/a.pot"),
        ("po/{guide}/{lang}.po", "po/sub/a/zh_Hans.po", "po/sub/a/sub/a.pot"),
        ("po/{guide}.{lang}.po", "po/sub/a.zh_Hans.po", "po/sub/a.pot"),
    ],
)
def test_a_pattern_says_where_catalogs_and_templates_are(
    pattern: str, path: str, template: str, tmp_path: Path
) -> None:
    text = f'catalogs = "{pattern}"\n' if pattern else ""
    config = load_config(write(tmp_path, {"outreach.toml": text}))
    domain = "sub/a" if config.per_guide else "messages"
    assert catalog_path(config, find("zh-Hans"), domain) == path
    if pattern != "po/{guide}/{lang}.po":
        assert template_path(config, domain) == template


PATTERNS = (
    "{locale}/{lang}/LC_MESSAGES/{guide}.po",
    "po/{lang}.po",
    "po/{lang}/all.po",
    "po/help-{lang}.po",
    "po/{lang}/{guide}.po",
    "po/{guide}/{lang}.po",
    "po/{guide}.{lang}.po",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_with_any_pattern_a_language_is_begun_found_and_built(pattern: str, tmp_path: Path) -> None:
    guides = {"content/en/a.md": GUIDE, "content/en/sub/b.md": "# Other\n\nMore words.\n"}
    write(tmp_path, {"outreach.toml": f'catalogs = "{pattern}"\nthreshold = 0\n', **guides})
    assert run(tmp_path, "init", "zh-hans").code == 0
    for path in files(tmp_path, "*.po"):
        text = (tmp_path / path).read_text("utf-8")
        (tmp_path / path).write_text(
            text.replace('Wash them often."\nmsgstr ""', 'Wash them often."\nmsgstr "常洗手。"')
        )
    assert [item.tag for item in languages(load_config(tmp_path))] == ["zh-Hans"]
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    assert build(tmp_path).code == 0
    assert "常洗手。" in (tmp_path / "build/zh-Hans/a.html").read_text("utf-8")
    assert (tmp_path / "build/zh-Hans/sub/b.html").is_file()


def test_one_domain_serves_all_guides_and_names_each_text_once(tmp_path: Path) -> None:
    guides = {
        "content/en/a.md": GUIDE,
        "content/en/b.md": "# Clean hands\n\n[x]\n\n[x]: http://a.b\n",
    }
    write(tmp_path, {"outreach.toml": 'catalogs = "po/{lang}.po"\n', **guides})
    assert run(tmp_path, "init", "es").code == 0
    made = files(tmp_path / "po")
    assert sorted(made) == ["es.po", "messages.pot"]
    text = made["es.po"].decode()
    assert text.count('msgid "Clean hands"') == 1
    assert "#: content/en/a.md\n#: content/en/b.md\n" in text or "a.md content/en/b.md" in text
    assert "locale/links.pot" in files(tmp_path)


@pytest.mark.parametrize("spelled", ["zh_Hans", "zh-Hans", "zh_hans", "zh_CN"])
def test_catalogs_are_found_and_kept_in_the_folder_they_are_in(
    spelled: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {
            "content/en/a.md": GUIDE,
            catalog("a", spelled): po(dict.fromkeys(SPANISH, "手"), "Language: zh_Hans"),
        },
    )
    assert run(tmp_path, "update").code == 0
    assert files(tmp_path, "*.po").keys() == {catalog("a", spelled)}
    assert build(tmp_path, "-l", "zh_hans").code == 0
    assert "<h1" in (tmp_path / "build/zh-Hans/a.html").read_text("utf-8")


def test_another_source_language(tmp_path: Path) -> None:
    spanish = "# Manos limpias\n\nLávelas a menudo.\n"
    write(
        tmp_path,
        {
            "outreach.toml": 'source-language = "es"\ncontent = "contenido"\nthreshold = 50\n',
            "contenido/manos.md": spanish,
            catalog("manos", "ar"): po({"Manos limpias": "أيدٍ نظيفة"}, "Language: ar"),
            catalog("manos", "en"): po({"Manos limpias": "Clean hands"}, "Language: en"),
        },
    )
    assert build(tmp_path).code == 0
    pages = {path: data.decode() for path, data in files(tmp_path / "build", "*.html").items()}
    assert pages.keys() == {"index.html"} | {
        f"{tag}/{name}.html" for tag in ("es", "en", "ar") for name in ("index", "manos")
    }
    assert '<html lang="es" dir="ltr">' in pages["index.html"]
    assert "Elija" in pages["index.html"]
    assert '<p lang="es" dir="ltr">Lávelas a menudo.</p>' in pages["en/manos.html"]
    assert '<p lang="es" dir="ltr">Lávelas a menudo.</p>' in pages["ar/manos.html"]
    assert (
        "These parts are shown in the original language: <bdi>Español</bdi>."
        in (pages["en/manos.html"])
    )
