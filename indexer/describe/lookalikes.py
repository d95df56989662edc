"""Characters that look alike in print, and which strings can be misreadings of one another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.describe.reference import Table, list_bytes
from search.reference import reference_folder

FILE = "lookalikes.toml"


class Lookalikes:
    """Groups of look-alike characters; one character may be in several groups."""

    def __init__(self, groups: Iterable[str]) -> None:
        self._groups: dict[str, set[int]] = {}
        self._leader: dict[str, str] = {}
        for number, group in enumerate(groups):
            for char in group:
                self._groups.setdefault(char, set()).add(number)
                self._join(group[0], char)
        self._key = {ord(char): self._root(char) for char in self._groups}

    @classmethod
    def load(cls, folder: Path | None = None) -> Lookalikes:
        """The groups of a data folder, by default the project's; none where it has no lookalikes.toml.

        Raises:
            BaokuError: the file is no TOML, or ``groups`` is no list of strings of two or more characters.
        """
        path = (folder or reference_folder()) / FILE
        if not path.exists():
            return cls(())
        table = Table.read(FILE, list_bytes(path))
        groups = table.texts("groups")
        if any(len(set(group)) < 2 for group in groups):
            raise table.wrong("groups", '一组两个字以上的列表，如 ["昱显", "郁都"]')
        return cls(groups)

    def key(self, text: str) -> str:
        """A form that all look-alikes of a text have in common; others may have it too."""
        return text.translate(self._key)

    def alike(self, left: str, right: str) -> bool:
        """Whether two strings differ in look-alike characters only, and have one character in common."""
        if len(left) != len(right) or left == right:
            return False
        pairs = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
        none: frozenset[int] = frozenset()
        return len(pairs) < len(left) and all(self._groups.get(a, none) & self._groups.get(b, none) for a, b in pairs)

    def _root(self, char: str) -> str:
        while (leader := self._leader.get(char, char)) != char:
            char = leader
        return char

    def _join(self, left: str, right: str) -> None:
        self._leader[self._root(right)] = self._root(left)
