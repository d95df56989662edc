from pathlib import Path

import pytest
from engine_samples import samples

from search.archive import Archive
from search.renewal import renew


def test_renewing_keeps_every_article_and_makes_the_index_writable_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    Archive.create(path).add(samples(20))
    before = Archive.open(path).corpus()
    monkeypatch.setattr("search.engine.store.analyser_version", lambda: "another dictionary")
    assert Archive.open(path).stale
    renewed = renew(path)
    assert not renewed.stale
    assert renewed.corpus() == before
    assert renewed.check() == []
    renewed.add(samples(22)[20:])
    assert renewed.corpus().articles == before.articles + 2
