"""What ``make check`` and ``make audit`` ask of the code and of its libraries, asked by every run of the tests."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT

TOOLS = Path(sys.executable).parent
UNREACHABLE = ("ConnectionError", "Failed to resolve", "Max retries", "ServiceError", "not found on PyPI")
"""What pip-audit says where there is a mirror of packages at most, without what is known of their faults."""


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    made = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert made
    return [line.strip("\t@").removeprefix("$(BIN)/") for line in made[1].splitlines()]


def done(command: str) -> subprocess.CompletedProcess[str]:
    name, *words = command.split()
    if not (tool := shutil.which(TOOLS / name)):
        pytest.skip(f"没有 {name}，略去；make test 会装上 ({name} is not installed: left out)")
    return subprocess.run([tool, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


@pytest.mark.parametrize("command", recipe("check"))
def test_nothing_is_found_in_the_code(command: str) -> None:
    answer = done(command)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("command", recipe("audit"))
def test_nothing_is_known_of_the_libraries(command: str) -> None:
    answer = done(command)
    if answer.returncode and any(word in answer.stderr for word in UNREACHABLE):
        pytest.skip("查不到所用的库的漏洞：连不上 pypi.org (the advisory service cannot be reached: left out)")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_library_is_pinned_with_its_hash() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        pins = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
        libraries = [pin for pin in pins if not pin.startswith("#")]
        assert libraries
        assert all(re.match(r"[\w.-]+==\S+ \\\n", pin) and "--hash=sha256:" in pin for pin in libraries)
