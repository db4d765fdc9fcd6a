"""The stages of one article in a row, and what a worker hands back of it: plain bytes and strings, no spaCy object."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson
from pydantic import BaseModel

from jianbao.dedupe.sightings import Story, article_rows, story_of
from jianbao.folding import fold
from jianbao.mentions import mention_rows
from jianbao.records import KINDS, Article, ErrorRecord, exact_number
from jianbao.segmenter import load_segmenter
from jianbao.stages.clean import clean_pages
from jianbao.stages.extract import extract
from jianbao.stages.normalise import normalise
from jianbao.stages.resolve import resolve
from jianbao.stages.segment import segment
from jianbao.text import Text, without_surrogates

if TYPE_CHECKING:
    from spacy.language import Language


def json_line(record: BaseModel) -> bytes:
    """The record as one JSON line, keys in schema order, decimals as exact numbers without exponent."""
    return orjson.dumps(record.model_dump(), default=exact_number, option=orjson.OPT_APPEND_NEWLINE)


class Origin(NamedTuple):
    """What a later run knows an article by.

    Attributes:
        file: The source of the file that it was read from.
        part: Where the part of the file begins that it was read with.
        digest: Of the article, or of the page that holds it, as read.
    """

    file: str = ""
    part: int = 0
    digest: str = ""


NOWHERE = Origin()
"""Of an article that no later run will ask for."""


@dataclass(slots=True)
class ArticleResult:
    """An article worked through: its line, its mention lines with empty `records`, and rows for the tables that dedupe asks. Bytes travel fast.

    Attributes:
        source_offset: Where articles of one source stand in it, for their order.
        names: What the article says of itself beside its text, as it is searched for the surfaces of lexicons: a JSON string.
        line: Of `articles.jsonl`, with `near_duplicate_of` still null.
        mentions: Of `mentions.jsonl`, in order.
        mention_counts: How many they are of each kind, in the order of `KINDS`.
        row: Of the table `articles`, less the places of the lines.
        sightings: Rows of the table `sightings`.
        events: Rows of the table `events`.
    """

    article: str
    source: str
    source_offset: int
    origin: Origin
    names: bytes
    line: bytes
    mentions: bytes
    mention_counts: tuple[int, ...]
    row: bytes
    sightings: bytes
    events: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as read that needs no work: an earlier run has worked through the same one."""

    source: str


class Job(NamedTuple):
    """An article as read, and what a later run will know it by."""

    article: Article
    origin: Origin = NOWHERE


_Stage = Literal["clean", "normalise", "segment", "extract", "resolve"]
_STAGES: tuple[tuple[_Stage, Callable[[list[Any], "Language"], Iterator[Any]]], ...] = (
    ("normalise", lambda items, nlp: normalise(items)),
    ("segment", lambda items, nlp: segment(items, nlp.tokenizer.segmenter if hasattr(nlp.tokenizer, "segmenter") else load_segmenter())),
    ("extract", extract),
    ("resolve", resolve),
)


def work(jobs: Sequence[Job], nlp: "Language") -> list[list[ArticleResult | ErrorRecord]]:
    """For each article as read its result, or those of each article of a page that holds several; an error in its place names the stage which failed on it."""
    pages = _cleaned([job.article for job in jobs])
    wave = [Job(one, job.origin) for page, job in zip(pages, jobs, strict=True) for one in page if isinstance(one, Article)]
    results = iter(_work_through(wave, nlp))
    return [[one if isinstance(one, ErrorRecord) else next(results) for one in page] for page in pages]


def _cleaned(pages: list[Article]) -> Sequence[Sequence[Article | ErrorRecord]]:
    """The articles of each page, or the error that it is."""
    try:
        return clean_pages(pages)
    except Exception as error:
        if len(pages) == 1:
            return [[_internal_error(pages[0], "clean", error)]]
        return [one for page in pages for one in _cleaned([page])]


def _work_through(jobs: list[Job], nlp: "Language") -> list[ArticleResult | ErrorRecord]:
    """The result of each article: all of them through one stage, then through the next."""
    at: _Stage = "normalise"
    items: list[Any] = [job.article for job in jobs]
    try:
        for name, stage in _STAGES:
            at = name
            items = list(stage(items, nlp))
        # A mention that no resolver gave a value is found here.
        return [*results_of([(text, text.article) for text in items], [job.origin for job in jobs])]
    except Exception as error:
        if len(jobs) == 1:
            return [_internal_error(jobs[0].article, at, error)]
        return [result for job in jobs for result in _work_through([job], nlp)]  # only what fails alone has failed


def _internal_error(article: Article, stage: _Stage, error: Exception) -> ErrorRecord:
    detail = f"{type(error).__name__}: {error}; please report it with this article"
    return ErrorRecord(source=article.source, stage=stage, error="internal error", detail=without_surrogates(detail))


def results_of(texts: Sequence[tuple[Text, Article]], origins: Iterable[Origin] = repeat(NOWHERE)) -> list[ArticleResult]:
    """The results of articles whose mentions are resolved.

    Raises:
        ValueError: a mention has no value.
    """
    # Apart from the rest, for hashing words takes much code that nothing else uses; the rows of an article had better be used while they are at hand.
    stories = [story_of(text, article) for text, article in texts]
    return [_result_of(text, article, story, origin) for (text, article), story, origin in zip(texts, stories, origins, strict=False)]


def _result_of(text: Text, article: Article, story: Story, origin: Origin) -> ArticleResult:
    rows = mention_rows(text)
    tables = article_rows(text, article, story, rows)
    for row in rows:
        row["value"] = row["value"].__dict__  # flat models: their fields as they stand
    return ArticleResult(
        article=article.id,
        source=article.source,
        source_offset=article.source_offset or 0,
        origin=origin,
        names=orjson.dumps(
            fold("\n".join(filter(None, (article.source, article.title, article.outlet, article.author, article.url)))).replace("\x00", "\ufffd")
        ),
        line=json_line(article),
        mentions=_json_lines(rows),
        mention_counts=tuple(map([row["kind"] for row in rows].count, KINDS)),
        row=tables.article,
        sightings=tables.sightings,
        events=tables.events,
    )


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    """A JSON line for each row. One list costs half of as many objects; within a string the quotation marks of its seams would be escaped."""
    return orjson.dumps(rows, default=exact_number)[1:-1].replace(b'},{"id":', b'}\n{"id":') + b"\n" if rows else b""
