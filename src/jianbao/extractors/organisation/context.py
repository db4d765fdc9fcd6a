"""Short names of companies told by what stands beside them: a stock code, a stake, or what only a company has or suffers."""

import re
from dataclasses import replace

from jianbao.extractors.organisation.signs import ROLE, STOCK
from jianbao.extractors.organisation.tokens import Token, brand_run, trim
from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.words import HAN, Words

# 收购甲100%股权, 甲51%的股份: a stake is held in what stands before it.
_STAKE = re.compile(r"%的?(?:股权|股份|股票|控股权)")
# 收购|龙门教育|50.17%股权, 72%股权、|深圳山艺|80%股权: who is bought or held stands between the verb, or another stake, and the number.
_HELD = re.compile(
    r"[\s\S]*(?:收购|购买|受让|出售|转让|出让|持有|所持|认购|取得|拥有|竞得|股[权份][、和及,])(?:了|其|其?旗下|(?:其|所)?持有的|(?:全资|控股|参股)?子公司)?(?P<name>[\u4e00-\u9fffA-Za-z]{3,8})\Z"
)
_NOBODY_HELD = re.compile(
    r"公司|企业|股[权份东]|目标|标的|上市|项目|对方|剩余|其余|其他|部分|全部|合计|累计|共计|少数|相关|[前上]述|相应|另[外一]|同一|不足|超过|至少|最多|总股本|合并|分别|直接|间接|"
    r"资产|基金|份额|剥离|总计|置[入出]|交易|双方|各方|甲方|乙方|多数|绝大|不少|不超|[的了其该此约近逾共为以被由在与和及]"
)
_NUMBER_TAIL = re.compile(r"(?:合计|共计|的)?(?<![\d.])\d[\d.]{0,7}\Z")
# What may be of a name before a stock code, back to a mark: Platt Nera(01949).
_BEFORE_CODE = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9·&]|(?<=[A-Za-z]) (?=[A-Za-z]))+\Z")
# What a company is, right before its name: 软件供应商|云峰软件(08861), 内房股|昌泽控股(08872), 继|昌泽国控(08871). Not 控股, 股份, 浙商证券.
_DESCRIBES = re.compile(
    r".*(?:(?:产品|供应|提供|营运|运营|制造|生产|开发|发展|零售|经销|分销|代理|承建|服务|建筑|地产|教育|批发|贸易)商|(?<![控入参持])股(?![份票权东价])|"
    r"(?:大|[板测机车零药])厂|企业|公司|平台|园区|旗下|龙头|巨头|业者)(?=.{2,10}\Z)|继(?=.{3,10}\Z)"
)
# What a bracket with figures follows that is no stock code: 公司股票(600001), 员工(1200).
_NO_COMPANY = re.compile(r"股票|股[份权价]|债|代[码号]|简称|编号|指数|ETF|基金|期[货权]|热线|电话|邮编|文号|[的了人员]\Z|总?[数额量]\Z")
# A code that can be nothing else: with its exchange, or five or six digits as exchanges give them.
_SURE_CODE = re.compile(r"\([^()]*?(?:[A-Z.]|0\d{4}\b|(?:00[0-3]|30[01]|60[0135]|68[89])\d{3}\b)")
_ENDS_CODED = ("v", "d", "p", "c", "r", "u", "t", "f")  # parts of speech that no company's name before a code is made of
_BY_BRACKET = ("organisation.stock_code", "organisation.role")
_OF_SHORT_NAMES = frozenset(("char", "brand", "noun", "trade"))


class ContextNames:
    """Finds the name before or after each trigger that the view holds, each stock code and each stake."""

    def __init__(self, words: Words, walk: Walk) -> None:
        self._words = words
        self._walk = walk
        self._kinds = words.kinds
        self._brand = words.brand
        self._surnames = words.surnames

    def find(self, view: View) -> None:
        """A short name before a stock code (荣化(1704)) or before what only a company has (荣化董事长)."""
        folded = view.folded
        coded = [match.start() - folded.startswith(" ", match.start() - 1) for match in STOCK.finditer(folded)]
        if coded:
            self._add_all_coded(view, coded)
        for match in ROLE.finditer(folded):
            self._add_short(view, match.start(), "organisation.role", person=True)
        for start, end, sense in view.triggers:
            if sense in ("after", "around") and view.boundaries[start]:
                self._add_short(view, start, "organisation.company_context", person=False)
                if folded[start:end] == "股份" and start in view.bodies and view.bodies[start].rule == "organisation.company_context":
                    view.add(replace(view.bodies[start], end=end))  # 圣阳股份: the short name takes it in
            if sense in ("before", "around") and end < len(folded) and view.boundaries[end]:
                self._add_following(view, end)

        for match in _STAKE.finditer(folded):
            # Back over the number (and 合计 before it) to the name.
            number = _NUMBER_TAIL.search(folded, max(0, match.start() - 12), match.start())
            if number is not None:
                self._add_short(view, number.start(), "organisation.stake", person=True)
                self._add_held(view, number.start())

    def _add_all_coded(self, view: View, ends: list[int]) -> None:
        """The names before stock codes, and none that a description made longer."""
        ending: dict[int, list[Candidate]] = {}
        for candidate in view.found:
            ending.setdefault(candidate.end, []).append(candidate)
        dropped: set[int] = set()
        for end in ends:
            dropped.update(map(id, self._add_coded(view, end, ending.get(end, []))))
        if dropped:
            view.found = [candidate for candidate in view.found if id(candidate) not in dropped]

    def _add_coded(self, view: View, end: int, ending: list[Candidate]) -> list[Candidate]:
        """Adds the name before a stock code: after what describes it, else as the walk finds it, else all from the mark before it (、教授熊(08813)).

        Of the candidates that end there, those that begin in the description are given back.
        """
        folded, floor = view.folded, max(0, end - 24)
        run = _BEFORE_CODE.search(folded[floor:end])
        if run is None or _NO_COMPANY.search(run[0], max(0, len(run[0]) - 5)):
            self._add_short(view, end, "organisation.stock_code", person=True)
            return []
        first = floor + run.start()
        dropped: list[Candidate] = []
        described = _DESCRIBES.match(run[0])
        if described is not None:
            begin = first + described.end()
            known = view.bodies.get(end)
            if known is not None and known.start >= begin and known.rule == "organisation.gazetteer" and known.end - known.start > 2:
                return []
            dropped = [c for c in ending if c.start < begin]
            if any(c.rule == "organisation.gazetteer" for c in dropped):
                return []  # 统一企业|中国(00220) is one name
            if dropped:
                del view.bodies[end]
            first = begin
        else:
            self._add_short(view, end, "organisation.stock_code", person=True)
            first = self._after_edge(view, first, end)
        first = _after_factory(folded, first)
        known = view.bodies.get(end)
        if known is not None:
            before = folded[first : known.start]
            if known.end - known.start > 2 or not 1 <= len(before) <= 2 or not all(c in self._brand for c in before):
                return dropped  # 中|联通(00762.HK) is a longer name than the known one in it
        name = folded[first:end]
        sure = view.home != "CN" or _SURE_CODE.match(folded, end) is not None
        longest = 10 if described is not None else 7 if sure else 0
        if 2 <= len(name) <= longest and self._may_be_coded(view, first, end, plain=described is not None and sure):
            view.add(Candidate(first, end, "finance" if self._words.is_finance(name) else "company", "organisation.stock_code"))
        return dropped

    def _may_be_coded(self, view: View, start: int, end: int, *, plain: bool) -> bool:
        """Whether words that hold no edge may all be of a company's name: 博士|蛙, 系统|电; not 大幅|上涨, and 优质|资产 only where `plain` words will do."""
        folded, only = view.folded, True
        position = start
        while position < end:
            following = view.boundaries.find(1, position + 1, end)
            following = following if following >= 0 else end
            word = folded[position:following]
            kind, pos = self._words.kind(word), self._words.pos(word)
            if len(word) > 1 and kind not in ("trade", "brand") and pos.startswith(_ENDS_CODED):
                return False
            only = only and kind in ("trade", "noun", "level", "edge") and len(word) > 1
            position = following
        return plain or not only

    def _after_edge(self, view: View, start: int, end: int) -> int:
        """Where the words before a stock code begin that no edge parts: 与|中建富通(00138), but 老恒|和(02226)."""
        folded, position = view.folded, end
        while position > start:
            begin = view.word_before(position)
            word = folded[begin:position]
            last = position == end and len(word) == 1 and word in self._brand
            if not last and self._words.kind(word) in ("edge", "stop") and not self._words.pos(word).startswith("n"):
                return position
            position = begin
        return max(position, start)

    def _add_held(self, view: View, end: int) -> None:
        """The short name of a company of which a stake is bought or held, whatever words make it: 收购|桂林电容|29.59%股权."""
        held = _HELD.match(view.folded, max(0, end - 20), end)
        if held is None or end in view.bodies or not view.boundaries[held.start("name")] or _NOBODY_HELD.search(held["name"]):
            return
        start = held.start("name")
        kinds = self._walk.kinds_between(view, start, end)
        place = any(first == start and last < end for last in range(start + 2, end) for first, _ in view.place_ends.get(last, ()))
        if "edge" not in kinds and (place or kinds & {"char", "brand", "latin"}):
            view.add(Candidate(start, end, "finance" if self._words.is_finance(held["name"]) else "company", "organisation.stake"))

    def _add_following(self, view: View, start: int) -> None:
        """The short name after 收购, 子公司 or 被告, up to an edge: 子公司|天音通信|持有."""
        folded = view.folded
        if folded[start] == "“":
            start += 1
        tokens: list[Token] = []
        position = start
        for end in (start + 4, start + 3, start + 2):
            if end in view.place_ends and view.place_ends[end][0][0] == start:
                tokens.append(Token(start, end, "place"))
                position = end
                break
        boundaries, kinds = view.boundaries, self._kinds
        last = min(len(folded), start + 12)
        while position < last:
            following = boundaries.find(1, position + 1) if boundaries[position] else position + 1
            word = folded[position:following]
            kind = kinds.get(word) or self._words.kind(word)
            if kind not in _OF_SHORT_NAMES:
                break
            tokens.append(Token(position, following, kind))
            position = following
        if not tokens or tokens[0].kind == "trade" or not 2 <= position - start <= 10 or position in view.bodies:
            return
        run = [t for t in tokens if t.kind in ("char", "brand")]
        made_up = "".join(folded[t.start : t.end] for t in run if t.kind == "char")
        if len(made_up) < 2 or not all(c in self._brand for c in made_up) or tokens[-1].kind == "place" or "noun" in [t.kind for t in tokens]:
            return
        if position - start <= 3 and folded[start] in self._surnames and tokens[-1].kind != "trade":
            return
        if any(c.end > start and c.start < position for c in (view.bodies.get(e) for e in range(start + 1, position + 1)) if c is not None):
            return
        view.add(Candidate(start, position, "company", "organisation.company_context"))

    def _add_short(self, view: View, end: int, rule: str, *, person: bool) -> None:
        folded = view.folded
        if end in view.bodies or (folded.startswith("年", end) and folded[end - 1 : end].isdigit()):
            return  # MIT2023|年报: a year
        guarded = view.guarded.get(end)
        if guarded is not None:
            view.add(guarded)
            return
        if not self._walk.may_follow(view, end):
            return
        tokens = trim(self._walk.tokens(view, end, None), legal=False)
        if not tokens:
            return
        start = _after_factory(folded, tokens[0].start)
        name = folded[start:end]
        kinds = {t.kind for t in tokens if t.start >= start}
        if rule in _BY_BRACKET and [t.kind for t in tokens] in (["body", "trade"], ["body", "trade", "trade"]) and len(name) <= 8:
            view.add(Candidate(start, end, "company", rule))  # 恒大|汽车(00708), 云岭|海洋|装备(买方)
            return
        if "body" in kinds or (tokens[-1].kind == "trade" and self._words.pos(folded[tokens[-1].start : end]).startswith("v")):
            return
        if len(name) < 2 or len(name) > 8 or tokens[-1].kind == "place" or not (HAN.search(name) or len(name) > 1):
            return
        by_code = rule in _BY_BRACKET and ("noun" in kinds or "place" in kinds)
        branded = brand_run([t for t in tokens if t.kind != "brand" or self._words.pos(folded[t.start : t.end]) in ("nz", "nrt")])
        if not branded and not (person and ("brand" in kinds or by_code)):
            return
        if not person and not all(c in self._brand or c.isascii() for t in tokens if t.kind == "char" for c in folded[t.start : t.end]):
            return
        if not person and 2 <= len(name) <= 3 and folded[start] in self._surnames and kinds <= {"char", "brand"}:
            return
        if kinds <= {"digits", "level"} or "level" in kinds:
            return
        view.add(Candidate(start, end, "finance" if self._words.is_finance(name) else "company", rule))


def _after_factory(folded: str, start: int) -> int:
    """Where a name begins that would begin with what its firm is: 面板厂|友达(2409)."""
    return start + 1 if folded[start] == "厂" and start and HAN.match(folded, start - 1) else start
