"""Lexicons: every mistake is told with its file, line and column; what loads is found in a text."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jianbao.folding import FoldError, load_folding
from jianbao.lexicon import LexiconError, Matcher, _read_yaml, lexicon_names, load_lexicon
from jianbao.resources import lexicon_directory, lexicons_from
from jianbao.text import make_text

REGIONS = "code,hans,hant,en,level,parent,variants,guarded,valid_from,valid_to,source\n"
ROW = "220000,吉林省,吉林省,Jilin,province,,吉林,,,,GB/T 2260\n"
ORGANISATIONS = "id,hans,hant,en,type,region,variants,guarded,valid_from,valid_to,source\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fold.yaml").write_text((lexicon_directory() / "fold.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def mistakes(folder: Path, name: str, text: str | bytes) -> list[str]:
    """What loading a lexicon of this text complains of, without the folder."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with lexicons_from(folder), pytest.raises(LexiconError) as raised:
        load_lexicon(path.stem)
    return [line.replace(f"{folder}/", "") for line in str(raised.value).split("\n")]


@pytest.mark.parametrize("path", sorted(lexicon_directory().glob("*.yaml")), ids=lambda path: path.stem)
def test_lexicon_rows_are_what_yaml_says(path: Path) -> None:
    if path.stem != "fold":
        assert _read_yaml(path, path.read_bytes())[1] == yaml.safe_load(path.read_bytes())["entries"]


@pytest.mark.parametrize(
    "entry",
    [
        "{id: a, weak: yes, factor: 0.05, examples: [1, b], conventions: {x: 1.5}, en: null, variants: [], source: '2018'}",
        "{<<: {id: a, hans: b}, hant: c}",
        "{id: &x [a, b], hans: *x}",
        "{1: a, id: b}",
        "{? '' : a}",
    ],
)
def test_lexicon_row_is_what_yaml_says(entry: str) -> None:
    data = f"label: trigger\nentries:\n- {entry}\n".encode()
    assert _read_yaml(Path("x.yaml"), data)[1] == yaml.safe_load(data)["entries"]


@pytest.mark.parametrize("name", lexicon_names())
def test_lexicon_that_ships_loads(name: str) -> None:
    assert load_lexicon(name).entries


# ---- gazetteers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "mistake"),
    [
        ("22000,吉林省\n", "regions_x.csv:2:1: 11 columns are needed"),
        (ROW + "330000,浙江省,浙江省,,province,,浙江,滬,,,,GB/T 2260\n", "regions_x.csv:3:1: 11 columns are needed"),
        ("220000,吉林省,吉林省,Jilin,provinz,,,,,,GB/T 2260\n", "regions_x.csv:2:5: level: "),
        ("220000,吉林省,吉林省,Jilin,province,,,,2018.3,,GB/T 2260\n", "regions_x.csv:2:9: valid_from: "),
        ("330000,浙江省,浙江省,,province,,,,,,x\n220000,吉林省,吉林省,,province,,,,,,x\n", "regions_x.csv:3:1: 220000 must stand before 330000"),
        ("220000,吉林省,浙江省,,province,,,,,,x\n", "regions_x.csv:2:3: 浙江省 does not fold to 吉林省"),
        (ROW.replace(",吉林,", ",吉林|吉林,"), "regions_x.csv:2:7: 吉林 is redundant"),
        ("330000,浙江省,浙江省,,province,,浙江|浙江省,,,,x\n", "regions_x.csv:2:7: 浙江省 is redundant"),
        ("310000,上海市,上海市,,province,,上海|沪|滬,,,,x\n", "regions_x.csv:2:7: 滬 is redundant: it folds to 沪"),
        ("310000,上海市,上海市,,province,,上海,上海,,,x\n", "regions_x.csv:2:7: 上海 is redundant"),
        ("310000,上海市 ,上海市,,province,,,,,,x\n", "take out the white space"),
        ("310000,上海市,上海市,,province,,上海| 沪,,,,x\n", "regions_x.csv:2:7: ' 沪': take out the white space"),
        ('310000,"上海\u2028市",上海市,,province,,,,,,x\n', "regions_x.csv:2:"),
        ("310000,,,,province,,,,,,x\n", "take out the white space"),
    ],
    ids=[
        "few",
        "many",
        "level",
        "validity",
        "order",
        "scripts",
        "twice",
        "own_name",
        "other_script",
        "guarded_too",
        "blank",
        "blank_variant",
        "line_end",
        "empty",
    ],
)
def test_gazetteer_mistake_is_told_with_its_place(folder: Path, rows: str, mistake: str) -> None:
    assert any(mistake in line for line in mistakes(folder, "regions_x.csv", REGIONS + rows)), mistakes(folder, "regions_x.csv", REGIONS + rows)


def test_gazetteer_ids_stand_once(folder: Path) -> None:
    row = "cbank,中国人民银行,中國人民銀行,,government,110000,,,,,x\n"
    (mistake,) = mistakes(folder, "organisations_x.csv", ORGANISATIONS + row + row)
    assert mistake == "organisations_x.csv:3:1: id cbank stands twice"


def test_gazetteer_tells_all_mistakes_at_once(folder: Path) -> None:
    rows = "330000,浙江省,浙江省,,province,,,,,,x\n220000,吉林省,吉林市,,province,,,,,,x\n"
    assert [line.rpartition(": ")[0].split(":")[1] for line in mistakes(folder, "regions_x.csv", REGIONS + rows)].count("3") >= 1
    assert len(mistakes(folder, "regions_x.csv", REGIONS + rows)) == 2


@pytest.mark.parametrize(
    ("name", "data", "mistake"),
    [
        ("regions_x.csv", b"code,hans\n" + "吉林".encode("gb18030"), "byte 10 is not UTF-8"),
        ("places_x.csv", b"id\n", "a gazetteer is named"),
        ("regions_x.csv", (REGIONS.replace("hans", "name") + ROW).encode(), "regions_x.csv:2:2: name: "),
        ("regions_x.csv", (REGIONS.replace(",source", "") + ROW.replace(",GB/T 2260", "")).encode(), "source: Field required"),
    ],
    ids=["encoding", "name", "unknown_column", "missing_column"],
)
def test_gazetteer_file_that_cannot_be_used(folder: Path, name: str, data: bytes, mistake: str) -> None:
    assert any(mistake in line for line in mistakes(folder, name, data)), mistakes(folder, name, data)


def test_gazetteer_surface_may_have_several_owners(folder: Path) -> None:
    rows = "110105,朝阳区,朝陽區,,county,110000,,,,,x\n220104,朝阳区,朝陽區,,county,220100,,,,,x\n"
    (folder / "regions_x.csv").write_text("\ufeff" + REGIONS + rows, encoding="utf-8")
    with lexicons_from(folder):
        owners = load_lexicon("regions_x").owners["朝阳区"]
    assert [owner.entry.code for owner in owners] == ["110105", "220104"]


@pytest.mark.parametrize(
    ("day", "valid"),
    [("1999-12-31", False), ("2000-01-01", True), ("2010-06-30", True), ("2020-06-30", False), (None, False)],
)
def test_gazetteer_name_is_valid_on_days(folder: Path, day: str | None, valid: bool) -> None:
    (folder / "regions_x.csv").write_text(REGIONS + "220381,公主岭市,公主嶺市,,county,220300,,,2000,2020-06,x\n", encoding="utf-8")
    with lexicons_from(folder):
        assert load_lexicon("regions_x").entries[0].valid_on(day) is valid


# ---- rule lexicons ----------------------------------------------------------------------------------------------------

HEAD = "label: trigger\nentries:\n"
ENTRY = "- id: sign\n  hans: 签署\n  hant: 簽署\n  sense: sign\n  source: press\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (HEAD + "- id: [unclosed\n", "triggers.yaml:4:1: not valid YAML"),
        (HEAD + "- id: a\n\t hans: b\n", "triggers.yaml:4:1: not valid YAML"),
        ("", "triggers.yaml:1:1: a rule lexicon has `label:`"),
        ("- a\n", "triggers.yaml:1:1: a rule lexicon has `label:`"),
        ("label: nonsense\nentries: []\n", "triggers.yaml:1:1: a rule lexicon has `label:`"),
        ("label: [trigger]\nentries: []\n", "triggers.yaml:1:1: a rule lexicon has `label:`"),
        ("label: trigger\n", "triggers.yaml:1:1: a rule lexicon has `label:`"),
        ("label: trigger\nentries: {a: b}\n", "triggers.yaml:1:1: `entries:` is a list"),
        ("label: trigger\nentries: [签署]\n", "triggers.yaml:1:1: `entries:` is a list"),
        (HEAD + ENTRY.replace("  source: press\n", ""), "triggers.yaml:3:1: source: Field required"),
        (HEAD + ENTRY + "  colour: red\n", "triggers.yaml:8:11: colour: "),
        (HEAD + ENTRY.replace("签署", "[签署]"), "triggers.yaml:4:9: hans: "),
        (HEAD + ENTRY.replace("press", "2018"), "triggers.yaml:7:11: source: "),
        (HEAD + ENTRY + "  variants: [签订, 簽訂]\n", "triggers.yaml:8:13: 簽訂 is redundant"),
        (HEAD + ENTRY + "  variants: [' 签订']\n", "triggers.yaml:8:13: ' 签订': take out the white space"),
        (HEAD + ENTRY + '  variants: ["签\\n订"]\n', "triggers.yaml:8:13: "),
        (HEAD + ENTRY + "  variants: [签订]\n  variants: [签约]\n", "triggers.yaml:9:3: variants: stands twice in this entry"),
        (HEAD + ENTRY.replace("簽署", "簽訂"), "triggers.yaml:5:9: 簽訂 does not fold to 签署"),
        (HEAD + ENTRY + ENTRY.replace("签", "订").replace("簽", "訂"), "triggers.yaml:8:7: id sign stands twice"),
        (HEAD + ENTRY + ENTRY.replace("id: sign", "id: issue"), "triggers.yaml:8:7: issue must stand before sign"),
        (HEAD + ENTRY + ENTRY.replace("id: sign", "id: sign2"), "签署 belongs to both sign and sign2"),
    ],
    ids=[
        "yaml", "tab", "empty", "list", "label", "label_list", "no_entries", "entries_map", "entries_words", "missing", "unknown", "type", "number",
        "redundant", "blank", "line_end", "key_twice", "scripts", "id_twice", "order", "two_owners",
    ],
)  # fmt: skip
def test_rule_lexicon_mistake_is_told_with_its_place(folder: Path, text: str, mistake: str) -> None:
    found = mistakes(folder, "triggers.yaml", text)
    assert any(mistake in line for line in found), found


def test_rule_lexicon_in_another_encoding(folder: Path) -> None:
    (found,) = mistakes(folder, "triggers.yaml", (HEAD + ENTRY).encode("gb18030"))
    assert "triggers.yaml" in found
    assert "utf-8" in found.lower()


def test_rule_lexicon_numbers_are_exact(folder: Path) -> None:
    unit = "{id: jin, hans: 斤, hant: 斤, source: x, dimension: mass, factor: 0.0005, ucum: '[jin]', conventions: {taiwan: 0.0006}}"
    (folder / "units.yaml").write_text(f"label: unit\nentries:\n- {unit}\n", encoding="utf-8")
    with lexicons_from(folder):
        (entry,) = load_lexicon("units").entries
    assert (entry.factor, entry.conventions) == (Decimal("0.0005"), {"taiwan": Decimal("0.0006")})


def test_load_lexicon_that_is_not_there(folder: Path) -> None:
    with lexicons_from(folder), pytest.raises(LexiconError, match=r"no lexicon nothing\.csv or nothing\.yaml.*--lexicons"):
        load_lexicon("nothing")


def test_lexicons_from_ends_with_its_block(folder: Path) -> None:
    with lexicons_from(folder):
        assert lexicon_names() == []
    assert "units" in lexicon_names()
    assert lexicon_directory() != folder


# ---- the fold table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("characters: [", "not valid YAML"),
        ("- 甲\n", "fold.yaml:1:1: pairs are needed here"),
        ("characters:\n- 甲\n", "fold.yaml:2:1: pairs are needed here"),
        ("character:\n  甲: 乙\n", "fold.yaml:1:1: character: a fold table has"),
        ("characters:\n  甲: [乙]\n", "fold.yaml:2:3: 甲: write each pair once"),
        ("characters:\n  甲: 乙\n  甲: 丙\n", "fold.yaml:3:3: 甲: write each pair once"),
        ("characters:\n  甲: 乙乙\n", "fold.yaml:2:3: character 甲 -> 乙乙: one code point for one"),
        ("characters:\n  甲乙: 乙\n", "fold.yaml:2:3: character 甲乙 -> 乙: one code point for one"),
        ("characters:\n  丁: 丙\n  甲: 乙\n  乙: 甲\n", "fold.yaml:4:3: characters"),
        ("characters: {}\nphrases:\n  了: 着\n", "fold.yaml:3:3: phrase 了 -> 着: both sides need the same length"),
        ("phrases:\n  着名: 著名的\n", "fold.yaml:2:3: phrase 着名 -> 著名的: both sides need the same length"),
        ("phrases:\n  臺灣: 台湾\n", "fold.yaml:2:3: phrase 臺灣 -> 台湾: write both sides as character folding leaves them"),
        ("phrases:\n  甲乙: 乙丙\n  乙丙: 甲乙\n", "does not settle"),
        (b"\xff\xfe", "fold.yaml: "),
        (None, "fold.yaml: No such file"),
    ],
    ids=[
        "yaml", "list", "words", "section", "value", "twice", "long", "long_key", "circle", "short", "length", "unfolded", "unsettled", "encoding",
        "missing",
    ],
)  # fmt: skip
def test_fold_table_mistake_is_told_with_its_place(tmp_path: Path, text: str | bytes | None, mistake: str) -> None:
    if text is not None:
        (tmp_path / "fold.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    with lexicons_from(tmp_path), pytest.raises(FoldError) as raised:
        load_folding()
    assert str(raised.value).startswith(str(tmp_path))
    assert mistake in str(raised.value)


@pytest.mark.parametrize("text", ["", "characters:\nphrases:\n", "\ufeffcharacters: {}\n"], ids=["no_byte", "no_pair", "mark"])
def test_fold_table_may_add_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "fold.yaml").write_text(text, encoding="utf-8")
    with lexicons_from(tmp_path):
        assert load_folding().fold("臺灣２０１８") == "台湾2018"


# ---- matching ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def matcher(folder: Path) -> Matcher:
    rows = "220000,吉林省,吉林省,,province,,吉林|吉,,,,x\n220200,吉林市,吉林市,,prefecture,220000,吉林,和平,,,x\n"
    (folder / "regions_x.csv").write_text(REGIONS + rows, encoding="utf-8")
    (folder / "triggers.yaml").write_text(HEAD + ENTRY + "  variants: [签]\n", encoding="utf-8")
    with lexicons_from(folder):
        return Matcher([load_lexicon("regions_x"), load_lexicon("triggers")])


def test_matcher_finds_every_surface_longest_first(matcher: Matcher) -> None:
    hits = matcher.find(make_text("吉林省簽署和平"))
    assert [(h.start, h.end) for h in hits["region"]] == [(0, 3), (0, 2), (5, 7)]
    assert [[(o.entry.code, o.guarded) for o in h.owners] for h in hits["region"]] == [
        [("220000", False)],
        [("220000", False), ("220200", False)],
        [("220200", True)],
    ]
    assert [(h.start, h.end) for h in hits["trigger"]] == [(3, 5), (3, 4)]


def test_matcher_leaves_single_characters_to_rules(matcher: Matcher) -> None:
    hits = matcher.find(make_text("吉签"))
    assert hits["region"] == []
    assert [(h.start, h.end) for h in hits["trigger"]] == [(1, 2)]


def test_matcher_of_nothing_finds_nothing() -> None:
    assert Matcher([]).find(make_text("吉林省")) == {}


@given(st.text(alphabet="吉林省市签署和平😀 \n", max_size=30))
def test_matcher_finds_what_a_search_finds(text: str) -> None:
    regions = load_lexicon("regions_macro")
    surfaces = {s for s in regions.owners if len(s) > 1}
    found = {(h.start, h.end) for h in Matcher([regions]).find(make_text(text + "东北地区"))["region"]}
    whole = make_text(text + "东北地区").folded
    assert found == {(i, i + len(s)) for s in surfaces for i in range(len(whole)) if whole.startswith(s, i)}
