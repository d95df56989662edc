import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.bylines import is_byline, is_credit, is_name, lead_byline, tail_byline, tail_credit
from indexer.describe.names import split_names

PIECES = st.lists(
    st.sampled_from([*"记者摄文图/（）()□:：、 　。，讯电报本日", "本报", "通讯员", "王明", "李小雷", "社区"]),
    max_size=25,
)


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 王明",
        "本报记者",
        "本报讯（记者 王明）",
        "(记者 王 炜 通讯员 张 霞)",
        "□ 记者王明 通讯员李小雷",
        "见习记者 赵明",
        "通讯员：李兰亭 王中勋",
        "记 者 王明 通讯员 李雷",
        "本報記者 張明",
        "新华社记者 王明",
        "伊一帆 哈尔滨日报记者 康福柱",
        "本组稿件由实习记者 李小明 采写",
        "作者:张明 来源:大同晚报",
        "文/本报记者 刘明 图/韩梅 李雷",
        "记者:刘   磊   李  妍",
        "责任编辑:张新 校对:董方",
    ],
)
def test_byline_lines(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "记者手记",
        "记者节的由来",
        "记者走进西王庄村",
        "本台记者探访震区医院",
        "记者从社区了解到，路修好了。",
        "编辑同志：",
        "大庆路街道",
        "社区供电",
        "网络通讯",
        "更好统筹国内国际两个大局 夯实共同发展的基础",
        "曹明摄",
        "本报记者 曹明 摄",
        "环卫部门供图",
        "摄影大赛",
    ],
)
def test_no_byline_lines(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "曹明摄",
        "曹明 摄",
        "本报记者 曹明 摄影报道",
        "资料图片",
        "(受访者供图)",
        "特约摄影 吕 华摄",
        "李毅王中勋摄",
        "新华社发(王明 摄)",
        "攝影 记者 王明",
    ],
)
def test_credit_lines(line):
    assert is_credit(line)


@pytest.mark.parametrize(
    "line", ["摄影大赛", "图片新闻", "无人机拍摄", "居民周到服务暖心提供", "他摄下了这一刻。", "温馨提示"]
)
def test_no_credit_lines(line):
    assert not is_credit(line)


def test_a_name_alone_is_a_name_and_no_byline():
    assert is_name("陆远")
    assert is_name("欧 阳 静")
    assert not is_byline("陆远")
    assert not is_name("与美相携")
    assert not is_name("王女士")


@pytest.mark.parametrize(
    ("paragraph", "byline"),
    [
        ("本报讯 (记者 王明) 近日", "本报讯 (记者 王明)"),
        ("本报讯（记者 王明）近日", "本报讯（记者 王明）"),
        ("本报讯（记者锦秀）近日", "本报讯（记者锦秀）"),
        ("本报讯（记者 O'Neill）近日", "本报讯（记者 O'Neill）"),
        ("本报讯　　（记者\u3000王明）近日", "本报讯　　（记者\u3000王明）"),
        ("本报讯(沈阳日报、沈报全媒体记者王明、李雷)近日", "本报讯(沈阳日报、沈报全媒体记者王明、李雷)"),
        ("本报8月10日讯(通讯员 王明 李雷)近日", "本报8月10日讯(通讯员 王明 李雷)"),
        ("本报讯【新天水·天水晚报通讯员王明】近日", "本报讯【新天水·天水晚报通讯员王明】"),
        ("黄河新闻网大同讯(记者王明)近日", "黄河新闻网大同讯(记者王明)"),
        ("新华社太原8月25日电(记者王明、李雷)近日", "新华社太原8月25日电(记者王明、李雷)"),
        ("(记者 王明 李雷)近日", "(记者 王明 李雷)"),
        ("记者 王明)近日", "记者 王明)"),
        ("本报通讯员王明摄影报道 近日", "本报通讯员王明摄影报道"),
        ("本报讯 近日", "本报讯"),
        ("三晋传媒网大同讯:近日", "三晋传媒网大同讯"),
    ],
)
def test_lead_byline(paragraph, byline):
    assert lead_byline(paragraph) == (byline, "近日")


@pytest.mark.parametrize(
    "paragraph",
    [
        "据了解，家电(燃气)好",
        "记者从社区获悉(见图)",
        "央视在电视节上宣布",
        "小区水电(含暖气)收费",
        "本报记者来电",
        "新华社消息，近日",
    ],
)
def test_no_lead_byline(paragraph):
    assert lead_byline(paragraph) is None


@pytest.mark.parametrize(
    "byline",
    [
        "(记者 王明)",
        "（记者王明 通讯员 李雷 文/图）",
        "(李兰亭齐凯杨文进)",
        "(王明 李雷) 7",
        "通讯员王明",
        " 本报记者 王明",
        " 宋云 贾乐媛",
    ],
)
def test_tail_byline(byline):
    assert tail_byline(f"大家说好。{byline}") == ("大家说好。", byline.strip())


@pytest.mark.parametrize(
    "end", ["（完）", "(下转二版)", "(资料图)", "王女士说完就走了", " 曹明摄", "记者在现场看到，路修好了。"]
)
def test_no_tail_byline(end):
    assert tail_byline(f"大家说好。{end}") is None


def test_credit_behind_a_caption():
    assert tail_credit("图为活动现场。 曹明摄") == ("图为活动现场。", "曹明摄")
    assert tail_credit("图为活动现场。") is None


@given(PIECES.map("".join))
def test_nothing_is_lost_where_a_line_is_cut(text):
    for cut in (lead_byline(text), tail_byline(text), tail_credit(text)):
        if cut:
            kept = "".join("".join(cut).split()).replace(":", "").replace("：", "")
            assert kept == "".join(text.split()).replace(":", "").replace("：", "")
    assert isinstance(is_byline(text), bool)
    assert isinstance(is_credit(text), bool)


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("李兰亭齐凯杨文进", ["李兰亭", "齐凯", "杨文进"]),
        ("高士东郭元辉", ["高士东", "郭元辉"]),
        ("李毅王中勋", ["李毅", "王中勋"]),
        ("高 山杨 军", ["高山", "杨军"]),
        ("王 炜 张 霞", ["王炜", "张霞"]),
        ("刘   磊   李  妍", ["刘磊", "李妍"]),
        ("欧阳 静", ["欧阳静"]),
        ("尉迟雪、司马光明", ["尉迟雪", "司马光明"]),
        ("臧力、仝山 邸方", ["臧力", "仝山", "邸方"]),
        ("买买提·艾力", ["买买提·艾力"]),
        ("开展志愿服务", None),
        ("7", None),
    ],
)
def test_split_names(run, names):
    assert split_names(run) == names


def test_known_names_win_over_surnames():
    assert split_names("锦秀有为", {"锦秀", "有为"}) == ["锦秀", "有为"]
    assert split_names("温馨方圆", {"温馨", "方圆"}) == ["温馨", "方圆"]


@given(st.lists(st.sampled_from(["王明", "李小雷", "欧阳静", "臧力"]), min_size=1, max_size=4))
def test_names_apart_come_back_as_they_were(names):
    assert split_names(" ".join(names)) == names
    assert split_names("、".join(names)) == names
