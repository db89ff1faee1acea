"""The interface domain: extraction, the packaged catalogs and a project's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from outreach import interface
from outreach.catalog.po import Catalog, read_catalog
from outreach.languages import find
from outreach.model import Language, Message, OutreachError

TEMPLATES = Path(interface.__file__).parent / "templates"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

BRAZIL = Language("pt-BR", "Português (Brasil)", "Portuguese, Brazil", "Latn")


def catalog(*pairs: tuple[str, str], fuzzy: str = "") -> bytes:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = [
        ("#, fuzzy\n" if msgid == fuzzy else "") + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n'
        for msgid, msgstr in pairs
    ]
    return "\n".join([header, *entries]).encode()


def own(*pairs: tuple[str, str], fuzzy: str = "") -> Catalog:
    """A project's own catalog."""
    return read_catalog(catalog(*pairs, fuzzy=fuzzy), "interface.po")


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for packaged catalogs."""
    monkeypatch.setattr(interface, "LOCALE", tmp_path / "locale")
    return tmp_path / "locale"


def put(locale: Path, name: str, data: bytes) -> None:
    path = locale / name / "LC_MESSAGES" / "interface.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def seen(messages: Iterable[Message]) -> list[tuple[str, tuple[str, ...], str]]:
    """What a translator sees of messages; a file has all references of one in a line."""
    return [(m.msgid, m.extracted, " ".join(m.references)) for m in messages]


def test_the_packaged_template_has_what_the_templates_have() -> None:
    path = interface.LOCALE / "interface.pot"
    packaged = read_catalog(path.read_bytes(), "interface.pot").messages
    assert seen(packaged) == seen(interface.extract()), "run `python -m outreach.interface`"


def test_every_packaged_catalog_has_the_template_s_messages() -> None:
    wanted = {m.msgid for m in interface.extract()}
    for path in interface.LOCALE.glob("*/LC_MESSAGES/interface.po"):
        messages = read_catalog(path.read_bytes(), str(path)).messages
        assert {m.msgid for m in messages if not m.obsolete} == wanted, path


def test_every_string_in_the_templates_is_extracted() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    msgids = {m.msgid for m in interface.extract()}
    assert set(re.findall(r'\b_\("([^"]*)"\)', text)) <= msgids
    blocks = re.findall(r"{%-? trans .*?%}(.*?){%-? endtrans", text, re.DOTALL)
    assert {
        re.sub(r"{{ (\w+) }}", r"%(\1)s", " ".join(block.split())) for block in blocks
    } <= msgids
    assert len(blocks) >= 5


def test_messages_carry_no_flag_and_no_line_number() -> None:
    for message in interface.extract():
        assert not message.flags
        assert all(re.fullmatch(r"outreach/templates/\w+\.html", r) for r in message.references)


def test_every_placeholder_is_explained_to_translators() -> None:
    for message in interface.extract():
        for name in PLACEHOLDER.findall(message.msgid):
            assert f"%({name})s" in " ".join(message.extracted), message.msgid


@pytest.mark.parametrize("label", ["Example", "Note", "Warning", "Tip", "Important", "Caution"])
def test_labels_of_callouts_belong_to_the_interface(label: str) -> None:
    assert label in {m.msgid for m in interface.extract()}


def test_a_region_falls_back_to_its_language_and_then_to_english(locale: Path) -> None:
    put(locale, "pt", catalog(("Note", "Nota"), ("Tip", "Dica")))
    put(locale, "pt_BR", catalog(("Note", "Observação"), ("Tip", "")))
    translate = interface.load(BRAZIL)
    assert [translate(s) for s in ("Note", "Tip", "Warning")] == ["Observação", "Dica", "Warning"]


def test_a_script_does_not_fall_back_to_another_one(locale: Path) -> None:
    put(locale, "sr", catalog(("Note", "Напомена")))
    assert interface.load(Language("sr-Latn", "Srpski", "Serbian", "Latn"))("Note") == "Note"


def test_a_project_s_own_catalog_comes_first_message_by_message(locale: Path) -> None:
    put(locale, "pt", catalog(("Note", "Nota"), ("Tip", "Dica")))
    translate = interface.load(BRAZIL, own(("Tip", "Sugestão"), ("Note", "")))
    assert [translate(s) for s in ("Note", "Tip")] == ["Nota", "Sugestão"]


def test_fuzzy_text_is_never_used(locale: Path) -> None:
    put(locale, "pt", catalog(("Note", "Nota"), fuzzy="Note"))
    assert interface.load(BRAZIL)("Note") == "Note"
    assert interface.load(BRAZIL, own(("Tip", "Dica"), fuzzy="Tip"))("Tip") == "Tip"


def test_a_language_without_a_catalog_gets_english(locale: Path) -> None:
    assert not locale.exists()
    assert interface.load(find("ht"))("Print this guide") == "Print this guide"


def test_a_broken_catalog_is_named_with_its_line(locale: Path) -> None:
    put(locale, "pt_BR", catalog(("Note", "Nota")) + b'\nmsgid "Tip"\nmsgstr "Dica\n')
    with pytest.raises(OutreachError) as caught:
        interface.load(BRAZIL)
    location = caught.value.problem.location
    assert (location.path, location.line) == ("locale/pt_BR/LC_MESSAGES/interface.po", 8)


def test_refresh_starts_languages_keeps_translations_and_rests(locale: Path) -> None:
    put(locale, "pt", catalog(("Note", "Nota"), ("No longer there", "Antigo")))
    changed = interface.refresh("zh-Hans")
    assert set(changed) == {
        "locale/interface.pot",
        "locale/pt/LC_MESSAGES/interface.po",
        "locale/zh_Hans/LC_MESSAGES/interface.po",
    }
    assert interface.load(BRAZIL)("Note") == "Nota"
    fresh = (locale / "zh_Hans" / "LC_MESSAGES" / "interface.po").read_bytes()
    messages = read_catalog(fresh, "interface.po").messages
    assert [m.msgid for m in messages] == [m.msgid for m in interface.extract()]
    assert interface.refresh("zh-Hans") == ()
