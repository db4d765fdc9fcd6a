"""Cleaning: the articles of a page tile it, and their text is never changed."""

from hypothesis import given

from jianbao.records import Article
from jianbao.stages.clean import clean
from jianbao.text import without_surrogates
from tests.samples import HANS, HANT
from tests.strategies import press_texts


def cleaned(text: str, **fields: object) -> list[Article]:
    return list(clean([Article(id="a:" + "0" * 16, source="a.txt", sha256="0" * 64, text=text, **fields)]))  # type: ignore[arg-type]


def check(text: str) -> None:
    position = 0
    articles = cleaned(text)
    for article in articles:
        assert article.source_offset == position
        assert text.startswith(article.text, position)
        position += len(article.text)
        last = 0
        for start, end, reason in article.boilerplate:
            assert last <= start < end <= len(article.text)
            assert article.text[start:end].strip()
            assert reason
            last = end
    assert position == len(text)
    assert len({article.id for article in articles}) == len(articles)


@given(press_texts)
def test_clean_articles_tile_any_text(text: str) -> None:
    check(without_surrogates(text))


@given(press_texts)
def test_clean_articles_tile_a_page_with_furniture(text: str) -> None:
    check("\r\n".join(["首页 > 新闻 > 正文", HANS, "责任编辑：某某", without_surrogates(text), "相关阅读", "甲市与乙市签约", "版权所有", HANT]))


def test_clean_keeps_what_the_record_says() -> None:
    told = {"title": "原题", "outlet": "甲报", "author": "某某", "url": "https://example.org", "published": "2017-01-01", "published_by": "field"}
    (article,) = cleaned("两市签约\n2018-03-30 08:15 来源：新华网\n" + HANS, **told)
    assert {key: getattr(article, key) for key in told} == told


def test_clean_script_and_convention_are_two_things() -> None:
    (hans,), (hant,) = cleaned(HANS, outlet="联合报"), cleaned(HANT, outlet="吉林日報")
    assert (hans.script, hans.convention) == ("hans", "taiwan")
    assert (hant.script, hant.convention) == ("hant", "mainland")
