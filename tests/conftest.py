"""What all tests share: the pipeline is loaded once, and Hypothesis is deterministic."""

import os

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from jianbao.pipeline import load_pipeline

# derandomize: a red run is the same run for everyone. No deadline: tests never assert times.
settings.register_profile("jianbao", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("jianbao")
os.environ.setdefault("COLUMNS", "200")  # tables in the CLI's output are not folded to a narrow terminal


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The press pipeline."""
    return load_pipeline()
