"""Which script a text is in: `hant` for 經濟部, `hans` for 经济部."""

from functools import lru_cache

import numpy as np

from jianbao.folding import opencc_conversion
from jianbao.records import Script

_ENOUGH = 0.9
_HAN = range(0x3400, 0xA000)


@lru_cache(maxsize=1)
def _flags() -> np.ndarray:
    """For each code point: 1 if Traditional only, 2 if Simplified only, else 0."""
    han = [chr(point) for point in _HAN]
    joined = "\n".join(han)
    flags = np.zeros(0x110000, dtype=np.uint8)
    simplified = opencc_conversion("t2s")(joined).split("\n")
    traditional = opencc_conversion("s2t")(joined).split("\n")
    for character, hans, hant in zip(han, simplified, traditional, strict=True):
        if hans != character:
            flags[ord(character)] = 1
        elif hant != character:
            flags[ord(character)] = 2
    return flags


def script_of(text: str) -> Script:
    """`hant` or `hans` when nine of ten telling characters are; else `mixed`."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    flags = _flags().take(points).tobytes()
    hant, hans = flags.count(1), flags.count(2)
    if hant == hans == 0:
        return "mixed"
    share = hant / (hant + hans)
    return "hant" if share > _ENOUGH else "hans" if share < 1 - _ENOUGH else "mixed"
