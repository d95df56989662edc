"""Whatever is typed gets an answer or a sentence: random and hostile strings of every kind."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from engine_samples import SENTENCES, store_all

from search.archive import Archive
from search.errors import QueryRefused
from search.query.parse import MAX_LENGTH

STRINGS = 20_000
SIGNS = "()（）\"“”「」'*?？~～|｜-－ANDORNOTNEAR/0123456789:：..与或非&\\[]{}^$+<>%\x00\u200b\ud800\U0010ffff\n\t　"
NAMES = ("title:", "正文：", "记者:", "date:", "日期：", "版:", "社区:")
OPERATORS = (" NEAR/", " NEAR/999999999 ", " OR ", " AND ", " NOT ")
MUCH = (
    "(",
    ")",
    "-",
    '"',
    "*",
    "?",
    "~",
    "a*",
    "的?*",
    "(a|a)*",
    "社区 ",
    "社区*",
    "NOT ",
    "的 NEAR/100 ",
    "((社区 OR ",
)


def planes(chance: random.Random) -> str:
    """Of every plane of Unicode, surrogates and private characters included."""
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 40)))


def signs(chance: random.Random) -> str:
    return "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 60)))


def mixed(chance: random.Random) -> str:
    """What might have been meant, torn and put together again."""
    pieces = []
    for sentence in chance.choices(SENTENCES, k=chance.randint(1, 20)):
        at = chance.randrange(8)
        pieces.append(chance.choice((chance.choice(NAMES + OPERATORS), chance.choice(SIGNS), sentence[at : at + 4])))
    return "".join(pieces)


def bombs(chance: random.Random) -> str:
    """Much of one thing."""
    piece = chance.choice(MUCH)
    return piece * chance.choice((1, 2, 20, 63, 200, 1000, 100_000 // len(piece)))


KINDS: list[Callable[[random.Random], str]] = [planes, signs, mixed, bombs]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return store_all(tmp_path_factory.mktemp("hostile") / "index")


def test_whatever_is_typed_is_answered_or_refused_in_words(archive: Archive) -> None:
    chance = random.Random(9)
    answered = 0
    for number in range(STRINGS):
        typed = KINDS[number % len(KINDS)](chance)
        try:
            said = archive.search(typed, per_page=1).understood
            answered += 1
        except QueryRefused as refusal:
            said = str(refusal)
        assert said, typed
    assert answered > STRINGS / 2


def test_nothing_longer_than_the_limit_is_read(archive: Archive) -> None:
    with pytest.raises(QueryRefused, match="太长"):
        archive.search("社" * (MAX_LENGTH + 1))
