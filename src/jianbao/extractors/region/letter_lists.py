"""Initials that are listed, quoted, or stand before a bloc: 美、中、台与欧; 从“浙”出发; 台|欧盟."""

import re

from jianbao.extractors.region.gazetteer import Gazetteer, of_levels
from jianbao.extractors.region.view import View

QUOTED = re.compile(r"[“‘]([京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青蒙藏])[”’]")
LISTED = "京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽苏川桂台港澳中美日韩俄英法德印欧朝"
LETTER_LIST = re.compile(rf"[{LISTED}](?:、[{LISTED}])+(?:[和与及][{LISTED}])?(?!、)")
LISTED_LETTER = re.compile("[中美日韩俄英法德印欧台](?=[、和与及等])")
ABROAD = frozenset("中美日韩俄英法德印欧朝")
WORLD = ABROAD | frozenset("台港澳")
BLOC = re.compile(r"(?:台|中|美|日|韩|英)(?=欧盟|东盟)")


class LetterLists:
    """Accepts single characters as places by the marks around them."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places

    def find(self, view: View) -> None:
        """Accepts such initials, lists first: a letter may be listed with one that another list has."""
        self._find_lists(view)
        self._find_listed(view)
        self._find_quoted(view)
        self._find_before_blocs(view)

    def _find_lists(self, view: View) -> None:
        """Lists of initials alone: 美、中、台与欧."""
        folded, flags = view.folded, view.flags
        for match in LETTER_LIST.finditer(folded) if "、" in folded else ():
            places = [i for i in range(*match.span()) if folded[i] not in "、和与及"]
            letters = {folded[i] for i in places}
            if (
                folded[match.start() - 1 : match.start()] == "、"
                or len(letters) < len(places)
                or not all(flags[i] and flags[i + 1] for i in places)
                or not view.free(*match.span())
            ):
                continue
            world = letters <= WORLD
            if not world and letters & ABROAD:
                continue
            levels = ("country", "macro", "province") if world else ("province",)
            for i in places:
                entries = self._places.letters[folded[i]]
                level = of_levels(entries, *levels)
                self._places.accept_initial(view, i, level or entries)

    def _find_listed(self, view: View) -> None:
        """An initial that is listed with a place: 赴美、|日|、印度."""
        folded, flags = view.folded, view.flags
        for match in LISTED_LETTER.finditer(folded):
            start, end = match.span()
            beside = view.ends.get(start - 1) if folded[start - 1 : start] == "、" else None
            beside = beside or (view.starts.get(end + 1) if folded[end] == "、" else None)
            if beside and beside.entries[0].level in ("country", "macro") and flags[start] and flags[end] and view.free(start, end):
                entries = of_levels(self._places.letters[match[0]], "country", "macro", "province")
                self._places.accept_initial(view, start, entries)  # 赴美、日、印度

    def _find_quoted(self, view: View) -> None:
        """An initial in quotation marks: 人才从“浙”出发."""
        folded = view.folded
        for match in QUOTED.finditer(folded) if "“" in folded or "‘" in folded else ():
            if view.free(*match.span(1)):
                provinces = of_levels(self._places.letters[match[1]], "province")
                self._places.accept_initial(view, match.start(1), provinces or self._places.letters[match[1]])

    def _find_before_blocs(self, view: View) -> None:
        """An initial before a bloc: 台|欧盟."""
        folded, flags = view.folded, view.flags
        for match in BLOC.finditer(folded) if "盟" in folded else ():
            if flags[match.start()] and flags[match.end()] and view.free(*match.span()):
                entries = of_levels(self._places.letters[match[0]], "country", "province")
                self._places.accept_initial(view, match.start(), entries)
