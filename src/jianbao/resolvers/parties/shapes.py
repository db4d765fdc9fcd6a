"""Whether words that no lexicon knows look like a name: 晴川能源, 科瑞恩."""

import re

from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import GENERAL, LONGEST_NAME, NAME_SHAPE, NO_END, NO_NAME, ORGANISATION_END, Words

_FOREIGN_SHORT = re.compile(r"[A-Za-z0-9]")


class Shapes:
    """Names by their shape: dictionary words that a name may be made of, and single characters."""

    def __init__(self, view: View, words: Words) -> None:
        self._view, self._text, self._folded = view, view.text, view.folded
        self._words = words

    def name_like(self, start: int, end: int, *, strict: bool) -> bool:
        """Whether the words may be a name; a `strict` reader asks for a sign of one."""
        name = self._folded[start:end]
        if len(name) > LONGEST_NAME or not NAME_SHAPE.fullmatch(name) or NO_END.search(name):
            return False
        if NO_NAME.fullmatch(name) and not (ORGANISATION_END.search(name) and not GENERAL.match(name)):
            return False
        words = self.cut(start, end)
        if any(self._words.no_name_word(w) for w in words):
            return False
        ending = ORGANISATION_END.search(name)
        if not strict or ending or _FOREIGN_SHORT.search(name):
            return True
        # Dictionary words alone are hardly a brand; a person's name or a single character is a sign of one.
        return any(len(w) == 1 or self._words.pos(w) in ("", "nr", "nrt", "nrfg", "nz", "nt") for w in words)

    def after_verb(self, start: int, end: int) -> int:
        """Past the last word that no name holds: 宣布|科瑞恩, 出席了|…."""
        boundaries, folded = self._view.boundaries, self._folded
        at = end
        while at > start:
            before = boundaries.rfind(1, start, at)
            if before < 0:
                return start
            if self._words.no_name_word(folded[before:at]) and not self._blank_in_latin(before, at):
                return at
            at = before
        return start

    def cut(self, start: int, end: int) -> list[str]:
        """The dictionary words between two positions, blanks inside Latin names left out."""
        boundaries = self._view.boundaries
        words: list[str] = []
        while start < end:
            following = boundaries.find(1, start + 1)
            following = end if following < 0 or following > end else following
            if not self._blank_in_latin(start, following):
                words.append(self._folded[start:following])
            start = following
        return words

    def _blank_in_latin(self, start: int, end: int) -> bool:
        """North| |Bay: a blank between Latin words is part of the name."""
        folded = self._folded
        return folded[start:end] == " " and start > 0 and folded[start - 1].isascii() and folded[end : end + 1].isascii()
