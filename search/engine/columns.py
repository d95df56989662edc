"""What a segment keeps by document: numbers, pieces of bytes, and values out of a list of names.

A *numbers* column is one array. A *ragged* one is ``NAME``, all pieces one after the other, and ``NAME_starts``. A
*coded* one has names, ``NAME_names`` as a ragged array, and for each document the numbers of its names: ``NAME_first``
holds the first, ``NAME_docs`` and ``NAME_codes`` the rest, which few documents have. Name 0 is the empty one: no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayFile, ArrayWriter
from search.engine.postings import Ints, starts_of

T = TypeVar("T")

_SMALLEST = tuple(map(np.dtype, ("<u1", "<u2", "<u4", "<u8")))


def narrowed(values: NDArray[Any]) -> NDArray[Any]:
    """Numbers from 0 up in the smallest type that holds them all."""
    highest = int(values.max(initial=0))
    return values.astype(next(dtype for dtype in _SMALLEST if highest <= np.iinfo(dtype).max))


def locate(ascending: NDArray[Any], wanted: Any, side: Literal["left", "right"] = "left") -> Ints:
    """Where numbers belong in a narrowed array.

    Searched with numbers of another type, all of it would be widened first.
    """
    highest = np.iinfo(ascending.dtype).max
    wanted = np.asarray(wanted)
    found = np.searchsorted(ascending, np.minimum(wanted, highest).astype(ascending.dtype), side)
    return np.where(wanted > highest, len(ascending), found)


def spread(starts: Ints, sizes: Ints) -> Ints:
    """The numbers from each start on, as many as its size says, one piece after the other."""
    return np.arange(int(sizes.sum())) + np.repeat(starts - starts_of(sizes)[:-1], sizes)


class Ragged:
    """A ragged column: a piece of an array for each document."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.values = file[name]
        self.starts = file[f"{name}_starts"]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> NDArray[Any]:
        start, end = self.starts[number : number + 2].tolist()
        return self.values[start:end]

    def sizes(self) -> Ints:
        """How long the piece of each document is."""
        starts: Ints = self.starts.astype(np.int64)
        return starts[1:] - starts[:-1]

    def take(self, numbers: Ints) -> tuple[NDArray[Any], Ints]:
        """The pieces of some documents one after the other, and how long each is."""
        starts = self.starts[numbers].astype(np.int64)
        sizes: Ints = self.starts[numbers + 1] - starts
        return self.values[spread(starts, sizes)], sizes


def write_ragged(out: ArrayWriter, name: str, values: NDArray[Any], sizes: NDArray[Any]) -> None:
    """Stores pieces that stand one after the other in ``values``."""
    out.add(name, values)
    out.add(f"{name}_starts", narrowed(starts_of(sizes)))


def write_bytes(out: ArrayWriter, name: str, pieces: Sequence[bytes]) -> None:
    """Stores pieces of bytes as a ragged column."""
    values = np.frombuffer(b"".join(pieces), np.uint8)
    write_ragged(out, name, values, np.fromiter(map(len, pieces), np.int64, len(pieces)))


def lacks(file: ArrayFile, name: str) -> bool:
    """Whether a segment, or one that it was joined from, was made before there was this coded column.

    Some of its documents then have no value where their articles have one.
    """
    return f"{name}_first" not in file or f"{name}_lacking" in file


class Coded:
    """A column of names; a segment made before there was this column has none in any of its ``size`` rows."""

    def __init__(self, file: ArrayFile, name: str, size: int) -> None:
        nothing = np.empty(0, np.uint8)
        there = f"{name}_first" in file
        self._names = Ragged(file, f"{name}_names") if there else None
        self.first = file[f"{name}_first"] if there else np.zeros(size, np.uint8)
        self.docs = file[f"{name}_docs"] if there else nothing
        self.codes = file[f"{name}_codes"] if there else nothing

    @cached_property
    def names(self) -> list[str]:
        """The names by number; the first is empty."""
        if self._names is None:
            return [""]
        return [self._names[number].tobytes().decode() for number in range(len(self._names))]

    def of(self, doc: int) -> tuple[str, ...]:
        """The names of one document."""
        low, high = locate(self.docs, (doc, doc + 1)).tolist()
        codes = [int(self.first[doc]), *self.codes[low:high].tolist()]
        return tuple(self.names[code] for code in codes if code)


def numbered(rows: Sequence[Sequence[T]], *before: T) -> tuple[list[T], Ints, Ints]:
    """The different values of rows, the number of each in its row, row after row, and how many each row has.

    The values of ``before`` have the first numbers.
    """
    values = list(chain.from_iterable(rows))
    known = {value: number for number, value in enumerate(dict.fromkeys((*before, *values)))}
    codes = np.fromiter(map(known.__getitem__, values), np.int64, len(values))
    return list(known), codes, np.fromiter(map(len, rows), np.int64, len(rows))


def write_coded(out: ArrayWriter, name: str, rows: Sequence[Sequence[str]]) -> None:
    """Stores the names of each document."""
    names, codes, counts = numbered(rows, "")
    some = counts > 0
    places = starts_of(counts)[:-1][some]
    first = np.zeros(len(rows), dtype=np.int64)
    first[some] = codes[places]
    further = np.ones(len(codes), dtype=bool)
    further[places] = False
    docs = np.repeat(np.arange(len(rows)), counts)
    write_codes(out, name, names, first, docs[further], codes[further])


def write_codes(out: ArrayWriter, name: str, names: Sequence[str], first: Ints, docs: Ints, codes: Ints) -> None:
    """Stores a coded column whose parts are known."""
    write_bytes(out, f"{name}_names", [one.encode() for one in names])
    out.add(f"{name}_first", narrowed(first))
    out.add(f"{name}_docs", narrowed(docs))
    out.add(f"{name}_codes", narrowed(codes))


def joined_codes(columns: Sequence[Coded], bases: Sequence[int]) -> tuple[list[str], Ints, Ints, Ints]:
    """Several segments' coded columns as one: names, first, docs, codes.

    ``bases`` are the numbers of the segments' first documents.
    """
    known = {"": 0}
    maps = [
        np.array([known.setdefault(name, len(known)) for name in column.names], dtype=np.int64) for column in columns
    ]
    none = np.empty(0, np.int64)
    first = [renumber[column.first] for renumber, column in zip(maps, columns, strict=True)]
    docs = [column.docs.astype(np.int64) + base for column, base in zip(columns, bases, strict=True)]
    codes = [renumber[column.codes] for renumber, column in zip(maps, columns, strict=True)]
    return list(known), np.concatenate([none, *first]), np.concatenate([none, *docs]), np.concatenate([none, *codes])
