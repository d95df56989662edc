"""What all commands share: errors as a sentence, exit codes, options, the record of what was done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from search.audit import audit_of, person
from search.errors import BaokuError
from search.settings import Settings

DONE, NOTHING, WRONG = 0, 1, 2

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))

MANIFEST = click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="清单 CSV：file,date,page_no,page_name,newspaper；默认用各文件夹里的 manifest.csv",
)

INDEX = click.option(
    "--index", "place", type=click.Path(path_type=Path), help="索引所在文件夹，默认 var/index（BAOKU_INDEX）"
)


def in_form(default: str, *others: str, words: str = "格式") -> Callable[[Callable[..., None]], Callable[..., None]]:
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


def record(folder: Path, event: str, **facts: Any) -> None:
    """Writes down what was done to an index, and by whom."""
    audit_of(folder, Settings.load().audit).write(event, by=person(), **facts)


def folder_of(place: Path | None) -> Path:
    return place or Path(Settings.load().index)
