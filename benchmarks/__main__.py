"""``python -m benchmarks run``: measure and print the tables; what goes on meanwhile is told on stderr."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import corpus
from benchmarks.compare import report as compared
from benchmarks.compare.engines import ENGINES, make
from benchmarks.compare.run import compare as compare_engines
from benchmarks.exactness import measure_exactness, report_exactness
from benchmarks.export import COMPARED, differing, measure_formats, measure_kills
from benchmarks.load import commands as under_load
from benchmarks.measure import index_all, measure, prepare
from benchmarks.misread import measure_misread, report_misread
from benchmarks.page import measure_pages, report_pages
from benchmarks.parsing import measure_parsing
from benchmarks.process import apart
from benchmarks.ranking import measure_ranking
from benchmarks.report import (
    machine,
    report,
    report_formats,
    report_kills,
    report_parsing,
    report_ranking,
    report_suggest,
    report_words,
)
from benchmarks.stories import measure_stories
from benchmarks.suggest import measure_suggest
from benchmarks.words import measure_words
from search.archive import Archive
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


class Names(click.ParamType[tuple[str, ...]]):
    """Names of engines, separated by commas."""

    name = "NAME,NAME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        names = tuple(name for name in str(value).split(",") if name)
        if unknown := [name for name in names if name not in ENGINES]:
            self.fail(f"没有「{'、'.join(unknown)}」，只有 {'、'.join(ENGINES)} (unknown engine)", param, ctx)
        return names


@main.command()
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--sizes", type=Sizes(), default="10000", show_default=True, help="各取多少篇，不够就重复")
@click.option("--engines", "names", type=Names(), default=",".join(ENGINES), help="比较哪些，缺省为全部")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="每个问题问几轮，取中位数")
@click.option("--seed", default=7, show_default=True, help="随机种子")
@click.option("--scratch", type=click.Path(exists=True, file_okay=False, path_type=Path), help="各索引暂存的文件夹")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="报告写到这里，而不是标准输出")
@click.option("--json", "figures", type=click.Path(dir_okay=False, path_type=Path), help="全部原始数字写到这里")
def compare(
    file: Path | None,
    sizes: Sequence[int],
    names: Sequence[str],
    rounds: int,
    seed: int,
    scratch: Path | None,
    output: Path | None,
    figures: Path | None,
) -> None:
    """报库与别的检索引擎：同样的文章、同样的问题、同一次运行；不给 --corpus 就用合成语料。"""
    absent = [name for name in names if make(name).missing]
    present = [name for name in names if name not in absent]
    say = partial(click.echo, err=True)
    for name in absent:
        say(f"{name} 没有安装，略去 (not installed, left out)")
    if not present:
        raise click.ClickException("没有可比的引擎 (no engine to compare)")
    compared_sizes = []
    with TemporaryDirectory(prefix="baoku-compare-", dir=scratch) as folder:
        for size in sizes:
            drawn = partial(corpus.real, file) if file else partial(corpus.synthetic, size)
            try:
                compared_sizes.append(compare_engines(drawn, size, present, rounds, seed, Path(folder), say))
            except BaokuError as error:
                raise click.ClickException(f"报库：{error}") from None
    text = compared.report(compared_sizes, rounds, seed, absent)
    if output:
        output.write_text(text + "\n", "utf-8")
    else:
        click.echo(text)
    if figures:
        raw = compared.figures(compared_sizes, rounds, seed)
        figures.write_text(json.dumps(raw, ensure_ascii=False, default=str), "utf-8")


@main.command()
@click.option("--index", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, help="哪个索引")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="每个问题问几轮")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def page(index: Path, rounds: int, seed: int) -> None:
    """检索页：多少字节，检索之外还要多少处理器时间。"""
    click.echo(f"{machine()}; seed {seed}, rounds {rounds}")
    try:
        click.echo(f"\n{report_pages(measure_pages(index, seed, rounds))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


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


@main.command()
@click.argument("pages", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), default=20_000, show_default=True, help="只取前多少篇")
@click.option("--count", type=click.IntRange(1), default=10_000, show_default=True, help="多少个字串")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def exact(pages: tuple[Path, ...], file: Path | None, limit: int, count: int, seed: int) -> None:
    """引号里的字：与逐篇扫描比，一篇不多，一篇不少；PAGES 里的报道也放进去，不给 --corpus 就用合成语料。"""
    articles = partial(corpus.real, file, seed, limit) if file else partial(corpus.synthetic, limit, seed)
    click.echo(f"{machine()}; seed {seed}")
    try:
        with TemporaryDirectory(prefix="baoku-exact-") as folder:
            click.echo(f"\n{report_exactness(measure_exactness(articles, pages, Path(folder) / 'index', count, seed))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


@main.command()
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), default=20_000, show_default=True, help="只取前多少篇")
@click.option("--count", type=click.IntRange(1), default=300, show_default=True, help="认错多少处")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def misread(file: Path | None, limit: int, count: int, seed: int) -> None:
    """认错字的词，加 ~ 找得到多少：把常见的识别错误放进文章再找；不给 --corpus 就用合成语料。"""
    articles = partial(corpus.real, file, seed, limit) if file else partial(corpus.synthetic, limit, seed)
    click.echo(f"{machine()}; seed {seed}")
    try:
        click.echo(f"\n{report_misread(measure_misread(articles, count, seed))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


@main.command()
@click.option(
    "--corpus",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help=".jsonl[.xz] 文章",
)
@click.option("--limit", type=click.IntRange(100), default=20_000, show_default=True, help="只取前多少篇")
@click.option("--count", type=click.IntRange(1), default=300, show_default=True, help="埋入多少篇后续报道")
@click.option("--background", type=click.IntRange(0, 4), default=1, show_default=True, help="后续报道重复前文的几句话")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def stories(file: Path, limit: int, count: int, background: int, seed: int) -> None:
    """埋入后续报道，看“相近的文章”和“来龙去脉”找不找得到。"""
    plain = [
        replace(article, streets=(), primary_street=None, reporters=(), topics=(), kind="news")
        for article in corpus.real(file, seed, limit)
    ]
    with TemporaryDirectory() as folder:
        found = measure_stories(plain, Path(folder) / "index", count, seed, background)
    click.echo(f"{machine()}; {file.name}, {limit:,} articles, seed {seed}")
    click.echo(f"{found.planted} follow-ups that repeat {background} sentences")
    click.echo(f"similar: first {found.like_first:.1%}, among five {found.like_five:.1%}")
    click.echo(f"story: {found.story:.1%}, median of {found.story_size:g} others, {found.milliseconds:.1f} ms")


@main.command()
@click.option("--index", type=click.Path(exists=True, file_okay=False, path_type=Path), help="现成的索引")
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), default=20_000, show_default=True, help="没有 --index 时取多少篇建库")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def suggest(index: Path | None, file: Path | None, limit: int, seed: int) -> None:
    """联想与“您是不是要找”：找得到多少，用多少时间；不给 --index 和 --corpus 就用合成语料。"""
    articles = partial(corpus.real, file, seed, limit) if file else partial(corpus.synthetic, limit, seed)
    click.echo(machine())
    try:
        with TemporaryDirectory(prefix="baoku-suggest-") as folder:
            click.echo(f"\n{report_suggest(measure_suggest(index or _made(Path(folder), articles, seed), seed))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


def _made(folder: Path, articles: corpus.Corpus, seed: int) -> Path:
    """The index of some articles."""
    apart(index_all, folder / "index", apart(prepare, articles, folder / "corpus.jsonl", seed).file)
    return folder / "index"


@main.command()
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option(
    "--index", type=click.Path(exists=True, file_okay=False, path_type=Path), help="已有的索引，代替 --corpus"
)
@click.option("--limit", type=click.IntRange(1), help="只取 --corpus 的前多少篇")
@click.option("--seed", default=7, show_default=True, help="随机种子")
@click.option("--per-kind", type=click.IntRange(2), default=400, show_default=True, help="每类问题几个，一半留作检验")
def ranking(file: Path | None, index: Path | None, limit: int | None, seed: int, per_kind: int) -> None:
    """排序：按规则出题、答案已知的问题，报库与平常的 BM25 各排得多好。"""
    if (file is None) == (index is None):
        raise click.UsageError("请给 --corpus 或 --index 之一 (give one of them)")
    with TemporaryDirectory(prefix="baoku-ranking-") as folder:
        try:
            if file:
                Archive.create(folder).add(corpus.real(file, seed, limit))
            click.echo(report_ranking(measure_ranking(index or Path(folder), seed, per_kind)))
        except BaokuError as error:
            raise click.ClickException(f"报库：{error}") from None


@main.command()
@click.option("--index", type=click.Path(exists=True, file_okay=False, path_type=Path), help="现成的索引")
@click.option("--corpus", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=".jsonl[.xz] 文章")
@click.option("--limit", type=click.IntRange(1), default=20_000, show_default=True, help="没有 --index 时取多少篇建库")
@click.option("--formats", default="csv,jsonl,json,ris,xlsx", show_default=True, help="量哪些格式；空则不量")
@click.option("--queries", type=click.IntRange(0), default=1000, show_default=True, help="几个随机检索，五种数法要一致")
@click.option("--kills", type=click.IntRange(0), default=50, show_default=True, help="中途杀掉几次")
@click.option("--seed", default=7, show_default=True, help="随机种子")
def export(
    index: Path | None, file: Path | None, limit: int, formats: str, queries: int, kills: int, seed: int
) -> None:
    """导出：多快、占多少内存，各种数法是否一致，中途杀掉的是否认得出；不给 --index 和 --corpus 就用合成语料。"""
    articles = partial(corpus.real, file, seed, limit) if file else partial(corpus.synthetic, limit, seed)
    click.echo(machine())
    with TemporaryDirectory(prefix="baoku-export-") as name:
        folder = Path(name)
        made = index or _made(folder, articles, seed)
        if chosen := [form for form in formats.split(",") if form]:
            click.echo(f"\n{report_formats(measure_formats(made, chosen))}")
        if queries:
            wrong = differing(made, queries, seed)
            click.echo(f"\n{queries} requests: total, paged ids, {', '.join(COMPARED)} differ in {len(wrong)}")
            for request in wrong[:10]:
                click.echo(f"  {request}")
        if kills:
            click.echo(f"\n{report_kills(measure_kills(made, folder, kills, seed))}")


main.add_command(under_load.load)
main.add_command(under_load.soak)


if __name__ == "__main__":
    main()
