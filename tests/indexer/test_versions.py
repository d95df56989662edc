from dataclasses import replace
from pathlib import Path

from indexer.duplicates import sketch
from indexer.versions import mark_stored_versions, mark_versions
from search.archive import Archive
from search.article import Article, Source
from search.entry import Entry
from tests.indexer.pages import made_up_text

TEXT = made_up_text(7, 300)
WHOLE = Article("whole", Source("a.txt"), title="路灯亮了", body=TEXT)
CUT = Article("cut", Source("b.txt"), title="路灯亮了", body=TEXT[:200], complete=False)
FILES = {"whole": "/a.txt", "cut": "/b.txt", "other": "/b.txt"}
OTHER = Article("other", Source("b.txt"), title="唱到天黑", body=made_up_text(8, 300))


def leaders(articles: list[Article]) -> dict[str, str | None]:
    return {article.id: article.duplicate_of for article in articles}


def stored(archive: Archive) -> dict[str, str | None]:
    return {card.id: card.duplicate_of for card in archive.cards()}


def add(archive: Archive, *articles: Article) -> None:
    archive.update([Entry(article, article.source.file, "", sketch(article)) for article in articles])


def test_the_best_version_leads() -> None:
    assert leaders(list(mark_versions([CUT, OTHER, WHOLE], FILES))) == {"cut": "whole", "other": None, "whole": None}


def test_extractions_in_two_folders_may_have_one_name() -> None:
    twin = replace(CUT, source=WHOLE.source)
    assert leaders(list(mark_versions([twin, WHOLE], FILES)))["cut"] == "whole"


def test_the_articles_stay_in_order() -> None:
    assert [article.id for article in mark_versions([CUT, OTHER, WHOLE], FILES)] == ["cut", "other", "whole"]


def test_versions_are_found_over_the_whole_archive(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    add(archive, CUT, OTHER)
    add(archive, WHOLE)
    mark_stored_versions(archive)
    assert stored(archive) == {"cut": "whole", "other": None, "whole": None}


def test_a_version_whose_leader_is_gone_leads_itself(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    add(archive, CUT, WHOLE)
    mark_stored_versions(archive)
    archive.update([], ["whole"])
    mark_stored_versions(archive)
    assert stored(archive) == {"cut": None}
