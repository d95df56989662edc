"""Searches, and their hits as lists: search, export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from tqdm import tqdm

from commands.common import DONE, INDEX, NOTHING, folder_of, in_form
from search.archive import Archive
from search.days import read_bounds
from search.errors import BaokuError
from search.export import EXPORTS
from search.export.form import Wanted
from search.export.saving import STANDARD_OUTPUT, save
from search.export.table import write_help, write_records, write_table
from search.labels import FACET_LABELS
from search.listed import Listed
from search.receipt import Exported, Hashed, issue, write
from search.receipt.proof import beside
from search.request import SORTS, SearchRequest
from search.results import Results
from search.settings import Settings
from search.suggest.alternatives import FEW

_FACETS = ("street", "reporter", "topic", "kind", "section")


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that search and export share; decorators apply from the last to the first."""
    command = INDEX(command)
    command = click.option("--all-versions", is_flag=True, help="同一报道的各个版本都列出")(command)
    command = click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="次序")(
        command
    )
    command = click.option("--to", "last", help="到这一天止，写法同上")(command)
    command = click.option("--from", "first", help="从这一天起：2022、2022-05 或 2022-05-22")(command)
    for facet in reversed(_FACETS):
        words = FACET_LABELS[facet]
        command = click.option(f"--not-{facet}", multiple=True, help=f"不要这个{words}，可重复")(command)
        command = click.option(f"--{facet}", multiple=True, help=f"只要这个{words}，可重复（或者的关系）")(command)
    return command


@click.command()
@click.argument("query", default="")
@_filters
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="列出多少篇")
@in_form("table", "json", "jsonl")
@click.option("--receipt", type=click.Path(path_type=Path), help="把这次检索的凭证写到这个文件")
def search(query: str, place: Path | None, limit: int, form: str, receipt: Path | None, **filters: Any) -> None:
    """检索；以 - 开头的词前面加 -- 。

    \b
    例 examples:
      baoku search 老旧小区 --street 水泊寺街道
      baoku search '"智慧社区"' --from 2022 --sort newest --limit 50
      baoku search --format jsonl -- '居民 -公告' | jq -r .title
    """
    archive = Archive.open(folder_of(place))
    results = archive.answer(request := _request(query, filters, limit))
    if receipt:
        save([write(issue(archive.listed(request))).encode()], receipt)
    for line in _table(archive, results) if form == "table" else write_records(results, form):
        click.echo(line)
    sys.exit(DONE if results.total else NOTHING)


def _table(archive: Archive, results: Results) -> Iterator[str]:
    yield from write_table(results)
    meant = archive.did_you_mean(results.request) if results.total <= FEW else []
    why = None if results.total else archive.why_nothing(results.request)
    yield from write_help(meant, why)


@click.command()
@click.argument("query", default="")
@_filters
@in_form("csv", *sorted({*EXPORTS} - {"csv"}))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=STANDARD_OUTPUT,
    help="写到哪个文件，- 是标准输出",
)
@click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    help="检索凭证写到哪个文件，默认在导出的文件旁边，名字加 .receipt.json",
)
@click.option("--text", is_flag=True, help="CSV 和 XLSX 多一列正文；其余格式不变")
def export(
    query: str, place: Path | None, form: str, output: Path, receipt: Path | None, text: bool, **filters: Any
) -> None:
    """导出全部结果，不截断；每行带校验，baoku verify 能看出文件是否完整。

    \b
    例 examples:
      baoku export 老旧小区 --street 水泊寺街道 -o 清单.csv
      baoku export '"智慧社区"' --from 2022 --to 2023 --format xlsx --text -o 清单.xlsx
      baoku export 消防 --format jsonl | jq -r .title
    """
    listed = Archive.open(folder_of(place)).listed(_request(query, filters, 100))
    address = Settings.load().address.rstrip("/") + "/article/"
    chosen = EXPORTS[form]
    if chosen.binary and output == STANDARD_OUTPUT and sys.stdout.isatty():
        raise click.UsageError(f"{form} 不是文字，请用 -o 写到文件里 (binary; use -o FILE)")
    wanted = Wanted(lambda identity: address + quote(identity), text, receipt=lambda: write(issue(listed)).encode())
    pieces = Hashed(chosen.write(_watched(listed), wanted))
    save(pieces, output)
    if output != STANDARD_OUTPUT:
        click.echo(f"{listed.total} 篇 → {output}", err=True)
    if receipt := receipt or (beside(output) if output.is_file() else None):
        save([write(issue(listed, Exported(output.name, listed.total, pieces.sha256))).encode()], receipt)
    sys.exit(DONE if listed.total else NOTHING)


def _watched(listed: Listed) -> Listed:
    """The same list, which tells on a terminal how far it has been read."""
    bar = partial(tqdm, total=listed.total, unit=" 篇", file=sys.stderr, disable=None, leave=False)
    return replace(listed, rows=lambda: bar(listed.rows()))


def _request(query: str, options: dict[str, Any], per_page: int) -> SearchRequest:
    first, last = _days(options["first"], options["last"])
    return SearchRequest(
        query=query,
        only=_values(options, ""),
        without=_values(options, "not_"),
        first_day=first,
        last_day=last,
        sort=options["sort"],
        per_page=per_page,
        all_versions=options["all_versions"],
    )


def _values(options: dict[str, Any], prefix: str) -> dict[str, tuple[str, ...]]:
    return {facet: options[prefix + facet] for facet in _FACETS if options[prefix + facet]}


def _days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    try:
        start, end, exchanged = read_bounds(first, last)
    except ValueError as error:
        raise BaokuError(f"看不懂日期「{error}」，请写成 2022、2022-05 或 2022-05-22 (not a date)") from None
    if exchanged:
        click.echo("注意：起止日期颠倒，已对调 (from and to were exchanged)", err=True)
    return start, end
