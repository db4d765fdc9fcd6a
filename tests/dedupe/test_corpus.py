"""Across articles: what a corpus gives does not depend on how it lies in folders, and telling it twice says nothing new."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from jianbao.records import RECORDS
from jianbao.run import RunOptions, run
from tests.case_tables import convert
from tests.samples import rows, write_articles
from tests.scripted import Article, Signing, Told, agreement, date, figure, organisation, region, run_script

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
TEXTS = {path.name: path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))}
SEEN = (
    "examples",
    "first_seen",
    "last_seen",
    "mention_count",
    "article_count",
    "independent_reports",
    "reprints",
    "evidence",
    "conflicts",
    "name",
    "aliases",
)
"""What more articles or other folders may change of a record: where it was seen, never what it is."""


def things(out: Path) -> dict[object, dict[str, object]]:
    """What each record is, by id."""
    return {row["id"]: {k: v for k, v in row.items() if k not in SEEN} for stem in RECORDS for row in rows(out, stem)}


def extract(folder: Path, out: Path, texts: Mapping[str, bytes], *inputs: str) -> Path:
    write_articles(folder, dict(texts))
    run([folder / name for name in inputs] or [folder], out, RunOptions(workers=1, published="2024-01-02"))
    return out


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    return extract(folder / "in", folder / "out", TEXTS)


def test_corpus_in_other_folders_and_names_gives_the_same_records(once: Path, tmp_path: Path) -> None:
    names = [f"{'ab'[i % 2]}/{9 - i}.txt" for i in range(len(TEXTS))]
    out = extract(tmp_path / "in", tmp_path / "out", dict(zip(names, TEXTS.values(), strict=True)), "a", "b")
    assert things(out) == things(once)


def test_corpus_told_twice_adds_no_record_and_renames_none(once: Path, tmp_path: Path) -> None:
    twice = {f"{folder}/{name}": data for folder in ("earlier", "later") for name, data in TEXTS.items()}
    out = extract(tmp_path / "in", tmp_path / "out", twice)
    assert things(out) == things(once)
    told_once = {row["id"]: row for stem in RECORDS for row in rows(once, stem)}
    for stem in RECORDS:
        for row in rows(out, stem):
            before = told_once[row["id"]]
            assert row["name"] == before["name"]
            assert row["article_count"] == 2 * before["article_count"]  # type: ignore[operator]
            assert row["independent_reports"] == before["independent_reports"]
            assert row["reprints"] == row["article_count"] - row["independent_reports"]  # type: ignore[operator]
    originals = [row["near_duplicate_of"] for row in rows(out, "articles")]
    assert sum(1 for original in originals if original) == len(originals) // 2


def test_corpus_reprints_point_at_the_earliest(once: Path, tmp_path: Path) -> None:
    """Shortened, re-titled, in the other script, with a day's delay; and a story of its own from the same mould."""
    lines = TEXTS["xinyang_suzhou_pairing_2023.txt"].decode().split("\n")
    body = "\n".join(lines[1:])
    told = {
        "first": ("2023-06-20", "\n".join(lines)),
        "titled": ("2023-06-21", f"两地牵手合作再深化\n{body}"),
        "short": ("2023-06-22", body[: len(body) * 6 // 10]),
        "hant": ("2023-06-23", convert("\n".join(lines), "s2t")),
        "mould": ("2023-06-24", "".join(str((int(c) + 3) % 10) if c.isdigit() else c for c in body)),
        "other": ("2023-06-25", TEXTS["jiangxi_hk_spread_2019.txt"].decode()),
    }
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": name, "date": day, "text": text}, ensure_ascii=False) + "\n" for name, (day, text) in told.items()),
        encoding="utf-8",
    )
    run([tmp_path / "in.jsonl"], tmp_path / "out", RunOptions(workers=1))
    articles = {row["id"]: row for row in rows(tmp_path / "out", "articles")}
    found = {str(row["source"]).partition("#")[2]: row["near_duplicate_of"] for row in articles.values()}
    first = next(identity for identity, row in articles.items() if str(row["source"]).endswith("#first"))
    assert found == {"first": None, "titled": first, "short": first, "hant": first, "mould": None, "other": None}


# ---- told mentions: what merges, what does not, and what stays named ----------------------------------------------------


def signing(id_: str, day: str, *, amount: str = "30000000", parties: tuple[str, str] = ("海岸能源有限公司", "新岭集团有限公司")) -> Article:
    told: list[Told] = [organisation(name) for name in parties]
    told += [date("3月7日", "2018-03-07"), figure(f"{amount}元", amount, role=None, subject=None), agreement("海岸新岭共建储能产业园框架协议")]
    event = Signing("海岸新岭共建储能产业园框架协议", parties, "2018-03-07", (f"{amount}元",))
    chatter = "".join(
        random.Random(id_).choices("春寒料峭江畔繁忙记者获悉文件酝酿业内人士认为风口竞争居民盼望岗位着落明显提升", k=400)
    )  # a story of its own
    return Article(id_, told, day, (event,), more=chatter)


def test_corpus_conflicting_amounts_stand_side_by_side(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [signing("a", "2018-03-08"), signing("b", "2018-03-09", amount="28000000"), signing("c", "2018-03-10")])
    (record,) = rows(out, "agreements")
    conflicts = {c["value"]: len(c["articles"]) for c in record["conflicts"]}  # type: ignore[attr-defined]
    assert conflicts == {"CNY 28000000": 1, "CNY 30000000": 2}
    assert len(record["amounts"]) == 2  # type: ignore[arg-type]
    assert record["independent_reports"] == 3


def test_corpus_a_later_article_renames_nothing(tmp_path: Path) -> None:
    told = [
        Article("1", [organisation("湖南恒骏重工机械股份有限公司", "430000"), region("吉林", "220000", "吉林省")], "2018-03-01"),
        signing("2", "2018-03-08"),
        Article("3", [organisation("恒骏重工", "430000"), figure("5亿元", "500000000")], "2018-04-01"),
        signing("4", "2018-04-02", amount="28000000"),
        Article("5", [organisation("恒骏重工机械有限公司"), region("浙江", "330000", "浙江省")], "2018-05-01"),
    ]
    known: set[object] = set()
    for number in range(1, len(told) + 1):
        records = things(run_script(tmp_path / f"out{number}", told[:number]))
        assert known <= set(records) | {i for row in records.values() for i in row["also_ids"]}  # type: ignore[attr-defined]
        known = set(records)
    assert sum(1 for identity in known if str(identity).startswith("o:")) == 3


LATER_NAMES = {
    "another_full_name": (
        [organisation("恒骏重工", "430000")],
        [organisation("湖南恒骏重工机械股份有限公司", "430000")],
        [organisation("恒骏重工装备有限公司", "430000")],
    ),
    "another_full_name_after_the_full_one": (
        [organisation("湖南恒骏重工机械股份有限公司", "430000")],
        [organisation("恒骏重工", "430000")],
        [organisation("恒骏重工装备有限公司", "430000")],
    ),
    "another_place_before_the_name": (
        [organisation("海岸水泥", "340000")],
        [organisation("安徽海岸水泥股份有限公司", "340000")],
        [organisation("吉林海岸水泥股份有限公司", "220000")],
    ),
    "another_city_with_a_hospital": (
        [organisation("第一中心医院附属康复医院", None)],
        [organisation("第一中心医院附属康复医院", "220400")],
        [organisation("第一中心医院附属康复医院", "330600")],
    ),
}


@pytest.mark.parametrize("told", LATER_NAMES.values(), ids=list(LATER_NAMES))
def test_corpus_a_name_that_comes_later_makes_nobody_another(told: tuple[list[Told], ...], tmp_path: Path) -> None:
    articles = [Article(str(i), some, f"2018-0{i + 1}-01") for i, some in enumerate(told)]
    two, three = (things(run_script(tmp_path / f"out{number}", articles[:number])) for number in (2, 3))
    (joined,) = (i for i in two if str(i).startswith("o:"))
    assert two[joined]["also_ids"], "the two are one"
    assert three[joined]["also_ids"] == two[joined]["also_ids"]
    assert sum(1 for i in three if str(i).startswith("o:")) == 2


@pytest.mark.parametrize("name", ["another_full_name", "another_city_with_a_hospital"])
def test_corpus_a_name_that_may_be_either_of_two_is_neither(name: str, tmp_path: Path) -> None:
    short, *full = LATER_NAMES[name]
    articles = [Article(str(i), some, f"2018-0{i + 1}-01") for i, some in enumerate([*full, short])]
    assert sum(1 for i in things(run_script(tmp_path / "out", articles)) if str(i).startswith("o:")) == 3


def test_corpus_order_of_articles_changes_nothing(tmp_path: Path) -> None:
    told = [signing(str(i), f"2018-03-{8 + i:02}", amount=str(10**7 * (1 + i % 2))) for i in range(6)]
    told += [Article(f"o{i}", [organisation(name, None)], f"2018-02-{i + 1:02}") for i, name in enumerate(["海岸能源", "海岸能源公司", "新岭集团"])]
    one = things(run_script(tmp_path / "one", told))
    random.Random(1).shuffle(told)
    assert things(run_script(tmp_path / "other", told)) == one


def test_corpus_figures_of_several_articles_are_one_only_where_all_is_told(tmp_path: Path) -> None:
    def said(id_: str, *, where: str = "吉林", when: str = "2017", **more: str | None) -> Article:
        told = [region(where, "220000" if where == "吉林" else "330000", where), date(f"{when}年", when), figure("5亿元", "500000000", **more)]  # type: ignore[arg-type]
        return Article(id_, told, f"2018-03-{int(id_):02}")

    same = run_script(tmp_path / "same", [said("1"), said("2")])
    assert len(rows(same, "figures")) == 1
    for i, other in enumerate(({"where": "浙江"}, {"when": "2016"}, {"role": "output"}, {"subject": None}), 1):
        out = run_script(tmp_path / str(i), [said("1"), said("2", **other)])  # type: ignore[arg-type]
        assert len(rows(out, "figures")) == 2, other
    alone = run_script(tmp_path / "alone", [said("1", role=None), said("2", role=None)])
    assert len(rows(alone, "figures")) == 2


def test_corpus_long_lists_are_cut(tmp_path: Path) -> None:
    told = [Article(str(i), [region("吉林" if i % 3 else "吉林省", "220000", "吉林省")], "2018-03-08") for i in range(60)]
    (record,) = rows(run_script(tmp_path / "out", told), "regions")
    assert record["article_count"] == record["mention_count"] == 60
    assert len(record["examples"]) == 20  # type: ignore[arg-type]


def test_corpus_records_sorted_few_at_a_time_are_the_same(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.stages.dedupe._RECORDS_AT_ONCE", 5)
    monkeypatch.setattr("jianbao.stages.dedupe._AGREEMENTS_AT_ONCE", 1)
    out = extract(tmp_path / "in", tmp_path / "out", TEXTS)
    for stem in RECORDS:
        lines = (out / f"{stem}.jsonl").read_bytes()
        assert lines == (once / f"{stem}.jsonl").read_bytes()
        assert lines.count(b"\n") > 5
