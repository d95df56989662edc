"""``python -m benchmarks run``: measure and print the tables; what goes on meanwhile is told on stderr."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from benchmarks import corpus
from benchmarks.measure import measure
from benchmarks.parsing import measure_parsing
from benchmarks.report import machine, report, report_parsing, report_words
from benchmarks.words import measure_words
from search.errors import BaokuError
from search.words import user_dictionary

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


class Sizes(click.ParamType[tuple[int, ...]]):
    """Numbers of articles, separated by commas; the empty text is no number at all."""

    name = "N,N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            sizes = tuple(int(size) for size in str(value).split(",") if size)
        except ValueError:
            sizes = (0,)
        if any(size < 1 for size in sizes):
            self.fail(f"{value!r} 应为逗号隔开的正整数 (positive numbers separated by commas)", param, ctx)
        return sizes


@click.group()
def main() -> None:
    """报库的测速 (benchmarks of Baoku)。"""


@main.command()
@click.option("--sizes", type=Sizes(), default="1000,20000", show_default=True, help="合成语料的篇数；空则不测")
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), help="只取 --corpus 的前多少篇")
@click.option("--seed", default=7, show_default=True, help="随机种子")
@click.option("--repeat", type=click.IntRange(1), default=3, show_default=True, help="每项重复几次")
def run(sizes: tuple[int, ...], file: Path | None, limit: int | None, seed: int, repeat: int) -> None:
    """建库、打开、检索各测一遍，每个语料打印一份 Markdown 表。"""
    corpora = {f"Synthetic, {size:,} articles": partial(corpus.synthetic, size, seed) for size in sizes}
    if file:
        corpora[f"{file.name}"] = partial(corpus.real, file, seed, limit)
    click.echo(f"{machine()}; seed {seed}, repeat {repeat}")
    for name, articles in corpora.items():
        try:
            measured = measure(name, articles, seed, repeat, partial(click.echo, err=True))
        except BaokuError as error:
            raise click.ClickException(f"报库：{error}") from None
        click.echo(f"\n{report(measured)}")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--repeat", type=click.IntRange(1), default=7, show_default=True, help="重复几次，取中位数")
def parse(paths: tuple[Path, ...], repeat: int) -> None:
    """把版面切成报道，各步用多少处理器时间；不给 PATHS 就量 data/sample。"""
    click.echo(f"{machine()}; repeat {repeat}")
    try:
        measured = measure_parsing(paths or (SAMPLE,), repeat)
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None
    click.echo(f"\n{report_parsing(measured)}")


@main.command()
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), default=20_000, show_default=True, help="只取前多少篇")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def words(file: Path | None, limit: int, seed: int) -> None:
    """切词：与 jieba 逐词相同，并量各种切法的快慢；不给 --corpus 就用合成语料。"""
    articles = partial(corpus.real, file, seed, limit) if file else partial(corpus.synthetic, limit, seed)
    click.echo(machine())
    try:
        for path in (user_dictionary(), Path(os.devnull)):
            click.echo(f"\n{report_words(measure_words(articles, path))}\n\n({path})")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


if __name__ == "__main__":
    main()
