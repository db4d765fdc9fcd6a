"""Initials that a word licenses: 浙沪 and 中美 as words of the lexicon, 中|方 and 赴|美 by the word beside them, 珠澳|两地 by how many they are."""

import re

from jianbao.extractors.region.gazetteer import SURE_LETTERS, Gazetteer, of_levels
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import TRANSLITERATED, Words
from jianbao.lexicon import PlaceWordEntry
from jianbao.numerals import ONES

_AFTER_DAY = frozenset("后前内起")  # 3日后
DYNASTIC = frozenset("墓服画末初简赋隶室军王族")
HARBOURS = frozenset("港澳台")
# 到港|货量, 抵港|船舶: at any port, but in the papers of Hong Kong at their own.
_ARRIVING = frozenset("到抵离")
ARRIVALS = re.compile(r"货|船|量|邮轮|游轮|航班|班轮|集装箱|吨|时间")
LEVELS_COUNTED = {"地": ("province", "prefecture"), "省": ("province",), "市": ("prefecture", "province")}


class Initials:
    """Accepts single characters as places where a word of the lexicon says so."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words

    def find(self, view: View) -> None:
        """Accepts the initials of strings, then those beside a word (在浙沪 is 浙 and 沪), then those that are counted."""
        for start, end, word in view.triggers["string"]:
            self.string(view, start, end, word, doubted=word.sense == "weak_string")
        for start, end, word in view.triggers["single"]:
            self._single(view, start, end, word)
        for start, _, _ in view.triggers["deictic"]:
            self._before_counted(view, start)

    def string(self, view: View, start: int, end: int, word: PlaceWordEntry, *, doubted: bool) -> None:
        """Accepts the characters of a known string: 中美, 鞍|钢."""
        folded, flags = view.folded, view.flags
        if not flags[start] or not view.free(start, end):
            return
        if not flags[end] and not (folded.startswith(self._words.contexts, end) and view.begins_word(start, end)):
            return  # but 美中|关系 is one word of the dictionary
        if folded[start - 1 : start] in TRANSLITERATED and flags[start - 1] and start:
            return  # 克苏鲁
        if doubted and not (folded.startswith(self._words.contexts, end) or all(code in view.named for code in word.codes)):
            return
        for offset, code in enumerate(word.codes):
            entry = self._places.entries.get(code)
            if entry:
                entries = self._places.europe if entry.code == "macro:欧洲" else (entry,)
                self._places.accept_initial(view, start + offset, entries)

    def _single(self, view: View, start: int, end: int, word: PlaceWordEntry) -> None:
        """Accepts the one character that the word beside it licenses: 中|方, 赴|美."""
        folded, flags = view.folded, view.flags
        sense = word.sense
        place = start if sense == "tail" else end - 1
        if not flags[start] or not view.free(start, end):
            return
        if not flags[end] and not (sense == "lead" and (view.begins_word(start, end) or folded.startswith("人次", end))):
            return
        letter = folded[place]
        if sense == "lead" and end < len(folded) and folded[end] in TRANSLITERATED and self._words.begins_name(view, end):
            return  # 在德瑞克
        if letter == "港" and folded[place - 1 : place] in _ARRIVING and ARRIVALS.match(folded, place + 1) and view.convention != "hongkong":
            return  # 到港|货量, 离港|航班
        if letter == "汉" and folded[end : end + 1] in DYNASTIC:
            return  # 在汉墓中
        if letter == "日" and (folded[start - 1 : start].isdigit() or folded[end : end + 1] in _AFTER_DAY):
            return
        entries = self._places.letters.get(letter, ())
        if letter == "欧":
            entries = (self._places.entries["macro:欧盟"],) if word.hans == "脱" else self._places.europe
        else:
            higher = of_levels(entries, "country", "macro", "province")
            cities = tuple(e for e in entries if e.level == "prefecture" and e.code in view.named) if sense == "lead" else ()
            # 来宁: 南京 where the article names it, and not 宁夏.
            entries = cities if cities and view.named.isdisjoint(e.code for e in higher) else higher or entries
        if entries:
            self._places.accept_initial(view, place, entries)

    def _before_counted(self, view: View, position: int) -> None:
        """Accepts as many initials right before 两地, 三省 and the like as these count, if one is sure: 珠澳|两地, 成渝|两地; not 山海|两地."""
        folded = view.folded
        count = ONES.get(folded[position], 0)
        start = position - count
        if not count or start < 0 or not (view.free(start, position) and view.flags[start] and view.flags[position]):
            return
        levels = LEVELS_COUNTED.get(folded[position + 1 : position + 2], ())
        places = [of_levels(self._places.letters.get(letter, ()), *levels) for letter in folded[start:position]]
        letters = {*folded[start:position]}
        sure = not letters.isdisjoint(SURE_LETTERS | HARBOURS) or any(e.code in view.named for entries in places for e in entries)
        if sure and all(places) and len(letters) == count and self._words.opens_name(view, start):
            for offset, entries in enumerate(places, start):
                self._places.accept_initial(view, offset, entries)

    def corridor(self, view: View, start: int, head_start: int) -> None:
        """Accepts the initials at the head of a corridor's name: 长辽梅白医药健康产业走廊."""
        position = start
        while position < head_start and (entries := self._places.letters.get(view.folded[position])):
            if view.free(position, position + 1):
                self._places.accept_initial(view, position, entries)
            position += 1
