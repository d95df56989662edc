"""The browser of the browser tests: found where it is installed, else installed; ``make test`` runs this first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 600


def find() -> Path | None:
    """A Chromium or Chrome that starts: one on PATH, else playwright's own download; None when there is none."""
    return next((path for path in _candidates() if _succeeds(str(path), "--version")), None)


def provide() -> str:
    """Makes sure that there is a browser where that is possible, and says in one line what was done."""
    if found := find():
        return f"浏览器：{found} (found)"
    for words, commands in _ways():
        if all(_succeeds(*command) for command in commands) and (found := find()):
            return f"浏览器：已用 {words} 装好 {found} (installed)"
    return "没有浏览器，也装不上，浏览器测试将略去 (no Chromium can be had: the browser tests will be left out)"


def _candidates() -> Iterator[Path]:
    yield from (Path(place) for name in NAMES if (place := shutil.which(name)))
    try:
        with sync_playwright() as playwright:
            own = Path(playwright.chromium.executable_path)
    except (Error, OSError):
        return
    if own.exists():
        yield own


def _ways() -> Iterator[tuple[str, list[list[str]]]]:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        yield "apt-get", [["apt-get", "update", "-q"], install]
    yield "playwright", [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _succeeds(*command: str) -> bool:
    """Whether a command can be run and ends well; what it prints is left out."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    print(provide())
