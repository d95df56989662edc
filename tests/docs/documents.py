"""The project's documents, read as far as the tests need it: code blocks, tables by heading, links, code spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
GUIDES = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if path.exists()]
"""What is said to users, who must be able to do all of it now."""
RECORDS = [path for name in ("ARCHITECTURE", "DECISIONS", "CHANGELOG") if (path := ROOT / f"{name}.md").exists()]
"""What is said to engineers, also about what was and what may be."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ABROAD = re.compile(r"[a-z]+:")


@dataclass(frozen=True)
class Block:
    """A fenced block; ``line`` is that of its opening fence, 1-based."""

    language: str
    text: str
    line: int


@dataclass(frozen=True)
class Document:
    """One Markdown file."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _BLOCK.sub("", self.text)

    def blocks(self, *languages: str) -> list[Block]:
        text = self.text
        found = (Block(m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in _BLOCK.finditer(text))
        return [block for block in found if block.language in languages]

    def links(self) -> list[str]:
        """Targets of links and images inside the project."""
        return [target for target in _LINK.findall(_CODE.sub("", self.prose)) if not _ABROAD.match(target)]

    def anchors(self) -> set[str]:
        """The anchors that GitHub gives the headings."""
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(self.prose)}

    def headings(self, pattern: str) -> list[str]:
        """The headings that begin with the pattern."""
        return [heading for heading in _HEADING.findall(self.prose) if re.match(pattern, heading)]

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of the first table below a heading, before the next one; without the table's own head."""
        _, _, below = self.prose.partition(f" {heading}\n")
        below = re.split(r"^#+ ", below, maxsplit=1, flags=re.MULTILINE)[0]
        table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
        assert table, f"{self.path.name}: no table below the heading {heading!r}"
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table[0].splitlines()[2:]]

    def names(self, heading: str) -> list[str]:
        """The code spans in the first column of the table below a heading."""
        return [name for row in self.rows(heading) for name in codes(row[0])]


def every_command(group: click.Group) -> dict[str, click.Command]:
    """All commands, those of groups within by both names: ``user add``."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        inner = every_command(command) if isinstance(command, click.Group) else {}
        found |= {f"{name} {one}": each for one, each in inner.items()} or {name: command}
    return found


def codes(text: str) -> list[str]:
    """The code spans of a text; a bar that is escaped for the sake of a table is a bar."""
    return [code.replace("\\|", "|") for code in _CODE.findall(text)]


def commands(document: Document) -> Iterator[str]:
    """Every command line that a document shows, in blocks and in the text."""
    for block in document.blocks("bash", "sh", "console"):
        yield from block.text.splitlines()
    yield from codes(document.prose)
