"""Composes the stages that a pipeline file names into one run over files."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from jianbao.engines.local import LocalEngine, WorkSettings
from jianbao.lexicon import Lexicon, lexicons_from, load_lexicon
from jianbao.output import Corpus
from jianbao.pipeline import pipeline_lexicons, pipeline_path
from jianbao.readers import DEFAULT_FIELDS, ReadOptions
from jianbao.records import ErrorRecord, Manifest
from jianbao.stages.dedupe import Deduper
from jianbao.stages.read import list_files
from jianbao.stages.write import OutputWriter
from jianbao.state import lexicon_fingerprints, package_versions, pipeline_fingerprint


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is done. All but `workers` alter records and stand in the manifest.

    Attributes:
        pipeline: The name of a shipped pipeline or the path of a `.cfg` file.
        lexicons: A folder to read lexicons from instead of the shipped ones.
        published: The ISO day of articles that carry none.
        encoding: The encoding of text files; UTF-8 where none is given.
        fields: The names of a JSONL record's fields, by what they hold.
        workers: Worker processes; 0 for one a core.
    """

    pipeline: str = "press"
    lexicons: Path | None = None
    published: str | None = None
    encoding: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    workers: int = 0

    def __post_init__(self) -> None:
        unknown = set(self.fields) - set(DEFAULT_FIELDS)
        if unknown:
            raise ValueError(f"no field {', '.join(sorted(unknown))}; fields are {', '.join(DEFAULT_FIELDS)}")
        if self.published:
            try:
                date.fromisoformat(self.published)
            except ValueError:
                raise ValueError(f"{self.published!r} is no date; write it as 2018-03-30") from None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: the output, and how many articles and errors there were."""

    out: Path
    articles: int
    errors: int

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
    """Extracts the articles of `inputs` into the folder `out`.

    Args:
        progress: Is told how many input files of how many are done.

    Raises:
        InputError: an INPUT does not exist, or holds nothing to read.
        OutputError: the output folder cannot be written, or holds something else.
        LexiconError, PipelineError: a lexicon or pipeline file with a mistake.
    """
    options = options or RunOptions()
    path = pipeline_path(options.pipeline)
    with lexicons_from(options.lexicons):
        lexicons = [load_lexicon(name) for name in pipeline_lexicons(path)]  # a mistake in a lexicon shows before any work is done
    files, skipped = list_files(inputs)
    settings = WorkSettings(str(path), options.lexicons, ReadOptions(options.encoding, options.published, {**DEFAULT_FIELDS, **options.fields}))
    engine = LocalEngine(settings, options.workers or os.cpu_count() or 1)
    errors: list[ErrorRecord] = list(skipped)
    deduper = Deduper(lexicons)
    counts: Counter[str] = Counter()
    done = 0

    def advance(files_done: int) -> None:
        nonlocal done
        done += files_done
        progress(done, len(files))

    progress(0, len(files))
    with OutputWriter(Path(out)) as writer:
        for result in engine.run(files, advance):
            if isinstance(result, ErrorRecord):
                errors.append(result)
            else:
                writer.add(result)
                deduper.add(result)
                counts["articles"] += 1
                counts["mentions"] += len(result.mentions)
        deduped = deduper.finish()
        counts.update({stem: len(records) for stem, records in deduped.records.items()})
        counts["errors"] = len(errors)
        writer.finish(deduped, errors, _manifest(path, lexicons, options, counts))
    return RunReport(Path(out), counts["articles"], sum(1 for e in errors if e.error != "skipped"))


def _manifest(path: Path, lexicons: list[Lexicon], options: RunOptions, counts: Counter[str]) -> Manifest:
    return Manifest(
        jianbao=version("jianbao"),
        python_packages=package_versions(),
        pipeline=path.stem,
        pipeline_fingerprint=pipeline_fingerprint(path),
        lexicon_fingerprints=lexicon_fingerprints(lexicons),
        options={"published": options.published, "encoding": options.encoding, "fields": dict(sorted(options.fields.items()))},
        counts=dict(sorted(counts.items())),
    )


def extract(inputs: str | Path | Iterable[str | Path], out: str | Path, **options: object) -> Corpus:
    """The corpus that `jianbao extract INPUT... -o OUT` writes; `options` are those of `RunOptions`."""
    several = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return run(several, out, RunOptions(**options)).corpus  # type: ignore[arg-type]
