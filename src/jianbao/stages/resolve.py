"""resolve: mentions of one article -> resolved mentions and the agreements that the article tells of."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jianbao.text import Text

if TYPE_CHECKING:
    from spacy.language import Language


def resolve(texts: Iterable[Text], nlp: "Language") -> Iterator[Text]:
    """Each text after the pipeline's resolvers: no two mentions cross, each has a value, agreements have their slots."""
    from jianbao.component import ResolverComponent, text_components  # spaCy: a process that only hands out articles does without it

    components = [c for c in text_components(nlp) if isinstance(c, ResolverComponent)]
    for text in texts:
        for component in components:
            component.apply(text)
        yield text
