"""Made-up stories as two extractions of a page give them."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from indexer.likeness import Likeness, Reading, Verdict
from search.article import Article, PublicationDate, Source
from tests.indexer.pages import made_up_text

TEXT = made_up_text(7, 400)
HALF_WIDTH = str.maketrans("，。", ",.")


def article(identity: str, body: str = TEXT, *, day: date | None = None, file: str = "", **more: Any) -> Article:
    when = PublicationDate(day, day, "manifest") if day else PublicationDate()
    return Article(identity, Source(file or identity), body=body, date=when, **more)


def noisy(text: str, seed: int, percent: int = 1) -> str:
    """The text with so many characters in a hundred misread, lost or doubled."""
    chance = random.Random(seed)
    letters = list(text)
    for place in chance.sample(range(len(letters)), len(letters) * percent // 100):
        letters[place] = chance.choice(["囗", "囗", "囗", "", letters[place] * 2])
    return "".join(letters)


def verdict(left: Article, right: Article) -> Verdict:
    return Likeness(Reading(left), Reading(right)).verdict
