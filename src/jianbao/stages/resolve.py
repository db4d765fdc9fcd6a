"""resolve: mentions of one article -> resolved mentions and the agreements that the article tells of."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jianbao.stages.waves import waves
from jianbao.text import Text

if TYPE_CHECKING:
    from spacy.language import Language


def resolve(texts: Iterable[Text], nlp: "Language") -> Iterator[Text]:
    """Each text after the pipeline's resolvers: no two mentions cross, each has a value, agreements have their slots."""
    from jianbao.component import ResolverComponent, text_components  # spaCy: a process that only hands out articles does without it

    components = [c for c in text_components(nlp) if isinstance(c, ResolverComponent)]
    for wave in waves(texts, lambda text: len(text.source)):
        for component in components:
            component.apply_each(wave)
        yield from wave
