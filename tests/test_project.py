"""A project's guides on disk: their names, what may be missing, and what is left alone."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from projects import GUIDE, SPANISH, build, catalog, dead_links, files, po, run, write

from outreach.config import load_config
from outreach.model import Problem
from outreach.project import Source, read_sources


def sources(root: Path) -> list[Source]:
    """The guides of a project in which nothing is wrong."""
    found, problems = read_sources(load_config(root))
    assert problems == []
    return found


def names(root: Path) -> list[str]:
    return [source.guide.name for source in sources(root)]


def problems(root: Path) -> list[Problem]:
    return read_sources(load_config(root))[1]


def test_guides_are_found_in_sub_folders_in_order(tmp_path: Path) -> None:
    for path in ("b.md", "a.md", "sub/a.md", "sub/deep/c.md"):
        write(tmp_path, {f"content/en/{path}": GUIDE})
    assert names(tmp_path) == ["a", "b", "sub/a", "sub/deep/c"]


def test_hidden_files_and_other_files_are_left_out(tmp_path: Path) -> None:
    for path in ("a.md", ".b.md", ".git/c.md", "d.markdown", "e.txt", "f.md~"):
        write(tmp_path, {f"content/en/{path}": GUIDE})
    (tmp_path / "content/en/folder.md").mkdir()
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("name", ["index", "interface", "links", "Index", "LINKS"])
def test_a_guide_with_a_name_of_ours_gets_another(name: str, tmp_path: Path) -> None:
    text = f"# A\n\n[back]({name}.md) [sub](sub/{name}.md)\n"
    write(tmp_path, {f"content/en/{name}.md": text, f"content/en/sub/{name}.md": "# B\n"})
    assert names(tmp_path) == sorted([f"{name}-guide", f"sub/{name}"])
    assert run(tmp_path, "init", "es").code == 0
    assert build(tmp_path).code == 0
    pages = files(tmp_path / "build", "*.html")
    assert {f"en/{name}-guide.html", f"en/sub/{name}.html", "en/index.html"} <= pages.keys()
    assert f'href="{name}-guide.html"' in pages[f"en/{name}-guide.html"].decode()
    assert dead_links(tmp_path / "build") == []


def test_two_files_that_give_one_name_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/index.md": GUIDE, "content/en/index-guide.md": GUIDE})
    outcome = run(tmp_path, "build")
    assert outcome.code == 1
    assert "gives a guide called `index-guide`" in outcome.err
    assert not (tmp_path / "build").exists()


def test_an_empty_file_is_a_guide_without_messages(tmp_path: Path) -> None:
    blank = {"content/en/empty.md": "", "content/en/blank.md": "\n\n \n", "content/en/a.md": GUIDE}
    write(tmp_path, blank)
    assert [len(source.extracted.segments) for source in sources(tmp_path)] == [4, 0, 0]
    assert run(tmp_path, "init", "es").code == 0
    assert sorted(files(tmp_path, "*.po")) == [catalog("a")]
    write(tmp_path, {catalog("a"): po(SPANISH)})
    assert build(tmp_path).code == 0
    assert ">empty</h1>" in (tmp_path / "build/es/empty.html").read_text("utf-8")
    assert run(tmp_path, "update").code == 0
    rows = run(tmp_path, "status", "--json").out
    assert '"empty"' not in rows


def test_a_content_folder_without_guides_builds_an_empty_site(tmp_path: Path) -> None:
    (tmp_path / "content/en").mkdir(parents=True)
    assert run(tmp_path, "check").code == 0
    assert run(tmp_path, "update").code == 0
    assert build(tmp_path).code == 0
    assert dead_links(tmp_path / "build") == []


def test_the_title_is_the_first_heading_or_the_file_s_name(tmp_path: Path) -> None:
    guides = {
        "heading.md": "Words first.\n\n## The *first* heading\n\n# Another\n",
        "sub/file-name.md": "Only words.\n",
        "front.md": "---\ntitle: From the front\n---\n# Shown too\n",
        "list.md": "---\n- no mapping\n---\n\n# Listed\n",
        "rule.md": "---\n\nNot front matter, but a line.\n\n---\n",
    }
    write(tmp_path, {f"content/en/{name}": text for name, text in guides.items()})
    assert build(tmp_path).code == 0
    titles = {
        path: data.decode().split("<title>")[1].split("</title>")[0]
        for path, data in files(tmp_path / "build/en", "*.html").items()
    }
    assert titles["heading.html"] == "The first heading"
    assert titles["sub/file-name.html"] == "file-name"
    assert titles["front.html"] == "From the front"
    assert titles["list.html"] == "Listed"
    assert titles["rule.html"] == "rule"


def test_front_matter_that_is_no_yaml_counts_as_text_with_a_warning(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "---\ntitle: One: two\n---\n\n# A\n"})
    (found,) = problems(tmp_path)
    assert (found.severity, str(found.location)) == ("warning", "content/en/a.md:1")
    assert build(tmp_path).code == 0


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: Clean\n---\n\n# Hands\n\nTwo\nlines.\n"
    write(tmp_path, {"content/en/a.md": text})
    plain = [segment.msgid for segment in sources(tmp_path)[0].extracted.segments]
    write(tmp_path, {"content/en/a.md": b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()})
    (source,) = sources(tmp_path)
    assert [segment.msgid for segment in source.extracted.segments] == plain
    assert source.guide.front_matter == {"title": "Clean"}


def test_a_guide_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": b"# A\n\ncaf\xe9\n", "content/en/b.md": GUIDE})
    for command in ("build", "update", "check"):
        outcome = run(tmp_path, command)
        assert outcome.code == 1
        assert "content/en/a.md:3: error: is not UTF-8 text: found the byte 0xE9" in outcome.err
    assert files(tmp_path).keys() == {"content/en/a.md", "content/en/b.md"}


def test_raw_html_is_an_error_with_its_line_unless_the_project_wants_it(tmp_path: Path) -> None:
    guide = "---\ntitle: A\n---\n\n# A\n\n<div>raw</div>\n\nA <b>bold</b> word.\n"
    write(tmp_path, {"content/en/a.md": guide})
    outcome = run(tmp_path, "build")
    assert outcome.code == 1
    assert "content/en/a.md:7: error: raw HTML is not allowed here: <div>raw</div>" in outcome.err
    assert "content/en/a.md:9: error: raw HTML is not allowed here: <b>" in outcome.err
    assert "mend the guides first" in outcome.err
    assert not (tmp_path / "build").exists()
    write(tmp_path, {"outreach.toml": "raw-html = true\n"})
    assert build(tmp_path).code == 0
    page = (tmp_path / "build/en/a.html").read_text("utf-8")
    assert "<div>raw</div>" in page
    assert "A <b>bold</b> word." in page


@pytest.mark.parametrize(
    "name", ["a b", "50% off", "q?x", "a#b", "é", "健康", "صحة", "a&b", "it's", "a+b=c", "x;y"]
)
def test_any_file_name_works_in_links_pages_and_catalogs(name: str, tmp_path: Path) -> None:
    link = quote(f"../{name}.md")
    guides = {
        f"content/en/{name}.md": "# A\n\nSome words.\n",
        "content/en/sub/z.md": f"# Z\n\nGo [there]({link}).\n",
    }
    write(tmp_path, {"outreach.toml": 'threshold = 0\npaper = "a4"\n', **guides})
    assert run(tmp_path, "init", "es").code == 0
    for path in files(tmp_path, "*.po"):
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", tmp_path / path], check=True)
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    outcome = build(tmp_path)
    assert (outcome.code, "problem" in outcome.err) == (0, False)
    assert (tmp_path / f"build/es/{name}.html").is_file()
    assert dead_links(tmp_path / "build") == []


def test_files_in_the_content_folder_do_not_matter_to_guides(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, "content/en/data.bin": bytes(range(256))})
    assert build(tmp_path).code == 0
    assert "assets/files/content/en/data.bin" not in files(tmp_path / "build")


@pytest.mark.parametrize("content", [".", "docs", "./docs/", "docs//help/."])
def test_the_content_folder_may_be_written_in_any_way(content: str, tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": f'content = "{content}"\n'})
    write(
        tmp_path, {f"{content}/a.md": "# A\n\n[b](b.md) ![i](i.png)\n", f"{content}/b.md": "# B\n"}
    )
    write(tmp_path, {f"{content}/i.png": b"\x89PNG"})
    assert build(tmp_path).code == 0
    assert dead_links(tmp_path / "build") == []
    write(tmp_path, {f"{content}/b.md": "<b>raw</b>\n"})
    before = files(tmp_path / "build")
    assert build(tmp_path).code == 1
    assert files(tmp_path / "build") == before


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "\u2028"])
def test_odd_file_names_do_no_harm_to_catalogs(name: str, tmp_path: Path) -> None:
    write(tmp_path, {f"content/en/{name}.md": GUIDE, "outreach.toml": "threshold = 0"})
    assert run(tmp_path, "init", "es").code == 0
    for path in files(tmp_path, "*.po"):
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", tmp_path / path], check=True)
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
    assert build(tmp_path).code == 0
    assert dead_links(tmp_path / "build") == []


def test_a_guide_that_is_a_link_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"content/en/a.md": GUIDE})
    write(tmp_path, {"secret.md": "SECRET"})
    (root / "content/en/b.md").symlink_to(tmp_path / "secret.md")
    build(root)
    run(root, "update")
    made = files(root)
    del made["content/en/b.md"]
    assert not any(b"SECRET" in data for data in made.values())


def test_an_image_without_words_is_nothing_to_translate(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "![](i.png)\n", "content/en/i.png": b"png"})
    assert sources(tmp_path)[0].extracted.segments == ()
