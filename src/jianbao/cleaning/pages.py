"""Where a page that holds several articles is cut: each begins at its headline, above a byline or dateline of its own.

A page is cut only at a lead (本报讯(记者 X), 新华社北京3月5日电, 〔記者…報導〕, 本报记者 X) that comes after another lead: a feature with
many subheads has one byline and stays whole, and the cut tail of an article stays where it is.
"""

import re
from collections.abc import Sequence

from jianbao.cleaning.bylines import is_byline, lead_of
from jianbao.cleaning.lines import Line

_MOST_HEADLINES = 4
_HEADLINE = 36
_BODY = 30
_MARKS = "■◆□◇●"
# 本报讯 and wire datelines begin an article even without a headline (briefs); other bylines may stand again inside one.
_SURE = ("paper", "wire")
_CONTINUES = re.compile(r"\((?:上接|下转)|(?:上接|下转)[^。]{0,8}版")
_CAPTION = re.compile(r"摄影?[)\]】]?$")


def article_starts(lines: Sequence[Line]) -> list[int]:
    """The positions at which the second and later articles of a page begin, increasing; none for a page with one article."""
    if sum(1 for line in lines if lead_of(line.text) or is_byline(line.text)) < 2:
        return []  # most pages: the first begins no second article
    starts: list[int] = []
    led = False
    floor = 0  # no headline reaches back beyond this line
    told = False  # whether text stands under the last lead: a credit line and the dateline below it are of one article
    for index, line in enumerate(lines):
        lead = lead_of(line.text)
        whole = lead is None and is_byline(line.text) and not _CAPTION.search(line.text)
        if (lead is None and not whole) or (lead is not None and lead.start):
            told = told or line.is_body or (line.is_sentence and len(line.text) >= _BODY // 2)
            continue
        if lead is not None and not _has_text(lines, index, lead.end):
            continue
        if whole and not _text_follows(lines, index):
            continue
        first = headline_start(lines, index, floor)
        sure = lead is not None and lead.kind in _SURE and _starts_paragraph(lines, index)
        if led and told and (first < index or sure):
            starts.append(lines[first].start)
        # (记者 X) far below the head and under no headline signs the text above it.
        led = led or sure or first < index or index < _MOST_HEADLINES
        floor = index + 1
        told = lead is not None and len(line.text) - lead.end >= _BODY // 2
    return starts


def _has_text(lines: Sequence[Line], index: int, length: int) -> bool:
    """Whether an article's text stands behind a lead, on its line or the next."""
    return len(lines[index].text) - length >= _BODY // 2 or _text_follows(lines, index)


def _text_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether running text stands under a line, at most one subhead away."""
    return any(line.is_body or (len(line.text) >= _BODY // 2 and line.is_sentence) for line in lines[index + 1 : index + 4])


def _starts_paragraph(lines: Sequence[Line], index: int) -> bool:
    return index == 0 or lines[index].after_blank or lines[index - 1].is_sentence or not lines[index - 1].is_body


def headline_start(lines: Sequence[Line], index: int, floor: int) -> int:
    """The first line of the headline above a lead; `index` where there is none.

    A headline is a block of one to four short lines without a sentence end, parted from the text above by an empty line or the end of a sentence.
    """
    first = index
    while first > floor and index - first < _MOST_HEADLINES + 1:
        line = lines[first - 1]
        if line.is_body or (line.is_sentence and not line.text.endswith(("!", "?"))) or len(line.text) > _HEADLINE or _CONTINUES.search(line.text):
            break
        first -= 1
        if lines[first].after_blank and not _is_deck(lines, first, floor):
            break
    if index - first > _MOST_HEADLINES:
        return index
    if first < index and first > 0 and not (lines[first].after_blank or lines[first - 1].is_sentence or lines[first].text[0] in _MARKS):
        return index
    return first


def _is_deck(lines: Sequence[Line], first: int, floor: int) -> bool:
    """Whether a line after an empty one still belongs to the headline above that: ——芜湖链接高校院所资源见闻."""
    return first > floor and lines[first].text.startswith(("—", "-", "(")) and not lines[first - 1].is_body
