"""Publication days: from stamps, labels, mastheads, wire datelines, file names and folders, and never from a sentence."""

from datetime import date
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.cleaning.datelines import path_day
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.cleaning.pages import cleaned

BODY = "　　两市近日签署合作协议，双方将在园区共建、人才交流等方面开展合作，首批项目总投资三亿元。"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("date_line"), ids=attrgetter("id"))
def test_datelines_give_the_day_and_how_it_was_found(case: Case, script: str) -> None:
    given_day = case.more.get("given") or None
    fields = {"published": given_day, "published_by": "given"} if given_day else {}
    article = cleaned(convert(case.text, script), case.more.get("source") or "a.txt", **fields)[0]
    found = f"{article.published} {article.published_by}" if article.published else ""
    assert found == " ".join(case.expected)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_datelines_read_back_any_day(day: date) -> None:
    printed = [
        f"{day:%Y-%m-%d} 08:15",
        f"{day:%Y/%m/%d} 08:15",
        f"{day.year}年{day.month}月{day.day}日 08:15:30",
        f"{day:%Y年%m月%d日}08:15",
        f"{day:%Y-%m-%d}08:15",
    ]
    printed += [
        f"发布时间：{day:%Y-%m-%d}",
        f"某某日报　{day.year}年{day.month}月{day.day}日　03版",
        f"中華民國{day.year - 1911}年{day.month}月{day.day}日",
    ]
    for line in printed:
        article = cleaned(f"两市签约\n{line}\n{BODY}")[0]
        assert (article.published, article.published_by) == (day.isoformat(), "date_line"), line
    for source in (f"{day:%Y%m%d}.txt", f"a_{day:%Y-%m-%d}_1.txt", f"{day:%Y/%m/%d}/a.txt"):
        assert (path_day(source) or ("",))[0] == day.isoformat()


@pytest.mark.parametrize("by", ["meta", "field"])
def test_datelines_never_outweigh_what_the_file_says(by: str) -> None:
    article = cleaned(f"两市签约\n2018-03-30 08:15\n{BODY}", "20200101.txt", published="2017-01-01", published_by=by)[0]
    assert (article.published, article.published_by) == ("2017-01-01", by)


@pytest.mark.parametrize("piece", ["2018年3月30日", "1", "-", "2018-", "民国", "一", "(", "2018-03-30 ", "发布时间：", "日期"])
def test_datelines_are_linear_on_hostile_repeats(piece: str) -> None:
    for text in (piece * 20_000, (piece + "\n") * 5_000):
        assert cleaned(text)[0].text.startswith(piece)
