"""Which pages are the same printed page, extracted twice.

A page is known by the shingles of its letters whose hash lies in the lowest part of all numbers, one in SAMPLED: the
share of them that two pages have in common is about the share of their text (FracMinHash: Irber and others, Lightweight
compositional analysis of metagenomes with FracMinHash and minimum metagenome covers, 2022). An inverted table of
these hashes proposes the pairs, so that the cost grows with the number of pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from indexer.duplicates import sharing
from search.letters import Hashes, letter_codes, shingles

SAMPLED = 16
_BELOW = np.uint64((1 << 64) // SAMPLED)
_LONGEST = 60_000
"""Characters of a file that is longer than any page of print: it has no twin."""
_SHARE, _LEAST = 0.2, 4
"""What twins must have in common: a part of the shorter one's sample, and so many hashes."""
ROUGHLY = _SHARE / 2
"""The part by which none is missed whose sample is not quite known."""
WITNESSES = 2
"""The likest twins of a page that are heard, however many it has."""


class Print(NamedTuple):
    """By what a page is told from others (``digest``) and found to be like others (``sample``)."""

    digest: str
    sample: Hashes


def page_print(text: str) -> Print:
    """The print of a decoded page."""
    hashes = shingles(letter_codes(text)) if len(text) <= _LONGEST else np.empty(0, np.uint64)
    return Print(sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), np.unique(hashes[hashes < _BELOW]))


def sampled(sketches: Iterable[Sequence[int]]) -> Hashes:
    """About the sample of a page, from the sketches of its articles (:mod:`indexer.duplicates`)."""
    hashes = np.unique(np.concatenate([np.array(sketch, dtype=np.uint64) for sketch in sketches]))
    return hashes[hashes < _BELOW]


def likeness(samples: Mapping[str, Hashes], least: float = _SHARE) -> dict[str, dict[str, float]]:
    """For each page the pages that have enough in common with it, and how much of the shorter one that is."""
    fewest = _LEAST * least / _SHARE
    names = [name for name, sample in samples.items() if len(sample) >= fewest]
    like: defaultdict[str, dict[str, float]] = defaultdict(dict)
    if len(names) > 1:
        sizes = np.array([len(samples[name]) for name in names])
        pairs, shared, _ = sharing([samples[name] for name in names], sizes)
        left, right = pairs // len(names), pairs % len(names)
        share = shared / np.minimum(sizes[left], sizes[right])
        enough = (shared >= fewest) & (share >= least)
        for one, other, much in zip(*(column[enough].tolist() for column in (left, right, share)), strict=True):
            like[names[one]][names[other]] = like[names[other]][names[one]] = much
    return like


def twins(prints: Mapping[str, Print]) -> dict[str, list[str]]:
    """For each page that has any its twins, the likest first and no more than WITNESSES.

    A copy, which differs in no character, tells nothing new. The order of the pages and their names do not matter.
    """
    ordered = sorted(prints, key=lambda name: prints[name].digest)
    # One of each is enough: copies would crowd out the others.
    single = {prints[name].digest: name for name in ordered}
    like = likeness({name: prints[name].sample for name in single.values()})
    likest = {
        name: sorted(found, key=lambda other: (-like[name][other], prints[other].digest))[:WITNESSES]
        for name, found in like.items()
    }
    return {name: likest[one] for name in prints if (one := single[prints[name].digest]) in likest}
