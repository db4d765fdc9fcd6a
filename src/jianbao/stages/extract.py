"""extract: `Text` -> mentions, one independent extractor per kind, as a pipeline file names them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jianbao.stages.waves import waves
from jianbao.text import Text

if TYPE_CHECKING:
    from spacy.language import Language


def extract(texts: Iterable[Text], nlp: "Language") -> Iterator[Text]:
    """Each text with the lexicon hits and mentions that the pipeline's extractors find; resolvers are another stage."""
    from jianbao.component import ResolverComponent, text_components  # spaCy: a process that only hands out articles does without it

    components = [c for c in text_components(nlp) if not isinstance(c, ResolverComponent)]
    for wave in waves(texts, lambda text: len(text.source)):
        for component in components:
            component.apply_each(wave)
        yield from wave
