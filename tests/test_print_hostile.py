"""Nothing but the project's own files gets into a sheet, and no picture can stop a build."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import socket
import struct
import subprocess
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from projects import Outcome, call, run, write
from pypdf import PdfReader
from pypdf.generic import ContentStream
from sheet_tools import draw, sheet, started

from outreach.languages import find
from outreach.model import OutreachError
from outreach.pictures import refusal
from outreach.pictures.svg import MOST
from outreach.sheet.fonts import chain

HIDDEN = "HIDDEN-CONTENT"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "' + f"&{chr(97 + n)};" * 10 + '">' for n in range(9))
DEEP = 5000
OWN = "".join(
    f'<g id="a{n}">' + f'<use href="own.svg#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
)
MARKERS = "".join(
    f'<marker id="m{n}"><path d="M0 0L5 5L6 6L7 7L8 8L9 9" class="k{n - 1}"/></marker>'
    for n in range(1, 9)
)
MARKED = "".join(f".k{n} {{ marker: url(#m{n}) }}" for n in range(1, 9))
STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
FAILING = '<g transform="scale(0.01)"><rect width="9" height="9"/>{}</g></svg>'

STOP = '<stop offset="0" stop-color="red"/><stop offset="1"/>'
GRADIENT = f'<linearGradient id="g" spreadMethod="repeat" x2="1e-9">{STOP}</linearGradient>'


CORNERS = f'<path d="M0 0{"L5 5" * 300}"/>'


def dots(kind: str, **more: Any) -> bytes:  # noqa: ANN401
    """A small picture of dots."""
    data = BytesIO()
    Image.new("RGB", (9, 9), "red").save(data, kind, **more)
    return data.getvalue()


def noise(kind: str) -> bytes:
    """A picture that cannot be packed, without its last third."""
    data = BytesIO()
    grains = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(300))
    Image.frombytes("RGB", (40, 80), grains).save(data, kind)
    return data.getvalue()[: len(data.getvalue()) * 2 // 3]


def moving(kind: str) -> bytes:
    """A picture of two moments."""
    data = BytesIO()
    moments = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    moments[0].save(data, kind, save_all=True, append_images=moments[1:])
    return data.getvalue()


def png(width: int, height: int, **notes: bytes) -> bytes:
    """A picture of a size that its few bytes do not have."""
    parts = {b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)}
    parts |= {kind.encode(): note for kind, note in notes.items()}
    parts |= {b"IDAT": zlib.compress(b"\0" * 1000), b"IEND": b""}
    data = b"\x89PNG\r\n\x1a\n"
    for kind, body in parts.items():
        check = struct.pack(">I", zlib.crc32(kind + body))
        data += struct.pack(">I", len(body)) + kind + body + check
    return data


def webp(width: int, height: int) -> bytes:
    """A picture of a size that its few bytes do not have."""
    body = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0" * 9
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBPVP8L" + struct.pack("<I", 14) + body


PLACE = Image.Exif()
PLACE[0x0131] = "camera"
PLACE.get_ifd(0x8825)[1] = "N"

UNDRAWN: dict[str, str | bytes] = {
    "gradient.svg": f'{SVG}{GRADIENT}<rect fill="url(#g)" width="9" height="9"/></svg>',
    "uses.svg": f'{SVG}<defs><g id="a0"><rect/></g>{USES}</defs><use href="#a8"/></svg>',
    "deep.svg": f"{SVG}{'<g>' * DEEP}<rect/>{'</g>' * DEEP}</svg>",
    "itself.svg": f'{SVG}<g id="a"><use href="#a"/></g></svg>',
    "pattern.svg": f'{SVG}<pattern id="p"><rect fill="url(#p)"/></pattern></svg>',
    "own.svg": f'{SVG}<defs><g id="a0"><rect/></g>{OWN}</defs><use href="own.svg#a8"/></svg>',
    "shown.svg": SVG + '<image href="shown.svg" width="8" height="8"/>' * 2 + "</svg>",
    "markers.svg": f'{SVG}<style>{MARKED}</style>{MARKERS}<path class="k8" d="M0 0L5 5"/></svg>',
    "again.svg": f'{SVG}<linearGradient id="g" spreadMethod="repeat" x2="1e-9">{STOPS}'
    '</linearGradient><rect fill="url(#g)" width="9" height="9"/></svg>',
    "halfway.svg": SVG + FAILING.format('<rect stroke="red" stroke-miterlimit="x"/>'),
    "nowhere.svg": SVG + FAILING.format('<rect width="1e999" height="5"/>'),
    "quoted.svg": SVG + FAILING.format("<rect fill='url(#a\"b)' width='5' height='5'/>"),
    "inside.svg": f'{SVG}<image href="data:image/png;base64,{"A" * 5000}" width="5"/></svg>',
    "inherited.svg": f'{SVG}<style>* {{ marker: url(#m) }}</style><marker id="m">{CORNERS}</marker>'
    f"{CORNERS}</svg>",
    "selectors.svg": f"{SVG}<style>.z {'* ' * 9}.b {{ fill: red }}</style>"
    f'{"<g>" * 60}<rect class="b"/>{"</g>" * 60}</svg>',
    "other.bmp": dots("BMP"),
}
"""Pictures that browsers show, and sheets cannot."""
DAMAGED: dict[str, str | bytes] = {
    "half.png": noise("PNG"),
    "half.jpg": noise("JPEG"),
    "half.gif": noise("GIF"),
    "half.webp": noise("WEBP"),
    "size.svg": SVG.replace('"9"', '"nan"') + "<rect/></svg>",
    "viewbox.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nine"><rect/></svg>',
    "open.svg": f"{SVG}<rect>",
    "packed.svg": gzip.compress(f"{SVG}</svg>".encode()),
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "empty.png": b"",
    "page.png": b"<html><script>alert(1)</script></html>".replace(b"script", b"b"),
    "cut.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
}
"""Pictures that nobody sees."""
UNSAFE: dict[str, str | bytes] = {
    "entities.svg": f'<!DOCTYPE svg [<!ENTITY a "lol">{ENTITIES}]>{SVG}<text>&j;</text></svg>',
    "grown.svg": f'<!DOCTYPE svg [<!ENTITY a "{"a" * 30000}">]>{SVG}{"&a;" * 9000}</svg>',
    "dtd.svg": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{SVG}<text>&x;</text></svg>',
    "parameter.svg": f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://a.example/"> %x;]>{SVG}</svg>',
    "elsewhere.svg": f'{SVG}<use href="https://example.org/a.svg#b"/></svg>',
    "script.svg": f"{SVG}<script>alert(1)</script></svg>",
    "wide.svg": f'<?xml version="1.0" encoding="utf-16"?>{SVG}<script/></svg>'.encode("utf-16"),
    "page.svg": b"<html><script>alert(1)</script></html>",
    "deep-script.svg": f"{SVG}{'<g>' * DEEP}<script/>{'</g>' * DEEP}</svg>",
    "handler.svg": SVG.replace(">", ' onload="alert(1)">') + "</svg>",
    "event.svg": f'{SVG}<rect oNmouseover="alert(1)"/></svg>',
    "link.svg": f'{SVG}<a href=" JaVaScRiPt:alert(1)"><rect/></a></svg>',
    "entity-link.svg": f'{SVG}<a href="java&#10;script:alert(1)"><rect/></a></svg>',
    "animated.svg": f'{SVG}<a><set attributeName="href" to="javascript:alert(1)"/></a></svg>',
    "foreign.svg": f'{SVG}<foreignObject><iframe src="https://a.example"/></foreignObject></svg>',
    "html.svg": f'{SVG}<b xmlns="http://www.w3.org/1999/xhtml">x</b></svg>',
    "image.svg": f'{SVG}<image href="https://a.example/track.png"/></svg>',
    "file.svg": f'{SVG}<image xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///p"/></svg>',
    "data.svg": f'{SVG}<image href="data:image/svg+xml,%3Csvg/%3E"/></svg>',
    "import.svg": f'{SVG}<style>/* */ @import "https://a.example/a.css";</style></svg>',
    "style.svg": f'{SVG}<style>rect {{ fill: url( "https://a.example/#a") }}</style></svg>',
    "hidden.svg": f"{SVG}<style>rect {{ fill: u\\72l(//a.example/#a) }}</style></svg>",
    "attribute.svg": f'{SVG}<rect style="fill: URL(//a.example/a#b)"/></svg>',
    "sheet.svg": f'<?xml-stylesheet href="https://a.example/a.css"?>{SVG}</svg>',
    "size.png": png(60_000, 60_000),
    "many.png": png(10_000, 10_000),
    "note.png": png(9, 9, zTXt=b"a\0\0" + zlib.compress(b"\0" * 9_000_000)),
    "profile.png": png(9, 9, iCCP=b"a\0\0" + zlib.compress(b"\0" * 9_000_000)),
    "text.png": png(9, 9, iTXt=b"a\0\1\0\0\0" + zlib.compress(b"\0" * 9_000_000)),
    "size.gif": dots("GIF").replace(struct.pack("<HH", 9, 9), b"\xff\xff\xff\xff"),
    "size.jpg": dots("JPEG").replace(struct.pack(">HH", 9, 9), b"\xff\xff\xff\xff"),
    "passes.jpg": dots("JPEG")[:-2] + b"\xff\xda\0\2" * 200 + b"\xff\xd9",
    "size.webp": webp(16_383, 16_383),
}
"""Pictures that do harm to those who open them, or to their machines."""
REMARKS: dict[str, bytes] = {
    "moving.gif": moving("GIF"),
    "moving.webp": moving("WEBP"),
    "moving.png": moving("PNG"),
    "place.jpg": dots("JPEG", exif=PLACE),
    "place.png": dots("PNG", exif=PLACE),
    "place.webp": dots("WEBP", exif=PLACE),
    "named.png": dots("JPEG"),
}
"""Pictures that are shown, with a word of warning."""


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


def page_is_whole(root: Path) -> bool:
    """Whether a sheet can be read to its end, and what follows a picture stands on it."""
    made = list((root / "build").rglob("*.pdf"))
    for path in made:
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        assert b"The end." in done.stdout
        assert done.stderr == b""
        saved, at = 0, []
        for operands, operator in content(path):
            saved += {b"q": 1, b"Q": -1}.get(operator, 0)
            at.append(saved)
            assert not any(str(operand) in ("nan", "inf") for operand in operands)
        assert min(at) == saved == 0
    return bool(made)


def content(path: Path) -> list[tuple[list[Any], bytes]]:
    reader = PdfReader(path)
    stream = ContentStream(reader.pages[0].get_contents(), reader)
    return list(stream.operations)


def printed(root: Path) -> Outcome:
    return run(root, "build", "--format", "pdf", "--variant", "letter")


def project(root: Path, name: str, content: str | bytes, settings: str = "") -> Path:
    """A project whose guide shows a picture and goes on after it."""
    text = f"# A\n\n![a picture]({name})\n\nThe end.\n"
    return write(
        root, {"content/en/a.md": text, f"content/en/{name}": content, "outreach.toml": settings}
    )


@pytest.mark.parametrize("name", UNDRAWN)
def test_a_picture_that_cannot_be_drawn_is_told_and_left_out(name: str, tmp_path: Path) -> None:
    project(tmp_path, name, UNDRAWN[name])
    outcome = printed(tmp_path)
    assert outcome.code == 0, outcome.err
    assert outcome.err.count("warning") == 1
    assert f"the picture “{name}” is not drawn: " in outcome.err
    assert len(outcome.err) < 400
    assert page_is_whole(tmp_path)


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_picture_is_told_by_a_check_and_left_out(name: str, tmp_path: Path) -> None:
    project(tmp_path, name, DAMAGED[name])
    outcome = run(tmp_path, "check")
    assert outcome.code == 0
    found = re.match(rf"content/en/{name}(:\d+)?: warning: (.*)\n", outcome.err)
    assert found
    assert "the picture cannot be shown (it stands in content/en/a.md:3): it" in found[2]
    assert found[2].endswith(" [picture]")
    outcome = printed(tmp_path)
    assert outcome.code == 0
    assert outcome.err.count("warning") == 1
    assert f"the picture “{name}” is not drawn: it" in outcome.err
    assert page_is_whole(tmp_path)


@pytest.mark.parametrize("name", UNSAFE)
@pytest.mark.parametrize("settings", ["", 'raw-html = true\nmissing-files = "warn"\n'])
def test_a_picture_that_does_harm_is_published_nowhere(
    name: str, settings: str, tmp_path: Path
) -> None:
    project(tmp_path, name, UNSAFE[name], settings)
    for outcome in (run(tmp_path, "check"), run(tmp_path, "build")):
        assert outcome.code == 1
        assert re.match(rf"content/en/{name}(:1)?: error: the picture is not safe", outcome.err)
        assert "(it stands in content/en/a.md:3): it" in outcome.err
        assert "[unsafe-file]" in outcome.err
        assert len(outcome.err.splitlines()) <= 12
    assert not (tmp_path / "build/en").exists()
    assert not (tmp_path / "build/assets").exists()


@pytest.mark.parametrize("name", REMARKS)
def test_a_word_of_warning_goes_with_a_picture_that_is_shown(name: str, tmp_path: Path) -> None:
    project(tmp_path, name, REMARKS[name])
    outcome = run(tmp_path, "check")
    assert outcome.code == 0
    assert re.match(rf"content/en/{name}: warning: the picture \(.*\): it ", outcome.err)
    assert len(outcome.err.splitlines()) == 1
    assert embedded(tmp_path) if printed(tmp_path).code == 0 else None


def test_dots_that_are_called_svg_are_seen_on_paper_alone(tmp_path: Path) -> None:
    project(tmp_path, "dots.svg", dots("PNG"))
    assert (
        "cannot be shown (it stands in content/en/a.md:3): it is PNG" in run(tmp_path, "check").err
    )
    assert printed(tmp_path).err == ""
    assert embedded(tmp_path)


def test_what_sheets_cannot_show_is_told_by_a_check(tmp_path: Path) -> None:
    shown = {name: UNDRAWN[name] for name in ("uses.svg", "itself.svg", "shown.svg", "other.bmp")}
    for name, content in shown.items():
        project(tmp_path / name, name, content)
        outcome = run(tmp_path / name, "check")
        assert outcome.code == 0
        assert re.match(
            rf"content/en/{name}(:1)?: warning: the picture is not printed", outcome.err
        )


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
    assert refusal(tens.encode()) == "it draws too much; make it simpler"
    assert refusal(tens.replace("#a", "#b").encode()) == ""


def test_a_hostile_project_cannot_make_a_build_hang_in_a_process_of_its_own(
    tmp_path: Path,
) -> None:
    names = [name for name in UNDRAWN if name.endswith(".svg")]
    text = "# A\n\n" + "\n\n".join(f"![{name}]({name})" for name in names)
    write(tmp_path, {"content/en/a.md": text})
    write(tmp_path, {f"content/en/{name}": UNDRAWN[name] for name in names})
    outcome = call("--project", str(tmp_path), "build", "--format", "pdf", "--variant", "letter")
    assert outcome.code == 0, os.linesep.join((outcome.out, outcome.err))


def test_styles_that_cannot_be_drawn_are_an_error_of_their_guide(tmp_path: Path) -> None:
    style = "width: 1e999px; margin: -1e999px"
    write(tmp_path, {"content/en/a.md": f'# A\n\n<p style="{style}">wide</p>\n'})
    write(tmp_path, {"outreach.toml": "raw-html = true\n"})
    outcome = printed(tmp_path)
    assert outcome.code == 1
    assert outcome.err.startswith("content/en/a.md: error: cannot be drawn")
    assert not list((tmp_path / "build").rglob("*.pdf"))


def test_what_is_drawn_without_end_is_an_error_in_the_end(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    endless = '<p style="background: repeating-linear-gradient(red, blue 0.0000001px)">deep</p>'
    with started(tmp_path_factory) as engine:
        with pytest.raises(OutreachError, match="takes too long to draw; is there raw HTML"):
            engine.pdf(sheet("en", endless), chain(find("en").fonts), patience=0.2)
        assert draw(engine, "en", "<ol><li>one</li></ol>").problems == ()


@pytest.mark.parametrize(
    "html",
    [
        '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
        '<meta name="dcterms.created" content="yesterday"><meta name="a&#1;b" content="&#0;">',
        '<base href="file:///etc/"><a href="passwd">x</a>',
        '<form><input name="x" value="y"><textarea>z</textarea><button>b</button></form>',
        '<picture><source srcset="file:///etc/passwd"></picture><video poster="/x"></video>',
        '<a rel="attachment" href="data:text/plain,x">x</a><a href="javascript:alert(1)">y</a>',
        '<html lang="x&#1;y" style="color: red"><body class="large">',
        "<div>" * 500,
        '<svg width="9"><g transform="scale(0.1)"><rect stroke-miterlimit="x"/></g></svg>',
        '<p title="a\x01b">x&#0;y&#xD800;z&#xFFFF;</p>',
    ],
)
def test_html_of_a_guide_does_no_harm(html: str, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"# A\n\n{html}\n\nThe end.\n"})
    write(tmp_path, {"outreach.toml": "raw-html = true\n"})
    outcome = printed(tmp_path)
    assert "Traceback" not in outcome.err
    if outcome.code:
        assert outcome.err.startswith("content/en/a.md: error: ")
    else:
        assert page_is_whole(tmp_path)
        made = sheets(tmp_path)
        assert b"root:" not in made
        assert b"/JavaScript" not in made
        assert b"/EmbeddedFile" not in made
        assert b"/AcroForm" not in made


def embedded(root: Path) -> list[Any]:
    (path,) = (root / "build").rglob("*.pdf")
    resources: Any = PdfReader(path).pages[0]["/Resources"]
    found = resources.get("/XObject", {})
    return [item.get_object() for item in found.values()]


def test_a_picture_of_dots_keeps_them_and_its_words(tmp_path: Path) -> None:
    (tmp_path / "content/en").mkdir(parents=True)
    Image.linear_gradient("L").resize((600, 300)).save(tmp_path / "content/en/a.png")
    write(tmp_path, {"content/en/a.md": "# A\n\n![Two hands under water](a.png)\n"})
    assert printed(tmp_path).err == ""
    (picture,) = embedded(tmp_path)
    assert (picture["/Subtype"], picture["/Width"], picture["/Height"]) == ("/Image", 600, 300)
    assert figures(tmp_path) == ["Two hands under water"]


def test_a_picture_in_svg_stays_one_of_lines(tmp_path: Path) -> None:
    svg = f'{SVG}<path d="M1 1L8 8"/><text x="1" y="8" font-size="3">Hi</text></svg>'
    write(tmp_path, {"content/en/a.md": "# A\n\n![A line](a.svg)\n", "content/en/a.svg": svg})
    assert printed(tmp_path).err == ""
    assert [item for item in embedded(tmp_path) if item["/Subtype"] == "/Image"] == []
    assert figures(tmp_path) == ["A line"]


def test_a_picture_without_words_is_none_for_who_listens(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": "# A\n\n![](a.svg)\n", "content/en/a.svg": f"{SVG}</svg>"})
    printed(tmp_path)
    assert figures(tmp_path) == []


def figures(root: Path) -> list[str]:
    """The words of all pictures of a sheet, for who has it read aloud."""
    (path,) = (root / "build").rglob("*.pdf")
    document: Any = PdfReader(path)
    found = (document.get_object(number) for number in range(1, document.trailer["/Size"]))
    return [
        item["/Alt"] for item in found if isinstance(item, dict) and item.get("/S") == "/Figure"
    ]
