"""Every form in which a gazetteer's places may be printed, damaged ones included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.describe.gazetteer import Former, Gazetteer
from search.text import fold

ENDINGS = ("街道", "社区", "村")
"""What names in a list may share: 永泰、开源街道."""
NUMBERS = "0123456789一二三四五六七八九十两多几各"
TOTALS = f"等地这个家{NUMBERS}"
"""The characters that may end a list's total: 等社区, 三个街道."""

_LONGEST_LEARNED = 8


@dataclass(frozen=True, slots=True)
class Name:
    """What a form stands for: a street, or a community or landmark with its street if that is known."""

    street: str | None
    community: str | None = None


class Names:
    """The folded forms of all places that a story of one time can mean.

    A form with one character doubled, or with one character of the name misread as a look-alike, stands for the
    place too, unless it is the form of another or could be two. ``any_ending`` matches where a name may end,
    ``known_ending`` only where the character before it lets one of these names or a total (三个街道) end there.

    Before the district was set up (``early``) there are only the streets that are older. A former street's name that
    looks like a misprint of today's is that misprint once the former street has ``ended``.
    """

    def __init__(self, gazetteer: Gazetteer, early: bool, ended: frozenset[str]) -> None:
        exact = dict(_streets(gazetteer, early))
        if not early:
            exact |= _communities(gazetteer)
        damaged = _damaged(exact, gazetteer.lookalikes)
        former = (item for item in gazetteer.former if not (item.name in ended and fold(item.name) in damaged))
        self._forms = damaged | exact | _former(former) | dict.fromkeys(map(fold, gazetteer.not_places))
        self._lengths = _lengths(self._forms)
        self._stems = {ending: dict(_stems(self._forms, ending)) for ending in ENDINGS}
        self._longest = max([_LONGEST_LEARNED, *map(len, self._forms)])
        other = {form[-2:] for form in self._forms if not form.endswith(ENDINGS)}
        endings = (*ENDINGS, *sorted(other))
        before = {form.removesuffix(end)[-1:] for form in self._forms for end in endings if form.endswith(end)}
        escaped, last = [re.escape(ending) for ending in endings], re.escape("".join(sorted(before)))
        self.any_ending = re.compile("|".join(escaped))
        # The endings first: the search leaps from one of their first characters to the next.
        self.known_ending = re.compile("|".join(f"{ending}(?<=[{last}{TOTALS}]{ending})" for ending in escaped))
        self.ordinary = gazetteer.ordinary

    def ending_at(self, text: str, end: int, learned: Mapping[str, Name]) -> tuple[int, Name | None] | None:
        """Where the longest form that ends there begins, and what it stands for; None as a name is no place."""
        known = self._lengths.get(text[end - 3 : end]) or self._lengths.get(text[end - 2 : end]) or ()
        for length in range(self._longest, 1, -1) if learned else known:
            start = max(0, end - length)
            form = text[start:end]
            if form in learned:
                return start, learned[form]
            if form in self._forms:
                return start, self._forms[form]
        return None

    def stem_at(self, text: str, end: int, ending: str) -> tuple[int, Name] | None:
        """The same for a name in a list that lacks its ending."""
        stems = self._stems[ending]
        for start in range(max(0, end - self._longest), end - 1):
            if name := stems.get(text[start:end]):
                return start, name
        return None


def _streets(gazetteer: Gazetteer, early: bool) -> Iterator[tuple[str, Name]]:
    for street in gazetteer.streets:
        if not (early and street.since):
            stems = (street.stem, *street.misprints)
            yield from ((fold(stem + office), Name(street.name)) for stem in stems for office in ("街道", "街办"))


def _communities(gazetteer: Gazetteer) -> dict[str, Name]:
    homes = gazetteer.communities
    placed = {fold(form): Name(homes[name], name) for form, name in gazetteer.forms.items()}
    placed |= {fold(name): Name(street, name) for name, street in homes.items()}
    return placed | {fold(mark): Name(street.name) for street in gazetteer.streets for mark in street.landmarks}


def _former(former: Iterable[Former]) -> dict[str, Name | None]:
    return {fold(item.name): Name(item.street) if item.street else None for item in former}


def _damaged(exact: Mapping[str, Name], lookalikes: Mapping[str, frozenset[str]]) -> dict[str, Name | None]:
    meant: dict[str, set[Name]] = defaultdict(set)
    for form, name in exact.items():
        for variant in (*_doubled(form), *_misread(form, lookalikes)):
            meant[variant].add(name)
    return {variant: names.pop() for variant, names in meant.items() if len(names) == 1}


def _doubled(form: str) -> Iterator[str]:
    return (form[:at] + form[at - 1 :] for at in range(1, len(form)))


def _misread(form: str, lookalikes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    stem = next((form.removesuffix(ending) for ending in ENDINGS if form.endswith(ending)), "")
    for at, char in enumerate(stem if len(stem) > 1 else ""):
        yield from (form[:at] + other + form[at + 1 :] for other in lookalikes.get(char, ()))


def _lengths(forms: Iterable[str]) -> dict[str, list[int]]:
    """The lengths of the forms that share their last three characters, the longest first: few are worth a try."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        lengths[form[-3:]].add(len(form))
    return {tail: sorted(found, reverse=True) for tail, found in lengths.items()}


def _stems(forms: Mapping[str, Name | None], ending: str) -> Iterator[tuple[str, Name]]:
    for form, name in forms.items():
        stem = form.removesuffix(ending)
        # A stem of 永泰街街道, where 街 is doubled, would be the road.
        if name and stem != form and len(stem) > 1 and not stem.endswith(ending[0]):
            yield stem, name
