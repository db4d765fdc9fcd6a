"""A whole run: what is written holds together, and nothing but articles, options, lexicons and rules decides a byte of it."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from jianbao.engines import local
from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.pipeline import PipelineError
from jianbao.readers import ReadOptions
from jianbao.records import FILES, KINDS, RECORDS
from jianbao.resources import lexicon_directory
from jianbao.run import RunOptions, run
from jianbao.stages import read as reading
from jianbao.stages.read import InputError
from jianbao.stages.write import OutputError
from tests.samples import ARTICLES, COMMAND, HANS, HANT, contents, environment, jianbao, rows, with_trap, write_articles


def small(pipeline: Path, **options: object) -> RunOptions:
    return RunOptions(str(pipeline), workers=1, **options)  # type: ignore[arg-type]


# ---- what is written --------------------------------------------------------------------------------------------------


def test_run_reads_every_sample(output: Path) -> None:
    sources = {str(row["source"]).partition("#")[0] for row in rows(output, "articles")}
    assert sources == set(ARTICLES)
    assert rows(output, "errors") == []
    assert {row["kind"] for row in rows(output, "mentions")} == set(KINDS)


def test_run_text_is_the_decoded_file(output: Path) -> None:
    texts = {row["source"]: row["text"] for row in rows(output, "articles")}
    for name, data in ARTICLES.items():
        if name.endswith(".txt"):
            assert texts[name] == data.decode("utf-8-sig")


def test_run_mentions_stand_where_they_say(output: Path) -> None:
    articles = {row["id"]: row for row in rows(output, "articles")}
    for mention in rows(output, "mentions"):
        article = articles[mention["article"]]
        text = str(article["text"])
        start, end = mention["start"], mention["end"]
        assert text[start:end] == mention["text"]
        assert mention["source"] == article["source"]
        first, last = mention["sentence"]
        assert 0 <= first <= start < end <= last <= len(text)


def test_run_mentions_nest_and_never_cross(output: Path) -> None:
    mentions = {row["id"]: row for row in rows(output, "mentions")}
    by_article: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions.values():
        by_article.setdefault(mention["article"], []).append(mention)
        if mention["inside"] is not None:
            outer = mentions[mention["inside"]]
            assert outer["article"] == mention["article"]
            assert outer["start"] <= mention["start"]
            assert mention["end"] <= outer["end"]
    for members in by_article.values():
        spans = [(m["start"], m["end"]) for m in members]
        assert not [(a, b) for a in spans for b in spans if a[0] < b[0] < a[1] < b[1]]


def test_run_files_stand_in_order(output: Path) -> None:
    articles = rows(output, "articles")
    assert articles == sorted(articles, key=lambda r: (r["source"], r["source_offset"] or 0))
    place = {row["id"]: i for i, row in enumerate(articles)}
    order = [(place[m["article"]], m["start"], -m["end"], KINDS.index(m["kind"])) for m in rows(output, "mentions")]
    assert all(a < b for a, b in pairwise(order))
    for stem in RECORDS:
        ids = [str(row["id"]) for row in rows(output, stem)]
        assert ids == sorted(set(ids))


def test_run_links_lead_somewhere(output: Path) -> None:
    articles = {row["id"]: str(row["text"]) for row in rows(output, "articles")}
    mentions = {row["id"]: row for row in rows(output, "mentions")}
    records = {row["id"]: (stem, row) for stem in RECORDS for row in rows(output, stem)}
    assert sum(len(RECORDS[stem].model_fields) > 0 for stem, _ in records.values()) == len(records) > 5
    told: dict[str, list[str]] = {}
    for mention in mentions.values():
        for record in mention["records"]:
            assert records[record][0].startswith(str(mention["kind"]))
            told.setdefault(record, []).append(mention["id"])
    for identity, (stem, record) in records.items():
        assert set(record["examples"]) <= set(mentions)
        assert record["mention_count"] == len(told.get(identity, []))
        assert record["article_count"] >= 1
        if stem == "agreements":
            assert all(records[a][0] == "figures" for a in record["amounts"])
            assert all(p["record"] is None or p["record"] in records for p in record["parties"])
            for evidence in record["evidence"]:
                assert articles[evidence["article"]][evidence["start"] : evidence["end"]] == evidence["text"]


def test_run_manifest_counts_what_there_is_and_holds_nothing_of_the_machine(output: Path, articles: Path) -> None:
    text = (output / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    mentions = Counter(f"{mention['kind']}_mentions" for mention in rows(output, "mentions"))
    assert manifest["counts"] == {stem: len(rows(output, stem)) for stem in FILES} | mentions
    assert set(manifest) == {"jianbao", "python_packages", "pipeline", "pipeline_fingerprint", "lexicon_fingerprints", "options", "counts"}
    assert set(manifest["options"]) == {"published", "encoding", "fields"}
    for part in (str(articles), str(output), str(Path.home()), os.uname().nodename, time.strftime("%Y-%m-%d")):
        assert part not in text
    assert "workers" not in text
    assert "fold" in manifest["lexicon_fingerprints"]
    assert set(manifest["lexicon_fingerprints"]) == {path.stem for path in lexicon_directory().iterdir() if path.suffix in (".csv", ".yaml")}


# ---- what decides it --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files for several batches."""
    articles = {f"{i:03}.txt": f"第{i}版\n{HANS if i % 3 else HANT}总投资{i * 7919}万元。\n".encode() for i in range(150)}
    return write_articles(tmp_path_factory.mktemp("many"), articles)


def test_run_output_is_the_same_for_any_number_of_workers(many: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    for workers in (1, 2, 3):
        run([many], tmp_path / str(workers), RunOptions(str(small_pipeline_file), workers=workers))
    one = contents(tmp_path / "1")
    assert len(rows(tmp_path / "1", "mentions")) > 500
    assert contents(tmp_path / "2") == one
    assert contents(tmp_path / "3") == one


def test_run_output_is_the_same_on_another_machine(output: Path, tmp_path: Path) -> None:
    backwards = write_articles(tmp_path / "elsewhere" / "named otherwise", dict(reversed(ARTICLES.items())))
    jianbao("extract", backwards, "-o", tmp_path / "out", "-q", "--workers", "1", PYTHONHASHSEED="1", TZ="Asia/Taipei", LC_ALL="C", PYTHONUTF8="0")
    assert contents(tmp_path / "out") == contents(output)


def test_run_over_an_earlier_output_gives_the_same_bytes(articles: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([articles], out, small(small_pipeline_file))
    before = contents(out)
    run([articles], out, small(small_pipeline_file))
    assert contents(out) == before


def test_run_with_the_output_inside_the_input_reads_it_not(small_pipeline_file: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "news")
    run([folder], folder / "out", small(small_pipeline_file))
    before = contents(folder / "out")
    run([folder], folder / "out", small(small_pipeline_file))
    assert contents(folder / "out") == before


def test_run_long_jsonl_in_parts_gives_the_same_bytes(small_pipeline_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"id": i % 7, "text": HANS.replace("3000", str(i))}, ensure_ascii=False) for i in range(20)] + ["{", ""]
    folder = write_articles(tmp_path / "news", {"a.jsonl": "\n".join(lines).encode()})
    run([folder], tmp_path / "whole", small(small_pipeline_file))
    monkeypatch.setattr(reading, "PART_SIZE", 700)
    assert len(list(reading.cut(reading.list_files([folder])[0], ReadOptions()))) > 3
    run([folder], tmp_path / "parts", small(small_pipeline_file))
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")
    assert len(rows(tmp_path / "whole", "articles")) == 20


def test_run_leaves_the_cycle_collector_as_it_was(small_pipeline_file: Path, tmp_path: Path) -> None:
    before = gc.get_threshold()
    run([write_articles(tmp_path / "news")], tmp_path / "out", small(small_pipeline_file))
    assert gc.get_threshold() == before


def test_run_ends_its_process_in_silence(articles: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from jianbao import extract; [extract(sys.argv[1], sys.argv[2], pipeline=sys.argv[3], workers=1, full=True) for _ in range(2)]"
    )
    given = [str(articles), str(tmp_path / "out"), str(small_pipeline_file)]
    done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, check=True, timeout=120)
    assert done.stderr == b"", "DuckDB reports what is frozen when it goes"


def test_run_names_of_several_inputs_tell_files_apart(small_pipeline_file: Path, tmp_path: Path) -> None:
    for year in ("2018", "2019"):
        write_articles(tmp_path / year, {"a.txt": HANS.encode()})
    report = run([tmp_path / "2018" / "a.txt", tmp_path / "2019" / "a.txt"], tmp_path / "out", small(small_pipeline_file))
    assert report.articles == 2
    articles = rows(tmp_path / "out", "articles")
    assert [row["source"] for row in articles] == ["2018/a.txt", "2019/a.txt"]
    assert len({row["id"] for row in articles}) == 2


def test_run_reports_errors_and_skips_apart(small_pipeline_file: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "news", {"a.txt": HANS.encode(), "b.txt": b"", "c.bin": b"x"})
    report = run([folder], tmp_path / "out", small(small_pipeline_file))
    assert (report.articles, report.errors) == (1, 1)
    assert [(row["source"], row["error"]) for row in rows(tmp_path / "out", "errors")] == [("b.txt", "empty file"), ("c.bin", "skipped")]


def test_run_tells_progress_of_each_batch(articles: Path, small_pipeline_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BATCH_FILES", 4)
    told: list[tuple[int, int]] = []
    run([articles], tmp_path / "out", small(small_pipeline_file), lambda done, total: told.append((done, total)))
    assert told == [(done, len(ARTICLES)) for done in (*range(0, len(ARTICLES), 4), len(ARTICLES))]


# ---- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"published": "30/3/2018"}, "2018-03-30"),
        ({"published": "20180330"}, "2018-03-30"),
        ({"published": "2018-W13-5"}, "2018-03-30"),
        ({"published": ""}, "2018-03-30"),
        ({"encoding": "chinese-2000"}, "gb18030"),
        ({"encoding": "hex"}, "gb18030"),
        ({"fields": {"body": "text"}}, "body"),
        ({"lexicons": Path("nowhere")}, "nowhere"),
        ({"workers": -1}, "workers"),
    ],
    ids=str,
)
def test_run_options_refuse_what_cannot_be_done(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        RunOptions(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "big5hkscs", "utf-16", "utf-32", "GBK"])
def test_run_options_take_encodings(encoding: str) -> None:
    assert RunOptions(encoding=encoding).encoding == encoding


def test_run_options_that_alter_records_stand_in_the_manifest(small_pipeline_file: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "news", {"a.jsonl": json.dumps({"body": HANS}).encode()})
    run([folder], tmp_path / "out", small(small_pipeline_file, published="2018-03-08", fields={"text": "body"}))
    options = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["options"]
    assert options == {"published": "2018-03-08", "encoding": None, "fields": {"text": "body"}}
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["published"], article["published_by"]) == ("2018-03-08", "given")


@pytest.fixture
def own_lexicons(tmp_path: Path) -> Path:
    return Path(shutil.copytree(lexicon_directory(), tmp_path / "lexicons"))


def test_run_takes_lexicons_and_fold_table_from_another_folder(own_lexicons: Path, small_pipeline_file: Path, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "news", {"a.txt": "总投资3000萭元，聯合報訊。".encode()})
    run([folder], tmp_path / "shipped", small(small_pipeline_file))
    fold = own_lexicons / "fold.yaml"
    fold.write_text(fold.read_text(encoding="utf-8").replace("characters:\n", "characters:\n  萭: 万\n", 1), encoding="utf-8")
    run([folder], tmp_path / "own", small(small_pipeline_file, lexicons=own_lexicons))
    assert [m["text"] for m in rows(tmp_path / "own", "mentions")] == ["3000萭元"]
    assert "3000萭元" not in [m["text"] for m in rows(tmp_path / "shipped", "mentions")]
    fingerprints = [json.loads((tmp_path / name / "manifest.json").read_bytes())["lexicon_fingerprints"] for name in ("shipped", "own")]
    assert {name for name in fingerprints[0] if fingerprints[0][name] != fingerprints[1][name]} == {"fold"}


def test_run_stops_at_a_mistake_in_a_lexicon(own_lexicons: Path, small_pipeline_file: Path, articles: Path, tmp_path: Path) -> None:
    units = own_lexicons / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8") + "- {id: zzz, hans: 斤斤}\n", encoding="utf-8")
    line = len(units.read_text(encoding="utf-8").splitlines())
    with pytest.raises(LexiconError, match=rf"units\.yaml:{line}:"):
        run([articles], tmp_path / "out", small(small_pipeline_file, lexicons=own_lexicons))
    assert not (tmp_path / "out").exists()


def test_run_stops_at_a_mistake_in_the_fold_table(own_lexicons: Path, small_pipeline_file: Path, articles: Path, tmp_path: Path) -> None:
    (own_lexicons / "fold.yaml").write_text("characters:\n  甲: 乙乙\n", encoding="utf-8")
    with pytest.raises(FoldError, match=r"fold\.yaml:2:3"):
        run([articles], tmp_path / "out", small(small_pipeline_file, lexicons=own_lexicons))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nlp"),
        ("\0\xff", "cfg"),
        ("lang = zh", "cfg"),
        ('[nlp]\nlang = "xx-none"\npipeline = []', "xx-none"),
        ('[nlp]\nlang = "zh"\npipeline = ["nothing"]\n\n[components]', "nothing"),
        (
            '[nlp]\nlang = "zh"\npipeline = ["lexicons"]\n\n[components]\n\n[components.lexicons]\nfactory = "jianbao_lexicons"\nlexicon = []',
            "lexicon",
        ),
        ('[nlp]\nlang = "zh"\npipeline = ["lexicons"]\n\n[components]\n\n[components.lexicons]\nfactory = "jianbao_lexicons"\nlexicons = 5', "cfg"),
    ],
    ids=["empty", "binary", "unquoted", "language", "component", "option", "type"],
)
def test_run_stops_at_a_mistake_in_the_pipeline(articles: Path, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.cfg"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(PipelineError, match=words) as raised:
        run([articles], tmp_path / "out", RunOptions(str(path), workers=1))
    assert str(path) in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_run_refuses_before_it_works(articles: Path, tmp_path: Path) -> None:
    foreign = write_articles(tmp_path / "foreign", {"notes.txt": b"x"})
    with pytest.raises(OutputError, match=r"notes\.txt"):
        run([articles], foreign)
    with pytest.raises(InputError, match="nowhere"):
        run([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(PipelineError, match="press"):
        run([articles], tmp_path / "out", RunOptions("pres"))
    assert contents(foreign) == {"notes.txt": b"x"}
    assert not (tmp_path / "out").exists()


# ---- interruption -----------------------------------------------------------------------------------------------------


@pytest.fixture
def old_output(small_pipeline_file: Path, tmp_path: Path) -> Iterator[Path]:
    """An output of another corpus; afterwards nothing else may stand beside it."""
    run([write_articles(tmp_path / "old news", {"a.txt": HANT.encode()})], tmp_path / "place" / "out", small(small_pipeline_file))
    yield tmp_path / "place" / "out"
    assert {path.name for path in (tmp_path / "place").iterdir()} == {"out"}


@pytest.mark.parametrize("after", [0, 1, len(ARTICLES) - 1, len(ARTICLES)])
def test_run_interrupted_leaves_the_old_output(
    old_output: Path, articles: Path, small_pipeline_file: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "BATCH_FILES", 1)
    before = contents(old_output)

    def stop(done: int, total: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([articles], old_output, small(small_pipeline_file), stop)
    assert contents(old_output) == before


@pytest.mark.parametrize("place", ["jianbao.run.OutputWriter.finish", "jianbao.run._manifest", "jianbao.run.Deduper.run"])
def test_run_that_fails_at_the_end_leaves_the_old_output(
    old_output: Path, articles: Path, small_pipeline_file: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    before = contents(old_output)

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(place, fail)
    with pytest.raises(MemoryError):
        run([articles], old_output, small(small_pipeline_file))
    assert contents(old_output) == before


def test_run_again_that_fails_stops_the_copying(small_pipeline_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, out = write_articles(tmp_path / "news", {"a.txt": HANS.encode(), "b.txt": HANT.encode()}), tmp_path / "out"
    run([news], out, small(small_pipeline_file))
    before = contents(out)
    (news / "b.txt").write_text(HANT + HANS, encoding="utf-8")
    threads = threading.active_count()
    seen: list[int] = []

    def fail(_: object) -> None:
        seen.append(threading.active_count() - threads)
        raise MemoryError

    monkeypatch.setattr("jianbao.run.Deduper.run", fail)
    with pytest.raises(MemoryError):
        run([news], out, small(small_pipeline_file))
    assert contents(out) == before
    assert seen == [1], "copying went on beside"
    assert threading.active_count() == threads


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, None)], ids=["killed", "ctrl_c"])
def test_run_stopped_from_outside_leaves_the_old_output(
    old_output: Path, many: Path, trap: Path, trap_pipeline: Path, small_pipeline_file: Path, tmp_path: Path, sent: signal.Signals, code: int | None
) -> None:
    news = write_articles(Path(shutil.copytree(many, tmp_path / "news")), {"120.txt": "慢慢等待2018年".encode()})
    waiting = tmp_path / "waiting"
    before = contents(old_output)
    command = [*COMMAND, "extract", str(news), "-o", str(old_output), "--pipeline", str(trap_pipeline), "--workers", "2", "-q"]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # what a shell starts in the background ignores Ctrl-C, and so would what it starts
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, env=environment(PYTHONPATH=with_trap(trap), TRAP_WAITING=str(waiting)), stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        wait_until(lambda: waiting.exists() and waiting.read_text() != "")
        process.send_signal(sent)
        _, said = process.communicate(timeout=30)
    assert process.returncode == code if code is not None else process.returncode > 0
    assert b"Traceback" not in said
    assert contents(old_output) == before
    worker = int(waiting.read_text())
    wait_until(lambda: not alive(worker))
    run([news], old_output, small(small_pipeline_file))
    run([news], tmp_path / "fresh", small(small_pipeline_file))
    assert contents(old_output) == contents(tmp_path / "fresh")


def wait_until(holds: Callable[[], bool], seconds: float = 40) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] in "ZX")
