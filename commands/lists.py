"""Lists and receipts that somebody has: verify, replay, import-list."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from commands.common import DONE, INDEX, NOTHING, WRONG, folder_of, in_form
from search.archive import Archive
from search.errors import BaokuError, ReceiptInvalid
from search.export.readrow import ListUnreadable
from search.export.verify import UNKNOWN, WHOLE
from search.imported import KNOWN, UNREAD, Item, in_a_line, items
from search.receipt import Receipt, read, replay, told
from search.receipt.proof import verify_with_receipt

STANDARD_INPUT = Path("-")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@in_form("table", "jsonl")
def verify(files: tuple[Path, ...], form: str) -> None:
    """导出的文件是否完整：原样、断了、还是改动过，在第几行；旁边有检索凭证的，也看是不是凭证上的那个文件。

    \b
    退出码 exit codes: 0 全部完整, 1 有断了、改动过或另存过的, 2 有不是导出清单的
    例 examples:
      baoku verify 清单.csv
      baoku verify *.xlsx --format jsonl
    """
    codes = [_verified(path, form) for path in files]
    sys.exit(max(codes))


def _verified(path: Path, form: str) -> int:
    """Says what became of one file."""
    try:
        verdict = verify_with_receipt(path)
    except ListUnreadable as error:
        click.echo(f"{path}：{error}", err=True)
        return WRONG
    if form == "jsonl":
        click.echo(json.dumps({"file": str(path), **asdict(verdict)}, ensure_ascii=False))
    else:
        click.echo("\n".join((f"{path}：{verdict.sentence}", *(f"  {finding}" for finding in verdict.findings))))
    return {WHOLE: DONE, UNKNOWN: WRONG}.get(verdict.state, NOTHING)


@click.command("replay")
@click.argument("receipt", type=click.Path(path_type=Path, allow_dash=True))
@in_form("table", "json")
@INDEX
def replay_command(receipt: Path, form: str, place: Path | None) -> None:
    """按凭证再检索一次：完全相同，还是增加、减少、改动了哪几篇。

    \b
    例 example: baoku replay 清单.csv.receipt.json
    退出码 exit codes: 0 完全相同, 1 有变化, 2 不是凭证或索引有误
    """
    done = replay(Archive.open(folder_of(place)), _receipt(receipt))
    if form == "json":
        click.echo(json.dumps(told.to_json(done), ensure_ascii=False, indent=2))
    else:
        for line in told.in_words(done):
            click.echo(line)
    sys.exit(DONE if done.verdict == "identical" else NOTHING)


@click.command("import-list")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@in_form("ids", "table", "jsonl", words="只要编号，还是连同标题和状态")
@INDEX
def import_list(file: Path, form: str, place: Path | None) -> None:
    """读回导出的清单或凭证：按原来的次序给出编号；库中没有的、有改动的逐一指明。

    \b
    例 example: baoku import-list 清单.csv --format table
    退出码 exit codes: 0 全部在库, 1 有库中没有的或有改动的, 2 不是清单或索引有误
    """
    done, unread = True, False
    for item in _items(Archive.open(folder_of(place)), file):
        done, unread = done and item.state == KNOWN, unread or (item.state == KNOWN and not item.read)
        if form == "jsonl":
            click.echo(json.dumps(asdict(item), ensure_ascii=False))
        elif form == "table":
            click.echo(in_a_line(item))
        else:
            click.echo(item.id, nl=bool(item.id))
            if item.state != KNOWN:
                click.echo(in_a_line(item), err=True)
    if unread:
        click.echo(f"注意：{UNREAD}", err=True)
    sys.exit(DONE if done else NOTHING)


def _items(archive: Archive, path: Path) -> Iterator[Item]:
    with _reading(path), path.open("rb") as file:
        yield from items(archive, file)


def _receipt(path: Path) -> Receipt:
    """The receipt in a file, or on standard input."""
    with _reading(path):
        return read(sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes())


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What is wrong with a file is told with its name."""
    try:
        yield
    except (ListUnreadable, ReceiptInvalid) as error:
        raise BaokuError(f"{path}：{error}") from None
    except OSError as error:
        raise BaokuError(f"读不了 {path}：{error.strerror or error} (cannot be read)") from None
