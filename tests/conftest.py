"""What all tests share: the pipeline is loaded once, and Hypothesis is deterministic."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from jianbao.engines import local
from jianbao.pipeline import load_pipeline
from jianbao.run import RunOptions, run
from tests.revised import Revised, revise
from tests.samples import install_trap, small_pipeline, write_articles

# derandomize: a red run is the same run for everyone. No deadline: tests never assert times.
settings.register_profile("jianbao", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("jianbao")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the many processes that tests start compile the package once, not each of them
os.environ.setdefault("COLUMNS", "200")  # tables in the CLI's output are not folded to a narrow terminal


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The press pipeline."""
    return load_pipeline()


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample articles."""
    return write_articles(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="session")
def output(nlp: Language, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the press pipeline makes of the sample articles. Not to be changed."""
    out = tmp_path_factory.mktemp("session") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "load_pipeline", lambda *_, **__: nlp)  # it is loaded already
        run([articles], out, RunOptions(workers=1))
    return out


@pytest.fixture(scope="session")
def small_pipeline_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that is quick to load: dates and figures."""
    path = tmp_path_factory.mktemp("pipeline") / "small.cfg"
    path.write_text(small_pipeline(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that makes the factory `jianbao_test_trap` known to processes that have it on their path."""
    return install_trap(tmp_path_factory.mktemp("trap"))


@pytest.fixture(scope="session")
def trap_pipeline(trap: Path) -> Path:
    """The small pipeline with the trap in it."""
    path = trap / "trap.cfg"
    path.write_text(small_pipeline("jianbao_test_trap"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def revised(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Revised:
    """Outputs before and after articles, lexicons, or both were changed. Not to be changed."""
    return revise(tmp_path_factory.mktemp("revised"), nlp)
