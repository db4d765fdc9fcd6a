"""extract: `Text` -> mentions, one independent extractor per kind, as a pipeline file names them."""

from collections.abc import Iterable, Iterator

from spacy.language import Language

from jianbao.component import ResolverComponent, text_components
from jianbao.text import Text


def extract(texts: Iterable[Text], nlp: Language) -> Iterator[Text]:
    """Each text with the lexicon hits and mentions that the pipeline's extractors find; resolvers are another stage."""
    components = [c for c in text_components(nlp) if not isinstance(c, ResolverComponent)]
    for text in texts:
        for component in components:
            component.apply(text)
        yield text
