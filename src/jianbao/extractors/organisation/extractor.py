"""The extractor of organisations: the rules in their order, and the spaCy component around them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from spacy.language import Language

from jianbao.component import WaveMentionComponent
from jianbao.extractors.organisation.built import BuiltNames
from jianbao.extractors.organisation.choice import choose
from jianbao.extractors.organisation.context import ContextNames
from jianbao.extractors.organisation.known import KnownNames
from jianbao.extractors.organisation.latin import Latin
from jianbao.extractors.organisation.lists import Lists
from jianbao.extractors.organisation.media import Media
from jianbao.extractors.organisation.view import View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.wholes import Wholes
from jianbao.extractors.organisation.words import Words
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.records import OrganisationType, OrganisationValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text


@lru_cache(maxsize=1 << 16)  # the same few names again and again: validated once
def _value(name: str, type_: OrganisationType, region: str | None) -> OrganisationValue:
    return OrganisationValue(name=name, type=type_, region=region)


class OrganisationExtractor:
    """Finds names of bodies; a kind-word alone (两家企业, 有关部门), a project, a product or a job title is none."""

    def __init__(self, heads: Lexicon, context: Lexicon, fields: Lexicon, characters: Lexicon, stops: Lexicon, segmenter: WordSegmenter) -> None:
        words = Words(heads, context, fields, characters, stops, segmenter)
        walk = Walk(words)
        self._wholes = Wholes(words)
        lists = Lists(words, walk)
        # In order: a later rule builds upon what the earlier ones have found.
        self._rules = (
            KnownNames(words).find,
            BuiltNames(words, walk).find,
            lists.find_closed,
            lists.find_opened,
            ContextNames(words, walk).find,
            lists.find_between,
            Media(words).find,
            Latin().find,
            self._wholes.join,
        )

    def find(self, text: Text) -> Iterator[Mention]:
        """The organisations of a text, apart from one another."""
        return chain.from_iterable(self.find_each([text]))

    def find_each(self, texts: Sequence[Text]) -> Iterator[Iterator[Mention]]:
        """The organisations of each of `texts`."""
        views = [View.of(text) for text in texts]
        for rule in self._rules:
            for view in views:
                rule(view)
        return map(self._chosen, views)

    def _chosen(self, view: View) -> Iterator[Mention]:
        for candidate in self._wholes.begin(view, choose(view)):
            start, end = candidate.start, candidate.end
            value = _value(candidate.name or view.folded[start:end], candidate.type, candidate.region)
            yield Mention("organisation", start, end, candidate.rule, value, None, candidate.lexicon, False, candidate.refused)


@Language.factory(
    "jianbao_organisations",
    default_config={
        "heads": "organisation_heads",
        "context": "organisation_context",
        "fields": "organisation_fields",
        "characters": "organisation_characters",
        "stops": "organisation_stops",
        "segmenter": "rjieba",
    },
)
def make_organisations(
    nlp: Language, name: str, heads: str, context: str, fields: str, characters: str, stops: str, segmenter: str
) -> WaveMentionComponent:
    """The component that finds organisations."""
    extractor = OrganisationExtractor(
        load_lexicon(heads), load_lexicon(context), load_lexicon(fields), load_lexicon(characters), load_lexicon(stops), load_segmenter(segmenter)
    )
    return WaveMentionComponent(extractor)
