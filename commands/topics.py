"""By which words topics are told, and learning them: topics."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from commands.common import INDEX, NOTHING, folder_of
from indexer.describe.account import account_for, learning_account
from indexer.describe.learning import cross_validate, learn, read_labelled, write_learnt
from indexer.describe.reference import LEARNT, Reference
from search.archive import Archive
from search.reference import reference_folder


@click.command()
@click.option("--explain", "identity", metavar="ID", help="说明这一篇的主题和体裁是凭什么判的")
@click.option("--train", is_flag=True, help="从 training.jsonl 里标好主题的报道重新学习词的分量，写进 weights.toml")
@INDEX
def topics(identity: str | None, train: bool, place: Path | None) -> None:
    """主题凭哪些词判的；从标好的报道重新学。

    \b
    例 examples:
      baoku topics --explain 0123456789abcdef
      baoku topics --train
    """
    if train == (identity is not None):
        raise click.UsageError("请写 --explain 编号 或 --train，二者取一 (one of the two)")
    for line in _learn() if train else _explain(identity or "", folder_of(place)):
        click.echo(line)


def _learn() -> Iterator[str]:
    """Learns the weights anew and writes them only when all stories could be read."""
    folder, known = reference_folder(), Reference.load().topics
    stories = read_labelled(folder / "training.jsonl", known)
    yield from learning_account(cross_validate(stories, known), len(stories))
    write_learnt(learn(stories, known), folder / LEARNT, len(stories))
    yield f"已写 {folder / 'weights.toml'}；运行 baoku index，版面会按新的分量重读"


def _explain(identity: str, folder: Path) -> Iterator[str]:
    article = Archive.open(folder).article(identity)
    if article is None:
        click.echo(f"没有编号为 {identity} 的文章 (no such article)", err=True)
        sys.exit(NOTHING)
    yield from account_for(article, Reference.load().topics)
