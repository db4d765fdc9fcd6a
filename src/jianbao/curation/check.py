"""`jianbao lexicon check`: every mistake in a folder of lexicons, with its place and its cure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.curation.examples import Examples
from jianbao.curation.findings import Finding, lexicon_path, locate, of_error, shown
from jianbao.curation.names import check_names
from jianbao.curation.rules import check_rules
from jianbao.folding import FoldError, load_folding
from jianbao.lexicon import Lexicon, LexiconError, lexicon_names, load_lexicon
from jianbao.pipeline import PipelineError, load_pipeline, pipeline_lexicons, pipeline_path
from jianbao.resources import lexicon_directory, lexicons_from


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of files and lines.

    Attributes:
        whole: Whether every file loaded, so that the files could be compared and the examples tried.
    """

    findings: tuple[Finding, ...]
    lexicons: int
    entries: int
    whole: bool

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors


def check_lexicons(folder: Path | None = None) -> Report:
    """The findings in a folder of lexicons, or in the shipped ones.

    A file that does not load is told with all its mistakes; only where all load are they compared and their examples tried.
    """
    found: list[Finding] = []
    loaded: dict[str, Lexicon] = {}
    with lexicons_from(folder):
        try:
            load_folding()
        except FoldError as error:  # without it no lexicon can be checked
            return Report(tuple(sorted(of_error(error))), 0, 0, whole=False)
        names = lexicon_names()
        for name in names:
            try:
                loaded[name] = load_lexicon(name)
            except LexiconError as error:
                found += of_error(error)
        whole = not found
        if whole:
            found += locate(check_names(loaded))
            found += locate(check_rules(loaded))
            try:
                nlp = load_pipeline(lexicons=folder)
            except LexiconError as error:  # a file that the pipeline names
                whole = False
                found += of_error(error)
            except PipelineError as error:  # an entry or a sense that the rules name
                whole = False
                cure = "an entry or a sense that they need is missing: compare with the shipped files"
                found.append(Finding(shown(lexicon_directory()), 0, 0, "error", f"the rules cannot use these lexicons: {error}", cure))
            else:
                found += _unread(loaded)
                found += locate(Examples(nlp, [lexicon for lexicon in loaded.values() if lexicon.label == "region"]).check(loaded))
    return Report(tuple(sorted(found)), len(names), sum(len(lexicon.entries) for lexicon in loaded.values()), whole)


def _unread(lexicons: Mapping[str, Lexicon]) -> Iterator[Finding]:
    """Gazetteers of a name that the pipeline does not know."""
    read = pipeline_lexicons(pipeline_path())
    for lexicon in lexicons.values():
        if lexicon.label in ("region", "organisation") and lexicon.name not in read:
            cure = "put its rows into a shipped file, or name it under `lexicons` in a pipeline file of your own"
            yield Finding(shown(lexicon_path(lexicon.name)), 0, 0, "warning", "the press pipeline does not read this gazetteer", cure)
