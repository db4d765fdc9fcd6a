"""Which blanks and line ends of a printed text only wrap it: what joining deletes.

Newspaper text is set in columns of 8 to 40 characters and comes wrapped in mid-word, by line ends or, after a careless conversion, by single
blanks. A wrap shows itself by its regularity: the lines before it are all as wide as the column. Everything else stays: paragraph ends, U+3000,
the blanks of headlines, menus and tables, list items.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from jianbao.records import Span

# Zero-width characters, soft hyphens and stray byte-order marks: never part of a word.
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ZERO_WIDTHS = re.compile(f"[{_ZERO_WIDTH}]++")
_OTHER_LINE_ENDS = "\r\u2028\u2029"
# One or two blanks inside a line: three or more set columns apart, as does white space beside them; a blank after an ASCII comma is the other half of a
# full-width one. (Here and below a character itself stands first: one is searched for at C speed, what begins with a lookbehind is tried everywhere.)
_BLANK = re.compile(r" (?<=[^\s,].) ?(?=\S)")
# 2016—2020 年, 12.5 %, 1 億 3428 萬元, 約 26.2 公頃, 51% 左右: a number set apart from its unit, its other part or what bounds it.
_NUMBER_UNIT = re.compile(
    r" (?:(?<=[0-9０-９].)(?=[年月日号號時时點点分秒萬万億亿千百兆元噸吨%％公平畝亩港美歐欧日韓韩英人新台臺度季])"
    r"|(?<=[億亿萬万兆].)(?:(?<=[0-9０-９]..)|(?<=[0-9０-９] ..))(?=[0-9０-９]{1,4}(?:[,，][0-9０-９]{3})? ?[千百萬万億亿元余餘多])"
    r"|(?<=[近约約逾超過过].)(?=[0-9０-９])"
    r"|(?<=[%％元成噸吨亩畝頃顷里尺].)(?=左右|以[上下內内]))"
)
# A line that begins an item, a caption, a byline or a paragraph of its own: nothing is joined across the seam of two columns there.
_ITEM = re.compile(
    r"[\s\u3000]*(?:[-–—*•·●○■□◆◇▲▼★☆※►▶>#|【〔①-⑳]|[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、](?![0-9])|\u3000)"
    r"|本[报報](?:[讯訊]|[记記]者)|(?:[记記]者|文|[图圖]|撰文)[:：／/ \u3000]|新[华華]社[^，。]{2,10}[电電]"
)
_SENTENCE_END = "。！？!?；;：:…"
_CLOSERS = "”’」』）)》】〉"
# Commas and stops of running text; the comma of 1,200 is none.
_PUNCTUATION = re.compile(r"[，。、；;,](?:(?<!,)|(?<![0-9].)|(?![0-9]))")
# 企业:甲公司;投资:3亿元: a line that begins with a label, as rows of a table and forms do.
_LABEL = re.compile(r"\s*[^\s，。、；：:,;“「]{1,10}[：:]\s*[^\s“「『\"]")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_MENU = (">", "＞", "|", "｜", "»", "&nbsp")

NARROWEST, WIDEST = 6, 45  # widths of a column in Han characters
HEADLINE = 13  # half of a headline is shorter than this
LONGEST = 2 * WIDEST + 5  # no line of more characters fits into a column
SLACK = 2.5  # a full line may fall this short of the column: punctuation may not begin a line, Latin words are not cut


def find_joins(source: str) -> list[Span]:
    """The spans of `source` to delete so that wrapped words stand whole again, increasing and apart."""
    joins: list[Span] = []
    if any(character in source for character in _ZERO_WIDTH):
        joins += [m.span() for m in _ZERO_WIDTHS.finditer(source)]
    lines = _lines(source)
    blanked = source.replace("\u00a0", " ")
    if " " in blanked:
        joins += [m.span() for m in _NUMBER_UNIT.finditer(blanked)]
    blanked = blanked.replace("\t", " ")
    if " " in blanked:
        joins += _wrapping_blanks(source, blanked, lines)
    joins += _wrapping_line_ends(source, lines)
    return _merge(joins)


def _lines(source: str) -> list[Span]:
    """The lines that hold something."""
    for other in _OTHER_LINE_ENDS:
        source = source.replace(other, "\n")
    lines: list[Span] = []
    start = 0
    for line in source.split("\n"):
        if not line:
            start += 1
            continue
        end = start + len(line)
        if not line.isspace():
            lines.append((start, end))
        start = end + 1
    return lines


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _width(text: str) -> float:
    """Width in Han characters: an ASCII character or blank counts half."""
    text = text.strip()
    return (len(text.encode("utf-8", "replace")) + len(text)) / 4  # 3 bytes and 1 character: 1; 1 byte and 1 character: 0.5


def _splits_latin(source: str, start: int, end: int) -> bool:
    """Whether a gap stands between two Latin letters, where it is a blank between words."""
    return bool(start and end < len(source) and _LATIN.match(source[start - 1]) and _LATIN.match(source[end]))


# ---- blanks inside a line ---------------------------------------------------------------------------------------------


class _BlankLine(NamedTuple):
    """A line with blanks which may wrap it: its place, theirs, the widths of what stands between them, and whether it is running text (a headline has
    blanks but no commas or full stops).
    """

    start: int
    end: int
    blanks: list[Span]
    widths: list[float]
    is_body: bool

    @property
    def is_regular(self) -> bool:
        """Whether all but the last width fill one column, and the last does not exceed it."""
        full = self.widths[:-1]
        column = max(full)
        return NARROWEST <= column <= WIDEST and min(full) >= column - SLACK and self.widths[-1] <= column + SLACK


def _blank_lines(blanked: str, lines: list[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """The lines that have blanks which may wrap them, and those."""
    index = 0
    blanks: list[Span] = []
    last = len(lines) - 1
    for match in _BLANK.finditer(blanked):
        begin, end = match.span()
        if blanked[begin - 1] <= "\u2e7f" and blanked[end] <= "\u2e7f":
            continue
        if begin >= lines[index][1]:
            if blanks:
                yield lines[index], blanks
                blanks = []
            while index < last and begin >= lines[index][1]:
                index += 1
        blanks.append((begin, end))
    if blanks:
        yield lines[index], blanks


def _measured(source: str, line: Span, blanks: list[Span]) -> _BlankLine:
    start, end = line
    edges = [start, *chain.from_iterable(blanks), end]
    widths = [_width(source[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return _BlankLine(start, end, blanks, widths, _PUNCTUATION.search(source, start, end) is not None)


def _wrapping_blanks(source: str, blanked: str, lines: list[Span]) -> Iterator[Span]:
    """The blanks that wrap lines: those of lines cut regularly, and others of the same text at the same width.

    Args:
        source: The text.
        blanked: The same with a blank for each tab and no-break space.
        lines: Its lines.
    """
    found = list(_blank_lines(blanked, lines))
    if all(len(blanks) < 2 for _, blanks in found):
        return  # one blank says something only in a text that others wrap
    measured = [_measured(source, line, blanks) for line, blanks in found]
    columns = {max(line.widths[:-1]) for line in measured if len(line.blanks) > 1 and line.is_body and line.is_regular}
    near = {column + quarters / 4 for column in columns for quarters in range(-4, 5)}  # widths come in quarters
    for line in measured:
        if (len(line.blanks) < 2 and not columns) or _is_menu(source[line.start : line.end]):
            continue
        letter_spaced = len(line.widths) > 3 and max(line.widths) <= 1  # 吉 林 省 政 府
        if letter_spaced or (line.is_body and len(line.widths) > 2 and line.is_regular):
            yield from line.blanks
            continue
        # One blank, or a cut line in a wrapped text: each blank is judged by the line before it.
        for blank, width in zip(line.blanks, line.widths, strict=False):
            if width in near and (line.is_body or width >= HEADLINE):
                yield blank


def _is_menu(line: str) -> bool:
    return any(mark in line for mark in _MENU)


# ---- line ends --------------------------------------------------------------------------------------------------------


def _wrapping_line_ends(source: str, lines: list[Span]) -> Iterator[Span]:
    """Line ends inside blocks of lines that fill one column; a line too long for any column ends a block."""
    block: list[Span] = []
    for line in lines:
        start, end = line
        if end - start > LONGEST:
            yield from _wraps_of_block(source, block)
            block = []
        elif block and start - block[-1][1] > 1 and source[block[-1][1] : start] != "\r\n":
            yield from _wraps_of_block(source, block)
            block = [line]
        else:
            block.append(line)
    yield from _wraps_of_block(source, block)


def _length(line: Span) -> int:
    return line[1] - line[0]


def _wraps_of_block(source: str, block: list[Span]) -> Iterator[Span]:
    if len(block) < 2:
        return
    start, end = max(block, key=_length)
    if _width(source[start:end]) > WIDEST + SLACK:
        return  # most blocks are paragraphs, and one line tells
    widths = [_width(source[a:b]) for a, b in block]
    column = sorted(widths)[-(1 + len(widths) // 8)]  # near the widest; a stray long line does not set the column
    full = [width >= column - SLACK for width in widths]
    if not NARROWEST <= column <= WIDEST or sum(full) < 2 or max(widths) > column + SLACK:
        return
    if sum(1 for a, b in block if _PUNCTUATION.search(source, a, b)) * 3 < len(block):
        return
    labelled = [bool(_LABEL.match(source, a, b)) for a, b in block]
    if sum(labelled) * 3 >= len(block) * 2:
        return  # rows of a table or form
    for (start, end), (after, after_end), is_full in zip(block, block[1:], full, strict=False):
        text = source[start:end].rstrip()
        gap_start, gap_end = start + len(text), after + len(source[after:after_end]) - len(source[after:after_end].lstrip())
        indented = gap_end - after >= 2 and source[start : start + 1] not in " \t\u00a0"
        if (
            is_full
            and (text.rstrip(_CLOSERS) or text)[-1] not in _SENTENCE_END
            and not indented
            and not _ITEM.match(source, after, after_end)
            and not _splits_latin(source, gap_start, gap_end)
        ):
            yield gap_start, gap_end
