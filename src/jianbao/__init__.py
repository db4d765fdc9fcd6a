"""jianbao: Chinese press articles, Traditional and Simplified, into typed, deduplicated, traceable records.

`extract` runs over files, `load` opens what a run wrote, `load_pipeline` gives the spaCy pipeline.
"""

from jianbao.output import Corpus, load
from jianbao.pipeline import load_pipeline
from jianbao.run import extract

__all__ = ["Corpus", "extract", "load", "load_pipeline"]
