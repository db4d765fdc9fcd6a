"""Folding: one Simplified, half-width form for every printed form, one code point for one.

`fold("臺灣㈠２０１８年")` is `台湾㈠2018年`. Rules and lexicons see folded text only, so one rule serves both scripts; because the length never
changes, a folded position is a source position until blanks are joined (`text.py`).
"""

import sys
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

import daachorse
import numpy as np
import opencc
import yaml

from jianbao.resources import LexiconFolder, lexicon_folder

# Where OpenCC has anything to say: radicals, unified and compatibility ideographs.
HAN_BLOCKS = (range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
# Where print variants and canonical singletons are: Latin to CJK symbols, compatibility and width forms, the compatibility supplement.
DECOMPOSED_BLOCKS = (range(0xA0, 0x3400), range(0xF900, 0x10000), range(0x2F800, 0x2FA20))
# Decompositions that only undo print width or presentation. <super>, <circle> and <square> carry meaning (m², ①, ㎡) and stay.
PRESENTATION = {"<wide>", "<narrow>", "<compat>", "<noBreak>", "<vertical>"}
# U+3000 separates words in headlines and columns: it stays apart from an ordinary blank.
KEPT = {"\u3000"}


_SHORT = 128
_HELD = 1 << 18  # characters: more than a wave has


class FoldError(ValueError):
    """A fold file that cannot be used: no YAML, or a pair that would change lengths or never settle.

    Attributes:
        pair: The left side of the pair at fault, where it is one pair's.
    """

    def __init__(self, message: str, pair: str = "") -> None:
        super().__init__(message)
        self.pair = pair

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.pair)  # it comes back from worker processes


class Folding:
    """A fold table and its phrases; `fold` is idempotent and keeps the length of every string."""

    def __init__(self, characters: dict[str, str], phrases: dict[str, str]) -> None:
        self._table = _build_table(characters)
        self._phrases = phrases
        self._results = list(phrases.values())
        self._lately: dict[int, tuple[str, str]] = {}
        self._held = 0
        for wrong, right in phrases.items():
            if len(wrong) != len(right) or len(wrong) < 2:
                raise FoldError(f"phrase {wrong} -> {right}: both sides need the same length, at least 2", wrong)
            if self._fold_characters(wrong) != wrong or self._fold_characters(right) not in (right, wrong):
                raise FoldError(f"phrase {wrong} -> {right}: write both sides as character folding leaves them", wrong)
        for wrong, right in phrases.items():
            if self.fold(self.fold(right)) != self.fold(right):
                raise FoldError(f"phrase result {right} does not settle: folding it again changes it", wrong)

    @cached_property
    def _matcher(self) -> daachorse.CharwiseDoubleArrayAhoCorasick | None:
        if not self._phrases:
            return None
        return daachorse.CharwiseDoubleArrayAhoCorasick(list(self._phrases), daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """What the table changes."""
        points = np.flatnonzero(self._table != np.arange(len(self._table)))
        return dict(zip(points.tolist(), self._table[points].tolist(), strict=True))

    def _fold_characters(self, text: str) -> str:
        if len(text) < _SHORT:
            return text.translate(self._pairs)  # three times as fast for a name; the table, for a page
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._table.take(points).tobytes().decode("utf-32-le", "surrogatepass")

    def fold(self, text: str) -> str:
        """The folded form of `text`, of the same length: `１２畝` gives `12亩`."""
        folded = text if text.isascii() else self._fold_characters(text)
        if self._matcher is None or folded.isascii():
            return folded
        try:
            found = self._matcher.find(folded)
        except UnicodeEncodeError:  # a lone surrogate cannot pass the matcher; a character takes its place for the search only
            found = self._matcher.find(folded.encode("utf-8", "replace").decode())
        if not found:
            return folded
        pieces, last = [], 0
        for start, end, index in found:
            pieces += [folded[last:start], self._results[index]]
            last = end
        return "".join([*pieces, folded[last:]])

    def fold_article(self, text: str) -> str:
        """The folded form of a text that is asked for twice: when an article is cleaned, and when it is normalised after all others of its wave."""
        known = self._lately.pop(id(text), None)
        if known is not None and known[0] is text:
            self._held -= len(text)
            return known[1]
        if self._held > _HELD:
            self._lately.clear()  # what was never asked for again: pages that held several articles, texts that nobody cleaned
            self._held = 0
        folded = self.fold(text)
        self._lately[id(text)] = text, folded
        self._held += len(text)
        return folded

    def fold_all(self, texts: Iterable[str]) -> dict[str, str]:
        """The folded form of each text, all in one pass; texts hold no line ends."""
        given = list(dict.fromkeys(texts))
        return dict(zip(given, self.fold("\n".join(given)).split("\n"), strict=True)) if given else {}


@lru_cache
def opencc_conversion(how: str) -> Callable[[str], str]:
    """OpenCC's conversion `how` (`t2s`, `s2t`), its tables read once in a process: that takes a twentieth of a second."""
    convert: Callable[[str], str] = opencc.OpenCC(how).convert
    return convert


def _build_table(characters: dict[str, str]) -> np.ndarray:
    """The folded code point of each code point, followed to a fixed point."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    step: dict[int, int] = {}
    han = [chr(p) for block in HAN_BLOCKS for p in block]
    converted = opencc_conversion("t2s")("\n".join(han)).split("\n")
    step.update((ord(a), ord(b)) for a, b in zip(han, converted, strict=True) if len(b) == 1 and a != b)
    for point in (p for block in DECOMPOSED_BLOCKS for p in block):
        character = chr(point)
        decomposition = unicodedata.decomposition(character).split()
        if not decomposition or character in KEPT:
            continue
        presentation = decomposition[0] in PRESENTATION
        plain = unicodedata.normalize("NFKC" if presentation else "NFC", character)
        # A canonical singleton (CJK compatibility ideographs) normalises to one other character; accents stay composed.
        if len(plain) == 1 and plain != character:
            step[point] = ord(plain)
    for character, target in characters.items():
        if len(character) != 1 or len(target) != 1:
            raise FoldError(f"character {character} -> {target}: one code point for one", character)
        step[ord(character)] = ord(target)
    for point in step:
        seen = [point]
        while (following := step.get(seen[-1], seen[-1])) != seen[-1]:
            if following in seen:
                pair = next(chr(one) for one in seen if chr(one) in characters)
                raise FoldError(f"characters {''.join(map(chr, seen))} fold in a circle", pair)
            seen.append(following)
        table[point] = seen[-1]
    return table


def load_folding() -> Folding:
    """The folding of `fold.yaml` among the lexicons in force.

    Raises:
        FoldError: the file is missing or no fold table, or has a pair that changes lengths, folds in a circle or does not settle; the message says
            file:line:column.
    """
    return _load_folding(lexicon_folder())


@lru_cache(maxsize=4)
def _load_folding(folder: LexiconFolder) -> Folding:
    path = folder.path / "fold.yaml"
    try:
        written = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FoldError(f"{path}: {getattr(error, 'strerror', error)}; a folder of lexicons holds fold.yaml in UTF-8") from None
    known = _FOLDINGS.get(written)
    if known is None:
        if len(_FOLDINGS) > 4:
            _FOLDINGS.clear()
        known = _FOLDINGS[written] = _read_folding(path, written)
    return known


_FOLDINGS: dict[str, Folding] = {}
"""By what a file says: folders of lexicons that are compared have the same fold table as a rule, and building it takes a tenth of a second."""


def _read_folding(path: Path, written: str) -> Folding:
    try:
        root = yaml.compose(written, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise FoldError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', error)}") from None
    pairs: dict[str, dict[str, str]] = {"characters": {}, "phrases": {}}
    places: dict[str, str] = {}
    for section, body in _mapping(root, path):
        if section.value not in pairs:
            raise FoldError(f"{_place(path, section)}: {section.value}: a fold table has `characters:` and `phrases:`")
        for left, right in _mapping(body, path):
            if not isinstance(right, yaml.ScalarNode) or left.value in places:
                raise FoldError(f"{_place(path, left)}: {left.value}: write each pair once, as 淸: 清")
            pairs[section.value][left.value] = right.value
            places[left.value] = _place(path, left)
    try:
        return Folding(pairs["characters"], pairs["phrases"])
    except FoldError as error:
        raise FoldError(f"{places[error.pair]}: {error}", error.pair) from None


def _place(path: Path, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def _mapping(node: yaml.Node | None, path: Path) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """The keys and values of a mapping; of an empty file or section none."""
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return []
    if not isinstance(node, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
        raise FoldError(f"{_place(path, node)}: pairs are needed here, as 淸: 清")
    return list(node.value)


def fold(text: str) -> str:
    """The folded form of `text` under the fold table in force."""
    return load_folding().fold(text)
