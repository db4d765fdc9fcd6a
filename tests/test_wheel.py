"""The wheel: it holds what it needs, and works where there is no checkout."""

import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.samples import ARTICLES, HANS, environment, rows, write_articles

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", *isolation, "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (found,) = folder.glob("jianbao-*.whl")
    return found


def test_wheel_holds_lexicons_pipelines_and_schemas(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, endings in (("lexicons", (".csv", ".yaml")), ("pipelines", (".cfg",)), ("schemas", (".json",))):
        names = [path.name for path in (ROOT / folder).iterdir() if path.suffix in endings]
        assert names
        assert {f"jianbao/data/{folder}/{name}" for name in names} <= held
    assert not {name for name in held if name.startswith(("tests", "corpus", "benchmarks"))}


def test_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    folder = write_articles(tmp_path / "news", {"a.txt": HANS.encode(), "wire.jsonl": ARTICLES["wire.jsonl"]})
    code = (
        "import json, sys, jianbao\n"
        "from jianbao.resources import lexicon_directory, pipeline_directory, schema_directory\n"
        "jianbao.extract(sys.argv[1], 'out', workers=1)\n"
        "print(json.dumps([str(p) for p in (jianbao.__file__, lexicon_directory(), pipeline_directory(), schema_directory())]))"
    )
    path = os.pathsep.join([str(installed), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(PYTHONPATH=path), check=False
    )
    assert done.returncode == 0, done.stderr
    assert all(Path(p).is_relative_to(installed) for p in json.loads(done.stdout))
    assert len(rows(tmp_path / "out", "articles")) == 4
    assert rows(tmp_path / "out", "agreements")
    assert rows(tmp_path / "out", "errors") == []
