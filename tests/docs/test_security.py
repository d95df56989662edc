"""Every claim about safety names its test, and what is handed out to be installed fits the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from documents import ROOT, Document, codes

from baoku import main
from search.settings import Settings
from webui.app import create_app

SECURITY = Document(ROOT / "docs" / "security.md")
OPERATIONS = Document(ROOT / "docs" / "operations.md")
DEPLOYED = sorted((ROOT / "deploy").iterdir())
CLAIMS = SECURITY.rows("挡住了的 What is stopped")


@pytest.mark.parametrize("row", CLAIMS, ids=[row[1] for row in CLAIMS])
def test_a_claim_names_tests_that_are_there(row: list[str]) -> None:
    named = codes(row[-1])
    assert named
    for test in named:
        path, _, name = test.partition("::")
        assert re.search(rf"^ *def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), test


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda path: path.name)
def test_what_is_deployed_sets_and_starts_what_there_is(path: Path) -> None:
    text = path.read_text("utf-8")
    known = {f"BAOKU_{name.upper()}" for name in Settings.__dataclass_fields__}
    assert set(re.findall(r"BAOKU_[A-Z_]*[A-Z]", text)) <= known
    for line in re.findall(r"^ExecStart=\S+/baoku (.+)$", text, re.MULTILINE):
        command, *words = shlex.split(line)
        assert command in main.commands, line
        assert {word for word in words if word.startswith("-")} <= {
            option for parameter in main.commands[command].params for option in parameter.opts
        }
    for name in re.findall(r"^COPY (\S+) ", text, re.MULTILINE):
        assert (ROOT / name).exists()


def test_the_counters_are_those_of_the_program() -> None:
    kept = create_app({"INDEX": "nowhere"}).extensions["metrics"].registry.collect()
    names = {family.name for family in kept if family.name.startswith("baoku_")}
    assert {name for row in OPERATIONS.rows("看它好不好 Health") for name in codes(row[0])} == {
        "/healthz",
        "/readyz",
        "/metrics",
    }
    assert {name for name in codes(OPERATIONS.prose) if name.startswith("baoku_")} == names
