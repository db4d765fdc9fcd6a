"""What differs between two outputs, exactly, and why: articles, lexicon entries, settings, and what only follows."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.attribution import FieldChange, field_changes
from jianbao.comparison import CHANGES, COMPARED, Comparison, Counts, RecordChange, _Listed, _merged, compare
from jianbao.output import NotAnOutputError
from jianbao.records import FILES, RECORDS
from jianbao.stages.write import STATE
from jianbao.state import LEXICONS
from tests.revised import AFTER, BEFORE, Revised, edit, with_field
from tests.samples import rows
from tests.scripted import Article, Signing, agreement, date, figure, organisation, region, run_script

Lines = list[dict[str, Any]]


def counted(report: Comparison, of: str, kind: str | None = None) -> dict[str, int]:
    """What differs of one kind, without the noughts and the totals."""
    (counts,) = (c for c in report.counts if (c.of, c.kind) == (of, kind))
    return {name: n for name, n in counts.model_dump(exclude={"of", "kind", "old", "new"}).items() if n}


def fields(changes: tuple[FieldChange, ...]) -> dict[str, tuple[Any, Any]]:
    return {change.field: (change.old, change.new) for change in changes}


def record(report: Comparison, name: str) -> RecordChange:
    (change,) = (c for c in report.changes.records if c.name == name)
    return change


def entry(reason: Any) -> tuple[str, str, str, tuple[str, ...]]:
    assert reason.cause == "lexicon_entry"
    return reason.lexicon, reason.entry, reason.happened, reason.fields


# ---- nothing differs ----------------------------------------------------------------------------------------------------


def test_compare_of_an_output_with_itself_is_empty(revised: Revised) -> None:
    report = compare(revised.before, revised.before)
    assert not report.different
    assert report.settings == report.lexicons == report.causes == ()
    assert all(not changes for _, changes in report.changes)
    assert not any(counts.different for counts in report.counts)
    totals = {(c.of, c.kind): (c.old, c.new) for c in report.counts}
    for stem in RECORDS:
        assert totals["records", stem] == (len(rows(revised.before, stem)),) * 2
        mentions = sum(m["kind"] == stem.removesuffix("s") for m in rows(revised.before, "mentions"))
        assert totals["mentions", stem] == (mentions, mentions)
    assert totals["articles", None] == (len(BEFORE), len(BEFORE))


def test_compare_settings_alone_are_no_difference(revised: Revised, tmp_path: Path) -> None:
    out = changed_manifest(revised.before, tmp_path / "out", "python_packages.opencc", "9.9.9")
    report = compare(revised.before, out)
    assert not report.different
    assert [change.field for change in report.settings] == ["python_packages.opencc"]


# ---- articles -----------------------------------------------------------------------------------------------------------


def test_compare_articles(revised: Revised) -> None:
    report = compare(revised.before, revised.articles)
    assert report.different
    assert report.settings == report.lexicons == ()
    told = {c.source: c for c in report.changes.articles}
    assert {source: (c.change, c.reason.cause) for source, c in told.items()} == {
        "opened.txt": ("added", "article_added"),
        "closed.txt": ("removed", "article_removed"),
        "planned.txt": ("changed", "article_edited"),
    }
    assert told["closed.txt"].mentions_removed == {"regions": 1, "organisations": 1, "dates": 1}
    assert told["opened.txt"].mentions_added == {"regions": 2, "organisations": 1, "dates": 1}
    edited = told["planned.txt"]
    assert fields(edited.fields)["text"] == (len(BEFORE["planned.txt"]), len(AFTER["planned.txt"]))
    assert (edited.mentions_added, edited.mentions_removed) == ({"figures": 1}, {"figures": 1}), "what only moved did not change"
    assert counted(report, "articles") == {"added": 1, "removed": 1, "changed": 1}
    assert counted(report, "mentions", "regions") == {"added": 2, "removed": 1, "with_articles": 3}
    assert counted(report, "mentions", "figures") == {"added": 1, "removed": 1, "with_articles": 2}
    assert report.changes.mentions == (), "mentions of changed articles are counted, not listed"


def test_compare_records_say_which_article_they_come_from(revised: Revised) -> None:
    report = compare(revised.before, revised.articles)
    told = {c.name: (c.change, c.reason.cause, c.reason.source) for c in report.changes.records}
    assert told == {
        "吉林省人民政府": ("removed", "article_removed", "closed.txt"),
        "2018年4月8日": ("added", "article_added", "opened.txt"),
        "2020年3月9日": ("removed", "article_removed", "closed.txt"),
        "6亿元": ("added", "article_edited", "planned.txt"),
        "5亿元": ("removed", "article_edited", "planned.txt"),
        "200亩": ("renamed", "article_edited", "planned.txt"),
    }
    # 上海 and 湖南科锐 are in other articles too: they are only seen more often.
    assert counted(report, "records", "organisations") == {"removed": 1, "counts_only": 1}
    causes = {c.reason.cause: (c.articles, c.mentions, c.records) for c in report.causes}
    assert causes == {"article_added": (1, 4, 1), "article_removed": (1, 3, 2), "article_edited": (1, 2, 3)}


def test_compare_a_figure_of_an_edited_story_is_the_same_figure(revised: Revised) -> None:
    figure_ = record(compare(revised.before, revised.articles), "200亩")
    assert figure_.change == "renamed"
    assert figure_.old != figure_.new
    assert set(fields(figure_.fields)) == {"examples"}


# ---- lexicons -----------------------------------------------------------------------------------------------------------


def test_compare_lexicons_say_what_was_edited(revised: Revised) -> None:
    report = compare(revised.before, revised.lexicons)
    told = {c.lexicon: (c.added, c.removed, c.changed, c.with_effect) for c in report.lexicons}
    assert told == {
        "merges": (1, 2, 0, 1),
        "organisations_knowledge": (0, 0, 2, 2),
        "organisations_mainland": (2, 0, 1, 2),  # nobody names 无人提及公司
        "regions_china": (0, 0, 1, 1),
    }


def test_compare_mentions_name_the_entry(revised: Revised) -> None:
    report = compare(revised.before, revised.lexicons)
    told = {(c.kind, c.text): c for c in report.changes.mentions}
    assert {key: c.change for key, c in told.items()} == {
        ("region", "吉林"): "changed",
        ("organisation", "江海远帆"): "added",
        ("organisation", "清华大学"): "changed",
        ("organisation", "阿里巴巴"): "changed",
        ("organisation", "广西蓝原科技有限公司"): "changed",
    }
    added = told["organisation", "江海远帆"]
    assert entry(added.reason) == ("organisations_mainland", "org:江海远帆", "added", ())
    assert (added.source, BEFORE[added.source][added.start : added.end], added.value["type"]) == ("visited.txt", "江海远帆", "company")
    place = told["region", "吉林"]
    assert entry(place.reason) == ("regions_china", "220000", "changed", ("variants",))
    assert fields(place.fields)["value.code"] == ("220000", "220200")
    assert fields(place.fields)["lexicon"] == (["220000"], ["220200"])
    typed = told["organisation", "阿里巴巴"]
    assert fields(typed.fields) == {"value.type": ("company", "finance")}
    assert entry(typed.reason) == ("organisations_mainland", "org:阿里巴巴集团", "changed", ("type",))


def test_compare_records_name_the_entry(revised: Revised) -> None:
    report = compare(revised.before, revised.lexicons)
    told = {c.name: (c.change, *entry(c.reason)) for c in report.changes.records}
    assert told == {
        "江海远帆": ("added", "organisations_mainland", "org:江海远帆", "added", ()),
        "阿里巴巴集团": ("changed", "organisations_mainland", "org:阿里巴巴集团", "changed", ("type",)),
        "北京大学": ("changed", "organisations_knowledge", "org:北京大学", "changed", ("en",)),
        "清华大学": ("renamed", "organisations_knowledge", "org:清华大学", "changed", ("region",)),
        "广西蓝原科技有限公司": ("merged", "merges", "蓝原", "added", ()),
        "吉林市": ("added", "regions_china", "220000", "changed", ("variants",)),
        "吉林省": ("changed", "regions_china", "220000", "changed", ("variants",)),
    }
    assert fields(record(report, "北京大学").fields) == {"name.en": ("Peking University", "PKU")}
    assert fields(record(report, "清华大学").fields)["region"] == ("110000", "310000")
    assert record(report, "江海远帆").value == {"type": "company", "region": None}
    assert counted(report, "records", "organisations") == {"added": 1, "changed": 2, "renamed": 1, "merged": 1}


def test_compare_merged_and_split(revised: Revised) -> None:
    merged = record(compare(revised.before, revised.lexicons), "广西蓝原科技有限公司")
    assert len(merged.old) == 2
    assert merged.new == (merged.id,)
    assert fields(merged.fields)["also_ids"] == ([], [i for i in merged.old if i != merged.id])
    (split,) = (c for c in compare(revised.lexicons, revised.before).changes.records if c.change == "split")
    assert (split.old, split.new) == (merged.new, merged.old)
    assert entry(split.reason) == ("merges", "蓝原", "removed", ())


def test_compare_a_mention_follows_its_record(revised: Revised) -> None:
    report = compare(revised.before, revised.lexicons)
    (follows,) = (c for c in report.changes.mentions if c.reason.cause == "record")
    merged = record(report, "广西蓝原科技有限公司")
    assert [change.field for change in follows.fields] == ["records"]
    assert follows.reason.record == merged.id
    assert report.changes.mentions[-1] == follows, "what only follows stands last of its kind"


def test_compare_articles_and_lexicons_at_once(revised: Revised) -> None:
    report = compare(revised.before, revised.both)
    causes = {c.reason.cause for c in report.causes}
    assert causes == {"article_added", "article_removed", "article_edited", "lexicon_entry", "record"}
    assert record(report, "清华大学").reason.cause == "lexicon_entry"
    assert record(report, "吉林省人民政府").reason.source == "closed.txt"


def test_compare_an_entry_that_stands_beside_a_change(revised: Revised, tmp_path: Path) -> None:
    """A mention that names no changed entry is put down to one that overlaps it, then to one in the article, then to the rest of the article."""
    out = copy(revised.lexicons, tmp_path / "out")

    def change(rows_: Lines) -> Lines:
        for row in rows_:
            if row["text"] in ("吉林省", "3000万元", "冷链园区合作框架协议", "南开大学"):
                row["rule"] = "other"
            if row["text"] == "江海远帆":
                row["lexicon"] = []  # only where it stands tells
        return rows_

    rewrite(out, "mentions", change)
    told = {c.text: c.reason for c in compare(revised.before, out).changes.mentions}
    assert entry(told["江海远帆"])[1] == "org:江海远帆", "it overlaps"
    assert entry(told["3000万元"])[1] == "org:江海远帆", "the longest surface in the article"
    assert entry(told["南开大学"])[1] in ("org:清华大学", "org:阿里巴巴集团")
    assert entry(told["吉林省"])[1] == "220000"


def test_compare_an_entry_that_acts_from_afar(revised: Revised, tmp_path: Path) -> None:
    """杭州 lies in 浙江: what was edited of the province may change the article that names the city alone."""
    out = changed_manifest(revised.before, tmp_path / "out", "lexicon_fingerprints.regions_china", "other")
    edit(out / STATE / LEXICONS, "regions_china", with_field("330000", "valid_from", "1949"))
    rewrite(out, "mentions", lambda rows_: [{**row, "rule": "other"} if row["text"] in ("200亩", "3000万元") else row for row in rows_])
    told = {c.text: c.reason for c in compare(revised.before, out).changes.mentions}
    assert entry(told["200亩"]) == ("regions_china", "330000", "changed", ("valid_from",))
    assert told["3000万元"].cause == "lexicon_files", "nothing of 浙江 in its article"


def test_compare_the_rest_of_an_article(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.lexicons, tmp_path / "out")
    rewrite(out, "mentions", lambda rows_: [{**row, "rule": "other"} if row["source"] == "signed.txt" else row for row in rows_])
    reasons = {c.reason.cause for c in compare(revised.before, out).changes.mentions if c.source == "signed.txt"}
    assert reasons == {"same_article"}


def test_compare_without_kept_lexicons_names_the_files(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.lexicons, tmp_path / "out")
    shutil.rmtree(out / STATE / LEXICONS)
    for report in (compare(revised.before, out), compare(out, revised.before)):
        names = ("merges", "organisations_knowledge", "organisations_mainland", "regions_china")
        assert [(c.lexicon, c.added, c.with_effect) for c in report.lexicons] == [(name, None, None) for name in names]
        assert {(c.reason.cause, c.reason.names) for c in report.changes.mentions} == {("lexicon_files", names), ("record", ())}


def test_compare_with_lexicons_that_no_longer_load_names_the_files(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.lexicons, tmp_path / "out")
    (out / STATE / LEXICONS / "merges.yaml").write_text("label: nonsense\nentries: []\n", encoding="utf-8")
    assert {c.added for c in compare(revised.before, out).lexicons} == {None}


# ---- settings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "cause"),
    [
        ("jianbao", "code"),
        ("pipeline", "pipeline"),
        ("pipeline_fingerprint", "pipeline"),
        ("python_packages.jieba", "packages"),
        ("options.published", "options"),
        ("lexicon_fingerprints.fold", "lexicon_files"),
    ],
)
def test_compare_names_the_setting(revised: Revised, tmp_path: Path, field: str, cause: str) -> None:
    out = changed_manifest(revised.before, tmp_path / "out", field, "other")
    rewrite(out, "mentions", lambda rows_: [{**row, "deictic": True} for row in rows_])
    report = compare(revised.before, out)
    assert {c.reason.cause for c in report.changes.mentions} == {cause}
    names = {name for c in report.changes.mentions for name in c.reason.names}
    assert names == {"fold" if cause == "lexicon_files" else field}
    assert [(c.reason.cause, c.mentions) for c in report.causes] == [(cause, len(rows(out, "mentions")))]


def test_compare_what_nothing_explains_is_unknown(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")
    rewrite(out, "organisations", lambda rows_: [{**row, "type": "other"} for row in rows_])
    reasons = {c.reason.cause for c in compare(revised.before, out).changes.records}
    assert reasons == {"unknown"}


def test_compare_metadata_of_an_article(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")
    rewrite(out, "articles", lambda rows_: [{**row, "outlet": "某报", "sha256": "0"} if row["source"] == "taught.txt" else row for row in rows_])
    rewrite(out, "mentions", lambda rows_: [{**row, "rule": "other"} if row["source"] == "taught.txt" else row for row in rows_])
    report = compare(revised.before, out)
    (article,) = report.changes.articles
    assert fields(article.fields)["outlet"] == (None, "某报")
    assert {(c.change, c.reason.cause, c.reason.source) for c in report.changes.mentions} == {("changed", "article_edited", "taught.txt")}


def test_compare_a_reprint_names_its_original(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.articles, tmp_path / "out")
    (original,) = (row["id"] for row in rows(out, "articles") if row["source"] == "opened.txt")
    rewrite(out, "articles", lambda rows_: [{**row, "near_duplicate_of": original} if row["source"] == "signed.txt" else row for row in rows_])
    (article,) = (c for c in compare(revised.before, out).changes.articles if c.source == "signed.txt")
    assert (article.change, article.reason.cause, article.reason.source) == ("changed", "article_added", "opened.txt")


# ---- records that are one -----------------------------------------------------------------------------------------------


def copy(source: Path, out: Path) -> Path:
    return Path(shutil.copytree(source, out))


def rewrite(out: Path, stem: str, change: Callable[[Lines], Lines]) -> None:
    """Changes the lines of a file of an output."""
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in change(rows(out, stem))]
    (out / f"{stem}.jsonl").write_text("".join(lines), encoding="utf-8")


def changed_manifest(source: Path, out: Path, field: str, value: str) -> Path:
    copy(source, out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    place = manifest
    *outer, last = field.split(".")
    for name in outer:
        place = place[name]
    place[last] = value
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return out


def with_ids(out: Path, source: Path, *ids: tuple[str, list[str]]) -> Path:
    """A copy of an output whose organisations have these ids and `also_ids`, and nobody mentions them."""
    copy(source, out)
    (row, *_) = rows(out, "organisations")
    rewrite(out, "organisations", lambda _: [{**row, "id": f"o:{i:0>16}", "also_ids": [f"o:{a:0>16}" for a in also]} for i, also in sorted(ids)])
    return out


@pytest.mark.parametrize(
    ("old", "new", "ways"),
    [
        ([("1", [])], [("1", [])], []),
        ([("1", [])], [("2", [])], ["added", "removed"]),
        ([("1", [])], [("2", ["1"])], ["renamed"]),
        ([("2", ["1"])], [("1", [])], ["renamed"]),
        ([("1", ["2"])], [("2", ["1"])], ["renamed"]),
        ([("1", []), ("2", [])], [("1", ["2"])], ["merged"]),
        ([("1", []), ("2", []), ("3", [])], [("4", ["1", "2", "3"])], ["merged"]),
        ([("1", ["2"])], [("1", []), ("2", [])], ["split"]),
        ([("1", ["2"]), ("3", [])], [("1", []), ("2", ["3"])], ["regrouped"]),
        ([("1", ["2"])], [("1", ["2", "9"])], ["changed"]),
        ([("1", []), ("5", [])], [("2", ["1"]), ("5", [])], ["renamed"]),
    ],
    ids=str,
)
def test_compare_records_by_the_ids_they_took_in(revised: Revised, tmp_path: Path, old: Any, new: Any, ways: list[str]) -> None:
    olds, news = with_ids(tmp_path / "old", revised.before, *old), with_ids(tmp_path / "new", revised.before, *new)
    report = compare(olds, news, ["organisations"])
    assert [c.change for c in report.changes.records] == ways
    told = [(c.old, c.new) for c in report.changes.records if c.change not in ("added", "removed")]
    changed_old = {f"o:{i:0>16}" for i, also in old if (i, also) not in new}
    assert {i for olds_, _ in told for i in olds_} == (changed_old if told else set())


def test_compare_counts_only(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")
    rewrite(out, "regions", lambda rows_: [{**row, "mention_count": 99, "examples": [], "first_seen": "2000-01-01"} for row in rows_])
    report = compare(revised.before, out)
    assert report.different
    assert counted(report, "records", "regions") == {"counts_only": len(rows(out, "regions"))}
    assert report.changes.records == ()


def test_compare_an_agreement_follows_its_parties(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")

    def change(rows_: Lines) -> Lines:
        for row in rows_:
            for party in row["parties"]:
                party["record"] = f"o:{0:016}"
        return rows_

    rewrite(out, "agreements", change)
    (agreement_,) = compare(revised.before, out, ["agreements"]).changes.records
    assert (agreement_.reason.cause, agreement_.reason.record) == ("record", f"o:{0:016}")
    assert [c.field for c in agreement_.fields] == ["parties"]


# ---- errors, kinds, limits ----------------------------------------------------------------------------------------------


def test_compare_errors(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")
    error = {"source": "x.pdf", "stage": "read", "error": "empty file", "detail": "no bytes"}
    rewrite(out, "errors", lambda rows_: [*rows_, error])
    report = compare(revised.before, out)
    assert report.different
    assert counted(report, "errors") == {"added": 1}
    assert [(c.change, c.error.source) for c in report.changes.errors] == [("added", "x.pdf")]
    assert [c.change for c in compare(out, revised.before).changes.errors] == ["removed"]


@pytest.mark.parametrize("kind", COMPARED)
def test_compare_kinds_are_those_asked_for(revised: Revised, kind: str) -> None:
    every, one = compare(revised.before, revised.both), compare(revised.before, revised.both, [kind])
    assert one.kinds == (kind,)
    assert one.counts == tuple(c for c in every.counts if kind in (c.of, c.kind))
    assert one.different == any(c.different for c in one.counts)
    assert one.changes.articles == (every.changes.articles if kind == "articles" else ())
    assert one.changes.mentions == tuple(c for c in every.changes.mentions if f"{c.kind}s" == kind)
    assert one.changes.records == tuple(c for c in every.changes.records if c.kind == kind)


def test_compare_limit_bounds_what_is_listed_and_not_what_is_counted(revised: Revised) -> None:
    every, few = compare(revised.before, revised.both, limit=0), compare(revised.before, revised.both, limit=1)
    assert few.counts == every.counts
    assert few.different
    for name, key in (("articles", "change"), ("mentions", "kind change"), ("records", "kind change")):
        groups = Counter(tuple(getattr(c, part) for part in key.split()) for c in getattr(few.changes, name))
        assert groups == dict.fromkeys(Counter(tuple(getattr(c, part) for part in key.split()) for c in getattr(every.changes, name)), 1)
        assert all(change in getattr(every.changes, name) for change in getattr(few.changes, name))
    assert sum(c.reason.cause == "lexicon_entry" for c in few.causes) == 1
    assert sum(c.reason.cause == "lexicon_entry" for c in every.causes) > 1


def test_compare_records_with_most_mentions_first(revised: Revised) -> None:
    report = compare(revised.before, revised.both, limit=0)
    mentions = {row["id"]: row["mention_count"] for out in (revised.before, revised.both) for stem in RECORDS for row in rows(out, stem)}
    for stem in RECORDS:
        for change in CHANGES:
            told = [mentions[c.id] for c in report.changes.records if (c.kind, c.change) == (stem, change) and c.reason.cause != "record"]
            assert told == sorted(told, reverse=True)


def test_compare_tells_the_same_each_time(revised: Revised) -> None:
    assert compare(revised.before, revised.both) == compare(revised.before, revised.both)


# ---- what is no output --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["manifest.json", *(f"{stem}.jsonl" for stem in FILES)])
def test_compare_refuses_what_is_no_output(revised: Revised, tmp_path: Path, missing: str) -> None:
    out = copy(revised.before, tmp_path / "out")
    (out / missing).unlink()
    for pair in ((revised.before, out), (out, revised.before)):
        with pytest.raises(NotAnOutputError, match=rf"out: {missing} is missing.*jianbao extract"):
            compare(*pair)


@pytest.mark.parametrize("stem", ["articles", "organisations"])
def test_compare_refuses_broken_lines(revised: Revised, tmp_path: Path, stem: str) -> None:
    out = copy(revised.before, tmp_path / "out")
    path = out / f"{stem}.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(NotAnOutputError, match="no line of an output"):
        compare(revised.before, out)


def test_compare_refuses_mentions_out_of_order(revised: Revised, tmp_path: Path) -> None:
    out = copy(revised.before, tmp_path / "out")
    rewrite(out, "mentions", lambda rows_: rows_[::-1])
    with pytest.raises(NotAnOutputError, match=r"mentions\.jsonl: a mention out of order"):
        compare(revised.before, out)


# ---- any two outputs ----------------------------------------------------------------------------------------------------

NAMES = ("甲公司", "乙公司", "丙公司")
told = st.one_of(
    st.builds(organisation, st.sampled_from(NAMES), st.sampled_from([None, "110000", "220000"]), st.sampled_from(["company", "other"])),
    st.just(region("吉林", "220000", "吉林省")),
    st.just(date("去年", "2017")),
    st.builds(figure, st.just("3000万元"), st.sampled_from(["30000000", "0.1"]), st.sampled_from([None, "investment"])),
    st.just(agreement("甲乙合作框架协议")),
)
articles_ = st.lists(
    st.builds(
        Article,
        st.sampled_from("abcd"),
        st.lists(told, max_size=4),
        st.sampled_from(["2018-03-08", "2018-03-01", None]),
        st.sampled_from([(), (Signing("甲乙合作框架协议", ()),)]),
        st.sampled_from(["", "另讯。"]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda article: article.id,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(articles_, articles_)
def test_compare_any_two_outputs(tmp_path_factory: pytest.TempPathFactory, old: list[Article], new: list[Article]) -> None:
    folder = tmp_path_factory.mktemp("any")
    one, other = run_script(folder / "one", old), run_script(folder / "other", new)
    for out in (one, other):
        assert not compare(out, out).different
    there, back = compare(one, other), compare(other, one)
    same = all((one / f"{stem}.jsonl").read_bytes() == (other / f"{stem}.jsonl").read_bytes() for stem in FILES)
    assert there.different is not same
    for forth, reverse in zip(there.counts, back.counts, strict=True):
        assert mirrored(forth) == reverse
        if forth.of != "records":
            assert forth.new == forth.old + forth.added - forth.removed
    for name in ("mentions", "records"):
        pairs = [{(c.change, c.id) for c in getattr(r.changes, name) if c.change in ("added", "removed")} for r in (there, back)]
        assert {({"added": "removed", "removed": "added"}[way], i) for way, i in pairs[0]} == pairs[1]


def mirrored(counts: Counts) -> Counts:
    swapped = {"old": "new", "new": "old", "added": "removed", "removed": "added", "merged": "split", "split": "merged"}
    return Counts.model_validate({swapped.get(name, name): n for name, n in counts})


# ---- parts --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=2), unique=True), st.lists(st.binary(max_size=2), unique=True))
def test_merged_tells_every_line_once(old: list[bytes], new: list[bytes]) -> None:
    pairs = list(_merged(sorted(old), sorted(new), bytes))
    assert [one for one, _ in pairs if one is not None] == sorted(old)
    assert [other for _, other in pairs if other is not None] == sorted(new)
    assert all(one == other for one, other in pairs if one is not None and other is not None)
    assert sum(one == other for one, other in pairs) == len(set(old) & set(new))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers()), unique=True), st.integers(0, 4))
def test_listed_keeps_the_smallest_of_each_group(items: list[tuple[str, int]], limit: int) -> None:
    listed: _Listed[tuple[str, int]] = _Listed(limit)
    for group, rank in items:
        listed.add(group, rank, lambda item=(group, rank): item)  # type: ignore[misc]
    expected = [item for group in "ab" for item in sorted(i for i in items if i[0] == group)[: limit or None]]
    assert listed.items() == tuple(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({"v": {"c": 1, "d": 2}}, {"v": {"c": 3, "d": 2}}, [("v.c", 1, 3)]),
        ({"v": {"c": 1}}, {"v": None}, [("v", {"c": 1}, None)]),
        ({"a": 1}, {"b": 1}, [("a", 1, None), ("b", None, 1)]),
        ({"l": [1]}, {"l": [1, 2]}, [("l", [1], [1, 2])]),
    ],
)
def test_field_changes(old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, Any, Any]]) -> None:
    assert [(c.field, c.old, c.new) for c in field_changes(old, new)] == expected
