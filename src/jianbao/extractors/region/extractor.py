"""The extractor of places: the rules in their order, and the spaCy component around them."""

from collections.abc import Iterator, Sequence
from itertools import chain

from spacy.language import Language

from jianbao.component import WaveMentionComponent
from jianbao.extractors.region import letter_lists, misprints, pairs, runs, settlements
from jianbao.extractors.region.doubtful import DoubtfulNames
from jianbao.extractors.region.edges import Edges
from jianbao.extractors.region.gazetteer import Gazetteer
from jianbao.extractors.region.initials import Initials
from jianbao.extractors.region.letter_lists import LetterLists
from jianbao.extractors.region.misprints import Misprints
from jianbao.extractors.region.names import SureNames
from jianbao.extractors.region.pairs import Pairs
from jianbao.extractors.region.pointing import find_pointing
from jianbao.extractors.region.runs import Runs
from jianbao.extractors.region.settlements import Settlements
from jianbao.extractors.region.towns import Towns
from jianbao.extractors.region.triggers import Triggers
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import Words
from jianbao.extractors.region.zone_starts import ZoneStarts
from jianbao.extractors.region.zones import Zones
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text


class RegionExtractor:
    """Finds places as names (长春), strings of initials (浙沪), zones (宁波保税区), towns (香林村) and by pointing (我省)."""

    def __init__(
        self,
        gazetteers: Sequence[Lexicon],
        words: Lexicon,
        stops: Lexicon,
        zones: Lexicon,
        towns: Lexicon,
        segmenter: WordSegmenter,
    ) -> None:
        known_words = Words(words, zones, segmenter)
        places = Gazetteer(gazetteers, stops, known_words)
        self._triggers = Triggers(words, zones, runs.MARKS | pairs.MARKS | letter_lists.MARKS | misprints.MARKS | settlements.MARKS)
        all_towns = Towns(towns)
        initials = Initials(places, known_words)
        # In order: a later rule builds upon what the earlier ones have accepted.
        self._rules = (
            SureNames(places, Edges(places, known_words, all_towns)).find,
            DoubtfulNames(places, known_words).find,
            initials.find,
            Runs(places, known_words).find,
            Pairs(places, known_words).find,
            LetterLists(places).find,
            Misprints(places).find,
        )
        self._zones = Zones(places, ZoneStarts(places, known_words, all_towns, initials))
        self._settlements = Settlements(known_words, all_towns)

    def find(self, text: Text) -> Iterator[Mention]:
        """The mentions of places in `text`, each with its candidates in `parsed` or with its value."""
        return chain.from_iterable(self.find_each([text]))

    def find_each(self, texts: Sequence[Text]) -> Iterator[list[Mention]]:
        """The mentions of places in each of `texts`."""
        views = [View.of(text, self._triggers.find(text.folded)) for text in texts]
        for rule in self._rules:
            for view in views:
                rule(view)
        zones = [list(self._zones.find(view)) for view in views]
        settlements = [list(self._settlements.find(view)) for view in views]
        for number, view in enumerate(views):
            yield [*_names_of(view), *settlements[number], *find_pointing(view), *zones[number]]


def _names_of(view: View) -> Iterator[Mention]:
    for name in view.starts.values():
        ids = name.surface.ids
        refused: tuple[str, ...] = ()
        if len(name.entries) < len(ids):  # by its context: 西安区 after 辽源市
            ids = tuple([entry.id for entry in name.entries])
            refused = tuple(sorted(name.surface.codes.difference(e.code for e in name.entries)))
        yield Mention("region", name.start, name.end, name.rule, None, name.entries, ids, refused=refused)


@Language.factory(
    "jianbao_regions",
    default_config={
        "gazetteers": ["regions_china", "regions_taiwan", "regions_world", "regions_macro"],
        "words": "place_words",
        "stops": "place_stops",
        "zones": "zone_heads",
        "towns": "towns_china",
    },
)
def make_regions(nlp: Language, name: str, gazetteers: list[str], words: str, stops: str, zones: str, towns: str) -> WaveMentionComponent:
    """The component that finds places."""
    extractor = RegionExtractor(
        [load_lexicon(gazetteer) for gazetteer in gazetteers],
        load_lexicon(words),
        load_lexicon(stops),
        load_lexicon(zones),
        load_lexicon(towns),
        load_segmenter(),
    )
    return WaveMentionComponent(extractor)
