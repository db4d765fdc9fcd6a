"""Segmenters: rjieba is held to jieba."""

import pytest
import rjieba
from hypothesis import given

from jianbao.folding import fold
from jianbao.readers import ReadOptions
from jianbao.records import Article
from jianbao.resources import pipeline_directory
from jianbao.segmenter import load_segmenter
from jianbao.stages.read import list_files, read
from jianbao.text import without_surrogates
from tests.strategies import press_texts

CORPUS = pipeline_directory().parent / "corpus" / "articles"
ARTICLES = [a for a in read(list_files([CORPUS])[0], ReadOptions()) if isinstance(a, Article)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.source)
def test_segmenters_cut_real_articles_alike(article: Article) -> None:
    text = fold(article.text)
    assert load_segmenter("rjieba").cut(text) == load_segmenter("jieba").cut(text)


@given(press_texts)
def test_segmenter_words_tile_the_text(source: str) -> None:
    text = fold(without_surrogates(source))
    assert "".join(load_segmenter().cut(text)) == text


@pytest.mark.parametrize(("word", "pos"), [("合作", "vn"), ("吉林省", "ns"), ("浙江大学", "nt"), ("吉浙", ""), ("某某某某", "")])
def test_segmenter_knows_parts_of_speech_of_dictionary_words(word: str, pos: str) -> None:
    assert load_segmenter().pos(word) == pos


def test_segmenter_name_must_be_known() -> None:
    with pytest.raises(ValueError, match="rjieba or jieba"):
        load_segmenter("pkuseg")


def test_segmenter_keeps_its_dictionary_to_itself() -> None:
    before = load_segmenter().cut("我们在吉林省")
    rjieba.add_word("在吉林省", 1_000_000, "x")
    try:
        assert rjieba.cut("我们在吉林省", False) != before
        assert load_segmenter().cut("我们在吉林省") == before
    finally:
        rjieba.add_word("在吉林省", 0, "x")
