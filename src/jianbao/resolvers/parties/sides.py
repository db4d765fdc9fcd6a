"""A party as it stands in the text, and the parties of one agreement."""

from typing import NamedTuple

from jianbao.records import RegionValue
from jianbao.text import Mention


class Side(NamedTuple):
    """A party as it stands in the text; `mention` is what it is known by, None where only its words are known."""

    mention: Mention | None
    name: str
    start: int
    end: int
    known: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The places of a deictic pair (两市)."""
        value = self.mention.value if self.mention else None
        return (value.codes or ()) if isinstance(value, RegionValue) else ()


Group = tuple[Side, ...]
