"""The id of an article: the same input gives the same id, and one article's change moves no other id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from indexer.draft import Draft
from search.text import fold

_LETTERS = 16
_OPENING = 32


def identify(draft: Draft) -> str:
    """Sixteen hexadecimal digits from the file's name, the folded headline and the first words of the body.

    The folder is left out, so that a page keeps its ids when the archive is moved or its folders are
    renamed; the text behind the first words is left out, so that a corrected story keeps its id.
    """
    parts = (PurePosixPath(draft.page.file).name, _bare(draft.headline), _bare(draft.body)[:_OPENING])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_LETTERS]


def make_unique(identities: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The ids with ``-2``, ``-3`` ... behind those that are already taken, in order."""
    used = set(taken)
    unique = []
    for identity in identities:
        candidate, number = identity, 2
        while candidate in used:
            candidate, number = f"{identity}-{number}", number + 1
        used.add(candidate)
        unique.append(candidate)
    return unique


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
