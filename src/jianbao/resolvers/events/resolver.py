"""The resolver of events, and the spaCy component around it."""

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.resolvers.events.article import Article
from jianbao.resolvers.events.drafts import value_of
from jianbao.resolvers.events.policies import Policies
from jianbao.resolvers.events.record import event_of
from jianbao.resolvers.events.signings import Signings
from jianbao.resolvers.events.told import Told
from jianbao.resolvers.events.unnamed import Unnamed
from jianbao.resolvers.events.verbs import Verbs
from jianbao.resolvers.parties import Words, outermost
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Text


class EventResolver:
    """Reads the agreements that an article tells of."""

    def __init__(self, triggers: Lexicon, names: Lexicon, segmenter: WordSegmenter) -> None:
        verbs = Verbs(triggers)
        self._words = Words(verbs.asides, names, segmenter.pos)
        self._meeting = verbs.meeting
        self._signings = Signings(verbs.sign)
        self._policies = Policies(verbs.issue, verbs.draft)
        self._unnamed = Unnamed()

    def resolve(self, text: Text) -> None:
        """Fills `text.events`, in the order of the text."""
        agreements = [m for m in text.mentions if m.kind == "agreement" and not text.in_boilerplate(m.start, m.end)]
        if not agreements and "签约" not in text.folded and "联贷" not in text.folded:
            return
        article = Article(text, self._words, self._meeting)
        told = Told(text)
        for agreement in outermost(agreements):
            policy = value_of(agreement).agreement_type == "policy_document"
            for draft in (self._policies if policy else self._signings).read(article, agreement, told):
                told.add(draft)
        for draft in list(self._unnamed.read(article, told)):
            told.add(draft)
        text.events[:] = [event_of(text, draft) for draft in told.agreements()]


@Language.factory("jianbao_events", default_config={"triggers": "agreement_triggers", "names": "party_words", "segmenter": "rjieba"})
def make_events(nlp: Language, name: str, triggers: str, names: str, segmenter: str) -> ResolverComponent:
    """The component that reads agreements as events."""
    return ResolverComponent(EventResolver(load_lexicon(triggers), load_lexicon(names), load_segmenter(segmenter)))
