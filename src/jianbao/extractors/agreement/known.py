"""Names that the lexicon of agreements and laws knows whole: CEPA, 公司法."""

from collections.abc import Iterator

from jianbao.extractors.agreement.heads import NOT_BEFORE
from jianbao.extractors.agreement.spans import Spans
from jianbao.extractors.agreement.surfaces import Surfaces, is_inside_latin
from jianbao.lexicon import AgreementHeadEntry, Lexicon
from jianbao.records import AgreementValue
from jianbao.text import Mention, Text


class KnownNames:
    """Finds the surfaces of the lexicon where they are words by themselves."""

    def __init__(self, known: Lexicon) -> None:
        self._entries: dict[str, AgreementHeadEntry] = known.by_surface
        self._surfaces = Surfaces(known.owners)

    def find(self, text: Text, found: Spans) -> Iterator[Mention]:
        """Known names that stand in nothing found, each with the title it is short for."""
        folded = text.folded
        for start, end in self._surfaces.find(folded):
            name = folded[start:end]
            if name.isascii():
                if is_inside_latin(folded, start, end):
                    continue
            elif not (text.is_word_start(start) and text.is_word_start(end)) or NOT_BEFORE.match(folded, end):
                continue  # 公司法|人 is no law
            if not found.cover(start, end):
                entry = self._entries[name]
                value = AgreementValue(agreement_type=entry.agreement_type, title=entry.hans)
                yield text.mention("agreement", start, end, rule="agreement.known", value=value, lexicon=(entry.id,))
