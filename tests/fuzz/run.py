"""Look for inputs that break a law of `tests/fuzz_targets.py`: `make fuzz MINUTES=3`.

With atheris installed, it is led by coverage; without, inputs are mutated at random, from the same
seeds. What breaks a law is kept in `tests/fuzz/found/`, and given again with `--input FILE`.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS, FOUND = HERE / "seeds", HERE / "found"
DATA = HERE.parent / "data"
SAMPLES = {
    "markdown": ("markup/*.md", "site/**/*.md"),
    "po": ("po/*/*.po",),
    "three-way": ("po/good/*.po",),
    "toml": ("site/**/*.toml", "released/**/*.toml"),
    "pairs": ("released/**/*.json",),
}
"""Files of the tests that are seeds too."""
MOST = 100_000
"""Bytes of an input."""
MEMORY = 2048
"""Megabytes that a target may take, the instruments of atheris included."""


def main() -> int:
    """Run the fuzzers one after another; returns 1 where one of them found something."""
    options = _options()
    sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]
    if options.input:
        return _again(options.target, options.input)
    if options.single:
        return _single(options.target, options.seconds, options.seed)
    led = importlib.util.find_spec("atheris") is not None
    how = "led by coverage" if led else "at random, because atheris is not installed here"
    names = [options.target] if options.target else _names()
    seconds = max(1, round(options.minutes * 60 / len(names)))
    print(f"Fuzzing {len(names)} targets, {seconds} seconds each, {how}.")
    return max(_run(name, seconds, options.seed) for name in names)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0, help="for all targets together")
    parser.add_argument("--target", default="", help="only this one")
    parser.add_argument("--input", type=Path, help="give a target this file, and nothing else")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--single", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, default=60, help=argparse.SUPPRESS)
    return parser.parse_args()


def _names() -> list[str]:
    from fuzz_targets import TARGETS

    return list(TARGETS)


def _run(name: str, seconds: int, seed: int) -> int:
    """One target in a process of its own, so that a crash ends nothing else."""
    arguments = ("--single", "--target", name, "--seconds", str(seconds), "--seed", str(seed))
    done = subprocess.run([sys.executable, __file__, *arguments], check=False)
    print(f"{name}: {'nothing found' if done.returncode == 0 else 'FOUND something, see above'}")
    return int(done.returncode != 0)


def _single(name: str, seconds: int, seed: int) -> int:
    if importlib.util.find_spec("atheris"):
        return _led(name, seconds, seed)
    return _at_random(name, seconds, seed)


def _target(name: str) -> Callable[[bytes], None]:
    from fuzz_targets import SECONDS, TARGETS, in_time

    def one(data: bytes) -> None:
        with in_time(SECONDS):
            TARGETS[name](data)

    return one


def _again(name: str, file: Path) -> int:
    _target(name)(file.read_bytes())
    print("It breaks nothing.")
    return 0


def _seeds(name: str) -> list[bytes]:
    files = [*sorted((SEEDS / name).glob("*"))]
    files += [file for pattern in SAMPLES.get(name, ()) for file in sorted(DATA.glob(pattern))]
    return [file.read_bytes() for file in files] or [b""]


def _led(name: str, seconds: int, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["outreach", "markdown_it", "mdit_py_plugins"]):
        one = _target(name)
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(_seeds(name)):
            (Path(corpus) / str(number)).write_bytes(data)
        limits = (f"-max_total_time={seconds}", f"-max_len={MOST}", f"-rss_limit_mb={MEMORY}")
        others = (f"-seed={seed}", f"-artifact_prefix={FOUND}/{name}-", "-verbosity=0")
        atheris.Setup([sys.argv[0], *limits, *others, corpus], one)
        atheris.Fuzz()  # ends the process
    return 0


def _at_random(name: str, seconds: int, seed: int) -> int:
    one, seeds, chance = _target(name), _seeds(name), random.Random(seed)
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = _mutated(chance, seeds)
        number += 1
        try:
            one(data)
        except Exception:  # noqa: BLE001  whatever leaves a target was found
            FOUND.mkdir(exist_ok=True)
            file = FOUND / f"{name}-{seed}-{number}"
            file.write_bytes(data)
            print(f"{traceback.format_exc()}\nkept in {file}")
            return 1
    print(f"{name}: {number:,} inputs")
    return 0


def _mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    data = chance.choice(seeds)
    for _ in range(chance.randint(1, 8)):
        data = chance.choice(MUTATIONS)(chance, data, seeds)
    return data[:MOST]


def _cut(chance: random.Random, data: bytes, _seeds: list[bytes]) -> bytes:
    start, end = _two(chance, data)
    return data[:start] + data[end:]


def _repeated(chance: random.Random, data: bytes, _seeds: list[bytes]) -> bytes:
    start, end = _two(chance, data)
    piece = data[start : min(end, start + 40)]
    return data[:start] + piece * chance.choice((2, 3, 50, 1000)) + data[end:]


def _other(chance: random.Random, data: bytes, seeds: list[bytes]) -> bytes:
    other = chance.choice(seeds)
    start, end = _two(chance, other)
    place = chance.randint(0, len(data))
    return data[:place] + other[start:end] + data[place:]


def _odd(chance: random.Random, data: bytes, _seeds: list[bytes]) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.choice(ODD) + data[place + chance.randint(0, 2) :]


def _lines(chance: random.Random, data: bytes, _seeds: list[bytes]) -> bytes:
    lines = data.split(b"\n")
    first, second = (chance.randrange(len(lines)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _two(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.randint(0, 200))


MUTATIONS = (_cut, _repeated, _other, _odd, _lines)
ODD = tuple(
    piece.encode("utf-8", "surrogateescape")
    for piece in (
        *("\0", "\r", "\t", "\\", '"', "'", "`", "*", "_", "[", "](", "![", "<", "<!--", "-->"),
        *("&", "|", ":::", "> ", "- ", "1. ", "# ", "---\n", "[^1]", "^[", "~~", "&#0;", "%(a)s"),
        *("\u2028", "\u202e", "\u0301", "\U0001f600", "健", "\x85", "\ufeff", "-1", "9" * 400),
        *("msgid ", "msgstr ", '""\n', "#~ ", "#| ", "#, fuzzy\n", "&a ", "*a", "!!x ", "= [["),
        *("{{", "}", "\udcff", "\udced\udca0\udc80", "\udcc3"),
    )
)


if __name__ == "__main__":
    sys.exit(main())
