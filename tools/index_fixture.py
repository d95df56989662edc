"""Makes a small index of the format that a program writes, with everything that must come out of it again.

    python -m tools.index_fixture
    PYTHONPATH=EARLIER python tools/index_fixture.py FOLDER

The first adds one of this program to ``tests/fixtures/indexes``, as every change of the format must; the second has an
earlier program, in the folder EARLIER, make one. Two runs of ``baoku index`` over an invented page, its second
extraction and some ready articles leave segments in which articles have been replaced, added and removed. Beside
``index.zip`` stands ``entries.jsonl``, what that very program reads out of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from search.archive import Archive
from search.article import to_record

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "indexes"
_READING = """院里来了流动书车

本报讯 (记者 丁一) 5月1日，永泰街道的流动书车开进柳树巷社区，车上有三百本书，都是邻居们捐的。管车的于师傅说，书车每周六\
来一次，
借书不用押金，登个门牌号就行。

住在三号楼的李奶奶借了一本菜谱，她说要学做一道新菜，下周端来请大家尝。
"""
_FLOWERS = """旧轮胎种出花墙

本报讯 (记者 于二) 永泰街道的旧轮胎刷上油漆，挂在院墙上种了花，路过的人都要停下来看一看。
"""
_FIRST = {"p1.txt": _READING, "p2.txt": _FLOWERS}
_THEN = {"p1.txt": _READING, "p1b.txt": _READING.partition("住在")[0] + _FLOWERS}


def make(folder: Path) -> None:
    """Makes ``folder`` with the index and what is in it."""
    with tempfile.TemporaryDirectory() as place, chdir(place):
        for pages, last in ((_FIRST, 4), (_THEN, 5)):
            _write_pages(Path("pages"), pages, last)
            _index()
        folder.mkdir(parents=True, exist_ok=True)
        with ZipFile(folder / "index.zip", "w", ZIP_DEFLATED) as out:
            for path in sorted(Path("index").glob("*[!K]")):
                out.write(path, path.name)
        lines = (json.dumps(line, ensure_ascii=False) for line in _entries(Path("index")))
        (folder / "entries.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _write_pages(folder: Path, pages: Mapping[str, str], last: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    ready = [json.dumps(_ready(number, last), ensure_ascii=False) for number in range(last - 4, last)]
    (folder / "ready.jsonl").write_text("\n".join(ready), "utf-8")


def _ready(number: int, last: int) -> dict[str, Any]:
    """A ready article with something in every field; the run that ends before ``last`` has words of its own."""
    return {
        "id": f"ready-{number}",
        "title": f"第{number}个图书角开门",
        "kicker": "社区里的书架",
        "subtitle": "——一本书换一盆花",
        "section": "街巷",
        "byline": "本报记者 丁一",
        "reporters": ["丁一"],
        "photographers": ["于二"],
        "body": f"第{number}个图书角开在院里。\n第{last}次说起它，书多了{last}本😀𠮷。",
        "captions": ["孩子们在挑书。", "书架是旧门板做的。"],
        "date": "2022-05-01",
        "date_end": f"2022-05-{number + 1:02}",
        "streets": ["永泰街道"],
        "topics": ["文化"],
        "source": {"file": "ready.jsonl", "spans": [[number, number]], "page": "05", "newspaper": "平城报"},
    }


def _index() -> None:
    command = [sys.executable, "-m", "baoku", "index", "pages", "--index", "index", "--prune"]
    program = os.environ.get("PYTHONPATH") or str(ROOT)
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": program})


def _entries(index: Path) -> Iterator[dict[str, Any]]:
    archive = Archive.open(index)
    for card in sorted(archive.cards(), key=lambda card: card.id):
        article = archive.article(card.id)
        if article is None:
            raise KeyError(card.id)
        marks = {"origin": card.origin, "fingerprint": card.fingerprint, "sketch": list(card.sketch)}
        yield {"record": to_record(article), **marks}


def _new() -> Path:
    """The folder of a fixture of today."""
    from search.engine.store import FORMAT

    return FIXTURES / f"{FORMAT}-{date.today()}"


if __name__ == "__main__":
    make(Path(sys.argv[1]).absolute() if sys.argv[1:] else _new())
