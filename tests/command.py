"""The command line as a process of its own, started in a place where nothing of this project lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
COMMAND = (sys.executable, "-m", "baoku")


def environment(imports: Path = ROOT) -> dict[str, str]:
    """The variables of a fresh terminal: no settings of whoever runs the tests, the modules from ``imports``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BAOKU_", "PYTHON"))}
    return kept | {"PYTHONPATH": str(imports), "PYTHONIOENCODING": "utf-8", "PYTHONNOUSERSITE": "1"}


def run(*words: str | Path, cwd: Path, imports: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs ``baoku`` with these words to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=cwd,
        env=environment(imports),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
