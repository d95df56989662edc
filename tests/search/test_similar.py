"""Similar articles and the story line, in a small archive in which it is known what belongs together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.stories import planted
from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.engine import similar
from search.engine.deadline import Deadline
from search.errors import QueryRefused
from search.story import Story


def _on(day: str) -> PublicationDate:
    return PublicationDate(date.fromisoformat(day), date.fromisoformat(day), "masthead")


def _article(identity: str, title: str, body: str, when: PublicationDate = UNDATED, **more: object) -> Article:
    return Article(id=identity, source=Source(f"{identity}.txt"), title=title, body=body, date=when, **more)  # type: ignore[arg-type]


PLAN = _article(
    "plan",
    "槐树里要装电梯",
    "槐树里小区的六层老楼没有电梯，住户联名提出加装。街道请来设计院勘察，方案下月公示。",
    _on("2021-03-05"),
    streets=("柳荫街道",),
)
WORK = _article(
    "work",
    "槐树里电梯开工",
    "槐树里小区加装电梯的工程开工了，方案公示期间收到的意见都有答复，住户盼着年底坐上电梯。",
    _on("2021-08-20"),
    streets=("柳荫街道",),
)
DONE = _article(
    "done",
    "坐着电梯回家",
    "槐树里小区的电梯今天运行，六层的老住户头一回不用爬楼。加装电梯的方案从公示到开工只用了五个月。",
    _on("2021-12-30"),
    streets=("柳荫街道",),
)
NOTE = _article(
    "note", "电梯加装公示", "槐树里小区加装电梯的方案现予公示，住户有意见可到街道反映。", streets=("柳荫街道",)
)
FILLERS = tuple(
    _article(
        f"f{number:02}",
        subject,
        f"{subject}，{text}",
        _on((date(2020, 1, 5) + timedelta(days=40 * number)).isoformat()),
    )
    for number, (subject, text) in enumerate(
        (
            ("社区食堂开张", "老人们排队尝鲜，一碗刀削面六元。"),
            ("古城灯会点亮正月", "城墙下挤满了看灯的游客，糖画摊前排起长队。"),
            ("剪纸老匠人进课堂", "孩子们用一张红纸剪出一座古城。"),
            ("湖边来了天鹅", "观鸟的人架起相机，志愿者为天鹅守夜。"),
            ("反诈宣讲走上街头", "民警把骗局编成快板，说给夜市的摊主听。"),
            ("核酸检测点延时服务", "医务人员把窗口开到晚上九点。"),
            ("书屋夜里也开灯", "下班的年轻人在灯下读书，管理员煮了一壶茶。"),
            ("斑马线前礼让行人", "公交司机带头停车，学生们敬礼致谢。"),
            ("大棚草莓上市", "种植户天不亮就摘果，一车车运往市区。"),
            ("消防员教孩子用灭火器", "拔掉插销，对准火苗根部，一喷就灭。"),
            ("冬天的第一场雪", "环卫工人凌晨三点上路，扫出一条条通道。"),
            ("老戏台又响锣鼓", "票友唱了一出老戏，台下座无虚席。"),
        )
    )
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.create(tmp_path_factory.mktemp("similar") / "index")
    again = replace(WORK, id="work-again", duplicate_of="work")
    archive.add([PLAN, WORK, DONE, NOTE, again, *FILLERS])
    return archive


def _ids(articles: object) -> list[str]:
    return [article.id for article in articles]  # type: ignore[attr-defined]


@pytest.mark.parametrize("identity", ["plan", "work", "done", "work-again"])
def test_the_story_is_the_same_whoever_is_asked(archive: Archive, identity: str) -> None:
    story = archive.story(identity)
    told = ["plan", identity if identity == "work-again" else "work", "done"]
    assert _ids(story.line) == told
    assert _ids(story.undated) == ["note"]


def test_an_undated_article_has_a_story_too(archive: Archive) -> None:
    story = archive.story("note")
    assert _ids(story.line) == ["plan", "work", "done"]
    assert _ids(story.undated) == ["note"]


def test_an_article_on_its_own_has_no_story(archive: Archive) -> None:
    assert archive.story("f03") == Story()
    assert archive.story("none") == Story()


def test_of_a_long_story_the_likest_are_told(archive: Archive) -> None:
    story = archive.story("plan", limit=1)
    assert len([*story.line, *story.undated]) == 2


def test_similar_has_the_likest_first_and_each_story_once(archive: Archive) -> None:
    best = _ids(archive.similar("plan", 3))
    assert set(best) == {"work", "done", "note"}
    assert archive.similar("none") == []


def test_many_years_apart_it_takes_more_to_be_the_same_matter(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    late = replace(DONE, date=_on("2029-12-30"), body="槐树里小区换了路灯，电梯也上了油。")
    archive.add([PLAN, late, *FILLERS])
    assert archive.story("plan") == Story()
    archive.add([replace(late, date=_on("2021-04-30"))])
    assert _ids(archive.story("plan").line) == ["plan", "done"]


def test_a_shared_place_is_evidence(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    here = _article("here", "路灯修好了", "槐树里的夜路亮了。", _on("2021-05-01"), communities=("槐树里社区",))
    there = replace(here, id="there", communities=("石桥社区",))
    archive.add([replace(PLAN, communities=("槐树里社区",)), there, here, *FILLERS])
    assert _ids(archive.similar("plan", 2)) == ["here", "there"]


def test_a_story_is_told_within_the_time_of_a_search(archive: Archive) -> None:
    snapshot = archive._newest.snapshot()
    with pytest.raises(QueryRefused):
        similar.similar(snapshot, snapshot.doc_of("f07") or 0, 5, Deadline(-1))


def test_a_text_without_words_is_like_nothing(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([_article("x", "一", "……"), _article("y", "二", "！！"), *FILLERS])
    assert archive.similar("x") == []
    assert archive.story("x") == Story()


def test_planted_follow_ups_are_told(tmp_path: Path) -> None:
    """The measurement of benchmarks/stories.py on texts written here: ten matters of eight sentences each."""
    matters = ("电梯", "食堂", "灯会", "天鹅", "快板", "路灯", "草莓", "戏台", "雪地", "书屋")
    names = ("槐树里", "柳荫巷", "石桥头", "听雨轩", "观澜苑", "松间路", "竹里馆", "梅溪村", "杏园街", "长亭外")
    made = [
        _article(
            f"m{number}",
            f"{name}的{matter}有了着落",
            "".join(
                f"{name}的{matter}{end}。"
                for end in (
                    "办妥了",
                    "人人夸",
                    "等了三年",
                    "花了五万元",
                    "老人最高兴",
                    "明年再添",
                    "还要评比",
                    "上了光荣榜",
                )
            ),
            _on(f"2021-{number + 1:02}-10"),
        )
        for number, (matter, name) in enumerate(zip(matters, names, strict=True))
    ]
    kept, follow_ups = planted([*made, *FILLERS], 10, seed=5)
    archive = Archive.create(tmp_path / "index")
    archive.add([*kept, *follow_ups.values()])
    for identity, follow_up in follow_ups.items():
        assert follow_up.id in _ids(archive.story(identity).line)
