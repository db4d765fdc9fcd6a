"""Figures: what a quantity is worth in its article: the currency of a bare 元, the weight of a 斤, rate, role, subject, restatement."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, Protocol

import daachorse
from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, UnitEntry, load_lexicon
from jianbao.mentions import mention_id
from jianbao.numerals import plain
from jianbao.records import Convention, Dimension, FigureModifier, FigureValue
from jianbao.text import Mention, Text, without_surrogates


class _Role(NamedTuple):
    """What a role word says of a figure."""

    id: str
    weak: bool


_Hit = tuple[int, int, _Role]  # a role word: start, end, its role
_HOME = {"mainland": "CNY", "hongkong": "HKD", "macau": "MOP", "taiwan": "TWD"}
"""The currency of a bare 元 by convention."""

# (人民币,下同), 单位:新台币千元: what a bare 元 means from here on.
_DECLARED = re.compile(r"下[皆均]?同")
_LONGEST_DECLARATION = 8
# 3亿元人民币(约4200万美元), 31亿澳元,折合人民币约147亿元: a sum told again in another currency.
_RESTATED = re.compile(
    r"(?:左右|以上|上下)?\ ?(?:\(\ ?(?:大?约|即|折合|合|相当于|等于|约合|约等于|折算|[^\d,。;()]{0,4}约)"
    r"|[,]?\ ?(?:折合|约合|相当于|等值于?|折算|合))[^\d,。;()]{0,8}\Z|\ ?\(\Z|\ ?/\Z"
)

# ---- rates before the number: 年产4万吨, 每股3元 ------------------------------------------------------------------------------
_YEARLY_VERB = (
    "均|产|销|供|处理|加工|出口|进口|生产|消耗|耗|用|需|输|吞吐|发电|节|减排|节约|增收|收入|收益|营收|营业额|营业收入|利润|纳税|上缴|利税|税收|租金|薪|费|会费|运|捕|屠宰|采|开采|提供|"
    "回收|利用|消费|贸易额|交易额|创|预算|可|新增|增长|递增|净|总产|实现|完成|综合|主营|旅游|能耗"
)
# What begins with a set of characters is searched for at C speed, so each word's first character stands there and again in a look-behind.
_BEFORE_RATE = (
    r"[每平年月日](?:(?<=每)(?:(?P<each_year>一?年)|(?P<each_month>个?月)|(?P<each_day>[日天])|(?P<h>小时)|一?(?P<thing>%s))|(?<=平)均(?P<average>月)"
    rf"|(?<=年)(?P<year>(?<![\d〇一二两三四五六七八九十去今明前当上同全近翌次该历往多几半逐本整末数按较比]年)度?\ ?(?:{_YEARLY_VERB}))"
    r"|(?<=月)(?P<month>(?<![\d〇一二三四五六七八九十个本当上单同首]月)(?:产|均|供|薪|租|销|收入|处理|用|需))"
    r"|(?<=日)(?P<day>(?<![\d〇一二三四五六七八九十今昨明当同生近节假周即本单]日)(?:产|处理|均|加工|供|吞吐|需|耗|销|用|发电|接待)))"
)
_AGAINST = re.compile(r"^年.*增长\Z|新增|净\Z")
_RATES = {"each_year": "year", "each_month": "month", "each_day": "day", "average": "month"}
# Things that a price is for; 每呎 and 每尺 are square feet: they stand before the price of a flat.
_THINGS = {
    "股": "{share}",
    "人": "{person}",
    "名": "{person}",
    "户": "{household}",
    "桶": "[bbl_us]",
    "张": "{piece}",
    "套": "{piece}",
    "呎": "[sft_i]",
    "尺": "[sft_i]",
}
_CLAUSE_END = re.compile(r"[。;!?\n]")
_LIST_GAP = re.compile(r"[^\d。;!?\n:]{0,14}")
_LISTS = re.compile(r"[/、,和及与]")
_CLOSE_LISTS = re.compile(r"[/、和及与]")
_STEP = re.compile(r"[^\d,。;!?\n]{0,3}(?:增|升|提|降|减|扩|跌|涨)[^\d,。;!?\n]{0,3}[至到为][^\d,。;!?\n]{0,2}")
_PERIODS = frozenset(("year", "month", "day", "h"))
_PRICES_APART = 2  # powers of ten
_NEW_TOPIC = re.compile(r"投资|资产|资本|总额|累计|其中|今年|去年|面积|现有|已|将|占|造价|合同|签|每")
_OVER = re.compile(r"[,。;、:()!?\n]|\d(?!公里|平方)")

# ---- roles and subjects -------------------------------------------------------------------------------------------------
_ROLE_BEFORE = 16
_FAR = 40
# 3亿元的贷款, 5000万元人民币投资: a role after the figure.
_AFTER_LINK = ("", "的", "左右", "以上", "左右的", "以上的", "多的", "巨额")
_LONGEST_LINK = max(map(len, _AFTER_LINK))
_ROLE_AFTER = 8  # characters at most of a role word there
_SUBJECT_AFTER = re.compile(r"(?:的)?(?P<subject>[A-Z]{2,6}|[\u4e00-\u9fff]{1,8})")
_SUBJECT_STOP = re.compile(
    r"项目|生产线|产能|建设|工程|装置|基地|扩建|技改|以上|以下|左右|上下|规模|能力|的|及|和|与|或|在|是|为|等|已|将|可|被|于|到|至|由|从|向|用|每|年|月|日|其中|大关|目标|增|减|升|降|较|占|达|比|后|前|内|外|不|有|中|个|同比|环比|产量|出口|进口|加工|处理|生产|发往|运|供应|销|货物|产品|物资|水平"
)
_NO_GOODS = frozenset(
    (
        "全国",
        "全省",
        "全市",
        "全球",
        "去年",
        "今年",
        "我国",
        "公司",
        "集团",
        "预计",
        "实现",
        "完成",
        "达到",
        "其中",
        "总",
        "年",
        "目前",
        "我省",
        "我市",
        "全县",
        "累计",
        "平均",
        "企业",
    )
)


class _Quantity(Protocol):
    """What the extractor read of a figure: `jianbao.extractors.figure.Quantity`."""

    dimension: Dimension
    low: Decimal
    high: Decimal | None
    unit: str
    entry: UnitEntry | None
    currency: str | None
    shared: str | None
    scale: Decimal
    per: str | None
    modifier: FigureModifier | None
    leads: bool
    listed: bool


class FigureResolver:
    """Turns the `Quantity` of each figure into its value."""

    def __init__(self, currencies: Lexicon, roles: Lexicon, units: Lexicon) -> None:
        dimensions = dict.fromkeys(dimension for role in roles.entries for dimension in role.dimensions)
        self._role_words = {dimension: _RoleWords(roles, dimension) for dimension in dimensions}
        self._names = {fold(name): c.id for c in currencies.entries for name in (*c.surfaces, *c.before)}
        names = "|".join(re.escape(n) for n in sorted(self._names, key=lambda n: (-len(n), n)))
        self._declared = re.compile(rf"(?P<coin>{names})[,、;.·:\ ]?[\ (]?\Z")
        self._shared: dict[str, list[Any]] = {}
        for currency in currencies.entries:
            for name in currency.shared:
                self._shared.setdefault(fold(name), []).append(currency)
        things = {fold(s): u.ucum for u in units.entries if u.dimension not in ("percent", "count") for s in u.surfaces}
        self._things = things | _THINGS
        names = "|".join(sorted(map(re.escape, self._things), key=lambda s: (-len(s), s)))
        self._rate_before = re.compile(_BEFORE_RATE % names)

    def resolve(self, text: Text) -> None:
        """Gives every figure of `text.mentions` its value."""
        figures = sorted([m for m in text.mentions if m.kind == "figure" and m.parsed is not None], key=attrgetter("start"))
        if not figures:
            return
        convention: Convention = text.article.convention if text.article else "mainland"
        declared = list(self._declarations(text.folded))
        last: Mention | None = None
        per: str | None = None  # the rate of `last` where it stands before the number
        for mention in figures:
            quantity: _Quantity = mention.parsed
            after = last.end if last is not None else 0
            # What stands between two figures tells whether they belong together; far apart they do not.
            gap = text.folded[after : mention.start] if last is not None and mention.start - after < _FAR else None
            money = quantity.dimension == "money"
            currency = self._currency(text, mention, last, declared, convention) if money else None
            rate = quantity.per or self._rate(text.folded, mention.start, after, quantity.dimension == "percent")
            if rate is None and per is not None and last is not None and gap is not None and _continues(gap, last, mention, per):
                rate = per
            per = None if quantity.per else rate
            trigger = self._trigger(text.folded, mention, after)
            role = trigger[2].id if trigger else None
            restates = None
            before = last.value if last is not None else None
            if gap is not None and last is not None and last.parsed.dimension == quantity.dimension and isinstance(before, FigureValue):
                if money and currency != before.currency and before.amount != 1 and _RESTATED.fullmatch(gap):
                    restates = mention_id(text, last)
                    role, rate = role or before.role, rate or before.per
                elif len(gap) < 3 and _LISTS.search(gap):
                    role = role or before.role
            subject = _subject(text, mention, trigger) if quantity.dimension == "mass" else None
            mention.value = _value(quantity, convention, currency, rate, role, subject, restates)
            last = mention

    def _currency(self, text: Text, mention: Mention, last: Mention | None, declared: list[tuple[int, str]], convention: Convention) -> str | None:
        """The currency of a sum: as printed, of the list that it stands in, as declared (下同), else by convention and countries named."""
        quantity = mention.parsed
        if quantity.currency is not None:
            return str(quantity.currency)
        home = _HOME[convention]
        if quantity.shared in ("元", "圆", "块钱"):
            if last is not None and quantity.listed and last.parsed.leads and isinstance(last.value, FigureValue):
                quantity.leads = True
                return last.value.currency
            index = bisect_right(declared, (mention.start, "~"))
            return declared[index - 1][1] if index else home
        if quantity.shared == "$":
            return "USD" if convention == "mainland" else home
        if quantity.shared == "¥":
            return "CNY"
        return self._of_countries(text, quantity.shared, home)

    def _declarations(self, folded: str) -> Iterator[tuple[int, str]]:
        """Where the article says what a bare 元 means from there on: (人民币,下同)."""
        for match in _DECLARED.finditer(folded):
            start = match.start() - (folded[match.start() - 1 : match.start()] == "以")
            if coin := self._declared.search(folded, max(0, start - _LONGEST_DECLARATION), start):
                yield match.end(), self._names[coin["coin"]]

    def _of_countries(self, text: Text, name: str | None, home: str) -> str | None:
        """Which of the currencies of one name is meant: that of the country named most often in the article, else the usual one."""
        candidates = self._shared.get(name or "", [])
        counts = dict.fromkeys((c.id for c in candidates), 0)
        if home in counts:
            return home
        for mention in text.mentions:
            code = getattr(mention.value, "code", None) if mention.kind == "region" else None
            for candidate in candidates:
                counts[candidate.id] += code in candidate.countries
        best = max(counts.values(), default=0)
        if best:
            return next(str(c.id) for c in candidates if counts[c.id] == best)
        return next((str(c.id) for c in candidates if name in {fold(usual) for usual in c.usual}), None)

    def _rate(self, folded: str, start: int, after: int, percent: bool) -> str | None:
        """The rate that stands before a number in its clause: 年产 is year, 每吨 t; 年增长3% tells against which year, not how much each year."""
        left = folded[max(after, start - 20) : start]
        found = None
        for match in self._rate_before.finditer(left):
            rest = left[match.end() :]
            if len(rest) <= (6 if match["thing"] else 16) and not _OVER.search(rest) and not (percent and _AGAINST.search(match[0])):
                found = match
        if found is None:
            return None
        name = found.lastgroup or ""
        return self._things[found["thing"]] if name == "thing" else _RATES.get(name, name)

    def _trigger(self, folded: str, mention: Mention, after: int) -> _Hit | None:
        """The nearest role word in the clause, before the figure or (3亿元贷款) right after it."""
        words = self._role_words.get(mention.parsed.dimension)
        if words is None:
            return None
        start = mention.start
        best: _Hit | None = None
        begin = max(start - _ROLE_BEFORE, after)
        for first, last, index in words.nearest_first(folded[begin:start]):
            role, between = words.roles[index], folded[begin + last : start]
            if begin + first == after and between[:1] == ",":
                continue  # 1.8米高,0.5毫米: it belongs to the figure before
            if between[:1] in ("至", "到", "为") and role.id in ("growth", "decline"):
                continue  # 降至25%: the level, not the change
            if not _CLAUSE_END.search(between) and (len(between) <= 8 or "," not in between):
                best = begin + first, begin + last, role
            break
        if best is None or start - best[1] > 4 or best[2].weak:
            best = words.right_after(folded, mention.end) or best
        return best


class _RoleWords:
    """The role words of the figures of one dimension."""

    def __init__(self, roles: Lexicon, dimension: Dimension) -> None:
        words = {surface: _Role(role.id, role.weak) for surface, role in roles.by_surface.items() if dimension in role.dimensions}
        self.roles = list(words.values())
        self._matcher = daachorse.CharwiseDoubleArrayAhoCorasick(list(words))
        self._openers = {link[0] for link in _AFTER_LINK if link} | {word[0] for word in words}

    def _found(self, words: str) -> list[tuple[int, int, int]]:
        try:
            return self._matcher.find_overlapping(words)
        except UnicodeEncodeError:  # a lone surrogate cannot pass the matcher
            return self._matcher.find_overlapping(without_surrogates(words))

    def nearest_first(self, before: str) -> list[tuple[int, int, int]]:
        """Those in the words before a figure, the last first, with the numbers of their roles; of those that end together the longest: 工业总产值 before 产值."""
        found = self._found(before)
        if len(found) > 1:
            found.sort(key=_end, reverse=True)  # those that end together come longest first, and stay so
        return found

    def right_after(self, folded: str, end: int) -> _Hit | None:
        """The longest right after a figure: 贷款 in 3亿元的贷款."""
        if folded[end : end + 1] not in self._openers:
            return None
        found = self._found(folded[end : end + _LONGEST_LINK + _ROLE_AFTER])
        for link in _AFTER_LINK if found else ():
            place = len(link)
            if folded.startswith(link, end):
                fitting = [hit for hit in found if hit[0] == place and 1 < hit[1] - place <= _ROLE_AFTER]
                if fitting:
                    first, last, index = fitting[-1]
                    return end + first, end + last, self.roles[index]
        return None


_end = itemgetter(1)


def _value(
    quantity: _Quantity, convention: Convention, currency: str | None, per: str | None, role: str | None, subject: str | None, restates: str | None
) -> FigureValue:
    """A quantity in base units, with the bounds that its modifier leaves."""
    low = _in_base(quantity, convention, quantity.low)
    amount: Decimal | None = low
    first: Decimal | None = low
    last: Decimal | None = low
    modifier = quantity.modifier
    if quantity.high is not None:
        amount, last = None, _in_base(quantity, convention, quantity.high)
    elif modifier == "min":
        last = None
    elif modifier == "max":
        first = None
    elif modifier == "approx":
        first = last = None
    return FigureValue.of_fields(
        {
            "dimension": quantity.dimension,
            "amount": amount,
            "low": first,
            "high": last,
            "currency": currency,
            "unit": quantity.unit,
            "per": per,
            "modifier": modifier,
            "role": role,
            "subject": subject,
            "restates": restates,
            "unresolved": currency is None and quantity.dimension == "money",
        }
    )


def _in_base(quantity: _Quantity, convention: Convention, number: Decimal) -> Decimal:
    """A printed number in base units: 3000亩 is 2000000 m2, 5 Taiwan 斤 0.003 t."""
    entry = quantity.entry
    if entry is None:
        return plain(number * quantity.scale)
    value = number * entry.conventions.get(convention, entry.factor)
    return plain(value if entry.divisor == 1 else round(value / entry.divisor, 10))


def _continues(gap: str, last: Mention, mention: Mention, per: str) -> bool:
    """Whether a figure goes on with an enumeration (年产45万吨合成氨/80万吨尿素), so that its rate is that of the figure before."""
    lists = _LISTS if per in _PERIODS else _CLOSE_LISTS  # 每股3元 does not reach over a comma
    if last.parsed.dimension != mention.parsed.dimension:
        return False
    if per not in _PERIODS and abs(last.parsed.low.adjusted() - mention.parsed.low.adjusted()) > _PRICES_APART:
        return False  # 每平方呎1.8万元、2亿元: the price of a foot, then of the whole
    if _STEP.fullmatch(gap):  # 年产量由5万吨增至8万吨
        return True
    return _LIST_GAP.fullmatch(gap) is not None and lists.search(gap) is not None and not _NEW_TOPIC.search(gap)


def _subject(text: Text, mention: Mention, trigger: _Hit | None) -> str | None:
    """The commodity of a mass: 酸奶 in 4万吨酸奶, 粮食 in 粮食产量300万吨; None in doubt."""
    folded = text.folded
    if match := _SUBJECT_AFTER.match(folded, mention.end):
        words = match["subject"]
        stop = _SUBJECT_STOP.search(words)
        subject = words[: stop.start()] if stop else words
        if (stop or len(words) <= 5) and (len(subject) > 1 or subject in _GOODS):
            return subject
    pos = getattr(text.segmenter, "pos", None)
    if text.segmenter is None or pos is None or trigger is None or trigger[1] > mention.start:
        return None
    words_before = text.segmenter.cut(folded[max(0, trigger[0] - 12) : trigger[0]])
    word = words_before[-1] if words_before else ""
    return word if word not in _NO_GOODS and pos(word) in ("n", "nz") and (len(word) > 1 or word in _GOODS) else None


_GOODS = frozenset("煤米油盐糖茶鱼肉铁钢铜铝铅锌锡镍金银棉麻粮鸭鸡虾蟹奶酒纸布")


@Language.factory("jianbao_resolved_figures", default_config={"currencies": "currencies", "roles": "roles", "units": "units"})
def make_resolved_figures(nlp: Language, name: str, currencies: str, roles: str, units: str) -> ResolverComponent:
    """The component that gives figures their values."""
    return ResolverComponent(FigureResolver(load_lexicon(currencies), load_lexicon(roles), load_lexicon(units)))
