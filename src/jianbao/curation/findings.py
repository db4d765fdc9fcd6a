"""Findings: what is wrong with a lexicon, where, and what to do, as `lexicons/units.yaml:12:9: error: …; …`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from jianbao.lexicon import Lexicon, Places, entry_places
from jianbao.resources import lexicon_directory

Severity = Literal["error", "warning"]
Lexicons = Mapping[str, Lexicon]
"""The lexicons that load, by name."""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A place in a file, what is wrong there, and the cure. A line of 0 means the file as a whole."""

    file: str
    line: int
    column: int
    severity: Severity
    message: str
    cure: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.severity}: {self.message}" + (f"; {self.cure}" if self.cure else "")

    def row(self) -> dict[str, Any]:
        """The fields by name, for JSON."""
        return asdict(self)


class Doubt(NamedTuple):
    """What a check says of one field of an entry, by the entry's place in its lexicon."""

    lexicon: str
    row: int
    field: str
    severity: Severity
    message: str
    cure: str


class Named(NamedTuple):
    """An entry and where it is from."""

    lexicon: str
    row: int
    entry: Any

    def error(self, field: str, message: str, cure: str) -> Doubt:
        """What makes the lexicons wrong."""
        return Doubt(self.lexicon, self.row, field, "error", message, cure)

    def warning(self, field: str, message: str, cure: str) -> Doubt:
        """What an editor should look at."""
        return Doubt(self.lexicon, self.row, field, "warning", message, cure)


def entries(lexicons: Lexicons, *, label: str = "", name: str = "") -> Iterator[Named]:
    """The entries of all lexicons of a label, or of the lexicon of a name."""
    for lexicon in lexicons.values():
        if lexicon.label == label or lexicon.name == name:
            for row, entry in enumerate(lexicon.entries):
                yield Named(lexicon.name, row, entry)


def lexicon_path(name: str) -> Path:
    """The file of a lexicon in force."""
    path = lexicon_directory() / f"{name}.csv"
    return path if path.is_file() else path.with_suffix(".yaml")


def locate(doubts: Iterable[Doubt]) -> Iterator[Finding]:
    """Each doubt with its line and column."""
    places: dict[str, Places] = {}
    for doubt in doubts:
        path = lexicon_path(doubt.lexicon)
        if doubt.lexicon not in places:
            places[doubt.lexicon] = entry_places(path)
        line, column = map(int, places[doubt.lexicon].of(doubt.row, doubt.field).split(":"))
        yield Finding(shown(path), line, column, doubt.severity, doubt.message, doubt.cure)


def of_error(error: Exception) -> Iterator[Finding]:
    """The findings in the message of a file that does not load: one a line, each beginning with its file."""
    directory = lexicon_directory()
    for line in str(error).splitlines():
        match = re.match(rf"(?P<file>{re.escape(str(directory))}[^:]*)(?::(?P<line>\d+):(?P<column>\d+))?: ", line)
        if match is None:
            yield Finding(shown(directory), 0, 0, "error", line)
        else:
            yield Finding(shown(Path(match["file"])), int(match["line"] or 0), int(match["column"] or 0), "error", line[match.end() :])


def shown(path: Path) -> str:
    """A path as an editor types it: from the working directory where it lies inside."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
