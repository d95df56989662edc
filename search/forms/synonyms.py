"""Terms that mean the same, from data/synonyms.toml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from search import toml
from search.errors import BaokuError
from search.reference import reference_folder
from search.text import fold

FILE = "synonyms.toml"
_WANTED = '若干组，每组两个以上不同的词，每个词两个字以上，如 [["棚改", "棚户区改造"]]'


def synonyms(text: str) -> tuple[str, ...]:
    """The folded terms that mean the same as the folded ``text``, in the order of the file; none for most texts.

    Raises:
        BaokuError: data/synonyms.toml is broken.
    """
    return _in_force().get(text, ())


def read_synonyms(folder: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """The synonyms of every term in a data folder, by default the project's; none where it has no synonyms.toml.

    Raises:
        BaokuError: the file is no TOML, or ``groups`` is no list of groups of terms.
    """
    path = (folder or reference_folder()) / FILE
    same: defaultdict[str, list[str]] = defaultdict(list)
    for number, group in enumerate(_groups(path) if path.exists() else (), 1):
        for term, other in permutations(_terms(group, number), 2):
            same[term].append(other)
    return {term: tuple(dict.fromkeys(others)) for term, others in same.items()}


@cache
def _in_force() -> Mapping[str, tuple[str, ...]]:
    return read_synonyms()


def _groups(path: Path) -> Sequence[Any]:
    try:
        groups = toml.loads(path.read_text("utf-8-sig")).get("groups")
    except (OSError, ValueError) as error:
        raise BaokuError(f"{FILE} 读不出来：{error} (not valid TOML in UTF-8)") from None
    if not isinstance(groups, list):
        raise BaokuError(f"{FILE}：groups 应为{_WANTED}，实为 {groups!r} (wrong or missing value)")
    return groups


def _terms(group: Any, number: int) -> list[str]:
    """The folded terms of a group, which is whatever an editor wrote."""
    terms = [fold(term) for term in group if isinstance(term, str)] if isinstance(group, list) else []
    if len(set(terms)) < 2 or len(set(terms)) < len(group) or min(map(len, terms)) < 2:
        raise BaokuError(f"{FILE}：groups 应为{_WANTED}，第 {number} 组实为 {group!r} (wrong group)")
    return terms
