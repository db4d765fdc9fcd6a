"""The local engine: the same results for any number of processes, and one article lost where one kills its process."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianbao.engines import local
from jianbao.engines.local import LocalEngine, Result, WorkSettings, batches
from jianbao.pipeline import PipelineError
from jianbao.readers import InputFile
from jianbao.records import ErrorRecord
from jianbao.stages.read import list_files
from jianbao.stages.work import ArticleResult, Kept
from tests.samples import HANS, HANT, write_articles


def engine_results(pipeline: Path, folder: Path, workers: int) -> tuple[list[Result], int]:
    """What the engine gives for a folder, and how many files it said were done."""
    files, _ = list_files([folder])
    done: list[int] = []
    with LocalEngine(WorkSettings(str(pipeline)), workers) as engine:
        results = list(engine.run(files, done.append))
    assert all(result.source.partition("#")[0] == file for file, result in results)
    return [result for _, result in results], sum(done)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is two files, so that a few files make work for several processes."""
    monkeypatch.setattr(local, "BATCH_FILES", 2)


@pytest.fixture
def processes_know_the_trap(trap: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(trap)  # spawned processes take over this path
    yield
    assert not multiprocessing.active_children(), "no process outlives its run"


def test_batches_hold_every_file_once_and_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BATCH_SIZE", 100)
    monkeypatch.setattr(local, "BATCH_FILES", 3)
    folder = write_articles(tmp_path, {f"{i:02}.txt": b"x" * size for i, size in enumerate([500, 10, 10, 10, 10, 60, 60, 30])})
    files, _ = list_files([folder])
    files.append(InputFile(tmp_path / "gone.txt", "gone.txt"))
    cut = list(batches(files))
    assert [file for batch in cut for file in batch] == files
    assert [len(batch) for batch in cut] == [1, 3, 2, 3]


@pytest.mark.usefixtures("small_batches", "processes_know_the_trap")
def test_engine_dead_process_costs_its_article_only(trap_pipeline: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    good = {f"{i}.txt": (HANS if i % 2 else HANT).encode() for i in range(7)}
    records = {
        name: f'{{"id": "{name}", "text": "{text}"}}\n'
        for name, text in (("a", "2018年3月7日"), ("b", "抛出错误"), ("c", "3000万元"), ("d", "打碎工人"))
    }
    bad = {"3x.txt": "2018年打碎工人".encode(), "5x.txt": "2018年抛出错误".encode(), "9.jsonl": "".join(records.values()).encode()}
    without = {"9.jsonl": (records["a"] + records["c"]).encode()}
    expected, _ = engine_results(small_pipeline_file, write_articles(tmp_path / "good", good | without), 1)
    results, done = engine_results(trap_pipeline, write_articles(tmp_path / "all", good | bad), 2)
    assert done == 10
    kept = [r for r in results if isinstance(r, ArticleResult)]
    assert kept == expected
    lost = [(r.source, r.error) for r in results if isinstance(r, ErrorRecord)]
    assert lost == [("3x.txt", "worker died"), ("5x.txt", "internal error"), ("9.jsonl#b", "internal error"), ("9.jsonl#d", "worker died")]


def test_engine_keeps_what_reads_as_it_did(small_pipeline_file: Path, tmp_path: Path) -> None:
    files, _ = list_files([write_articles(tmp_path, {"a.txt": HANS.encode(), "b.txt": HANT.encode()})])
    first = [result for _, result in LocalEngine(WorkSettings(str(small_pipeline_file)), 1).run(files, print)]
    digests = {result.source: result.origin.digest for result in first if isinstance(result, ArticleResult)}
    known = digests | {"b.txt": "another"}
    again = [result for _, result in LocalEngine(WorkSettings(str(small_pipeline_file)), 1).run(files, print, known=known)]
    assert again == [Kept("a.txt"), first[1]]


@pytest.mark.usefixtures("processes_know_the_trap")
def test_engine_begun_early_has_its_process_do_the_little_there_is(trap_pipeline: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    good = {"a.txt": HANS.encode(), "b.txt": HANT.encode(), "d.txt": HANS.encode()}
    expected, _ = engine_results(small_pipeline_file, write_articles(tmp_path / "good", good), 1)
    digests = {result.source: result.origin.digest for result in expected if isinstance(result, ArticleResult)}
    files, _ = list_files([write_articles(tmp_path / "all", good | {"c.txt": "2018年打碎工人".encode()})])
    told: list[str] = []
    for some, died in ((files[:2] + files[3:], []), (files, ["c.txt"])):
        done: list[int] = []
        with LocalEngine(WorkSettings(str(trap_pipeline)), 2) as engine:
            engine.begin()
            assert len(multiprocessing.active_children()) == 1
            known = {"a.txt": digests["a.txt"]}
            results = [r for _, r in engine.run(some, done.append, lambda: told.append("at work"), known=known, few=True)]
            assert sum(done) == len(some)
        assert [r for r in results if not isinstance(r, ErrorRecord)] == [Kept("a.txt"), *expected[1:]]
        assert [r.source for r in results if isinstance(r, ErrorRecord)] == died
        assert not multiprocessing.active_children()
    assert told == ["at work"] * 2


@pytest.mark.usefixtures("small_batches")
def test_engine_begun_early_does_much_work_in_all_its_processes(small_pipeline_file: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path, {f"{i}.txt": HANS.encode() for i in range(8)})
    expected, _ = engine_results(small_pipeline_file, folder, 1)
    with LocalEngine(WorkSettings(str(small_pipeline_file)), 2) as engine:
        engine.begin()
        results = engine.run(list_files([folder])[0], print)
        first = next(results)[1]
        assert len(multiprocessing.active_children()) == 2, "the one that began first has made room"
        assert [first, *(result for _, result in results)] == expected


@pytest.mark.parametrize(("workers", "begun"), [(1, 0), (2, 1)])
def test_engine_begun_in_vain_ends(small_pipeline_file: Path, workers: int, begun: int) -> None:
    with LocalEngine(WorkSettings(str(small_pipeline_file)), workers) as engine:
        engine.begin()
        assert len(multiprocessing.active_children()) == begun
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("small_batches")
def test_engine_mistake_in_the_pipeline_is_told_not_taken_for_a_death(tmp_path: Path) -> None:
    pipeline = tmp_path / "bad.cfg"
    pipeline.write_text(
        '[nlp]\nlang = "zh"\npipeline = ["nonsense"]\n\n[components]\n\n[components.nonsense]\nfactory = "nonsense"\n', encoding="utf-8"
    )
    folder = write_articles(tmp_path / "articles", {f"{i}.txt": b"x" for i in range(5)})
    with pytest.raises(PipelineError, match="nonsense"):
        engine_results(pipeline, folder, 2)
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("small_batches")
def test_engine_that_is_stopped_leaves_no_process(small_pipeline_file: Path, tmp_path: Path) -> None:
    files, _ = list_files([write_articles(tmp_path, {f"{i}.txt": HANS.encode() for i in range(8)})])
    results = LocalEngine(WorkSettings(str(small_pipeline_file)), 2).run(files, print)
    assert isinstance(next(results)[1], ArticleResult)
    assert multiprocessing.active_children()
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert not multiprocessing.active_children()
