"""Who wrote and who photographed a story, under the names of the newspaper's authority file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indexer.describe.authority import Authority
from indexer.describe.credit import Credit, Person, plain, read_credit
from indexer.describe.names import is_full_name
from indexer.draft import Draft
from search.text import fold

_BOTH = re.compile(r"[(\s]*(?:文/?图|图/文|文/摄|摄影报[道导]|图文报[道导])(?:/视频)?[)\s]*")
_MARKED = re.compile(r"\s*[\[(/□■●◎◆]")


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

    A name without a role is that of a column's or a letter's author; in a news story, in a bracket or behind a
    bullet it is a reporter's, but a correspondent's beside people whose role is known. Editors, offices that
    supplied a picture and agency staff are left out.
    """
    lines = _joined(draft.bylines)
    written = [(line, credit) for line in lines if (credit := read_credit(line, authority.forms, lenient=True))]
    pictures = [credit for line in draft.credits if (credit := read_credit(line, authority.forms))]
    people = _People(authority, draft)
    news = any(credit.roles for _, credit in written)
    for line, credit in written:
        people.add(credit, signed=news or _MARKED.match(plain(line)) is not None)
    for credit in pictures:
        people.add(credit, signed=True)
    if any(_BOTH.fullmatch(plain(line)) for line in (*lines, *draft.credits)):
        people.lists["photographers"] |= people.lists["reporters"] or people.lists["correspondents"]
    agency = any(credit.agency for credit in ([credit for _, credit in written] or pictures))
    return people.names(" ".join(lines) or None, agency)


class _People:
    """Collects people by list; the lists are dictionaries to keep order without doubles."""

    def __init__(self, authority: Authority, draft: Draft) -> None:
        self._authority = authority
        self._day = draft.page.date
        self._column = draft.section is not None
        self._place = f"{draft.page.name or ''} {draft.section or ''}"
        self._printed: dict[str, str] = {}
        self.lists: dict[str, dict[str, None]] = {
            role: {} for role in ("reporters", "correspondents", "photographers", "authors")
        }

    def add(self, credit: Credit, signed: bool) -> None:
        """Adds a credit's people; ``signed`` tells that names without a role are those of a news story."""
        if credit.agency:
            return
        found = [(person, *self._identify(person.name, credit.traditional)) for person in credit.people]
        told = any(listed or person.writes in ("reporters", "correspondents") for person, _, listed in found)
        stranger = "correspondents" if told or credit.office else "reporters"
        for person, name, listed in found:
            bare = self._bare_role(name, listed, signed, stranger)
            for role in _roles(person, bare):
                self.lists[role][name] = None

    def names(self, byline: str | None, agency: bool) -> Names:
        lists = {role: tuple(names) for role, names in self.lists.items()}
        return Names(**lists, names_printed=self._printed, byline=byline, agency=agency)

    def _bare_role(self, name: str, listed: bool, signed: bool, stranger: str) -> str:
        """The list of a name that is printed without a role."""
        if name in self._authority.authors or (not signed and (self._column or not listed)):
            return "authors"
        return "reporters" if listed else stranger

    def _identify(self, printed: str, traditional: bool) -> tuple[str, bool]:
        """The name under which a person is known here, and whether that is of the authority file."""
        for form in dict.fromkeys((printed, fold(printed))):
            if name := self._authority.name(form, self._day, self._place):
                return self._noted(name, printed), True
        return self._noted(fold(printed) if traditional else printed, printed), False

    def _noted(self, name: str, printed: str) -> str:
        if name != printed:
            self._printed.setdefault(name, printed)
        return name


def _roles(person: Person, bare: str) -> Iterator[str]:
    if person.writes:
        yield bare if person.writes == "bare" else person.writes
    if person.photo:
        yield "photographers"


def _joined(bylines: tuple[str, ...]) -> list[str]:
    """The bylines without repetitions, with a role and the name on the next line put together again."""
    lines: list[str] = []
    for line in bylines:
        if lines and _lacks_name(lines[-1]) and is_full_name("".join(plain(line).split())):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line.strip())
    return list(dict.fromkeys(lines))


def _lacks_name(line: str) -> bool:
    return re.search(r"(?:记\s*者|通\s*讯\s*员|作者)[:\s]*$", plain(line)) is not None
