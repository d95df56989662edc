"""What the documents show works: commands run, examples hold, links lead somewhere, targets exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import click
import pytest
from documents import GUIDES, RECORDS, ROOT, Document, commands, every_command

from baoku import main

COMMANDS = every_command(main)


def each(paths: Iterable[Path]) -> pytest.MarkDecorator:
    """One test for each document, named by its path in the project."""
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


@each([path for path in (*GUIDES, *RECORDS) if Document(path).blocks("bash", "python")])
def test_blocks_run(path: Path, tmp_path: Path) -> None:
    """All blocks of a document one after the other in one terminal, beside a copy of the sample archive."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    script = "set -euo pipefail\n" + "\n".join(
        f"echo '{path.name}, line {block.line}' >&2\n"
        + (_python(block.text) if block.language == "python" else block.text)
        for block in Document(path).blocks("bash", "python")
    )
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=_terminal(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:] + run.stdout[-1000:]


def _python(text: str) -> str:
    return f"{shlex.quote(sys.executable)} - <<'THE_END'\n{text}THE_END\n"


def _terminal(folder: Path) -> dict[str, str]:
    """The variables of a terminal with the environment active and no settings but a place for the index."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAOKU_")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return kept | {
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "BAOKU_INDEX": str(folder / "var" / "index"),
    }


@each([*GUIDES, *RECORDS])
def test_json_and_toml_can_be_read(path: Path) -> None:
    for block in Document(path).blocks("json"):
        json.loads(block.text)
    for block in Document(path).blocks("toml"):
        assert tomllib.loads(block.text)


@each([*GUIDES, *RECORDS])
def test_links_lead_somewhere(path: Path) -> None:
    for link in Document(path).links():
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name} links to {link}"
        assert not anchor or anchor in Document(target).anchors(), f"{path.name} links to {link}"


@each([*GUIDES, *RECORDS])
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {match[1] for line in commands(Document(path)) if (match := re.match(r"make ([a-z][\w-]*)", line))}
    assert named <= targets


@each(GUIDES)
def test_commands_and_options_exist(path: Path) -> None:
    for line in commands(Document(path)):
        if line.startswith("baoku "):
            _, name, *words = shlex.split(line)
            name = f"{name} {words[0]}" if words and f"{name} {words[0]}" in COMMANDS else name
            assert name in COMMANDS or name in main.commands, line
            command = COMMANDS.get(name) or main.commands[name]
            assert {word for word in words if re.match("--?[a-z]", word)} <= _options(command), line
        elif line.startswith("--"):
            assert line.split()[0] in set.union(*map(_options, (main, *COMMANDS.values()))), line


def _options(command: click.Command) -> set[str]:
    return {"-h", "--help"} | {option for parameter in command.params for option in parameter.opts}


@each(GUIDES)
def test_blocks_say_what_they_are(path: Path) -> None:
    """A block in a language that no test knows would go unchecked."""
    languages = {
        block.language for block in Document(path).blocks("", *re.findall(r"^```(\w+)$", path.read_text("utf-8"), re.M))
    }
    assert languages <= {"bash", "console", "python", "json", "toml", "text"}


def test_installing_and_serving_is_not_run_as_a_test() -> None:
    """A server would never end; what is installed would change the machine."""
    for path in GUIDES:
        for block in Document(path).blocks("bash"):
            assert not re.search(r"^(make|pip|baoku serve)\b", block.text, re.MULTILINE), f"{path.name}:{block.line}"
