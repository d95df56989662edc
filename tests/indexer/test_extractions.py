from itertools import permutations
from pathlib import Path

import pytest

from indexer.extractions import Extractions
from indexer.pipeline import carry_out, explain_files, parse_files, plan
from indexer.report import Report
from indexer.sources.walk import find_files
from search.archive import Archive
from search.article import Article
from tests.indexer.extractions import noisy
from tests.indexer.pages import made_up_text

FIRST, SECOND = made_up_text(31, 300), made_up_text(32, 300)
HEADS = ("路灯亮了", "唱到天黑")
LEADS = f"本报讯（记者 王小满）{FIRST[:150]}", f"本报讯（记者 李青山）{SECOND[:150]}"
CUT = "\n".join((HEADS[0], LEADS[0], HEADS[1], LEADS[1], SECOND[150:], FIRST[150:])) + "\n"
"""Two stories cut in mid-sentence, their ends below one another: letters by chance do not tell which is whose."""
CROSSED = "\n".join((HEADS[0], LEADS[0], HEADS[1], LEADS[1], FIRST[150:], SECOND[150:])) + "\n"
TWIN = f"{HEADS[1]}\n本报讯（记者 李青山）{SECOND}\n{HEADS[0]}\n本报讯（记者 王小满）{FIRST}\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "index")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A page, its twin and a page of another matter."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in {"cut": CUT, "twin": TWIN, "other": made_up_text(40, 500)}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def run(archive: Archive, *paths: Path, prune: bool = False) -> Report:
    return carry_out(archive, plan(paths), prune=prune)


def stored(archive: Archive) -> dict[str, Article]:
    return {card.id: found for card in archive.cards() if (found := archive.article(card.id))}


def parsed(*paths: Path) -> dict[str, Article]:
    return {article.id: article for article in parse_files(paths).articles}


def bodies(folder: Path, name: str) -> set[str]:
    return {article.body for article in parse_files([folder]).articles if article.source.file == name}


class TestACutThatCannotBeDecidedAlone:
    def test_is_decided_by_the_twin(self, pages: Path) -> None:
        assert bodies(pages, "cut.txt") == {FIRST, SECOND}
        (pages / "cut.txt").write_text(CROSSED, "utf-8")
        assert bodies(pages, "cut.txt") == {FIRST, SECOND}

    def test_is_not_decided_without_it(self, pages: Path) -> None:
        (pages / "twin.txt").unlink()
        crossed = pages / "crossed.txt"
        alone = [bodies(pages, "cut.txt")]
        (pages / "cut.txt").unlink()
        crossed.write_text(CROSSED, "utf-8")
        assert [*alone, bodies(pages, "crossed.txt")] != [{FIRST, SECOND}] * 2

    def test_is_decided_although_the_twin_is_misread_in_places(self, pages: Path) -> None:
        (pages / "twin.txt").write_text(noisy(TWIN, 5), "utf-8")
        assert bodies(pages, "cut.txt") == {FIRST, SECOND}

    def test_is_explained(self, pages: Path) -> None:
        told = "\n".join(explain_files([pages]))
        assert "另有 1 份提取对照" in told
        assert "另一份也连着" in told
        assert "另" not in "\n".join(explain_files([pages / "cut.txt"]))


class TestRunByRun:
    @pytest.mark.parametrize("order", list(permutations(("cut.txt", "twin.txt", "other.txt"))))
    def test_any_order_gives_what_one_run_gives(self, archive: Archive, pages: Path, order: tuple[str, ...]) -> None:
        for name in order:
            run(archive, pages / name)
        assert stored(archive) == parsed(pages)

    def test_a_page_whose_twin_has_come_is_read_again_and_the_report_says_so(
        self, archive: Archive, pages: Path
    ) -> None:
        run(archive, pages / "cut.txt")
        report = run(archive, pages / "twin.txt")
        assert (report.files, report.pages, report.again) == (1, 1, 1)
        assert "重读 1 个" in "\n".join(report.lines())

    def test_nothing_is_read_twice(self, archive: Archive, pages: Path) -> None:
        run(archive, pages)
        for paths in ([pages], [pages / "twin.txt"], [pages / "cut.txt"]):
            report = run(archive, *paths)
            assert (report.pages, report.again, report.unchanged) == (0, 0, report.files)
            assert "重读" not in "\n".join(report.lines())

    def test_a_page_of_another_matter_is_not_read_again(self, archive: Archive, pages: Path) -> None:
        run(archive, pages / "other.txt")
        report = run(archive, pages / "cut.txt", pages / "twin.txt")
        assert report.again == 0

    def test_a_changed_twin_is_heard_anew(self, archive: Archive, pages: Path) -> None:
        run(archive, pages)
        (pages / "twin.txt").write_text(noisy(TWIN, 3, 2), "utf-8")
        assert run(archive, pages / "twin.txt").again == 1
        assert stored(archive) == parsed(pages)

    @pytest.mark.parametrize("prune", [False, True])
    def test_a_page_whose_twin_is_gone_is_read_without_it(self, archive: Archive, pages: Path, prune: bool) -> None:
        run(archive, pages)
        (pages / "twin.txt").unlink()
        run(archive, pages, prune=prune)
        alone = {article.body for article in parsed(pages).values()}
        assert {a.body for a in stored(archive).values() if a.source.file != "twin.txt"} == alone
        assert run(archive, pages, prune=prune).pages == 0

    def test_also_when_another_page_is_read(self, archive: Archive, pages: Path) -> None:
        run(archive, pages)
        (pages / "twin.txt").unlink()
        assert run(archive, pages / "other.txt").again == 1
        assert run(archive, pages / "other.txt").again == 0


class TestAPageThatCannotBeReadAgain:
    def test_is_kept_as_it_was_and_named(self, archive: Archive, pages: Path) -> None:
        run(archive, pages / "cut.txt")
        before = stored(archive)
        (pages / "cut.txt").unlink()
        report = run(archive, pages / "twin.txt")
        assert report.outdated == ["cut.txt"]
        assert "仍照原样：cut.txt" in "\n".join(report.lines())
        assert {i: a.body for i, a in stored(archive).items() if i in before} == {i: a.body for i, a in before.items()}
        assert run(archive, pages / "twin.txt").outdated == []

    def test_is_not_named_when_it_was_moved_or_removed(self, archive: Archive, pages: Path) -> None:
        run(archive, pages / "cut.txt")
        moved = pages.rename(pages.with_name("moved"))
        assert run(archive, moved).outdated == []
        (moved / "cut.txt").unlink()
        (moved / "twin.txt").write_text(noisy(TWIN, 4), "utf-8")
        assert run(archive, moved, prune=True).outdated == []

    def test_is_left_to_its_own_run_when_it_has_changed(self, archive: Archive, pages: Path) -> None:
        run(archive, pages / "cut.txt")
        (pages / "cut.txt").write_text(CUT + made_up_text(50, 60), "utf-8")
        report = run(archive, pages / "twin.txt")
        assert (report.again, report.outdated) == (0, ["cut.txt"])
        run(archive, pages)
        assert stored(archive) == parsed(pages)


def test_ready_articles_and_unreadable_files_have_no_twins(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "c.txt").write_text(TWIN, "utf-8")
    files = find_files([tmp_path])
    assert [Extractions(files).of(file) for file in files] == [[], [], []]
