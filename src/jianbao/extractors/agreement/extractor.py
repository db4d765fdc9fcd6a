"""The extractor of agreements: the rooms in their order, and the spaCy component around them."""

from collections.abc import Iterator
from itertools import chain

from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.extractors.agreement.aliases import find_aliases
from jianbao.extractors.agreement.compounds import Compounds
from jianbao.extractors.agreement.edges import Edges
from jianbao.extractors.agreement.heads import Heads
from jianbao.extractors.agreement.known import KnownNames
from jianbao.extractors.agreement.plans import Plans
from jianbao.extractors.agreement.quoted import QuotedNames
from jianbao.extractors.agreement.spans import Spans
from jianbao.extractors.agreement.titles import Titles
from jianbao.extractors.agreement.words import Words
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text


class AgreementExtractor:
    """Finds titles in 《》 with an agreement's or policy document's last word, type words with their subject, and known short names."""

    def __init__(self, heads: Lexicon, known: Lexicon, words: Lexicon, letters: frozenset[str], segmenter: WordSegmenter) -> None:
        known_heads = Heads(heads, segmenter)
        known_words = Words(words, letters, segmenter)
        edges = Edges(known_words)
        self._titles = Titles(known_heads)
        self._quoted = QuotedNames(known_heads)
        self._plans = Plans(known_heads, known_words, edges)
        self._known = KnownNames(known)
        self._compounds = Compounds(known_heads, known_words, edges)

    def find(self, text: Text) -> Iterator[Mention]:
        """The names of agreements and policy documents, by rule and then by place."""
        found = [*self._titles.find(text), *self._quoted.find(text)]
        found += self._plans.find(text, found)
        found += self._known.find(text, Spans(found))
        found += self._compounds.find(text, Spans(found))
        return chain(found, find_aliases(text, found))


@Language.factory(
    "jianbao_agreements",
    default_config={
        "heads": "agreement_heads",
        "known": "agreements_known",
        "words": "agreement_words",
        "places": ["regions_china", "regions_world", "regions_macro"],
        "segmenter": "rjieba",
    },
)
def make_agreements(nlp: Language, name: str, heads: str, known: str, words: str, places: list[str], segmenter: str) -> MentionComponent:
    """The component that finds agreements and policy documents; `places` give the letters of strings such as 台欧."""
    letters = frozenset(surface for place in places for surface in load_lexicon(place).owners if len(surface) == 1)
    lexicons = (load_lexicon(heads), load_lexicon(known), load_lexicon(words))
    return MentionComponent(AgreementExtractor(*lexicons, letters, load_segmenter(segmenter)))
