"""`lexicon suggest`: what is proposed, into which file, and that the rows load and pass the check."""

import csv
import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from jianbao.curation.names import check_names
from jianbao.curation.sorting import sort_gazetteer
from jianbao.curation.suggest import COLUMNS, Suggestion, suggest
from jianbao.engines import local
from jianbao.lexicon import LexiconError, lexicon_names, load_lexicon
from jianbao.output import NotAnOutputError
from jianbao.resources import lexicon_directory, lexicons_from
from jianbao.run import RunOptions, run
from jianbao.views.suggestions import EVIDENCE, write_suggestions

# Each story has words of its own, so that none is a reprint of another.
STORIES = (
    "今春雨水充沛，农民忙着插秧，田间地头一片繁忙，老人孩子都下了地，村口的大喇叭每天播报天气，合作社的机器从早开到晚。",
    "图书馆周末延长开放，读者排起长队，馆员搬来桌椅，学生带着作业，阅览室里坐得满满当当，连楼梯上也有人读书看报。",
    "球队昨晚客场失利，教练赛后认错，替补门将扑出点球，看台上响起掌声，队长说下一场要从防守做起，绝不再轻易丢分。",
    "老街改造完工，石板路重新铺过，店铺换上木招牌，游客举着相机，茶馆里说书先生又开了张，糖画摊前围着一群小孩子。",
)
PRINTED = "臺灣的讀者說，這幾天雨下個不停，攤販們早早收攤回家，孩子們在走廊下玩耍，老闆娘煮了一大鍋薑湯請大家喝。"
BODY = "林墟新材料股份有限公司（以下简称“林墟新材”）当日与长春市政府签约，林墟新材将入驻长春林墟产业园。"
COURT = "吉林省辽源市西安区人民法院受理此案，市委书记到场，第88家公司破产。"


def extracted(nlp: Language, folder: Path, texts: Sequence[str]) -> Path:
    """The output of articles of these texts."""
    folder.mkdir(exist_ok=True)
    rows = [{"id": str(number), "date": "2018-03-08", "text": text} for number, text in enumerate(texts)]
    (folder / "told.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "load_pipeline", lambda *_, **__: nlp)
        run([folder / "told.jsonl"], folder / "out", RunOptions(workers=1))
    return folder / "out"


@pytest.fixture(scope="module")
def out(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [f"{story}\n{BODY}\n{COURT}\n" for story in STORIES]
    texts.append(f"{PRINTED}\n林墟新材料股份有限公司宣布，與臺北林墟電子股份有限公司簽約。\n")
    return extracted(nlp, tmp_path_factory.mktemp("suggest"), texts)


@pytest.fixture(scope="module")
def found(out: Path) -> list[Suggestion]:
    return suggest(out)


def test_suggest_gives_rows_of_the_gazetteers_most_frequent_first(found: list[Suggestion]) -> None:
    company, park = found
    assert (company.file, park.file) == ("organisations_mainland.csv", "regions_zones.csv")
    assert tuple(company.cells) == COLUMNS["organisation"]
    assert tuple(park.cells) == COLUMNS["zone"]
    assert [company.cells[c] for c in ("id", "hans", "type", "variants")] == [
        "org:林墟新材料股份有限公司",
        "林墟新材料股份有限公司",
        "company",
        "林墟新材",
    ]
    assert [park.cells[c] for c in ("code", "hans", "hant", "level", "parent")] == [
        "zone:长春林墟产业园",
        "长春林墟产业园",
        "長春林墟產業園",
        "zone",
        "220100",
    ]
    assert (company.reports, park.reports) == (5, 4)
    assert company.cells["source"] == f"suggested: 5 articles, e.g. {company.example}"
    assert "林墟新材" in company.evidence
    assert park.hant_by == "converted"


@pytest.mark.parametrize("header", ["regions_zones", "organisations_mainland", "organisations_abroad", "organisations_knowledge"])
def test_suggest_has_the_columns_of_the_files(header: str) -> None:
    first = (lexicon_directory() / f"{header}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert tuple(first.split(",")) == COLUMNS["zone" if header == "regions_zones" else "organisation"]


@pytest.mark.parametrize(
    ("least", "kinds", "names"),
    [(6, ("organisation", "zone"), []), (4, ("zone",), ["长春林墟产业园"]), (5, ("organisation",), ["林墟新材料股份有限公司"])],
)
def test_suggest_keeps_to_what_is_asked(out: Path, least: int, kinds: tuple[str, ...], names: list[str]) -> None:
    assert [s.cells["hans"] for s in suggest(out, least=least, kinds=kinds)] == names  # type: ignore[arg-type]


def test_suggest_names_once_seen_go_where_their_paper_is_at_home(out: Path) -> None:
    files = {s.cells["hans"]: (s.file, s.cells["hant"], s.hant_by) for s in suggest(out, least=1)}
    name = next(hans for hans in files if hans.endswith("林墟电子股份有限公司"))
    assert files[name][0] == "organisations_abroad.csv"
    assert files[name][1].endswith("林墟電子股份有限公司")
    assert files[name][2] == "printed"


def test_suggest_leaves_out_what_the_lexicons_know(out: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))
    zones = own / "regions_zones.csv"
    row = "zone:林墟园,林墟园,林墟園,,zone,220100,长春林墟产业园,,,,x\n"
    zones.write_text(zones.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert sort_gazetteer(zones)
    assert [s.cells["hans"] for s in suggest(out, lexicons=own)] == ["林墟新材料股份有限公司"]


def test_suggest_rows_pass_the_check_once_they_are_sorted_in(found: list[Suggestion], tmp_path: Path) -> None:
    own = Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))
    for s in found:
        path = own / s.file
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerow(s.cells.values())
        path.write_text(path.read_text(encoding="utf-8") + lines.getvalue(), encoding="utf-8")
        assert sort_gazetteer(path)
    with lexicons_from(own):
        assert [d for d in check_names({name: load_lexicon(name) for name in lexicon_names()}) if "林墟" in d.message] == []


def test_suggestions_as_csv_have_the_gazetteers_columns_first(found: list[Suggestion]) -> None:
    file = io.StringIO()
    write_suggestions(found, file)
    header, company, gap, zone_header, park = csv.reader(io.StringIO(file.getvalue()))
    assert tuple(header) == (*COLUMNS["organisation"], *EVIDENCE)
    assert tuple(zone_header) == (*COLUMNS["zone"], *EVIDENCE)
    assert gap == []
    assert company[: len(COLUMNS["organisation"])] == list(found[0].cells.values())
    assert park[len(COLUMNS["zone"])] == "regions_zones.csv"


def test_suggestions_as_csv_are_no_formulas(found: list[Suggestion]) -> None:
    file = io.StringIO()
    write_suggestions([replace(found[0], evidence="=1+1")], file)
    assert list(csv.reader(io.StringIO(file.getvalue())))[1][-1] == "'=1+1"


def test_suggest_of_no_output(tmp_path: Path) -> None:
    with pytest.raises(NotAnOutputError):
        suggest(tmp_path)


# ---- sorting ----------------------------------------------------------------------------------------------------------


def test_sort_keeps_cells_and_header(tmp_path: Path) -> None:
    path = tmp_path / "regions_x.csv"
    path.write_bytes('\ufeffcode,hans\r\n220200,吉林市\r\n,\r\n110000,"北京,市"\r\n'.encode())
    assert sort_gazetteer(path)
    assert path.read_bytes() == 'code,hans\n110000,"北京,市"\n220200,吉林市\n'.encode()
    assert not sort_gazetteer(path)


@pytest.mark.parametrize("name", [path.name for path in sorted(lexicon_directory().glob("*.csv"))])
def test_sort_leaves_the_shipped_files_alone(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(lexicon_directory() / name, tmp_path))
    assert not sort_gazetteer(path)


@pytest.mark.parametrize(
    ("name", "data", "words"), [("a.csv", b"\xff", "not UTF-8"), ("a.yaml", b"a", "only gazetteers"), ("a.csv", b"", "is empty")]
)
def test_sort_tells_what_it_cannot_sort(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LexiconError, match=words):
        sort_gazetteer(tmp_path / name)
