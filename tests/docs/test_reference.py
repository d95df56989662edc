"""The reference names everything that the program has, and nothing that it has not."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from documents import ROOT, Document, codes, every_command

from baoku import main
from indexer.explain import LABELS
from indexer.sources import manifest
from search import receipt as receipts
from search.archive import Archive
from search.article import DATE_SOURCES, KINDS, Article, PublicationDate, Source, to_record
from search.export import EXPORTS
from search.export.columns import SEALS, columns
from search.export.form import Wanted
from search.labels import KIND_LABELS
from search.receipt.replay import REASONS
from search.request import PER_PAGE, SORTS, SearchRequest
from search.settings import Settings
from search.trends import BY
from tests.quality.gold import SETS
from webui import app, downloads, errors, params, trends
from webui.accounts import entrance, passwords, store
from webui.accounts.deeds import EVENTS
from webui.jobs import desk, job, room

REFERENCE = Document(ROOT / "docs" / "reference.md")
COMMAND = r"`baoku ?([a-z -]*)([^`]*)`"
COMMANDS = every_command(main)
SHARED = "筛选选项 Filter options"
FILTERED = ("search", "export")
DATA = ROOT / "data"
DAY = date(2022, 5, 22)
STORY = Article(
    "a1", Source("05.txt"), title="路灯亮了", body="路灯修好了。", date=PublicationDate(DAY, DAY, "manifest")
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reference") / "index"
    Archive.create(path).add([STORY, Article("tested", Source(""), date=STORY.date, body="广场上有核酸采样点。")])
    return path


def test_commands() -> None:
    documented = [re.match(COMMAND, heading)[1].strip() for heading in REFERENCE.headings(COMMAND)]
    assert sorted(documented) == sorted(["", *COMMANDS])


@pytest.mark.parametrize("heading", REFERENCE.headings(COMMAND))
def test_options_and_arguments(heading: str) -> None:
    name, arguments = (part.strip() for part in re.match(COMMAND, heading).groups())
    command = COMMANDS[name] if name else main
    documented = REFERENCE.names(heading) + (REFERENCE.names(SHARED) if name in FILTERED else [])
    options = [opt for param in command.params if isinstance(param, click.Option) for opt in param.opts]
    assert sorted(documented) == sorted(options if name else [*options, "-h", "--help"])
    expected = [param.name.upper() for param in command.params if isinstance(param, click.Argument)]
    assert re.findall("[A-Z]+", arguments) == expected


@pytest.mark.parametrize("name", COMMANDS)
def test_choices_of_options(name: str) -> None:
    heading = next(heading for heading in REFERENCE.headings(COMMAND) if re.match(COMMAND, heading)[1].strip() == name)
    rows = REFERENCE.rows(heading) + (REFERENCE.rows(SHARED) if name in FILTERED else [])
    for param in COMMANDS[name].params:
        if isinstance(param.type, click.Choice):
            row = next(row for row in rows if param.opts[0] in codes(row[0]))
            assert set(codes(row[1])) == set(param.type.choices), param.opts[0]


def test_settings() -> None:
    documented = [[code for cell in row[:3] for code in codes(cell)] for row in REFERENCE.rows("设置 Settings")]
    assert documented == [
        [f.name, f"BAOKU_{f.name.upper()}", *([str(f.default)] if f.default else [])] for f in fields(Settings)
    ]


def test_bounds_of_the_login() -> None:
    assert f"密码问两遍，{passwords.LEAST} 到 {passwords.MOST} 个字符" in REFERENCE.text
    assert f"{store.IDLE_SECONDS // 3600} 小时不用就作废" in REFERENCE.text
    failures = f"{entrance.FAILURES_OF_A_NAME} 次，或一个地址错 {entrance.FAILURES_OF_AN_ADDRESS} 次"
    assert f"{entrance.MINUTES} 分钟里错 {failures}" in REFERENCE.text


def test_events_of_the_audit_log() -> None:
    assert REFERENCE.names("审计记录 The audit log") == [*EVENTS]


def test_variables() -> None:
    sources = [
        ROOT / "baoku.py",
        *(path for room in ("search", "indexer", "webui", "commands") for path in (ROOT / room).rglob("*.py")),
    ]
    read = {name for path in sources for name in re.findall("BAOKU_[A-Z_]*[A-Z]", path.read_text("utf-8"))}
    known = read | {f"BAOKU_{f.name.upper()}" for f in fields(Settings)}
    assert set(re.findall("BAOKU_[A-Z_]*[A-Z]", REFERENCE.text)) == known


def test_urls() -> None:
    def bare(rule: str) -> str:
        return re.sub("<[^>]+>", "<>", rule)

    made = app.create_app({"INDEX": "nowhere"})
    # A form and what becomes of it share an address.
    rules = {rule.rule.replace(made.static_url_path, "/static/<hash>") for rule in made.url_map.iter_rules()}
    assert sorted(map(bare, REFERENCE.names("网址 URLs"))) == sorted(map(bare, rules))


def test_parameters() -> None:
    assert sorted(REFERENCE.names("参数 Parameters")) == sorted(params.NAMES | {"next"})
    rows = {row[0]: row[1] for row in REFERENCE.rows("参数 Parameters")}
    assert codes(rows["`sort`"]) == list(SORTS)
    assert re.findall(r"\d+", rows["`per_page`"])[:-1] == list(map(str, PER_PAGE))


def test_parameters_of_export() -> None:
    assert REFERENCE.names("导出的参数 Parameters of export") == [downloads.FORMAT, downloads.TEXT]


def test_long_exports() -> None:
    section = "较长的导出 Long exports"
    documented = {form: int(row[1]) for row in REFERENCE.rows(section) for form in codes(row[0])}
    assert documented == job.LONG
    assert f"最多 {desk.MOST_WAITING} 份在等" in REFERENCE.text
    assert f"（{desk.AGE} 秒）没有人来看" in REFERENCE.text
    assert f"名字以 `{room.PREFIX}` 开头" in REFERENCE.text


def test_parameters_of_trends() -> None:
    assert REFERENCE.names("走势的参数 Parameters of trends") == [*trends.PARAMETERS]
    rows = {row[0]: row[1] for row in REFERENCE.rows("走势的参数 Parameters of trends")}
    assert codes(rows["`by`"]) == list(BY)


def test_status_codes() -> None:
    documented = {int(row[0]) for row in REFERENCE.rows("状态码 Status codes")} - {200}
    assert set(errors.STATUSES.values()) <= documented <= set(errors.TITLES)
    assert f"{app.QUERY_BYTES} 字节" in REFERENCE.text


def _keys(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{'*' if path == 'facets' else key}".lstrip(".")
            yield from (() if path == "facets" else (here,))
            yield from _keys(inner, here)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, f"{path}[]")


def test_keys_of_the_json_answer(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggest.alternatives.SECONDS", 60)
    answer = app.create_app({"INDEX": index}).test_client().get("/search.json?q=ludeng 或 核酸检测").json
    assert sorted(REFERENCE.names("JSON 答案 The JSON answer")) == sorted(set(_keys(answer)))


def test_keys_of_errors(index: Path) -> None:
    answer = app.create_app({"INDEX": index}).test_client().get("/search.json?from=x").json
    shown = [json.loads(block.text) for block in REFERENCE.blocks("json")]
    assert [*answer] in [[*example] for example in shown]


def test_keys_of_the_command_lines_answer(index: Path) -> None:
    run = CliRunner().invoke(main, ["search", "路灯", "--index", str(index), "--format", "json"])
    answer = json.loads(run.stdout)
    assert "只有 " + "、".join(f"`{key}`" for key in answer) + "；" in REFERENCE.text
    added = [key for key in answer["hits"][0] if key not in to_record(STORY)]
    assert "整篇记录，加 " + " 和 ".join(f"`{key}`" for key in added) + "。" in REFERENCE.text


def test_columns() -> None:
    documented = [(codes(row[0])[0], row[1]) for row in REFERENCE.rows("导出的列 Columns")]
    assert documented == [(column.key, column.heading) for column in (*columns(text=True), *SEALS)]


def test_export_formats(index: Path) -> None:
    assert REFERENCE.names("导出 Exports") == [*EXPORTS]
    listed = Archive.open(index).listed(SearchRequest("亮了"))
    exported = json.loads(b"".join(EXPORTS["jsonl"].write(listed, Wanted(str))))
    added = [key for key in exported if key not in to_record(STORY)]
    row = next(row for row in REFERENCE.rows("导出 Exports") if row[0] == "`jsonl`")
    assert codes(row[1]) == added


def test_keys_of_a_receipt(index: Path) -> None:
    receipt = receipts.issue(Archive.open(index).listed(SearchRequest("路灯")))
    assert REFERENCE.names("检索凭证 Receipts") == [*json.loads(receipts.write(receipt))]
    assert REFERENCE.names("缘由 Reasons") == [*REASONS]


def test_the_record() -> None:
    keys = set(_keys(to_record(STORY))) - {"source"}
    assert sorted(REFERENCE.names("报道的记录 The record")) == sorted(keys)


def test_kinds_and_date_sources() -> None:
    kinds = {codes(row[0])[0]: row[1] for row in REFERENCE.rows("体裁 Kinds")}
    assert kinds == {kind: KIND_LABELS[kind] for kind in KINDS}
    assert sorted(REFERENCE.names("日期依据 Date sources")) == sorted(DATE_SOURCES)


def test_labels_of_the_explanation() -> None:
    row = next(row for row in REFERENCE.rows("逐行说明 The explanation") if row[0] == "标签")
    assert sorted(codes(row[1])) == sorted(LABELS.values())


def test_sets_of_pages_with_answers() -> None:
    assert REFERENCE.names("质量 make quality") == [*SETS]


def test_the_manifest() -> None:
    assert REFERENCE.names("清单 manifest.csv") == [*manifest.COLUMNS]


def test_data_files() -> None:
    documented = [codes(heading)[0] for heading in REFERENCE.headings(r"`\w+\.(toml|txt)`")]
    assert sorted(documented) == sorted(path.name for suffix in ("toml", "txt") for path in DATA.glob(f"*.{suffix}"))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.name)
def test_keys_of_data_files(path: Path) -> None:
    """A table whose keys are the newspaper's own (names, misprints) is documented as a whole."""
    documented = set(REFERENCE.names(f"`{path.name}`"))
    known = set(_keys_of_lists(tomllib.loads(path.read_text("utf-8"))))
    assert documented <= known
    assert all(
        name in documented or name.partition(".")[0] in documented for name in known if not _parted(name, documented)
    )


def _keys_of_lists(lists: dict[str, Any]) -> Iterator[str]:
    """Every key, and for tables and lists of tables every key in them behind a full stop."""
    for key, value in lists.items():
        yield key
        for table in value if isinstance(value, list) else [value]:
            yield from (f"{key}.{inner}" for inner in table) if isinstance(table, dict) else ()


def _parted(name: str, documented: set[str]) -> bool:
    return any(other.startswith(f"{name}.") for other in documented)
