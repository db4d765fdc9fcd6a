"""Text: an article's source and folded forms, the exact map between them, and the mentions found in it."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

from jianbao.folding import Folding, load_folding
from jianbao.records import Article, Event, Kind, Span, Value

_SURROGATE = re.compile("[\ud800-\udfff]")

# A sentence ends at a full stop, question or exclamation mark with the closing quotes and brackets after it, or at a line end.
# An ellipsis or a semicolon does not end it: agreements are listed with semicolons under one date.
# Two patterns, each with one character or set in front: that is searched for at C speed, and neither has to look back at which it was.
_SENTENCE_END = re.compile(r"[。!?][。!?]*+[”’\")》】]*+")
_LINE_END = re.compile(r"\n\n*+")


def without_surrogates(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate: no character, and neither UTF-8 nor spaCy can hold it. Offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


@dataclass(slots=True)
class Mention:
    """A span of folded text with its kind, value and rule, while an article is worked on.

    `start` and `end` count folded code points; `Text.source_span` gives the place in the article. Resolvers may change everything here.

    Attributes:
        value: What the mention is worth; None while only a resolver can tell.
        parsed: What the extractor read and a resolver needs (date fields, the gazetteer entries a surface may mean).
        lexicon: Ids of the lexicon entries used.
        refused: What was considered and not taken, for `jianbao explain`.
    """

    kind: Kind
    start: int
    end: int
    rule: str
    value: Value | None = None
    parsed: Any = None
    lexicon: tuple[str, ...] = ()
    deictic: bool = False
    refused: tuple[str, ...] = ()

    def covers(self, other: "Mention") -> bool:
        """Whether `other` lies inside this span (or on it)."""
        return self.start <= other.start and other.end <= self.end

    def crosses(self, other: "Mention") -> bool:
        """Whether the spans share characters and neither covers the other."""
        return self.start < other.start < self.end < other.end or other.start < self.start < other.end < self.end


class Hit(NamedTuple):
    """A lexicon surface in folded text, with every entry that owns it (`lexicon.Owner`: the entry, and whether it is guarded)."""

    start: int
    end: int
    owners: tuple[Any, ...]


class Segmenter(Protocol):
    """Cuts folded text into words; their concatenation is the text."""

    def cut(self, text: str) -> list[str]:
        """The words of `text`, in order."""


@dataclass(slots=True)
class Text:
    """An article as rules see it: `folded` is half-width, Simplified, and joined over hard wraps.

    Attributes:
        source: The article's text, where all written offsets point.
        folded: What rules and lexicons see. Its characters are those of `source`, folded, less the ones that joining deleted.
        offsets: The source position of each folded character, and `len(source)` at the end; increasing.
        joins: Folded positions at which something was deleted before the character: a rule may refuse a doubtful join.
        article: Metadata that resolvers may use (publication date, outlet, title, convention).
        hits: Lexicon surfaces found, by lexicon label; overlapping, by start and then longest first.
        mentions: What extractors found and resolvers made of it.
        events: The agreements that the article tells of.
    """

    source: str
    folded: str
    offsets: Sequence[int]
    article: Article | None = None
    joins: tuple[int, ...] = ()
    segmenter: Segmenter | None = None
    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    _boundaries: bytearray | None = None
    _cache: dict[str, Any] = field(default_factory=dict)

    def mention(self, kind: Kind, start: int, end: int, *, rule: str, value: Value | None = None, **more: Any) -> Mention:
        """A mention of this text at folded positions `start` to `end`."""
        return Mention(kind, start, end, rule, value, **more)

    def source_span(self, start: int, end: int) -> Span:
        """The place in the article of folded positions `start` to `end`; what joining deleted inside it belongs to it."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]

    def surface(self, start: int, end: int) -> str:
        """The characters as printed."""
        first, last = self.source_span(start, end)
        return self.source[first:last]

    def folded_position(self, source_position: int) -> int:
        """The first folded position at or after a source position."""
        return bisect_left(self.offsets, source_position)

    @property
    def words(self) -> list[str]:
        """jieba's words of the folded text, cut anew each time: rules ask where words begin, and the words fill more memory than all else of an article.

        Raises:
            ValueError: the text has no segmenter.
        """
        if self.segmenter is None:
            raise ValueError("this Text has no segmenter: make it with stages.segment or load_pipeline()")
        return self.segmenter.cut(self.folded)

    @property
    def boundaries(self) -> bytearray:
        """1 at each folded position where a word begins (and at the end), else 0."""
        flags = self._boundaries
        if flags is None:
            words = self.words
            try:
                lengths = np.frombuffer(bytes(map(len, words)), np.uint8)
            except ValueError:  # no byte holds 256 and more: a long run of Latin letters
                lengths = np.array([len(word) for word in words])
            flags = self._boundaries = bytearray(len(self.folded) + 1)
            flags[0] = 1
            np.frombuffer(flags, np.uint8)[lengths.cumsum(dtype=np.intp)] = 1
        return flags

    def is_word_start(self, position: int) -> bool:
        """Whether a word begins at a folded position."""
        return bool(self.boundaries[position])

    @property
    def sentences(self) -> list[int]:
        """Where sentences end, as folded positions, increasing; the last is the length of the text."""
        ends: list[int] | None = self._cache.get("sentences")
        if ends is None:
            ends = [m.end() for m in _SENTENCE_END.finditer(self.folded)]
            ends += [m.end() for m in _LINE_END.finditer(self.folded)]
            ends.sort()
            if not ends or ends[-1] < len(self.folded):
                ends.append(len(self.folded))
            self._cache["sentences"] = ends
        return ends

    def sentence_span(self, position: int) -> Span:
        """Start and end of the sentence that holds a folded position, without the white space around it."""
        ends = self.sentences
        index = min(bisect_right(ends, position), len(ends) - 1)
        start, end = (ends[index - 1] if index else 0), ends[index]
        folded = self.folded
        while start < end and folded[start].isspace():
            start += 1
        while end > start and folded[end - 1].isspace():
            end -= 1
        return start, end

    @property
    def boilerplate(self) -> list[Span]:
        """Folded spans of the article's boilerplate."""
        spans: list[Span] | None = self._cache.get("boilerplate")
        if spans is None:
            found = self.article.boilerplate if self.article else ()
            spans = [(self.folded_position(a), self.folded_position(b)) for a, b, _ in found]
            self._cache["boilerplate"] = spans
        return spans

    def in_boilerplate(self, start: int, end: int) -> bool:
        """Whether a folded span lies in boilerplate."""
        spans = self.boilerplate
        if not spans:
            return False
        index = bisect_right(spans, (start, len(self.folded) + 1)) - 1
        return index >= 0 and end <= spans[index][1]


def make_text(
    source: str,
    *,
    deleted: Sequence[Span] = (),
    article: Article | None = None,
    segmenter: Segmenter | None = None,
    folding: Folding | None = None,
) -> Text:
    """The `Text` of a source whose `deleted` spans (increasing, apart) are joined over.

    Args:
        deleted: Source spans that hold only blanks, line ends and zero-width characters.
    """
    folding = folding or load_folding()
    whole = folding.fold_article(source)
    if not deleted:
        return Text(source, whole, range(len(source) + 1), article, (), segmenter)
    kept = np.ones(len(source) + 1, np.bool_)
    pieces: list[str] = []
    joins: list[int] = []
    last = length = 0
    for start, end in deleted:
        pieces.append(whole[last:start])
        length += start - last
        joins.append(length)
        kept[start:end] = False
        last = end
    pieces.append(whole[last:])
    joined = "".join(pieces)
    offsets = array("q", np.flatnonzero(kept).astype(np.int64).tobytes())  # a list of numbers would be five times as large
    # A phrase may have been cut by a wrap (瞭⏎解): fold once more; the length stays.
    return Text(source, folding.fold(joined), offsets, article, tuple(joins), segmenter)
