"""What the walk hands over, a list of tokens, and what such a list shows by itself: where a name begins in it, whether a brand is there."""

from typing import Any, NamedTuple

_BEGINS_NAME = frozenset(("place", "body", "brand", "latin", "starter", "level", "char", "digits"))


class Token(NamedTuple):
    """A word on the way from a head to the left edge of its name."""

    start: int
    end: int
    kind: str  # place body brand char trade noun starter level latin digits
    owner: Any = None


def trim(tokens: list[Token], *, legal: bool) -> list[Token]:
    """The tokens from where the name begins: a place, a brand, a body, 国家; trade words before those are a name only with a legal form after them."""
    first = 0
    count = len(tokens)
    while first < count:
        kind = tokens[first].kind
        if kind in _BEGINS_NAME:
            break
        if kind == "noun" and first + 1 < count and tokens[first + 1].kind in ("char", "brand"):
            break
        first += 1
    if first == count:
        if legal and tokens and tokens[0].kind != "bracket":
            return tokens
        return []
    return tokens[first:]


def brand_run(tokens: list[Token]) -> bool:
    """Whether the tokens hold a made-up word of two characters or more, a name from the dictionary, or Latin letters."""
    run = 0
    for token in tokens:
        if token.kind in ("brand", "latin", "body"):
            return True
        if token.kind == "char":
            run += 1
            if run >= 2:
                return True
        else:
            run = 0
    return False
