"""Runs on an output that is there: only what changed is worked on, with the same bytes as a run from nothing, whatever changed and whenever a run was killed."""

import json
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.engines.local import LocalEngine
from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.pipeline import PipelineError
from jianbao.resources import lexicon_directory
from jianbao.run import RunOptions, RunReport, run
from jianbao.stages import read as reading
from jianbao.stages.write import OutputError
from tests.edits import EDITS, OPERATIONS, Edit, trimmed_lexicons
from tests.samples import COMMAND, HANS, HANT, contents, rows, write_articles

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The heads of the corpus' articles, and a file of records."""
    found = {f"{path.stem}.txt": path.read_bytes().decode("utf-8", "ignore")[:500].encode() for path in sorted(CORPUS.glob("*.txt"))}
    records = [
        {"id": str(n), "date": f"2018-03-0{n + 1}", "outlet": outlet, "text": text}
        for n, (outlet, text) in enumerate((("吉林日报", HANS), ("聯合報", HANT), ("", HANS + HANT)))
    ]
    found["wire.jsonl"] = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    return write_articles(tmp_path_factory.mktemp("texts"), found)


@pytest.fixture(scope="module", autouse=True)
def short_parts() -> Iterator[None]:
    """A file of records is read in several parts, of which a run again may need some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PART_SIZE", 300)
        yield


@pytest.fixture(scope="session")
def few_lexicons(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lexicons with little more than the names in `texts`."""
    return trimmed_lexicons(
        lexicon_directory(),
        tmp_path_factory.mktemp("lexicons") / "few",
        "".join(path.read_text(encoding="utf-8") for path in sorted(texts.iterdir())),
    )


@pytest.fixture(scope="module")
def first_output(texts: Path, few_lexicons: Path, short_parts: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first run makes of `texts`. Not to be changed."""
    out = tmp_path_factory.mktemp("first") / "out"
    run([texts], out, RunOptions(lexicons=few_lexicons, workers=1))
    return out


def copy(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)  # with the times of its files, as a cache keeps them
    return target


# ---- the property -------------------------------------------------------------------------------------------------------


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(rounds=st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=2))
def test_run_again_gives_the_bytes_of_a_run_from_nothing(rounds: list[list[Edit]], texts: Path, few_lexicons: Path, first_output: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles, lexicons, out = copy(texts, folder / "articles"), copy(few_lexicons, folder / "lexicons"), copy(first_output, folder / "out")
        options = RunOptions(lexicons=lexicons, workers=1)
        for edits in rounds:
            for edit in edits:
                edit.apply(lexicons, articles)
            try:
                run([articles], folder / "anew", options)
            except (LexiconError, FoldError, PipelineError):
                before = contents(out)
                with pytest.raises((LexiconError, FoldError, PipelineError)):
                    run([articles], out, options)
                assert contents(out) == before
                return
            run([articles], out, options)
            assert contents(out) == contents(folder / "anew")
            shutil.rmtree(folder / "anew")


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_each_operation_changes_something(operation: str, texts: Path, few_lexicons: Path, tmp_path: Path) -> None:
    articles, lexicons = copy(texts, tmp_path / "articles"), copy(few_lexicons, tmp_path / "lexicons")
    before = contents(articles), contents(lexicons)
    for seed in range(8):
        Edit(operation, seed).apply(lexicons, articles)
    assert (contents(articles), contents(lexicons)) != before


# ---- how much is worked on ----------------------------------------------------------------------------------------------


@pytest.fixture
def changing(texts: Path, few_lexicons: Path, first_output: Path, tmp_path: Path) -> "Changing":
    return Changing(copy(texts, tmp_path / "articles"), copy(few_lexicons, tmp_path / "lexicons"), copy(first_output, tmp_path / "out"))


class Changing:
    """An output with the articles and lexicons that it was made of, to be changed."""

    def __init__(self, articles: Path, lexicons: Path, out: Path) -> None:
        self.articles, self.lexicons, self.out = articles, lexicons, out

    def run(self, **options: object) -> RunReport:
        return run([self.articles], self.out, RunOptions(**{"lexicons": self.lexicons, "workers": 1, **options}))  # type: ignore[arg-type]

    def add_body(self, hans: str, hant: str) -> None:
        """Adds a firm to a gazetteer."""
        gazetteer = self.lexicons / "organisations_mainland.csv"
        header, *others = gazetteer.read_text(encoding="utf-8").splitlines(keepends=True)
        row = dict.fromkeys(header.strip().split(","), "") | {"id": "zzz_added", "hans": hans, "hant": hant, "type": "company", "source": "test"}
        gazetteer.write_text("".join([header, *others, ",".join(row.values()) + "\n"]), encoding="utf-8")


def test_run_again_without_a_change_works_on_nothing(changing: Changing) -> None:
    before = {path: path.stat().st_mtime_ns for path in changing.out.iterdir()}
    report = changing.run()
    assert report.worked == 0
    assert report.articles > 10
    assert {path: path.stat().st_mtime_ns for path in changing.out.iterdir()} == before


def test_run_again_works_on_a_new_an_edited_and_no_deleted_article(changing: Changing) -> None:
    (changing.articles / "new.txt").write_text(HANS, encoding="utf-8")
    edited, deleted = sorted(changing.articles.glob("*_20*.txt"))[:2]
    edited.write_text(edited.read_text(encoding="utf-8") + "\n另据报道，项目总投资5亿元。\n", encoding="utf-8")
    deleted.unlink()
    report = changing.run()
    sources = {row["source"] for row in rows(changing.out, "articles")}
    assert {"new.txt", edited.name} <= sources
    assert deleted.name not in sources
    assert 2 <= report.worked <= 4  # a page may hold several


def test_run_again_works_on_the_changed_record_of_a_file_of_records(changing: Changing) -> None:
    path = changing.articles / "wire.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[2], '{"id": "new", "text": "2018年投资3亿元。"}\n', lines[0]]), encoding="utf-8")
    assert changing.run().worked == 1


def test_run_again_works_on_the_articles_that_hold_a_new_name(changing: Changing) -> None:
    path = changing.articles / "wire.jsonl"
    record = {"id": "9", "text": "岭澳制铁昨日宣布，2018年投资3亿元。"}
    path.write_text(path.read_text(encoding="utf-8") + json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    assert changing.run().worked == 1
    changing.add_body("岭澳制铁", "嶺澳製鐵")
    assert changing.run().worked == 1
    assert "嶺澳製鐵" in {row["name"]["hant"] for row in rows(changing.out, "organisations")}


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_run_again_reads_a_part_of_a_long_file_as_it_was_read(changing: Changing, suffix: str) -> None:
    texts = ["甲县签约，投资1亿元。" * 12, "岭澳制铁昨日宣布，2018年投资3亿元。" * 8, "乙县签约，投资2亿元。" * 12]
    records = [{"id": "1", "text": text} for text in texts]  # an id that stands in several parts
    lines = [json.dumps(record, ensure_ascii=False) for record in records] if suffix == ".jsonl" else ["id,text", *(f"1,{text}" for text in texts)]
    (changing.articles / f"long{suffix}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert changing.run().worked == 3
    changing.add_body("岭澳制铁", "嶺澳製鐵")
    assert changing.run().worked == 1
    again = contents(changing.out)
    assert changing.run(full=True).worked > 10
    assert contents(changing.out) == again


@pytest.mark.parametrize("what", ["full", "published", "pipeline", "fold", "edited_output", "no_state", "broken_state", "code"])
def test_run_again_works_on_everything_where_everything_may_change(changing: Changing, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, object] = {}
    if what == "full":
        options["full"] = True
    elif what == "published":
        options["published"] = "2018-03-30"
    elif what == "pipeline":
        pipeline = changing.articles.with_name("own.cfg")
        shipped = Path(__file__).parent.parent / "pipelines" / "press.cfg"
        pipeline.write_text("# mine\n" + shipped.read_text(encoding="utf-8"), encoding="utf-8")
        options["pipeline"] = str(pipeline)
    elif what == "fold":
        path = changing.lexicons / "fold.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    elif what == "edited_output":
        with (changing.out / "dates.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n")
    elif what == "no_state":
        shutil.rmtree(changing.out / ".jianbao")
    elif what == "broken_state":
        (changing.out / ".jianbao" / "state.duckdb").write_bytes(b"no database")
    else:
        monkeypatch.setattr("jianbao.state.code_fingerprint", lambda: "another")
    report = changing.run(**options)
    assert report.worked == report.articles > 10


def test_run_again_tries_what_failed_once_more(changing: Changing) -> None:
    broken = changing.articles / "broken.txt"
    broken.write_bytes(b"")
    changing.run()
    assert [row["source"] for row in rows(changing.out, "errors")] == ["broken.txt"]
    report = changing.run()
    assert (report.worked, report.errors) == (0, 1)
    broken.write_text(HANS, encoding="utf-8")
    report = changing.run()
    assert (report.worked, report.errors) == (1, 0)


# ---- interrupted, and side by side --------------------------------------------------------------------------------------


def test_run_again_over_much_input_has_another_process_ready(changing: Changing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.run._LONG", 0)
    asked: list[bool] = []
    begin = LocalEngine.begin
    monkeypatch.setattr(LocalEngine, "begin", lambda engine: (asked.append(True), begin(engine)))
    assert changing.run(workers=2).worked == 0
    assert not asked, "nothing changed"
    changing.add_body("吉浙合作公司", "吉浙合作公司")
    (changing.articles / "new.txt").write_text(HANS.replace("吉林省人民政府", "吉浙合作公司"), encoding="utf-8")
    assert changing.run(workers=2).worked == 1
    assert asked == [True]
    run([changing.articles], tmp_path / "anew", RunOptions(lexicons=changing.lexicons, workers=1))
    assert contents(changing.out) == contents(tmp_path / "anew")


def test_run_killed_at_any_moment_is_run_again_to_the_same_bytes(changing: Changing, tmp_path: Path) -> None:
    Edit("edit_article", 1).apply(changing.lexicons, changing.articles)
    Edit("copy_article", 2).apply(changing.lexicons, changing.articles)
    run([changing.articles], tmp_path / "anew", RunOptions(lexicons=changing.lexicons, workers=1))
    before, after = contents(changing.out), contents(tmp_path / "anew")
    command = [*COMMAND, "extract", changing.articles, "-o", changing.out]
    command += ["--lexicons", changing.lexicons, "--workers", "1", "-q"]
    for moment in (0.3, 0.9, 1.3, 1.6, 1.9, 2.2, 2.5):
        process = subprocess.Popen(command)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        if changing.out.exists():  # between two renames it is not, until the next run
            assert contents(changing.out) in (before, after)
    subprocess.run(command, check=True)
    assert contents(changing.out) == after
    assert {path.name for path in tmp_path.iterdir()} == {"articles", "lexicons", "out", "anew"}


def test_second_run_on_one_output_is_refused(changing: Changing) -> None:
    before = contents(changing.out)
    with FileLock(changing.out.with_name(".out.lock")), pytest.raises(OutputError, match="another run is writing here"):
        changing.run()
    assert contents(changing.out) == before
    assert changing.run().worked == 0
