"""What is in the index, and that it stays whole: stats, versions, check, upgrade, backup, restore."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from tqdm import tqdm

from commands.common import DONE, INDEX, NOTHING, folder_of, in_form, record
from indexer.duplicates import sketch
from search.archive import Archive
from search.export.differences import write_versions
from search.export.table import write_stats
from search.settings import Settings
from search.upgrade.anew import due, upgrade


@click.command()
@INDEX
@in_form("table", "json")
def stats(place: Path | None, form: str) -> None:
    """馆藏多少，缺什么。

    \b
    例 examples:
      baoku stats
      baoku stats --format json | jq .undated
    """
    held = Archive.open(folder_of(place)).stats()
    if form == "json":
        click.echo(json.dumps(asdict(held), ensure_ascii=False, indent=2))
        return
    for line in write_stats(held):
        click.echo(line)


@click.command()
@click.argument("identity")
@INDEX
def versions(identity: str, place: Path | None) -> None:
    """一篇报道的各个版本和它们的差别：[-只在最好的版本-]{+只在这个版本+}。

    \b
    例 example:
      baoku versions 0123456789abcdef
    """
    found = Archive.open(folder_of(place)).versions(identity)
    if not found:
        click.echo(f"没有编号 {identity} 的文章 (no such article)", err=True)
    for line in write_versions(found) if found else ():
        click.echo(line)
    sys.exit(DONE if found else NOTHING)


@click.command()
@INDEX
@in_form("table", "json")
def check(place: Path | None, form: str) -> None:
    """索引是否完好：每个字节核对校验值，每张表、每一栏与每篇文章互相核对。

    \b
    退出码 exit codes: 0 完好, 1 有不符的, 2 索引打不开
    例 examples:
      baoku check --index var/index
      baoku check --format json | jq .problems
    """
    archive = Archive.open(folder_of(place))
    problems = archive.check()
    record(folder_of(place), "check", problems=len(problems))
    articles = None if problems else archive.corpus().articles
    if form == "json":
        held = {"whole": not problems, "articles": articles, "problems": problems}
        click.echo(json.dumps(held, ensure_ascii=False, indent=2))
        sys.exit(NOTHING if problems else DONE)
    for problem in problems:
        click.echo(problem, err=True)
    if not problems:
        click.echo(f"索引完好：{articles} 篇文章全部可读，摘要相符 (the index is whole)")
    sys.exit(NOTHING if problems else DONE)


@click.command("upgrade")
@INDEX
def upgrade_command(place: Path | None) -> None:
    """把早先的报库或早先的词典建的索引改成现在的；文章一篇不少，改好、核对过才换下旧的。

    \b
    旧的换下就没有了，要留就先把索引文件夹复制一份；网页不用停，开着的用完旧的再用新的。
    例 example: baoku upgrade --index var/index
    """
    reasons = due(folder := folder_of(place))
    for reason in reasons:
        click.echo(f"{folder}：{reason}", err=True)
    if not reasons:
        click.echo(f"索引 {folder} 已是现在的格式和词典，不用升级 (nothing to do)")
        return
    articles = upgraded(folder).corpus().articles
    record(folder, "upgrade", articles=articles)
    click.echo(f"{articles} 篇文章已改成现在的格式和词典，逐篇核对过 (upgraded)")


def upgraded(folder: Path) -> Archive:
    """The archive, made anew of what is stored in it."""
    bar = partial(tqdm, unit=" 篇", file=sys.stderr, disable=None, leave=False)
    return upgrade(folder, sketch, Settings.load().memory, bar)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@INDEX
def backup(folder: Path, place: Path | None) -> None:
    """把索引和短链接备份到一个文件夹：先核对，完好才换下那里旧的备份；网页和收录都不用停。

    \b
    备份就是一个索引，可以直接用 --index 打开。
    例 example: baoku backup /mnt/备份/报库
    """
    _copied(folder_of(place), folder, _links(folder_of(place)), _links(folder, beside=True))
    if (kept := _accounts(folder_of(place))).is_file():
        _copy_accounts(kept, _accounts(folder, beside=True))
    record(folder_of(place), "backup", place=str(folder.absolute()))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@INDEX
def restore(folder: Path, place: Path | None) -> None:
    """从备份恢复索引：先核对，完好才换下现在的；开着的网页半秒后用恢复的。

    \b
    例 example: baoku restore /mnt/备份/报库
    """
    _copied(folder, folder_of(place), _links(folder, beside=True), _links(folder_of(place)))
    kept, now = _accounts(folder, beside=True), _accounts(folder_of(place))
    if kept.is_file() and not now.exists():  # who was removed since must not come back
        _copy_accounts(kept, now)
    record(folder_of(place), "restore", place=str(folder.absolute()))


def _copied(source: Path, target: Path, links: Path | None, kept: Path | None) -> None:
    """Puts one index in the place of another; the short links of the one are added to those of the other."""
    from webui.shortlinks import add_links

    articles = Archive.copy(source, target).corpus().articles
    number = add_links(links, kept) if links and kept and links.is_file() else 0
    click.echo(f"{articles} 篇文章、{number} 个短链接 → {target}，已逐篇核对 (copied and checked)")


def _links(folder: Path, *, beside: bool = False) -> Path | None:
    """Where the short links of an index are kept; None where there are none."""
    from webui.shortlinks import place_of

    return place_of(folder, "" if beside else Settings.load().links)


def _accounts(folder: Path, *, beside: bool = False) -> Path:
    """Where the accounts of an index are kept."""
    from webui.accounts.store import accounts_of

    return accounts_of(folder, "" if beside else Settings.load().accounts).path


def _copy_accounts(source: Path, target: Path) -> None:
    from webui.accounts.store import copy_accounts

    copy_accounts(source, target)
    click.echo(f"账号 → {target} (accounts copied)")
