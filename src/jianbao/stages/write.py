"""write: results and records -> the files of an output folder, swapped in whole. An interrupted run leaves the old output, or none."""

import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import orjson

from jianbao.records import FILES, DedupedRecord, ErrorRecord, Manifest
from jianbao.stages.dedupe import Deduped
from jianbao.stages.work import ArticleResult, json_line

MANIFEST = "manifest.json"
_OURS = {MANIFEST, *(f"{stem}.jsonl" for stem in FILES), ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a finished output may hold: its files, and what file managers leave in a folder that is looked at."""


class OutputError(ValueError):
    """An output folder that must not or cannot be written; the message says why and what to do."""


def _error_order(error: ErrorRecord) -> tuple[str, str, str, str]:
    return error.source, error.stage, error.error, error.detail


class OutputWriter:
    """Collects results beside the output folder and, when all is known, writes the files and swaps them in.

    Use as a context manager: leaving it without `finish` (an error, an interrupt) removes what was collected and leaves the old output.
    """

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._partial = self._out.with_name(f".{self._out.name}.partial")
        self._old = self._out.with_name(f".{self._out.name}.old")
        self._index: list[tuple[str, int, int]] = []  # source, offset, place in the spool
        self._spool: BinaryIO | None = None

    def __enter__(self) -> "OutputWriter":
        self._check()
        if self._old.exists() and not self._out.exists():
            self._old.rename(self._out)  # a run was stopped between the two renames of a swap
        for leftover in (self._partial, self._old):
            if leftover.exists():
                shutil.rmtree(leftover)
        try:
            self._partial.mkdir(parents=True)
        except OSError as error:
            raise OutputError(f"{self._out}: cannot write here ({error.strerror}); choose another folder with -o") from None
        self._spool = (self._partial / "spool").open("w+b")
        return self

    def __exit__(self, *_: object) -> None:
        if self._spool:
            self._spool.close()
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

    def add(self, result: ArticleResult) -> None:
        """Sets a result aside until the record ids are known."""
        assert self._spool is not None
        self._index.append((result.source, result.source_offset, self._spool.tell()))
        pickle.dump((result.line, result.mentions), self._spool, protocol=pickle.HIGHEST_PROTOCOL)

    def finish(self, deduped: Deduped, errors: Iterable[ErrorRecord], manifest: Manifest) -> None:
        """Writes all files and swaps the finished folder in."""
        assert self._spool is not None
        with (self._partial / "articles.jsonl").open("wb") as articles, (self._partial / "mentions.jsonl").open("wb") as mentions:
            for _, _, place in sorted(self._index):
                self._spool.seek(place)
                line, rows = pickle.load(self._spool)  # noqa: S301  # our own spool of this run
                articles.write(line)
                for mention, keys, before, after in rows:
                    ids = [deduped.record_of[key] for key in keys] or list(deduped.agreements_of.get(mention, ()))
                    mentions.write(before + b'"records":' + orjson.dumps(ids) + after)
        self._spool.close()
        (self._partial / "spool").unlink()
        for stem, records in deduped.records.items():
            self._write(stem, records)
        in_order = sorted(errors, key=_error_order)
        self._write("errors", in_order)
        (self._partial / MANIFEST).write_bytes(orjson.dumps(manifest.model_dump(), option=orjson.OPT_INDENT_2) + b"\n")
        self._swap()

    def _write(self, stem: str, records: Iterable[DedupedRecord | ErrorRecord]) -> None:
        with (self._partial / f"{stem}.jsonl").open("wb") as file:
            file.writelines(map(json_line, records))

    def _swap(self) -> None:
        if self._out.exists():
            self._out.rename(self._old)
        self._partial.rename(self._out)
        if self._old.exists():
            shutil.rmtree(self._old)
