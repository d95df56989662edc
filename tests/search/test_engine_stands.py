"""Whether a string stands in the archive, compared with a look at all texts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from engine_samples import samples

from search.archive import Archive
from search.article import Article, Source
from search.engine.deadline import Deadline
from search.engine.stands import stands
from search.errors import QueryRefused
from search.text import searchable


@pytest.mark.parametrize("removed", [(), ("a00", "a07", "a21")])
def test_it_is_what_the_texts_say(tmp_path: Path, removed: tuple[str, ...]) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(samples(20))
    archive.add([*samples(30)[20:], Article("z1", Source(""), body="只此一处有芦笙")])
    archive.update([], (*removed, "z1"))
    texts = [text for one in samples(30) if one.id not in removed for text in searchable(one).values()]
    chance = Random(1)
    pieces = [text[at : at + size] for text in texts if text for at, size in [(chance.randrange(len(text)), 3)]]
    for string in [
        *(piece for piece in pieces[:150] if "\n" not in piece),
        "芦笙",
        "只此一处",
        "此",
        "讯文",
        "街道办丁",
        "𠀀",
    ]:
        expected = any(string in text for text in texts)
        assert stands(archive._newest.snapshot(), string, Deadline.never()) is expected, string


def test_a_deadline_holds(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(samples(5))
    with pytest.raises(QueryRefused):
        stands(archive._newest.snapshot(), samples(1)[0].body[:5], Deadline(-1))
