"""The same guides give the same PDFs, byte for byte, whatever the machine is like.

`make test` has one build on a machine that differs in everything at once; the slow tests change one
thing at a time, and so tell which one matters.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from projects import ROOT, files, once, write
from specimens import SPECIMENS

from outreach.config_keys import VARIANTS
from outreach.sheet.fonts import prepare
from outreach.store import cache_folder

LANGUAGES = ("es", "ar", "zh-Hans", "km")
FOREIGN = "Only On This Machine"
"""A font family that a picture asks for, and that only some machines have."""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="160" height="80">'
    '<path d="M2 2h36v16h-36z" fill="none" stroke="#000"/>'
    f'<text x="4" y="14" font-size="8" font-family="{FOREIGN}, Noto Sans">Profit</text></svg>'
)
ON_ONE_PROCESSOR = (
    "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    "os.execv(sys.executable, [sys.executable, '-m', 'outreach', *sys.argv[1:]])"
)
INHERITED = ("LC_ALL", "LANG", "LANGUAGE", "TZ", "PYTHONHASHSEED", "FONTCONFIG_FILE")


@dataclass(frozen=True, slots=True)
class Machine:
    """What surrounds a build."""

    variables: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    """With a single processor, so that there is but one worker."""
    umask: int = 0o022

    def build(self, root: Path, *args: str) -> dict[str, str]:
        """Build the sheets of a project; returns their digests by path."""
        start = ("-c", ON_ONE_PROCESSOR) if self.alone else ("-m", "outreach")
        options = ("--project", str(root), "build", "--force", "--format", "pdf", *args)
        kept = {name: value for name, value in os.environ.items() if name not in INHERITED}
        done = subprocess.run(
            [sys.executable, *start, *options],
            cwd=ROOT,
            env={**kept, "OUTREACH_CACHE": str(cache_folder()), **self.variables},
            umask=self.umask,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr.decode()) == (0, "")
        folder = Path(args[args.index("-o") + 1]) if "-o" in args else root / "build"
        return digests(folder)


def digests(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files(folder, "*.pdf").items()}


def make_project(root: Path) -> Path:
    """Copy four of the specimens, with two pictures added that have no words to translate."""
    shutil.copytree(SPECIMENS / "content", root / "content")
    for tag in LANGUAGES:
        locale = f"locale/{tag.replace('-', '_')}"
        shutil.copytree(SPECIMENS / locale, root / locale)
    config = (SPECIMENS / "outreach.toml").read_text("utf-8")
    _, rest = config.split("\n]\n", 1)
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    guide = (SPECIMENS / "content/en/specimen.md").read_text("utf-8")
    Image.linear_gradient("L").save(root / "content/en/grey.png")
    pictures = "![](frame.svg)\n\n![](grey.png)\n\n[^cost]:"
    return write(
        root,
        {
            "outreach.toml": f"languages = [{listed}]\n{rest}",
            "content/en/specimen.md": guide.replace("[^cost]:", pictures),
            "content/en/frame.svg": PICTURE,
        },
    )


def make_fonts(folder: Path) -> None:
    """Put fonts into a folder that call themselves as ours do, and one that we do not have."""
    made = prepare(["Noto Sans Mono"]).files
    (regular,) = (path for path in made if path.stem == "Noto-Sans-Mono-Regular")
    folder.mkdir(parents=True)
    for family in ("Noto Sans", "Noto Naskh Arabic", "Noto Sans SC", "Noto Sans Khmer", FOREIGN):
        font = TTFont(regular)
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = family
        font.save(folder / f"{family}.ttf")


@dataclass(frozen=True, slots=True)
class Base:
    """A project, and what was made of it once."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "project"

    @property
    def sheets(self) -> dict[str, str]:
        return digests(self.root / "build")

    @property
    def machines(self) -> dict[str, Machine]:
        """Machines that differ in one thing."""
        home, conf = str(self.folder / "home"), str(self.folder / "fonts.conf")
        return {
            "fonts of the user": Machine({"HOME": home}),
            "fonts of the desktop": Machine({"XDG_DATA_HOME": f"{home}/share"}),
            "another set of fonts": Machine({"FONTCONFIG_FILE": conf, "FC_LANG": "ja"}),
            "fonts under another root": Machine({"FONTCONFIG_SYSROOT": home}),
            "a plain locale": Machine({"LC_ALL": "C", "PYTHONUTF8": "0"}),
            "Turkish, where an i is another letter": Machine(
                {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "ja:tr", "LOCPATH": str(self.folder)}
            ),
            "the language of Pango": Machine({"PANGO_LANGUAGE": "ja", "LANG": "C.UTF-8"}),
            "east": Machine({"TZ": "Pacific/Kiritimati"}),
            "west": Machine({"TZ": "WST+11:59"}),
            "another day": Machine({"SOURCE_DATE_EPOCH": "1000000000"}),
            "one order of sets": Machine({"PYTHONHASHSEED": "1"}),
            "another order of sets": Machine({"PYTHONHASHSEED": "4294967295"}),
            "optimized": Machine({"PYTHONOPTIMIZE": "1"}),
            "one processor": Machine(alone=True),
            "private files": Machine(umask=0o077),
        }


DIFFERENCES = tuple(Base(Path()).machines)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    def make(folder: Path) -> None:
        make_project(folder / "project")
        make_fonts(folder / "home/.fonts")
        shutil.copytree(folder / "home/.fonts", folder / "home/share/fonts")
        (folder / "fonts.conf").write_text(
            f"<fontconfig><dir>{folder}/home/.fonts</dir></fontconfig>", "utf-8"
        )
        if shutil.which("localedef"):
            turkish = ["-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
            subprocess.run(["localedef", *turkish], capture_output=True, check=False)
        Machine().build(folder / "project", "--variant", "letter")

    return Base(once(tmp_path_factory, "same-bytes", make))


def everything(machines: Mapping[str, Machine]) -> Machine:
    """A machine that differs in all of this at once."""
    variables = {name: value for it in machines.values() for name, value in it.variables.items()}
    return Machine(variables, alone=True, umask=0o077)


def test_another_machine_and_another_folder_give_the_same_sheets(
    base: Base, tmp_path: Path
) -> None:
    assert len(base.sheets) == len(LANGUAGES) + 1
    root = make_project(tmp_path / "a folder, með ö")
    made = everything(base.machines).build(root, "--variant", "letter", "-o", str(tmp_path / "b"))
    assert made == base.sheets


def test_one_language_alone_gives_the_same_sheet(base: Base, tmp_path: Path) -> None:
    made = Machine().build(
        base.root, "-l", "km", "--variant", "letter", "-o", str(tmp_path / "one")
    )
    assert made == {path: it for path, it in base.sheets.items() if path.startswith("km/")} != {}


@pytest.mark.slow
def test_every_form_is_the_same_language_by_language_on_another_machine(
    base: Base, tmp_path: Path
) -> None:
    together = Machine().build(base.root, "--variant", "all", "-o", str(tmp_path / "together"))
    other = everything(base.machines)
    alone: dict[str, str] = {}
    for tag in ("en", *LANGUAGES):
        folder = str(tmp_path / tag)
        alone |= other.build(base.root, "-l", tag, "--variant", "all", "-o", folder)
    assert len(together) == len(LANGUAGES) * len(VARIANTS) + 3
    assert alone == together


@pytest.mark.slow
@pytest.mark.parametrize("difference", DIFFERENCES)
def test_one_difference_between_machines_changes_no_sheet(
    difference: str, base: Base, tmp_path: Path
) -> None:
    machine = base.machines[difference]
    made = machine.build(base.root, "--variant", "letter", "-o", str(tmp_path / "build"))
    assert made == base.sheets
