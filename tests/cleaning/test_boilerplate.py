"""Furniture: what is flagged, in which script ever, and what is not."""

from operator import attrgetter

import pytest

from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.cleaning.pages import cleaned

BODY = "　　两市近日签署合作协议，双方将在园区共建、人才交流等方面开展合作，首批项目总投资三亿元。"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("boilerplate"), ids=attrgetter("id"))
def test_boilerplate_is_flagged_with_its_reason(case: Case, script: str) -> None:
    article = cleaned(convert(case.text, script))[0]
    assert [(a, b, reason) for a, b, reason in article.boilerplate] == case.mentions


@pytest.mark.parametrize("piece", ["》", "》甲 ", "[", "](", "<p ", "&nbsp;", "http://", "> ", "分享 ", "(图", "■", "甲>", "| ", "首页 ", "/摄影"])
def test_boilerplate_is_linear_on_hostile_repeats(piece: str) -> None:
    for text in (piece * 20_000, (piece + "\n") * 5_000):
        article = cleaned(text)[0]
        assert all(0 <= a < b <= len(text) for a, b, _ in article.boilerplate)
