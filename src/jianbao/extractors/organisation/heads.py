"""Heads and triggers as one pass over a text finds them."""

from collections.abc import Iterable
from dataclasses import dataclass

import daachorse

from jianbao.extractors.organisation.words import Head, Words


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one pass over a text finds: a head of names, a trigger, an ordinary phrase, or several of these. All that the surface alone can tell is told here.

    Attributes:
        is_field: Whether it is a combined head (财政 + 局).
        sense: What it triggers.
        stops: Whether it is an ordinary phrase in which no name stands.
        noted: Whether the view notes it: a trigger or such a phrase.
        alone: Whether its names need no word before it: it takes a place, a level, or nothing.
        from_place: Whether its names run from their place on whatever stands between.
        of_body: Whether it may be a part of a body.
        refusing: The first characters of what makes another word of the head.
        utility: Whether it may end the company that each county has (县|电力公司).
    """

    surface: str
    head: Head | None
    is_field: bool
    sense: str | None
    stops: bool
    noted: bool
    alone: bool
    from_place: bool
    of_body: bool
    refusing: frozenset[str]
    utility: bool


class Heads:
    """What names end in, with the fields of local bodies before them (财政局), and the words and phrases that one pass finds with them.

    Attributes:
        patterns: In the order of the automaton's indices.
        automaton: Finds them.
    """

    def __init__(self, words: Words) -> None:
        self._heads = words.heads
        self._field_heads = self._combine(sorted(words.fields)) | dict.fromkeys(words.by_sense["county_office"], self._heads["处"])
        self._utilities = words.by_sense["utility"]
        triggers = {s: sense for s, sense in words.senses.items() if sense in ("after", "before", "around", "source")}
        patterns = list({**self._heads, **self._field_heads, **triggers, **dict.fromkeys(words.stops)})
        self.patterns = [self._pattern_of(surface, triggers.get(surface), stops=surface in words.stops) for surface in patterns]
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(patterns)

    def _pattern_of(self, surface: str, sense: str | None, *, stops: bool) -> Pattern:
        head = self._heads.get(surface) or self._field_heads.get(surface)
        return Pattern(
            surface,
            head,
            is_field=surface in self._field_heads and surface not in self._heads,
            sense=sense,
            stops=stops,
            noted=stops or sense is not None,
            alone=head is not None and (head.local or head.bare),
            from_place=head is not None and _begins_with_place(surface, head),
            of_body=head is not None and (head.joins or head.branch),
            refusing=frozenset(word[0] for word in head.not_before) if head is not None else frozenset(),
            utility=head is not None and head.type == "company" and any(u.endswith(surface) or surface.endswith(u) for u in self._utilities),
        )

    def _combine(self, fields: Iterable[str]) -> dict[str, Head]:
        """What a local body is for and what it is: 财政 + 局, under the entry of 局."""
        ends = ("局", "厅", "委", "委员会", "办公室", "部", "署", "处", "司", "总局", "管理局", "支队", "总队", "大队")
        combined = {f + end: self._heads[end] for f in fields for end in ends}
        return combined | {f + "办": self._heads["办公室"] for f in fields}


def _begins_with_place(surface: str, head: Head) -> bool:
    """Whether a head ends names that run from their place on whatever stands between: companies, associations, institutes, not 歐洲|新廠."""
    if head.weak or head.local or head.bare:
        return False
    return head.legal or head.type in ("association", "finance") or surface.endswith(("公司", "集团", "合作社", "研究所", "研究院"))
