"""The query taken apart at its top."""

from __future__ import annotations

import pytest

from search.query.canonical import canonical
from search.query.parse import parse
from search.query.parts import parts
from search.query.tree import And, Or

QUERIES = (
    "老旧小区 改造",
    "社区 OR 街道 OR 小区",
    "(社区 OR 街道) 改造 -公告",
    "社区 改造 OR 街道",
    '标题:"电 梯" 记者:林小满 日期:2022-05..2023 -(招聘 或 公告)',
    "老人 NEAR/5 食堂 NEAR/3 社区",
    "水泊寺~ 老*区 kind:未注明",
    "NOT 社区",
    '"他说「好」" “引号"里” 社区',
    "a AND b AND NOT (c OR d)",
)


def test_everything_has_no_parts() -> None:
    assert parts(parse("").tree) == []
    assert parts(parse("()").tree) == []


def test_a_single_condition_leaves_the_empty_query() -> None:
    (part,) = parts(parse("街道:永泰街道").tree)
    assert (part.words, part.rest, part.joint) == ("街道为永泰街道", "", "")


def test_each_part_is_named_and_can_be_left_out() -> None:
    found = parts(parse('"一字不差" (社区 OR 街道) -公告').tree)
    assert [part.joint for part in found] == ["", "且", "且"]
    assert [part.words for part in found] == ["逐字包含「一字不差」", "包含「社区」，或包含「街道」", "不包含「公告」"]
    assert [part.rest for part in found] == ["(社区 OR 街道) -公告", '"一字不差" -公告', '"一字不差" (社区 OR 街道)']


def test_a_group_that_is_left_alone_loses_its_brackets() -> None:
    assert [part.rest for part in parts(parse("(社区 OR 街道) 改造").tree)] == ["改造", "社区 OR 街道"]


def test_alternatives_are_parts_too() -> None:
    found = parts(parse("社区 OR 街道").tree)
    assert [(part.words, part.joint, part.rest) for part in found] == [
        ("包含「社区」", "", "街道"),
        ("包含「街道」", "或", "社区"),
    ]


@pytest.mark.parametrize("typed", QUERIES)
def test_the_rest_means_the_tree_without_the_part(typed: str) -> None:
    tree = parse(typed).tree
    found = parts(tree)
    nodes = tree.parts if isinstance(tree, (And, Or)) else (tree,)
    assert len(found) == len(nodes)
    for part, node in zip(found, nodes, strict=True):
        left = [other for other in nodes if other is not node]
        rest = parse(part.rest)
        assert rest.canonical == part.rest
        assert rest.repairs == ()
        shown = rest.tree.parts if len(left) > 1 and isinstance(rest.tree, (And, Or)) else (rest.tree,)
        assert [*map(canonical, shown)] == ([*map(canonical, left)] or [""])
