"""What editors say in lexicons/merges.yaml forces a merge or forbids one."""

import shutil
from pathlib import Path

import pytest

from jianbao import lexicon
from jianbao.dedupe.agreements import AgreementFacts, cluster_agreements
from jianbao.dedupe.organisations import Body, Gazetteers, OrganisationMatcher
from jianbao.lexicon import Lexicon, LexiconError, load_lexicon
from jianbao.resources import lexicon_directory, lexicons_from

HEAD = "label: merge\nentries:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of lexicons whose merges may be written."""
    shutil.copytree(lexicon_directory(), tmp_path / "lexicons")
    return tmp_path / "lexicons"


def merges(folder: Path, entries: str) -> Lexicon:
    (folder / "merges.yaml").write_text(HEAD + entries, encoding="utf-8")
    lexicon._load.cache_clear()  # a folder is read once
    with lexicons_from(folder):
        return load_lexicon("merges")


def one(words: Lexicon, *names: str) -> bool:
    bodies = [Body(number, name, "company", None) for number, name in enumerate(names)]
    joined = list(OrganisationMatcher(Gazetteers([words])).cluster(bodies).joined())
    return joined != [] and len(joined[0]) == len(names)


def test_merges_force_and_forbid_organisations(folder: Path) -> None:
    alike = ("海岸动力电池有限公司", "海岸动力电池")
    unlike = ("海岸动力电池有限公司", "蓝岸电源")
    silent = merges(folder, "- {id: x, hans: 丙, hant: 丙, kind: organisation, source: test}\n")
    assert one(silent, *alike)
    assert not one(silent, *unlike)
    apart = "- {id: x, hans: 海岸动力电池有限公司, hant: 海岸動力電池有限公司, kind: organisation, different: [海岸動力電池], source: test}\n"
    assert not one(merges(folder, apart), *alike)
    together = "- {id: x, hans: 海岸动力电池有限公司, hant: 海岸動力電池有限公司, kind: organisation, same: [蓝岸电源], source: test}\n"
    assert one(merges(folder, together), *unlike)


def test_merges_name_records_by_id(folder: Path) -> None:
    named = merges(
        folder, '- {id: x, hans: "o:0000000000000000", hant: "o:0000000000000000", kind: organisation, same: ["o:0000000000000001"], source: test}\n'
    )
    assert one(named, "海岸动力电池有限公司", "蓝岸电源")


def test_merges_force_and_forbid_agreements(folder: Path) -> None:
    def told(number: int, title: str) -> AgreementFacts:
        return AgreementFacts(number, "policy_document", title, frozenset(), None, frozenset(), None, frozenset([number]))

    plan, again, other = told(0, "吉林省冰雪产业发展规划纲要"), told(1, "吉林省冰雪产业发展规划纲要"), told(2, "冰雪十条")
    apart = "- {id: x, hans: 吉林省冰雪产业发展规划纲要, hant: 吉林省冰雪產業發展規劃綱要, kind: agreement, different: [吉林省冰雪产业发展规划纲要], source: test}\n"
    together = "- {id: x, hans: 吉林省冰雪产业发展规划纲要, hant: 吉林省冰雪產業發展規劃綱要, kind: agreement, same: [冰雪十条], source: test}\n"
    assert len(list(cluster_agreements([plan, again]).joined())) == 1
    assert len(list(cluster_agreements([plan, again], merges(folder, apart)).joined())) == 0
    assert len(list(cluster_agreements([plan, other]).joined())) == 0
    assert len(list(cluster_agreements([plan, other], merges(folder, together)).joined())) == 1


def test_merges_mistake_names_its_line(folder: Path) -> None:
    with pytest.raises(LexiconError, match=r"merges\.yaml:3:"):
        merges(folder, "- {id: x, hans: 丙, hant: 丙, kind: firm, source: test}\n")
