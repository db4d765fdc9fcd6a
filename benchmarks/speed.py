"""Speed of each stage and of the whole, start-up and memory, as ratios to `rjieba.cut` on the same text in the same run.

The text is made from the articles of `corpus/`: each is told again with its paragraphs rotated, so that no two articles are equal. They are dense: some 35 mentions
a KB, where articles of real papers have about 22. So all is measured a second time with `PLAIN` as much text again set between the paragraphs: sentences of the
same corpus in which the pipeline finds nothing, in turn.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import rjieba
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from jianbao.folding import fold
from jianbao.lexicon import load_lexicon
from jianbao.output import load
from jianbao.pipeline import load_pipeline, pipeline_lexicons, pipeline_path
from jianbao.readers import ReadOptions
from jianbao.records import Article, ErrorRecord
from jianbao.stages.clean import clean
from jianbao.stages.dedupe import DEDUPE_LEXICONS, Deduper
from jianbao.stages.extract import extract
from jianbao.stages.normalise import normalise
from jianbao.stages.read import list_files, read
from jianbao.stages.resolve import resolve
from jianbao.stages.segment import segment
from jianbao.stages.waves import waves
from jianbao.stages.work import ArticleResult, results_of
from jianbao.stages.write import OutputWriter
from jianbao.views.terminal import summary

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"

PLAIN = 0.8
"""Bytes of plain sentences for each byte of the corpus: a few of them are no longer plain beside what other articles say."""


def corpus_articles() -> list[Article]:
    """The articles of the corpus."""
    files, _ = list_files([CORPUS])
    return [a for a in read(files, ReadOptions()) if isinstance(a, Article)]


def plain_sentences(nlp: Language) -> Iterator[str]:
    """The sentences of the corpus in which nothing is found."""
    for text in resolve(extract(segment(normalise(clean(corpus_articles())), nlp.tokenizer.segmenter), nlp), nlp):
        taken = {text.sentence_span(mention.start) for mention in text.mentions}
        ends = text.sentences
        for span in (text.sentence_span(start) for start in (0, *ends[:-1])):
            if span not in taken and span[0] < span[1]:
                yield text.surface(*span)


def diluted(lines: list[str], plain: Iterator[str]) -> Iterator[str]:
    """The paragraphs of an article with others between them, made from `plain`."""
    owed = 0.0
    for line in lines:
        yield line
        owed += PLAIN * len(line.encode())
        added: list[str] = []
        while owed > 0:
            added.append(next(plain))
            owed -= len(added[-1].encode())
        if added:
            yield "".join(added)


def make_articles(size: int, plain: Iterator[str] | None = None) -> list[dict[str, str | None]]:
    """Records of about `size` bytes of UTF-8 in all, made from the corpus; thinned with sentences of `plain`."""
    originals = corpus_articles()
    rows: list[dict[str, str | None]] = []
    made, turn = 0, 0
    while made < size:
        for article in originals:
            lines = article.text.split("\n")
            cut = turn % len(lines)
            lines = [*lines[cut:], *lines[:cut]]
            text = "\n".join(lines if plain is None else diluted(lines, plain))
            rows.append({"id": f"{turn}-{article.id}", "text": text, "date": article.published, "outlet": article.outlet})
            made += len(text.encode())
        turn += 1
    return rows


def timed(work_: Callable[[], object]) -> float:
    """Seconds of the best of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        work_()
        best = min(best, time.perf_counter() - start)
    return best


def measure_stages(rows: list[dict[str, str | None]], folder: Path, nlp: Language) -> tuple[dict[str, float], int]:
    """Seconds of each stage over all articles, one core; and how many mentions there are."""
    path = folder / "bench.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    segmenter = nlp.tokenizer.segmenter
    seconds: dict[str, float] = {}
    folded = [fold(row["text"] or "") for row in rows]
    seconds["rjieba.cut"] = timed(lambda: [rjieba.cut(text, False) for text in folded])
    start = time.perf_counter()
    files, _ = list_files([path])
    articles = [a for a in read(files, ReadOptions()) if not isinstance(a, ErrorRecord)]
    seconds["read"] = time.perf_counter() - start
    stages: list[tuple[str, Callable[[list], object]]] = [
        ("clean", clean),
        ("normalise", normalise),
        ("segment", lambda texts: segment(texts, segmenter)),
        ("extract", lambda texts: extract(texts, nlp)),
        ("resolve", lambda texts: resolve(texts, nlp)),
        ("records and JSON", lambda texts: results_of([(text, text.article) for text in texts])),
    ]
    seconds |= dict.fromkeys((name for name, _ in stages), 0.0)
    results: list[ArticleResult] = []
    for wave in waves(articles, lambda article: len(article.text)):
        items: list = wave
        for name, stage in stages:
            start = time.perf_counter()
            items = list(stage(items))
            seconds[name] += time.perf_counter() - start
        results += items
    lexicons = [load_lexicon(lexicon) for lexicon in (*pipeline_lexicons(pipeline_path()), *DEDUPE_LEXICONS)]
    start = time.perf_counter()
    with OutputWriter(folder / "dedupe") as writer:
        writer.start()
        for result in results:
            writer.add(result)
        writer.database.load()
        deduper = Deduper(writer.database, lexicons)
        deduper.run()
        counts = writer.write_records(deduper)
    seconds["dedupe and write"] = time.perf_counter() - start
    return seconds, counts["mentions"]


class WholeRun(NamedTuple):
    """A run in a process of its own: its seconds, those of them that went on loading the pipeline where the work was done here, the MB of its largest process
    and of its largest worker process.
    """

    seconds: float
    loading: float
    peak: float
    worker_peak: float


_RUN = """
import json, resource, sys, time
if __name__ == "__main__":
    from jianbao.engines import local
    from jianbao.run import RunOptions, run
    loading, load = [0.0], local.load_pipeline
    def timed_load(*given, **named):
        start = time.perf_counter()
        nlp = load(*given, **named)
        loading.append(time.perf_counter() - start)
        return nlp
    local.load_pipeline = timed_load
    start = time.perf_counter()
    run([sys.argv[1]], sys.argv[2], RunOptions(workers=int(sys.argv[3]), full=True))
    seconds = time.perf_counter() - start
    try:  # what getrusage says of a process may be what the one that started it had taken
        with open("/proc/self/status") as status:
            own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peaks = own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([seconds, sum(loading), max(peaks), peaks[1]]))
"""


def measure_run(path: Path, workers: int) -> WholeRun:
    """A whole run over the file at `path`."""
    script = path.parent / "one_run.py"
    script.write_text(_RUN, encoding="utf-8")
    command = [sys.executable, script, path, path.parent / "out", str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=with_bytecode(path.parent))
    return WholeRun(*json.loads(done.stdout))


def with_bytecode(folder: Path) -> dict[str, str]:
    """An environment in which modules keep their bytecode (in `folder`), as those of an installed program do, whatever this environment says."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**known, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def main() -> None:
    gc.set_threshold(100_000, 50, 100)  # as the workers of a run do
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=4.0)
    options = parser.parse_args()
    size = int(options.megabytes * 1e6)
    nlp = load_pipeline()
    console = Console()
    for name, plain in (("dense", None), ("of the density of real articles", cycle(list(plain_sentences(nlp))))):
        console.print(f"[bold]{name}")
        measure(make_articles(size, plain), nlp, console)


def measure(rows: list[dict[str, str | None]], nlp: Language, console: Console) -> None:
    """Measures everything on some articles, and prints it."""
    characters = sum(len(row["text"] or "") for row in rows)
    size = sum(len((row["text"] or "").encode()) for row in rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, mentions = measure_stages(rows, folder, nlp)
        path = folder / "bench.jsonl"
        runs = {workers: measure_run(path, workers) for workers in (1, 2)}
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            seconds["summary"] = timed(lambda: Console(file=nowhere).print(summary(load(folder / "out"))))
        startup = timed(
            lambda: subprocess.run([sys.executable, "-c", "import jianbao; jianbao.load_pipeline()"], check=True, env=with_bytecode(folder))
        )
    base = seconds["rjieba.cut"]
    density = mentions / size * 1e3
    console.print(f"{len(rows)} articles, {size / 1e6:.1f} MB of UTF-8, {characters:,} characters, {density:.0f} mentions a KB")
    table = Table(show_edge=False)
    for column in ("", "seconds", "MB/s", "characters/s", "times rjieba.cut"):
        table.add_column(column, justify="right" if column else "left")
    whole = {f"whole run, {workers} worker{'s' * (workers > 1)}": one.seconds for workers, one in runs.items()}
    whole["whole run, 1 worker, loaded"] = runs[1].seconds - runs[1].loading
    for label, spent in {**seconds, **whole}.items():
        spent = max(spent, 1e-9)
        table.add_row(label, f"{spent:.2f}", f"{size / spent / 1e6:.2f}", f"{characters / spent:,.0f}", f"{spent / base:.1f}")
    console.print(table)
    console.print(f"two workers: {runs[1].seconds / runs[2].seconds:.2f} times one; start-up {startup:.2f} s")
    console.print(f"memory: largest process {max(one.peak for one in runs.values()):.0f} MB; a worker {runs[2].worker_peak:.0f} MB")


if __name__ == "__main__":
    main()
