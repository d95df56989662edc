import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline import carry_out, parse_files, plan
from indexer.report import Report
from indexer.versions import Changes
from search.archive import Archive
from search.article import Article, Source
from search.errors import BaokuError
from search.reference import reference_folder
from tests.indexer.pages import MORE, NEWS, OTHER, made_up_text

LAMPS = f"路灯亮了\n本报记者 王小满\n{NEWS}{MORE}\n{MORE}{NEWS}\n"
CHOIR = f"唱到天黑\n本报记者 李青山\n{OTHER * 2}\n{OTHER * 3}\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "index")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write(tmp_path / "pages", **{"05": LAMPS, "06": CHOIR})


def index_files(archive: Archive, paths: list[Path], manifest: Path | None = None, *, prune: bool = False) -> Report:
    return carry_out(archive, plan(paths, manifest), prune=prune)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def ready(path: Path, **bodies: str) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = (json.dumps({"id": identity, "body": body}, ensure_ascii=False) for identity, body in bodies.items())
    path.write_text("\n".join(lines), "utf-8")


def ids(archive: Archive) -> list[str]:
    return sorted(card.id for card in archive.cards())


def test_a_run_stores_the_articles_that_parse_gives(archive: Archive, pages: Path) -> None:
    report = index_files(archive, [pages])
    assert (report.files, report.articles) == (2, 2)
    assert ids(archive) == sorted(article.id for article in parse_files([pages]).articles)


class TestVersions:
    """A story of which one extraction has the first half, the other the second and some lines more."""

    TEXT = made_up_text(21, 300)

    @pytest.fixture
    def halves(self, tmp_path: Path) -> Path:
        first = f"路灯亮了\n\n本报讯（记者 王小满）{self.TEXT[:180]}\n"
        return write(tmp_path / "halves", a=first, b=f"{self.TEXT[120:]}\n")

    def test_the_report_tells_what_was_joined_and_completed(self, archive: Archive, halves: Path) -> None:
        report = index_files(archive, [halves])
        assert (report.duplicates, report.completed) == (1, 1)
        lines = "\n".join(report.lines())
        assert "本次并入 1 篇" in lines
        assert "本次补全 1 处" in lines
        assert "字相同" in lines
        again = index_files(archive, [halves])
        assert (again.duplicates, again.completed, again.versions) == (1, 1, Changes())
        assert "本次" not in "\n".join(again.lines())

    def test_a_run_gives_what_parse_gives(self, archive: Archive, halves: Path) -> None:
        index_files(archive, [halves])
        parsed = {article.id: article for article in parse_files([halves]).articles}
        assert {identity: archive.article(identity) for identity in ids(archive)} == parsed
        assert any(article.completed_from for article in parsed.values())

    def test_run_by_run_gives_the_same(self, archive: Archive, halves: Path) -> None:
        for name in ("b.txt", "a.txt"):
            index_files(archive, [halves / name])
        parsed = {article.id: article for article in parse_files([halves]).articles}
        assert {identity: archive.article(identity) for identity in ids(archive)} == parsed

    def test_a_completion_goes_with_its_file(self, archive: Archive, halves: Path) -> None:
        index_files(archive, [halves])
        (halves / "b.txt").unlink()
        report = index_files(archive, [halves], prune=True)
        assert (report.duplicates, report.completed) == (0, 0)
        assert [archive.article(identity) for identity in ids(archive)] == list(parse_files([halves]).articles)


def test_a_run_that_was_interrupted_before_versions_were_marked_is_finished_by_the_next(
    archive: Archive, pages: Path
) -> None:
    write(pages, **{"07": LAMPS})
    index_files(archive, [pages])
    marked = {card.id: card.duplicate_of for card in archive.cards()}
    assert any(marked.values())
    entries = [entry for card in list(archive.cards()) if (entry := archive.entry(card.id))]
    archive.update([replace(entry, article=replace(entry.article, duplicate_of=None)) for entry in entries])
    report = index_files(archive, [pages])
    assert report.pages == 0
    assert {card.id: card.duplicate_of for card in archive.cards()} == marked


def test_an_unchanged_file_is_skipped(archive: Archive, pages: Path) -> None:
    index_files(archive, [pages])
    report = index_files(archive, [pages])
    assert (report.unchanged, report.articles) == (2, 0)


def test_a_changed_file_replaces_its_articles_only(archive: Archive, pages: Path) -> None:
    index_files(archive, [pages])
    write(pages, **{"05": CHOIR.replace("唱到天黑", "唱到天亮")})
    report = index_files(archive, [pages])
    assert (report.unchanged, report.removed) == (1, 1)
    assert {archive.article(identity).title for identity in ids(archive)} == {"唱到天黑", "唱到天亮"}


def test_a_corrected_story_keeps_its_id(archive: Archive, pages: Path) -> None:
    index_files(archive, [pages])
    before = ids(archive)
    write(pages, **{"05": LAMPS + "更正一处。\n"})
    index_files(archive, [pages])
    assert ids(archive) == before


def test_a_file_that_became_unreadable_keeps_its_articles(archive: Archive, pages: Path) -> None:
    index_files(archive, [pages])
    before = ids(archive)
    (pages / "05.txt").write_bytes(b"")
    report = index_files(archive, [pages])
    assert ids(archive) == before
    assert [reject.file for reject in report.rejects] == ["05.txt"]


class TestEmptied:
    """A page that can be read and holds no story any more."""

    @pytest.fixture
    def emptied(self, archive: Archive, pages: Path) -> Path:
        index_files(archive, [pages])
        return write(pages, **{"05": "第5版\n"})

    def test_its_articles_are_kept_and_counted(self, archive: Archive, emptied: Path) -> None:
        report = index_files(archive, [emptied])
        assert (report.kept, len(ids(archive))) == (1, 2)
        assert any("原有 1 篇保留，要移出请加 --prune" in line for line in report.lines())

    def test_prune_removes_them(self, archive: Archive, emptied: Path) -> None:
        report = index_files(archive, [emptied], prune=True)
        assert (report.kept, report.removed, len(ids(archive))) == (0, 1, 1)

    @pytest.mark.parametrize("data", [b"", b"\xff\xff\xff"])
    def test_a_file_that_cannot_be_read_keeps_its_own_even_then(
        self, archive: Archive, emptied: Path, data: bytes
    ) -> None:
        (emptied / "05.txt").write_bytes(data)
        assert index_files(archive, [emptied], prune=True).removed == 0


class TestReady:
    """Articles of .jsonl files keep their ids, and the later file counts."""

    def bodies(self, archive: Archive) -> dict[str, str]:
        return {card.id: archive.article(card.id).body for card in archive.cards()}

    def test_one_that_cannot_be_stored_costs_no_other(self, archive: Archive, pages: Path) -> None:
        ready(pages / "a.jsonl", **{"1": "早", "x" * 201: "晚"})
        report = index_files(archive, [pages])
        assert [(reject.file, reject.line) for reject in report.rejects] == [("a.jsonl", 2)]
        assert len(ids(archive)) == 3

    def test_the_later_file_takes_the_id_and_the_reader_is_told(self, archive: Archive, tmp_path: Path) -> None:
        ready(tmp_path / "w/a.jsonl", **{"1": "早"})
        ready(tmp_path / "w/b.jsonl", **{"0": "夜", "1": "晚"})
        for run in (index_files(archive, [tmp_path / "w"]), parse_files([tmp_path / "w"])):
            assert [(reject.file, reject.line) for reject in run.rejects] == [("b.jsonl", 2)]
            assert "编号 1 原在" in run.rejects[0].reason
            assert "a.jsonl" in run.rejects[0].reason
        assert self.bodies(archive) == {"0": "夜", "1": "晚"}
        assert {a.id: a.body for a in parse_files([tmp_path / "w"]).articles} == {"0": "夜", "1": "晚"}

    def test_another_run_gives_the_same(self, archive: Archive, tmp_path: Path) -> None:
        ready(tmp_path / "w/a.jsonl", **{"1": "早"})
        ready(tmp_path / "w/b.jsonl", **{"0": "夜", "1": "晚"})
        for _ in range(3):
            index_files(archive, [tmp_path / "w"])
            assert self.bodies(archive) == {"0": "夜", "1": "晚"}

    @pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
    def test_an_article_that_moves_to_another_file_stays(
        self, archive: Archive, tmp_path: Path, first: str, second: str
    ) -> None:
        ready(tmp_path / f"w/{first}.jsonl", **{"1": "早", "2": "晚"})
        ready(tmp_path / f"w/{second}.jsonl", **{"3": "夜"})
        index_files(archive, [tmp_path / "w"])
        ready(tmp_path / f"w/{first}.jsonl", **{"1": "早"})
        ready(tmp_path / f"w/{second}.jsonl", **{"2": "晚", "3": "夜"})
        index_files(archive, [tmp_path / "w"])
        assert self.bodies(archive) == {"1": "早", "2": "晚", "3": "夜"}


class TestNames:
    """A file of a folder that is in the index keeps the name and the day that the folder gave it."""

    @pytest.fixture
    def day(self, archive: Archive, tmp_path: Path) -> Path:
        (tmp_path / "w").mkdir()
        (tmp_path / "w/manifest.csv").write_text("file,newspaper\n2023-07-21/05.txt,晨光报\n", "utf-8")
        folder = write(tmp_path / "w/2023-07-21", **{"05": LAMPS})
        index_files(archive, [tmp_path / "w"])
        return folder

    @pytest.mark.parametrize("part", [".", "05.txt"])
    def test_it_is_unchanged_when_it_is_named_again(self, archive: Archive, day: Path, part: str) -> None:
        assert index_files(archive, [day / part]).unchanged == 1

    def test_it_keeps_them_when_it_has_changed(self, archive: Archive, day: Path) -> None:
        write(day, **{"05": LAMPS + "更正一处。\n"})
        assert index_files(archive, [day / "05.txt"]).articles == 1
        (article,) = (archive.article(identity) for identity in ids(archive))
        assert (article.source.file, str(article.date.start)) == ("2023-07-21/05.txt", "2023-07-21")
        assert article.source.newspaper == "晨光报"

    def test_a_manifest_that_broke_is_told_before_anything_is_written(self, archive: Archive, day: Path) -> None:
        write(day, **{"05": CHOIR})
        (day.parent / "manifest.csv").write_text("name\n", "utf-8")
        before = archive.corpus()
        with pytest.raises(BaokuError, match="没有 file 一列"):
            index_files(archive, [day / "05.txt"])
        assert archive.corpus() == before


class TestPlan:
    def test_it_says_what_cannot_be_used_before_there_is_an_archive(self, pages: Path) -> None:
        write(pages / "x", **{"07": LAMPS})
        (pages / "x/manifest.csv").write_text("file,date\n07.txt,昨天\n", "utf-8")
        with pytest.raises(BaokuError, match="昨天"):
            plan([pages])

    def test_it_can_be_carried_out(self, archive: Archive, pages: Path) -> None:
        (pages / "manifest.csv").write_text("file\n05.txt\n07.txt\n", "utf-8")
        report = carry_out(archive, plan([pages]))
        assert (report.articles, report.absent) == (2, ["07.txt"])
        assert "清单里有 1 个文件不在：07.txt" in report.lines()


class TestGone:
    def test_articles_of_a_file_that_is_gone_are_kept_and_counted(self, archive: Archive, pages: Path) -> None:
        index_files(archive, [pages])
        (pages / "05.txt").unlink()
        assert index_files(archive, [pages]).gone == 1
        assert len(ids(archive)) == 2

    def test_prune_removes_them(self, archive: Archive, pages: Path) -> None:
        index_files(archive, [pages])
        (pages / "05.txt").unlink()
        assert index_files(archive, [pages], prune=True).removed == 1
        assert len(ids(archive)) == 1

    def test_prune_keeps_what_cannot_be_seen(
        self, archive: Archive, pages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index_files(archive, [pages])
        before = set(archive.identities())

        def failing(path: str) -> Any:
            raise OSError(errno.EIO, "Input/output error", os.fspath(path))

        with monkeypatch.context() as patch:
            patch.setattr(os, "scandir", failing)
            report = index_files(archive, [pages], prune=True)
        assert (report.removed, set(archive.identities())) == (0, before)
        assert any("文件夹列不出来" in str(reject) for reject in report.rejects)

    def test_prune_leaves_other_folders_alone(self, archive: Archive, pages: Path, tmp_path: Path) -> None:
        index_files(archive, [pages])
        other = write(tmp_path / "other", **{"07": LAMPS})
        (pages / "05.txt").unlink()
        assert index_files(archive, [other], prune=True).removed == 0


class TestMoved:
    def test_a_moved_folder_keeps_its_ids(self, archive: Archive, pages: Path, tmp_path: Path) -> None:
        index_files(archive, [pages])
        before = ids(archive)
        moved = pages.rename(tmp_path / "moved")
        index_files(archive, [moved])
        assert ids(archive) == before

    def test_a_folder_renamed_inside_the_archive_keeps_its_ids(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "all").mkdir()
        year = write(tmp_path / "all/23", **{"05": LAMPS, "06": CHOIR})
        index_files(archive, [tmp_path / "all"])
        before = ids(archive)
        year.rename(tmp_path / "all/2023")
        report = index_files(archive, [tmp_path / "all"], prune=True)
        assert (ids(archive), report.gone, report.removed) == (before, 0, 0)

    def test_a_moved_folder_can_be_pruned_at_its_new_place(self, archive: Archive, pages: Path, tmp_path: Path) -> None:
        index_files(archive, [pages])
        moved = pages.rename(tmp_path / "moved")
        index_files(archive, [moved])
        (moved / "05.txt").unlink()
        assert index_files(archive, [moved], prune=True).removed == 1

    def test_two_folders_with_the_same_pages_both_stay(self, archive: Archive, pages: Path, tmp_path: Path) -> None:
        copy = write(tmp_path / "copy", **{"05": LAMPS, "06": CHOIR})
        index_files(archive, [pages])
        index_files(archive, [copy])
        assert len(ids(archive)) == 4

    def test_two_moved_folders_with_the_same_names_both_keep_their_ids(
        self, archive: Archive, pages: Path, tmp_path: Path
    ) -> None:
        copy = write(tmp_path / "copy", **{"05": LAMPS, "06": CHOIR})
        index_files(archive, [pages, copy])
        before = ids(archive)
        index_files(archive, [pages.rename(tmp_path / "x"), copy.rename(tmp_path / "y")])
        assert ids(archive) == before


def test_articles_that_came_from_no_file_survive_a_run(archive: Archive, pages: Path) -> None:
    archive.add([Article("own", Source(""), title="手写", body="自己写的一篇。")])
    index_files(archive, [pages])
    index_files(archive, [pages], prune=True)
    assert "own" in ids(archive)


def test_each_folder_has_its_own_manifest(pages: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", **{"05": CHOIR})
    for folder, day in ((pages, "2023-07-21"), (other, "2020-01-03")):
        (folder / "manifest.csv").write_text(f"file,date\n05.txt,{day}\n", "utf-8")
    found = {a.title: a.date.start for a in parse_files([pages / ".", other]).articles if a.source.file == "05.txt"}
    assert {title: str(day) for title, day in found.items()} == {"路灯亮了": "2023-07-21", "唱到天黑": "2020-01-03"}


def test_a_named_manifest_goes_before_those_of_the_folders(pages: Path, tmp_path: Path) -> None:
    (pages / "manifest.csv").write_text("file,date\n05.txt,2023-07-21\n", "utf-8")
    (tmp_path / "m.csv").write_text("file,date\n05.txt,2020-01-03\n", "utf-8")
    first, _ = parse_files([pages], tmp_path / "m.csv").articles
    assert str(first.date.start) == "2020-01-03"


def test_two_extractions_of_a_page_give_one_story_with_two_versions(archive: Archive, tmp_path: Path) -> None:
    story = "路灯亮了\n本报记者 王小满\n" + made_up_text(3, 300) + "\n"
    folder = write(tmp_path / "twice", a=story, b=story.replace("，", ","))
    assert index_files(archive, [folder]).duplicates == 1
    assert archive.search("路灯").total == 1


class TestMisreadNames:
    """A reporter's name that one page of many has wrong."""

    @pytest.fixture
    def misread(self, tmp_path: Path) -> Path:
        names = ["李青山"] * 6 + ["季青山"]
        news = [f"民警反诈{n}\n本报讯（记者 {name}）{made_up_text(n, 90)}古城街道\n" for n, name in enumerate(names)]
        return write(tmp_path / "pages", **{f"p{n}": text for n, text in enumerate(news)})

    def reporters(self, archive: Archive) -> set[str]:
        return {name for identity in ids(archive) for name in archive.article(identity).reporters}

    def test_is_merged_listed_and_merged_again_alike(self, archive: Archive, misread: Path) -> None:
        first, version = index_files(archive, [misread]), archive.corpus().version
        assert [(found.printed, found.name) for found in first.misreadings] == [("季青山", "李青山")]
        assert self.reporters(archive) == {"李青山"}
        again = index_files(archive, [misread])
        assert (again.unchanged, again.misreadings) == (7, first.misreadings)
        assert archive.corpus().version == version

    def test_parse_merges_as_index_does(self, archive: Archive, misread: Path) -> None:
        index_files(archive, [misread])
        parsed = parse_files([misread])
        assert {article.id: article for article in parsed.articles} == {i: archive.article(i) for i in ids(archive)}
        assert len(parsed.misreadings) == 1

    def test_a_merge_that_the_editor_undoes_is_taken_back(
        self, archive: Archive, misread: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index_files(archive, [misread])
        data = tmp_path / "data"
        shutil.copytree(reference_folder(), data, ignore=shutil.ignore_patterns("sample"))
        authority = (data / "reporters.toml").read_text("utf-8")
        undone = authority.replace("different = []", 'different = [["李青山", "季青山"]]')
        (data / "reporters.toml").write_text(undone, "utf-8")
        monkeypatch.setenv("BAOKU_DATA", str(data))
        (misread / "p6.txt").unlink()
        report = index_files(archive, [misread])
        assert (report.gone, report.misreadings) == (1, [])
        assert self.reporters(archive) == {"李青山", "季青山"}
