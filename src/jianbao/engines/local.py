"""The local engine: article work in worker processes of this machine. The same results for any number of workers."""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal

from jianbao.pipeline import load_pipeline
from jianbao.readers import InputFile, ReadOptions
from jianbao.records import ErrorRecord
from jianbao.resources import lexicons_from
from jianbao.stages.read import item_digest, read
from jianbao.stages.waves import waves
from jianbao.stages.work import ArticleResult, Job, Kept, Origin, work

if TYPE_CHECKING:
    from spacy.language import Language

BATCH_SIZE = 1 << 18
"""Bytes of input that a worker takes at once."""
BATCH_FILES = 128

Batch = list[InputFile]
Result = ArticleResult | ErrorRecord | Kept
Results = list[tuple[str, Result]]
"""Each with the source of the file that it came from."""
Known = dict[str, str]
"""The digests of articles that need no work where they read as they did, by source."""


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What a worker needs to know, besides the files."""

    pipeline: str
    lexicons: Path | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    known: Known = field(default_factory=dict)


_SELDOM = (100_000, 50, 100)
"""Thresholds of the cycle collector. Nothing that an article or a record leaves behind is a cycle; the default ones would look for some a thousand times a second."""

_worker: "tuple[Language, WorkSettings] | None" = None
_mistake: Exception | None = None


def _load_worker(settings: WorkSettings) -> None:
    global _worker
    _worker = load_pipeline(settings.pipeline, lexicons=settings.lexicons), settings


def _start_process(settings: WorkSettings, leash: Connection) -> None:
    """Makes this process a worker. A mistake in a pipeline or lexicon file is told by the first batch: an initializer cannot tell it."""
    global _mistake
    gc.set_threshold(*_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business; it ends its workers
    Thread(target=_end_with, args=(leash,), daemon=True).start()
    try:
        _load_worker(settings)
    except Exception as error:
        _mistake = error


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within it, the cycle collector of this process runs as seldom as that of a worker."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _end_with(leash: Connection) -> None:
    """Ends this worker, whatever it is at, when nobody holds the other end any more: the run was stopped, or its process killed."""
    with suppress(EOFError, OSError):
        leash.recv()
    os._exit(1)


def _state() -> "tuple[Language, WorkSettings]":
    if _mistake is not None:
        raise _mistake
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return _worker


def _work_batch(batch: Batch, known: Known | None = None, only: int | None = None) -> Results:
    """The results of the articles in a batch of files.

    Args:
        known: The digests of articles that need no work, where they are others than when this worker was started.
        only: The position of the one article to work on.
    """
    nlp, settings = _state()
    if known is None:
        known = settings.known
    results: Results = []
    with lexicons_from(settings.lexicons):
        for wave in waves(_todo(batch, settings.read, known, only), lambda item: len(item[1].article.text) if isinstance(item[1], Job) else 0):
            worked = iter(work([item for _, item in wave if isinstance(item, Job)], nlp))
            for source, item in wave:
                results += [(source, result) for result in next(worked)] if isinstance(item, Job) else [(source, item)]
    return results


def _todo(batch: Batch, reading: ReadOptions, known: Known, only: int | None) -> Iterator[tuple[str, Job | ErrorRecord | Kept]]:
    """What the files of a batch hold, each with the source of its file."""
    items = ((file, item) for file in batch for item in read([file], reading))
    for position, (file, item) in enumerate(items):
        if only is not None and only != position:
            continue
        if isinstance(item, ErrorRecord):
            yield file.source, item
            continue
        digest = item_digest(item)
        same = known.get(item.source) == digest
        yield file.source, Kept(item.source) if same else Job(item, Origin(file.source, file.start, digest))


def _list_batch(batch: Batch) -> Results:
    """What a batch holds, read but not worked on: an error, or in place of an article the error that it killed its worker."""
    _, settings = _state()
    items = ((file.source, item) for file in batch for item in read([file], settings.read))
    return [(source, item if isinstance(item, ErrorRecord) else _died(item.source, "extract")) for source, item in items]


def batches(files: Iterable[InputFile]) -> Iterator[Batch]:
    """Files in batches of about BATCH_SIZE bytes: a worker's share."""
    batch: Batch = []
    size = 0
    for file in files:
        length = file.size
        if batch and (size + length > BATCH_SIZE or len(batch) >= BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += length
    if batch:
        yield batch


class LocalEngine:
    """Runs articles through a pipeline, in this process (one worker) or in several. Use as a context manager: leaving it ends the processes."""

    def __init__(self, settings: WorkSettings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._alone = _OneProcess(settings)

    def __enter__(self) -> "LocalEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self._alone.end()

    def begin(self) -> None:
        """Has one process load the pipeline while the caller finds out what there is to do; not where there is to be one worker."""
        if self._workers > 1:
            self._alone.begin()

    def run(
        self,
        files: list[InputFile],
        progress: Callable[[int], None],
        meanwhile: Callable[[], object] = lambda: None,
        *,
        known: Known | None = None,
        few: bool = False,
    ) -> Iterator[tuple[str, Result]]:
        """The source of a file and the result or error of each article in it, in the order of the files.

        Args:
            progress: Is told the number of input files or parts done since it was last told.
            meanwhile: Is called once other processes are at work; not where the work is done in this one.
            known: The digests of articles that need no work.
            few: That there is little to do: one process does it, which is this one unless `begin` has started another.
        """
        settings = replace(self._settings, known=known or {})
        todo = list(batches(files))
        if few and self._alone.begun:
            yield from self._run_there(files, settings.known, progress, meanwhile)
        elif few or self._workers == 1 or len(todo) == 1:
            yield from self._run_here(settings, todo, progress)
        else:
            yield from self._run_in_processes(settings, todo, progress, meanwhile)

    def _run_here(self, settings: WorkSettings, todo: list[Batch], progress: Callable[[int], None]) -> Iterator[tuple[str, Result]]:
        _load_worker(settings)
        for batch in todo:
            yield from _work_batch(batch)
            progress(len(batch))

    def _run_there(
        self, files: list[InputFile], known: Known, progress: Callable[[int], None], meanwhile: Callable[[], object]
    ) -> Iterator[tuple[str, Result]]:
        """The work of the one process that has begun."""
        results = self._alone.call(_work_batch, files, known, meanwhile=meanwhile)
        if results is not None:
            self._alone.end()
            yield from results
            progress(len(files))
            return
        for file in files:
            yield from _isolate(file, known, self._alone)
            progress(1)

    def _run_in_processes(
        self, settings: WorkSettings, todo: list[Batch], progress: Callable[[int], None], meanwhile: Callable[[], object]
    ) -> Iterator[tuple[str, Result]]:
        self._alone.end()  # its memory is of more use to the others
        waiting = deque(todo)
        busy = False
        while waiting:
            running: deque[tuple[Future[Results], Batch]] = deque()
            broken = False
            with _pool(settings, min(self._workers, len(waiting))) as pool:
                while running or (waiting and not broken):
                    while waiting and not broken and len(running) < 2 * self._workers + 2:
                        try:
                            running.append((pool.submit(_work_batch, waiting[0]), waiting[0]))
                            waiting.popleft()
                        except BrokenProcessPool:
                            broken = True
                    if not running:
                        break
                    if not busy:
                        busy = True
                        meanwhile()
                    future, batch = running.popleft()
                    try:
                        yield from future.result()
                        progress(len(batch))
                    except BrokenProcessPool:
                        broken = True  # a worker died on one of the batches in flight: the pool is gone, a new one takes the rest
                        for file in batch:
                            yield from _isolate(file, settings.known, self._alone)
                            progress(1)


def _isolate(file: InputFile, known: Known, alone: "_OneProcess") -> Iterator[tuple[str, Result]]:
    """A file during whose batch a worker died: whole if it was another, else article by article: only the one that kills a worker is lost."""
    results = alone.call(_work_batch, [file], known)
    if results is not None:
        yield from results
        return
    found = alone.call(_list_batch, [file])
    if found is None:
        yield file.source, _died(file.source, "read")
        return
    for position, died in enumerate(found):
        one = alone.call(_work_batch, [file], known, position) if len(found) > 1 else None
        yield from [died] if one is None else one


@contextmanager
def _pool(settings: WorkSettings, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes; leaving it ends them, whatever they are at: to take down all that they have loaded would keep the parent waiting for nothing."""
    context = multiprocessing.get_context("spawn")  # the same on every system, and no thread of ours is forked
    leash, hand = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, _start_process, (settings, leash))
    try:
        yield pool
    finally:
        hand.close()
        _expect_no_more(pool)
        pool.shutdown(cancel_futures=True)
        leash.close()


def _expect_no_more(pool: ProcessPoolExecutor) -> None:
    """Closes this process's end for writing results: a worker that ends while it sends one would leave the pool waiting for the rest of it for ever."""
    with suppress(AttributeError, OSError):
        pool._result_queue._writer.close()  # type: ignore[attr-defined]  # there is no public way


class _OneProcess:
    """A worker for calls that may kill it, begun with the first call, if not before, and anew after each death."""

    def __init__(self, settings: WorkSettings) -> None:
        self._settings = settings
        self._open = ExitStack()
        self._worker: ProcessPoolExecutor | None = None

    @property
    def begun(self) -> bool:
        """Whether it has begun."""
        return self._worker is not None

    def begin(self) -> ProcessPoolExecutor:
        """Starts the process, if there is none."""
        if self._worker is None:
            self._worker = self._open.enter_context(_pool(self._settings, 1))
            self._worker.submit(_nothing)  # a pool starts no process before it has something to do
        return self._worker

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self._open.close()
        self._worker = None

    def call(self, function: Callable[..., Results], *arguments: object, meanwhile: Callable[[], object] = lambda: None) -> Results | None:
        """What `function` gives; None if the process died of it. `meanwhile` is called while it works."""
        try:
            future = self.begin().submit(function, *arguments)
            meanwhile()
            return future.result()
        except BrokenProcessPool:
            self.end()
            return None


def _nothing() -> None:
    pass


def _died(source: str, stage: Literal["read", "extract"]) -> ErrorRecord:
    detail = "the worker process ended while it worked on this article (out of memory, or a crash in a library); the others are complete"
    return ErrorRecord(source=source, stage=stage, error="worker died", detail=detail)
