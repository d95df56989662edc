import pytest

from indexer.likeness import Likeness, Reading, Verdict
from tests.indexer.extractions import HALF_WIDTH, TEXT, article, noisy, verdict
from tests.indexer.pages import made_up_text

STOP = (
    "因检修管道，定于{}日{}时至{}时对东巷停水，请住户提前储水，停水期间请关好龙头，给您带来不便敬请谅解，咨询请拨打值班室电话。"
    * 2
)
OTHER = made_up_text(8, 300)


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        *(noisy(TEXT, seed, percent) for seed in range(4) for percent in (1, 2)),
        TEXT.translate(HALF_WIDTH),
        TEXT[:240],
        TEXT[160:],
        TEXT[:150] + TEXT[220:],
        TEXT[200:] + TEXT[:200],
        TEXT[300:] + TEXT[100:200] + TEXT[:100] + TEXT[200:300],
        OTHER + TEXT,
        TEXT.replace("，", "\n"),
    ],
)
def test_versions_of_one_story_are_known(other: str) -> None:
    assert verdict(article("a", noisy(TEXT, 99)), article("b", other)) is Verdict.SAME


@pytest.mark.parametrize("overlap", [30, 60, 120])
def test_halves_that_overlap_are_known(overlap: int) -> None:
    first, last = TEXT[: 200 + overlap // 2], TEXT[200 - overlap // 2 :]
    assert verdict(article("a", first, title="路灯亮了"), article("b", last)) is Verdict.SAME


def test_halves_under_different_headlines_are_not() -> None:
    first, last = TEXT[:220], TEXT[180:]
    assert verdict(article("a", first, title="路灯亮了"), article("b", last, title="唱到天黑")) is not Verdict.SAME


def test_both_may_have_lost_something() -> None:
    left, right = TEXT[:330], TEXT[60:200] + TEXT[250:]
    assert verdict(article("a", left), article("b", right)) is Verdict.SAME


@pytest.mark.parametrize("seed", range(5))
def test_different_stories_are_not_alike(seed: int) -> None:
    assert verdict(article("a"), article("b", made_up_text(seed + 100, 400))) is Verdict.OTHER


def test_a_set_phrase_makes_no_version() -> None:
    assert verdict(article("a", TEXT[:60] + made_up_text(1, 300)), article("b", TEXT[:60] + OTHER)) is Verdict.OTHER


@pytest.mark.parametrize("kind", ["news", "notice"])
def test_notices_of_two_days_stay_apart(kind: str) -> None:
    left, right = STOP.format(3, 8, 11, 3, 8, 11), STOP.format(16, 9, 15, 16, 9, 15)
    assert verdict(article("a", left, kind=kind), article("b", right, kind=kind)) is Verdict.APART


def test_one_other_day_tells_notices_apart() -> None:
    left, right = STOP.format(*[3, 8, 11] * 2), STOP.format(3, 8, 11, 4, 8, 11)
    assert verdict(article("a", left, kind="notice"), article("b", right, kind="notice")) is Verdict.APART
    assert verdict(article("a", left, kind="notice"), article("b", noisy(left, 1), kind="notice")) is Verdict.SAME


def test_days_in_chinese_numerals_tell_notices_apart() -> None:
    left, right = STOP.format(*"三八九" * 2), STOP.format(*"四八九" * 2)
    assert verdict(article("a", left, kind="notice"), article("b", right, kind="notice")) is Verdict.APART


def test_a_misread_number_does_not_tell_stories_apart() -> None:
    text = f"{TEXT[:100]}共有128人，{TEXT[100:]}花了35元，种了7棵树，修了26盏灯。"
    assert verdict(article("a", text), article("b", text.replace("128", "123"))) is Verdict.SAME


def test_forms_filled_in_otherwise_stay_apart() -> None:
    form = (
        "{}现面向社会公开招聘{}若干名，要求身体健康、责任心强，待遇从优，有意者请携带本人证件到{}报名，联系人{}。" * 2
    )
    left = form.format(*["光明幼儿园", "保育员和厨师", "园长办公室", "李老师"] * 2)
    right = form.format(*["东方机械厂", "车工焊工", "厂部人事科", "赵科长"] * 2)
    assert verdict(article("a", left), article("b", right)) in (Verdict.APART, Verdict.OTHER)


class TestOnOnePage:
    """What is likely only between two extractions of one page."""

    def test_a_caption(self) -> None:
        caption = "图为游客昨天傍晚在河边新修的步道上看花灯拍照片。"
        assert verdict(article("a", caption), article("b", caption.replace("拍照片", "拍照月"))) is Verdict.LIKELY

    def test_a_story_of_captions_alone(self) -> None:
        caption = ("图为游客昨天傍晚在河边新修的步道上看花灯。",)
        assert verdict(article("a", "", captions=caption), article("b", "", captions=caption)) is Verdict.LIKELY

    def test_halves_without_overlap_under_one_headline(self) -> None:
        first = article("a", TEXT[:200], title="老旧小区的路灯亮了", complete=False)
        last = article("b", TEXT[200:], title="老旧小区的路灯亮了")
        assert verdict(first, last) is Verdict.LIKELY

    def test_complete_stories_under_one_headline_are_not(self) -> None:
        left, right = article("a", title="老旧小区的路灯亮了"), article("b", OTHER, title="老旧小区的路灯亮了")
        assert verdict(left, right) is Verdict.OTHER


@pytest.mark.parametrize("body", ["", "，。", "天", "天地人家园"])
def test_hardly_any_text_is_no_version(body: str) -> None:
    assert verdict(article("a", body), article("b")) is Verdict.OTHER
    assert verdict(article("b"), article("a", body)) is Verdict.OTHER


def test_what_is_common_is_measured_in_letters() -> None:
    like = Likeness(Reading(article("a", TEXT)), Reading(article("b", TEXT[:99])))
    assert like.common == sum(char not in "，。" for char in TEXT[:99])
    assert like.covered == 1
