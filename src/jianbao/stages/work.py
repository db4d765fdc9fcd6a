"""The stages of one article in a row, and what a worker hands back of it: plain bytes and strings, no spaCy object."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import orjson
from pydantic import BaseModel
from spacy.language import Language

from jianbao.dedupe.keys import content_keys
from jianbao.mentions import mention_rows
from jianbao.records import Article, ErrorRecord, Event, Script, Value
from jianbao.segmenter import load_segmenter
from jianbao.stages.clean import clean
from jianbao.stages.extract import extract
from jianbao.stages.normalise import normalise
from jianbao.stages.resolve import resolve
from jianbao.stages.segment import segment
from jianbao.text import Text, without_surrogates

MOST_EXAMPLES = 20
"""A record names at most so many mention ids; `mentions.records` is the full link."""


def json_line(record: BaseModel) -> bytes:
    """The record as one JSON line, keys in schema order, decimals as exact numbers without exponent."""
    return orjson.dumps(record.model_dump(), default=_exact_number) + b"\n"


def _exact_number(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        plain = format(value, "f")  # every digit: normalize() would round to 28
        return orjson.Fragment((plain.rstrip("0").rstrip(".") if "." in plain else plain) if value else "0")
    raise TypeError(f"{type(value).__name__} is no JSON value")


@dataclass(slots=True)
class Sighting:
    """How one article mentions one content key: what dedupe needs to know of it."""

    value: Value
    lexicon: tuple[str, ...]
    count: int = 0
    examples: list[str] = field(default_factory=list)
    surfaces: dict[str, int] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class ArticleResult:
    """An article worked through: its line, its mention lines still without `records`, and what dedupe needs.

    Attributes:
        mentions: For each mention its id, its content keys, and its line as the bytes before and after the record ids.
        sightings: By content key.
    """

    article: str
    source: str
    source_offset: int
    published: str | None
    script: Script
    line: bytes
    mentions: list[tuple[str, tuple[str, ...], bytes, bytes]]
    sightings: dict[str, Sighting]
    events: list[Event]


_Stage = Literal["clean", "normalise", "segment", "extract", "resolve"]
_STAGES: tuple[tuple[_Stage, Callable[[Iterator[Any], Language], Iterator[Any]]], ...] = (
    ("clean", lambda items, nlp: clean(items)),
    ("normalise", lambda items, nlp: normalise(items)),
    ("segment", lambda items, nlp: segment(items, nlp.tokenizer.segmenter if hasattr(nlp.tokenizer, "segmenter") else load_segmenter())),
    ("extract", extract),
    ("resolve", resolve),
)


def work(article: Article, nlp: Language) -> ArticleResult | ErrorRecord:
    """The result of one article, or the error that names the stage which failed on it. Nothing is half done."""
    item: Any = article
    for name, stage in _STAGES:
        try:
            item = next(stage(iter([item]), nlp))
        except Exception as error:
            return _internal_error(article, name, error)
    text: Text = item
    assert text.article is not None
    try:
        return _result(text, text.article)
    except Exception as error:
        return _internal_error(article, "resolve", error)  # a mention that no resolver gave a value


def _internal_error(article: Article, stage: _Stage, error: Exception) -> ErrorRecord:
    detail = f"{type(error).__name__}: {error}; please report it with this article"
    return ErrorRecord(source=article.source, stage=stage, error="internal error", detail=without_surrogates(detail))


_RECORDS = b'"records":[]'


def _result(text: Text, article: Article) -> ArticleResult:
    sightings: dict[str, Sighting] = {}
    rows = []
    hant = article.script == "hant"
    for row in mention_rows(text):
        value: Value = row["value"]
        keys = content_keys(value, row["rule"], article.id)
        for key in keys:
            seen = sightings.get(key)
            if seen is None:
                seen = sightings[key] = Sighting(value, row["lexicon"])
            seen.count += 1
            seen.surfaces[row["normalised"]] = seen.surfaces.get(row["normalised"], 0) + 1
            if hant:
                printed = "".join(row["text"].split())
                seen.printed[printed] = seen.printed.get(printed, 0) + 1
            if len(seen.examples) < MOST_EXAMPLES:
                seen.examples.append(row["id"])
        row["value"] = value.__dict__  # flat models: their fields as they stand
        before, after = orjson.dumps(row, default=_exact_number).split(_RECORDS, 1)
        rows.append((row["id"], keys, before, after + b"\n"))
    return ArticleResult(
        article=article.id,
        source=article.source,
        source_offset=article.source_offset or 0,
        published=article.published,
        script=article.script,
        line=json_line(article),
        mentions=rows,
        sightings=sightings,
        events=list(text.events),
    )
