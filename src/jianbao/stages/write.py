"""write: results and records -> the files of an output folder, swapped in whole. An interrupted run leaves the old output, or none."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import orjson

from jianbao.dedupe.database import Database
from jianbao.records import FILES, RECORDS, ErrorRecord, Manifest
from jianbao.stages.dedupe import Deduper
from jianbao.stages.work import ArticleResult, json_line

MANIFEST = "manifest.json"
STATE = ".jianbao"
"""The folder inside an output that keeps what an incremental run must know. No result: its bytes may differ where the files are the same."""

_OURS = {MANIFEST, STATE, *(f"{stem}.jsonl" for stem in FILES), ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a finished output may hold: its files, its state, and what file managers leave in a folder that is looked at."""

_RECORDS = b'"records":[]'
_LINKED = re.compile(rb'"records":\[[^\]]*\]')
_NO_ORIGINAL = b'"near_duplicate_of":null'
_ORIGINAL = re.compile(rb'"near_duplicate_of":"a:[0-9a-f]{16}"')
_ID_LENGTH = 18
_BUFFER = 1 << 20


class OutputError(ValueError):
    """An output folder that must not or cannot be written; the message says why and what to do."""


def _error_order(error: ErrorRecord) -> tuple[str, str, str, str]:
    return error.source, error.stage, error.error, error.detail


def with_records(mentions: bytes, slots: list[int | list[int]], ids: str) -> bytes:
    """The lines of an article's mentions with the ids of their records.

    Args:
        mentions: The lines, `records` empty.
        slots: For each mention the slots of its records: one as a rule, a list for several or none.
        ids: The record id of each slot, without anything between them.
    """
    lines = mentions.split(_RECORDS)  # stands once in a line: inside a string its quotation marks would be escaped
    parts = [b""] * (2 * len(lines) - 1)
    parts[::2] = lines
    known = ids.encode()
    links = [b'"records":["%b"]' % known[i : i + _ID_LENGTH] for i in range(0, len(known), _ID_LENGTH)]
    parts[1::2] = [links[slot] if slot.__class__ is int else _several(ids, slot) for slot in slots]  # type: ignore[arg-type]
    return b"".join(parts)


def _several(ids: str, slots: list[int]) -> bytes:
    found = dict.fromkeys(ids[slot * _ID_LENGTH : (slot + 1) * _ID_LENGTH] for slot in slots)
    # Agreements come in the order of their ids; the two places of 两省 as the words have them.
    return b'"records":' + orjson.dumps(sorted(found) if all(i.startswith("g:") for i in found) else list(found))


def without_records(mentions: bytes) -> bytes:
    """The lines of an article's mentions as they were before `with_records`."""
    return _LINKED.sub(_RECORDS, mentions)


def with_original(line: bytes, original: str | None) -> bytes:
    """The line of an article with the id of the article that it reprints."""
    return line if original is None else line.replace(_NO_ORIGINAL, b'"near_duplicate_of":"%b"' % original.encode(), 1)


def without_original(line: bytes) -> bytes:
    """The line of an article as it was before `with_original`."""
    return _ORIGINAL.sub(_NO_ORIGINAL, line, count=1)


class OutputWriter:
    """Collects results beside the output folder and, when all is known, writes the files and swaps them in.

    Use as a context manager: leaving it without `finish` (an error, an interrupt) removes what was collected and leaves the old output.
    """

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._partial = self._out.with_name(f".{self._out.name}.partial")
        self._old = self._out.with_name(f".{self._out.name}.old")
        self._lines: BinaryIO | None = None
        self._mentions: BinaryIO | None = None
        self._database: Database | None = None

    def __enter__(self) -> "OutputWriter":
        self._check()
        if self._old.exists() and not self._out.exists():
            self._old.rename(self._out)  # a run was stopped between the two renames of a swap
        for leftover in (self._partial, self._old):
            if leftover.exists():
                shutil.rmtree(leftover)
        try:
            self._partial.mkdir(parents=True)
            self._database = Database(self._partial / STATE)
        except OSError as error:
            raise OutputError(f"{self._out}: cannot write here ({error.strerror}); choose another folder with -o") from None
        self._lines = (self._partial / "articles.spool").open("w+b", _BUFFER)
        self._mentions = (self._partial / "mentions.spool").open("w+b", _BUFFER)
        return self

    def __exit__(self, *_: object) -> None:
        for spool in (self._lines, self._mentions):
            if spool:
                spool.close()
        if self._database:
            self._database.close()
        shutil.rmtree(self._partial, ignore_errors=True)

    def _check(self) -> None:
        if not self._out.exists():
            return
        if not self._out.is_dir():
            raise OutputError(f"{self._out}: is a file; name a folder with -o")
        names = sorted(path.name for path in self._out.iterdir())
        foreign = [name for name in names if name not in _OURS or MANIFEST not in names]
        if foreign:
            raise OutputError(f"{self._out}: holds {foreign[0]}, which is of no output; move it away or name another folder with -o")

    @property
    def database(self) -> Database:
        """The tables of this run, between `__enter__` and `finish`."""
        assert self._database is not None
        return self._database

    def add(self, result: ArticleResult) -> None:
        """Sets a result aside until the record ids are known."""
        assert self._lines is not None
        assert self._mentions is not None
        places = (self._lines.tell(), len(result.line), self._mentions.tell(), len(result.mentions))
        self._lines.write(result.line)
        self._mentions.write(result.mentions)
        self.database.add("articles", b"%b\t%d\t%d\t%d\t%d\n" % (result.row, *places))
        self.database.add("sightings", result.sightings)
        self.database.add("events", result.events)

    def write_records(self, deduper: Deduper) -> dict[str, int]:
        """Writes the articles, the mentions with their records, and the records; how many there are of these."""
        self._write_articles(deduper)
        counts = {}
        for stem in RECORDS:
            with (self._partial / f"{stem}.jsonl").open("wb", _BUFFER) as file:
                counts[stem] = 0
                for count, lines in deduper.records(stem):
                    file.write(lines)
                    counts[stem] += count
        return counts

    def _write_articles(self, deduper: Deduper) -> None:
        """Writes the articles and their mentions, and notes in the state where they stand now."""
        assert self._lines is not None
        assert self._mentions is not None
        lines, mentions = self._lines, self._mentions
        written = []
        files = [(self._partial / f"{stem}.jsonl").open("wb", _BUFFER) for stem in ("articles", "mentions")]
        with files[0] as article_file, files[1] as mention_file:
            for article, line_at, line_length, mentions_at, mentions_length, slots, ids, original in deduper.links():
                lines.seek(line_at)
                line = with_original(lines.read(line_length), original)
                mentions.seek(mentions_at)
                told = with_records(mentions.read(mentions_length), orjson.loads(slots), ids)
                written.append((article, article_file.tell(), len(line), mention_file.tell(), len(told)))
                article_file.write(line)
                mention_file.write(told)
        columns = ("line_at", "line_length", "mentions_at", "mentions_length")
        self.database.fill("work.written", dict.fromkeys(("article", *columns), "UBIGINT"), written)
        self.database.run(
            f"UPDATE articles SET {', '.join(f'{name} = written.{name}' for name in columns)} FROM work.written WHERE articles.article = written.article"
        )

    def finish(self, errors: Iterable[ErrorRecord], manifest: Manifest) -> None:
        """Writes the rest and swaps the finished folder in."""
        with (self._partial / "errors.jsonl").open("wb") as file:
            file.writelines(map(json_line, sorted(errors, key=_error_order)))
        (self._partial / MANIFEST).write_bytes(orjson.dumps(manifest.model_dump(), option=orjson.OPT_INDENT_2) + b"\n")
        for spool in (self._lines, self._mentions):
            if spool:
                spool.close()
        for name in ("articles.spool", "mentions.spool"):
            (self._partial / name).unlink()
        self.database.close()
        self._swap()

    def _swap(self) -> None:
        if self._out.exists():
            self._out.rename(self._old)
        self._partial.rename(self._out)
        if self._old.exists():
            shutil.rmtree(self._old)
