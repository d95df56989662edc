"""Commands typed by tests, what they print, and the pages that they are about."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from baoku import main

BOOKS = """御河街道

旧书换绿植 阳台添新景

本报讯 (记者 温雨禾) 5月14日，御河街道在小广场上摆开长桌，邀请居民拿旧书来换绿植。一上午换出去三百多盆吊兰和薄荷。

据介绍，这样的交换日每个月举办一次，下个月轮到旧玩具。
"""
CHESS = """修鞋摊前的棋局

本报讯 (记者 江一帆) 古城街道的修鞋匠老季有个规矩，等鞋的人要陪他下一盘棋。近日，街坊们给他送来一张石头棋桌。

老季说，鞋修得慢一点没关系，棋不能悔。输了棋的人，修鞋只收一半的钱。
"""
KITES = """广场上的风筝课

本报讯 (记者 温雨禾) 近日，新旺街道的文化广场上开了一堂风筝课，三十多个孩子跟着老艺人学扎沙燕。

第一批风筝飞起来的时候，孩子们追着影子跑了半个广场。
"""


def baoku(*words: str | Path) -> Result:
    """Runs a command in this process; whatever goes wrong, it must not be a traceback."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def found(index: Path, query: str = "") -> dict[str, str]:
    """The ids of all stories that are found, by title."""
    lines = records(baoku("search", query, "--index", index, "--format", "jsonl", "--limit", "100").stdout)
    return {str(line["title"]): str(line["id"]) for line in lines}


def sentence(done: Result) -> str:
    """The one sentence of a command that could not do its work."""
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("报库：")
    return line
