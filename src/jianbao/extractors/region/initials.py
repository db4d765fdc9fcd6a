"""Initials that a word licenses: 浙沪 and 中美 as words of the lexicon, 中|方 and 赴|美 by the word beside them, 珠澳|两地 by how many they are."""

import re

from jianbao.extractors.region.gazetteer import SURE_LETTERS, Gazetteer, of_levels
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import TRANSLITERATED, Words
from jianbao.lexicon import PlaceWordEntry, RegionEntry
from jianbao.numerals import ONES

# The first character of a headline, in a paper of the place.
_AT_HOME = {"hongkong": "港", "macau": "澳"}
_AFTER_DAY = frozenset("后前内起")  # 3日后
DYNASTIC = frozenset("墓服画末初简赋隶室军王族")
HARBOURS = frozenset("港澳台")
# 到港|货量, 抵港|船舶: at any port, but in the papers of Hong Kong at their own.
_ARRIVING = frozenset("到抵离")
ARRIVALS = re.compile(r"货|船|量|邮轮|游轮|航班|班轮|集装箱|吨|时间")
LEVELS_COUNTED = {"地": ("province", "prefecture"), "省": ("province",), "市": ("prefecture", "province")}
# First characters that other rules read for one country alone, or that are compass points and the like.
_NOT_LENT = frozenset("中美日韩俄英法德朝东南西北新老大")
# Characters that are oftener a word of the sentence than a country (所提, 以便, 大的): only beside another country's.
_FUNCTION = frozenset("所以也不多比约加和海冰黑土文立")
_NATION_AFTER = re.compile(
    r"方(?!法|式|案|向|面[^,、。]?[积子条]|便)|首都|总统|总理|首相|国王|外长|外交部|财长|防长|议长|官方|军方|警方|媒体|议会|国会|央行|大使|驻华|使馆|元首|领导人|两国|双方|境内"
)
_VISITED = frozenset("访赴驻抵援")
_TOWARDS = frozenset("在对向来")
# 港台|歌手: of Hong Kong and Taiwan also in Hong Kong's papers, where 港台 is its broadcaster.
_OF_BOTH = re.compile(r"媒体|传媒|两|关系|交流|经贸|贸易|之间|双方|歌|艺人|明星|影|片|剧|地区|等|企业|商|作家|流行|乐坛|市场|股")
_PARTNERS = frozenset("中台")
_POWERS = frozenset("美日韩俄英法德印")
_JOINED = ("双方", "共同", "友谊", "携手", "各领域", "各界", "各自")


class Initials:
    """Accepts single characters as places where a word of the lexicon says so."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words

    def find(self, view: View) -> None:
        """Accepts the initials of strings, then those beside a word (在浙沪 is 浙 and 沪), then those that are counted."""
        view.lent = _lent(view)
        if view.lent:
            self._of_named_countries(view)
        for start, end, word in view.triggers["string"]:
            self.string(view, start, end, word, doubted=word.sense == "weak_string")
        for start, end, word in view.triggers["single"]:
            self._single(view, start, end, word)
        for start, _, _ in view.triggers["deictic"]:
            self._before_counted(view, start)
        if view.folded[:1] == _AT_HOME.get(view.convention) and view.flags[1] and view.free(0, 1):
            self._places.accept_initial(view, 0, of_levels(self._places.letters[view.folded[0]], "province"))  # 港|机场货运增

    def _of_named_countries(self, view: View) -> None:
        """The first character of a country that the article names in full, where a country is spoken of: 中|牙 and 牙|方 beside 牙买加, 赴|乌 beside 乌拉圭."""
        folded = view.folded
        for letter, countries in view.lent.items():
            others = tuple(e for e in self._places.letters.get(letter, ()) if e.level in ("province", "prefecture") and e.code in view.named)
            position = folded.find(letter)
            while position >= 0:
                if view.free(position, position + 1) and (pair := self._speaks_of_country(view, position)) is not None:
                    for place in (position, *pair):
                        entries = (
                            (countries if pair else countries + others)
                            if place == position
                            else of_levels(self._places.letters[folded[place]], "country", "province")
                        )
                        if view.free(place, place + 1):
                            self._places.accept_initial(view, place, entries)
                position = folded.find(letter, position + 1)

    def _speaks_of_country(self, view: View, position: int) -> tuple[int, ...] | None:
        """The places of the partners' characters (中 of 中牙) beside a country's first character, or none of them beside its body; None where it is a word."""
        folded, flags = view.folded, view.flags
        end = position + 1
        function = folded[position] in _FUNCTION
        before = folded[position - 1 : position]
        if (before in _PARTNERS or before in _POWERS) and flags[position - 1] and flags[end]:
            if self._words.is_context(folded, end):
                more = folded[position - 2 : position - 1] in _PARTNERS and flags[position - 2]
                return (position - 2, position - 1) if more else (position - 1,)  # 中俄|蒙边境
            alone = flags[position] or not self._words.pos(folded[position - 1 : end])
            if before in _PARTNERS and alone and not function:
                opens = self._words.opens_name(view, position - 1) and not _NATION_AFTER.match(folded, end)
                if opens or folded.startswith(_JOINED, end):
                    return (position - 1,)
        if not flags[position]:
            return None
        if folded[end : end + 1] == "中" and (self._words.is_context(folded, end + 1) or (not function and folded.startswith(_JOINED, end + 1))):
            return (end,)
        if function:
            return None
        after = _NATION_AFTER.match(folded, end)
        if after and flags[after.end()] and (flags[end] or not self._words.pos(folded[position : after.end()])):
            return ()
        if not (flags[end] and flags[position - 1]) or (folded[end : end + 1] in TRANSLITERATED and self._words.begins_name(view, end)):
            return None
        return () if before in _VISITED or (before in _TOWARDS and self._words.is_abroad(folded, end)) else None

    def string(self, view: View, start: int, end: int, word: PlaceWordEntry, *, doubted: bool) -> None:
        """Accepts the characters of a known string: 中美, 鞍|钢."""
        folded, flags = view.folded, view.flags
        if not flags[start] or not view.free(start, end):
            return
        if not flags[end] and not (self._words.is_context(folded, end) and view.begins_word(start, end)):
            return  # but 美中|关系 is one word of the dictionary
        if folded[start - 1 : start] in TRANSLITERATED and flags[start - 1] and start:
            return  # 克苏鲁
        if doubted and not (self._words.is_context(folded, end) or all(code in view.named for code in word.codes)):
            return
        codes = _at_home(view, word.codes)
        if word.hans == "港台" and view.convention == "hongkong" and not _OF_BOTH.match(folded, end):
            codes = codes[:1]  # the city's broadcaster
        for offset, code in enumerate(codes):
            entry = self._places.entries.get(code)
            if entry and code not in view.named and (countries := view.lent.get(folded[start + offset])):
                self._places.accept_initial(view, start + offset, countries)  # 中乌 beside 乌拉圭
            elif entry:
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
        entries = view.lent.get(letter) or self._places.letters.get(letter, ())
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


def _at_home(view: View, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of a string as a paper of Macau means them: 澳 is Macau beside a place at home, unless 澳大利亚 is named; 中 is 中山 where that is."""
    if view.convention != "macau" or "AU" not in codes or "AU" in view.named:
        return codes
    own = {"AU": "820000", "CN": "442000" if "442000" in view.named else "CN"}
    return tuple([own.get(code, code) for code in codes])


def _lent(view: View) -> dict[str, tuple[RegionEntry, ...]]:
    """The first characters of the countries that a text names in full, with these countries."""
    lent: dict[str, dict[str, RegionEntry]] = {}
    for name in view.starts.values():
        if name.surface.country and name.end - name.start > 1 and (letter := view.folded[name.start]) not in _NOT_LENT and len(name.entries) == 1:
            lent.setdefault(letter, {})[name.entries[0].code] = name.entries[0]
    return {letter: tuple(entries.values()) for letter, entries in lent.items()}
