"""Which organisations are one: tests/cases/pairs.tsv, each pair told in articles of its own corpus."""

from operator import attrgetter
from pathlib import Path

import pytest

from tests.case_tables import Case, read_cases
from tests.samples import rows
from tests.scripted import Article, organisation, run_script


@pytest.mark.parametrize("swapped", [False, True], ids=["as_listed", "swapped"])
@pytest.mark.parametrize("case", read_cases("pairs"), ids=attrgetter("id"))
def test_organisations_are_one_or_two(tmp_path: Path, case: Case, swapped: bool) -> None:
    told = [
        organisation(name, place or None, case.more["type"])
        for name, place in ((case.text, case.more["region"]), (case.more["other"], case.more["other_region"]))
    ]
    days = ["2018-03-08", "2018-03-09"]
    articles = [Article(id, [one], day) for id, one, day in zip("ab", told[::-1] if swapped else told, days, strict=True)]
    out = run_script(tmp_path / "out", articles)
    records = rows(out, "organisations")
    assert len(records) == {"same": 1, "different": 2}[case.expected[0]], [r["name"] for r in records]
    assert sorted(len(m["records"]) for m in rows(out, "mentions")) == [1, 1]  # type: ignore[arg-type]
    if case.expected[0] == "same":
        (record,) = records
        assert record["mention_count"] == record["article_count"] == 2
        names = {told[0].value.name, told[1].value.name}  # type: ignore[union-attr]
        assert len(record["also_ids"]) == len(record["merged_because"]) == len(names) - 1  # type: ignore[arg-type]


def test_pairs_are_enough_and_of_both_kinds() -> None:
    answers = [case.expected[0] for case in read_cases("pairs")]
    assert len(answers) >= 60
    assert min(answers.count("same"), answers.count("different")) >= 10
