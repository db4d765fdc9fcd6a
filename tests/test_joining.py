"""Joining: hard wraps and stray blanks go, everything that separates stays."""

from operator import attrgetter

import pytest
from hypothesis import given

from jianbao.joining import find_joins
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.strategies import press_texts

WRAPPED_BLANKS = "近年來,東港市與西嶺市之間經濟文化交流日趨 頻繁,兩地企業往來密切,農產品銷售、設備製 造、旅遊開發等領域合作不斷深入,成效顯著。"
WRAPPED_LINES = "近年來,東港市與西嶺市之間經濟文化交流日趨\n頻繁,兩地企業往來密切,農產品銷售、設備製\n造、旅遊開發等領域合作不斷深入,年產1.2萬噸/\n年的項目已開工。\n"


def joined(source: str) -> str:
    pieces, last = [], 0
    for start, end in find_joins(source):
        pieces.append(source[last:start])
        last = end
    return "".join([*pieces, source[last:]])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(WRAPPED_BLANKS, WRAPPED_BLANKS.replace(" ", ""), id="blanks at a column's width"),
        pytest.param(WRAPPED_LINES, WRAPPED_LINES[:-1].replace("\n", "") + "\n", id="line ends, one after a digit and a stroke"),
        pytest.param(WRAPPED_LINES.replace("\n", "\r\n"), WRAPPED_LINES[:-1].replace("\n", "") + "\r\n", id="CRLF"),
        pytest.param("吉 林 省 人 民 政 府", "吉林省人民政府", id="letter-spaced"),
        pytest.param("行动计划（2016—2020 年）", "行动计划（2016—2020年）", id="number and unit set apart"),
        pytest.param("长\u200b春\ufeff市", "长春市", id="zero-width"),
    ],
)
def test_joining_deletes_wraps(source: str, expected: str) -> None:
    assert joined(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("南北聯動架起經濟橋 優勢互補譜新篇", id="headline"),
        pytest.param("首页 > 新闻 > 国内 > 正文", id="menu"),
        pytest.param("抓机遇 大胆闯 求突破 抢抓发展机遇,紧紧围绕产业布局,推进项目建设", id="slogans before a text"),
        pytest.param("标签: 合作 吉林 对口 浙江", id="labels"),
        pytest.param("第一段话说完了。\n第二段话开始了,内容不同。\n", id="paragraphs"),
        pytest.param("甲市人民政府办公室\n乙市人民政府办公室\n丙市人民政府办公室\n", id="list of names of one width"),
        pytest.param("上一行\n\n下一行", id="blank line"),
        pytest.param("来源：新华社\u3000作者：张三", id="U+3000"),
        pytest.param("使用 App Store 下载", id="Latin words"),
        pytest.param("日期 2018年\t金额 300", id="table row"),
        pytest.param("1. 加快园区建设,完善配套设施,促进就业\n2. 扩大对外开放,引进优质企业,增加投资\n", id="items of one width"),
    ],
)
def test_joining_keeps_what_separates(source: str) -> None:
    assert joined(source) == source


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("join"), ids=attrgetter("id"))
def test_joining_finds_cases(case: Case, script: str) -> None:
    assert find_joins(convert(case.text, script)) == list(case.spans)


@pytest.mark.parametrize("piece", ["1 ", " 年", "字 ", "字\n", "一二三四五六七八九十,\n", "\u200b", "：", "a "])
def test_joining_is_linear_on_hostile_repeats(piece: str) -> None:
    source = piece * 50_000
    assert all(0 <= start < end <= len(source) for start, end in find_joins(source))


@given(press_texts)
def test_joining_deletes_white_space_only(source: str) -> None:
    joins = find_joins(source)
    assert joins == sorted(joins)
    last = 0
    for start, end in joins:
        assert last <= start < end
        assert all(c.isspace() or c in "\u00ad\u200b\u200c\u200d\u2060\ufeff" for c in source[start:end])
        last = end
