"""Loads a pipeline file into a spaCy `Language`."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import spacy.lang.zh  # noqa: F401  # registers zh before the config is read
from spacy.language import Language
from spacy.util import load_config, load_model_from_config

from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.resources import lexicons_from, pipeline_directory

MAX_LENGTH = 100_000_000
"""No article is too long: rules are linear, and spaCy's own limit guards parsers that are not in the pipeline."""


class PipelineError(ValueError):
    """A pipeline file that cannot be used; the message says which and why."""


def pipeline_path(pipeline: str | Path = "press") -> Path:
    """The file of a pipeline: a path to a `.cfg`, or the name of a shipped one.

    Raises:
        PipelineError: neither exists.
    """
    path = Path(pipeline)
    if path.suffix != ".cfg":
        path = pipeline_directory() / f"{pipeline}.cfg"
    if not path.is_file():
        shipped = ", ".join(sorted(p.stem for p in pipeline_directory().glob("*.cfg")))
        raise PipelineError(f"{pipeline}: no such pipeline; give the path of a .cfg file or one of: {shipped}")
    return path


def load_pipeline(pipeline: str | Path = "press", *, lexicons: Path | None = None) -> Language:
    """A `Language` whose `Doc`s carry every mention in `doc.spans` and `doc._.mentions`.

    Args:
        pipeline: The name of a shipped pipeline or the path of a `.cfg` file.
        lexicons: A folder to read lexicons from instead of the shipped ones.

    Raises:
        PipelineError: the file is missing or not a pipeline.
        LexiconError: a lexicon that it names is missing or has a mistake.
    """
    path = pipeline_path(pipeline)
    with lexicons_from(lexicons), _without_collector(), _mistakes_of(path):
        nlp = load_model_from_config(load_config(path), auto_fill=True)
    nlp.max_length = MAX_LENGTH
    return nlp


@contextmanager
def _mistakes_of(path: Path) -> Iterator[None]:
    """What spaCy says of a pipeline file, as one error that names the file; lexicons speak for themselves."""
    try:
        yield
    except (LexiconError, FoldError):
        raise
    except (ValueError, TypeError, KeyError, ImportError, OSError) as error:
        said = "\n".join(line for line in str(error).splitlines() if line.strip())
        raise PipelineError(f"{path}: not a pipeline that can be loaded: {said}") from error


@contextmanager
def _without_collector() -> Iterator[None]:
    """Lexicons are hundreds of thousands of small objects that live as long as the process: the cycle collector only loses time on them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)  # native modules report what is still frozen at exit as leaked
        if enabled:
            gc.enable()


def pipeline_lexicons(path: Path) -> list[str]:
    """The names of the gazetteers that a pipeline file has matched.

    Raises:
        PipelineError: the file is not a pipeline.
    """
    with _mistakes_of(path):
        names = load_config(path).get("components", {}).get("lexicons", {}).get("lexicons", [])
        return [str(name) for name in names]
