"""Folding: one to one, idempotent, the same for every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.folding import FoldError, Folding, fold, load_folding
from tests.case_tables import SCRIPTS, convert
from tests.strategies import press_texts


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("臺灣２０１８年", "台湾2018年"),
        ("⽇⾦", "日金"),  # Kangxi radicals
        ("淸靑敎旣爲衞鄕", "清青教既为卫乡"),
        ("\uf907\uf908", "龟龟"),  # CJK compatibility ideographs
        ("幹部 關系 復制", "干部 关系 复制"),  # converted badly from Simplified
        ("看著著名作家的著作", "看着著名作家的著作"),
        ("瞭解瞭望", "了解了望"),
        ("乾隆乾淨", "干隆干净"),
        ("「浙江模式」", "“浙江模式”"),
        ("①㎡m²", "①㎡m²"),  # these carry meaning
        ("ｱﾊﾟｰﾄ", "アパート"),
        ("１，２００．５％", "1,200.5%"),
        ("二○一六", "二〇一六"),
        ("A\u3000B\u00a0C", "A\u3000B C"),
    ],
)
def test_fold_gives_one_form(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text() | press_texts)
def test_fold_keeps_length_and_settles(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(
    "text",
    [
        "批复了答复函，坐标在著名的瞭望塔，锻炼身体，产业链精炼",
        "台湾的发展面临复杂关系，干部了解里程，系统余额，松江准备卫生标准",
        "他们借此机会凭借优势，慰藉与狼藉，回复反复复核，启动群众",
        "复兴号列车与覆盖面，后天皇后，只有一只，几乎茶几，云计算说云云",
    ],
)
def test_fold_is_the_same_in_every_script(text: str, script: str) -> None:
    assert fold(convert(text, script)) == fold(text)


@pytest.mark.parametrize(
    ("characters", "phrases", "message"),
    [
        ({"著": "着着"}, {}, "one code point for one"),
        ({"甲": "乙", "乙": "甲"}, {}, "circle"),
        ({}, {"着名": "著"}, "same length"),
        ({}, {"臺灣": "台湾"}, "as character folding leaves them"),
        ({}, {"甲乙": "乙丙", "乙丙": "甲乙"}, "does not settle"),
    ],
)
def test_folding_refuses_pairs_that_break_it(characters: dict[str, str], phrases: dict[str, str], message: str) -> None:
    with pytest.raises(FoldError, match=message):
        Folding(characters, phrases)


@given(press_texts)
def test_folding_is_the_same_for_a_name_and_for_a_page(text: str) -> None:
    page = text + "\n" + "甲" * 200  # long texts are folded by the table, short ones by a dictionary
    assert fold(page)[: len(text)] == fold(text)


def test_an_article_that_is_folded_again_and_again_is_folded_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.folding._HELD", 4)
    folding = load_folding()
    texts = ["臺灣２０１８年", "經濟部", "臺灣", "浙江"]
    for _ in range(3):
        assert [folding.fold_article(text) for text in texts] == ["台湾2018年", "经济部", "台湾", "浙江"]
