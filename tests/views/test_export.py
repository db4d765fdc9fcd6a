"""Exports: what stands in the output, and no cell that a spreadsheet program would run."""

import csv
import json
import xml.etree.ElementTree
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jianbao.output import Corpus
from jianbao.records import FILES
from jianbao.views import export
from jianbao.views.export import ExportError, export_csv, export_xlsx
from tests.samples import rows
from tests.scripted import Article, figure, organisation, region, run_script

HOSTILE = [
    "=HYPERLINK(甲)", "+1+2公司", "-2+3公司", "@SUM公司", "＝1+1公司", "＋甲公司", "－甲公司", "＠甲公司", "\t=1公司", "\r=1公司", " =1公司",
    "\u3000=1公司", "\ufeff=1公司",
]  # fmt: skip
"""Names that a spreadsheet program may take for formulas."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """An output whose titles, texts and names begin like formulas or hold what files cannot."""
    out = run_script(tmp_path_factory.mktemp("hostile") / "out", [Article("a", [organisation("=cmd公司"), region("吉林", "220000", "吉林省")])])
    (article,) = rows(out, "articles")
    texts = [*HOSTILE, "\x00\x01\x07\x0b\x1b[31m\x7f\ufffe\uffff字", '甲,"乙"\n丙\r\n丁', "字" * 40_000, "😀𠮷"]
    lines = [json.dumps({**article, "id": f"a:{i:016x}", "title": text, "text": text}, ensure_ascii=False) for i, text in enumerate(texts)]
    (out / "articles.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return Corpus(out)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(1 << 20)
        return list(csv.DictReader(file))


def cells(path: Path, stem: str) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path)[stem]
    header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in body]


def runs(text: object) -> bool:
    """Whether a spreadsheet program might run a cell."""
    return isinstance(text, str) and text.strip(" \t\r\n\u00a0\u3000\ufeff\u200b")[:1] in set("=+-@＝＋－＠") - {""}


def test_export_csv_has_every_row_and_column(output: Path, tmp_path: Path) -> None:
    written = export_csv(Corpus(output), tmp_path / "csv", FILES)
    assert [path.name for path in written] == [f"{stem}.csv" for stem in FILES]
    for path in written:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        found = read_csv(path)
        assert len(found) == len(rows(output, path.stem))
        assert all(list(row) == list(FILES[path.stem].model_fields) for row in found)


def test_export_csv_text_comes_back(output: Path, tmp_path: Path) -> None:
    (path,) = export_csv(Corpus(output), tmp_path, ["mentions"])
    for cell, row in zip(read_csv(path), rows(output, "mentions"), strict=True):
        assert (cell["id"], int(cell["start"]), cell["kind"]) == (row["id"], row["start"], row["kind"])
        assert json.loads(cell["records"]) == row["records"]


def test_export_csv_no_cell_is_a_formula(hostile: Corpus, tmp_path: Path) -> None:
    for path in export_csv(hostile, tmp_path, FILES):
        for row in read_csv(path):
            assert not any(runs(cell) for cell in row.values()), row
    titles = [row["title"] for row in read_csv(tmp_path / "articles.csv")]
    assert [title.removeprefix("'").strip() for title in titles[: len(HOSTILE)]] == [text.strip() for text in HOSTILE]


def test_export_csv_holds_no_control_characters(hostile: Corpus, tmp_path: Path) -> None:
    (path,) = export_csv(hostile, tmp_path, ["articles"])
    text = path.read_text(encoding="utf-8-sig")
    assert not set(text) & set("\x00\x01\x07\x0b\x1b\x7f\ufffe\uffff")
    assert "[31m字" in text
    assert read_csv(path)[-3]["text"] == '甲,"乙"\n丙\r\n丁'
    assert read_csv(path)[-2]["text"] == "字" * 40_000


def test_export_xlsx_has_a_sheet_for_each_file(output: Path, tmp_path: Path) -> None:
    (path,) = export_xlsx(Corpus(output), tmp_path / "deep" / "out.xlsx", FILES)
    assert openpyxl.load_workbook(path).sheetnames == list(FILES)
    for stem in FILES:
        found = cells(path, stem)
        assert [row["id"] for row in found if "id" in row] == [row["id"] for row in rows(output, stem) if "id" in row]
        assert all(list(row) == list(FILES[stem].model_fields) for row in found)


def test_export_xlsx_numbers_are_numbers(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [Article("a", [figure("一笔钱", "42.75"), figure("两笔钱", "30000000")])])
    (path,) = export_xlsx(Corpus(out), tmp_path / "out.xlsx", ["figures"])
    assert {Decimal(str(row["amount"])) for row in cells(path, "figures")} == {Decimal("42.75"), Decimal(30000000)}


def test_export_xlsx_no_cell_is_a_formula_or_breaks_the_file(hostile: Corpus, tmp_path: Path) -> None:
    (path,) = export_xlsx(hostile, tmp_path / "out.xlsx", FILES)
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith(".xml"):
                xml.etree.ElementTree.fromstring(book.read(name))
    for stem in FILES:
        for row in openpyxl.load_workbook(path)[stem].iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not runs(cell.value)
                assert not isinstance(cell.value, str) or len(cell.value) <= 32_767


def test_export_xlsx_refuses_more_rows_than_a_sheet_holds(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_SHEET_ROWS", len(rows(output, "mentions")))
    with pytest.raises(ExportError, match=r"mentions .*csv"):
        export_xlsx(Corpus(output), tmp_path / "out.xlsx", ["mentions"])
    assert export_xlsx(Corpus(output), tmp_path / "out.xlsx", ["regions"])
