"""Output as spreadsheets: CSV files or one workbook, a sheet a file. No cell can be a formula."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from jianbao.output import Corpus
from jianbao.records import FILES

# What a spreadsheet program takes for the start of a formula; what is blank before one does not protect, and a tab or line end may start a cell anew.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BLANKS = " \u00a0\u3000\u200b\ufeff"
# Characters that XML, and so a workbook, cannot hold, and that end a CSV file early in some programs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONGEST_CELL = 32_767
_SHEET_ROWS = 1_048_576


class ExportError(ValueError):
    """An export that cannot be written; the message says why and what to do."""


def plain_cell(value: Any) -> Any:
    """A cell's value: nested ones as JSON, numbers as numbers, text as text that no program runs."""
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.lstrip(_BLANKS).startswith(_FORMULA) else text


def _rows(corpus: Corpus, stem: str) -> Iterator[list[Any]]:
    columns = list(FILES[stem].model_fields)
    yield columns
    for row in corpus.table(stem).rows():
        yield [plain_cell(row[column]) for column in columns]


def export_csv(corpus: Corpus, folder: Path, stems: Iterable[str]) -> list[Path]:
    """A CSV file for each stem in `folder`: UTF-8 with a byte-order mark, so that Excel reads the characters."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem in stems:
        path = folder / f"{stem}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_rows(corpus, stem))
        written.append(path)
    return written


def export_xlsx(corpus: Corpus, path: Path, stems: Iterable[str]) -> list[Path]:
    """One workbook with a sheet for each stem.

    Raises:
        ExportError: a file has more rows than a sheet can hold, or `path` is a folder.
    """
    stems = list(stems)
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file with --to")
    for stem in stems:
        if len(corpus.table(stem)) >= _SHEET_ROWS:
            raise ExportError(f"{stem} has more rows than a sheet holds ({_SHEET_ROWS}); use --format csv")
    from openpyxl import Workbook  # a tenth of a second that other commands need not wait
    from openpyxl.cell import WriteOnlyCell

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        # As a string: never a formula, even if the text begins like one.
        made = WriteOnlyCell(sheet, value=value[:_LONGEST_CELL])
        made.data_type = "s"
        return made

    book = Workbook(write_only=True)
    for stem in stems:
        sheet = book.create_sheet(stem)
        for row in _rows(corpus, stem):
            sheet.append([cell(value) for value in row])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return [path]
