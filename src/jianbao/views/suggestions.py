"""Suggested gazetteer rows: a table to read, and rows to copy into the gazetteers."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO, Any

from rich.table import Table
from rich.text import Text as Styled

from jianbao.curation.suggest import COLUMNS, Suggestion
from jianbao.views.export import plain_cell
from jianbao.views.terminal import printable

EVIDENCE = ("file", "reports", "articles", "hant_by", "rules", "near", "article", "words")
"""What stands to the right of the gazetteer's own columns; not to be copied."""


def suggestions_table(suggestions: Iterable[Suggestion]) -> Table:
    """Suggestions as a table, a line each."""
    table = Table(show_edge=False)
    for column in ("reports", "name", "what", "home", "variants", "near", "words"):
        table.add_column(column, overflow="fold", justify="right" if column == "reports" else "left")
    for s in suggestions:
        _, hans, _, _, what, home, variants, guarded, *_ = s.cells.values()
        others = "|".join(filter(None, (variants, guarded)))
        cells = (s.reports, hans, what, home, others, " ".join(s.near), s.evidence)
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def write_suggestions(suggestions: Sequence[Suggestion], file: IO[str]) -> None:
    """Suggestions as CSV: the columns of the gazetteer, then the evidence. Bodies and zones have other columns, and so a header of their own each."""
    writer = csv.writer(file, lineterminator="\n")
    for number, (kind, rows) in enumerate(groupby(suggestions, key=lambda s: s.kind)):
        if number:
            writer.writerow([])
        writer.writerow([*COLUMNS[kind], *EVIDENCE])
        writer.writerows([plain_cell(cell) for cell in _cells(s)] for s in rows)


def _cells(s: Suggestion) -> Iterator[Any]:
    yield from s.cells.values()
    yield from (s.file, s.reports, s.articles, s.hant_by, " ".join(s.rules), " ".join(s.near), s.example, s.evidence)
