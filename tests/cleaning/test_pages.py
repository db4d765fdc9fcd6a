"""Pages with several articles: where they are cut, and that their articles tile them."""

from operator import attrgetter

import pytest
from hypothesis import given

from jianbao.folding import fold
from jianbao.records import Article, make_id
from jianbao.text import without_surrogates
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.cleaning.pages import cleaned
from tests.strategies import press_texts

LEADS = [
    "本报讯（记者 张三）两市签署合作协议，双方将共建园区。\n\n",
    "新华社北京3月5日电 国务院印发方案，部署合作，成效明显。\n",
    "〔記者許廷瑜／台北報導〕兩縣昨日簽署備忘錄。\n",
]


def is_tiled(articles: list[Article], text: str) -> bool:
    offsets = [a.source_offset or 0 for a in articles]
    return "".join(a.text for a in articles) == text and all(text[o : o + len(a.text)] == a.text for o, a in zip(offsets, articles, strict=True))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("page_split"), ids=attrgetter("id"))
def test_pages_are_cut_at_their_articles(case: Case, script: str) -> None:
    marked = case.text
    text = convert(marked.replace("\\r", "\r"), script)
    before = [marked[:start].count("\\r") for start, _ in case.spans]  # a literal \r is one character of the page
    articles = cleaned(text)
    assert [a.source_offset for a in articles] == [start - n for (start, _), n in zip(case.spans, before, strict=True)]
    assert is_tiled(articles, text)
    assert [fold(a.title or "-") for a in articles] == [fold(title) for title in case.expected]


def test_pages_articles_have_what_the_page_says() -> None:
    page = (
        "柳河日报　2021年9月14日　02版\n\n两市签约\n本报讯（记者 张三）两市昨日签署合作协议，双方将共建园区。\n\n"
        "园区开工\n本报讯（记者 李四）园区昨日开工，首期投资三亿元，占地一千亩。"
    )
    first, second = cleaned(page, "某报/p2.txt")
    assert (first.published, first.outlet, first.author) == ("2021-09-14", "柳河日报", "张三")
    assert (second.published, second.published_by, second.outlet, second.author) == ("2021-09-14", "date_line", "柳河日报", "李四")
    assert second.id == make_id("a", "某报/p2.txt", second.source_offset) != first.id
    assert second.sha256 == first.sha256


def test_pages_records_and_titled_articles_stay_whole() -> None:
    page = "".join(f"两市签约{i}\n{LEADS[0]}" for i in range(3))
    assert len(cleaned(page)) == 3
    assert len(cleaned(page, "dump.jsonl#7")) == 1
    assert len(cleaned(page, title="两市签约")) == 1


def test_pages_of_formats_without_offsets_have_ids_of_their_own() -> None:
    articles = cleaned("".join(f"两市签约{i}\n{LEADS[0]}" for i in range(3)), "page.pdf", source_offset=None)
    assert [a.source_offset for a in articles] == [None, None, None]
    assert len({a.id for a in articles}) == 3


@given(press_texts, press_texts, press_texts)
def test_pages_tile_any_text(one: str, two: str, three: str) -> None:
    text = without_surrogates("".join(piece + "\n" + lead for piece, lead in zip((one, two, three), LEADS, strict=True)) + one)
    articles = cleaned(text)
    assert is_tiled(articles, text)
    assert all(a.text for a in articles)
    assert len({a.id for a in articles}) == len(articles)


@given(press_texts)
def test_clean_is_the_same_in_every_script_and_time(text: str) -> None:
    text = without_surrogates(text) + "\n" + LEADS[0] + "责任编辑：王某\n"
    base = cleaned(convert(text, "t2s"))
    assert cleaned(convert(text, "t2s")) == base

    def facts(articles: list[Article]) -> list[object]:
        return [(a.source_offset, len(a.text), a.published, a.published_by, a.convention, a.boilerplate) for a in articles]

    for script in ("s2t", "s2tw", "s2hk"):
        converted = convert(convert(text, "t2s"), script)
        if fold(converted) == fold(convert(text, "t2s")):  # OpenCC may choose another word in a heap of pieces
            assert facts(cleaned(converted)) == facts(base)
