"""From a `Text` whose mentions are resolved to the mention records that are written."""

from functools import lru_cache
from hashlib import blake2b
from typing import Any

from pydantic import TypeAdapter

from jianbao.records import KINDS, Kind, MentionRecord, make_id
from jianbao.text import Mention, Text

_ORDER = {kind: index for index, kind in enumerate(KINDS)}
_BLANK: dict[str, Any] = {**dict.fromkeys(MentionRecord.model_fields), "records": ()}
"""A row without its mention: all keys in the order of the schema."""

_RECORDS: TypeAdapter[list[MentionRecord]] = TypeAdapter(list[MentionRecord])


def written_order(mention: Mention) -> tuple[int, int, int]:
    """Mentions stand by start, longest first, then kind."""
    return mention.start, -mention.end, _ORDER[mention.kind]


def article_id(text: Text) -> str:
    """The article's id; for a text without one, an id of its characters."""
    return text.article.id if text.article else _text_id(text.source)


@lru_cache(maxsize=8)
def _text_id(source: str) -> str:
    return make_id("a", "text", source)


def mention_id(text: Text, mention: Mention) -> str:
    """The id of a mention: its article, kind and place."""
    return _identity(_begun(article_id(text))[mention.kind], *text.source_span(mention.start, mention.end))


@lru_cache(maxsize=8)
def _begun(article: str) -> dict[Kind, blake2b]:
    """What `make_id` hashes of an article and each kind: the thousand mentions of an article begin alike, so each hash goes on from a copy."""
    return {kind: blake2b(f"{article}\x1f{kind}\x1f".encode("utf-8", "replace"), digest_size=8) for kind in KINDS}


def _identity(begun: blake2b, start: int, end: int) -> str:
    """What `make_id("m", article, kind, start, end)` gives."""
    hasher = begun.copy()
    hasher.update(f"{start}\x1f{end}".encode())  # bytes take twice as long to format
    return "m:" + hasher.hexdigest()


def mention_records(text: Text) -> list[MentionRecord]:
    """The records of `text.mentions` in written order, validated as one list."""
    return _RECORDS.validate_python(mention_rows(text))


def mention_rows(text: Text) -> list[dict[str, Any]]:
    """The fields of each mention's record, in written order, each with the id of the smallest mention that encloses it.

    Values were validated when they were made; a run writes these rows as they are, and the tests hold them to the schema.

    Raises:
        ValueError: a mention has no value: no resolver of the pipeline took care of it.
    """
    article = article_id(text)
    source = text.article.source if text.article else ""
    rows: list[dict[str, Any]] = []
    open_rows: list[tuple[int, str]] = []  # (end, id) of the mentions that enclose the present place
    sentence, sentence_end = (0, 0), -1
    furniture = text.boilerplate
    passed, furniture_end = 0, -1  # how many pieces of furniture begin up to the present place, and where the last of them ends
    begun = _begun(article)
    folded, offsets, printed = text.folded, text.offsets, text.source
    as_printed = isinstance(offsets, range)  # nothing was joined: places in the folded text are those in the source
    blank: dict[str, Any] = {**_BLANK, "article": article, "source": source}
    for mention in sorted(text.mentions, key=written_order):
        kind, first, last = mention.kind, mention.start, mention.end
        if mention.value is None:
            raise ValueError(f"{kind} at {first} has no value (rule {mention.rule}): the pipeline lacks its resolver")
        start, end = (first, last) if as_printed else (offsets[first], offsets[last - 1] + 1)
        if first >= sentence_end:
            sentence_start, sentence_end = text.sentence_span(first)
            sentence = text.source_span(sentence_start, sentence_end)
        while passed < len(furniture) and furniture[passed][0] <= first:
            furniture_end = furniture[passed][1]
            passed += 1
        while open_rows and open_rows[-1][0] <= first:
            open_rows.pop()
        identity = _identity(begun[kind], start, end)
        row = blank.copy()  # half of the cost of a new one
        row["id"] = identity
        row["kind"] = kind
        row["start"] = start
        row["end"] = end
        row["text"] = printed[start:end]
        row["normalised"] = folded[first:last]
        row["value"] = mention.value
        row["rule"] = mention.rule
        row["lexicon"] = mention.lexicon
        row["sentence"] = sentence
        row["inside"] = open_rows[-1][1] if open_rows else None
        row["deictic"] = mention.deictic
        row["boilerplate"] = last <= furniture_end
        rows.append(row)
        open_rows.append((last, identity))
    return rows
