"""`lexicon check`: what each faulty file is told, with line and column, and that the shipped lexicons have no fault."""

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from jianbao.curation import check
from jianbao.curation.check import check_lexicons
from jianbao.curation.findings import Finding
from jianbao.pipeline import PipelineError
from jianbao.resources import lexicon_directory

REGIONS = "code,hans,hant,en,level,parent,variants,guarded,valid_from,valid_to,source\n"
CHINA = "CN,中国,中國,China,country,,,,,,x\n"
JILIN = "220000,吉林省,吉林省,,province,CN,吉林,,,,x\n"
LIAOYUAN = "220400,辽源市,遼源市,,prefecture,220000,辽源,,,,x\n"
BODIES = "id,hans,hant,en,type,region,variants,guarded,valid_from,valid_to,source\n"
BANK = "org:人民银行,人民银行,人民銀行,,finance,CN,央行,,,,x\n"
STOPS = "label: stop\nentries:\n"
STOP = "- {id: a, hans: 在中东部, hant: 在中東部, refuses: [中东], source: x}\n"
UNITS = "label: unit\nentries:\n- {id: t, hans: 吨, hant: 噸, dimension: mass, factor: 1, ucum: t, source: x}\n"
MONEY = "label: currency\nentries:\n"
HEADS = "label: agreement_head\nentries:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(lexicon_directory() / "fold.yaml", tmp_path)
    return tmp_path


def told(folder: Path, files: dict[str, str]) -> list[str]:
    """What a folder of these files is told; that it is no whole folder of lexicons aside."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    findings = check_lexicons(folder).findings
    return [str(finding).replace(f"{folder}/", "") for finding in findings if "no lexicon" not in finding.message]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # one thing twice
        (
            {"regions_a.csv": REGIONS + CHINA, "regions_b.csv": REGIONS + CHINA.replace("中国", "华夏").replace("中國", "華夏")},
            "regions_b.csv:2:1: error: code CN belongs to 中国 in regions_a.csv too; ",
        ),
        (
            {"regions_a.csv": REGIONS + JILIN + "220000,辽源省,遼源省,,province,,,,,,x\n" + CHINA},
            "regions_a.csv:3:1: error: code 220000 belongs to 吉林省 in regions_a.csv too; ",
        ),
        (
            {"regions_a.csv": REGIONS + JILIN + LIAOYUAN + LIAOYUAN.replace("220400", "220500") + CHINA},
            "regions_a.csv:4:2: error: 辽源市 of 220000 is in regions_a.csv too, as 220400; ",
        ),
        (
            {
                "regions_a.csv": REGIONS + CHINA,
                "organisations_a.csv": BODIES + BANK,
                "organisations_b.csv": BODIES + BANK.replace("org:", "org:中国"),
            },
            "organisations_b.csv:2:2: error: 人民银行 is in organisations_a.csv too, as org:人民银行; join the rows, with the variants of both",
        ),
        (
            {"regions_a.csv": REGIONS + CHINA, "organisations_a.csv": BODIES + BANK, "organisations_b.csv": BODIES + BANK},
            "organisations_b.csv:2:1: error: id org:人民银行 stands in organisations_a.csv too; ",
        ),
        (
            {
                "regions_a.csv": REGIONS + CHINA,
                "organisations_a.csv": BODIES + BANK,
                "organisations_b.csv": BODIES + "org:央行,央行,央行,,government,CN,,,,,x\n",
            },
            "organisations_b.csv:2:2: warning: 央行 means org:人民银行 in organisations_a.csv too, of the same home; ",
        ),
        # references
        (
            {"regions_a.csv": REGIONS + JILIN + LIAOYUAN.replace(",220000,", ",220009,") + CHINA},
            "regions_a.csv:3:6: error: parent 220009 of 辽源市 is no code of any regions_*.csv; ",
        ),
        (
            {"regions_a.csv": REGIONS + JILIN.replace(",,,,x", ",,,2000,x") + LIAOYUAN + CHINA},
            "regions_a.csv:3:6: warning: parent 220000 of 辽源市 is a former code; ",
        ),
        ({"regions_a.csv": REGIONS + "ZZ,甲国,甲國,,country,ZZ,,,,,x\n"}, "regions_a.csv:2:6: error: ZZ is above itself: "),
        (
            {"organisations_a.csv": BODIES + BANK.replace(",CN,", ",C1,")},
            "organisations_a.csv:2:6: error: region C1 of 人民银行 is no code of any regions_*.csv; ",
        ),
        (
            {"currencies.yaml": MONEY + "- {id: CNY, hans: 人民币, hant: 人民幣, countries: [CN], source: x}\n"},
            "currencies.yaml:3:46: error: countries CN of 人民币 is no code of any regions_*.csv; ",
        ),
        (
            {"place_words.yaml": "label: place_word\nentries:\n- {id: a, hans: 中美, hant: 中美, sense: string, codes: [CN, US], source: x}\n"},
            "place_words.yaml:3:53: error: codes CN of 中美 is no code of any regions_*.csv; ",
        ),
        (
            {"towns_china.csv": "id,hans,hant,towns,source\n110101,东城区,東城區,东四街道,x\n"},
            "towns_china.csv:2:1: error: id 110101 of 东城区 is no code of any regions_*.csv; ",
        ),
        # what a row says of itself
        (
            {"organisations_a.csv": BODIES + BANK.replace(",,,,x", ",,2010,2009,x").replace("CN", "")},
            "organisations_a.csv:2:10: error: 人民银行 ends (2009) before it begins (2010); ",
        ),
        (
            {"organisations_a.csv": BODIES + BANK.replace("org:", "").replace("CN", "")},
            "organisations_a.csv:2:1: error: id 人民银行 does not begin with org:; ",
        ),
        (
            {"regions_a.csv": REGIONS + CHINA.replace("CN", "156")},
            "regions_a.csv:2:1: error: code 156 does not fit level country; the code is two capital letters of ISO 3166-1; ",
        ),
        (
            {"regions_a.csv": REGIONS + "zone:甲区,乙区,乙區,,zone,,,,,,x\n"},
            "regions_a.csv:2:1: error: code zone:甲区 does not hold the name 乙区; ",
        ),
        (
            {"regions_a.csv": REGIONS + JILIN + LIAOYUAN.replace("220400", "230400") + CHINA},
            "regions_a.csv:3:6: error: 230400 辽源市 cannot lie in 220000; ",
        ),
        (
            {"regions_a.csv": REGIONS + CHINA.replace("中國", "中国")},
            "regions_a.csv:2:3: error: 国 in 中国 is Simplified; write it as printed there, perhaps 中國",
        ),
        (
            {"regions_a.csv": REGIONS + CHINA.replace("中国", "中國")},
            "regions_a.csv:2:2: error: 國 in 中國 is Traditional; write 国",
        ),
        # words of the grammar
        (
            {"units.yaml": UNITS, "currencies.yaml": MONEY + "- {id: XXX, hans: 吨, hant: 噸, source: x}\n"},
            "currencies.yaml:3:19: error: 吨 belongs to t in units.yaml too, and one rule reads both files; ",
        ),
        (
            {
                "agreement_heads.yaml": HEADS + "- {id: law, hans: 法典, hant: 法典, agreement_type: policy_document, source: x}\n",
                "agreements_known.yaml": HEADS + "- {id: code, hans: 法典, hant: 法典, agreement_type: policy_document, source: x}\n",
            },
            "agreements_known.yaml:3:20: error: 法典 belongs to law in agreement_heads.yaml too, ",
        ),
        (
            {
                "zone_heads.yaml": "label: trigger\nentries:\n- {id: z, hans: 两区, hant: 兩區, sense: full, source: x}\n",
                "place_words.yaml": "label: place_word\nentries:\n- {id: a, hans: 两区, hant: 兩區, sense: deictic, source: x}\n",
            },
            "place_words.yaml:3:17: error: 两区 belongs to z in zone_heads.yaml too, ",
        ),
        (
            {"currencies.yaml": MONEY + "- {id: AAA, hans: 甲元, hant: 甲元, usual: [比索], source: x}\n"},
            "currencies.yaml:3:40: error: 比索 is usual for AAA, which does not share it; ",
        ),
        (
            {
                "currencies.yaml": MONEY
                + "".join(f"- {{id: {c}, hans: {c}元, hant: {c}元, shared: [比索], usual: [比索], source: x}}\n" for c in ("A", "B"))
            },
            "currencies.yaml:4:52: error: 比索 is usual for A too; ",
        ),
        (
            {"currencies.yaml": MONEY + "- {id: AAA, hans: 甲元, hant: 甲元, shared: [比索], source: x}\n"},
            "currencies.yaml:3:41: warning: 比索 alone means no currency: ",
        ),
        (
            {"currencies.yaml": MONEY + "- {id: AAA, hans: 甲元, hant: 甲元, shared: [甲元], usual: [甲元], source: x}\n"},
            "currencies.yaml:3:41: error: 甲元 is shared and also a name of AAA alone; ",
        ),
        # words that can never be found
        ({"place_stops.yaml": STOPS + STOP.replace("[中东]", "[长春]")}, "place_stops.yaml:3:44: error: 长春 does not stand in 在中东部; "),
        ({"place_stops.yaml": STOPS + STOP}, "place_stops.yaml:3:44: warning: 中东 is no surface of any regions_*.csv; "),
        ({"place_stops.yaml": STOPS + STOP.replace("[中东]", "[在中东部]")}, "place_stops.yaml:3:44: error: 在中东部 refuses itself: "),
        (
            {"place_stops.yaml": STOPS + STOP.replace("source", "variants: [中东部], source")},
            "place_stops.yaml:3:60: error: variants of 在中东部 are not read; ",
        ),
        (
            {
                "regions_a.csv": REGIONS + "macro:中东,中东,中東,,macro,,,,,,x\n",
                "place_stops.yaml": STOPS + STOP + STOP.replace("id: a", "id: b").replace("在", ""),
            },
            "place_stops.yaml:3:17: warning: 在中东部 refuses nothing new: 中东部 refuses 中东 already; take it out",
        ),
        (
            {"organisation_stops.yaml": STOPS + STOP},
            "organisation_stops.yaml:3:44: error: 在中东部 refuses no organisation; write refuses: [organisation]",
        ),
        (
            {
                "organisations_a.csv": BODIES + BANK.replace("CN", ""),
                "organisation_stops.yaml": STOPS + "- {id: a, hans: 央行, hant: 央行, refuses: [organisation], source: x}\n",
            },
            "organisation_stops.yaml:3:17: error: 央行 is also the name of an organisation, which could never be found; ",
        ),
        (
            {"organisation_short_forms.yaml": "label: word\nentries:\n- {id: a, hans: 教育局, hant: 教育局, variants: [敎局], source: x}\n"},
            "organisation_short_forms.yaml:3:43: error: 敎局 is compared with Simplified, half-width text and never equals it; write 教局",
        ),
        (
            {"merges.yaml": "label: merge\nentries:\n- {id: a, hans: 甲, hant: 甲, kind: organisation, same: [乙], different: [乙], source: x}\n"},
            "merges.yaml:3:71: error: 乙 is under `same` and under `different`; ",
        ),
    ],
    ids=lambda value: value.split(": ", 2)[-1][:40] if isinstance(value, str) else "",
)
def test_check_tells_a_fault_with_its_place(folder: Path, files: dict[str, str], expected: str) -> None:
    lines = told(folder, files)
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    "files",
    [
        # Two cities have a 信义区 of one code; a code may be used again once it is free; bodies of two places share names; former bodies share short ones.
        {
            "regions_a.csv": REGIONS
            + "TA,甲,甲,,country,,,,,,x\nTB,乙,乙,,country,,,,,,x\n"
            + "".join(f"tw:信义区,信义区,信義區,,county,{p},,,,,x\n" for p in ("TA", "TB"))
        },
        {
            "regions_a.csv": REGIONS
            + JILIN.replace(",,,,x", ",,,1990,x")
            + JILIN.replace("吉林省,吉林省", "吉省,吉省").replace(",,,,x", ",,1990,,x")
            + CHINA
        },
        {
            "regions_a.csv": REGIONS + "710000,台湾省,臺灣省,,province,CN,,,,,x\n" + CHINA,
            "organisations_a.csv": BODIES
            + "org:中国教育部,中国教育部,中國教育部,,government,CN,教育部,,,,x\norg:教育部,教育部,教育部,,government,710000,,,,,x\n",
        },
        {
            "regions_a.csv": REGIONS + CHINA,
            "organisations_a.csv": BODIES + BANK + "org:旧银行,旧银行,舊銀行,,finance,CN,央行,,,1995,x\n",
        },
        {
            "regions_a.csv": REGIONS + CHINA,
            "organisations_a.csv": BODIES + "org:恒生银行,恒生银行,恒生銀行,,finance,CN,,,,,x\norg:泓昇集团,泓昇集团,泓昇集團,,company,CN,,,,,x\n",
        },
    ],
    ids=["namesakes", "code_again", "two_homes", "former", "scripts"],
)
def test_check_leaves_alone_what_is_right(folder: Path, files: dict[str, str]) -> None:
    assert told(folder, files) == []


def test_check_tells_the_mistakes_of_all_files_at_once_and_sorted(folder: Path) -> None:
    (folder / "units.yaml").write_text(UNITS.replace("mass", "weight"), encoding="utf-8")
    (folder / "regions_a.csv").write_text(REGIONS + CHINA.replace("country", "land") + "AA,甲\n", encoding="utf-8")
    (folder / "towns_a.csv").write_bytes(b"\xff")
    report = check_lexicons(folder)
    assert not report.whole
    assert [(Path(f.file).name, f.line, f.column, f.severity) for f in report.findings] == [
        ("regions_a.csv", 3, 1, "error"),
        ("towns_a.csv", 0, 0, "error"),
        ("units.yaml", 3, 40, "error"),
    ]


def test_check_of_half_a_folder_says_what_is_missing(folder: Path) -> None:
    report = check_lexicons(folder)
    assert (report.whole, report.errors) == (False, 1)
    assert "no lexicon regions_china.csv or regions_china.yaml" in report.findings[0].message


@pytest.mark.parametrize("text", ["characters:\n  甲: 乙乙\n", None], ids=["pair", "missing"])
def test_check_of_a_broken_fold_table_tells_only_that(folder: Path, text: str | None) -> None:
    (folder / "fold.yaml").unlink()
    if text is not None:
        (folder / "fold.yaml").write_text(text, encoding="utf-8")
    (folder / "units.yaml").write_text("nonsense", encoding="utf-8")
    (finding,) = check_lexicons(folder).findings
    assert (Path(finding.file).name, finding.line) == ("fold.yaml", 2 if text else 0)


def test_check_of_lexicons_that_the_rules_cannot_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise PipelineError("press.cfg: not a pipeline that can be loaded: 'field'")

    monkeypatch.setattr(check, "load_pipeline", fail)
    report = check_lexicons(folder)
    assert not report.whole
    assert "the rules cannot use these lexicons: press.cfg: not a pipeline that can be loaded: 'field'; " in str(report.findings[0])


def test_check_tells_a_gazetteer_that_nothing_reads(folder: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "load_pipeline", lambda **_: nlp)
    monkeypatch.setattr(check.Examples, "__init__", lambda *_: None)
    monkeypatch.setattr(check.Examples, "check", lambda *_: ())
    (folder / "regions_world.csv").write_text(REGIONS + CHINA, encoding="utf-8")
    (folder / "organisations_mine.csv").write_text(BODIES + BANK, encoding="utf-8")
    (finding,) = check_lexicons(folder).findings
    assert (finding.file, finding.severity) == (str(folder / "organisations_mine.csv"), "warning")


def test_shipped_lexicons_pass(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "load_pipeline", lambda **_: nlp)
    report = check_lexicons()
    assert [str(finding) for finding in report.findings] == []
    assert report.whole


def test_finding_shows_place_severity_and_cure() -> None:
    assert str(Finding("a.csv", 2, 3, "error", "wrong", "mend it")) == "a.csv:2:3: error: wrong; mend it"
    assert str(Finding("a.csv", 0, 0, "warning", "odd")) == "a.csv: warning: odd"
