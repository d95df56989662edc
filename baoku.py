"""The command line of Baoku 报库: parse, index, search, export, verify, serve, user, check, upgrade, backup...

Exit codes: 0 done, 1 nothing found or something was rejected, 2 wrong use or no usable index.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from tqdm import tqdm

from indexer.describe.account import account_for, learning_account
from indexer.describe.learning import cross_validate, learn, read_labelled, write_learnt
from indexer.describe.reference import LEARNT, Reference
from indexer.duplicates import sketch
from indexer.pipeline import carry_out, explain_files, parse_files, plan
from indexer.report import Report, misreading_lines
from search.archive import Archive
from search.article import to_record
from search.audit import audit_of, person
from search.days import read_bounds
from search.errors import BaokuError, ReceiptInvalid
from search.export import EXPORTS
from search.export.differences import write_versions
from search.export.form import Wanted
from search.export.readrow import ListUnreadable
from search.export.saving import STANDARD_OUTPUT, save
from search.export.table import write_help, write_records, write_stats, write_table
from search.export.verify import UNKNOWN, WHOLE
from search.imported import KNOWN, UNREAD, Item, in_a_line, items
from search.labels import FACET_LABELS
from search.listed import Listed
from search.receipt import Exported, Hashed, Receipt, issue, read, replay, told, write
from search.receipt.proof import beside, verify_with_receipt
from search.reference import reference_folder
from search.request import SORTS, SearchRequest
from search.results import Results
from search.settings import Settings
from search.suggest.alternatives import FEW
from search.upgrade.anew import due, upgrade

DONE, NOTHING, WRONG = 0, 1, 2
STANDARD_INPUT = Path("-")
_FACETS = ("street", "reporter", "topic", "kind", "section")

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_MANIFEST = click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="清单 CSV：file,date,page_no,page_name,newspaper；默认用各文件夹里的 manifest.csv",
)
_INDEX = click.option(
    "--index", "place", type=click.Path(path_type=Path), help="索引所在文件夹，默认 var/index（BAOKU_INDEX）"
)


def _form(default: str, *others: str, words: str = "格式") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option that chooses between some formats."""
    choice = click.Choice((default, *others))
    return click.option("--format", "form", type=choice, default=default, show_default=True, help=words)


class Commands(click.Group):
    """The group of commands; an error meant for people becomes one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BaokuError as error:
            click.echo(f"报库：{error}", err=True)
            ctx.exit(WRONG)
        except OSError as error:
            if error.filename is not None:
                click.echo(
                    f"报库：{error.filename} 读写失败：{error.strerror or error} (cannot read or write)", err=True
                )
                ctx.exit(WRONG)
            # Python flushes once more when it ends, and would complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                ctx.exit(DONE)
            click.echo(f"报库：写不出结果：{error.strerror or error} (cannot write)", err=True)
            ctx.exit(WRONG)


class Users(click.Group):
    """The commands about accounts; they bring the web with them, so they are read when one of them is asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        return [*self._read()]

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        return self._read().get(cmd_name)

    def _read(self) -> dict[str, click.Command]:
        from webui.accounts.command import COMMANDS

        return COMMANDS


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="baoku", prog_name="baoku")
def main() -> None:
    """报库 Baoku：地方报纸全文检索。

    \b
    Full-text search for the archive of a Chinese local newspaper.
    退出码 exit codes: 0 完成, 1 没有结果或有文件未收, 2 用法或索引有误
    """


@main.command()
@_PATHS
@_MANIFEST
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


@main.command()
@_PATHS
@_MANIFEST
@_INDEX
@click.option("--prune", is_flag=True, help="把已不在磁盘上、或已没有报道的文件的旧报道移出索引")
@click.option("--rebuild", is_flag=True, help="从头建立新索引，建好了才换下旧的")
def index(paths: tuple[Path, ...], manifest: Path | None, place: Path | None, prune: bool, rebuild: bool) -> None:
    """把版面或 .jsonl 文章收入索引；没有变化的文件跳过。

    \b
    例 examples:
      baoku index 我的版面
      baoku index 我的版面 --prune
    """
    folder = _folder(place)
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
    _record(folder, "rebuild" if rebuild else "prune" if prune else "index", articles=held, rejected=rejected)
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


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that search and export share; decorators apply from the last to the first."""
    command = _INDEX(command)
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


@main.command()
@click.argument("query", default="")
@_filters
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="列出多少篇")
@_form("table", "json", "jsonl")
@click.option("--receipt", type=click.Path(path_type=Path), help="把这次检索的凭证写到这个文件")
def search(query: str, place: Path | None, limit: int, form: str, receipt: Path | None, **filters: Any) -> None:
    """检索；以 - 开头的词前面加 -- 。

    \b
    例 examples:
      baoku search 老旧小区 --street 水泊寺街道
      baoku search '"智慧社区"' --from 2022 --sort newest --limit 50
      baoku search --format jsonl -- '居民 -公告' | jq -r .title
    """
    archive = Archive.open(_folder(place))
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


@main.command()
@click.argument("query", default="")
@_filters
@_form("csv", *sorted({*EXPORTS} - {"csv"}))
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
    listed = Archive.open(_folder(place)).listed(_request(query, filters, 100))
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


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@_form("table", "jsonl")
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


@main.command("replay")
@click.argument("receipt", type=click.Path(path_type=Path, allow_dash=True))
@_form("table", "json")
@_INDEX
def replay_command(receipt: Path, form: str, place: Path | None) -> None:
    """按凭证再检索一次：完全相同，还是增加、减少、改动了哪几篇。

    \b
    例 example: baoku replay 清单.csv.receipt.json
    退出码 exit codes: 0 完全相同, 1 有变化, 2 不是凭证或索引有误
    """
    done = replay(Archive.open(_folder(place)), _receipt(receipt))
    if form == "json":
        click.echo(json.dumps(told.to_json(done), ensure_ascii=False, indent=2))
    else:
        for line in told.in_words(done):
            click.echo(line)
    sys.exit(DONE if done.verdict == "identical" else NOTHING)


@main.command("import-list")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_form("ids", "table", "jsonl", words="只要编号，还是连同标题和状态")
@_INDEX
def import_list(file: Path, form: str, place: Path | None) -> None:
    """读回导出的清单或凭证：按原来的次序给出编号；库中没有的、有改动的逐一指明。

    \b
    例 example: baoku import-list 清单.csv --format table
    退出码 exit codes: 0 全部在库, 1 有库中没有的或有改动的, 2 不是清单或索引有误
    """
    done, unread = True, False
    for item in _items(Archive.open(_folder(place)), file):
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


@main.command()
@_INDEX
@click.option("--host", help="监听地址，默认 127.0.0.1（BAOKU_HOST）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 8000（BAOKU_PORT）")
def serve(place: Path | None, host: str | None, port: int | None) -> None:
    """打开网页检索界面（只读）。

    \b
    例 examples:
      baoku serve
      baoku serve --host 0.0.0.0 --port 8080
    """
    from indexer.original import original
    from webui.server import serve as run

    settings = Settings.load()
    run(_folder(place), replace(settings, host=host or settings.host, port=port or settings.port), original)


@main.group(cls=Users, no_args_is_help=True)
def user() -> None:
    """网页的账号：谁能登录（设置 login 不是 off 时用得着）。

    \b
    例 examples:
      baoku user add 王编辑 --editor
      baoku user list
    """


@main.command()
@_INDEX
@_form("table", "json")
def stats(place: Path | None, form: str) -> None:
    """馆藏多少，缺什么。

    \b
    例 examples:
      baoku stats
      baoku stats --format json | jq .undated
    """
    held = Archive.open(_folder(place)).stats()
    if form == "json":
        click.echo(json.dumps(asdict(held), ensure_ascii=False, indent=2))
        return
    for line in write_stats(held):
        click.echo(line)


@main.command()
@click.argument("identity")
@_INDEX
def versions(identity: str, place: Path | None) -> None:
    """一篇报道的各个版本和它们的差别：[-只在最好的版本-]{+只在这个版本+}。

    \b
    例 example:
      baoku versions 0123456789abcdef
    """
    found = Archive.open(_folder(place)).versions(identity)
    if not found:
        click.echo(f"没有编号 {identity} 的文章 (no such article)", err=True)
    for line in write_versions(found) if found else ():
        click.echo(line)
    sys.exit(DONE if found else NOTHING)


@main.command()
@_INDEX
@_form("table", "json")
def check(place: Path | None, form: str) -> None:
    """索引是否完好：每个字节核对校验值，每张表、每一栏与每篇文章互相核对。

    \b
    退出码 exit codes: 0 完好, 1 有不符的, 2 索引打不开
    例 examples:
      baoku check --index var/index
      baoku check --format json | jq .problems
    """
    archive = Archive.open(_folder(place))
    problems = archive.check()
    _record(_folder(place), "check", problems=len(problems))
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


@main.command("upgrade")
@_INDEX
def upgrade_command(place: Path | None) -> None:
    """把早先的报库或早先的词典建的索引改成现在的；文章一篇不少，改好、核对过才换下旧的。

    \b
    旧的换下就没有了，要留就先把索引文件夹复制一份；网页不用停，开着的用完旧的再用新的。
    例 example: baoku upgrade --index var/index
    """
    reasons = due(folder := _folder(place))
    for reason in reasons:
        click.echo(f"{folder}：{reason}", err=True)
    if not reasons:
        click.echo(f"索引 {folder} 已是现在的格式和词典，不用升级 (nothing to do)")
        return
    articles = _upgraded(folder).corpus().articles
    _record(folder, "upgrade", articles=articles)
    click.echo(f"{articles} 篇文章已改成现在的格式和词典，逐篇核对过 (upgraded)")


def _upgraded(folder: Path) -> Archive:
    """The archive, made anew of what is stored in it."""
    bar = partial(tqdm, unit=" 篇", file=sys.stderr, disable=None, leave=False)
    return upgrade(folder, sketch, Settings.load().memory, bar)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_INDEX
def backup(folder: Path, place: Path | None) -> None:
    """把索引和短链接备份到一个文件夹：先核对，完好才换下那里旧的备份；网页和收录都不用停。

    \b
    备份就是一个索引，可以直接用 --index 打开。
    例 example: baoku backup /mnt/备份/报库
    """
    _copied(_folder(place), folder, _links(_folder(place)), _links(folder, beside=True))
    if (kept := _accounts(_folder(place))).is_file():
        _copy_accounts(kept, _accounts(folder, beside=True))
    _record(_folder(place), "backup", place=str(folder.absolute()))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_INDEX
def restore(folder: Path, place: Path | None) -> None:
    """从备份恢复索引：先核对，完好才换下现在的；开着的网页半秒后用恢复的。

    \b
    例 example: baoku restore /mnt/备份/报库
    """
    _copied(folder, _folder(place), _links(folder, beside=True), _links(_folder(place)))
    kept, now = _accounts(folder, beside=True), _accounts(_folder(place))
    if kept.is_file() and not now.exists():  # who was removed since must not come back
        _copy_accounts(kept, now)
    _record(_folder(place), "restore", place=str(folder.absolute()))


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


@main.command()
@click.option("--explain", "identity", metavar="ID", help="说明这一篇的主题和体裁是凭什么判的")
@click.option("--train", is_flag=True, help="从 training.jsonl 里标好主题的报道重新学习词的分量，写进 weights.toml")
@_INDEX
def topics(identity: str | None, train: bool, place: Path | None) -> None:
    """主题凭哪些词判的；从标好的报道重新学。

    \b
    例 examples:
      baoku topics --explain 0123456789abcdef
      baoku topics --train
    """
    if train == (identity is not None):
        raise click.UsageError("请写 --explain 编号 或 --train，二者取一 (one of the two)")
    for line in _learn() if train else _explain(identity or "", _folder(place)):
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


def _watched(listed: Listed) -> Listed:
    """The same list, which tells on a terminal how far it has been read."""
    bar = partial(tqdm, total=listed.total, unit=" 篇", file=sys.stderr, disable=None, leave=False)
    return replace(listed, rows=lambda: bar(listed.rows()))


def _writable(folder: Path) -> Archive:
    """The archive to be added to; when the dictionary has changed, all its articles are first cut into words anew."""
    archive = Archive.create(folder)
    if archive.stale:
        click.echo(f"词典或折叠规则有变，先把库里 {archive.corpus().articles} 篇文章重新切词 ……", err=True)
        archive = _upgraded(folder)
    return archive


def _record(folder: Path, event: str, **facts: Any) -> None:
    """Writes down what was done to an index, and by whom."""
    audit_of(folder, Settings.load().audit).write(event, by=person(), **facts)


def _folder(place: Path | None) -> Path:
    return place or Path(Settings.load().index)


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


if __name__ == "__main__":
    main()
