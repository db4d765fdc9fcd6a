"""The walk to the left: which words before a head, a stock code or the end of a list may be of a name that ends there."""

import re

from jianbao.extractors.organisation.tokens import Token
from jianbao.extractors.organisation.view import LONGEST, View
from jianbao.extractors.organisation.words import HAN, SMALL_NUMBER, Head, Words

# What may stand in a bracket inside a name: 甲科技(惠州)有限公司.
_BRACKETED = re.compile(r"[\u4e00-\u9fff]{2,8}")
_BREAKS = frozenset(("edge", "stop", "mark"))  # kinds of words that no name holds
_ENDS_WALK = frozenset(("government", "academic", "party"))
_MEASURES = frozenset("万亿股元吨日月年号家个名")  # after a digit they measure
# What no name's last word before its head ends in: 的公司, 、公司.
_NEVER_LAST = frozenset("的了与在是对被把及或从由,。、;:!?“《(\n \u3000…—%")
# 十八|洞村, 三江|村: a number begins a village's name. Not 三个村, 八户村民.
_VILLAGE = re.compile(r"[一二三四五六七八九十]{1,3}(?![个名家户余几多])[\u4e00-\u9fff][村寨屯]")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十]{1,3}")
_BEGINS_ORDINAL = frozenset("第一二三四五六七八九十")
_PLAIN = frozenset(("trade", "noun", "brand", "starter"))  # kinds of words that may stand in a name whatever is beside them


class Walk:
    """Reads a text from a position to the left, word by word; `may_follow` refuses most positions before the walk."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._kinds = words.kinds
        self._brand = words.brand
        self._title_words = words.title_words
        self._split_edges = words.split_edges

    def may_follow(self, view: View, position: int) -> bool:
        """Whether what stands before a head may be of its name: a quick refusal before the walk."""
        folded = view.folded
        if not position or (character := folded[position - 1]) in _NEVER_LAST:
            return False
        if position in view.ends:
            return True
        if character.isascii():
            return character == ")" or character.isalnum()
        word = folded[view.boundaries.rfind(1, 0, position) : position]
        kind = self._kinds.get(word) or self._words.kind(word)
        if kind not in _BREAKS or (kind == "edge" and word in self._title_words):
            return True
        return word[0] in _BEGINS_ORDINAL and _ORDINAL.fullmatch(word) is not None

    def tokens(self, view: View, position: int, head: Head | None) -> list[Token]:
        """The words that may belong to a name whose head begins at `position`, left to right."""
        folded, word_starts, kinds = view.folded, view.boundaries, self._kinds
        bodies, guarded, place_ends, ends = view.bodies, view.guarded, view.place_ends, view.ends
        token = tuple.__new__  # what Token(...) does at a third of its cost
        tokens: list[Token] = []
        floor = position - LONGEST if position > LONGEST else 0
        joined = head is None or not head.whole or head.joins
        run = 0  # characters of the made-up word that the walk stands in
        within = False  # inside a longer legal name, left of a body that it holds
        while position > floor:
            if position in ends:
                if position in bodies or position in guarded:
                    body = bodies.get(position)
                    if body is not None and not joined and (body.rule != "organisation.gazetteer" or (head is not None and body.type == head.type)):
                        break
                    if joined:
                        body = body or guarded[position]
                        if body.start >= floor:
                            tokens.append(token(Token, (body.start, position, "body", body)))
                            position = body.start
                            longer = head is not None and head.legal and body.type in ("company", "finance", "media", "other")
                            if body.type in _ENDS_WALK or not (longer or position in place_ends):
                                break
                            run, within = 0, True
                            continue
                if position in place_ends:
                    start, entry = place_ends[position][0]
                    tokens.append(token(Token, (start, position, "place", entry)))
                    position, run = start, 0
                    continue
            character = folded[position - 1]
            if character.isascii():
                if character == ")":
                    opening = folded.rfind("(", max(floor, position - 12), position)
                    if opening < 0 or not _BRACKETED.fullmatch(folded, opening + 1, position - 1):
                        break
                    owner = place_ends[position - 1][0][1] if position - 1 in place_ends else None
                    tokens.append(token(Token, (opening, position, "bracket", owner)))
                    position, run = opening, 0
                    continue
                if not character.isalnum():
                    break
                start = _latin_start(folded, floor, position)
                latin = folded[start:position]
                letters = not latin.isdigit()
                if not letters and (len(latin) > 4 or (tokens and tokens[-1].kind != "char")):
                    break
                if latin == "ST" and start and folded[start - 1] == "*":
                    tokens.append(token(Token, (start - 1, position, "latin", None)))
                    break
                tokens.append(token(Token, (start, position, "latin" if letters else "digits", None)))
                position, run = start, 0
                if letters:
                    if start and folded[start - 1] in "·-":
                        position -= 1
                    else:
                        # A Latin name begins the name, but for a place: 美国IBM公司 keeps 美国 outside.
                        break
                continue
            if character == "·":
                if position - 1 > floor and (HAN.match(folded[position - 2]) or folded[position - 2].isalnum()) and tokens:
                    position -= 1
                    continue
                break
            start = word_starts.rfind(1, 0, position)
            if start < floor:
                break
            word = folded[start:position]
            kind = kinds.get(word) or self._words.kind(word)
            if kind in _BREAKS:
                ordinal = word[0] in _BEGINS_ORDINAL
                if ordinal and head is not None and head.type in ("academic", "other") and _ORDINAL.fullmatch(word):
                    kind = "digits"  # 长春市|第十一|高中
                elif ordinal and kind == "stop" and tokens and _VILLAGE.match(folded, start):
                    kind = "char"
                elif tokens or kind != "edge" or head is None or head.type != "association" or word not in self._title_words or len(word) == 1:
                    break
                else:
                    kind = "trade"  # 新闻工作者|记者|协会
            if within and not (kind == "char" and (run or self._pair_before(view, position))):
                break
            if word in _MEASURES and start and folded[start - 1].isdigit():
                break
            if kind in _PLAIN:
                tokens.append(token(Token, (start, position, kind, None)))
                position, run = start, 0
                continue
            if kind == "hidden":
                if head is None or (not head.weak and not any(t.kind in ("brand", "char", "place", "body", "latin", "bracket") for t in tokens)):
                    tokens.append(token(Token, (start, position, "brand", None)))
                    if start in place_ends:
                        tokens.append(token(Token, (place_ends[start][0][0], start, "place", place_ends[start][0][1])))  # 香港|齐心|基金会
                break
            if kind == "soft":
                if not (0 < run < 2 and self._may_be_brand(word)) and not (run == 0 and start > floor and self.makes_brand(view, start)):
                    break
                kind = "char"
            elif kind == "level" and run and len(word) == 1 and not (run == 1 and len(tokens) > 1 and head is not None and head.type == "other"):
                # A made-up word may hold one; not 县|茶|产业发展中心.
                kind = "char"
            if kind == "char" and folded[position - 2 : position] in self._split_edges:
                break
            run = run + 1 if kind == "char" else 0
            tokens.append(token(Token, (start, position, kind, None)))
            position = start
            if run > 8 or (kind == "level" and len(word) == 1):
                if kind == "level" and position in place_ends:
                    tokens.append(token(Token, (place_ends[position][0][0], position, "place", place_ends[position][0][1])))  # 台湾|区|同业公会
                break
        tokens.reverse()
        return tokens

    def _pair_before(self, view: View, position: int) -> bool:
        """Whether two brand characters that are no words stand before `position`."""
        first = view.word_before(position)
        if first == 0 or position - first != 1:
            return False
        second = view.word_before(first)
        pair = view.folded[second:position]
        return len(pair) == 2 and all(c in self._brand and self._words.kind(c) == "char" for c in pair)

    def _may_be_brand(self, character: str) -> bool:
        """Whether a doubtful character is no verb or adverb: 和 and 月 may be of a brand, 做 and 未 hardly."""
        return character in "来建超有想" or not self._words.pos(character).startswith(("v", "d", "p", "q"))

    def makes_brand(self, view: View, position: int) -> bool:
        """Whether the character before a doubtful one is a brand's beginning that stands after an edge: 天和 in “与天和药业”."""
        start = view.word_before(position)
        if position - start != 1 or view.folded[start] not in self._brand or self._words.kind(view.folded[start]) != "char":
            return False
        if not self._may_be_brand(view.folded[position]) or SMALL_NUMBER.match(view.folded, position - 1):
            return False
        if start == 0 or start in view.place_ends:
            return True
        before = view.folded[view.word_before(start) : start]
        return self._words.kind(before) in ("edge", "stop", "mark", "soft")

    def town_start(self, view: View, begin: int) -> int:
        """Where the name of a town begins whose level stands at `begin`, with the divisions before it: 东辽县安恕|镇."""
        named = view.word_before(begin)
        if not view.boundaries[begin] and 2 <= begin - named <= 3:
            return view.chain(named)  # the dictionary has 官庄镇 as one word
        named = begin
        for token in reversed(self.tokens(view, begin, None)):
            if token.end != named or token.kind not in ("char", "brand", "noun") or begin - token.start > 3:
                break
            named = token.start
        return view.chain(named) if begin - named > 1 else begin

    def kinds_between(self, view: View, start: int, end: int) -> set[str]:
        """The kinds of the words between two word starts."""
        kinds = set()
        while start < end:
            following = view.boundaries.find(1, start + 1, end)
            following = following if following >= 0 else end
            kinds.add(self._words.kind(view.folded[start:following]))
            start = following
        return kinds


def _ends_latin_word(folded: str, end: int) -> bool:
    """Whether a Latin word ends at a position: Media, K2; not 2019."""
    last = folded[end - 1]
    if last.isdigit():
        last = folded[end - 2 : end - 1]  # one digit: the 2 of K2
    return last.isascii() and last.isalpha()


def _latin_start(folded: str, floor: int, position: int) -> int:
    """Where a Latin name begins that ends at `position`: letters and digits, joined by & . + - ' or one blank (Tang Media Partners|公司)."""
    start = position - 1
    while start > floor:
        before = folded[start - 1]
        if not before.isascii():
            break
        if not before.isalnum() and not (before in "&.+-' " and start - 1 > floor and _ends_latin_word(folded, start - 1)):
            break
        start -= 1
    return start
