"""The page of an article: given only as long as it is the very one that was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.original import original
from indexer.pipeline import carry_out, plan
from search.archive import Archive
from search.entry import Entry
from search.errors import OriginalMissing
from tests.indexer.pages import MORE, NEWS

TEXT = f"路灯亮了\n本报记者 王小满\n{NEWS}{MORE}\n{MORE}{NEWS}\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pages" / "05.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def entry_of(page: Path) -> Entry:
    archive = Archive.create(page.parent.parent / "index")
    carry_out(archive, plan([page.parent]))
    (card,) = archive.cards()
    entry = archive.entry(card.id)
    assert entry is not None
    return entry


def test_the_lines_are_those_that_the_spans_count(page: Path) -> None:
    entry = entry_of(page)
    lines = original(entry)
    assert lines == TEXT.split("\n")
    first, _ = entry.article.source.spans[0]
    assert lines[first - 1] == entry.article.title


def test_other_encodings_and_line_ends(page: Path) -> None:
    page.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    assert original(entry_of(page)) == TEXT.split("\n")


def test_a_page_that_has_other_extractions(page: Path) -> None:
    entry = entry_of(page)
    assert original(replace(entry, fingerprint=f"{entry.fingerprint}+others")) == TEXT.split("\n")


def test_a_changed_page_is_not_shown(page: Path) -> None:
    entry = entry_of(page)
    page.write_text(TEXT.replace("路灯", "路牌"), "utf-8")
    with pytest.raises(OriginalMissing, match="改过"):
        original(entry)


def test_a_page_that_is_gone_or_became_something_else(page: Path) -> None:
    entry = entry_of(page)
    page.unlink()
    with pytest.raises(OriginalMissing, match="不在原处"):
        original(entry)
    page.mkdir()
    with pytest.raises(OriginalMissing, match="不在原处"):
        original(entry)


def test_another_file_in_its_place_is_not_shown(page: Path) -> None:
    entry = entry_of(page)
    secret = page.parent.parent / "secret"
    secret.write_text("不给人看的。", "utf-8")
    page.unlink()
    page.symlink_to(secret)
    with pytest.raises(OriginalMissing, match="改过"):
        original(entry)


@pytest.mark.parametrize("origin", ["", "/somewhere/ready.jsonl"])
def test_ready_articles_have_no_page(page: Path, origin: str) -> None:
    with pytest.raises(OriginalMissing, match="现成"):
        original(replace(entry_of(page), origin=origin))


def test_an_index_of_an_earlier_version_cannot_prove_it(page: Path) -> None:
    entry = entry_of(page)
    with pytest.raises(OriginalMissing, match="再收录一次"):
        original(replace(entry, fingerprint=entry.fingerprint.partition(":")[0]))
