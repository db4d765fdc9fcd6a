"""extract: `Text` -> mentions, one independent extractor per kind, as a pipeline file names them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jianbao.text import Text

if TYPE_CHECKING:
    from spacy.language import Language


def extract(texts: Iterable[Text], nlp: "Language") -> Iterator[Text]:
    """Each text with the lexicon hits and mentions that the pipeline's extractors find; resolvers are another stage."""
    from jianbao.component import ResolverComponent, text_components  # spaCy: a process that only hands out articles does without it

    components = [c for c in text_components(nlp) if not isinstance(c, ResolverComponent)]
    for text in texts:
        for component in components:
            component.apply(text)
        yield text
