"""The work of a change of lexicons, as `make re-extract` and CI do it: check, extract again, say what differs, fail on a mistake or a drop."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
WORKFLOW = PROJECT / ".github" / "workflows" / "re-extract.yml"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all that the work needs, its lexicons committed."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in (".ci", "lexicons", "corpus"):
        shutil.copytree(PROJECT / name, folder / name)
    command = folder / "jianbao"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m jianbao "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    for arguments in (["init", "-q"], ["add", "lexicons", "corpus"], ["commit", "-q", "-m", "lexicons"]):
        subprocess.run(["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments], check=True)
    return folder


def re_extract(checkout: Path, base: str = "HEAD") -> tuple[int, str, str]:
    """The exit code of the script, the summary it left, and what it said on stderr."""
    env = {**os.environ, "JIANBAO": str(checkout / "jianbao")}
    done = subprocess.run([checkout / ".ci" / "re-extract", base], capture_output=True, text=True, env=env, check=False)
    summary = checkout / "build" / "re-extract" / "summary.md"
    return done.returncode, summary.read_text(encoding="utf-8") if summary.exists() else "", done.stderr


def edit(checkout: Path, lexicon: str, change: Any) -> None:
    path = checkout / "lexicons" / lexicon
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_re_extract_tells_what_lexicons_change_and_fails_on_a_drop_or_a_mistake(checkout: Path) -> None:
    code, summary, _ = re_extract(checkout)
    assert code == 0
    assert "Accuracy" in summary

    edit(checkout, "organisations_knowledge.csv", lambda text: re.sub(r"(?m)^(org:合肥工业大学,.*),academic,", r"\1,media,", text))
    code, summary, _ = re_extract(checkout)
    assert code == 1, "the gold knows what 合肥工业大学 is"
    assert "organisation type" in summary
    assert "合肥工业大学" in summary

    edit(checkout, "regions_china.csv", lambda text: text + "220200,吉林市\n")
    code, summary, said = re_extract(checkout)
    assert code == 1
    assert "regions_china.csv:" in said
    assert "regions_china.csv:" in summary
    assert re_extract(checkout, "no-such-commit")[0] == 2


def test_workflow_runs_the_work_where_lexicons_change() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    triggers = workflow[True]  # YAML reads `on` as a truth value
    assert {name: trigger["paths"] for name, trigger in triggers.items()} == {"push": ["lexicons/**"], "pull_request": ["lexicons/**"]}
    (job,) = workflow["jobs"].values()
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert runs[0] == 'make re-extract BASE="$BASE"'
    assert "GITHUB_STEP_SUMMARY" in runs[1]
    target = subprocess.run(
        ["make", "-n", "-o", ".venv/.installed", "re-extract", "BASE=abc"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert ".ci/re-extract abc" in target.stdout
