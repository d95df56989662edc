"""Who wrote and who photographed a story, under the names of the newspaper's authority file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indexer.describe.credit import Credit, Person, plain, read_credit
from indexer.describe.names import is_full_name
from indexer.describe.reference import Authority
from indexer.draft import Draft
from search.text import fold

_BOTH = re.compile(r"[(\s]*(?:文/?图|图/文|文/摄|摄影报[道导]|图文报[道导])(?:/视频)?[)\s]*")
_BRACKETED = re.compile(r"\s*[\[(]|\s*本[报网刊]?\S{0,12}讯")


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a story by canonical name, each list in printed order.

    ``names_printed`` maps a canonical name to its printed form where that differs; ``byline`` is all bylines as
    printed, joined by blanks; ``agency`` tells that the text is a news agency's, whose people are in no list.
    """

    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    names_printed: Mapping[str, str] = field(default_factory=dict)
    byline: str | None = None
    agency: bool = False


def read_bylines(draft: Draft, authority: Authority) -> Names:
    """The people named in the bylines and picture credits of a story.

    A name without a role is a column's author, under a 本报讯 or in an end bracket a reporter of the authority file
    or else a correspondent. Editors, offices that supplied a picture and agency staff are left out.
    """
    lines = _joined(draft.bylines)
    written = [(line, credit) for line in lines if (credit := read_credit(line, authority.canonical))]
    pictures = [credit for line in draft.credits if (credit := read_credit(line, authority.canonical))]
    people = _People(authority)
    for line, credit in written:
        people.add(credit, *_bare_roles(line, credit, draft))
    for credit in pictures:
        people.add(credit, "reporters", "reporters")
    if any(_BOTH.fullmatch(plain(line)) for line in (*lines, *draft.credits)):
        people.lists["photographers"] |= people.lists["reporters"] or people.lists["correspondents"]
    agency = any(credit.agency for credit in ([credit for _, credit in written] or pictures))
    return people.names(" ".join(lines) or None, agency)


class _People:
    """Collects people by list; the lists are dictionaries to keep order without doubles."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._printed: dict[str, str] = {}
        self.lists: dict[str, dict[str, None]] = {
            role: {} for role in ("reporters", "correspondents", "photographers", "authors")
        }

    def add(self, credit: Credit, known: str, unknown: str) -> None:
        """Adds a credit's people; a bare name goes to ``known`` or ``unknown`` by the authority file."""
        for person in () if credit.agency else credit.people:
            name = self._canonical(person.name)
            bare = known if name in self._authority.canonical else unknown
            for role in _roles(person, "authors" if name in self._authority.authors else bare):
                self.lists[role][name] = None

    def names(self, byline: str | None, agency: bool) -> Names:
        lists = {role: tuple(names) for role, names in self.lists.items()}
        return Names(**lists, names_printed=self._printed, byline=byline, agency=agency)

    def _canonical(self, printed: str) -> str:
        known = self._authority.canonical
        name = known.get(printed) or known.get(fold(printed)) or printed
        if name != printed:
            self._printed.setdefault(name, printed)
        return name


def _roles(person: Person, bare: str) -> Iterator[str]:
    if person.writes:
        yield bare if person.writes == "bare" else person.writes
    if person.photo:
        yield "photographers"


def _bare_roles(line: str, credit: Credit, draft: Draft) -> tuple[str, str]:
    """What a name without a role word is in this line, when the authority file knows it and when not."""
    if _BRACKETED.match(plain(line)):
        return "reporters", "correspondents"
    if credit.roles:
        return "reporters", "reporters"
    return ("authors" if draft.section else "reporters"), "authors"


def _joined(bylines: tuple[str, ...]) -> list[str]:
    """The bylines without repetitions, with a role and the name on the next line put together again."""
    lines: list[str] = []
    for line in bylines:
        if lines and _lacks_name(lines[-1]) and is_full_name("".join(plain(line).split())):
            lines[-1] = f"{lines[-1].strip()} {line.strip()}"
        elif line.strip() not in lines:
            lines.append(line.strip())
    return lines


def _lacks_name(line: str) -> bool:
    return re.search(r"(?:记\s*者|通\s*讯\s*员|作者)[:\s]*$", plain(line)) is not None
