"""Where the reference lists are: everything local to one newspaper is a file an editor can replace."""

from __future__ import annotations

import os
from pathlib import Path

_OWN = Path(__file__).resolve().parent.parent / "data"


def reference_folder() -> Path:
    """The folder of gazetteer.toml, reporters.toml, lookalikes.toml, topics.toml, events.toml, misreadings.txt,
    synonyms.toml and userdict.txt.

    ``BAOKU_DATA`` names another one; otherwise it is the ``data`` folder beside the packages.
    """
    return Path(os.environ.get("BAOKU_DATA") or _OWN)


def general_list(name: str) -> Path:
    """A list of the language rather than of a newspaper: the project's own unless the folder has one of that name."""
    path = reference_folder() / name
    return path if path.exists() else _OWN / name
