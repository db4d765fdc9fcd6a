"""What a word may be in a name before its head: a part of its subject, a joint, or what no name goes over."""

import re

from jianbao.extractors.agreement.signing import SIGNING
from jianbao.lexicon import Lexicon
from jianbao.segmenter import WordSegmenter
from jianbao.text import Text

CONNECTORS = frozenset("与和同跟及暨")
JOINS = frozenset(["与", "和", "及", "、", "以及"])
LONGEST_WORD = 16  # characters of a word or a place that a name may begin with
_NOUN_TAGS = frozenset(["n", "nz", "nt", "ns", "nl", "ng", "nr", "nrt", "nrfg", "j", "b", "vn", "an", "a", "l", "i", "s", "eng", "h", "k", "g", "tg"])
_MEASURES = frozenset("个份项宗批款件名")
_LATIN_NAME = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*")  # 5G, H200


class Words:
    """The words of the lexicon of agreements, and the dictionary behind them.

    Attributes:
        pos: The dictionary's part of speech of a word.
        letters: Characters that are places where they stand side by side: 台欧.
        subjects: What agreements are about, also where the dictionary has a verb: 采购.
        kinds: Contracts of a kind, of which only one that is signed is meant: 劳动合同.
    """

    def __init__(self, words: Lexicon, letters: frozenset[str], segmenter: WordSegmenter) -> None:
        self.pos = segmenter.pos
        self.letters = letters
        self._stops = _of_sense(words, "stop")
        self.subjects = _of_sense(words, "subject")
        self.kinds = _of_sense(words, "kind")
        cut = sorted((w for w in self.subjects if len(w) > 1 and len(segmenter.cut(w)) > 1), key=lambda w: (-len(w), w))
        self._cut_subjects = {last: [w for w in cut if w[-1] == last] for last in {w[-1] for w in cut}}

    def belongs(self, word: str) -> bool:
        """Whether a word may be part of a name: a noun, a subject, Latin letters, 第三轮; not 第一个."""
        if word in self._stops or word in CONNECTORS or not word.strip():
            return False
        if word in self.subjects or word == "协定":
            return True
        if word[0] == "第" and len(word) > 1:
            return word[-1] not in _MEASURES and not word.endswith("季度")  # 第二代, 第三轮; not 第一个
        if word.isascii():
            return word.isalpha() or _LATIN_NAME.fullmatch(word) is not None
        if not "\u4e00" <= word[0] <= "\u9fff":
            return False
        tag = self.pos(word)
        return tag in _NOUN_TAGS or (tag == "" and len(word) > 1)

    def may_name(self, word: str) -> bool:
        """Whether a word that ended the run may be part of another name: no preposition, number or mark, nothing that signs or stops."""
        if word in self._stops or word in CONNECTORS or not "\u4e00" <= word[0] <= "\u9fff" or SIGNING.search(word):
            return False
        return not self.pos(word).startswith(("p", "c", "u", "r", "m", "q"))

    def is_stop_at(self, text: Text, start: int) -> bool:
        """Whether a word that no name holds begins at `start`, 签署|任何|协议; of one character it may be a part of the name's own word: 签定|再保条约."""
        word = text.folded[start : text.boundaries.find(1, start + 1)]
        return len(word) > 1 and word in self._stops

    def cut_subject(self, text: Text, end: int, limit: int) -> int | None:
        """Where a subject word begins that the dictionary cuts (换|股, 同|城|化) and that ends at `end`."""
        folded = text.folded
        for word in self._cut_subjects.get(folded[end - 1], ()):
            start = end - len(word)
            if start >= limit and folded.startswith(word, start) and text.boundaries[start]:
                return start
        return None


def _of_sense(words: Lexicon, sense: str) -> frozenset[str]:
    return frozenset(surface for surface, entry in words.by_surface.items() if entry.sense == sense)
