"""Reads an output folder: the records as models, JSON rows or pandas frames."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from jianbao.records import (
    FILES,
    AgreementRecord,
    Article,
    DateRecord,
    ErrorRecord,
    FigureRecord,
    Manifest,
    MentionRecord,
    Number,
    OrganisationRecord,
    Record,
    RegionRecord,
)

if TYPE_CHECKING:
    import pandas

R = TypeVar("R", bound=Record)

_DTYPES: dict[Any, Any] = {int: "int64", int | None: "Int64", bool: "bool"}
"""The pandas type of columns that are no objects."""


class NotAnOutputError(ValueError):
    """A folder that no run has written, or a line; the message says which file is missing, or what is no line."""


# A number of a field that orjson, which is five times as fast, would round; an output has no exponents.
_INEXACT = re.compile(rb'": *+-?(?:\d{19}|\d++\.)')


def json_row(line: bytes) -> dict[str, Any]:
    """A line of an output, every number exact: a Decimal where it is no integer, or one of 19 digits and more.

    Raises:
        NotAnOutputError: it is no JSON object.
    """
    try:
        row = json.loads(line, parse_float=Decimal, parse_int=_whole) if _INEXACT.search(line) else orjson.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise NotAnOutputError(f"{line[:60].decode(errors='replace')!r} is no line of an output; extract again with `jianbao extract`")
    return row


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < 19 else Decimal(digits)  # larger ones are no integers to whoever writes them as JSON


class Table(Generic[R]):
    """The records of one file, read as they are asked for."""

    def __init__(self, path: Path, model: type[R]) -> None:
        self.path = path
        self.model = model

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each line as a dict, every number exact.

        Raises:
            NotAnOutputError: a line is no JSON object.
        """
        with self.path.open("rb") as file:
            yield from map(json_row, file)

    def __iter__(self) -> Iterator[R]:
        return map(self.model.model_validate, self.rows())

    def __len__(self) -> int:
        with self.path.open("rb") as file:
            return sum(1 for _ in file)

    def to_pandas(self) -> "pandas.DataFrame":
        """A frame with a column for each field: exact numbers as Decimals, nested fields as Python objects, None where there is nothing."""
        import pandas  # half a second to load; only notebooks need it

        # As objects: a column with a gap in it would become floats, which round sums beyond 2**53.
        frame = pandas.DataFrame(list(self.rows()), columns=list(self.model.model_fields), dtype=object)
        for name, field in self.model.model_fields.items():
            if field.annotation in _DTYPES:
                frame[name] = frame[name].astype(_DTYPES[field.annotation])
            elif field.annotation == Number | None:
                exact = [None if number is None else Decimal(number) for number in frame[name]]
                frame[name] = pandas.Series(exact, index=frame.index, dtype=object)
        return frame


class ArticleView:
    """An article with its mentions."""

    def __init__(self, article: Article, mentions: list[MentionRecord]) -> None:
        self.article = article
        self.mentions = mentions

    @property
    def text(self) -> str:
        """The article's text as decoded."""
        return self.article.text


class Corpus:
    """An output folder: `corpus.agreements.to_pandas()`, `corpus.article("a:…").mentions`.

    Raises:
        NotAnOutputError: a file of an output is missing.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        for name in ("manifest.json", *(f"{stem}.jsonl" for stem in FILES)):
            if not (self.folder / name).is_file():
                raise NotAnOutputError(f"{self.folder}: {name} is missing; this is no output of `jianbao extract`, or not a whole one")

    def _table(self, stem: str, model: type[R]) -> Table[R]:
        return Table(self.folder / f"{stem}.jsonl", model)

    def table(self, stem: str) -> Table[Any]:
        """The table of a file by its stem, such as `mentions`."""
        return self._table(stem, FILES[stem])

    @property
    def articles(self) -> Table[Article]:
        """The articles."""
        return self._table("articles", Article)

    @property
    def mentions(self) -> Table[MentionRecord]:
        """The mentions of all articles."""
        return self._table("mentions", MentionRecord)

    @property
    def regions(self) -> Table[RegionRecord]:
        """The places."""
        return self._table("regions", RegionRecord)

    @property
    def organisations(self) -> Table[OrganisationRecord]:
        """The organisations."""
        return self._table("organisations", OrganisationRecord)

    @property
    def agreements(self) -> Table[AgreementRecord]:
        """The agreements."""
        return self._table("agreements", AgreementRecord)

    @property
    def dates(self) -> Table[DateRecord]:
        """The dates."""
        return self._table("dates", DateRecord)

    @property
    def figures(self) -> Table[FigureRecord]:
        """The figures."""
        return self._table("figures", FigureRecord)

    @property
    def errors(self) -> Table[ErrorRecord]:
        """What could not be used, or only in part."""
        return self._table("errors", ErrorRecord)

    @cached_property
    def manifest(self) -> Manifest:
        """What made this output."""
        return Manifest.model_validate_json((self.folder / "manifest.json").read_bytes())

    def article(self, wanted: str) -> ArticleView:
        """An article by its id, or by its source or the unambiguous end of it.

        Raises:
            KeyError: no article, or several, by that name.
        """
        found = [row for row in self.articles.rows() if row["id"] == wanted or row["source"] == wanted]
        found = found or [row for row in self.articles.rows() if row["source"].endswith(wanted)]
        if len(found) != 1:
            names = ", ".join(f"{row['source']} ({row['id']})" for row in found[:5])
            raise KeyError(f"{wanted}: {'several articles: ' + names if found else 'no such article'}")
        article = Article.model_validate(found[0])
        mentions = [MentionRecord.model_validate(row) for row in self.mentions.rows() if row["article"] == article.id]
        return ArticleView(article, mentions)


def load(folder: str | Path) -> Corpus:
    """The output in a folder, as `jianbao extract -o` wrote it."""
    return Corpus(folder)
