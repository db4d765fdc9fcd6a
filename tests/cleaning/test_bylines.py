"""Bylines: what is flagged, whom they name, and the title and outlet that stand beside them."""

from operator import attrgetter

import pytest

from jianbao.cleaning.bylines import authors_of, is_byline, lead_of
from jianbao.folding import fold
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.cleaning.pages import cleaned


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("byline"), ids=attrgetter("id"))
def test_bylines_are_flagged_and_read(case: Case, script: str) -> None:
    article = cleaned(convert(case.text, script))[0]
    assert [(start, end) for start, end, reason in article.boilerplate if reason == "byline"] == list(case.spans)
    assert fold(article.author or "") == fold("".join(case.expected))
    for field in ("title", "outlet"):
        if case.more.get(field):
            assert fold(getattr(article, field) or "") == fold(case.more[field])


def test_bylines_names_are_in_the_script_of_the_article() -> None:
    assert cleaned("兩縣簽約\n〔記者許廷瑜／綜合報導〕兩縣昨日簽署合作備忘錄，雙方將合作。")[0].author == "許廷瑜"


@pytest.mark.parametrize("byline", ["本报讯(记者 甲乙)", "新华社北京3月5日电", "〔记者甲乙/台北报导〕", "【明报专讯】"])
def test_lead_of_ends_where_the_text_begins(byline: str) -> None:
    lead = lead_of(byline + "两市签署合作协议" if byline[-1] in ")〕】" else byline + " 两市签署合作协议")
    assert lead is not None
    assert (lead.start, lead.end) == (0, len(byline))


@pytest.mark.parametrize("text", ["(", "〔" * 1000, "记者" * 1000, "本报" * 1000, "文:" * 1000, "记者 甲 " * 1000, "甲、" * 1000, "(记者 " * 1000])
def test_bylines_are_linear_on_hostile_repeats(text: str) -> None:
    for line in (text, text * 50):
        assert lead_of(line) is None or line
        assert is_byline(line) in (True, False)
        assert authors_of(line[:5000]) is not None
