"""Whether another machine draws the same bytes: its Python, our files, packages, libraries.

More narrow than `versions.code`, which has every package that is installed: a machine of a cluster
has others for other work. Nothing heavy is imported.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

from outreach import __version__, versions

Machine = Mapping[str, str]
"""What bytes depend on, by name, and which version of it there is."""

_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)")
_SONAME = re.compile(r".*?\.so\.\d+")
_FEW = 4
"""Differences that are told."""


def this_machine() -> dict[str, str]:
    """Describe the machine, and the Python, that this process runs on."""
    return {
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "the system": f"{sys.platform} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,  # packs the parts of a PDF
        "outreach": f"{__version__}, files {versions.own_files()[:12]}",
        **dict(sorted(_packages())),
        **dict(sorted(_libraries())),
    }


def digest(machine: Machine) -> str:
    """Return what machines have in common that draw the same bytes."""
    return hashlib.sha256(repr(sorted(machine.items())).encode()).hexdigest()


def differences(ours: Machine, theirs: Machine) -> str:
    """Say in plain words what another machine has otherwise than this one; empty if nothing."""
    told = [
        f"{name} is {theirs[name]} there and {ours[name]} here"
        if name in theirs and name in ours
        else f"{name} is missing {'there' if name in ours else 'here'}"
        for name in dict.fromkeys((*ours, *theirs))
        if ours.get(name) != theirs.get(name)
    ]
    more = [f"and {len(told) - _FEW} more"] if len(told) > _FEW else []
    return ", ".join((*told[:_FEW], *more))


def _packages() -> Iterator[tuple[str, str]]:
    """The packages that we need, with what these need, and their versions."""
    asked = list(_asked("outreach", ""))
    if not asked:  # run from a folder, without being installed
        yield from ((_plain(it.name), it.version) for it in distributions())
        return
    seen: set[tuple[str, str]] = set()
    while asked:
        name, extras = asked.pop()
        if (name, extras) not in seen and (found := _distribution(name)):
            yield name, found.version
            asked += _asked(name, extras)
        seen.add((name, extras))


def _asked(name: str, extras: str) -> Iterator[tuple[str, str]]:
    """The packages that one asks for, each with its extras."""
    wanted = set(extras.replace(" ", "").split(","))
    found = _distribution(name)
    for line in (found.requires or ()) if found else ():
        extra, requirement = _EXTRA.search(line), _REQUIREMENT.match(line)
        if requirement and (extra is None or extra[1] in wanted):
            yield _plain(requirement[1]), requirement[2] or ""


def _distribution(name: str) -> Distribution | None:
    with suppress(PackageNotFoundError):
        return distribution(name)
    return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _libraries() -> Iterator[tuple[str, str]]:
    """The libraries of the system that draw text, each with a digest of what is in it."""
    packages = tuple(os.path.join(os.path.realpath(path), "") for path in sys.path if path)
    for path, size, _ in versions.libraries():
        if not path.startswith(packages):  # one that a package brings is known by its version
            name = os.path.basename(path)
            soname = _SONAME.match(name)
            yield soname[0] if soname else name, f"{name} ({_content(path) or size})"


def _content(path: str) -> str:
    with suppress(OSError), open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]
    return ""
