"""replay and import-list: what became of a list."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import Result

from search.archive import Archive
from search.article import from_record
from tests.commands.words import baoku


class TestTheResearchersStory:
    """A list, its receipt, an archive that goes on: what has become of the list is named, no more and no less."""

    STORIES = (
        {"id": "bread", "title": "面包窑开张", "body": "老街上的面包窑开张了。", "date": "2022-03-01"},
        {"id": "bench", "title": "长椅补漆", "body": "老街的长椅补了漆。", "date": "2022-04-01"},
        {"id": "river", "title": "河道清淤", "body": "河道清淤完成。", "date": "2022-05-01"},
    )
    LATER = (
        {"id": "lane", "title": "老街夜市", "body": "老街夜市人来人往。", "date": "2023-01-01"},
        {"id": "tree", "title": "古槐挂牌", "body": "老街的古槐挂了牌。", "date": "2023-02-01"},
        {"id": "well", "title": "古井加盖", "body": "老街的古井加了盖。", "date": "2023-03-01"},
        {"id": "bench", "title": "长椅补漆", "body": "老街的十把长椅补了漆。", "date": "2022-04-01"},
    )

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        self.add(tmp_path, self.STORIES)
        done = baoku("export", "老街", "--sort", "oldest", "--index", tmp_path / "index", "-o", tmp_path / "清单.csv")
        assert done.exit_code == 0, done.output
        return tmp_path

    @staticmethod
    def add(folder: Path, stories: tuple[dict[str, str], ...]) -> None:
        (folder / "stories.jsonl").write_text("\n".join(json.dumps(story) for story in stories), "utf-8")
        assert baoku("index", folder / "stories.jsonl", "--index", folder / "index").exit_code == 0

    def replayed(self, place: Path, *options: str) -> Result:
        return baoku("replay", place / "清单.csv.receipt.json", "--index", place / "index", *options)

    def test_nothing_has_changed(self, place: Path) -> None:
        done = self.replayed(place)
        assert (done.exit_code, done.stdout.startswith("完全相同：2 篇")) == (0, True)

    def test_three_are_added_and_one_is_corrected(self, place: Path) -> None:
        self.add(place, (self.STORIES[0], *self.STORIES[2:], *self.LATER))
        done = self.replayed(place, "--format", "json")
        changes = {(one["kind"], one["id"], one["headline"]) for one in json.loads(done.stdout)["changes"]}
        assert done.exit_code == 1
        assert changes == {
            ("added", "lane", "老街夜市"),
            ("added", "tree", "古槐挂牌"),
            ("added", "well", "古井加盖"),
            ("changed", "bench", "长椅补漆"),
        }
        assert "增加 3 篇，减少 0 篇，改动 1 篇" in self.replayed(place).stdout

    def test_the_receipt_knows_the_file(self, place: Path) -> None:
        file = json.loads((place / "清单.csv.receipt.json").read_text("utf-8"))["file"]
        content = (place / "清单.csv").read_bytes()
        assert file == {"name": "清单.csv", "rows": 2, "sha256": hashlib.sha256(content).hexdigest()}

    def test_list_and_receipt_lead_back_to_the_same_ids(self, place: Path) -> None:
        for name in ("清单.csv", "清单.csv.receipt.json"):
            done = baoku("import-list", place / name, "--index", place / "index")
            assert (done.exit_code, done.stdout.splitlines()) == (0, ["bread", "bench"])

    def test_what_is_gone_is_named_and_kept_in_its_place(self, place: Path) -> None:
        with Archive.rebuilding(place / "index") as fresh:
            fresh.add([from_record(self.STORIES[1])])
        done = baoku("import-list", place / "清单.csv", "--index", place / "index")
        assert (done.exit_code, done.stdout.splitlines()) == (1, ["bread", "bench"])
        assert "库中没有  面包窑开张" in done.stderr

    def test_a_search_has_a_receipt_of_all_its_hits(self, place: Path) -> None:
        words = ("老街", "--limit", "1", "--index", place / "index", "--receipt", place / "r.json")
        assert baoku("search", *words).exit_code == 0
        assert baoku("replay", place / "r.json", "--index", place / "index").exit_code == 0
        assert json.loads((place / "r.json").read_text("utf-8"))["total"] == 2

    @pytest.mark.parametrize("content", ["", "id,title\r\n", '{"baoku_receipt": 1}', '{"baoku_receipt": 9}'])
    def test_what_is_no_receipt_is_said_in_a_sentence(self, place: Path, content: str) -> None:
        (place / "other").write_text(content, "utf-8")
        done = baoku("replay", place / "other", "--index", place / "index")
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)

    def test_a_file_that_is_not_there(self, place: Path) -> None:
        for command in ("replay", "import-list"):
            done = baoku(command, place / "nowhere", "--index", place / "index")
            assert (done.exit_code, "读不了" in done.stderr) == (2, True)
