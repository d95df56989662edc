"""The map of the rooms names those that there are, and none that are gone."""

from __future__ import annotations

import re

from documents import ROOT

MAP = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
HOUSES = ("search", "indexer", "webui", "commands")
MODULES = [path.relative_to(ROOT) for house in HOUSES for path in (ROOT / house).rglob("*.py")]


def test_every_room_is_on_the_map() -> None:
    rooms = {path.parent.name for path in MODULES}
    rooms |= {path.stem for path in MODULES if path.parent.name in HOUSES and path.stem != "__init__"}
    assert rooms - set(re.findall(r"\w+", MAP)) == set()


def test_every_module_on_the_map_is_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", MAP))
    there = [path for house in (*HOUSES, "tools", "tests") for path in (ROOT / house).rglob("*.py")]
    there.append(ROOT / "baoku.py")
    assert {name for name in named if not any(str(path).endswith(f"/{name}") for path in there)} == set()
