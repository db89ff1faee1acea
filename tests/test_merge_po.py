"""Git merges catalogs with our driver, as it was set up by the documented command."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from projects import GUIDE, ROOT, SPANISH, Outcome, call, catalog, po, run, write

from outreach.catalog.po import read_catalog
from outreach.driver import ATTRIBUTE, FAILED, driver_command

PATH = catalog("a")
HEAD = (
    'Language: es\\n"\n"Project-Id-Version: x\\n"\n"PO-Revision-Date: 2026-01-01 10:00+0000\\n"\n'
    '"Last-Translator: \\n"\n"Language-Team: x\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Transfer-Encoding: 8bit'
)


class Repository:
    """A git repository with a small project, apart from the configuration of whoever tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        for role in ("AUTHOR", "COMMITTER"):
            self.environment[f"GIT_{role}_NAME"] = "A"
            self.environment[f"GIT_{role}_EMAIL"] = "a@example.org"
            self.environment[f"GIT_{role}_DATE"] = "2026-01-01T00:00:00Z"
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str, cwd: Path | None = None) -> Outcome:
        done = subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def git(self, *arguments: str) -> str:
        outcome = self.run("git", *arguments)
        assert outcome.code == 0, outcome
        return outcome.out

    def install(self) -> Outcome:
        return self.run(sys.executable, "-m", "outreach", "merge-po", "--install")

    def commit(self, *replaced: tuple[str, str], path: str = PATH) -> None:
        """Commit all, with the catalog changed so."""
        self.edit(*replaced, path=path)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")

    def edit(self, *replaced: tuple[str, str], path: str = PATH) -> None:
        text = self.text(path)
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        write(self.folder, {path: text})

    def text(self, path: str = PATH) -> str:
        return (self.folder / path).read_text("utf-8")

    def msgstrs(self) -> dict[str, str]:
        found = read_catalog(self.text().encode(), PATH).messages
        return {message.msgid: message.msgstr for message in found}

    def accepted(self) -> None:
        outcome = self.run("msgfmt", "--check", "-o", os.devnull, PATH)
        assert outcome.code == 0, outcome


NEVER, EARLY, LATE = (f"Date: 2026-01-0{day}" for day in (1, 2, 3))
OURS = ("Antes de comer", "Antes de las comidas")
THEIRS = ("Después del trabajo", "Después de trabajar")
BOTH = SPANISH | {"Before you eat": OURS[1], "After work": THEIRS[1]}


@pytest.fixture
def bare(tmp_path: Path) -> Repository:
    """A project in git, without the driver."""
    repository = Repository(tmp_path)
    write(
        tmp_path,
        {"content/en/a.md": GUIDE, PATH: po(SPANISH, HEAD), ".gitattributes": ATTRIBUTE + "\n"},
    )
    repository.commit()
    return repository


@pytest.fixture
def repository(bare: Repository) -> Repository:
    """Our change is on `main`, theirs on `other`, each of its own message."""
    assert bare.install().code == 0
    bare.git("branch", "other")
    bare.commit(OURS, (NEVER, EARLY))
    bare.git("switch", "--quiet", "other")
    bare.commit(THEIRS, (NEVER, LATE))
    bare.git("switch", "--quiet", "main")
    return bare


def test_without_the_driver_dates_of_editors_are_a_conflict(
    repository: Repository,
) -> None:
    repository.git("config", "--remove-section", "merge.outreach-po")
    assert repository.run("git", "merge", "other").code == 1


def test_a_merge(repository: Repository) -> None:
    repository.git("merge", "--quiet", "other")
    assert repository.msgstrs() == BOTH
    repository.accepted()
    assert repository.git("status", "--porcelain") == ""


def test_a_merge_from_a_folder_below(repository: Repository) -> None:
    below = repository.folder / "content" / "en"
    assert repository.run("git", "merge", "other", cwd=below).code == 0
    assert repository.msgstrs() == BOTH


def test_a_rebase(repository: Repository) -> None:
    repository.git("rebase", "--quiet", "other")
    assert repository.msgstrs() == BOTH


def test_a_cherry_pick(repository: Repository) -> None:
    repository.git("cherry-pick", "other")
    assert repository.msgstrs() == BOTH


def test_a_stash(repository: Repository) -> None:
    repository.edit(("Manos limpias", "Las manos limpias"))
    repository.git("stash")
    repository.git("merge", "--quiet", "other")
    repository.git("stash", "pop")
    assert repository.msgstrs() == BOTH | {"Clean hands": "Las manos limpias"}


def test_a_file_with_a_strange_name(repository: Repository) -> None:
    name = 'it\'s -- 50% "ñ" $(x).po'
    repository.git("switch", "--quiet", "--orphan", "strange")
    write(repository.folder, {name: po(SPANISH, HEAD), ".gitattributes": ATTRIBUTE})
    repository.commit(path=name)
    repository.git("branch", "strange-other")
    repository.commit(OURS, path=name)
    repository.git("switch", "--quiet", "strange-other")
    repository.commit((OURS[0], "Antes"), path=name)
    outcome = repository.run("git", "merge", "strange")
    assert outcome.code == 1
    assert re.search(
        rf"^{re.escape(name)}:\d+: error: “Before you eat”: ", outcome.err, re.MULTILINE
    )


def test_two_people_who_translate_one_message(repository: Repository) -> None:
    repository.commit(("Manos limpias", "Las manos"), ("Translator: ", "Translator: Ana <a@b.c>"))
    repository.git("switch", "--quiet", "other")
    repository.commit(("Manos limpias", "Manos"), ("Translator: ", "Translator: Bo"))
    repository.git("switch", "--quiet", "main")
    outcome = repository.run("git", "merge", "other")
    assert outcome.code == 1
    assert repository.git("status", "--porcelain") == f"UU {PATH}\n"
    text = repository.text()
    mine, their = re.findall(r"^(?:<{7}|>{7}) (.*)$", text, re.MULTILINE)
    assert (mine.endswith("(Ana)"), their.endswith("(Bo)")) == (True, True)
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    told = (
        f"{PATH}:{line}: error: “Clean hands”: two translations of one message: {mine}: "
        f"“Las manos”, {their}: “Manos”; both stand in the file, keep one of them, and remove the "
        "other and the lines that begin with <<<<<<<, ======= and >>>>>>>"
    )
    assert told in outcome.err.split("\n")
    checked = run(repository.folder, "check", "es")
    assert checked.code == 1
    assert f"{PATH}:{line}: error: a merge conflict is left in the file" in checked.err
    block = re.compile(r"<{7} .*\n(?:.*\n)*?={7}\n((?:.*\n)*?)>{7} .*\n")
    write(repository.folder, {PATH: block.sub(r"\1", text)})
    assert repository.msgstrs() == BOTH | {"Clean hands": "Manos"}
    repository.accepted()


def test_updates_on_both_sides_and_a_translation_on_one(bare: Repository) -> None:
    bare.install()
    assert run(bare.folder, "update").code == 0
    bare.commit()
    bare.git("branch", "other")
    bare.edit(("Wash them often.", "Wash them very often."), path="content/en/a.md")
    assert run(bare.folder, "update").code == 0
    bare.commit()
    bare.git("switch", "--quiet", "other")
    bare.edit(("- After work\n", "- After work\n- Every evening\n"), path="content/en/a.md")
    assert run(bare.folder, "update").code == 0
    bare.commit(
        ("Lávelas a menudo.", "Láveselas a menudo."),
        ('"Every evening"\nmsgstr ""', '"Every evening"\nmsgstr "Cada noche"'),
    )
    bare.git("merge", "--quiet", "main")
    bare.accepted()
    assert bare.msgstrs()["Wash them very often."] == "Láveselas a menudo."
    assert bare.msgstrs()["Every evening"] == "Cada noche"
    assert bare.text().count("#~ msgid") == 1, "the text before the edit, in case it returns"
    assert "Everything is up to date" in run(bare.folder, "update").out


def test_a_file_that_both_sides_added(repository: Repository) -> None:
    new = catalog("b")
    repository.git("switch", "--quiet", "other")
    write(repository.folder, {new: po({"x": "equis", "y": ""}, HEAD)})
    repository.commit()
    repository.git("switch", "--quiet", "main")
    write(repository.folder, {new: po({"x": "", "y": "i griega"}, HEAD)})
    repository.commit()
    repository.git("merge", "--quiet", "other")
    assert repository.text(new) == po({"x": "equis", "y": "i griega"}, HEAD)


def test_a_history_that_crosses(repository: Repository) -> None:
    """Git first merges the two bases: a conflict in there must leave no base with marks."""
    repository.commit(("Manos limpias", "Las manos"))
    repository.git("switch", "--quiet", "other")
    repository.commit(("Manos limpias", "Manos"))
    for branch, merged in (("main", "other"), ("other", "main^")):
        repository.git("switch", "--quiet", branch)
        assert repository.run("git", "merge", merged).code == 1
        repository.git("checkout", "--theirs", PATH)
        repository.commit(("Lávelas", branch))
    outcome = repository.run("git", "merge", "main")
    assert outcome.code == 1
    assert "(base)" not in outcome.err
    assert "“Wash them often.”: two translations" in outcome.err


def test_a_catalog_that_cannot_be_read_is_merged_line_by_line(repository: Repository) -> None:
    repository.git("switch", "--quiet", "other")
    repository.commit(('msgid "Clean hands"\n', 'msgid "Clean hands\n'))
    repository.git("switch", "--quiet", "main")
    outcome = repository.run("git", "merge", "other")
    assert outcome.code == 1
    assert f"{PATH} (theirs):" in outcome.err
    assert "a text that is not closed" in outcome.err
    assert "So git merged the file line by line" in outcome.err
    assert f"{PATH}: error: git left 1 conflict in the file" in outcome.err
    assert all(text in repository.text() for text in (OURS[1], THEIRS[1], "<<<<<<<"))


def test_a_catalog_that_is_cut_off_takes_nothing_along(repository: Repository) -> None:
    write(repository.folder, {PATH: ""})
    repository.commit()
    outcome = repository.run("git", "merge", "other")
    assert outcome.code == 1
    assert "is empty" in outcome.err
    assert THEIRS[1] in repository.text()


def test_what_is_no_text_stays_as_it_is(repository: Repository) -> None:
    repository.git("switch", "--quiet", "other")
    write(repository.folder, {PATH: b"\0"})
    repository.commit()
    repository.git("switch", "--quiet", "main")
    before = repository.text()
    outcome = repository.run("git", "merge", "other")
    assert outcome.code != 0
    assert "Traceback" not in outcome.err
    assert repository.text() == before


def test_when_python_is_gone_git_merges_as_without_it(repository: Repository) -> None:
    gone = driver_command(str(repository.folder / "no such" / "python"))
    repository.git("config", "merge.outreach-po.driver", gone)
    assert repository.run("git", "merge", "other").code == 1
    assert all(text in repository.text() for text in ("<<<<<<< ours", OURS[1], THEIRS[1]))


def test_a_folder_called_as_the_package_is_not_run(repository: Repository) -> None:
    write(repository.folder, {"outreach/__init__.py": "raise SystemExit(0)\n"})
    repository.git("merge", "--quiet", "other")
    assert repository.msgstrs() == BOTH


# The set-up


def test_the_set_up_says_what_it_does(bare: Repository) -> None:
    outcome = bare.install()
    assert (outcome.code, outcome.err) == (0, "")
    assert "Now add this line" not in outcome.out
    command = bare.git("config", "--local", "merge.outreach-po.driver").rstrip("\n")
    assert command == driver_command(sys.executable)
    assert f"merge.outreach-po.driver = {command}\n" in outcome.out
    assert bare.install() == outcome
    assert len(bare.git("config", "--get-all", "merge.outreach-po.driver").splitlines()) == 1


def test_the_set_up_says_which_line_is_missing(bare: Repository) -> None:
    bare.git("rm", "--quiet", "-f", ".gitattributes")
    assert bare.install().out.endswith(
        f"Now add this line to .gitattributes, and commit it:\n  {ATTRIBUTE}\n"
    )
    write(bare.folder, {".gitattributes": f"locale/** {ATTRIBUTE.split()[1]}\n"})
    assert "Now add" not in bare.install().out


def test_the_set_up_outside_of_a_repository(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    repository = Repository(inside)
    outcome = repository.run(
        sys.executable, "-m", "outreach", "merge-po", "--install", cwd=tmp_path
    )
    assert outcome.code == 1
    assert outcome.err.startswith("git: error: git says: ")


def test_a_python_with_spaces_and_percents_in_its_path() -> None:
    command = driver_command("/a b/50%/python")
    assert shlex.split(command)[0] == "/a b/50%%/python"


# The command


def three(folder: Path, base: str, ours: str, theirs: str) -> list[str]:
    write(folder, {"O.po": base, "A.po": ours, "B.po": theirs})
    return [str(folder / name) for name in ("O.po", "A.po", "B.po")]


def test_the_command_by_hand(tmp_path: Path) -> None:
    base = po(SPANISH, HEAD)
    args = three(tmp_path, base, base.replace(*OURS), base.replace(*THEIRS))
    assert call("merge-po", *args) == Outcome(0, "", "")
    assert (tmp_path / "A.po").read_text("utf-8") == base.replace(*OURS).replace(*THEIRS)


def test_the_command_names_the_sides_as_it_is_told(tmp_path: Path) -> None:
    base = po(SPANISH, HEAD)
    theirs = base.replace(OURS[0], "Antes")
    for given, shown in (("topic", "topic"), ("%Y", "theirs"), ("", "theirs")):
        args = three(tmp_path, base, base.replace(*OURS), theirs)
        outcome = run(tmp_path, "merge-po", f"--theirs={given}", "--marker-size=9", *args, "es.po")
        assert outcome.code == 1
        assert f"ours: “{OURS[1]}”, {shown}: “Antes”" in outcome.err
        assert f"\n>>>>>>>>> {shown}\n" in (tmp_path / "A.po").read_text("utf-8")


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("A.po", "B.po"),
        ("no.po", "A.po", "B.po"),
        ("1", "2", "3", "4", "5"),
        ("--install", "x"),
    ],
)
def test_a_wrong_call_says_how_it_is_called(tmp_path: Path, args: tuple[str, ...]) -> None:
    outcome = run(tmp_path, "merge-po", *args)
    assert outcome.code == 2
    assert outcome.err.startswith("Error: ")


def test_a_file_that_cannot_be_merged_at_all_is_a_failure_for_git(tmp_path: Path) -> None:
    args = three(tmp_path, "", "\0", "x")
    outcome = run(tmp_path, "merge-po", *args)
    assert outcome.code == FAILED
    assert outcome.err.startswith("git: error: git says: ")
    assert (tmp_path / "A.po").read_text("utf-8") == "\0"
