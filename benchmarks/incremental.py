"""A run again after ten changed lexicon entries, against the full run: its share of the time, and of the articles worked on.

The articles are those of `scale.py`. The entries changed are rare ones, as most names of a gazetteer are: each stands in at most one article of five
hundred. The outputs of the run again and of a full run with the same lexicons are compared byte for byte.
"""

import argparse
import csv
import filecmp
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from jianbao.lexicon import Matcher, lexicon_names, load_lexicon
from jianbao.pipeline import load_pipeline
from jianbao.resources import lexicon_directory
from scale import make_articles
from speed import with_bytecode

_RARE = 500
_TIMES = 3
"""How often the run again is measured: its median counts, for a machine that others use as well varies by a fifth."""
_RUN = (
    "import sys, time, json\n"
    "if __name__ == '__main__':\n"
    "    start = time.perf_counter()\n"
    "    from pathlib import Path\n"
    "    from jianbao.run import RunOptions, run\n"
    "    report = run([sys.argv[1]], sys.argv[2], RunOptions(lexicons=Path(sys.argv[3]), workers=2, full=sys.argv[4] == 'full'))\n"
    "    print(json.dumps([time.perf_counter() - start, report.worked, report.articles]))\n"
)


def timed_run(folder: Path, out: str, *, full: bool) -> tuple[float, int, int]:
    """Seconds of a run in a process of its own, how many articles it worked on, and how many there are."""
    script = folder / "one_run.py"
    script.write_text(_RUN, encoding="utf-8")
    command = [sys.executable, script, folder / "articles.jsonl", folder / out, folder / "lexicons", "full" if full else "again"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=with_bytecode(folder))
    seconds, worked, articles = json.loads(done.stdout)
    return seconds, worked, articles


def rare_entries(texts: list[str]) -> list[tuple[str, str]]:
    """File and id of gazetteer entries that some articles name, but few; the most frequent of these first."""
    nlp = load_pipeline()
    names = [name for name in lexicon_names() if name.startswith(("organisations_", "regions_china", "regions_zones"))]
    counts: Counter[tuple[str, str]] = Counter()
    for name in names:
        matcher = Matcher([load_lexicon(name)])
        for text in texts:
            hits = matcher.find(nlp.tokenizer.make_text(text))
            counts.update({(name, owner.entry.id) for found in hits.values() for hit in found for owner in hit.owners if not owner.entry.valid_to})
    return [entry for entry, number in counts.most_common() if 1 <= number * _RARE <= len(texts)]


def change(lexicons: Path, entries: list[tuple[str, str]]) -> None:
    """Changes ten entries: a type, a variant more, one entry less, an English name, in turn."""
    for turn, (name, identity) in enumerate(entries):
        path = lexicons / f"{name}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        row = next(r for r in rows if r.get("id", r.get("code")) == identity)
        if turn % 4 == 0 and "type" in row:
            row["type"] = "other" if row["type"] != "other" else "company"
        elif turn % 4 == 1:
            row["variants"] = "|".join(filter(None, [row["variants"], f"{row['hans']}总部"]))
        elif turn % 4 == 2:
            rows.remove(row)
        else:
            row["en"] = f"{row['en']} (changed)"
        file = io.StringIO()
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(file.getvalue(), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = []
        with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
            for row in make_articles(count):
                texts.append(row["text"])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        shutil.copytree(lexicon_directory(), folder / "lexicons")
        full, _, articles = timed_run(folder, "out", full=True)
        nothing, worked, _ = timed_run(folder, "out", full=False)
        print(f"{articles:,} articles: full run {full:.1f} s; again with nothing changed {nothing:.1f} s ({nothing / full:.1%}), {worked} worked on")
        entries = rare_entries(texts[:4000])[:10]
        change(folder / "lexicons", entries)
        shutil.move(folder / "out", folder / "before")
        spent: list[float] = []
        for _ in range(_TIMES):
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.copytree(folder / "before", folder / "out")  # with the times of its files, by which a run knows its output
            again, worked, _ = timed_run(folder, "out", full=False)
            spent.append(again)
        anew, _, _ = timed_run(folder, "anew", full=True)
        again, whole = median(spent), (full + anew) / 2
        print(f"ten entries changed ({', '.join(identity for _, identity in entries)}):")
        print(f"again {', '.join(f'{seconds:.1f}' for seconds in spent)} s; full run with the changed lexicons {anew:.1f} s")
        print(f"the median is {again / whole:.1%} of the mean of the full runs; {worked:,} articles worked on ({worked / articles:.2%})")
        files = [path.name for path in (folder / "anew").iterdir() if path.is_file()]
        _, differing, errors = filecmp.cmpfiles(folder / "out", folder / "anew", files, shallow=False)
        print(f"the files of both are {'NOT ' if differing or errors else ''}the same byte for byte")
        sys.exit(bool(differing or errors))


if __name__ == "__main__":
    main()
