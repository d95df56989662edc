"""The commands ``load`` and ``soak`` of ``python -m benchmarks``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.load.crowd import Load, Measured, under
from benchmarks.load.report import report_loads, report_soak
from benchmarks.load.served import serving
from benchmarks.load.soak import soak as soaked
from benchmarks.load.traffic import matter
from benchmarks.report import machine
from search.errors import BaokuError

PAUSE_SECONDS = 3.5
"""Between two clicks of a reader, on average."""

_INDEX = click.option(
    "--index", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True, help="哪个索引"
)
_SEED = click.option("--seed", default=7, show_default=True, help="随机种子")
_SETTINGS = click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="服务的设置，可重复")


class Counts(click.ParamType[tuple[int, ...]]):
    """Numbers separated by commas; the empty text is no number at all."""

    name = "N,N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            return tuple(int(number) for number in str(value).split(",") if number)
        except ValueError:
            self.fail(f"{value!r} 应为逗号隔开的整数 (numbers separated by commas)", param, ctx)


@click.command()
@_INDEX
@click.option("--connections", type=Counts(), default="1,8,32,128", show_default=True, help="几个连接不停地问")
@click.option("--users", type=Counts(), default="32,128", show_default=True, help="几个人边看边点")
@click.option("--seconds", type=click.FloatRange(0.1), default=30.0, show_default=True, help="每项多少秒")
@click.option("--warm-up", type=click.FloatRange(0), default=5.0, show_default=True, help="先热身多少秒，不计")
@click.option("--polite/--rude", default=False, show_default=True, help="被拒时照 Retry-After 等，还是不等")
@_SETTINGS
@_SEED
def load(
    index: Path,
    connections: Sequence[int],
    users: Sequence[int],
    seconds: float,
    warm_up: float,
    polite: bool,
    pairs: Sequence[str],
    seed: int,
) -> None:
    """服务受压：每秒答多少、多快，满了怎样拒绝，占多少内存；每项新起一个 baoku serve。"""
    loads = [Load(f"{count} connections", count, seconds, warm_up, polite=polite) for count in connections]
    loads += [Load(f"{count} readers", count, seconds, warm_up, PAUSE_SECONDS, polite) for count in users]
    click.echo(f"{machine()}; seed {seed}, {seconds:g} s each, {'polite' if polite else 'rude'}")
    try:
        click.echo(f"\n{report_loads(list(_measured(index, loads, _settings(pairs), seed)))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


def _measured(index: Path, loads: Sequence[Load], settings: dict[str, str], seed: int) -> Iterator[Measured]:
    """Each load at a server of its own, so that none begins with what another has left."""
    asked = matter(index, seed)
    for one in loads:
        with serving(index, settings) as (port, pid):
            yield under(one, port, pid, asked, seed)


@click.command()
@_INDEX
@click.option("--minutes", type=click.FloatRange(0.05), default=30.0, show_default=True, help="多少分钟")
@click.option("--warm-up", type=click.FloatRange(0), default=5.0, show_default=True, help="先热身多少分钟，不计")
@click.option("--readers", type=click.IntRange(1), default=32, show_default=True, help="几个人边看边点")
@click.option("--pause", type=click.FloatRange(0), default=PAUSE_SECONDS, show_default=True, help="平均几秒点一次")
@click.option("--commits", type=click.FloatRange(0.1), default=60.0, show_default=True, help="隔几秒写一次索引")
@click.option("--every", type=click.FloatRange(0.1), default=10.0, show_default=True, help="隔几秒看一次内存")
@_SETTINGS
@_SEED
def soak(
    index: Path,
    minutes: float,
    warm_up: float,
    readers: int,
    pause: float,
    commits: float,
    every: float,
    pairs: Sequence[str],
    seed: int,
) -> None:
    """长跑：边答边写，内存和打开的文件涨不涨；用索引的副本，原来的不动。"""
    asked = Load(f"{readers} readers", readers, minutes * 60, warm_up * 60, pause, polite=True, every=every)
    click.echo(f"{machine()}; seed {seed}, {minutes:g} minutes after {warm_up:g}, a commit every {commits:g} s")
    try:
        with TemporaryDirectory(prefix="baoku-soak-") as folder:
            click.echo(f"\n{report_soak(soaked(index, Path(folder), asked, commits, seed, _settings(pairs)))}")
    except BaokuError as error:
        raise click.ClickException(f"报库：{error}") from None


def _settings(pairs: Sequence[str]) -> dict[str, str]:
    """The settings of NAME=VALUE."""
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise click.UsageError(f"--set 应为 NAME=VALUE，不是 {wrong[0]!r}")
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
