"""Script parity: an article in Traditional and in Simplified characters gives the same mentions, values and events."""

import pytest
from spacy.language import Language

from jianbao.readers import ReadOptions
from jianbao.records import Article
from jianbao.resources import pipeline_directory
from jianbao.stages.clean import clean
from jianbao.stages.extract import extract
from jianbao.stages.normalise import normalise
from jianbao.stages.read import list_files, read
from jianbao.stages.resolve import resolve
from jianbao.stages.segment import segment
from jianbao.text import Text
from tests.case_tables import SCRIPTS, convert

CORPUS = pipeline_directory().parent / "corpus" / "articles"
# Text files and records only: a converted page or document would need its file made again.
ARTICLES = [a for a in read(list_files([CORPUS])[0], ReadOptions()) if isinstance(a, Article) and a.source_offset is not None]


def worked(article: Article, nlp: Language) -> Text:
    segmented = segment(normalise(clean([article])), nlp.tokenizer.segmenter)
    return next(iter(resolve(extract(segmented, nlp), nlp)))


def facts(text: Text) -> list[object]:
    """Everything but the printed form: places, kinds, values, rules; events without their evidence."""
    mentions = [(m.kind, *text.source_span(m.start, m.end), m.value, m.rule) for m in text.mentions]
    return [*mentions, *(event.model_copy(update={"evidence": ()}) for event in text.events)]


@pytest.mark.parametrize("script", SCRIPTS[1:])
@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.source)
def test_scripts_give_the_same_facts(article: Article, script: str, nlp: Language) -> None:
    base = article.model_copy(update={"text": convert(article.text, "t2s")})
    other = base.model_copy(update={"text": convert(base.text, script)})
    assert facts(worked(other, nlp)) == facts(worked(base, nlp))
