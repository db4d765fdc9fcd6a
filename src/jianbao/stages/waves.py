"""Waves: as many articles as go through the stages side by side.

A step that does its work on one article after another finds its code and lexicons in the processor's cache, which all steps together overflow: whole
articles one after another take a third longer.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_ITEMS = 128
_CHARACTERS = 1 << 17


def waves(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in their order, as many at a time as are worth having in memory.

    Args:
        items: Articles, or what stands for them.
        length: The characters of one.
    """
    wave: list[T] = []
    characters = 0
    for item in items:
        wave.append(item)
        characters += length(item)
        if len(wave) == _ITEMS or characters >= _CHARACTERS:
            yield wave
            wave, characters = [], 0
    if wave:
        yield wave
