"""Pages into articles, and articles into the index: parse, index."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from commands.common import DONE, INDEX, MANIFEST, NOTHING, PATHS, folder_of, record
from commands.upkeep import upgraded
from indexer.pipeline import carry_out, explain_files, parse_files, plan
from indexer.report import Report, misreading_lines
from search.archive import Archive
from search.article import to_record
from search.errors import BaokuError
from search.settings import Settings


@click.command()
@PATHS
@MANIFEST
@click.option("--explain", is_flag=True, help="不输出 JSON，而是逐行说明版面怎样读：每行是什么、属哪一篇、为什么")
def parse(paths: tuple[Path, ...], manifest: Path | None, explain: bool) -> None:
    """把版面切成报道，逐行输出 JSON；未收的文件和原因写到 stderr。

    \b
    例 examples:
      baoku parse data/sample > 文章.jsonl
      baoku parse --explain data/sample/2022-05-22/05.txt
    """
    if explain:
        for line in explain_files(paths, manifest):
            click.echo(line)
        return
    parsed = parse_files(paths, manifest)
    for article in parsed.articles:
        click.echo(json.dumps(to_record(article), ensure_ascii=False))
    for line in misreading_lines(parsed.misreadings):
        click.echo(line, err=True)
    for reject in parsed.rejects:
        click.echo(f"未收 {reject}", err=True)
    sys.exit(NOTHING if parsed.rejects else DONE)


@click.command()
@PATHS
@MANIFEST
@INDEX
@click.option("--prune", is_flag=True, help="把已不在磁盘上、或已没有报道的文件的旧报道移出索引")
@click.option("--rebuild", is_flag=True, help="从头建立新索引，建好了才换下旧的")
def index(paths: tuple[Path, ...], manifest: Path | None, place: Path | None, prune: bool, rebuild: bool) -> None:
    """把版面或 .jsonl 文章收入索引；没有变化的文件跳过。

    \b
    例 examples:
      baoku index 我的版面
      baoku index 我的版面 --prune
    """
    folder = folder_of(place)
    memory = Settings.load().memory
    ready = plan(paths, manifest)
    if rebuild:
        with Archive.rebuilding(folder) as archive:
            archive.memory = memory
            report = carry_out(archive, ready)
            _refuse_loss(folder, report)
    else:
        archive = _writable(folder)
        archive.memory = memory
        report = carry_out(archive, ready, prune=prune)
    for line in report.lines():
        click.echo(line)
    held, rejected = archive.corpus().articles, len(report.rejects)
    record(folder, "rebuild" if rebuild else "prune" if prune else "index", articles=held, rejected=rejected)
    sys.exit(NOTHING if report.rejects else DONE)


def _refuse_loss(folder: Path, report: Report) -> None:
    """A new index does not take the place of one that has articles of files which could not be read now."""
    try:
        held = {card.origin for card in Archive.open(folder).cards()} if report.unread else set()
    except BaokuError:
        # An index that cannot be read has nothing to lose; or there is none.
        return
    if lost := [path for path in report.unread if any(one == path or one.startswith(f"{path}/") for one in held)]:
        raise BaokuError(
            f"旧的索引没有换下：有 {len(lost)} 处现在读不了，里面的文章旧索引里有，第一处是 {lost[0]}；"
            "修好或移走，再运行一次 (files cannot be read: nothing was replaced)"
        )


def _writable(folder: Path) -> Archive:
    """The archive to be added to; when the dictionary has changed, all its articles are first cut into words anew."""
    archive = Archive.create(folder)
    if archive.stale:
        click.echo(f"词典或折叠规则有变，先把库里 {archive.corpus().articles} 篇文章重新切词 ……", err=True)
        archive = upgraded(folder)
    return archive
