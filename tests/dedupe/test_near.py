"""Near-duplicate articles: what counts as one story told again, and hashing that is the same on every machine."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.dedupe.near import BANDS, Reprints, alike, shingles, signature, story_body, story_home
from tests.strategies import press_texts


def story(length: int, seed: int) -> str:
    """Characters of a text of its own."""
    return "".join(random.Random(seed).choices([chr(c) for c in range(0x4E00, 0x5A00)], k=length))


LONG = story(900, 1)


def similar(a: str, b: str) -> float:
    return Reprints({1: a, 2: b}).similarity(1, 2)


def found(*bodies: str) -> list[tuple[int, int]]:
    ages = np.arange(1, len(bodies) + 1)
    return list(alike(ages, np.array([len(b) for b in bodies]), [signature(b) for b in bodies]))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LONG, True),
        (story(40, 2) + LONG, True),
        (LONG[: len(LONG) // 2], True),
        (LONG[300:] + story(80, 3), True),
        (LONG[:600] + story(300, 4), False),
        (LONG[: len(LONG) // 5], False),
        (story(900, 5), False),
        ("".join(c if i % 30 else "某" for i, c in enumerate(LONG)), True),
        ("".join(c if i % 6 else "某" for i, c in enumerate(LONG)), False),
    ],
    ids=["whole", "titled", "half", "end_changed", "third_rewritten", "quoted", "other", "misprints", "retold"],
)
def test_near_story_told_again(other: str, same: bool) -> None:
    assert (similar(LONG, other) > 0) == (similar(other, LONG) > 0) == same
    if same:
        assert found(LONG, other) == [(2, 1)], "and MinHash finds it"


def test_near_numbers_keep_notices_from_one_mould_apart() -> None:
    mould = story(60, 7) + "收报{}点，成交{}亿元，上涨{}家，下跌{}家" + story(60, 8)
    assert similar(mould.format(3012, 4411, 2110, 1807), mould.format(3025, 4002, 1920, 1999)) == 0
    assert similar(mould.format(3012, 4411, 2110, 1807), "快讯" + mould.format(3012, 4411, 2110, 1807)) > 0


def test_near_marks_blanks_and_furniture_say_nothing() -> None:
    text = "首页>新闻\n两市 签署《协议》，\n共建园区。分享到"
    assert story_body(text, [(0, 6), (len(text) - 3, len(text))]) == "两市签署协议共建园区"
    assert story_body("两市签署“协议”共建园区", []) == "两市签署协议共建园区"


@given(press_texts)
def test_near_body_is_the_letters_and_digits_of_a_text(text: str) -> None:
    assert story_body(text, []) == "".join(c for c in text if c.isalnum())


def test_near_short_notices_of_two_days_are_two_stories() -> None:
    assert story_home("央行开展100亿元逆回购操作", "2024-01-02") != story_home("央行开展100亿元逆回购操作", "2024-01-03")
    assert story_home(LONG, "2024-01-02") == story_home(LONG, "2024-01-03")
    assert signature("央行开展100亿元逆回购操作") == ""


def test_near_a_hundred_reprints_cost_a_pair_or_two_each() -> None:
    pairs = found(*[LONG] * 100)
    assert {later for later, _ in pairs} == set(range(2, 101))
    assert len(pairs) <= 200


def test_near_hashes_are_the_same_on_every_machine() -> None:
    assert shingles("两市签署协议")[:2].tolist() == [16480468179942826446, 2841607532667278603]
    assert signature("两市签署战略合作协议" * 6)[:32] == "765f9e53c33015b59451b3a5c673149d"
    assert len(signature(LONG)) == 16 * BANDS


@given(st.text(max_size=200), st.text(max_size=200))
def test_near_similarity_is_symmetric_and_never_above_one(a: str, b: str) -> None:
    assert similar(a, b) == similar(b, a)
    assert 0 <= similar(a, b) <= 1
    assert similar(a, a) == 1
