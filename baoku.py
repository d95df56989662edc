"""The command line of Baoku 报库: its commands, from the folder of them, put together.

Exit codes: 0 done, 1 nothing found or something was rejected, 2 wrong use or no usable index.
"""

from __future__ import annotations

import click

from commands import indexing, lists, searching, serving, topics, upkeep
from commands.common import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="baoku", prog_name="baoku")
def main() -> None:
    """报库 Baoku：地方报纸全文检索。

    \b
    Full-text search for the archive of a Chinese local newspaper.
    退出码 exit codes: 0 完成, 1 没有结果或有文件未收, 2 用法或索引有误
    """


for command in (
    *(indexing.parse, indexing.index),
    *(searching.search, searching.export),
    *(lists.verify, lists.replay_command, lists.import_list),
    *(serving.serve, serving.user),
    *(upkeep.stats, upkeep.versions, upkeep.check, upkeep.upgrade_command, upkeep.backup, upkeep.restore),
    topics.topics,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
