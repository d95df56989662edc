"""What an editor writes: the settings and the reference lists."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

from indexer.describe.lookalikes import Lookalikes
from indexer.describe.reference import Reference
from indexer.layout_rules import LayoutRules
from indexer.parse import Parser
from indexer.sources.manifest import Manifests
from indexer.sources.walk import File
from search.forms.synonyms import read_synonyms
from search.forms.table import Misreadings
from search.gazetteer import gazetteer
from search.settings import Settings
from search.suggest import readings
from search.words import _user_words
from tests.fuzz import texts
from tests.fuzz.mutate import Mutate, as_bytes, as_text, as_toml, in_lines, spoil
from tests.fuzz.target import Target, Use


def _settings(folder: Path) -> tuple[Sequence[bytes], Use]:
    path = folder / "baoku.toml"

    def use(data: bytes) -> object:
        path.write_bytes(data)
        loaded = Settings.load(folder, {})
        return loaded, Settings.load(folder, {"BAOKU_PORT": str(loaded.port), "BAOKU_INDEX": loaded.index})

    return texts.SETTINGS, use


def _lists(folder: Path) -> tuple[Sequence[bytes], Use]:
    """A list is the name of its file, a line feed, and what the file holds; the others are as they should be."""
    for name, text in texts.DATA_FILES.items():
        (folder / name).write_text(text, "utf-8")
    whole = {name: text.encode() for name, text in texts.DATA_FILES.items()}

    def use(data: bytes) -> object:
        name, _, content = data.partition(b"\n")
        file = folder / name.decode("utf-8", "replace")
        if file.name not in whole:
            return "no such list"
        file.write_bytes(content)
        try:
            with patch.dict(os.environ, BAOKU_DATA=str(folder)):
                return _READ.get(file.name, _read_page)(folder)
        finally:
            file.write_bytes(whole[file.name])

    return [name.encode() + b"\n" + text for name, text in whole.items()], use


def _read_page(folder: Path) -> object:
    """What the lists of the indexer make of a page."""
    parser = Parser(Reference.load(folder), LayoutRules.load(folder), Manifests())
    return parser.parse(File(folder / "03.txt", folder), texts.PAGES[0])


def _read_streets(folder: Path) -> object:
    return gazetteer(), _read_page(folder)


def _read_readings(folder: Path) -> object:
    found = readings._read.__wrapped__(folder / "readings.txt")
    return [list(found.spelt("shui")), list(found.beginning("l")), list(found.sounding("lv"))]


_READ: dict[str, Callable[[Path], object]] = {
    "gazetteer.toml": _read_streets,
    "lookalikes.toml": lambda folder: Lookalikes.load(folder).key("昱郁"),
    "synonyms.toml": read_synonyms,
    "misreadings.txt": lambda folder: Misreadings.load(folder).of("已"),
    "readings.txt": _read_readings,
    "userdict.txt": lambda folder: _user_words.__wrapped__(folder / "userdict.txt"),
}
"""What reads a list; those that are not here are read for a page."""


def _behind_name(mutate: Mutate) -> Mutate:
    """Leaves the first line as it is."""

    def mutated(data: bytes, chance: object) -> bytes:
        name, _, content = data.partition(b"\n")
        return name + b"\n" + mutate(content, chance)  # type: ignore[arg-type]

    return mutated


_TOML = (
    as_toml,
    as_toml,
    as_text(("[", "]", "=", '"', "[[", "]]", "{", "}", "\n", "#", "'''", ", ")),
    in_lines,
    as_bytes,
)

TARGETS = (
    Target("settings", 500, spoil(*_TOML), _settings),
    Target("reference lists", 140, _behind_name(spoil(*_TOML)), _lists),
)
