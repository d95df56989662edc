from dataclasses import replace
from datetime import date
from pathlib import Path

from indexer.duplicates import sketch
from indexer.versions import Changes, mark_stored_versions, mark_versions
from search.archive import Archive
from search.article import Article
from search.entry import Entry
from tests.indexer.extractions import TEXT, article, noisy
from tests.indexer.pages import made_up_text

WHOLE = article("whole", file="a.txt", title="路灯亮了")
CUT = article("cut", noisy(TEXT[:260], 1), file="b.txt", title="路灯亮了", complete=False)
OTHER = article("other", made_up_text(8, 300), file="b.txt", title="唱到天黑")
FIRST = article("first", TEXT[:220], file="a.txt", title="路灯亮了", complete=False)
LAST = article("last", TEXT[180:], file="b.txt", complete=False)


def marked(*articles: Article) -> dict[str, Article]:
    return {one.id: one for one in mark_versions(articles, {one.id: one.source.file for one in articles})}


def leaders(*articles: Article) -> dict[str, str | None]:
    return {one.id: one.duplicate_of for one in marked(*articles).values()}


def stored(archive: Archive) -> dict[str, Article | None]:
    return {card.id: archive.article(card.id) for card in archive.cards()}


def add(archive: Archive, *articles: Article) -> Changes:
    archive.update([Entry(one, one.source.file, "", sketch(one)) for one in articles])
    return mark_stored_versions(archive)


def test_the_best_version_leads() -> None:
    assert leaders(CUT, OTHER, WHOLE) == {"cut": "whole", "other": None, "whole": None}


def test_extractions_in_two_folders_may_have_one_name() -> None:
    twin = replace(CUT, source=WHOLE.source)
    found = mark_versions([twin, WHOLE], {"cut": "/b/a.txt", "whole": "/a/a.txt"})
    assert [one.duplicate_of for one in found] == ["whole", None]


def test_the_articles_stay_in_order() -> None:
    assert list(marked(CUT, OTHER, WHOLE)) == ["cut", "other", "whole"]


def test_a_reprint_of_another_day_is_no_version() -> None:
    dated = replace(WHOLE, date=article("", day=date(2023, 7, 21)).date)
    again = article("again", day=date(2023, 7, 28))
    assert leaders(dated, again) == {"whole": None, "again": None}
    assert leaders(dated, article("again")) == {"whole": None, "again": "whole"}


def test_what_was_told_elsewhere_stays() -> None:
    told = replace(CUT, duplicate_of="elsewhere")
    assert leaders(told, WHOLE) == {"cut": "elsewhere", "whole": None}


def test_the_halves_of_a_story_complete_each_other() -> None:
    found = marked(FIRST, LAST)
    assert found["last"].duplicate_of == "first"
    assert [(part.id, part.what) for part in found["first"].completed_from] == [("last", "end")]
    assert found["first"].body == FIRST.body


def test_a_run_and_the_archive_tell_the_same(tmp_path: Path) -> None:
    articles = (CUT, OTHER, WHOLE, article("half", TEXT[100:], file="c.txt"))
    archive = Archive.create(tmp_path)
    add(archive, *articles)
    assert stored(archive) == marked(*articles)


def test_versions_are_found_over_the_whole_archive(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    assert add(archive, CUT, OTHER) == Changes()
    changes = add(archive, WHOLE)
    assert [(one.version.id, one.leader.id) for one in changes.joined] == [("cut", "whole")]
    assert changes.joined[0].overlap > 200
    assert mark_stored_versions(archive) == Changes()


def test_a_completion_goes_with_the_version_that_gave_it(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    add(archive, FIRST)
    assert [one.id for one in add(archive, LAST).completed] == ["first"]
    assert [card.completed for card in archive.cards() if card.id == "first"] == [True]
    assert archive.check() == []
    archive.update([], ["last"])
    assert mark_stored_versions(archive) == Changes()
    assert stored(archive) == {"first": FIRST}


def test_what_completes_is_found_in_its_own_version_only(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    add(archive, FIRST, LAST)
    assert [hit.article.id for hit in archive.search(f'"{TEXT[300:310]}"').hits] == ["last"]


def test_a_version_whose_leader_is_gone_leads_itself(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    add(archive, CUT, WHOLE)
    archive.update([], ["whole"])
    mark_stored_versions(archive)
    assert stored(archive) == {"cut": CUT}
