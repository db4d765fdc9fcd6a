"""`jianbao lexicon sort`: the rows of a gazetteer in the order that loading demands, which no spreadsheet program sorts by."""

import csv
import io
from pathlib import Path

from jianbao.lexicon import LexiconError


def sort_gazetteer(path: Path) -> bool:
    """Sorts the rows of a CSV file by its first column, character by character; tells whether that changed the file.

    Raises:
        LexiconError: the file is no CSV file in UTF-8.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    if path.suffix != ".csv":
        raise LexiconError(f"{path}: only gazetteers (*.csv) are sorted")
    header, *rows = [cells for cells in csv.reader(io.StringIO(text, newline="")) if any(cells)] or [[]]
    if not header:
        raise LexiconError(f"{path}: is empty; a gazetteer has a line of column names")
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows([header, *sorted(rows, key=lambda cells: cells[0])])
    done = lines.getvalue().encode()
    if done != data:
        partial = path.with_suffix(".csv.partial")
        partial.write_bytes(done)
        partial.replace(path)
    return done != data
