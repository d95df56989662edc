"""Typed queries of every kind against sets of articles that are put together by hand, without any index."""

from __future__ import annotations

import random
from datetime import date

import pytest
from engine_samples import ALL, COMMUNITIES, PARTS, REPORTERS, STREETS, TEXTS, ids, literally, store_all
from test_query_glob import stands

from search.archive import Archive
from search.errors import QueryRefused
from search.request import MISSING

Asked = tuple[str, set[str]]
"""A query as typed, and the articles that it means."""

TREES = 2000
EVERYTHING = set(ALL)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return store_all(tmp_path_factory.mktemp("archive") / "index")


def string(chance: random.Random, longest: int = 6) -> str:
    """Cut anywhere out of any part of any article; now and then one that stands nowhere."""
    if chance.random() < 0.05:
        return "没有这样的字"
    part = ""
    while not part:
        part = TEXTS[chance.choice(sorted(ALL))][chance.choice(PARTS[None])].partition("\n")[0]
    start = chance.randrange(len(part))
    return part[start : start + chance.randint(1, longest)].strip() or "的"


def lines(identity: str, field: str | None) -> list[str]:
    return [line for name in PARTS[field] for line in TEXTS[identity][name].split("\n")]


def quoted(chance: random.Random) -> Asked:
    field, text = chance.choice([None, None, "title", "body"]), string(chance)
    typed = f"「{text}」" if '"' in text else f'"{text}"'
    return (f"{field}:" if field else "") + typed, literally(text, field)


def pattern(chance: random.Random) -> Asked:
    field, text = chance.choice([None, "title", "body"]), string(chance)
    hole = chance.randrange(len(text))
    text = text[:hole] + chance.choice("?*") + text[hole + 1 :] + chance.choice(["", "*"])
    if not all(char.isalnum() or char in "?*" for char in text) or not text.strip("?*") or len(text) > 4:
        return quoted(chance)
    return (f"{field}:" if field else "") + text, {
        identity for identity in ALL if any(stands(text, line) for line in lines(identity, field))
    }


def near(chance: random.Random) -> Asked:
    left, right, distance = string(chance, 3), string(chance, 3), chance.randint(0, 20)
    if '"' in left + right:
        return quoted(chance)
    return f'"{left}" NEAR/{distance} "{right}"', {
        identity for identity in ALL if any(_stand_near(line, left, right, distance) for line in lines(identity, None))
    }


def _stand_near(line: str, left: str, right: str, distance: int) -> bool:
    places = {text: _places(line, text) for text in (left, right)}
    return any(
        0 <= later - earlier - len(first) <= distance
        for first, second in ((left, right), (right, left))
        for earlier in places[first]
        for later in places[second]
    )


def _places(line: str, text: str) -> list[int]:
    found, at = [], line.find(text)
    while at >= 0:
        found.append(at)
        at = line.find(text, at + len(text))
    return found


def value(chance: random.Random) -> Asked:
    kinds = {
        "街道": (STREETS, lambda article: article.streets),
        "reporter": (REPORTERS, lambda article: article.reporters + article.authors),
        "社区": (COMMUNITIES, lambda article: article.communities),
        "版": (("5", "A7"), lambda article: tuple(filter(None, (article.source.page,)))),
    }
    field = chance.choice(sorted(kinds))
    offered, of = kinds[field]
    wanted = chance.choice((*offered, MISSING))
    found = {one.id for one in ALL.values() if (wanted in of(one) if wanted != MISSING else not of(one))}
    return f"{field}:{wanted}", found


def dates(chance: random.Random) -> Asked:
    first, last = sorted(date(chance.choice((2021, 2022, 2023)), chance.randint(1, 12), 1) for _ in "ab")
    found = {
        one.id
        for one in ALL.values()
        if one.date.start and one.date.end and one.date.end >= first and one.date.start <= last
    }
    return f"日期:{first}..{last}", found


def tree(chance: random.Random, depth: int = 3) -> Asked:
    if depth == 0 or chance.random() < 0.3:
        return chance.choice([quoted, quoted, pattern, near, value, dates])(chance)
    (left, ours), (right, theirs) = tree(chance, depth - 1), tree(chance, depth - 1)
    sign = chance.choice([" ", " AND ", " 与 ", " OR ", " | ", " 或 ", " -", " NOT "])
    if sign in (" -", " NOT "):
        return f"({left}){sign}({right})", ours - theirs
    found = ours & theirs if sign in (" ", " AND ", " 与 ") else ours | theirs
    return f"({left}){sign}({right})", found


def test_random_trees_find_what_sets_say(archive: Archive) -> None:
    chance = random.Random(5)
    hits = 0
    for _ in range(TREES):
        typed, expected = tree(chance)
        assert set(ids(archive, typed, all_versions=True)) == expected, typed
        hits += bool(expected and expected != EVERYTHING)
    assert hits > TREES / 2


def test_pages_and_communities_are_found_as_people_write_them(archive: Archive) -> None:
    assert ids(archive, "版:05") == ids(archive, "page:第5版") == ids(archive, "page:5") != []
    assert ids(archive, "社区:馨苑") == ids(archive, "community:馨苑社区") != []
    assert ids(archive, "社区:石家") == ids(archive, "社区:石家村") != []


def test_patterns_that_would_read_too_much_are_refused(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.deadline.MOST_TEXTS", 3)
    with pytest.raises(QueryRefused, match="细看的文章"):
        archive.search("的?人")
