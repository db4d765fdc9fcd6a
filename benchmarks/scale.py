"""Cost of a whole run as the corpus grows: seconds, memory and the part that lies after the articles, for several numbers of articles.

The articles are made from the sentences of `corpus/articles`: each holds sentences drawn from all of them, with other numbers, other firms
and other cities, so that no two tell the same; one in seven reprints an earlier one, whole, shortened, or in the other script. Extraction is
real at every size.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import opencc

from jianbao.lexicon import load_lexicon
from jianbao.readers import ReadOptions
from jianbao.records import Article
from jianbao.run import RunOptions, run
from jianbao.stages.read import list_files, read

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
LENGTH = 1000  # code points of an article: about 3 kB
_SENTENCE = re.compile(r"[^。！？\n]{8,}[。！？]")
_DIGITS = re.compile(r"(?<![\d.])\d{2,6}(?![\d年月日])")
_FIRM = re.compile(
    r"([\u4e00-\u9fff]{2})(?=(?:科技|新能源|重工|矿业|礦業|物流|集团|集團|鋼鐵|钢铁|食品|生物|光电|光電|机器人|動力|动力|投资|投資)[\u4e00-\u9fff]{0,6}(?:公司|集团|集團))"
)
_BRANDS = "恒晟瑞鼎泓岚昊翔裕祥鑫沛茂盛嘉骏凯腾辰曜澜峻麒麟锦鹏泽禾朗煜烨璟珩翊骁弘霖"


def cities() -> dict[str, list[str]]:
    """Names of two characters of prefecture-level cities, by script."""
    found: dict[str, list[str]] = {"hans": [], "hant": []}
    for entry in load_lexicon("regions_china").entries:
        if entry.level == "prefecture" and entry.valid_to is None and len(entry.hans) == 3 and entry.hans.endswith("市"):
            found["hans"].append(entry.hans[:2])
            found["hant"].append(entry.hant[:2])
    return found


def sentences() -> dict[str, list[str]]:
    """The corpus' sentences by script."""
    found: dict[str, list[str]] = {"hans": [], "hant": []}
    files, _ = list_files([CORPUS])
    to_hans = opencc.OpenCC("t2s").convert
    for article in read(files, ReadOptions()):
        if isinstance(article, Article):
            hant = to_hans(article.text[:400]) != article.text[:400]
            found["hant" if hant else "hans"] += _SENTENCE.findall(article.text)
    return found


def make_articles(count: int) -> Iterator[dict[str, str]]:
    """Records of `count` articles; `of` names the one that a reprint tells again."""
    pools, names = sentences(), cities()
    places = {script: re.compile("|".join(names[script])) for script in names}
    to_hant, to_hans = opencc.OpenCC("s2t").convert, opencc.OpenCC("t2s").convert
    recent: list[tuple[int, str, str, list[str]]] = []
    for number in range(count):
        draw = random.Random(number)  # a corpus that is the same every time
        day = date(2023, 1, 1) + timedelta(days=number * 700 // max(count, 1))
        of = ""
        if recent and draw.random() < 1 / 7:
            original, title, script, lines = draw.choice(recent)
            of = str(original)
            way = draw.randrange(3)
            if way == 1:
                lines = lines[: max(5, len(lines) * 6 // 10)]
            elif way == 2:
                convert = to_hans if script == "hant" else to_hant
                lines = [convert(line) for line in lines]
        else:
            script = "hant" if draw.random() < 0.4 else "hans"
            lines, length = [], 0
            while length < LENGTH:
                line = _changed(draw.choice(pools[script]), draw)
                lines.append(places[script].sub(lambda _: draw.choice(names[script]), line))  # noqa: B023  # called at once
                length += len(lines[-1])
            title = f"{lines[0][:14]}{number}"
            recent.append((number, title, script, lines))
            del recent[:-200]
        yield {"id": str(number), "of": of, "title": title, "date": day.isoformat(), "text": "\n".join(lines)}


def _changed(sentence: str, draw: random.Random) -> str:
    """The sentence with other numbers and other firms."""
    sentence = _DIGITS.sub(lambda m: str(draw.randrange(10 ** (len(m[0]) - 1), 10 ** len(m[0]))), sentence)
    return _FIRM.sub(lambda _: "".join(draw.sample(_BRANDS, 2)), sentence)


def measure(count: int, workers: int) -> dict[str, float]:
    """One run over `count` articles in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in make_articles(count))
        command = [sys.executable, __file__, "--run", str(path), str(Path(folder) / "out"), str(workers)]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        found["megabytes"] = path.stat().st_size / 1e6
        return found


def _resident(process: int) -> int:
    """Kilobytes that a process and its children hold now."""
    total = 0
    waiting = [process]
    while waiting:
        one = waiting.pop()
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * resource.getpagesize() // 1024
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return total


def run_once(source: Path, out: Path, workers: int) -> dict[str, float]:
    """Seconds until the last article, seconds of all, and the most memory of all processes together."""
    peak, stop = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.1):
            peak = max(peak, _resident(os.getpid()))

    threading.Thread(target=watch, daemon=True).start()
    start = last = time.perf_counter()

    def progress(done: int, total: int) -> None:
        nonlocal last
        last = time.perf_counter()

    report = run([source], out, RunOptions(workers=workers), progress)
    end = time.perf_counter()
    stop.set()
    rows = {row["id"]: row for row in report.corpus.articles.rows()}
    truth = {str(json.loads(line)["id"]): json.loads(line)["of"] for line in source.open(encoding="utf-8")}
    number = {row["id"]: row["source"].split("#")[1] for row in rows.values()}
    found = sum(1 for row in rows.values() if row["near_duplicate_of"])
    right = sum(1 for row in rows.values() if row["near_duplicate_of"] and truth[number[row["id"]]] == number[row["near_duplicate_of"]])
    told = sum(1 for of in truth.values() if of)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return {
        "articles": report.articles,
        "extract": last - start,
        "after": end - last,
        "peak": peak / 1024,
        "output": size / 1e6,
        "reprints": told,
        "found": found,
        "right": right,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", nargs=3, metavar=("SOURCE", "OUT", "WORKERS"))
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run_once(Path(given.run[0]), Path(given.run[1]), int(given.run[2]))))
        return
    names = ("articles", "MB in", "extract s", "dedupe+write s", "ms/article", "peak MB (all)", "MB out", "reprints", "found", "right")
    print("  ".join(names))
    for count in given.counts:
        m = measure(count, given.workers)
        each = 1000 * (m["extract"] + m["after"]) / count
        row = [
            f"{count:,}",
            f"{m['megabytes']:.1f}",
            f"{m['extract']:.1f}",
            f"{m['after']:.1f}",
            f"{each:.2f}",
            f"{m['peak']:.0f}",
            f"{m['output']:.0f}",
        ]
        row += [f"{m[name]:.0f}" for name in ("reprints", "found", "right")]
        print("  ".join(cell.rjust(len(name)) for cell, name in zip(row, names, strict=True)), flush=True)


if __name__ == "__main__":
    main()
