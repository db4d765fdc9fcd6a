"""Text: the map between folded and source positions is exact, whatever joining deleted."""

from hypothesis import given
from hypothesis import strategies as st

from jianbao.folding import fold
from jianbao.joining import find_joins
from jianbao.segmenter import load_segmenter
from jianbao.text import make_text
from tests.strategies import press_texts


@given(press_texts)
def test_text_offsets_are_exact(source: str) -> None:
    text = make_text(source, deleted=find_joins(source))
    assert len(text.offsets) == len(text.folded) + 1
    assert list(text.offsets) == sorted(set(text.offsets))
    whole = fold(source)
    for i, character in enumerate(text.folded):
        printed = whole[text.offsets[i]]
        # A phrase is folded again after joining (瞭⏎解); every other character is its source character, folded.
        assert character == printed or fold(text.folded)[i] == character


@given(press_texts, st.data())
def test_text_spans_hold_their_characters(source: str, data: st.DataObject) -> None:
    text = make_text(source, deleted=find_joins(source))
    if not text.folded:
        return
    start = data.draw(st.integers(0, len(text.folded) - 1))
    end = data.draw(st.integers(start + 1, len(text.folded)))
    first, last = text.source_span(start, end)
    assert 0 <= first < last <= len(source)
    kept = list(text.offsets[start:end])
    assert kept[0] == first
    assert kept[-1] == last - 1
    assert text.folded_position(first) == start


@given(press_texts)
def test_text_words_and_sentences_tile_the_text(source: str) -> None:
    text = make_text(source.encode("utf-8", "replace").decode(), segmenter=load_segmenter())
    assert "".join(text.words) == text.folded
    assert text.boundaries[0] == text.boundaries[-1] == 1
    ends = text.sentences
    assert ends == sorted(set(ends))
    assert ends[-1] == len(text.folded)


def test_text_sentence_stops_at_its_quotation_mark() -> None:
    text = make_text("他说：“明天签约。”会议结束。\n第二段")
    spans = [text.sentence_span(i) for i in (0, 12, 20)]
    assert [text.folded[a:b] for a, b in spans] == ["他说:“明天签约。”", "会议结束。", "第二段"]
