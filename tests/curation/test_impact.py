"""lexicon impact: the articles told beforehand are those that a run works on."""

import json
import shutil
from pathlib import Path

import pytest

from jianbao.curation.impact import impact
from jianbao.output import NotAnOutputError
from jianbao.resources import lexicon_directory
from tests.cli.test_main import call, plain
from tests.revised import Revised, edit, with_field


@pytest.fixture
def lexicons(tmp_path: Path) -> Path:
    return Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))


def sources(old: Path, new: Path, out: Path) -> list[str]:
    return [article.source for article in impact(old, new, out).articles]


def test_impact_of_no_change_is_none(revised: Revised, lexicons: Path) -> None:
    report = impact(lexicon_directory(), lexicons, revised.before)
    assert (report.changes, report.articles, report.everything, report.share) == ([], [], None, 0)
    assert report.total == 6


@pytest.mark.parametrize(
    ("name", "identity", "field", "value", "expected"),
    [
        ("organisations_knowledge", "清华大学", "type", "other", ["taught.txt"]),
        ("organisations_knowledge", "清华大学", "en", "Another", []),
        ("organisations_knowledge", "清华大学", "variants", "江海远帆", ["visited.txt"]),
        ("regions_china", "430700", "parent", "220000", ["signed.txt"]),
        ("regions_china", "330000", "level", "county", ["planned.txt", "signed.txt"]),  # 杭州 lies in it, and 湖 may be 湖州
    ],
    ids=["type", "english", "variant", "parent", "from_afar"],
)
def test_impact_of_one_entry(name: str, identity: str, field: str, value: str, expected: list[str], revised: Revised, lexicons: Path) -> None:
    if identity == "清华大学":
        rows = (lexicons / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        identity = next(row.split(",")[0] for row in rows if ",清华大学," in row)
    edit(lexicons, name, with_field(identity, field, value))
    assert sources(lexicon_directory(), lexicons, revised.before) == expected
    assert sources(lexicons, lexicon_directory(), revised.before) == expected


def test_impact_of_another_fold_table_is_everything(revised: Revised, lexicons: Path) -> None:
    with (lexicons / "fold.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    report = impact(lexicon_directory(), lexicons, revised.before)
    assert report.everything == "the fold table differs"
    assert report.share == 1


def test_impact_needs_a_state(revised: Revised, lexicons: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(revised.before, tmp_path / "out"))
    shutil.rmtree(out / ".jianbao")
    with pytest.raises(NotAnOutputError, match="run `jianbao extract` on it once more"):
        impact(lexicon_directory(), lexicons, out)


def test_impact_command(revised: Revised, lexicons: Path) -> None:
    edit(lexicons, "regions_china", with_field("430700", "parent", "220000"))
    said = call("lexicon", "impact", lexicon_directory(), lexicons, revised.before)
    assert "signed.txt" in said.stdout
    assert "changed: parent" in plain(said.stdout)
    assert plain(said.stderr) == "1 of 6 articles (16.67%) would be worked on again, for 1 changed entry"
    told = json.loads(call("lexicon", "impact", lexicon_directory(), lexicons, revised.before, "--format", "json").stdout)
    assert [article["entries"] for article in told["articles"]] == [["regions_china:430700"]]
    assert (told["total"], told["touched"], told["everything"]) == (6, 1, None)
    call("lexicon", "impact", lexicon_directory(), lexicons, lexicons, expected=2)
