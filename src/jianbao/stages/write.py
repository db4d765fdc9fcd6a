"""write: results and records -> the files of an output folder, swapped in whole. An interrupted run leaves the old output, or none."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import Event
from typing import BinaryIO

import orjson
from filelock import FileLock, Timeout

from jianbao.dedupe import database
from jianbao.dedupe.database import Database
from jianbao.records import FILES, KINDS, RECORDS, ErrorRecord, Manifest
from jianbao.stages.dedupe import Deduper, Link
from jianbao.stages.read import beside
from jianbao.stages.work import ArticleResult, json_line

MANIFEST = "manifest.json"
ERRORS = "errors.jsonl"
STATE = ".jianbao"
"""The folder inside an output that keeps what an incremental run must know. No result: its bytes may differ where the files are the same."""

_OURS = {MANIFEST, STATE, *(f"{stem}.jsonl" for stem in FILES), ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a finished output may hold: its files, its state, and what file managers leave in a folder that is looked at."""

_RECORDS = b'"records":[]'
_LINKED = re.compile(rb'"records":\[[^\]]*\]')
_NO_ORIGINAL = b'"near_duplicate_of":null'
_ORIGINAL = re.compile(rb'"near_duplicate_of":"a:[0-9a-f]{16}"')
_ID_LENGTH = 18
_ID = slice(len(b'{"id":"'), len(b'{"id":"') + _ID_LENGTH)
_COPIED = 1 << 22
_LINES = ("articles", "mentions")
_BUFFER = 1 << 20


class OutputError(ValueError):
    """An output folder that must not or cannot be written; the message says why and what to do."""


def error_lines(errors: Iterable[ErrorRecord]) -> bytes:
    """The lines of `errors.jsonl`."""
    return b"".join(map(json_line, sorted(errors, key=_error_order)))


def manifest_bytes(manifest: Manifest) -> bytes:
    """What stands in `manifest.json`."""
    return orjson.dumps(manifest.model_dump(), option=orjson.OPT_INDENT_2) + b"\n"


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


def renewed(old: BinaryIO, dropped: Set[bytes], made: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """The lines of a record file, by id: those of an earlier one but for some ids, and those that were made anew; how many, and their bytes.

    What lies between two ids that changed is passed on in one piece.
    """
    lines = {line[_ID]: line for _, several in made for line in several.splitlines(keepends=True)}
    if not (size := os.fstat(old.fileno()).st_size):
        yield from ((1, lines[identity]) for identity in sorted(lines))
        return
    with mmap(old.fileno(), 0, access=ACCESS_READ) as known:
        position = 0
        for identity in sorted(dropped | lines.keys()):
            place = _place_of(known, identity, position, size)
            yield from _pieces(known, position, place)
            same = known[place + _ID.start : place + _ID.stop] == identity
            position = known.find(b"\n", place) + 1 if same else place
            if identity in lines:
                yield 1, lines[identity]
        yield from _pieces(known, position, size)


def _place_of(lines: mmap, identity: bytes, low: int, high: int) -> int:
    """Where, between two line starts, the first line begins whose id is not smaller."""
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if lines[middle + _ID.start : middle + _ID.stop] < identity:
            low = lines.find(b"\n", middle) + 1
        else:
            high = middle
    return low


def _pieces(lines: mmap, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    while start < end:
        piece = lines[start : min(start + _COPIED, end)]
        yield piece.count(b"\n"), piece
        start += len(piece)


def _relinked(link: Link, lines: BinaryIO, mentions: BinaryIO) -> tuple[bytes, bytes]:
    """The line of an article and those of its mentions, with the ids that they name now."""
    assert link.slots is not None
    lines.seek(link.line_at)
    mentions.seek(link.mentions_at)
    line, told = lines.read(link.line_length), mentions.read(link.mentions_length)
    if link.earlier:
        line, told = without_original(line), without_records(told)
    return with_original(line, link.original), with_records(told, orjson.loads(link.slots), link.ids)


Place = tuple[int, int, int, int, int]
"""The number of an article, where its line stands and how long it is, and where the lines of its mentions stand and how long they are."""


class _Copy:
    """Copies pieces of one file into another, those that follow one another at once."""

    def __init__(self, old: BinaryIO, new: BinaryIO, given_up: Event) -> None:
        """From `old` to `new`, until `given_up` is set."""
        self._given_up = given_up
        self._old = old
        self._new = new
        self._start = self._end = 0

    def take(self, start: int, length: int) -> None:
        """Adds a piece."""
        if start != self._end:
            self.flush()
            self._start = start
        self._end = start + length

    def flush(self) -> None:
        """Writes what was taken."""
        self._old.seek(self._start)
        while self._start < self._end and not self._given_up.is_set():
            piece = self._old.read(min(_COPIED, self._end - self._start))
            if not piece:
                raise OSError(f"{self._old.name} is shorter than it was")
            self._new.write(piece)
            self._start += len(piece)


class OutputWriter:
    """Collects results beside the output folder and, when all is known, writes the files and swaps them in.

    Use as a context manager: entering it locks the output against other runs; leaving it without `finish` (an error, an interrupt, nothing to write)
    removes what was collected and leaves the old output.
    """

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._partial, self._old, self._lock_path = (self._out.with_name(name) for name in beside(self._out.name))
        self._lock = FileLock(self._lock_path, blocking=False)
        self._spools: dict[str, BinaryIO] = {}
        self._database: Database | None = None
        self._drafting = ThreadPoolExecutor(1)
        self._draft: Future[list[Place]] | None = None
        self._given_up = Event()

    def __enter__(self) -> "OutputWriter":
        self._check()
        try:
            self._partial.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise OutputError(f"{self._out}: another run is writing here; wait until it has ended, or name another folder with -o") from None
        except OSError as error:
            raise self._cannot_write(error) from None
        try:
            self._tidy()
        except BaseException:
            self._unlock()
            raise
        return self

    def _tidy(self) -> None:
        """Puts right what a killed run left."""
        if self._old.exists() and not self._out.exists():
            self._old.rename(self._out)  # it was stopped between the two renames of a swap
        for leftover in (self._partial, self._old):
            if leftover.exists():
                shutil.rmtree(leftover)

    def __exit__(self, *_: object) -> None:
        self._given_up.set()
        self._drafting.shutdown(cancel_futures=True)
        for spool in self._spools.values():
            spool.close()
        if self._database:
            self._database.close()
        shutil.rmtree(self._partial, ignore_errors=True)
        self._unlock()

    def _unlock(self) -> None:
        with suppress(OSError):
            self._lock_path.unlink()  # while it is held: who opened it meanwhile sees that it is gone, and makes a new one
        self._lock.release()

    def _cannot_write(self, error: OSError) -> OutputError:
        return OutputError(f"{self._out}: cannot write here ({error.strerror}); choose another folder with -o")

    def _check(self) -> None:
        if not self._out.exists():
            return
        if not self._out.is_dir():
            raise OutputError(f"{self._out}: is a file; name a folder with -o")
        names = sorted(path.name for path in self._out.iterdir())
        foreign = [name for name in names if name not in _OURS or MANIFEST not in names]
        if foreign:
            raise OutputError(f"{self._out}: holds {foreign[0]}, which is of no output; move it away or name another folder with -o")

    def start(self, *, go_on: bool = False) -> None:
        """Makes room for results; with `go_on`, those of the output that is there are at hand, to be kept by `keep`. Starting twice does no harm."""
        if self._database:
            return
        try:
            self._partial.mkdir()
            self._database = Database(self._partial / STATE, self._out / STATE / database.NAME if go_on else None)
        except OSError as error:
            raise self._cannot_write(error) from None
        for stem in _LINES:
            self._spools[stem] = (self._partial / f"{stem}.spool").open("w+b", _BUFFER)

    @property
    def database(self) -> Database:
        """The tables of this run, between `start` and `finish`."""
        assert self._database is not None
        return self._database

    def add(self, result: ArticleResult) -> None:
        """Sets a result aside until the record ids are known."""
        lines, mentions = (self._spools[stem] for stem in _LINES)
        places = (lines.tell(), len(result.line), mentions.tell(), len(result.mentions))
        lines.write(result.line)
        mentions.write(result.mentions)
        origin = result.origin
        row = (result.row, b"\t".join(b"%d" % count for count in result.mention_counts))
        known_by = (orjson.dumps(origin.file), origin.part, origin.digest.encode(), result.names)
        self.database.add("articles", b"%b\t%b\t%b\t%d\t%b\t%b\t%d\t%d\t%d\t%d\n" % (*row, *known_by, *places))
        self.database.add("sightings", result.sightings)
        self.database.add("events", result.events)

    def draft(self, deduper: Deduper) -> None:
        """Begins to write the articles and their mentions as the earlier run's conclusions have them, in a thread that is nearly always in the system's copying.

        `write_records` then only has to amend what comes out otherwise. Does nothing where no run is gone on from: a run from nothing has no memory to
        do both, and nothing to copy.
        """
        if self.database.goes_on:
            self._draft = self._drafting.submit(self._write_articles, deduper.draft_links(), [])

    def write_records(self, deduper: Deduper) -> dict[str, int]:
        """Writes the articles, the mentions with their records, and the records; how many there are of each, and how many mentions of each kind."""
        if self._draft is None:
            places = self._write_articles(deduper.links(), [])
            counts = {stem: self._write_kind(stem, deduper) for stem in RECORDS}
        else:
            figures = self._drafting.submit(self._write_kind, "figures", deduper)  # most of the largest file is copied too
            counts = {stem: self._write_kind(stem, deduper) for stem in RECORDS if stem != "figures"} | {"figures": figures.result()}
            places = self._write_articles(deduper.links(), self._draft.result())
        columns = ("line_at", "line_length", "mentions_at", "mentions_length")
        self.database.fill("work.written", dict.fromkeys(("article", *columns), "UBIGINT"), places)
        self.database.run(
            f"UPDATE articles SET {', '.join(f'{name} = written.{name}' for name in columns)} FROM work.written WHERE articles.article = written.article"
        )
        sums = [f"coalesce(sum({kind}_mentions), 0)::BIGINT" for kind in KINDS]
        (numbers,) = self.database.rows(f"SELECT {', '.join(sums)} FROM articles")
        mentions = {f"{kind}_mentions": number for kind, number in zip(KINDS, numbers, strict=True)}
        return {"articles": len(places), "mentions": sum(numbers)} | mentions | counts

    def _write_kind(self, stem: str, deduper: Deduper) -> int:
        """Writes the records of a kind; how many there are."""
        made = deduper.records(stem)
        with ExitStack() as stack:
            file = stack.enter_context((self._partial / f"{stem}.jsonl").open("wb", _BUFFER))
            if self.database.goes_on:
                made = renewed(stack.enter_context((self._out / f"{stem}.jsonl").open("rb", _BUFFER)), deduper.dropped(stem), made)
            number = 0
            for count, lines in made:
                file.write(lines)
                number += count
        return number

    def _write_articles(self, links: Iterable[Link], drafted: list[Place]) -> list[Place]:
        """Writes the articles and their mentions; where those of each stand.

        What is as it was is copied, what stands together in one piece; or left where it is, as long as each article fits into the place it has in a draft.

        Args:
            links: What the lines of each article become.
            drafted: Where each stands in the files already; empty where there are none yet.
        """
        places: list[Place] = []
        with ExitStack() as stack:
            files = [stack.enter_context((self._partial / f"{stem}.jsonl").open("r+b" if drafted else "wb", _BUFFER)) for stem in _LINES]
            spools = [self._spools[stem] for stem in _LINES]
            before: list[BinaryIO] = []
            if self.database.goes_on:
                before = [stack.enter_context((self._out / f"{stem}.jsonl").open("rb", _BUFFER)) for stem in _LINES]
            copies = [_Copy(*pair, self._given_up) for pair in zip(before, files, strict=False)]
            at = [0, 0]
            fits = bool(drafted)
            for number, link in enumerate(links):
                if self._given_up.is_set():
                    break
                lines = None if link.slots is None else _relinked(link, *(before if link.earlier else spools))
                lengths = (len(lines[0]), len(lines[1])) if lines else (link.line_length, link.mentions_length)
                place = (link.article, at[0], lengths[0], at[1], lengths[1])
                if fits and not (number < len(drafted) and drafted[number] == place):
                    fits = False
                    for file, position in zip(files, at, strict=True):
                        file.seek(position)
                if lines:
                    for copy, file, position, line in zip(copies or (None, None), files, at, lines, strict=True):
                        if fits:
                            file.seek(position)
                        elif copy:
                            copy.flush()
                        file.write(line)
                elif not fits:
                    copies[0].take(link.line_at, link.line_length)
                    copies[1].take(link.mentions_at, link.mentions_length)
                places.append(place)
                at = [position + length for position, length in zip(at, lengths, strict=True)]
            for copy in copies:
                copy.flush()
            for file, end in zip(files, at, strict=True):
                file.truncate(end)
        return places

    def finish(self, errors: Iterable[ErrorRecord], manifest: Manifest, remember: Callable[[Path], None]) -> None:
        """Writes the rest and swaps the finished folder in.

        Args:
            remember: Is given the finished folder, before it is swapped in, to note in its state what a later run must know.
        """
        (self._partial / ERRORS).write_bytes(error_lines(errors))
        (self._partial / MANIFEST).write_bytes(manifest_bytes(manifest))
        for stem, spool in self._spools.items():
            spool.close()
            (self._partial / f"{stem}.spool").unlink()
        self.database.close()
        remember(self._partial)
        self._swap()

    def _swap(self) -> None:
        if self._out.exists():
            self._out.rename(self._old)
        self._partial.rename(self._out)
        if self._old.exists():
            shutil.rmtree(self._old)
