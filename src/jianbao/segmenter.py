"""Words of folded text: jieba's dictionary and algorithm, in Rust (`rjieba`) or Python (`jieba`), with equal boundaries.

Without HMM: a word is a dictionary word or a single character, so a word boundary is a fact that rules can lean on, not a guess about unknown
names. Each segmenter is an instance of its own; nothing is added to its dictionary.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any, Protocol


class WordSegmenter(Protocol):
    """Cuts folded text into dictionary words."""

    def cut(self, text: str) -> list[str]:
        """The words of `text`; their concatenation is `text`."""

    def pos(self, word: str) -> str:
        """jieba's part-of-speech tag of a dictionary word (`ns`, `v` …); empty for what is not one."""


class RustSegmenter:
    """`rjieba`: the one that does the work."""

    def __init__(self) -> None:
        self._jieba = _rust_jieba()
        self.pos: Callable[[str], str] = lru_cache(maxsize=65536)(self._pos)

    def cut(self, text: str) -> list[str]:
        """The words of `text`; their concatenation is `text`."""
        words: list[str] = self._jieba.cut(text, False)
        return words

    def _pos(self, word: str) -> str:
        if not self._jieba.has_word(word):
            return ""
        tagged = self._jieba.tag(word, False)
        return tagged[0][1] if len(tagged) == 1 else ""


def _rust_jieba() -> Any:
    """A `rjieba.Jieba`, made by the extension module alone: `import rjieba` would make one of its own besides, 35 MB that every caller in the process shares."""
    package = find_spec("rjieba")
    assert package is not None
    assert package.submodule_search_locations is not None
    spec = PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Jieba()


class PythonSegmenter:
    """`jieba`: the reference that `rjieba` is held to."""

    def __init__(self) -> None:
        import logging

        import jieba  # a second to load; only the reference needs it

        self._jieba = jieba.Tokenizer()
        jieba.setLogLevel(logging.WARNING)
        self._rust = RustSegmenter()

    def cut(self, text: str) -> list[str]:
        """The words of `text`; their concatenation is `text`."""
        return list(self._jieba.cut(text, HMM=False))

    def pos(self, word: str) -> str:
        """jieba's part-of-speech tag of a dictionary word; empty for what is not one."""
        return self._rust.pos(word)


def load_segmenter(name: str = "rjieba") -> WordSegmenter:
    """The segmenter that a pipeline file names; one instance a process, for its dictionary takes a fifth of a second to load.

    Raises:
        ValueError: the name is neither `rjieba` nor `jieba`.
    """
    return _load(name)


@lru_cache(maxsize=2)
def _load(name: str) -> WordSegmenter:
    makers: dict[str, Callable[[], WordSegmenter]] = {"rjieba": RustSegmenter, "jieba": PythonSegmenter}
    if name not in makers:
        raise ValueError(f"no segmenter {name!r}: a pipeline file says rjieba or jieba")
    return makers[name]()
