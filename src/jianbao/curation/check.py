"""`jianbao lexicon check`: every mistake in a folder of lexicons, with its place and its cure."""

from dataclasses import dataclass
from pathlib import Path

from jianbao.curation.examples import Examples
from jianbao.curation.findings import Finding, locate, of_error
from jianbao.curation.names import check_names
from jianbao.curation.rules import check_rules
from jianbao.folding import FoldError, load_folding
from jianbao.lexicon import Lexicon, LexiconError, lexicon_names, load_lexicon
from jianbao.pipeline import PipelineError, load_pipeline
from jianbao.resources import lexicons_from


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
            except (LexiconError, PipelineError) as error:  # a file or an entry that the rules cannot do without
                whole = False
                found += of_error(error)
            else:
                found += locate(Examples(nlp, [lexicon for lexicon in loaded.values() if lexicon.label == "region"]).check(loaded))
    return Report(tuple(sorted(found)), len(names), sum(len(lexicon.entries) for lexicon in loaded.values()), whole)
