"""A list beside its receipt: the very file, saved again, altered with its seals computed anew, another list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.archive import Archive
from search.article import Article, Source
from search.export import EXPORTS
from search.export.form import Wanted
from search.export.verify import ALTERED, CUT, SAVED, WHOLE
from search.receipt import Exported, Hashed, issue, write
from search.receipt.proof import beside, verify_with_receipt
from search.request import SearchRequest

TEXTS = {"a": "路灯亮了", "b": "路灯修好了", "c": "月季开了"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.create(tmp_path / "index")
    archive.add([Article(identity, Source(""), title=text, body=text) for identity, text in TEXTS.items()])
    return archive


def exported(archive: Archive, path: Path, form: str = "csv", query: str = "路灯") -> Path:
    """A list with its receipt, as the command makes them."""
    listed = archive.listed(SearchRequest(query, sort="newest"))
    pieces = Hashed(EXPORTS[form].write(listed, Wanted("/article/{}".format)))
    path.write_bytes(b"".join(pieces))
    beside(path).write_text(write(issue(listed, Exported(path.name, listed.total, pieces.sha256))), "utf-8")
    return path


@pytest.mark.parametrize("query", ["路灯", "没有这样的词"])
@pytest.mark.parametrize("form", EXPORTS)
def test_the_very_file(archive: Archive, tmp_path: Path, form: str, query: str) -> None:
    verdict = verify_with_receipt(exported(archive, tmp_path / "list", form, query))
    assert (verdict.state, verdict.rows, len(verdict.findings)) == (WHOLE, 2 if query == "路灯" else 0, 1)
    assert "与检索凭证相符" in verdict.findings[0]


def test_an_empty_file_whose_receipt_has_rows_is_cut_off(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "list", "jsonl")
    path.write_bytes(b"")
    assert verify_with_receipt(path).state == CUT


def _saved(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))


def _forged(path: Path, other: Path) -> None:
    """A title is another, and all seals are computed anew."""
    archive = Archive.create(other)
    archive.add([Article(one, Source(""), title=text + "！", body=text) for one, text in TEXTS.items()])
    listed = archive.listed(SearchRequest("路灯", sort="newest"))
    path.write_bytes(b"".join(EXPORTS["csv"].write(listed, Wanted("/article/{}".format))))


def _shortened(path: Path, other: Path) -> None:
    """A whole list with good seals that lacks an article."""
    archive = Archive.create(other)
    archive.add([Article("a", Source(""), title="路灯亮了", body="路灯亮了")])
    listed = archive.listed(SearchRequest("路灯", sort="newest"))
    path.write_bytes(b"".join(EXPORTS["csv"].write(listed, Wanted("/article/{}".format))))


@pytest.mark.parametrize(
    ("change", "state", "said"),
    [
        (_saved, SAVED, "另存过"),
        (_forged, SAVED, "改过又重算"),
        (_shortened, ALTERED, "凭证上的第 2 篇（b）清单里没有"),
    ],
)
def test_what_is_not_the_file_of_the_receipt(
    archive: Archive, tmp_path: Path, change: Callable[[Path, Path], None], state: str, said: str
) -> None:
    path = exported(archive, tmp_path / "list.csv")
    change(path, tmp_path / "other")
    verdict = verify_with_receipt(path)
    assert verdict.state == state
    assert said in " ".join(verdict.findings)
    assert verdict.sentence


def test_a_damaged_receipt_is_told_and_proves_nothing(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "list.csv")
    beside(path).write_text(beside(path).read_text("utf-8").replace("路灯", "月季"), "utf-8")
    verdict = verify_with_receipt(path)
    assert verdict.state == WHOLE
    assert "凭证用不了" in verdict.findings[0]


def test_without_a_receipt_the_list_speaks_for_itself(archive: Archive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "list.csv")
    beside(path).unlink()
    assert verify_with_receipt(path).findings == ()
