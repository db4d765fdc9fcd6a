"""Scores the annotated articles of a folder against the floor that the project keeps, which only rises.

The folder holds `articles.jsonl`, `gold/` and the scorer `score_run.py`. `accuracy_floor.json` has, for each measure of the scorer, the last
committed score less 0.01.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FLOOR = Path(__file__).with_name("accuracy_floor.json")
MARGIN = 0.01
TYPES = ("regions", "organisations", "agreements", "dates", "figures")
EVENTS = ("events", "events.kind_parties")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--raise", dest="raise_floor", action="store_true", help="raise the floor to the scores of now less the margin")
    options = parser.parse_args()
    floor: dict[str, float] = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        out, scores = Path(folder) / "out", Path(folder) / "scores.json"
        jianbao = Path(sys.executable).with_name("jianbao")
        subprocess.run([jianbao, "extract", options.dev / "articles.jsonl", "-o", out, "--quiet", "--strict"], check=True)
        scorer = [sys.executable, options.dev / "score_run.py", out, "--events", "--json", scores]
        ran = subprocess.run(scorer, capture_output=True, text=True, check=False)
        print(ran.stdout, ran.stderr, sep="", end="")
        if ran.returncode:
            return ran.returncode
        now = {}
        rows = json.loads(scores.read_text(encoding="utf-8"))["all"]
        for name in TYPES:
            now[name] = rows[name]["f1"]
            now[f"{name}:value"] = rows[name]["value"] or 0.0
        for name in EVENTS:
            now[name] = float(re.search(rf"(?<![\w.]){re.escape(name)} F1 ([\d.]+)", ran.stdout)[1])
    below = [f"{name} {now[name]:.4f} < {least}" for name, least in floor.items() if now[name] < least]
    if below:
        print("below the floor: " + ", ".join(below))
        return 1
    if options.raise_floor:
        raised = {name: max(floor.get(name, 0.0), round(score - MARGIN, 4)) for name, score in now.items()}
        FLOOR.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
