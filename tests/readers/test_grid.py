"""Tables as lines `header: cell`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers.grid import Cell, table_lines

GRIDS = {
    "header by its figures": (
        "项目|总投资|占地;冷库|3亿元|20亩;码头|5亿元|8亩",
        "项目: 冷库|总投资: 3亿元|占地: 20亩|项目: 码头|总投资: 5亿元|占地: 8亩",
    ),
    "years as header": ("指标|2017年|2018年;产量|3万吨|5万吨", "指标: 产量|2017年: 3万吨|2018年: 5万吨"),
    "marked header": ("#县|#产量;甲县|3万吨", "县: 甲县|产量: 3万吨"),
    "marked header without figures": ("#县|#县长;甲县|王某", "县: 甲县|县长: 王某"),
    "name and value": ("总投资|3亿元;占地|20亩", "总投资: 3亿元|占地: 20亩"),
    "marked names": ("#总投资|3亿元;#占地|20亩", "总投资: 3亿元|占地: 20亩"),
    "no header": ("甲|乙|丙;丁|戊|己", "甲　乙　丙|丁　戊　己"),
    "first row of figures": ("2018|3亿元|5万吨;2019|4亿元|6万吨", "2018　3亿元　5万吨|2019　4亿元　6万吨"),
    "empty corner": ("|产量|产值;甲县|3万吨|5亿元", "甲县|产量: 3万吨|产值: 5亿元"),
    "empty cells": ("#县|#产量|#产值;甲县||5亿元;||", "产量|县: 甲县|产值: 5亿元"),
    "short row": ("#县|#产量|#产值;甲县|3万吨", "产值|县: 甲县|产量: 3万吨"),
    "one row": ("甲|乙|丙", "甲　乙　丙"),
    "only a header": ("#甲|#乙;", "甲: 乙"),
    "nothing": ("", ""),
}


def rows_of(grid: str) -> list[list[Cell]]:
    return [[Cell(cell.lstrip("#"), cell.startswith("#")) for cell in row.split("|")] for row in grid.split(";")]


@pytest.mark.parametrize("name", GRIDS)
def test_table_lines_label_each_cell(name: str) -> None:
    grid, expected = GRIDS[name]
    assert "|".join(table_lines(rows_of(grid))) == expected


def test_table_lines_put_two_headers_together() -> None:
    rows = [
        [Cell("县", rows=2), Cell("2018年", columns=2)],
        [Cell("产量"), Cell("产值")],
        [Cell("甲县"), Cell("3万吨"), Cell("5亿元")],
    ]
    assert table_lines(rows) == ["县: 甲县", "2018年产量: 3万吨", "2018年产值: 5亿元"]


def test_table_lines_repeat_a_cell_that_spans_rows() -> None:
    rows = [
        [Cell("市", True), Cell("项目", True), Cell("投资", True)],
        [Cell("甲市", rows=2), Cell("冷库"), Cell("3亿元")],
        [Cell("码头"), Cell("5亿元")],
    ]
    assert table_lines(rows) == ["市: 甲市", "项目: 冷库", "投资: 3亿元", "市: 甲市", "项目: 码头", "投资: 5亿元"]


def test_table_lines_set_a_caption_apart() -> None:
    rows = [[Cell("首批项目", columns=3)], *rows_of("项目|投资|占地;冷库|3亿元|8亩")]
    assert table_lines(rows) == ["首批项目", "项目: 冷库", "投资: 3亿元", "占地: 8亩"]


@given(
    st.lists(
        st.lists(st.builds(Cell, st.sampled_from(["", "甲", "3亿元", "项目"]), st.booleans(), st.integers(1, 3), st.integers(1, 3)), max_size=4),
        max_size=5,
    )
)
def test_table_lines_lose_no_text(rows: list[list[Cell]]) -> None:
    told = "\n".join(table_lines(rows))
    assert all(cell.text in told for row in rows for cell in row)


def test_table_lines_bear_absurd_spans() -> None:
    rows = [[Cell("甲", columns=60_000, rows=60_000)] for _ in range(300)]
    assert "甲" in "".join(table_lines(rows))
