"""Near-duplicate articles: the same story in several papers, shortened, re-titled, in the other script.

MinHash finds candidates (bands of two of 128 values: a third of the shingles in common is found with 99.9 %, a twentieth with 15 %), the shingles
themselves decide: most of the shorter text stands in the longer one, and so do its numbers, so that two days' notices from one mould stay apart.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Set
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import rensa

PERMUTATIONS = 128
BANDS = 64
_SEED = 1
_SHINGLE = 5
SHORTEST_STORY = 50
"""A text of fewer characters is compared whole: its few shingles would say little."""

_CONTAINED = 0.7  # so much of the shorter text's shingles stand in the longer one; a changed character costs five
_SHORTENED = 1 / 3  # a text shorter than this part of another is a quotation, not a reprint
_NUMBERS = 0.8  # so many of the shorter text's numbers stand in the longer one

_ERROR = 0.13  # three standard deviations of an estimate from 128 values
_CHUNK = 1 << 12  # what is compared at once stays in the processor's cache
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)

_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], dtype=np.uint64)

Shingles = npt.NDArray[np.uint64]


def story_body(folded: str, boilerplate: list[tuple[int, int]]) -> str:
    """The words of an article without marks, blanks and page furniture: what a reprint keeps."""
    pieces, last = [], 0
    for start, end in boilerplate:
        pieces.append(folded[last:start])
        last = max(last, end)
    pieces.append(folded[last:])
    text = "".join(pieces)
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) > 2 * len(text):  # a character beyond the basic plane
        return _NO_WORD.sub("", text)
    units = np.frombuffer(data, dtype=np.uint16)
    return units[_word_units().take(units)].tobytes().decode("utf-16-le")


@lru_cache(maxsize=1)
def _word_units() -> npt.NDArray[np.bool_]:
    """Whether `_NO_WORD` leaves each character of the basic plane: five times as fast as asking the pattern."""
    return np.array([chr(point).isalnum() for point in range(1 << 16)])


def story_home(body: str, published: str | None) -> str:
    """16 hex digits that copies of one article share. A short notice (央行今日开展100亿元逆回购操作) is another one on another day."""
    words = body if len(body) >= SHORTEST_STORY else f"{body}\x1f{published or ''}"
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def shingles(body: str) -> Shingles:
    """A hash of each five characters in a row, in order."""
    points = np.frombuffer(body.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = len(points) - _SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for i in range(_SHINGLE):
        hashes += points[i : i + count] * _MULTIPLIERS[i]
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _distinct(hashes: Shingles) -> Shingles:
    """The different ones in order: `np.unique`, which looks for them in a table of hashes first, takes several times as long."""
    hashes.sort()
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))]


def signature(body: str) -> str:
    """The MinHash of a body as hex digits, 16 a band; empty for a text too short to compare so."""
    if len(body) < SHORTEST_STORY:
        return ""
    hashes = shingles(body)
    rows = rensa.RMinHash.digest_matrix_from_flat_token_hashes(hashes, np.array([0, len(hashes)], dtype=np.uint64), PERMUTATIONS, _SEED).to_rows()
    return np.array(rows[0], dtype=">u4").tobytes().hex()


def alike(ages: npt.NDArray[Any], lengths: npt.NDArray[Any], signatures: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of an article and an earlier one that share so many MinHash values, for their lengths, that their texts are worth comparing.

    Of the articles in one bucket each is paired with the first and with the one before it, not with all: a story's hundredth reprint costs no
    more than its second.

    Args:
        ages: By when the articles came, increasing.
        lengths: Of the bodies.
        signatures: Of the bodies, as `signature` gives them.
    """
    if not signatures:
        return
    values = np.frombuffer(bytes.fromhex("".join(signatures)), dtype=">u4").reshape(-1, PERMUTATIONS).astype(np.uint32)
    bands = values.view(np.uint64)
    found = [np.empty(0, dtype=np.uint64)]
    for band in range(BANDS):
        order = np.argsort(bands[:, band], kind="stable").astype(np.uint64)  # stable: by age within a bucket
        column = bands[order, band]
        again = np.concatenate(([False], column[1:] == column[:-1]))
        first = np.maximum.accumulate(np.where(again, 0, np.arange(len(column))))
        later = order[again]
        found += [(later << _HALF) | order[np.flatnonzero(again) - 1], (later << _HALF) | order[first[again]]]
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    for start in range(0, len(pairs), _CHUNK):
        later, earlier = pairs[start : start + _CHUNK] >> _HALF, pairs[start : start + _CHUNK] & _LOWER
        common = _CONTAINED * np.minimum(lengths[later], lengths[earlier])
        least = common / (lengths[later].astype(np.float64) + lengths[earlier] - common) - _ERROR
        enough = (values[later] == values[earlier]).sum(axis=1, dtype=np.uint8) >= least * PERMUTATIONS
        yield from zip(ages[later[enough]].tolist(), ages[earlier[enough]].tolist(), strict=True)


class Reprints:
    """Verifies candidates: whether an article tells an earlier one again."""

    def __init__(self, bodies: dict[int, str], more: Callable[[Set[int]], dict[int, str]] = lambda articles: {}) -> None:
        """`bodies` holds the story bodies of candidates; `more` gives those of others."""
        self._bodies = bodies
        self._more = more
        self._set = lru_cache(maxsize=4096)(lambda article: _distinct(shingles(bodies[article])))
        self._numbers = lru_cache(maxsize=4096)(lambda article: frozenset(_NUMBER.findall(bodies[article])))

    def similarity(self, a: int, b: int) -> float:
        """How much of the shorter of two texts stands in the longer one; 0 where they are two stories."""
        if missing := {one for one in (a, b) if one not in self._bodies}:  # a difference of sets would go through all bodies
            self._bodies.update(self._more(missing))
        left, right = self._bodies[a], self._bodies[b]
        if left == right:
            return 1.0
        if len(left) > len(right):
            a, b, left, right = b, a, right, left
        if len(left) < SHORTEST_STORY or len(left) < _SHORTENED * len(right):
            return 0.0
        shorter, longer = self._set(a), self._set(b)
        common = np.count_nonzero(longer.take(np.searchsorted(longer, shorter), mode="clip") == shorter) / len(shorter)
        if common < _CONTAINED:
            return 0.0
        numbers = self._numbers(a)
        if len(numbers & self._numbers(b)) < _NUMBERS * len(numbers):
            return 0.0
        return common
