"""Media: what is named as a source, as the owner of a site, or by a title that speaks."""

import re

from jianbao.extractors.organisation.signs import SPEAKS
from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.words import Words

# 来源: 浙江发布 | 稿源:某网 (a blank, a bracket or a line end closes it)
_SOURCE_NAME = re.compile(r"[::] {0,12}《?([^\s\u3000()《》,。;:|<>/\[\]]{2,14})")
# 《某报》, 《The Edge》: a title that speaks is a medium.
_TITLE = re.compile(r"《([^《》\n]{2,24})》")
# © 1999-2017 Zjol, Copyright 2020 某某网. All: who owns the site.
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|Copyright) ?(?:\d{4}(?:[-—~]\d{2,4})? ?)?"
    r"([A-Za-z][A-Za-z0-9]{2,20}(?:\.[a-z]{2,4})?|[\u4e00-\u9fff]{2,10}?)(?=[. ]*(?:All|版权|[.,\s]|$))"
)


# 某某网|讯, 某某传媒|消息: who reports, at the head of a line. A pattern a word: one that begins with a fixed character is found much faster than with any of several.
_REPORTS = tuple(re.compile(rf"{report}(?=[\s::,(近日今昨\d])") for report in ("讯", "消息", "报道"))
_REPORTERS = ("网", "在线", "传媒", "客户端", "云")
_LINE_HEAD = re.compile(r"(?:\A|[\n \u3000【〔(])(?P<name>(?![本我该])(?:(?![的在与和据])[\u4e00-\u9fff]){2,8})\Z")
# 【某某传媒/记者: a byline.
_BYLINE = re.compile(r"[【〔\[](?P<name>(?!记者|特派)[\u4e00-\u9fffA-Za-z0-9]{2,12})/(?:记者|特派)")


class Media:
    """Finds media by the place in an article where only they stand."""

    def __init__(self, words: Words) -> None:
        self._senses = words.senses
        self._heads = words.heads
        self._no_source = frozenset(words.by_sense["no_source"])

    def find(self, view: View) -> None:
        """Source lines (来源: 浙江发布), titles that speak (《The Edge》专访), owners of a site (© 1999-2017 Zjol)."""
        folded = view.folded
        for _, trigger_end, sense in view.triggers:
            named = _SOURCE_NAME.match(folded, trigger_end) if sense == "source" else None
            if named is None:
                continue
            start = named.start(1)
            end = start + len(
                re.split(r"[”’\"']|(?<=[\u4e00-\u9fff])[-—]|网站|\d{1,2}[月日]|记者|作者|编辑|责任|日期|时间|发布时间|字体|点击|\d{4}", named[1])[0]
            )
            known = view.bodies.get(end)
            if end - start < 2 or (known is not None and known.start <= start):
                continue
            if self._senses.get(folded[start:end]) == "edge" or folded[start:end] in self._no_source:
                continue
            view.add(Candidate(start, end, "media", "organisation.source_line"))
        for report in _REPORTS:
            for match in report.finditer(folded):
                end = match.start()
                if end in view.bodies or not folded.endswith(_REPORTERS, 0, end):
                    continue
                head = _LINE_HEAD.search(folded, max(0, end - 9), end)
                if head is not None:
                    view.add(Candidate(head.start("name"), end, "media", "organisation.dateline"))
        for match in _BYLINE.finditer(folded) if "/记者" in folded or "/特派" in folded else ():
            if match.end("name") not in view.bodies:
                view.add(Candidate(*match.span("name"), "media", "organisation.dateline"))
        for match in _TITLE.finditer(folded):
            start, end = match.span(1)
            if view.bodies.get(end) is not None and view.bodies[end].start == start:
                continue
            ends_like_medium = self._media_head(match[1])
            if ends_like_medium or SPEAKS.match(folded, match.end()):
                latin = match[1].isascii()
                if latin and not SPEAKS.match(folded, match.end()):
                    continue
                if not latin and not ends_like_medium:
                    continue
                view.add(Candidate(start, end, "media", "organisation.title"))
        for match in _COPYRIGHT.finditer(folded) if "©" in folded or "opyright" in folded else ():
            if view.bodies.get(match.end(1)) is None:
                view.add(Candidate(*match.span(1), "media", "organisation.copyright"))

    def _media_head(self, title: str) -> bool:
        for length in (3, 2):
            head = self._heads.get(title[-length:])
            if head is not None:
                return head.type == "media" and len(title) > length
        return title.endswith(("报", "周刊", "新闻")) and not title.endswith(("公报", "通报", "海报", "简报", "汇报", "申报", "预报", "年报", "财报"))
