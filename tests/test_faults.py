"""Faults of disks, systems and file names: each is told in words, and nobody waits or is misled."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from faults import open_folder
from hypothesis import given
from hypothesis import strategies as st
from projects import (
    GUIDE,
    NOBODY,
    ROOT,
    SPANISH,
    build,
    catalog,
    dead_links,
    everybody_reads_the_program,
    files,
    no_rights,
    po,
    run,
    write,
)

from outreach.config_keys import VARIANTS
from outreach.files import as_listed, below, read_bytes
from outreach.languages import known
from outreach.model import OutreachError
from outreach.names import LONGEST, composed, name_problems, spellings
from outreach.site import sheet_path

A, B = "content/en/a.md", "content/en/b.md"
ES = catalog("a")
NFC = unicodedata.normalize("NFC", "résumé")
NFD = unicodedata.normalize("NFD", "résumé")
BOM = "\ufeff"
ODD_FILE = "cannot be read: it is a pipe, a socket or a device, and no file"
IMAGE = "# A\n\n![A map](i.png)\n"

public = pytest.mark.skipif(
    not everybody_reads_the_program(), reason="only its owner may read the program here"
)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # since the path of a socket has to be short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def make_device(path: Path) -> None:
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))  # /dev/zero, which has no end
        path.open("rb").close()
    except OSError:
        pytest.skip("nobody may make devices here")


Make = Callable[[Path], None]
ODD = pytest.mark.parametrize("make", [make_pipe, make_socket, make_device])


# Files that are none


@ODD
def test_a_guide_that_is_no_file_is_told_and_nobody_waits(make: Make, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    make(tmp_path / B)
    for command in ("check", "build", "update", "status"):
        outcome = run(tmp_path, command)
        assert (outcome.code, f"{B}: error: {ODD_FILE}" in outcome.err) == (1, True)
    assert not (tmp_path / "build").exists()


@ODD
def test_an_image_that_is_no_file_is_none(make: Make, tmp_path: Path) -> None:
    write(tmp_path, {A: IMAGE})
    make(tmp_path / "content/en/i.png")
    outcome = build(tmp_path)
    assert f"{A}:3: error: there is no image content/en/i.png in the project" in outcome.err


@pytest.mark.parametrize("name", ["outreach.toml", "pyproject.toml"])
def test_a_configuration_that_is_no_file_is_told(name: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    make_pipe(tmp_path / name)
    assert f"{name}: error: {ODD_FILE}" in run(tmp_path, "check").err
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert f"{name}: error: cannot be read: is a directory" in run(tmp_path, "check").err
    (tmp_path / name).rmdir()
    (tmp_path / name).symlink_to("gone.toml")
    outcome = run(tmp_path, "build")
    assert f"{name}: error: cannot be read: no such file or directory" in outcome.err
    assert not (tmp_path / "build").exists(), "it would be another site than the one that is meant"


@pytest.mark.parametrize("key", ["plain-words", "glossary"])
def test_a_list_that_is_no_file_is_told(key: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": f'{key} = "list.md"\n'})
    make_pipe(tmp_path / "list.md")
    assert f"list.md: error: {ODD_FILE}" in run(tmp_path, "check").err


def test_a_record_that_is_no_file_is_told(tmp_path: Path) -> None:
    record = "locale/es/reviews/a.toml"
    write(tmp_path, {A: GUIDE, ES: po(SPANISH), f"{record}/x": ""})
    assert f"{record}: error: cannot be read: is a directory" in run(tmp_path, "check").err
    (tmp_path / record / "x").unlink()
    (tmp_path / record).rmdir()
    make_pipe(tmp_path / record)
    assert f"{record}: error: {ODD_FILE}" in run(tmp_path, "check").err


def test_a_font_that_is_no_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'fonts = "fonts"\n', "fonts/README": "x"})
    make_pipe(tmp_path / "fonts/a.ttf")
    assert "fonts/a.ttf: error: is no file that can be read" in run(tmp_path, "check").err


def test_a_folder_called_as_a_guide_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "content/en/x.md/y.md": GUIDE})
    assert build(tmp_path).code == 0
    assert (tmp_path / "build/en/x.md/y.html").is_file()
    assert dead_links(tmp_path / "build") == []


def test_empty_guides_make_empty_pages_and_an_empty_catalog_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {A: "", B: GUIDE, catalog("b"): ""})
    outcome = build(tmp_path)
    assert f"{catalog('b')}: error: is empty; bring it back from an earlier version" in outcome.err
    assert (tmp_path / "build/en/a.html").is_file()
    assert (tmp_path / catalog("b")).read_bytes() == b""


# Links


def test_a_loop_among_the_guides_is_told_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    for name, target in (("loop", "."), ("up", "../.."), ("out", "/")):
        (tmp_path / "content/en" / name).symlink_to(target)
    outcome = build(tmp_path)
    assert outcome.code == 0
    text = "warning: is a link to a folder that it lies in itself, and is not followed; remove it"
    assert outcome.err.count(text) == 3
    assert f"content/en/loop: {text}" in outcome.err
    assert sorted(files(tmp_path / "build/en")) == ["a.html", "index.html"]


def test_guides_behind_a_link_to_a_folder_are_told_of(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {A: GUIDE, "shared/c.md": GUIDE, "pictures/p.txt": "x"})
    write(tmp_path, {"outside/d.md": GUIDE})
    (root / "content/en/shared").symlink_to("../../shared")
    (root / "content/en/pictures").symlink_to("../../pictures")
    (root / "content/en/outside").symlink_to(tmp_path / "outside")
    err = run(root, "check").err
    assert "content/en/shared: warning: is a link to a folder, and guides behind one are not" in err
    assert "content/en/outside: warning: is a link to a folder outside the project, which" in err
    assert "pictures" not in err


def test_a_guide_that_links_to_itself_or_to_nothing_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    (tmp_path / B).symlink_to("b.md")
    (tmp_path / "content/en/c.md").symlink_to("gone.md")
    outcome = build(tmp_path)
    assert f"{B}: error: cannot be read: its links lead in a circle" in outcome.err
    assert "content/en/c.md: error: cannot be read: no such file or directory" in outcome.err
    assert not (tmp_path / "build").exists()


def test_a_catalog_that_links_to_itself_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, B: GUIDE, catalog("b"): po(SPANISH)})
    (tmp_path / ES).symlink_to("a.po")
    for command in ("update", "check", "build"):
        outcome = run(tmp_path, command)
        assert outcome.code == 1
        assert f"{ES}: error: cannot be read: its links lead in a circle" in outcome.err
    assert (tmp_path / ES).is_symlink()


def test_loops_among_the_catalogs_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, ES: po(SPANISH)})
    (tmp_path / "locale/es/loop").symlink_to("..")
    (tmp_path / "locale/fr").symlink_to("es")
    assert run(tmp_path, "update").code == 0
    assert build(tmp_path).code == 0
    assert not (tmp_path / "build/fr").exists()


def test_an_image_that_links_to_itself_is_none(tmp_path: Path) -> None:
    write(tmp_path, {A: IMAGE})
    (tmp_path / "content/en/i.png").symlink_to("i.png")
    assert f"{A}:3: error: there is no image" in build(tmp_path).err


def test_an_image_that_links_out_of_the_project_is_none(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {A: IMAGE})
    write(tmp_path, {"secret.png": "SECRET"})
    (root / "content/en/i.png").symlink_to(tmp_path / "secret.png")
    assert f"{A}:3: error: there is no image" in build(root).err


# Rights


@public
@pytest.mark.parametrize("folder", ["content/en/sub", "locale/es"])
def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(folder: str) -> None:
    with open_folder() as root:
        write(root, {A: GUIDE, "content/en/sub/b.md": GUIDE, ES: po(SPANISH)})
        assert build(root).code == 0
        before = files(root)
        os.chown(root, NOBODY, -1)
        (root / folder).chmod(0)
        with no_rights():
            outcomes = [run(root, *args) for args in (("update", "--prune"), ("build",))]
        (root / folder).chmod(0o755)
        for outcome in outcomes:
            assert outcome.code == 1
            assert f"{folder}: error: cannot be read: permission denied" in outcome.err
        assert files(root) == before


# Files that change


def read_many_times(file: Path) -> None:
    for _ in range(500):
        read_bytes(file, file.name)


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_whole(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(20_000_000))
    stopped = threading.Event()

    def edit() -> None:
        with file.open("ab") as opened:
            while not stopped.is_set():
                opened.write(b"more")
                opened.flush()

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        with pytest.raises(OutreachError, match="was changed while it was read; run the command"):
            read_many_times(file)
    finally:
        stopped.set()
        editor.join()


def test_a_file_that_is_gone_when_it_is_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutreachError, match=r"a\.md: error: cannot be read: no such file or dir"):
        read_bytes(tmp_path / "a.md", "a.md")


def test_a_folder_that_is_gone_when_it_is_read_has_nothing_in_it(tmp_path: Path) -> None:
    assert below(tmp_path / "gone", "gone", ".md").files == []
    write(tmp_path, {"file": "x"})
    assert below(tmp_path / "file", "file", ".md").files == []


# Names


def test_guides_whose_names_differ_in_capital_letters_alone_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/Guide.md": GUIDE, "content/en/guide.md": GUIDE})
    for command in ("check", "update", "build"):
        outcome = run(tmp_path, command)
        assert outcome.code == 1
        text = "error: differs from content/en/Guide.md in capital letters alone; Windows and macOS"
        assert f"content/en/guide.md: {text}" in outcome.err
    assert not (tmp_path / "build").exists()


def test_guides_whose_names_differ_in_how_accents_are_stored_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {f"content/en/{NFC}.md": GUIDE, f"content/en/{NFD}.md": GUIDE})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert "error: looks just like content/en/" in outcome.err
    assert "and differs in how accents are stored; some systems take both for one" in outcome.err


@pytest.mark.parametrize(("file", "written"), [(NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_links_find_guides_and_images_however_accents_are_stored(
    file: str, written: str, tmp_path: Path
) -> None:
    text = f"# A\n\n[R]({quote(written)}.md) [R]({written}.md) ![I]({written}.png)\n"
    write(tmp_path, {A: text, f"content/en/{file}.md": GUIDE, f"content/en/{file}.png": b"png"})
    outcome = build(tmp_path)
    assert outcome.code == 0, outcome.err
    assert dead_links(tmp_path / "build") == []
    told = (
        "has accents apart from their letters in its name, as macOS once wrote them" in outcome.err
    )
    assert told == (file == NFD)


@pytest.mark.parametrize(("guide", "other"), [(NFC, NFD), (NFD, NFC)])
def test_a_catalog_with_accents_stored_otherwise_is_not_begun_anew(
    guide: str, other: str, tmp_path: Path
) -> None:
    write(tmp_path, {f"content/en/{guide}.md": GUIDE, catalog(other): po(SPANISH)})
    write(tmp_path, {A: GUIDE, ES: po(SPANISH)})
    for args in (("update", "--prune"), ("check",), ("build",)):
        outcome = run(tmp_path, *args)
        assert outcome.code == 1
        assert f"{catalog(other)}: error: stores the accents in its name otherwise" in outcome.err
    assert (tmp_path / catalog(other)).read_text("utf-8") == po(SPANISH)
    assert not (tmp_path / catalog(guide)).exists()


@pytest.mark.parametrize("address", ["B.md", "Pic.png"])
def test_a_link_with_other_capital_letters_is_told_what_there_is(
    address: str, tmp_path: Path
) -> None:
    mark = "!" if address.endswith("png") else ""
    write(tmp_path, {A: f"# A\n\n{mark}[x]({address})\n", B: GUIDE, "content/en/pic.PNG": b"png"})
    there = {"B.md": B, "Pic.png": "content/en/pic.PNG"}[address]
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert f"(there is {there}: capital letters count)" in outcome.err


def test_what_a_folder_lists_counts_and_not_what_a_system_opens(tmp_path: Path) -> None:
    write(tmp_path, {"Sub/Pic.png": "x", "Sub/other.png": "x", "sub.txt": "x"})
    assert as_listed(tmp_path, "sub/pic.PNG") == "Sub/Pic.png"
    assert as_listed(tmp_path, "Sub/Pic.png") == "Sub/Pic.png"
    assert as_listed(tmp_path, "sub/none.png") == ""
    assert as_listed(tmp_path, "sub.txt/none.png") == ""
    assert as_listed(tmp_path, "\0") == ""


def test_a_system_that_takes_no_notice_of_case_finds_no_more_than_others(tmp_path: Path) -> None:
    folder = tmp_path / "content/en"
    folder.mkdir(parents=True)
    done = subprocess.run(["chattr", "+F", str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this file system always takes notice of case")
    write(tmp_path, {A: "# A\n\n![x](Pic.png)\n", "content/en/pic.png": b"png"})
    assert "(there is content/en/pic.png: capital letters count)" in build(tmp_path).err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("con", "is kept for a device"),
        ("NUL.x", "is kept for a device"),
        ("aux/a", "is kept for a device"),
        ("Com1", "is kept for a device"),
        ("folder./a", "ends in a full stop or a space"),
        ("folder /a", "ends in a full stop or a space"),
        ("what?", "has a sign that is not allowed there"),
        ("a:b", "has a sign that is not allowed there"),
        ("a\\b", "has a sign that is not allowed there"),
    ],
)
def test_a_name_that_windows_does_not_allow_is_told(name: str, why: str, tmp_path: Path) -> None:
    write(tmp_path, {f"content/en/{name}.md": GUIDE})
    outcome = build(tmp_path)
    assert outcome.code == 0
    assert f"content/en/{name}.md: warning: the name “" in outcome.err
    assert f"{why} on Windows, where nobody can have this file; rename it" in outcome.err


@pytest.mark.parametrize("name", ["console", "nullify", "com10", "com", ".a"])
def test_names_that_windows_allows_are_good(name: str) -> None:
    assert list(name_problems([f"content/en/{name}.md"])) == []


def test_a_name_that_leaves_no_room_for_what_is_made_is_refused(tmp_path: Path) -> None:
    long, longest = "x" * 252, "é" * (LONGEST // 2)
    write(tmp_path, {f"content/en/{long}.md": GUIDE})
    outcome = run(tmp_path, "update")
    assert outcome.code == 1
    assert "…” is a name of 252 bytes; the longest that works" in outcome.err
    (tmp_path / f"content/en/{long}.md").unlink()
    write(tmp_path, {f"content/en/{longest}.md": f"---\nid: HE-1\n---\n{GUIDE}"})
    assert run(tmp_path, "init", "ht").code == 0
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    write(tmp_path, {"outreach.toml": "threshold = 0\n"})
    assert run(tmp_path, "build", "--variant", "large-print").code == 0
    sheets = [
        sheet_path(language, longest, variant) for language in known() for variant in VARIANTS
    ]
    assert max(len(path.rpartition("/")[2].encode()) for path in sheets) <= 255


@pytest.mark.parametrize("folder", ["a.html", "A.HTML", "a.po", "a.toml"])
def test_a_folder_in_the_place_of_a_page_or_catalog_is_refused(folder: str, tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, f"content/en/{folder}/b.md": GUIDE})
    outcome = build(tmp_path)
    assert outcome.code == 1
    text = f"error: lies in a folder with the name that a file made of {A} has; rename the folder"
    assert f"content/en/{folder}/b.md: {text}" in outcome.err


def test_a_guide_that_ends_in_capital_letters_is_told(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "content/en/b.MD": GUIDE})
    text = "warning: ends in .MD, so it is not read; guides end in .md, in small letters"
    assert f"content/en/b.MD: {text}" in run(tmp_path, "check").err


@pytest.mark.parametrize(
    "name", ["a b", "50% off", "q?x", "a#b", "%41", "صحة اليد", "בריאות", "a\u200fb", "ß", "ﬁ"]
)
def test_guides_of_any_name_link_to_each_other(name: str, tmp_path: Path) -> None:
    link = quote(f"{name}.md")
    write(tmp_path, {A: f"# A\n\n[x]({link})\n", f"content/en/{name}.md": "# B\n\n[a](a.md)\n"})
    assert run(tmp_path, "init", "ar").code == 0
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    assert build(tmp_path).code == 0
    assert (tmp_path / f"build/en/{name}.html").is_file()
    assert dead_links(tmp_path / "build") == []


NAMES = st.lists(st.text("aAéeE\u0301ß./ ?", min_size=1, max_size=6), unique=True, max_size=6)


@given(NAMES)
def test_names_that_some_system_takes_for_one_are_told_once_each(names: list[str]) -> None:
    found = [item for item in name_problems(names) if item.severity == "error"]
    twice = {
        item.location.path
        for item in found
        if "capital letters alone" in item.text or "looks just like" in item.text
    }
    kept = [name for name in names if name not in twice]
    folded = [unicodedata.normalize("NFD", name).casefold() for name in kept]
    assert len({unicodedata.normalize("NFD", name) for name in folded}) == len(kept)


@given(st.text(max_size=9))
def test_a_name_is_among_its_spellings_and_all_look_the_same(name: str) -> None:
    assert spellings(name)[0] == name
    assert {composed(spelled) for spelled in spellings(name)} == {composed(name)}


# Line ends, byte order marks, charsets


def test_windows_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path) -> None:
    words = "# Words\n\n| Avoid | Write |\n|---|---|\n| often | again and again |\n"
    terms = "| Term | Meaning | Do not write |\n|---|---|---|\n| hand | at an arm | paw |\n"
    guide = f"---\nid: HE-1\n---\n{GUIDE}"
    texts = {
        "outreach.toml": 'publisher = "Clinic"\nplain-words = "w.md"\nglossary = "g.md"\n',
        A: guide,
        "w.md": words,
        "g.md": terms,
        ES: po(SPANISH),
    }
    plain = write(tmp_path / "1/site", texts)
    odd = write(
        tmp_path / "2/site",
        {path: BOM + text.replace("\n", "\r\n") for path, text in texts.items()},
    )
    assert "often" in run(plain, "check").err
    advice = [line for line in run(odd, "check").err.splitlines() if "byte order mark" in line]
    assert [line.partition(":")[0] for line in advice] == [ES]
    assert (
        run(odd, "check").err.replace(f"{advice[0]}\n", "").rpartition(": ")[0]
        == (run(plain, "check").err.rpartition(": ")[0])
    )
    assert build(plain).code == build(odd).code == 0
    assert files(plain / "build") == files(odd / "build")


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "ISO-8859-15"])
def test_a_catalog_in_another_charset_is_read_by_what_it_declares(
    charset: str, tmp_path: Path
) -> None:
    text = po(SPANISH).replace("charset=UTF-8", f"charset={charset}")
    write(tmp_path, {A: GUIDE, ES: text.encode(charset)})
    outcome = build(tmp_path)
    assert outcome.code == 0
    assert f"{ES}: warning: is read as" in outcome.err
    assert "save it as UTF-8, with charset=UTF-8 in its header" in outcome.err
    assert "Lávelas a menudo." in (tmp_path / "build/es/a.html").read_text("utf-8")
    assert (tmp_path / ES).read_bytes() == text.encode(charset), "reading changes nothing"


def test_a_catalog_that_does_not_fit_its_charset_is_refused_with_its_line(tmp_path: Path) -> None:
    data = po(SPANISH).encode().replace("Lávelas".encode(), b"L\xe1velas")
    write(tmp_path, {A: GUIDE, ES: data})
    outcome = run(tmp_path, "update")
    assert f"{ES}:10: error: bytes that are no UTF-8 text; save the file in the encoding that" in (
        outcome.err
    )
    assert (tmp_path / ES).read_bytes() == data


# What is left


def test_output_that_nobody_can_take_is_told_without_a_traceback(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "outreach", "--project", str(tmp_path), "status"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "error: no space left on device" in done.stderr
    assert "Traceback" not in done.stderr
