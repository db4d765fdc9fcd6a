"""The command line: one clear message for what goes wrong, exit codes, data on stdout and everything else on stderr."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner, Result

import jianbao as package
from jianbao.cli.main import app
from jianbao.records import FILES, RECORDS
from jianbao.resources import lexicon_directory
from tests.samples import ARTICLES, HANS, contents, environment, jianbao, rows, write_articles

COMMANDS = [
    [],
    *(
        [name, sub] if sub else [name]
        for name, command in sorted(typer.main.get_command(app).commands.items())  # type: ignore[attr-defined]
        for sub in sorted(getattr(command, "commands", [""]))
    ),
]


def call(*arguments: str | Path, expected: int = 0) -> Result:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == expected, f"{result.output}\n{result.stderr}\n{result.exception!r}"
    return result


def plain(text: str) -> str:
    """What is said, without frames and line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", click.unstyle(text)).split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "news", {"a.txt": HANS.encode()})


@pytest.fixture
def extract(small_pipeline_file: Path, tmp_path: Path) -> list[str | Path]:
    """The arguments of a quick extraction."""
    return ["extract", "-o", tmp_path / "out", "--pipeline", small_pipeline_file, "--workers", "1"]


# ---- help and version -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS[1:], ids="-".join)
def test_help_has_an_example_that_names_its_command(command: list[str]) -> None:
    said = plain(call(*command, "--help").stdout)
    assert f"jianbao {' '.join(command)}" in said.partition("Example")[2]


def test_help_lists_every_command() -> None:
    said = plain(call("--help").stdout)
    for command in ("extract", "records", "show", "export", "evaluate", "diff", "schema", "lexicon"):
        assert command in said


def test_version() -> None:
    assert re.fullmatch(r"jianbao \d+\.\d+\.\d+\n", call("--version").stdout)


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["extract"], ["extract", "--nonsense"], ["records", "nonsense"], ["export", "--format", "pdf"]], ids="-".join
)
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    result = call(*arguments, expected=2)
    assert result.stdout == ""
    assert "Error" in result.stderr or "Usage" in result.stderr


# ---- extract ----------------------------------------------------------------------------------------------------------


def test_extract_says_what_it_found(folder: Path, extract: list[str | Path], tmp_path: Path) -> None:
    result = call(*extract, folder)
    assert len(rows(tmp_path / "out", "articles")) == 1
    assert re.search(r"dates\s+│\s+2 │\s+2", result.stdout)
    assert "extracting" not in result.stdout
    assert "extracting" in result.stderr


def test_extract_quiet_says_nothing(folder: Path, extract: list[str | Path]) -> None:
    result = call(*extract, folder, "-q")
    assert (result.stdout, result.stderr) == ("", "")


def test_extract_with_errors_is_fine_unless_strict(folder: Path, extract: list[str | Path], tmp_path: Path) -> None:
    write_articles(folder, {"empty.txt": b"", "other.zzz": b"x"})
    said = call(*extract, folder).stdout
    assert "empty.txt" in said
    assert [row["error"] for row in rows(tmp_path / "out", "errors")] == ["empty file", "skipped"]
    call(*extract, folder, "--strict", expected=1)
    assert len(rows(tmp_path / "out", "articles")) == 1, "the output is written all the same"


def test_extract_strict_takes_no_offence_at_what_is_no_article(folder: Path, extract: list[str | Path]) -> None:
    write_articles(folder, {"other.zzz": b"x"})
    call(*extract, folder, "--strict")


def test_extract_takes_fields_encoding_and_day(tmp_path: Path, extract: list[str | Path]) -> None:
    folder = write_articles(tmp_path / "news", {"a.jsonl": json.dumps({"body": HANS, "key": 1}).encode(), "b.txt": HANS.encode("gb18030")})
    call(*extract, folder / "a.jsonl", "--field", "text=body", "--field", "id=key", "--published", "2018-03-08")
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["source"], article["published"]) == ("a.jsonl#1", "2018-03-08")
    call(*extract, folder / "b.txt", "--encoding", "gb18030")
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["text"], article["encoding"]) == (HANS, "gb18030")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{tmp}/nowhere"], "no such file or folder"),
        (["{tmp}/nowhere/*.txt"], "no file fits this pattern"),
        (["{tmp}/empty"], "the folder is empty"),
        (["{tmp}/other.zzz"], "nothing to read"),
        (["{tmp}/news", "--published", "30.3.2018"], "write it as 2018-03-30"),
        (["{tmp}/news", "--encoding", "nonsense"], "there is no encoding"),
        (["{tmp}/news", "--field", "body"], "text=body"),
        (["{tmp}/news", "--field", "nothing=body"], "no field nothing"),
        (["{tmp}/news", "--lexicons", "{tmp}/nowhere"], "no such folder"),
        (["{tmp}/news", "--lexicons", "{tmp}/empty"], "fold.yaml"),
        (["{tmp}/news", "--workers", "-1"], "workers"),
        (["{tmp}/news", "--pipeline", "{tmp}/nowhere.cfg"], "no such pipeline"),
        (["{tmp}/news", "--pipeline", "{tmp}/bad.cfg"], "bad.cfg"),
        (["{tmp}/news", "-o", "{tmp}/other.zzz"], "is a file"),
        (["{tmp}/news", "-o", "{tmp}/news"], "output folder"),
        (["{tmp}/news", "-o", "{tmp}"], "output folder"),
        (["{tmp}/news", "-o", "{tmp}/foreign"], "holds notes.xlsx"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_extract_wrong_use_is_one_message_and_exit_code_2(
    folder: Path, extract: list[str | Path], tmp_path: Path, arguments: list[str], words: str
) -> None:
    write_articles(tmp_path, {"other.zzz": b"x", "bad.cfg": b"[nlp\n", "foreign/notes.xlsx": b"x"})
    (tmp_path / "empty").mkdir()
    before = contents(tmp_path)
    result = call(*extract, *(a.format(tmp=tmp_path) for a in arguments), expected=2)
    assert words in plain(result.stderr)
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert contents(tmp_path) == before


def test_extract_mistake_in_a_lexicon_is_told_with_its_place(folder: Path, extract: list[str | Path], tmp_path: Path) -> None:
    own = Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))
    (own / "units.yaml").write_text("label: unit\nentries:\n- id: jin\n  hans: 斤\n  hant: 斤\n  dimension: weight\n", encoding="utf-8")
    said = call(*extract, folder, "--lexicons", own, expected=2).stderr
    assert f"{own / 'units.yaml'}:6:14: dimension: " in said
    assert f"{own / 'units.yaml'}:3:1: source: " in said


def test_extract_full_disk_is_one_message(folder: Path, extract: list[str | Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/disk/out")

    monkeypatch.setattr("jianbao.cli.extraction.run_extraction", fail)
    result = call(*extract, folder, expected=2)
    assert plain(result.stderr).endswith("jianbao: /disk/out: No space left on device")


def test_extract_interrupted_is_no_success(folder: Path, extract: list[str | Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jianbao.cli.extraction.run_extraction", interrupt)
    result = CliRunner().invoke(app, list(map(str, [*extract, folder])))
    assert result.exit_code not in (0, 2)
    assert not (tmp_path / "out").exists()


def test_command_in_a_process_of_its_own(articles: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    done = jianbao("extract", articles, "-o", tmp_path / "out", "--pipeline", small_pipeline_file, "--workers", "1")
    assert "dates" in done.stdout
    assert "extracting" in done.stderr
    assert len({str(row["source"]).partition("#")[0] for row in rows(tmp_path / "out", "articles")}) == len(ARTICLES)


# ---- records ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", RECORDS)
def test_records_jsonl_are_the_lines_of_the_file(output: Path, stem: str) -> None:
    result = call("records", stem, "-o", output, "--jsonl")
    assert result.stdout == (output / f"{stem}.jsonl").read_text(encoding="utf-8")
    assert result.stderr == ""


@pytest.mark.parametrize("stem", RECORDS)
def test_records_table_has_every_record(output: Path, stem: str) -> None:
    said = call("records", stem, "-o", output).stdout
    for row in rows(output, stem):
        assert str(row["id"])[:6] in said


@pytest.mark.parametrize(
    ("stem", "where", "holds"),
    [
        ("organisations", ["type=government"], lambda r: r["type"] == "government"),
        ("organisations", ["type!=government"], lambda r: r["type"] != "government"),
        ("regions", ["name.hans=浙江省"], lambda r: r["name"]["hans"] == "浙江省"),
        ("regions", ["name~吉林"], lambda r: "吉林" in json.dumps(r["name"], ensure_ascii=False)),
        ("regions", ["code>=33"], lambda r: r["code"] >= "33"),
        ("regions", ["mention_count>=4"], lambda r: r["mention_count"] >= 4),
        ("regions", ["mention_count<=10"], lambda r: r["mention_count"] <= 10),
        ("regions", ["mention_count=10"], lambda r: r["mention_count"] == 10),
        ("regions", ["mention_count=4.0"], lambda r: r["mention_count"] == 4),
        ("regions", ["mention_count>=4", "code!=330000"], lambda r: r["mention_count"] >= 4 and r["code"] != "330000"),
        ("figures", ["amount=30000000"], lambda r: r["amount"] == 30000000),
        ("figures", ["amount>=3e7"], lambda r: r["amount"] is not None and r["amount"] >= 30000000),
        ("figures", ["amount<=40000"], lambda r: r["amount"] is not None and r["amount"] <= 40000),
        ("figures", ["per="], lambda r: not r["per"]),
        ("figures", ["per!="], lambda r: bool(r["per"])),
        ("figures", ["role>=a"], lambda r: r["role"] is not None),
        ("dates", ["edtf>=2019"], lambda r: r["edtf"] >= "2019"),
        ("dates", ["edtf~2018"], lambda r: "2018" in r["edtf"]),
        ("dates", [" edtf = 2018-03-07 "], lambda r: r["edtf"] == "2018-03-07"),
        ("dates", ["edtf!=2018~03>=07"], lambda r: r["edtf"]),
        ("agreements", ["parties~浙江省"], lambda r: "浙江省" in json.dumps(r["parties"], ensure_ascii=False)),
        ("agreements", ["title="], lambda r: not r["title"]),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else v if isinstance(v, str) else "",
)
def test_records_where_chooses(output: Path, stem: str, where: list[str], holds: object) -> None:
    options = [part for test in where for part in ("--where", test)]
    found = [json.loads(line) for line in call("records", stem, "-o", output, "--jsonl", *options).stdout.splitlines()]
    assert found == [row for row in rows(output, stem) if holds(row)]  # type: ignore[operator]


def test_records_where_compares_decimals_exactly(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "out")
    row = {**rows(output, "figures")[0], "low": None, "high": None}
    lines = [
        json.dumps({**row, "amount": None}).replace('"amount": null', f'"amount": {n}')
        for n in ("42.75", "0.1", "9007199254740993", "9007199254740992")
    ]
    (tmp_path / "out" / "figures.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def amounts(where: str) -> list[str]:
        found = call("records", "figures", "-o", tmp_path / "out", "--jsonl", "--where", where).stdout.splitlines()
        return [re.search(r'"amount":([^,]*)', line)[1] for line in found]  # type: ignore[index]

    assert amounts("amount=42.75") == ["42.75"]
    assert amounts("amount=42.750") == ["42.75"]
    assert amounts("amount<=0.1") == ["0.1"]
    assert amounts("amount>=9007199254740993") == ["9007199254740993"]
    assert amounts("amount!=0.1") == ["42.75", "9007199254740993", "9007199254740992"]
    assert amounts("amount~2.7") == ["42.75"]


@pytest.mark.parametrize(
    ("where", "words"),
    [("nothing=1", "fields are id"), ("type", "FIELD=VALUE"), ("=1", "FIELD=VALUE"), ("type<3", "FIELD=VALUE"), ("", "FIELD=VALUE")],
)
def test_records_where_that_cannot_be_asked(output: Path, where: str, words: str) -> None:
    assert words in plain(call("records", "organisations", "-o", output, "--where", where, expected=2).stderr)


def test_records_limit(output: Path) -> None:
    assert len(call("records", "dates", "-o", output, "--jsonl", "--limit", "2").stdout.splitlines()) == 2
    assert len(call("records", "dates", "-o", output, "--jsonl", "--limit", "0").stdout.splitlines()) == len(rows(output, "dates"))


def test_records_agreements_are_the_first_in_reading_order(output: Path) -> None:
    told = sorted(rows(output, "agreements"), key=lambda row: (row["first_seen"] or "9999", row["id"]))
    said = call("records", "agreements", "-o", output, "--limit", "2").stdout
    assert [row["id"] in said for row in told] == [True, True] + [False] * (len(told) - 2)


# ---- show, export, evaluate, schema --------------------------------------------------------------------------


def test_show_prints_the_article_and_its_mentions(output: Path) -> None:
    said = call("show", "hans.txt", "-o", output).stdout
    assert "总投资3000万元" in said
    assert "amount=30000000" in said
    assert call("show", str(package.load(output).article("hans.txt").article.id), "-o", output).stdout == said


@pytest.mark.parametrize(("article", "words"), [("nowhere.txt", "no such article"), (".txt", "several articles")])
def test_show_what_is_not_there(output: Path, article: str, words: str) -> None:
    assert words in plain(call("show", article, "-o", output, expected=2).stderr)


@pytest.mark.parametrize("command", [["records", "regions"], ["show", "a"], ["export"], ["evaluate", "gold"]], ids="-".join)
def test_missing_output_is_told(tmp_path: Path, command: list[str]) -> None:
    said = plain(call(*command, "-o", tmp_path / "nowhere", expected=2).stderr)
    assert "nowhere" in said
    assert "jianbao extract" in said


def test_export_says_what_it_wrote(output: Path, tmp_path: Path) -> None:
    said = call("export", "-o", output, "--to", tmp_path / "csv").stdout.split()
    assert said == [str(tmp_path / "csv" / f"{stem}.csv") for stem in FILES]
    assert all(Path(path).is_file() for path in said)
    said = call("export", "-o", output, "--format", "xlsx", "--to", tmp_path / "a.xlsx", "--kind", "regions").stdout.split()
    assert said == [str(tmp_path / "a.xlsx")]


def test_export_stands_beside_the_output(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(output, tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    call("export", "-o", ".", "--kind", "regions")
    call("export", "-o", ".", "--kind", "regions", "--format", "xlsx")
    assert {path.name for path in tmp_path.iterdir()} == {"out", "out-csv", "out.xlsx"}


def test_export_where_nothing_can_be_written(output: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file" in plain(call("export", "-o", output, "--to", tmp_path / "file", expected=2).stderr)
    assert "is a folder" in plain(call("export", "-o", output, "--format", "xlsx", "--to", tmp_path, expected=2).stderr)


@pytest.fixture
def gold(output: Path, tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    mentions = [row for row in rows(output, "mentions") if row["source"] == "2018/hans.txt" and row["kind"] == "date"]
    (tmp_path / "gold" / "mentions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in mentions), encoding="utf-8")
    (tmp_path / "gold" / "agreements.jsonl").write_text("")
    return tmp_path / "gold"


def test_evaluate_prints_scores_and_differences(output: Path, gold: Path) -> None:
    said = call("evaluate", gold, "-o", output).stdout
    assert re.search(r"date\s+│\s+2\s+│\s+2\s+│\s+1\.000\s+│\s+1\.000\s+│\s+1\.000", said)
    assert "extra" not in said
    assert "extra" in call("evaluate", gold, "-o", output, "--differences").stdout


def test_evaluate_below_the_floor_is_exit_code_1(output: Path, gold: Path) -> None:
    call("evaluate", gold, "-o", output, "--min", "0.99")
    lines = (gold / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[0])
    wrong = {**row, "end": row["end"] - 1, "text": row["text"][:-1]}
    (gold / "mentions.jsonl").write_text("\n".join([json.dumps(wrong), *lines[1:]]) + "\n", encoding="utf-8")
    assert "date below 0.99" in plain(call("evaluate", gold, "-o", output, "--min", "0.99", expected=1).stderr)
    call("evaluate", gold, "-o", output, "--not-below", output)


def test_evaluate_below_another_output_is_exit_code_1(output: Path, articles: Path, gold: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    worse = tmp_path / "worse"
    small = small_pipeline_file.read_text(encoding="utf-8").replace('"dates",', "").replace('"resolved_dates",', "")
    (tmp_path / "figures.cfg").write_text(small, encoding="utf-8")
    call("extract", articles, "-o", worse, "--pipeline", tmp_path / "figures.cfg", "--workers", "1")
    said = plain(call("evaluate", gold, "-o", worse, "--not-below", output, expected=1).stderr)
    assert "date F1 0.0000, before 1.0000" in said
    call("evaluate", gold, "-o", output, "--not-below", worse)


def test_evaluate_broken_gold_is_told_with_its_line(output: Path, gold: Path) -> None:
    (gold / "mentions.jsonl").write_text("{\n", encoding="utf-8")
    assert f"{gold / 'mentions.jsonl'}:1: not JSON" in call("evaluate", gold, "-o", output, expected=2).stderr


def test_schema_prints_one_or_all_or_writes_them(tmp_path: Path) -> None:
    assert json.loads(call("schema", "mentions").stdout)["title"] == "MentionRecord"
    assert set(FILES) < set(json.loads(call("schema").stdout))
    call("schema", "--to", tmp_path / "schemas")
    assert json.loads((tmp_path / "schemas" / "mentions.json").read_bytes())["title"] == "MentionRecord"
    assert "schemas are articles" in plain(call("schema", "nonsense", expected=2).stderr)


def test_cli_worker_processes_load_no_commands_and_no_database() -> None:
    code = (
        "import sys; import jianbao.cli; import jianbao.__main__; from jianbao.engines import local\n"
        "print(sorted({'typer', 'rich', 'duckdb', 'rapidfuzz', 'jianbao.cli.main', 'jianbao.run'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment(), timeout=120)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["--help"], ["records", "regions"], ["schema"]], ids=" ".join)
def test_cli_loads_neither_spacy_nor_pandas_to_read(arguments: list[str], output: Path) -> None:
    code = (
        "import sys; from jianbao.cli.main import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(sorted({'spacy', 'thinc', 'pandas', 'rjieba', 'openpyxl', 'trafilatura'} & set(sys.modules)))"
    )
    there = ["-o", str(output)] if "records" in arguments else []
    done = subprocess.run([sys.executable, "-c", code, *arguments, *there], capture_output=True, check=True, env=environment(), timeout=120)
    assert done.stdout.decode().splitlines()[-1] == "[]"
