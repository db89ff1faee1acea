"""Nothing but the project's own files gets into a sheet, and no picture can stop a build."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from projects import Outcome, call, run, write

from outreach.sheet.svg import MOST, refusal

HIDDEN = "HIDDEN-CONTENT"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "' + f"&{chr(97 + n)};" * 10 + '">' for n in range(9))
DEEP = 5000

STOP = '<stop offset="0" stop-color="red"/><stop offset="1"/>'
GRADIENT = f'<linearGradient id="g" spreadMethod="repeat" x2="1e-9">{STOP}</linearGradient>'


def noise(kind: str) -> bytes:
    """A picture that cannot be packed, without its last third."""
    data = BytesIO()
    dots = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(300))
    Image.frombytes("RGB", (40, 80), dots).save(data, kind)
    return data.getvalue()[: len(data.getvalue()) * 2 // 3]


PICTURES: dict[str, str | bytes] = {
    "gradient.svg": f'{SVG}{GRADIENT}<rect fill="url(#g)" width="9" height="9"/></svg>',
    "elsewhere.svg": f'{SVG}<use href="https://example.org/a.svg#b"/></svg>',
    "half.png": noise("PNG"),
    "half.jpg": noise("JPEG"),
    "uses.svg": f'{SVG}<defs><g id="a0"><rect/></g>{USES}</defs><use href="#a8"/></svg>',
    "deep.svg": f"{SVG}{'<g>' * DEEP}<rect/>{'</g>' * DEEP}</svg>",
    "itself.svg": f'{SVG}<g id="a"><use href="#a"/></g></svg>',
    "pattern.svg": f'{SVG}<pattern id="p"><rect fill="url(#p)"/></pattern></svg>',
    "entities.svg": f'<!DOCTYPE svg [<!ENTITY a "lol">{ENTITIES}]>{SVG}<text>&j;</text></svg>',
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "empty.png": b"",
    "page.png": b"<html><script>alert(1)</script></html>",
    "cut.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
}


def png(width: int, height: int) -> bytes:
    """A picture of a size that its few bytes do not have."""
    parts = {b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)}
    parts |= {b"IDAT": zlib.compress(b"\0" * 1000), b"IEND": b""}
    data = b"\x89PNG\r\n\x1a\n"
    for kind, body in parts.items():
        check = struct.pack(">I", zlib.crc32(kind + body))
        data += struct.pack(">I", len(body)) + kind + body + check
    return data


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """An address at which somebody listens, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def wait() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                connection.close()
                came.append(address)

        thread = threading.Thread(target=wait)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
        done.set()
        thread.join()


def sheets(root: Path) -> bytes:
    """What all sheets hold, with their streams unpacked as far as they can be."""
    data = b""
    for path in (root / "build").rglob("*.pdf"):
        file = path.read_bytes()
        data += file
        for part in file.split(b"stream\n")[1:]:
            try:
                data += zlib.decompressobj().decompress(part.lstrip(b"\r\n"))
            except zlib.error:
                continue
    return data


def printed(root: Path) -> Outcome:
    return run(root, "build", "--format", "pdf", "--variant", "letter")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_cannot_be_drawn_is_told_and_left_out(name: str, tmp_path: Path) -> None:
    content = PICTURES[name]
    write(tmp_path, {"content/en/a.md": f"# A\n\n![a picture]({name})\n"})
    write(tmp_path, {f"content/en/{name}": content})
    outcome = printed(tmp_path)
    assert outcome.code == 0
    assert outcome.err.count("warning") == 1
    assert name in outcome.err
    assert "Traceback" not in outcome.err
    assert sheets(tmp_path)


@pytest.mark.parametrize("side", [60_000, 10_000])
def test_a_picture_of_many_dots_is_not_unpacked(side: int, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "# A\n\n![a](a.png)\n"})
    write(tmp_path, {"content/en/a.png": png(side, side)})
    outcome = printed(tmp_path)
    told = "the picture “a.png” is not drawn: it has more than 50,000,000 dots"
    assert told in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert len(sheets(tmp_path)) < 1_000_000


def test_pictures_and_pages_reach_neither_the_network_nor_other_files(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", {"secret.txt": HIDDEN, "secret.svg": SVG + HIDDEN})
    place = (secret / "secret.txt").as_uri()
    picture = secret / "secret.svg"
    root = tmp_path / "project"
    with listening() as (server, came):
        svg = (
            f'{SVG}<style>@import url("{server}/a.css"); rect {{ fill: url({place}) }}</style>'
            f'<image href="{place}" width="5" height="5"/><image href="{server}/a.png"/>'
            f'<use href="{server}/a.svg#b"/><use href="{picture.as_uri()}#b"/><script>1</script>'
            f'<foreignObject><iframe src="{place}"/></foreignObject><text>seen</text></svg>'
        )
        html = (
            f'<link rel="attachment" href="{place}">\n\n<a rel="attachment" href="{place}">a</a>'
            f'\n\n<style>@import "{server}/a.css"; p {{ background: url({place}) }}'
            f"@font-face {{ font-family: x; src: url({place}) }}"
            f"p::before {{ content: url({server}/a.png) }}</style>\n\n"
            f'<p style="background: url({server}/b.png)">b</p>\n\n'
            f'<object data="{place}"></object><embed src="{server}/c.pdf">'
            f'<iframe src="{place}"></iframe><input type="image" src="{server}/d.png">\n\n'
            f'<img src="{place}"><img src="{server}/e.png" srcset="{server}/f.png 2x">'
            f'<img src="data:text/html,{HIDDEN}-2">\n\n<base href="{server}/">\n\n'
            f'<svg width="9" height="9"><image href="{place}"/></svg>\n'
        )
        write(root, {"content/en/a.md": f"# A\n\n![a](a.svg)\n\n![b](b.svg)\n\n{html}"})
        write(root, {"content/en/a.svg": svg, "outreach.toml": "raw-html = true\n"})
        (root / "content/en/b.svg").symlink_to(picture)
        outcome = printed(root)
    assert came == []
    assert "Traceback" not in outcome.err
    assert HIDDEN.encode() not in sheets(root)


@pytest.mark.parametrize(
    "html",
    [
        f"{'<div>' * 2000}x{'</div>' * 2000}",
        '<p style="font-size: 1e9px">x</p>',
        '<p style="line-height: 1e300; text-indent: 1e30px">x</p>',
        '<p style="transform: scale(0)">x</p>',
        "<style>@color-profile --x { src: url(file:///p) } p { color: color(--x 0 0 0) }</style>",
    ],
)
def test_raw_html_without_measure_is_told(html: str, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"# A\n\n{html}\n", "content/en/b.md": "# B\n"})
    write(tmp_path, {"outreach.toml": "raw-html = true\n"})
    outcome = printed(tmp_path)
    assert outcome.code == 1
    assert "content/en/a.md: error: cannot be drawn; is there raw HTML" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "build/en").exists()


def test_a_link_out_of_the_project_is_no_picture(tmp_path: Path) -> None:
    outside = write(tmp_path / "elsewhere", {"a.svg": f"{SVG}<text>{HIDDEN}</text></svg>"})
    root = write(tmp_path / "project", {"content/en/a.md": "# A\n\n![a](a.svg)\n"})
    (root / "content/en/a.svg").symlink_to(outside / "a.svg")
    outcome = printed(root)
    assert outcome.code == 1
    assert "a.svg" in outcome.err
    assert not (root / "build").exists() or not sheets(root)


@pytest.mark.parametrize("logo", ["gone.png", "content/en/a.md", "out.svg", "."])
def test_a_logo_that_is_no_picture_stops_a_build(logo: str, tmp_path: Path) -> None:
    outside = write(tmp_path / "elsewhere", {"a.svg": f"{SVG}</svg>"})
    root = write(tmp_path / "project", {"content/en/a.md": "# A\n"})
    (root / "out.svg").symlink_to(outside / "a.svg")
    write(root, {"outreach.toml": f'partner-logo = "{logo}"\n'})
    outcome = printed(root)
    assert outcome.code == 1
    assert "partner-logo" in outcome.err
    assert not (root / "build").exists()


def test_a_logo_is_drawn(tmp_path: Path) -> None:
    logo = f'{SVG}<rect width="9" height="9"/></svg>'
    write(tmp_path, {"content/en/a.md": "# A\n", "logo.svg": logo})
    write(tmp_path, {"outreach.toml": 'partner = "Clinic North"\npartner-logo = "logo.svg"\n'})
    assert printed(tmp_path).err == ""
    assert b"Clinic North" in sheets(tmp_path).replace(b"\0", b"")


def test_used_parts_count_as_often_as_they_are_used() -> None:
    used = '<use href="#a"/>' * (MOST // 100)
    tens = f'{SVG}<g id="a">{"<rect/>" * 100}</g>{used}</svg>'
    assert refusal(tens.encode()) == "it draws too much"
    assert refusal(tens.replace("#a", "#b").encode()) == ""
    assert refusal(b"<html></html>") == "it is no picture"
    assert refusal(b"\x89PNG") == ""


def test_a_hostile_project_cannot_make_a_build_hang_in_a_process_of_its_own(
    tmp_path: Path,
) -> None:
    names = [name for name in PICTURES if name.endswith(".svg")]
    text = "# A\n\n" + "\n\n".join(f"![{name}]({name})" for name in names)
    write(tmp_path, {"content/en/a.md": text})
    write(tmp_path, {f"content/en/{name}": PICTURES[name] for name in names})
    outcome = call("--project", str(tmp_path), "build", "--format", "pdf")
    assert outcome.code == 0, os.linesep.join((outcome.out, outcome.err))
