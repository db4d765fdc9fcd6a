"""Composes the stages that a pipeline file names into one run over files."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jianbao.engines.local import LocalEngine, WorkSettings, seldom_collected
from jianbao.lexicon import load_lexicon
from jianbao.output import Corpus, NotAnOutputError
from jianbao.pipeline import load_pipeline, pipeline_lexicons, pipeline_path, without_collector
from jianbao.readers import DEFAULT_FIELDS, ReadOptions
from jianbao.records import Article, ErrorRecord, Manifest
from jianbao.resources import lexicon_directory, lexicons_from
from jianbao.segmenter import load_segmenter
from jianbao.stages.dedupe import DEDUPE_LEXICONS, Deduper
from jianbao.stages.extract import extract as extract_texts
from jianbao.stages.normalise import normalise
from jianbao.stages.read import list_files, parse_day
from jianbao.stages.resolve import resolve as resolve_texts
from jianbao.stages.segment import segment
from jianbao.stages.work import Kept
from jianbao.stages.write import ERRORS, MANIFEST, OutputWriter, error_lines, manifest_bytes
from jianbao.state import (
    FileState,
    file_digests,
    lexicon_fingerprints,
    maker,
    package_versions,
    pipeline_fingerprint,
    plan,
    read_earlier,
    remember,
)
from jianbao.text import Text

_LITTLE = 1 << 20
"""Bytes of articles to work on, in a run again, below which one process does it: starting others costs as much."""
_LONG = 1 << 23
"""Bytes of input above which it takes so long to find out what changed that a process can be started meanwhile."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is done. All but `workers` and `full` alter records and stand in the manifest.

    Attributes:
        pipeline: The name of a shipped pipeline or the path of a `.cfg` file.
        lexicons: A folder to read lexicons from instead of the shipped ones.
        published: The ISO day of articles that carry none.
        encoding: The encoding of text files and web pages; detected where none is given.
        fields: The names of a JSONL record's fields, by what they hold.
        workers: Worker processes; 0 for one a core.
        full: Whether to work on every article, also where an earlier output has it.
    """

    pipeline: str = "press"
    lexicons: Path | None = None
    published: str | None = None
    encoding: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    workers: int = 0
    full: bool = False

    def __post_init__(self) -> None:
        unknown = set(self.fields) - set(DEFAULT_FIELDS)
        if unknown:
            raise ValueError(f"no field {', '.join(sorted(unknown))}; fields are {', '.join(DEFAULT_FIELDS)}")
        if self.published is not None and parse_day(self.published) != self.published:
            raise ValueError(f"{self.published!r} is no date; write it as 2018-03-30")
        if self.encoding is not None:
            try:
                b"    ".decode(self.encoding)
            except UnicodeError:
                pass  # these bytes are no text in it, but it exists
            except (LookupError, ValueError):
                raise ValueError(f"there is no encoding {self.encoding!r}; use a name such as utf-8, gb18030, big5 or big5hkscs") from None
        if self.lexicons is not None and not self.lexicons.is_dir():
            raise ValueError(f"{self.lexicons}: no such folder of lexicons")
        if self.workers < 0:
            raise ValueError(f"{self.workers} workers: give a number, or 0 for one a core")


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: the output, how many articles and errors there are, and how many articles it worked on; the others an earlier run had done."""

    out: Path
    articles: int
    errors: int
    worked: int

    @property
    def corpus(self) -> Corpus:
        """The output."""
        return Corpus(self.out)


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    options: RunOptions | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> RunReport:
    """Extracts the articles of `inputs` into the folder `out`; of an output that is there already only what changed, with the same bytes as if anew.

    Args:
        progress: Is told how many input files and parts of long files of how many are done.

    Raises:
        InputError: an INPUT does not exist, holds nothing to read, or lies in the output folder.
        OutputError: the output folder cannot be written, or holds something else.
        FoldError, LexiconError, PipelineError: a lexicon, its fold table or a pipeline file with a mistake.
    """
    options = options or RunOptions()
    path = pipeline_path(options.pipeline)
    reading = ReadOptions(options.encoding, options.published, {**DEFAULT_FIELDS, **options.fields})
    files, skipped = list_files(inputs, Path(out))
    done = total = 0

    def advance(parts_done: int) -> None:
        nonlocal done
        done += parts_done
        progress(done, total)

    workers = options.workers or os.cpu_count() or 1
    engine = LocalEngine(WorkSettings(str(path), options.lexicons, reading), workers)
    with OutputWriter(Path(out)) as writer, lexicons_from(options.lexicons), seldom_collected(), engine:
        lexicons = lexicon_directory()
        made_by = maker(path, lexicons, _altering(options))
        digests = file_digests(files)
        earlier = None if options.full else read_earlier(Path(out), made_by)
        if earlier and not earlier.same(digests, lexicons) and sum(file.size for file in files) > _LONG:
            engine.begin()
        todo = plan(files, digests, reading, earlier, lexicons)
        total = sum(map(len, todo.parts.values()))
        advance(total - len(todo.todo))
        errors: list[ErrorRecord] = list(skipped)
        flawed: set[str] = set()
        kept = dict.fromkeys(todo.kept)
        worked = 0
        compared = (*pipeline_lexicons(path), *DEDUPE_LEXICONS)

        @cache
        def deduper() -> Deduper:
            writer.start(go_on=todo.goes_on)
            return Deduper(writer.database, [load_lexicon(name) for name in compared], todo.changes)

        def foresee() -> None:
            with without_collector():  # before `deduper` opens the database
                for name in compared:
                    load_lexicon(name)
            deduper().foresee()

        few = todo.goes_on and todo.size < _LITTLE
        for source, result in engine.run(todo.todo, advance, foresee, known=todo.known, few=few):
            if isinstance(result, ErrorRecord):
                errors.append(result)
                flawed.add(source)
            elif isinstance(result, Kept):
                kept.update(dict.fromkeys(todo.numbers[result.source]))
            else:
                writer.start(go_on=todo.goes_on)
                writer.add(result)
                worked += 1
        if not worked and len(kept) == todo.articles and (known := _unchanged(Path(out), errors, path, options)):
            return RunReport(Path(out), known.counts["articles"], _failed(errors), 0)
        writer.start(go_on=todo.goes_on)
        if todo.goes_on:
            writer.database.keep(list(kept))
        writer.database.load()
        writer.draft(deduper())
        deduper().run()
        counts = Counter(writer.write_records(deduper()))
        counts["errors"] = len(errors)
        states = {source: FileState(digest, source in flawed, todo.parts[source]) for source, digest in digests.items()}
        writer.finish(errors, _manifest(path, options, counts), lambda finished: remember(finished, made_by, lexicons, states))
    return RunReport(Path(out), counts["articles"], _failed(errors), worked)


def _failed(errors: Iterable[ErrorRecord]) -> int:
    return sum(1 for error in errors if error.error != "skipped")


def _unchanged(out: Path, errors: Iterable[ErrorRecord], pipeline: Path, options: RunOptions) -> Manifest | None:
    """The manifest of the output in `out`, if a run that has the same articles and these errors would write it again."""
    try:
        known = Corpus(out).manifest
        same = manifest_bytes(_manifest(pipeline, options, Counter(known.counts))) == (out / MANIFEST).read_bytes()
        return known if same and error_lines(errors) == (out / ERRORS).read_bytes() else None
    except (NotAnOutputError, OSError, ValueError):
        return None


def _altering(options: RunOptions) -> dict[str, object]:
    """The options that alter records."""
    return {"published": options.published, "encoding": options.encoding, "fields": dict(sorted(options.fields.items()))}


def _manifest(path: Path, options: RunOptions, counts: Counter[str]) -> Manifest:
    return Manifest(
        jianbao=version("jianbao"),
        python_packages=package_versions(),
        pipeline=path.stem,
        pipeline_fingerprint=pipeline_fingerprint(path),
        lexicon_fingerprints=lexicon_fingerprints(lexicon_directory()),
        options=_altering(options),
        counts=dict(sorted(counts.items())),
    )


def extract(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    pipeline: str | Path = "press",
    lexicons: str | Path | None = None,
    published: str | None = None,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    workers: int = 0,
    full: bool = False,
) -> Corpus:
    """The corpus that `jianbao extract INPUT... -o OUT` writes; for the options see `RunOptions`."""
    several = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    folder = Path(lexicons) if lexicons is not None else None
    return run(several, out, RunOptions(str(pipeline), folder, published, encoding, dict(fields or {}), workers, full)).corpus


def work_again(article: Article, pipeline: str | Path = "press", lexicons: Path | None = None) -> Text:
    """An article of an output worked through once more: its `Text` with all that an output does not keep (what each mention refused)."""
    with lexicons_from(lexicons):
        nlp = load_pipeline(pipeline, lexicons=lexicons)
        texts = segment(normalise([article]), load_segmenter())
        return next(resolve_texts(extract_texts(texts, nlp), nlp))
