"""jianbao: Chinese press articles, Traditional and Simplified, into typed, deduplicated, traceable records.

`extract` runs over files, `load` opens what a run wrote, `load_pipeline` gives the spaCy pipeline.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jianbao.output import Corpus, load
    from jianbao.pipeline import load_pipeline
    from jianbao.run import extract

__all__ = ["Corpus", "extract", "load", "load_pipeline"]

# Loaded when asked for: spaCy finds our factories through this package, and must not pay for the command line's needs.
_HOMES = {"Corpus": "jianbao.output", "extract": "jianbao.run", "load": "jianbao.output", "load_pipeline": "jianbao.pipeline"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'jianbao' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
