"""`jianbao lexicon …`: options, exit codes, what is printed where."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from jianbao.curation import check
from jianbao.resources import lexicon_directory
from tests.cli.test_main import call, plain
from tests.scripted import Article, organisation, run_script


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the shipped lexicons."""
    return Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))


@pytest.fixture
def _loaded(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "load_pipeline", lambda **_: nlp)  # it is loaded already; that the shipped examples are found: tests/curation
    monkeypatch.setattr(check.Examples, "check", lambda *_: ())


@pytest.mark.usefixtures("_loaded")
def test_check_of_what_ships() -> None:
    said = call("lexicon", "check")
    assert said.stdout == ""
    assert re.fullmatch(r"\d+ lexicons, \d+ entries: no mistakes", plain(said.stderr))


@pytest.mark.usefixtures("_loaded")
def test_check_warnings_fail_only_when_strict(own: Path) -> None:
    zones = own / "regions_zones.csv"
    zones.write_text(zones.read_text(encoding="utf-8").replace("zone,430182,", "zone,430124,"), encoding="utf-8")
    said = call("lexicon", "check", "--lexicons", own)
    assert said.stdout.startswith(f"{zones}:")
    assert ": warning: parent 430124 of 宁乡" in said.stdout
    assert plain(said.stderr).endswith("entries: 2 warnings")
    assert call("lexicon", "check", "--lexicons", own, "--strict", expected=1).stdout == said.stdout


def test_check_lists_mistakes_with_their_places(own: Path) -> None:
    (own / "units.yaml").write_text("label: unit\nentries: 3\n", encoding="utf-8")
    (own / "regions_china.csv").write_text("code,hans\n220000\n", encoding="utf-8")
    said = call("lexicon", "check", "--lexicons", own, expected=1)
    first, second = said.stdout.splitlines()
    assert first.startswith(f"{own / 'regions_china.csv'}:2:1: error: ")
    assert second.startswith(f"{own / 'units.yaml'}:1:1: error: ")
    assert "2 errors; examples and what the files say of one another are checked once every file loads" in plain(said.stderr)


def test_check_as_json_has_a_line_each(own: Path) -> None:
    (own / "units.yaml").write_text("label: unit\nentries: 3\n", encoding="utf-8")
    (row,) = map(json.loads, call("lexicon", "check", "--lexicons", own, "--format", "json", expected=1).stdout.splitlines())
    assert list(row) == ["file", "line", "column", "severity", "message", "cure"]
    assert (row["file"], row["line"], row["column"], row["severity"]) == (str(own / "units.yaml"), 1, 1, "error")


@pytest.mark.parametrize(
    ("text", "place"),
    [("characters:\n  甲: 乙乙\n", ":2:3: error: "), (None, ": error: No such file"), ("- 甲\n", ":1:1: error: ")],
    ids=["pair", "missing", "list"],
)
def test_check_tells_a_broken_fold_table(own: Path, text: str | None, place: str) -> None:
    (own / "fold.yaml").unlink()
    if text is not None:
        (own / "fold.yaml").write_text(text, encoding="utf-8")
    assert call("lexicon", "check", "--lexicons", own, expected=1).stdout.startswith(f"{own / 'fold.yaml'}{place}")


@pytest.mark.parametrize(
    "arguments",
    [["check", "--lexicons", "nowhere"], ["suggest", "nowhere"], ["suggest", "nowhere", "--least", "0"], ["sort", "nowhere"]],
    ids="-".join,
)
def test_lexicon_wrong_use_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    said = call("lexicon", *(str(tmp_path / a) if a == "nowhere" else a for a in arguments), expected=2)
    assert said.stdout == ""


def test_suggest_prints_rows_and_counts_apart(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [Article("1", [organisation("林墟新材料股份有限公司", "330000")])])
    said = call("lexicon", "suggest", out, "--least", "1", "--format", "csv")
    header, row = csv.reader(io.StringIO(said.stdout))
    assert (header[0], row[0]) == ("id", "org:林墟新材料股份有限公司")
    assert plain(said.stderr).endswith("1 organisation and 0 zones in at least 1 independent reports")
    written = tmp_path / "rows.csv"
    assert call("lexicon", "suggest", out, "--least", "1", "--to", written).stdout == f"{written}\n"
    assert written.read_bytes() == b"\xef\xbb\xbf" + said.stdout_bytes
    assert "林墟新材料" in call("lexicon", "suggest", out, "--least", "1", "--kind", "organisation").stdout
    assert call("lexicon", "suggest", out, "--least", "1", "--kind", "zone", "--format", "csv").stdout == ""


def test_sort_says_what_it_did(tmp_path: Path) -> None:
    path = tmp_path / "regions_x.csv"
    path.write_text("code\nb\na\n", encoding="utf-8")
    assert f"{path}: sorted" in plain(call("lexicon", "sort", path).stderr)
    assert f"{path}: in order already" in plain(call("lexicon", "sort", path).stderr)
