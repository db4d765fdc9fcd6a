"""Outputs before and after something was changed, made by the press pipeline: articles, lexicons, or both."""

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.language import Language

from jianbao.engines import local
from jianbao.pipeline import load_pipeline
from jianbao.resources import lexicon_directory
from jianbao.run import RunOptions, run
from tests.samples import write_articles

SIGNED = "2019年4月8日，常德市人民政府与湖南科锐物流有限公司签署《冷链园区合作框架协议》，总投资3.2亿元。\n"
VISITED = "2019年4月9日，江海远帆在长春设立分支，吉林企业参会，投资3000万元。\n"
TAUGHT = "2019年5月6日，清华大学与北京大学、南开大学在上海联合办学，阿里巴巴出席。\n"
PLANNED = "2020年1月8日，湖南科锐物流有限公司在杭州宣布投资5亿元，占地200亩。\n"
CLOSED = "2020年3月9日，吉林省政府发布消息。\n"
OPENED = "2018年4月8日，湖南科锐物流有限公司在上海设厂。\n"
JOINED = "2019年6月7日，广西蓝原科技有限公司在南宁开工。\n2019年6月8日，广西白峰科技有限公司在南宁投产。\n"

BEFORE = {"closed.txt": CLOSED, "joined.txt": JOINED, "planned.txt": PLANNED, "signed.txt": SIGNED, "taught.txt": TAUGHT, "visited.txt": VISITED}
AFTER = {
    "joined.txt": JOINED,
    "opened.txt": OPENED,
    "planned.txt": "最新消息。" + PLANNED.replace("5亿", "6亿"),
    "signed.txt": SIGNED,
    "taught.txt": TAUGHT,
    "visited.txt": VISITED,
}
"""`closed.txt` was removed, `opened.txt` added, and `planned.txt` says another sum, five characters later."""

MERGES = """\
label: merge
entries:
- id: 蓝原
  hans: 广西蓝原科技有限公司
  hant: 廣西藍原科技有限公司
  kind: organisation
  same: [广西白峰科技有限公司]
  source: test
"""

Row = dict[str, str]


def edit(folder: Path, name: str, change: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Changes the rows of a gazetteer in a folder of lexicons, as an editor would."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(change(list(reader)))
        header = list(reader.fieldnames or ())
    rows.sort(key=lambda row: row["code" if "code" in row else "id"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def with_field(identity: str, field: str, value: str) -> Callable[[list[Row]], Iterable[Row]]:
    """A change of one cell; the row must be there."""

    def change(rows: list[Row]) -> Iterable[Row]:
        (row,) = (row for row in rows if identity in (row.get("id"), row.get("code")) and not row.get("valid_to"))
        row[field] = value
        return rows

    return change


def with_row(**cells: str) -> Callable[[list[Row]], Iterable[Row]]:
    """A change that adds a row."""
    return lambda rows: [*rows, {**dict.fromkeys(rows[0], ""), "source": "test", **cells}]


def edited_lexicons(folder: Path) -> Path:
    """The shipped lexicons with seven edits: two organisations added (one that nobody names), a type, a region, an English name, a variant, a merge."""
    shutil.copytree(lexicon_directory(), folder)
    edit(folder, "organisations_mainland", with_row(id="org:江海远帆", hans="江海远帆", hant="江海遠帆", type="company"))
    edit(folder, "organisations_mainland", with_row(id="org:无人提及公司", hans="无人提及公司", hant="無人提及公司", type="company"))
    edit(folder, "organisations_mainland", with_field("org:阿里巴巴集团", "type", "finance"))
    edit(folder, "organisations_knowledge", with_field("org:清华大学", "region", "310000"))
    edit(folder, "organisations_knowledge", with_field("org:北京大学", "en", "PKU"))
    edit(folder, "regions_china", with_field("220000", "variants", "吉"))
    (folder / "merges.yaml").write_text(MERGES, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Revised:
    """Four outputs: as it was, other articles, other lexicons, and both."""

    before: Path
    articles: Path
    lexicons: Path
    both: Path


def revise(folder: Path, nlp: Language) -> Revised:
    """The four outputs, each with the lexicons that made it."""
    edited = edited_lexicons(folder / "edited")
    pipelines = {None: nlp, edited: load_pipeline(lexicons=edited)}
    inputs = {
        name: write_articles(folder / name / "news", {file: text.encode() for file, text in articles.items()})
        for name, articles in (("old", BEFORE), ("new", AFTER))
    }
    outs = []
    for name, articles, lexicons in (("before", "old", None), ("articles", "new", None), ("lexicons", "old", edited), ("both", "new", edited)):
        out = folder / name
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(local, "load_pipeline", lambda *_, loaded=pipelines[lexicons], **__: loaded)  # it is loaded already
            run([inputs[articles]], out, RunOptions(workers=1, lexicons=lexicons))
        outs.append(out)
    return Revised(*outs)
