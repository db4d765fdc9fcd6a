"""Which blanks and line ends of a printed text only wrap it: what joining deletes.

Newspaper text is set in columns of 8 to 40 characters and comes wrapped in mid-word, by line ends or, after a careless conversion, by single
blanks. A wrap shows itself by its regularity: the lines before it are all as wide as the column. Everything else stays: paragraph ends, U+3000,
the blanks of headlines, menus and tables, list items.
"""

import re
from collections.abc import Iterator

from jianbao.records import Span

# Zero-width characters, soft hyphens and stray byte-order marks: never part of a word.
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]++")
_LINE = re.compile(r"[^\r\n\u2028\u2029]++")
# A blank inside a line: one or two spaces; three or more set columns apart.
_BLANK = re.compile(r"(?<=[^\s])[ \t\u00a0]{1,2}(?=[^\s])")
# 2016—2020 年, 12.5 %: a number set apart from its unit.
_NUMBER_UNIT = re.compile(r"(?<=[0-9０-９])[ \u00a0](?=[年月日号號時时點点分秒萬万億亿千百兆元噸吨%％公平畝亩港美歐欧日韓韩英人新台臺度季])")
# A line that begins an item, a caption or a paragraph of its own.
_ITEM = re.compile(
    r"[\s\u3000]*(?:[-–—*•·●○■□◆◇▲▼★☆※►▶>#|【〔①-⑳]|[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、](?![0-9])|\u3000)"
)
_SENTENCE_END = "。！？!?；;：:…"
_PUNCTUATION = re.compile(r"[，。、；,;]")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
_MENU = re.compile(r"[>＞|｜»]|&nbsp")

NARROWEST, WIDEST = 6, 45  # widths of a column in Han characters
HEADLINE = 13  # half of a headline is shorter than this
SLACK = 2.5  # a full line may fall this short of the column: punctuation may not begin a line, Latin words are not cut


def find_joins(source: str) -> list[Span]:
    """The spans of `source` to delete so that wrapped words stand whole again, increasing and apart."""
    joins = [m.span() for m in _ZERO_WIDTH.finditer(source)]
    lines = [m.span() for m in _LINE.finditer(source)]
    columns = _column_widths(source, lines)
    joins += [m.span() for m in _NUMBER_UNIT.finditer(source)]
    joins += _wrapping_line_ends(source, lines)
    for start, end in lines:
        joins += _wrapping_blanks(source, start, end, columns)
    return _merge(joins)


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


def _blank_segments(source: str, start: int, end: int) -> tuple[list[Span], list[float]]:
    """The blanks of a line that may wrap it, and the widths of what stands between them."""
    blanks = []
    for match in _BLANK.finditer(source, start, end):
        left, right = source[match.start() - 1], source[match.end()]
        # A blank after an ASCII comma is the other half of a full-width one.
        if left != "," and "\u3000" not in (left, right) and (left > "\u2e7f" or right > "\u2e7f"):
            blanks.append(match.span())
    if not blanks:
        return blanks, []
    edges = [start, *(edge for blank in blanks for edge in blank), end]
    widths = [_width(source[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return blanks, widths


def _column_widths(source: str, lines: list[Span]) -> set[float]:
    """The widths at which blanks wrap lines of this text: those of the regularly cut lines."""
    regular = set()
    for start, end in lines:
        _, widths = _blank_segments(source, start, end)
        if len(widths) >= 3 and _regular(widths) and _PUNCTUATION.search(source, start, end):
            regular.add(max(widths[:-1]))
    return regular


def _regular(widths: list[float]) -> bool:
    """Whether all but the last width fill one column, and the last does not exceed it."""
    full = widths[:-1]
    column = max(full)
    return NARROWEST <= column <= WIDEST and min(full) >= column - SLACK and widths[-1] <= column + SLACK


def _wrapping_blanks(source: str, start: int, end: int, columns: set[float]) -> Iterator[Span]:
    blanks, widths = _blank_segments(source, start, end)
    if not blanks or _MENU.search(source, start, end):
        return
    if len(widths) >= 4 and max(widths) <= 1:  # 吉 林 省 政 府: letter-spaced
        yield from blanks
        return
    body = bool(_PUNCTUATION.search(source, start, end))  # a headline has blanks but no commas or full stops
    if body and len(widths) >= 3 and _regular(widths):
        yield from blanks
        return
    # One blank, or a cut line in a wrapped text: each blank is judged by the line before it.
    for blank, width in zip(blanks, widths, strict=False):
        if (body or width >= HEADLINE) and any(abs(width - column) <= 1 for column in columns):
            yield blank


# ---- line ends --------------------------------------------------------------------------------------------------------


def _wrapping_line_ends(source: str, lines: list[Span]) -> Iterator[Span]:
    """Line ends inside blocks of lines that fill one column."""
    block: list[Span] = []
    for line in [*lines, None]:
        if line and block and source[block[-1][1] : line[0]] in ("\n", "\r\n", "\r") and not _blank_line(source, line):
            block.append(line)
            continue
        yield from _wraps_of_block(source, block)
        block = [line] if line and not _blank_line(source, line) else []


def _blank_line(source: str, line: Span) -> bool:
    return not source[slice(*line)].strip()


def _wraps_of_block(source: str, block: list[Span]) -> Iterator[Span]:
    if len(block) < 2:
        return
    widths = [_width(source[a:b]) for a, b in block]
    column = sorted(widths)[-(1 + len(widths) // 8)]  # near the widest; a stray long line does not set the column
    full = [width >= column - SLACK for width in widths]
    punctuated = sum(1 for a, b in block if _PUNCTUATION.search(source, a, b))
    if not NARROWEST <= column <= WIDEST or punctuated * 3 < len(block) or sum(full) < 2 or max(widths) > column + SLACK:
        return
    for (start, end), (after, after_end), is_full in zip(block, block[1:], full, strict=False):
        text = source[start:end].rstrip()
        gap_start, gap_end = start + len(text), after + len(source[after:after_end]) - len(source[after:after_end].lstrip())
        indented = gap_end - after >= 2 and source[start:start + 1] not in " \t\u00a0"
        if (
            is_full
            and text[-1] not in _SENTENCE_END
            and not indented
            and not _ITEM.match(source, after, after_end)
            and not _splits_latin(source, gap_start, gap_end)
        ):
            yield gap_start, gap_end
