"""The local engine: article work in worker processes of this machine. The same results for any number of workers."""

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from spacy.language import Language

from jianbao.pipeline import load_pipeline
from jianbao.readers import InputFile, ReadOptions
from jianbao.records import ErrorRecord
from jianbao.stages.read import read
from jianbao.stages.work import ArticleResult, work

BATCH_SIZE = 1 << 18
"""Bytes of input that a worker takes at once."""
BATCH_FILES = 64

Batch = list[InputFile]
Results = list[ArticleResult | ErrorRecord]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What a worker needs to know, besides the files."""

    pipeline: str
    lexicons: Path | None = None
    read: ReadOptions = field(default_factory=ReadOptions)


_worker: tuple[Language, WorkSettings] | None = None


def _start_worker(settings: WorkSettings) -> None:
    global _worker
    _worker = load_pipeline(settings.pipeline, lexicons=settings.lexicons), settings
    # Nothing that an article leaves behind is a cycle; the default thresholds would look for some a thousand times a second.
    gc.set_threshold(100_000, 50, 100)


def _work_batch(batch: Batch, only: int | None = None) -> Results:
    """The results of the articles in a batch of files; of the one at position `only`, where that is given."""
    if _worker is None:
        raise RuntimeError("the worker was not started")
    nlp, settings = _worker
    results: Results = []
    for position, item in enumerate(read(batch, settings.read)):
        if only is None or only == position:
            results.append(item if isinstance(item, ErrorRecord) else work(item, nlp))
    return results


def _count_batch(batch: Batch) -> list[str]:
    """The sources of what a batch holds, read but not worked on."""
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return [item.source for item in read(batch, _worker[1].read)]


def batches(files: Iterable[InputFile]) -> Iterator[Batch]:
    """Files in batches of about BATCH_SIZE bytes: a worker's share."""
    batch: Batch = []
    size = 0
    for file in files:
        length = (file.end - file.start) if file.end >= 0 else _size(file.path)
        if batch and (size + length > BATCH_SIZE or len(batch) >= BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += length
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class LocalEngine:
    """Runs articles through a pipeline, in this process (one worker) or in several."""

    def __init__(self, settings: WorkSettings, workers: int) -> None:
        self._settings = settings
        self._workers = workers

    def run(self, files: list[InputFile], progress: Callable[[int], None]) -> Iterator[ArticleResult | ErrorRecord]:
        """The result or error of each article, in the order of the files.

        Args:
            progress: Is told the number of input files or parts done since it was last told.
        """
        todo = list(batches(files))
        if self._workers == 1 or len(todo) == 1:
            yield from self._run_here(todo, progress)
        else:
            yield from self._run_in_processes(todo, progress)

    def _run_here(self, todo: list[Batch], progress: Callable[[int], None]) -> Iterator[ArticleResult | ErrorRecord]:
        _start_worker(self._settings)
        for batch in todo:
            for file in batch:
                yield from _work_batch([file])
                progress(1)

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # the same on every system, and no thread of ours is forked
        return ProcessPoolExecutor(workers, context, _start_worker, (self._settings,))

    def _run_in_processes(self, todo: list[Batch], progress: Callable[[int], None]) -> Iterator[ArticleResult | ErrorRecord]:
        waiting = deque(todo)
        while waiting:
            running: deque[tuple[Future[Results], Batch]] = deque()
            broken = False
            with self._pool(min(self._workers, len(waiting))) as pool:
                while running or (waiting and not broken):
                    while waiting and not broken and len(running) < 2 * self._workers + 2:
                        try:
                            running.append((pool.submit(_work_batch, waiting[0]), waiting[0]))
                            waiting.popleft()
                        except BrokenProcessPool:
                            broken = True
                    if not running:
                        break
                    future, batch = running.popleft()
                    try:
                        yield from future.result()
                        progress(len(batch))
                    except BrokenProcessPool:
                        broken = True  # a worker died on one of the batches in flight: the pool is gone, a new one takes the rest
                        yield from self._isolate(batch, progress)

    def _isolate(self, batch: Batch, progress: Callable[[int], None]) -> Iterator[ArticleResult | ErrorRecord]:
        """A batch during which a worker died, file by file and then article by article: only the one that kills a worker is lost."""
        for file in batch:
            results = self._alone(_work_batch, [file])
            if results is None:
                sources = self._alone(_count_batch, [file])
                if sources is None:
                    yield _died(file.source, "read")
                for position, source in enumerate(sources or ()):
                    one = self._alone(_work_batch, [file], position)
                    yield from [_died(source, "extract")] if one is None else one
            else:
                yield from results
            progress(1)

    def _alone(self, function: Callable[..., _T], *arguments: object) -> _T | None:
        """What `function` gives in a process of its own; None if the process died."""
        with self._pool(1) as pool:
            try:
                return pool.submit(function, *arguments).result()
            except BrokenProcessPool:
                return None


def _died(source: str, stage: str) -> ErrorRecord:
    detail = "the worker process ended while it worked on this article (out of memory, or a crash in a library); the others are complete"
    return ErrorRecord(source=source, stage=stage, error="worker died", detail=detail)  # type: ignore[arg-type]
