"""The authority file of names: who is who at the paper, under which printed forms, when and at which desk."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.article import UNDATED, PublicationDate
from search.errors import BaokuError

if TYPE_CHECKING:
    from indexer.describe.reference import Table

ROLES = ("reporters", "photographers", "authors")
_KEYS = {"variants", "from", "to", "desk"}
_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the paper: ``first`` and ``last`` are the months (YYYY-MM) of service, "" where open."""

    name: str
    first: str = ""
    last: str = ""
    desk: str = ""

    def served(self, when: PublicationDate) -> bool:
        """Whether the person was at the paper at some time of the interval; an unknown date contradicts nothing."""
        if when.start is None or when.end is None:
            return True
        return when.end.isoformat()[:7] >= self.first and (not self.last or when.start.isoformat()[:7] <= self.last)


@dataclass(frozen=True, eq=False, slots=True)
class Authority:
    """The people of the file by printed form; one form may be that of several people of the same name.

    ``names`` are all authorised names, ``authors`` those of column authors; ``different`` holds pairs of names that
    are never one person, however alike they look.
    """

    forms: Mapping[str, tuple[Staff, ...]]
    names: frozenset[str]
    authors: frozenset[str]
    different: frozenset[frozenset[str]]

    def name(self, form: str, when: PublicationDate = UNDATED, place: str = "") -> str | None:
        """The authorised name behind a printed form; None when no one or more than one person can be meant.

        ``when`` is the day of the story and ``place`` its page and section, in which a desk's name may stand: they
        tell people of the same name apart.
        """
        people = [person for person in self.forms.get(form, ()) if person.served(when)]
        if len(people) > 1:
            people = [person for person in people if person.desk and person.desk in place]
        return people[0].name if len(people) == 1 else None

    def apart(self, left: str, right: str) -> bool:
        """Whether the file says that the two names are two people: listed as different, or each authorised."""
        return frozenset((left, right)) in self.different or {left, right} <= self.names


def read_authority(table: Table) -> Authority:
    """The people of reporters.toml.

    Raises:
        BaokuError: a value is wrong, or one form stands for two people and is the authorised name of one.
    """
    forms: dict[str, list[Staff]] = defaultdict(list)
    names: dict[str, frozenset[str]] = {}
    for role in ROLES:
        people = table.table(role)
        names[role] = frozenset(people.values)
        for name in people.values:
            person, variants = _person(people, name)
            for form in dict.fromkeys((name, *variants)):
                if all(other.name != name for other in forms[form]):
                    forms[form].append(person)
    every = frozenset().union(*names.values())
    _check_shared(table, forms, every)
    by_form = {form: tuple(people) for form, people in forms.items()}
    return Authority(by_form, every, names["authors"], frozenset(_different(table)))


def _person(people: Table, name: str) -> tuple[Staff, tuple[str, ...]]:
    """A row: a person and the other forms of the name."""
    match people.values[name]:
        case list():
            return Staff(name), people.texts(name)
        case dict():
            return _long_row(people, name)
    raise people.wrong(name, '写法的列表，如 ["甲", "乙"]，或 { variants = [...], from = "2015" } 这样的一张表')


def _long_row(people: Table, name: str) -> tuple[Staff, tuple[str, ...]]:
    row = people.table(name)
    if unknown := sorted(set(row.values) - _KEYS):
        raise row.wrong(unknown[0], "variants、from、to、desk 之一，而这一项")
    first, last = _month(row, "from", "-01"), _month(row, "to", "-12")
    if first and last and last < first:
        raise row.wrong("to", "不早于 from 的年月")
    return Staff(name, first, last, row.text("desk") if "desk" in row.values else ""), row.texts("variants")


def _month(row: Table, key: str, end: str) -> str:
    if key not in row.values:
        return ""
    value = row.text(key)
    if not _MONTH.fullmatch(value):
        raise row.wrong(key, '年或年月，如 "2015"、"2015-03"')
    return value if "-" in value else value + end


def _check_shared(table: Table, forms: Mapping[str, list[Staff]], names: frozenset[str]) -> None:
    for form, people in forms.items():
        if len(people) > 1 and form in names:
            owners = "、".join(person.name for person in people)
            raise BaokuError(
                f"{table.place}写法 {form} 归了几个人：{owners}；真是同名的，标准姓名请各加区分，"
                f'如 "{form}（文体）"，都以 {form} 为写法 (form given twice)'
            )


def _different(table: Table) -> Iterator[frozenset[str]]:
    wanted = '成对的姓名，如 [["甲", "乙"]]'
    pairs = table.values.get("different", [])
    if not isinstance(pairs, list):
        raise table.wrong("different", wanted)
    for pair in pairs:
        if not isinstance(pair, list) or len({*map(str, pair)}) != 2 or not all(isinstance(n, str) for n in pair):
            raise table.wrong("different", wanted)
        yield frozenset(pair)
