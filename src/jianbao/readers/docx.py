"""Word files: paragraphs and tables in their order, title and author as the file's properties say."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, sha256
from jianbao.readers.grid import Cell, table_lines

MOST_EXPANDED = 1 << 28
"""A Word file is a zip archive: one that unpacks to more bytes is not opened."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text again, for old programs
_INNER_TEXT = {f"{_W}t": None, f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Deleted and moved-away text of tracked changes, text of fields as typed, and what is not of this paragraph.
_PASSED_OVER = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}tbl", _FALLBACK}
_TEXT_BOX = f"{_W}txbxContent"


def read_docx(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a Word file; an error for a file that is broken, locked or without text."""
    data = file.read_bytes()
    found = _open(file.source, data)
    if isinstance(found, FileError):
        yield found
        return
    text = "\n".join(_lines(found.element.body)).strip()
    if not text:
        yield FileError(file.source, "no text", "the Word file holds no text, only pictures or nothing; save the article as text, or take it out")
        return
    title, author = (value.strip() or None for value in (found.core_properties.title, found.core_properties.author))
    yield RawArticle(file.source, text, sha256(data), encoding=None, source_offset=None, title=title, author=author)


def _open(source: str, data: bytes) -> Any | FileError:
    """The document in `data`, or why it cannot be opened."""
    import docx  # 0.13 s

    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an old Word file by a new name, or one behind a password
        return FileError(source, "not a Word file", "it is an old .doc file or has a password; open it in Word and save it as .docx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MOST_EXPANDED:
            return FileError(source, "too large", f"it unpacks to {size} bytes, more than {MOST_EXPANDED}; save the text alone as .txt")
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # whatever a broken file makes zipfile, lxml or python-docx say
        detail = f"it cannot be opened as a Word file ({type(error).__name__}: {error}); save it again as .docx or as text"
        return FileError(source, "broken file", detail)


def _lines(parent: Any) -> Iterator[str]:
    """The paragraphs below an element, and for each table its lines."""
    for child in parent:
        if child.tag == f"{_W}p":
            boxes: list[Any] = []
            yield _paragraph(child, boxes)
            for box in boxes:
                yield from _lines(box)
        elif child.tag == f"{_W}tbl":
            yield from ("", *_table(child), "")
        elif child.tag not in _PASSED_OVER and isinstance(child.tag, str):
            yield from _lines(child)  # content controls and the like


def _paragraph(element: Any, boxes: list[Any]) -> str:
    """The text of a paragraph; text boxes anchored in it are set aside."""
    pieces: list[str] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag == _TEXT_BOX:
            boxes.append(node)
        elif node.tag in _INNER_TEXT:
            pieces.append(_INNER_TEXT[node.tag] or node.text or "")
        elif node.tag not in _PASSED_OVER:
            stack.extend(reversed(node))
    return "".join(pieces)


def _table(element: Any) -> list[str]:
    rows: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}  # by column: where the cell stands that a vertical merge goes on
    for row in element.iterfind(f"{_W}tr"):
        cells: list[Cell] = []
        column = 0
        header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue  # of a table within
            columns = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in open_cells:
                y, x = open_cells[column]
                above = rows[y][x]
                rows[y][x] = Cell(above.text, above.header, above.columns, above.rows + 1)
            else:
                text = " ".join(line.strip() for line in _lines(cell) if line.strip())
                open_cells |= {column: (len(rows), len(cells))} if merge is not None else {}
                cells.append(Cell(" ".join(text.split()), header, columns))
            column += columns
        rows.append(cells)
    return table_lines(rows)


def _number(element: Any) -> int:
    value = "" if element is None else element.get(f"{_W}val") or ""
    return int(value) if value.isdecimal() and len(value) < 5 else 1
