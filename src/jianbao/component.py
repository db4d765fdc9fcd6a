"""The spaCy side: a tokenizer that makes a `Text`, one component for any extractor or resolver, and the spans at the end.

spaCy is the container, not the engine: components work on the `Text` behind the `Doc`, so a run may apply them to a `Text` alone and never build a
`Doc` (`apply`), with the same mentions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from jianbao.folding import load_folding
from jianbao.joining import find_joins
from jianbao.lexicon import Lexicon, Matcher, load_lexicon
from jianbao.mentions import mention_records
from jianbao.records import Article, MentionRecord
from jianbao.segmenter import load_segmenter
from jianbao.text import Mention, Segmenter, Text, make_text, without_surrogates

SPAN_GROUPS = {
    "region": "regions",
    "organisation": "organisations",
    "agreement": "agreements",
    "date": "dates",
    "figure": "figures",
}
"""The key in `doc.spans` of each kind."""

_TEXT = "jianbao.text"


class Finder(Protocol):
    """An extractor: pure, sees the text and its lexicon hits, never another extractor's mentions."""

    def find(self, text: Text) -> Iterable[Mention]:
        """The mentions of one kind in `text`."""


class WaveFinder(Finder, Protocol):
    """An extractor of many rules, each of which goes over all of several texts before the next does (see `stages.waves`)."""

    def find_each(self, texts: Sequence[Text]) -> Iterable[Iterable[Mention]]:
        """The mentions of one kind in each of `texts`."""


class Resolver(Protocol):
    """A resolver: sees all mentions of one article and changes them."""

    def resolve(self, text: Text) -> None:
        """Changes `text.mentions` or `text.events` in place."""


def text_of(doc: Doc) -> Text:
    """The `Text` behind a `Doc` of a jianbao pipeline."""
    text: Text = doc.user_data[_TEXT]
    return text


class TextComponent:
    """A pipeline component that changes the `Text` behind the `Doc`."""

    def __init__(self, change: Callable[[Text], None]) -> None:
        self._change = change

    def apply(self, text: Text) -> None:
        """The component's work, without a `Doc`."""
        self._change(text)

    def apply_each(self, texts: Sequence[Text]) -> None:
        """The component's work on several texts."""
        for text in texts:
            self._change(text)

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, its `Text` changed."""
        self._change(text_of(doc))
        return doc


class MentionComponent(TextComponent):
    """Adds what an extractor finds to the text's mentions."""

    def __init__(self, finder: Finder) -> None:
        super().__init__(lambda text: text.mentions.extend(finder.find(text)))


class WaveMentionComponent(MentionComponent):
    """Adds what an extractor of many rules finds."""

    def __init__(self, finder: WaveFinder) -> None:
        super().__init__(finder)
        self._finder = finder

    def apply_each(self, texts: Sequence[Text]) -> None:
        """The component's work on several texts, rule by rule."""
        for text, mentions in zip(texts, self._finder.find_each(texts), strict=True):
            text.mentions.extend(mentions)


class ResolverComponent(TextComponent):
    """Lets a resolver change the text's mentions."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__(resolver.resolve)


@Language.factory("jianbao_lexicons", default_config={"lexicons": []})
def make_lexicons(nlp: Language, name: str, lexicons: list[str]) -> TextComponent:
    """One matcher over all the named lexicons; extractors read `text.hits`."""
    matcher = _matcher(*map(load_lexicon, lexicons))

    def match(text: Text) -> None:
        text.hits = matcher.find(text)

    return TextComponent(match)


@lru_cache(maxsize=2)
def _matcher(*lexicons: Lexicon) -> Matcher:
    """The matcher of some lexicons, kept: making it is a third of loading a pipeline once more."""
    return Matcher(lexicons)


class PressTokenizer:
    """Makes a `Doc` of the source text: its tokens are jieba's words of the folded text, mapped back; `token.norm_` is the folded word."""

    def __init__(self, vocab: Vocab, segmenter: Segmenter) -> None:
        self.vocab = vocab
        self.segmenter = segmenter
        self._folding = load_folding()

    def make_text(self, source: str, article: Article | None = None) -> Text:
        """The joined, folded text that the pipeline works on."""
        return make_text(source, deleted=find_joins(source), article=article, segmenter=self.segmenter, folding=self._folding)

    def make_doc(self, text: Text) -> Doc:
        """A `Doc` over `text`; mentions and lexicon hits are still to come."""
        return build_doc(self.vocab, text, cuts=())

    def __call__(self, string: str) -> Doc:
        """A `Doc` of `string`, with U+FFFD for each lone surrogate."""
        return self.make_doc(self.make_text(without_surrogates(string)))

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the tokenizer is made from the config alone."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "PressTokenizer":
        """Itself: the tokenizer is made from the config alone."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing: the tokenizer is made from the config alone."""

    def from_disk(self, _path: Any, **_: Any) -> "PressTokenizer":
        """Itself: the tokenizer is made from the config alone."""
        return self


@registry.tokenizers("jianbao.press_tokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy's registry is untyped
def make_press_tokenizer(segmenter: str = "rjieba") -> Callable[[Language], PressTokenizer]:
    """A tokenizer factory for the `[nlp.tokenizer]` block of a pipeline file."""
    return lambda nlp: PressTokenizer(nlp.vocab, load_segmenter(segmenter))


def build_doc(vocab: Vocab, text: Text, cuts: Iterable[int]) -> Doc:
    """A `Doc` whose text is `text.source`, cut at word starts and at the folded positions `cuts`."""
    folded, offsets, source = text.folded, text.offsets, text.source
    flags = bytearray(text.boundaries)
    for cut in cuts:
        flags[cut] = 1
    edges = [*(i for i in range(len(folded)) if flags[i]), len(folded)]
    words: list[str] = []
    norms: list[str] = []
    spaces: list[bool] = []
    position = 0
    for start, end in pairwise(edges):
        first, last = offsets[start], offsets[end - 1] + 1
        if position < first:
            _add_gap(source[position:first], words, norms, spaces)
        surface = source[first:last]
        if surface == " " and words and not spaces[-1]:
            spaces[-1] = True  # a blank after a word is spaCy's trailing space, not a token
        else:
            words.append(surface)
            norms.append(folded[start:end])
            spaces.append(False)
        position = last
    if position < len(source):
        _add_gap(source[position:], words, norms, spaces)
    doc = Doc(vocab, words=words, spaces=spaces, user_data={_TEXT: text})
    for token, norm in zip(doc, norms, strict=True):
        if norm != token.orth_:
            token.norm_ = norm
    return doc


def _add_gap(gap: str, words: list[str], norms: list[str], spaces: list[bool]) -> None:
    """What joining deleted between two words stands in the Doc as a token of white space."""
    if gap == " " and words and not spaces[-1]:
        spaces[-1] = True
        return
    words.append(gap)
    norms.append(gap)
    spaces.append(False)


def make_spans(doc: Doc) -> Doc:
    """A `Doc` cut again at mention boundaries, with each mention as a span in `doc.spans` and as a record in `doc._.mentions`."""
    text = text_of(doc)
    cuts = {position for m in text.mentions for position in (m.start, m.end)}
    again = build_doc(doc.vocab, text, cuts)
    starts = {token.idx: token.i for token in again}
    ends = {token.idx + len(token): token.i + 1 for token in again}
    groups: dict[str, list[Span]] = {key: [] for key in SPAN_GROUPS.values()}
    records = mention_records(text)
    for record in records:
        span = Span(again, starts[record.start], ends[record.end], label=record.kind.upper(), span_id=record.id)
        groups[SPAN_GROUPS[record.kind]].append(span)
    for key, spans in groups.items():
        again.spans[key] = spans
    again.user_data["jianbao.mentions"] = records
    return again


@Language.factory("jianbao_spans")
def make_spans_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The last component: tokens fit the mentions and every mention is a span."""
    return make_spans


def _mentions_of(doc: Doc) -> list[MentionRecord]:
    records: list[MentionRecord] = doc.user_data.get("jianbao.mentions", [])
    return records


def _events_of(doc: Doc) -> Any:
    return text_of(doc).events


Doc.set_extension("mentions", getter=_mentions_of, force=True)
Doc.set_extension("events", getter=_events_of, force=True)


def text_components(nlp: Language) -> Iterator[TextComponent]:
    """The pipeline's components that work on a `Text`, in order: a run applies them without building a `Doc`."""
    for _, component in nlp.pipeline:
        if isinstance(component, TextComponent):
            yield component
