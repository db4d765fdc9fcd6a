"""Reads the tables of `tests/cases/`: examples that anyone can extend without knowing Python.

A table is tab-separated: `id`, `text`, `expected`, `note`, and further columns by name in its header. In `text`, `[[...]]` marks each mention that must
be found (and nothing else may be found); they may nest. `expected` gives their values in text order, joined by ` | `.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import opencc

CASES = Path(__file__).parent / "cases"
SCRIPTS = ("as_written", "t2s", "s2t", "s2tw", "s2hk")
_CONVERTERS = {name: opencc.OpenCC(name) for name in SCRIPTS[1:]}
_MARK = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True)
class Case:
    """One row: the text without marks, where the marks stood, and the values that are expected there."""

    id: str
    text: str
    spans: tuple[tuple[int, int], ...]
    expected: tuple[str, ...]
    note: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def mentions(self) -> list[tuple[int, int, str]]:
        """What must be found: start, end, value."""
        if len(self.spans) != len(self.expected):
            raise ValueError(f"case {self.id}: {len(self.spans)} marks but {len(self.expected)} values")
        return [(start, end, value) for (start, end), value in zip(self.spans, self.expected, strict=True)]


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without `[[` and `]]`, and the marked spans by start, longest first."""
    plain: list[str] = []
    length, last = 0, 0
    open_at: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _MARK.finditer(marked):
        piece = marked[last : match.start()]
        plain.append(piece)
        length += len(piece)
        last = match.end()
        if match[0] == "[[":
            open_at.append(length)
        else:
            spans.append((open_at.pop(), length))
    if open_at:
        raise ValueError(f"unclosed [[ in {marked!r}")
    plain.append(marked[last:])
    return "".join(plain), tuple(sorted(spans, key=lambda s: (s[0], -s[1])))


def read_cases(name: str) -> list[Case]:
    r"""The rows of `tests/cases/NAME.tsv`. A literal `\n` in a text is a line end; lines that begin with `#` are comments."""
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    header = rows[0][1]
    cases = []
    for number, row in rows[1:]:
        if len(row) > len(header):
            raise ValueError(f"{name}.tsv:{number}: {len(row)} columns, the header has {len(header)}")
        cells = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True))
        text, spans = unmark(cells.pop("text").replace("\\n", "\n"))
        expected = tuple(v.strip() for v in cells.pop("expected").split(" | ")) if cells["expected"].strip() else ()
        cases.append(Case(cells.pop("id"), text, spans, expected, cells.pop("note", ""), cells))
    ids = [case.id for case in cases]
    if len(set(ids)) != len(ids):
        raise ValueError(f"{name}.tsv: ids stand twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return cases


def convert(text: str, script: str) -> str:
    """`text` in another script, of the same length: the configurations without phrases of unequal length."""
    return text if script == "as_written" else _CONVERTERS[script].convert(text)
