"""Tables of web pages and Word files as lines `header: cell`, so that a figure keeps its label: `投资额: 3亿元`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_CELLS = 100_000
"""A table with more is no table: a span of 65,535 columns in each of as many rows."""
_NUMBER = re.compile(r"[0-9０-９]")
# 3亿元, 35%, but not 2018年 or 2018年上半年, which head columns.
_FIGURE = re.compile(r"(?!(?:19|20)[0-9]{2}年?[^0-9]{0,6}$)[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether its file marks it as a header, and how many columns and rows it spans."""

    text: str
    header: bool = False
    columns: int = 1
    rows: int = 1


_Row = list[Cell | None]


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """A line for each cell with its header before it; a line for a row that is one cell or belongs to no header."""
    grid = [row for row in _spread(rows) if any(cell and cell.text for cell in row)]
    if not grid:
        return []
    # A row of one cell is a caption over the table.
    head = next((i for i, row in enumerate(grid) if len({id(cell) for cell in row if _filled(cell)}) > 1), len(grid) - 1)
    lines = [next(cell.text for cell in row if cell and cell.text) for row in grid[:head]]
    grid = grid[head:]
    depth = _header_depth(grid)
    if depth == 0:
        return lines + [line for row in grid for line in _without_header(row)]
    names = [_name(column) for column in zip(*grid[:depth], strict=True)]
    columns = zip(*grid[depth:], strict=True)
    lines += [name for name, column in zip(names, columns, strict=True) if name and not any(map(_filled, column))]
    for row in grid[depth:]:
        lines += _labelled(names, row)
    return lines


def _filled(cell: Cell | None) -> bool:
    return bool(cell and cell.text)


def _spread(rows: Sequence[Sequence[Cell]]) -> list[_Row]:
    """The rows with each cell in every column and row that it spans, all of one length."""
    grid: list[_Row] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # by column: a cell that reaches down, and into how many more rows
    spread = 0
    for row in rows:
        here: _Row = []
        below: dict[int, tuple[Cell, int]] = {}
        for cell in [*row, None]:
            while len(here) in hanging:
                above, left = hanging.pop(len(here))
                below |= {len(here): (above, left - 1)} if left > 1 else {}
                here.append(above)
            for _ in range(min(cell.columns, 1000) if cell else 0):
                below |= {len(here): (cell, cell.rows - 1)} if cell and cell.rows > 1 else {}
                here.append(cell)
        hanging = hanging | below
        grid.append(here)
        spread += len(here)
        if spread > MOST_CELLS:
            grid = [list(row) for row in rows]
            break
    width = max(map(len, grid), default=0)
    return [row + [None] * (width - len(row)) for row in grid]


def _header_depth(grid: Sequence[_Row]) -> int:
    """How many rows at the head hold the names of columns: 0 where the table has none."""
    width = len(grid[0])
    if len(grid) < 2 or width < 2:
        return 0
    marked = 0
    while marked < len(grid) - 1 and all(cell is None or cell.header or not cell.text for cell in grid[marked]):
        marked += 1
    if marked or width == 2:
        return marked  # two columns without a marked header: 总投资 | 3亿元, a name and its value
    first = grid[0]
    if not all(map(_filled, first[1:])) or any(cell and _FIGURE.match(cell.text) for cell in first):
        return 0
    if not any(cell and _NUMBER.search(cell.text) for row in grid[1:] for cell in row[1:]):
        return 0
    spans = len(set(map(id, first))) < width  # 2018年 over 产量 and 产值: the next row names the columns too
    return 2 if spans and len(grid) > 2 and not any(cell and _NUMBER.search(cell.text) for cell in grid[1]) else 1


def _name(column: Sequence[Cell | None]) -> str:
    """The name of a column: 2018年 over 产量 gives 2018年产量."""
    return "".join(dict.fromkeys(cell.text for cell in column if cell and cell.text))


def _labelled(names: Sequence[str], row: _Row) -> Iterator[str]:
    told: set[int] = set()
    for name, cell in zip(names, row, strict=True):
        if cell and cell.text and id(cell) not in told:
            told.add(id(cell))  # a cell over several columns stands once
            yield f"{name}: {cell.text}" if name and name != cell.text else cell.text


def _without_header(row: _Row) -> Iterator[str]:
    cells = list({id(cell): cell.text for cell in row if cell and cell.text}.values())
    yield f"{cells[0]}: {cells[1]}" if len(cells) == 2 else "\u3000".join(cells)
