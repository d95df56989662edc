"""The archive of the running application."""

from __future__ import annotations

from pathlib import Path

from search.archive import Archive
from search.article import Article, Source
from webui.app import create_app


def test_an_answer_knows_all_that_was_committed_before_it_was_asked_for(tmp_path: Path) -> None:
    """So that of several processes none takes a reader back to before what another has shown."""
    writer = Archive.create(tmp_path / "index")
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    for number in range(1, 4):
        writer.add([Article(f"story{number}", Source("file"), "路灯亮了", body=f"第{number}盏路灯亮了。")])
        assert client.get("/search.json?q=路灯").json["corpus"]["articles"] == number
        assert client.get("/api/v1/stats").json["corpus"]["articles"] == number
        assert client.get("/healthz").data.decode() == f"ok {writer.corpus().version}\n"
