"""`jianbao diff`: formats on stdout, exit codes, and one message for what is no output."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jianbao.cli.main import app
from jianbao.comparison import Comparison
from tests.revised import Revised


def diff(*arguments: str | Path, expected: int = 0) -> Result:
    result = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    assert result.exit_code == expected, f"{result.output}\n{result.exception!r}"
    return result


def test_diff_is_a_table(revised: Revised) -> None:
    result = diff(revised.before, revised.both)
    assert "org:江海远帆 added" in result.stdout
    assert result.stderr == ""


def test_diff_json_is_one_object(revised: Revised) -> None:
    told = Comparison.model_validate_json(diff(revised.before, revised.both, "--format", "json").stdout)
    assert told.different


def test_diff_markdown(revised: Revised) -> None:
    said = diff(revised.before, revised.both, "--format", "markdown").stdout
    assert said.startswith("### ")
    assert said.endswith("</details>\n")


@pytest.mark.parametrize("format_", ["table", "json", "markdown"])
def test_diff_exit_code(revised: Revised, format_: str) -> None:
    diff(revised.before, revised.both, "--format", format_)
    diff(revised.before, revised.both, "--format", format_, "--exit-code", expected=1)
    diff(revised.before, revised.before, "--format", format_, "--exit-code")


def test_diff_exit_code_is_of_the_kinds_asked_for(revised: Revised) -> None:
    diff(revised.before, revised.lexicons, "--exit-code", "--kind", "dates", "--kind", "articles")
    diff(revised.before, revised.lexicons, "--exit-code", "--kind", "organisations", expected=1)


def test_diff_kind_and_limit(revised: Revised) -> None:
    told = json.loads(diff(revised.before, revised.both, "--format", "json", "--kind", "organisations", "--limit", "1").stdout)
    assert told["kinds"] == ["organisations"]
    assert {c["kind"] for c in told["changes"]["records"]} == {"organisations"}
    assert [c["change"] for c in told["changes"]["records"]].count("changed") == 1
    assert told["counts"][0]["changed"] == 2


def test_diff_twice_is_the_same_bytes(revised: Revised) -> None:
    for format_ in ("json", "markdown", "table"):
        arguments = (revised.before, revised.both, "--format", format_)
        assert diff(*arguments).stdout_bytes == diff(*arguments).stdout_bytes


@pytest.mark.parametrize("place", [0, 1], ids=["old", "new"])
@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_diff_of_what_is_no_output_is_wrong_use(revised: Revised, tmp_path: Path, place: int, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    folders = [revised.before, revised.before]
    folders[place] = tmp_path / name
    result = diff(*folders, "--exit-code", expected=2)
    said = " ".join(result.stderr.split())
    assert str(tmp_path / name) in said.replace(" ", "")
    assert "name the folders that `jianbao extract … -o` wrote" in said
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["--kind", "mentions"], ["--format", "html"], ["--limit", "-1"], ["third"]], ids=" ".join)
def test_diff_wrong_options(revised: Revised, arguments: list[str]) -> None:
    assert diff(revised.before, revised.before, *arguments, expected=2).stdout == ""


def test_diff_help_has_examples() -> None:
    said = " ".join(diff("--help").stdout.split())
    assert said.count("jianbao diff out.before out") >= 2
    assert "--exit-code" in said
