"""Initials that are listed, quoted, or stand before a bloc: 美、中、台与欧; 从“浙”出发; 台|欧盟."""

import re

from jianbao.extractors.region.gazetteer import Gazetteer, of_levels
from jianbao.extractors.region.triggers import Marks
from jianbao.extractors.region.view import View

LISTED = "京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽苏川桂台港澳中美日韩俄英法德印欧朝"
# A longer list would repeat itself: it is none.
LETTER_LIST = re.compile(rf"[{LISTED}](?:、[{LISTED}]){{1,60}}(?:[和与及][{LISTED}])?(?!、)")
ABROAD = frozenset("中美日韩俄英法德印欧朝")
PARTS_OF_CHINA = frozenset(["macro:东部地区", "macro:西部地区"])
WORLD = ABROAD | frozenset("台港澳")

MARKS: Marks = {
    "listed_initial": [f"{letter}、" for letter in LISTED],
    "initial_in_list": [letter + mark for letter in "中美日韩俄英法德印欧台" for mark in "、和与及等"],
    "quoted_initial": [
        f"{opening}{letter}{closing}"
        for letter in "京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青蒙藏"
        for opening in "“‘"
        for closing in "”’"
    ],
    "initial_of_bloc": [letter + bloc for letter in "台中美日韩英" for bloc in ("欧盟", "东盟")],
}


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
        last = 0
        for start, _, _ in view.triggers["listed_initial"]:
            match = LETTER_LIST.match(folded, start) if start >= last else None
            if match is None:
                continue
            last = match.end()
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
        for start, _, _ in view.triggers["initial_in_list"]:
            end = start + 1
            beside = view.ends.get(start - 1) if folded[start - 1 : start] == "、" else None
            beside = beside or (view.starts.get(end + 1) if folded[end] == "、" else None)
            if beside and folded[start] == "中" and beside.entries[0].code in PARTS_OF_CHINA:
                continue  # 东、中、西部
            if beside and beside.entries[0].level in ("country", "macro") and flags[start] and flags[end] and view.free(start, end):
                entries = of_levels(self._places.letters[folded[start]], "country", "macro", "province")
                self._places.accept_initial(view, start, entries)  # 赴美、日、印度

    def _find_quoted(self, view: View) -> None:
        """An initial in quotation marks: 人才从“浙”出发."""
        for opening, _, _ in view.triggers["quoted_initial"]:
            position = opening + 1
            if view.free(position, position + 1):
                entries = self._places.letters[view.folded[position]]
                self._places.accept_initial(view, position, of_levels(entries, "province") or entries)

    def _find_before_blocs(self, view: View) -> None:
        """An initial before a bloc: 台|欧盟."""
        flags = view.flags
        for start, _, _ in view.triggers["initial_of_bloc"]:
            if flags[start] and flags[start + 1] and view.free(start, start + 1):
                self._places.accept_initial(view, start, of_levels(self._places.letters[view.folded[start]], "country", "province"))
