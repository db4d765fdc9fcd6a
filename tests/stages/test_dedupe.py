"""Dedupe: one record per real thing, ids that later articles do not change, reasons for each merge."""

from itertools import permutations
from pathlib import Path

import pytest

from jianbao.records import RECORDS
from tests.samples import contents, rows
from tests.scripted import Article, Signing, agreement, date, figure, organisation, region, run_script

JILIN = region("吉林省", "220000", "吉林省")
FULL = "海岸动力电池有限公司"
FORMS = ["海岸动力电池公司", FULL, "海岸（动力）电池有限责任公司", "海岸动力电池股份有限公司"]
PARTIES = [("吉林省人民政府", "220000"), ("浙江省人民政府", "330000"), ("江苏省人民政府", "320000")]


def records(out: Path, stem: str) -> list[dict[str, object]]:
    return rows(out, stem)


def one(out: Path, stem: str) -> dict[str, object]:
    (record,) = rows(out, stem)
    return record


def ids_of(out: Path) -> dict[object, object]:
    """The records of each mention, by article and place."""
    return {(m["source"], m["start"]): m["records"] for m in rows(out, "mentions")}


# ---- one record per thing ---------------------------------------------------------------------------------------------


def test_dedupe_same_region_in_both_scripts_is_one(tmp_path: Path) -> None:
    out = run_script(
        tmp_path / "out", [Article("a", [JILIN]), Article("b", [region("吉林", "220000", "吉林省"), region("吉林省", "220000", "吉林省")])]
    )
    record = one(out, "regions")
    assert (record["code"], record["mention_count"], record["article_count"]) == ("220000", 3, 2)
    assert record["merged_because"] == []


def test_dedupe_same_date_however_printed_is_one(tmp_path: Path) -> None:
    told = [Article("a", [date("2018年3月7日", "2018-03-07")]), Article("b", [date("昨日", "2018-03-07"), date("8日", "2018-03-08")])]
    assert [r["edtf"] for r in sorted(rows(run_script(tmp_path / "out", told), "dates"), key=lambda r: str(r["edtf"]))] == [
        "2018-03-07",
        "2018-03-08",
    ]


def test_dedupe_figure_is_one_with_the_same_role_and_subject_only(tmp_path: Path) -> None:
    context = [JILIN, date("2018年3月7日", "2018-03-07")]  # where and when, in the same sentence
    same = [Article("a", [*context, figure("3000万元", "30000000")]), Article("b", [*context, figure("三千万元", "30000000")])]
    assert one(run_script(tmp_path / "same", same), "figures")["article_count"] == 2
    for name, other in (
        ("amount", figure("3001万元", "30010000")),
        ("role", figure("3000万元", "30000000", role="revenue")),
        ("subject", figure("3000万元", "30000000", subject="别的园区")),
    ):
        assert len(rows(run_script(tmp_path / name, [same[0], Article("b", [*context, other])]), "figures")) == 2, name
    unknown = [Article(name, [*context, figure("3000万元", "30000000", role=None, subject=None)]) for name in "ab"]
    assert len(rows(run_script(tmp_path / "unknown", unknown), "figures")) == 2


def test_dedupe_organisation_has_its_aliases_and_reasons(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [Article(str(i), [organisation(name)], f"2018-03-0{i + 1}") for i, name in enumerate(FORMS)])
    record = one(out, "organisations")
    assert record["mention_count"] == record["article_count"] == len(FORMS)
    assert len(record["also_ids"]) == len(FORMS) - 1  # type: ignore[arg-type]
    assert record["id"] not in record["also_ids"]  # type: ignore[operator]
    assert {reason["other"] for reason in record["merged_because"]} == set(record["also_ids"])  # type: ignore[attr-defined, call-overload]
    assert all(reason["rule"] and 0 < reason["score"] <= 1 for reason in record["merged_because"])  # type: ignore[attr-defined]
    printed = {name.replace("（", "(").replace("）", ")") for name in FORMS}
    assert printed - {record["name"]["hans"]} <= set(record["aliases"])  # type: ignore[index, call-overload]


def test_dedupe_does_not_chain_strangers(tmp_path: Path) -> None:
    # Two cities' companies of one name, and the name of no place between them.
    told = [
        Article("a", [organisation("宏远建材有限公司", "220100")]),
        Article("b", [organisation("宏远建材公司")]),
        Article("c", [organisation("宏远建材股份有限公司", "330600")]),
    ]
    for i, order in enumerate(permutations(told)):
        days = [Article(a.id, a.told, f"2018-03-0{j + 1}") for j, a in enumerate(order)]
        out = run_script(tmp_path / str(i), days)
        of = {m["text"]: m["records"] for m in rows(out, "mentions")}
        assert of["宏远建材有限公司"] != of["宏远建材股份有限公司"]


def test_dedupe_local_bodies_of_two_articles_are_two(tmp_path: Path) -> None:
    told = [Article("a", [organisation("市财政局", "220100", "government")]), Article("b", [organisation("市财政局", "330600", "government")])]
    assert len(rows(run_script(tmp_path / "out", told), "organisations")) == 2


# ---- agreements -------------------------------------------------------------------------------------------------------


def signing(
    name: str, published: str = "2018-03-08", *, title: str | None = None, day: str | None = None, parties: int = 2, amount: bool = False
) -> Article:
    """An article that tells of an agreement of some of PARTIES."""
    told = [organisation(party, code, "government") for party, code in PARTIES[:parties]]
    told += [agreement(title)] if title else []
    told += [JILIN, date("2018年3月7日", "2018-03-07"), figure("3000万元", "30000000")] if amount else []
    sign = Signing(title, tuple(party for party, _ in PARTIES[:parties]), day, ("3000万元",) if amount else ())
    return Article(name, told, published, (sign,))


def test_dedupe_agreement_told_twice_is_one(tmp_path: Path) -> None:
    title = "吉林省浙江省共建产业园战略合作框架协议"
    out = run_script(tmp_path / "out", [signing("a", title=title, day="2018-03-07"), signing("b", "2018-03-09", title=title, day="2018-03-07")])
    record = one(out, "agreements")
    assert record["article_count"] == 2
    assert [p["name"] for p in record["parties"]] == [party for party, _ in PARTIES[:2]]  # type: ignore[attr-defined]
    assert len({e["article"] for e in record["evidence"]}) == 2  # type: ignore[attr-defined]


def test_dedupe_agreement_without_title_is_one_by_parties_and_date(tmp_path: Path) -> None:
    told = [signing("a", day="2018-03-07"), signing("b", "2018-03-09", day="2018-03-07")]
    assert one(run_script(tmp_path / "same", told), "agreements")["article_count"] == 2
    assert len(rows(run_script(tmp_path / "day", [told[0], signing("b", "2018-05-09", day="2018-05-07")]), "agreements")) == 2
    other = signing("b", day="2018-03-07", parties=3)
    assert len(rows(run_script(tmp_path / "party", [told[0], other]), "agreements")) == 2


def test_dedupe_agreements_of_which_nothing_is_known_are_apart(tmp_path: Path) -> None:
    told = [signing("a", parties=0), signing("b", "2019-08-01", parties=0)]
    assert len(rows(run_script(tmp_path / "nothing", told), "agreements")) == 2
    told = [signing("a", parties=1), signing("b", "2019-08-01", parties=1)]
    assert len(rows(run_script(tmp_path / "one_party", told), "agreements")) == 2
    told = [signing("a"), signing("b", "2019-08-01")]
    assert len(rows(run_script(tmp_path / "years_apart", told), "agreements")) == 2


def test_dedupe_agreement_mentions_lead_to_their_record(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [signing("a", title="共建合作园区框架协议", day="2018-03-07", amount=True)])
    record = one(out, "agreements")
    assert [m["records"] for m in rows(out, "mentions") if m["kind"] == "agreement"] == [[record["id"]]]
    assert record["amounts"] == [one(out, "figures")["id"]]
    assert {p["record"] for p in record["parties"]} == {r["id"] for r in rows(out, "organisations")}  # type: ignore[attr-defined]


# ---- ids --------------------------------------------------------------------------------------------------------------

CORPUS = [
    Article("a", [JILIN, organisation(FORMS[0]), date("2018年3月7日", "2018-03-07"), figure("3000万元", "30000000")], "2018-03-08"),
    Article("b", [organisation(FORMS[1]), organisation("宏远建材公司"), region("浙江", "330000", "浙江省")], "2018-03-10"),
    signing("c", "2018-03-11", title="吉林省浙江省共建产业园战略合作框架协议", day="2018-03-07", amount=True),
]
LATER = [
    Article("d", [organisation(FORMS[2]), organisation(FORMS[3]), organisation("宏远建材有限公司", "330600"), JILIN], "2019-01-05"),
    signing("e", "2019-01-06", title="吉林省浙江省共建产业园战略合作框架协议", day="2018-03-07"),
    Article("f", [JILIN, date("去年3月7日", "2018-03-07"), figure("三千万元", "30000000")], "2019-01-07"),
]


@pytest.mark.parametrize("later", [*([one] for one in LATER), LATER], ids=["d", "e", "f", "all"])
def test_dedupe_later_articles_rename_nothing(tmp_path: Path, later: list[Article]) -> None:
    before, after = run_script(tmp_path / "before", CORPUS), run_script(tmp_path / "after", [*CORPUS, *later])
    for stem in RECORDS:
        assert {r["id"] for r in rows(before, stem)} <= {r["id"] for r in rows(after, stem)}
    now = ids_of(after)
    assert {place: now[place] for place in ids_of(before)} == ids_of(before)


def test_dedupe_does_not_depend_on_the_order_of_lines(tmp_path: Path) -> None:
    articles = [*CORPUS, *LATER]
    assert contents(run_script(tmp_path / "one", articles)) == contents(run_script(tmp_path / "other", articles[::-1]))


def test_dedupe_doubled_corpus_adds_no_record(tmp_path: Path) -> None:
    known = [*CORPUS, *LATER]
    again = [Article(f"{a.id}2", a.told, a.published, a.signings) for a in known]
    single, double = run_script(tmp_path / "single", known), run_script(tmp_path / "double", [*known, *again])
    for stem in RECORDS:
        assert {r["id"] for r in rows(double, stem)} == {r["id"] for r in rows(single, stem)}, stem
        assert sum(r["mention_count"] for r in rows(double, stem)) == 2 * sum(r["mention_count"] for r in rows(single, stem))


def test_dedupe_id_is_that_of_the_first_by_publication(tmp_path: Path) -> None:
    early, late = Article("z", [organisation(FORMS[1])], "2018-01-01"), Article("a", [organisation(FORMS[0])], "2018-02-01")
    alone = one(run_script(tmp_path / "alone", [early]), "organisations")
    both = one(run_script(tmp_path / "both", [late, early]), "organisations")
    assert both["id"] == alone["id"]
    assert (both["first_seen"], both["last_seen"]) == ("2018-01-01", "2018-02-01")
    undated = one(run_script(tmp_path / "undated", [Article("0", [organisation(FORMS[0])], None), early]), "organisations")
    assert undated["id"] == alone["id"], "an article without a date comes after all others"


def test_dedupe_names_at_most_twenty_examples(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [Article(f"{i:02}", [JILIN], f"2018-03-{31 - i:02}") for i in range(30)])
    record = one(out, "regions")
    mentions = [m["id"] for m in sorted(rows(out, "mentions"), key=lambda m: str(m["source"]), reverse=True)]
    assert record["mention_count"] == 30
    assert record["examples"] == mentions[:20], "those of the first articles by publication"
