"""The spaCy side: a Doc is the article's text, and every mention a span of it, whatever the text."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from spacy.language import Language
from spacy.tokens import Doc

from jianbao.component import SPAN_GROUPS, text_components, text_of
from jianbao.mentions import mention_records
from jianbao.records import KINDS
from jianbao.text import make_text, without_surrogates
from tests.samples import ARTICLES, HANS, HANT, environment
from tests.strategies import press_texts

SAMPLES = [data.decode("utf-8-sig") for name, data in ARTICLES.items() if name.endswith(".txt")]


def spans(doc: Doc) -> list[tuple[str, int, int, str, str]]:
    return sorted((span.label_.lower(), span.start_char, span.end_char, span.text, span.id_) for group in doc.spans.values() for span in group)


def check(doc: Doc, source: str) -> None:
    assert doc.text == source
    assert "".join(token.text_with_ws for token in doc) == source
    assert set(doc.spans) == set(SPAN_GROUPS.values())
    mentions = doc._.mentions
    assert spans(doc) == sorted((m.kind, m.start, m.end, m.text, m.id) for m in mentions)
    for mention in mentions:
        assert source[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", SAMPLES, ids=[name for name in ARTICLES if name.endswith(".txt")])
def test_doc_of_samples_is_their_text_with_every_mention_a_span(nlp: Language, text: str) -> None:
    doc = nlp(text)
    check(doc, text)


@settings(max_examples=60)
@given(press_texts)
def test_doc_of_any_text_is_that_text_with_every_mention_a_span(nlp: Language, text: str) -> None:
    source = without_surrogates(text)
    assert len(source) == len(text)
    check(nlp(text), source)


def test_doc_has_spans_of_every_kind(nlp: Language) -> None:
    doc = nlp(HANS)
    for kind in KINDS:
        assert doc.spans[SPAN_GROUPS[kind]], kind
    assert [event.status for event in doc._.events] == ["signed"]


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\u200b\ufeff", "\r\n \u3000", "😀"], ids=ascii)
def test_doc_of_hardly_any_text(nlp: Language, text: str) -> None:
    check(nlp(text), text)


def test_doc_lone_surrogate_becomes_a_replacement_at_its_place(nlp: Language) -> None:
    text = "吉林省\ud800与\udfff浙江省签署协议"
    check(nlp(text), "吉林省\ufffd与\ufffd浙江省签署协议")


def test_doc_tokens_are_words_and_their_norm_the_folded_word(nlp: Language) -> None:
    doc = nlp("臺北市 政府簽署《協議》，２０１８年。")
    words = {token.text: token.norm_ for token in doc}
    assert words["簽署"] == "签署"
    assert words["２０１８"] == "2018"
    text = text_of(doc)
    flags = text.boundaries
    starts = {token.idx for token in doc}
    assert {text.offsets[i] for i in range(len(text.folded)) if flags[i] and text.folded[i] != " "} <= starts


@settings(max_examples=60)
@given(press_texts)
def test_run_path_and_doc_path_find_the_same(nlp: Language, text: str) -> None:
    source = without_surrogates(text)
    plain = nlp.tokenizer.make_text(source)  # type: ignore[union-attr]
    for component in text_components(nlp):
        component.apply(plain)
    doc = nlp(source)
    assert mention_records(plain) == doc._.mentions
    assert plain.events == doc._.events


def test_docs_of_one_pipeline_are_apart(nlp: Language) -> None:
    alone = spans(nlp(HANS))
    docs = list(nlp.pipe([HANS, HANT, HANS]))
    assert spans(docs[0]) == spans(docs[2]) == alone != spans(docs[1])
    assert text_of(docs[0]) is not text_of(docs[2])


def test_long_article_is_not_too_long(small_pipeline_file: Path, nlp: Language) -> None:
    text = "字" * 1_000_001
    assert nlp.max_length > len(text)
    assert nlp.make_doc(text[:10]).text == text[:10]


def test_make_text_without_segmenter_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="load_pipeline"):
        _ = make_text("吉林").words


def test_pipeline_saved_and_loaded_by_spacy_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import json, sys, spacy\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "docs = [nlp(text) for text in json.load(sys.stdin)]\n"
        "print(json.dumps([[(s.label_.lower(), s.start_char, s.end_char, s.text, s.id_) for g in d.spans.values() for s in g] for d in docs]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "saved")],
        input=json.dumps([HANS, HANT]),
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
        env=environment(PYTHONIOENCODING="utf-8"),
    )
    found = [sorted(tuple(span) for span in doc) for doc in json.loads(done.stdout)]
    assert found == [spans(nlp(HANS)), spans(nlp(HANT))]
    assert all(found)


def test_pipeline_leaves_spacy_whole() -> None:
    code = (
        "import sys, jianbao; nlp = jianbao.load_pipeline(); import spacy\n"
        "assert 'weasel' not in sys.modules, 'the command line of spaCy was loaded'\n"
        "assert not hasattr(spacy, 'nothing')\n"
        "assert spacy.info()['spacy_version'] == spacy.__version__\n"
        "assert spacy.cli.info is spacy.cli.info and sys.modules['spacy.cli'].download is spacy.cli.download\n"
        "from spacy.cli import app\n"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment(), timeout=120)
