"""Which records are one: tests/cases/pairs.tsv, by the matchers alone and through whole runs."""

from operator import attrgetter
from pathlib import Path

import pytest

from jianbao.dedupe.agreements import AgreementFacts, cluster_agreements
from jianbao.dedupe.organisations import MATCHER_LEXICONS, Gazetteers, OrganisationMatcher
from jianbao.folding import fold
from jianbao.lexicon import load_lexicon
from jianbao.pipeline import pipeline_lexicons, pipeline_path
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.samples import rows
from tests.scripted import Article, organisation, run_script

CASES = read_cases("pairs")
ORGANISATIONS = [case for case in CASES if not case.more["kind"]]
AGREEMENTS = [case for case in CASES if case.more["kind"] == "agreement"]


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers(load_lexicon(name) for name in (*pipeline_lexicons(pipeline_path("press")), *MATCHER_LEXICONS))


@pytest.fixture(scope="module")
def matcher(gazetteers: Gazetteers) -> OrganisationMatcher:
    return OrganisationMatcher(gazetteers)


def one_organisation(case: Case, script: str, matcher: OrganisationMatcher, gazetteers: Gazetteers) -> bool:
    """Whether two bodies are one; the second name is converted."""
    sides = ((case.text, case.more["region"]), (convert(case.more["other"], script), case.more["other_region"]))
    bodies = [gazetteers.body(i, fold(name), case.more["type"], region or None) for i, (name, region) in enumerate(sides)]  # type: ignore[arg-type]
    if bodies[0].name == bodies[1].name and bodies[0].region == bodies[1].region:
        return True  # one content key
    return len(list(matcher.cluster(bodies).joined())) == 1


def facts(number: int, text: str) -> AgreementFacts:
    type_, title, parties, date, sums, told = fold(text).replace("《", "").replace("》", "").split("|")
    several = frozenset(p for p in parties.split("+") if p)
    return AgreementFacts(number, type_, title or None, several, date or None, frozenset([sums] if sums else []), told or None, frozenset([number]))  # type: ignore[arg-type]


def one_agreement(case: Case, script: str) -> bool:
    told = [facts(0, case.text), facts(1, convert(case.more["other"], script))]
    return len(list(cluster_agreements(told).joined())) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_pairs_precision_and_recall(script: str, matcher: OrganisationMatcher, gazetteers: Gazetteers) -> None:
    answers = [(case, one_organisation(case, script, matcher, gazetteers)) for case in ORGANISATIONS]
    answers += [(case, one_agreement(case, script)) for case in AGREEMENTS]
    clear = [(case, one) for case, one in answers if case.expected != ("borderline",)]
    right = [case.id for case, one in clear if one and case.expected == ("same",)]
    wrong = [case.id for case, one in clear if one and case.expected == ("different",)]
    missed = [case.id for case, one in clear if not one and case.expected == ("same",)]
    assert len(right) / (len(right) + len(wrong)) >= 0.99, wrong
    assert len(right) / (len(right) + len(missed)) >= 0.95, missed


def test_pairs_order_changes_nothing(matcher: OrganisationMatcher, gazetteers: Gazetteers) -> None:
    """All names of the table in one corpus, told in two orders."""
    bodies = []
    for number, case in enumerate(ORGANISATIONS):
        for side, (name, region) in enumerate(((case.text, case.more["region"]), (case.more["other"], case.more["other_region"]))):
            bodies.append(gazetteers.body(2 * number + side, fold(name), case.more["type"], region or None))  # type: ignore[arg-type]
    one = sorted(sorted(members) for members in matcher.cluster(bodies).joined())
    other = sorted(sorted(members) for members in matcher.cluster(bodies[::-1]).joined())
    assert one == other
    told = [facts(2 * i + side, text) for i, case in enumerate(AGREEMENTS) for side, text in enumerate((case.text, case.more["other"]))]
    there, back = (sorted(sorted(m) for m in cluster_agreements(order).joined()) for order in (told, told[::-1]))
    assert there == back


# Every fifth pair also goes through a whole run.
@pytest.mark.parametrize("case", [c for c in ORGANISATIONS if c.expected != ("borderline",)][::5], ids=attrgetter("id"))
def test_organisations_are_one_or_two_in_a_run(tmp_path: Path, case: Case) -> None:
    told = [
        organisation(name, place or None, case.more["type"])
        for name, place in ((case.text, case.more["region"]), (case.more["other"], case.more["other_region"]))
    ]
    days = ["2018-03-08", "2018-03-09"]
    articles = [Article(name, [one], day) for name, one, day in zip("ab", told, days, strict=True)]
    out = run_script(tmp_path / "out", articles)
    records = rows(out, "organisations")
    assert len(records) == {"same": 1, "different": 2}[case.expected[0]], [r["name"] for r in records]
    assert sorted(len(m["records"]) for m in rows(out, "mentions")) == [1, 1]  # type: ignore[arg-type]
    if case.expected[0] == "same":
        (record,) = records
        assert record["mention_count"] == record["article_count"] == 2
        assert len(record["also_ids"]) == len(record["merged_because"])  # type: ignore[arg-type]


def test_pairs_are_enough_and_of_all_kinds() -> None:
    answers = [case.expected[0] for case in CASES]
    assert len(answers) >= 400
    assert min(answers.count("same"), answers.count("different")) >= 150
    assert answers.count("borderline") >= 10
