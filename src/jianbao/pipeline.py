"""Loads a pipeline file into a spaCy `Language`.

spaCy is imported here and only when a pipeline is loaded: what reads an output, or hands articles to worker processes, does without it.
"""

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from confection import Config

from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.resources import lexicons_from, pipeline_directory

if TYPE_CHECKING:
    from spacy.language import Language

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


def load_pipeline(pipeline: str | Path = "press", *, lexicons: Path | None = None) -> "Language":
    """A `Language` whose `Doc`s carry every mention in `doc.spans` and `doc._.mentions`.

    Args:
        pipeline: The name of a shipped pipeline or the path of a `.cfg` file.
        lexicons: A folder to read lexicons from instead of the shipped ones.

    Raises:
        PipelineError: the file is missing or not a pipeline.
        LexiconError: a lexicon that it names is missing or has a mistake.
    """
    path = pipeline_path(pipeline)
    with lexicons_from(lexicons), without_collector():
        import_spacy()
        from spacy.util import load_config, load_model_from_config

        with _mistakes_of(path):
            nlp = load_model_from_config(load_config(path), auto_fill=True)
    nlp.max_length = MAX_LENGTH
    return nlp


def import_spacy() -> None:
    """Imports spaCy with Chinese, less its command line: weasel, httpx and all, a quarter of the time, for the one function `spacy.info`.

    What is left out is imported when somebody asks for it: `spacy.info()`, `spacy.cli.download`.
    """
    if "spacy" not in sys.modules:
        left_out = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        left_out["spacy.cli.info"].info = lambda *given, **named: import_module("spacy.cli.info").info(*given, **named)  # type: ignore[attr-defined]
        sys.modules.update(left_out)
        try:
            spacy = import_module("spacy")
        finally:
            for name in left_out:
                del sys.modules[name]
        spacy.__getattr__ = _missing_from_spacy  # type: ignore[method-assign]
    import_module("spacy.lang.zh")  # registers zh before the config is read


def _missing_from_spacy(name: str) -> Any:
    if name != "cli":
        raise AttributeError(f"module 'spacy' has no attribute {name!r}")
    return import_module("spacy.cli")


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
def without_collector() -> Iterator[None]:
    """For loading lexicons: they are hundreds of thousands of small objects that live as long as the process, and the cycle collector only loses time on them.

    The last collection, at exit, passes over them too (it would take 0.3 s), unless DuckDB was imported before and is frozen with them: its module reports
    what that collection leaves of it as leaked.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if "duckdb" in sys.modules:
            atexit.register(gc.unfreeze)
        if enabled:
            gc.enable()


def pipeline_lexicons(path: Path) -> list[str]:
    """The names of the gazetteers that a pipeline file has matched.

    Raises:
        PipelineError: the file is not a pipeline.
    """
    with _mistakes_of(path):
        names = Config().from_disk(path, interpolate=False).get("components", {}).get("lexicons", {}).get("lexicons", [])
        return [str(name) for name in names]
