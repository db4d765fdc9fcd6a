"""Whether the words before a head make a name with it (鑫辉|药业), or only describe a thing of its kind (两家|企业, 美国投资|公司)."""

import re
from operator import attrgetter

from jianbao.extractors.organisation.signs import ACTS, SPEAKS
from jianbao.extractors.organisation.tokens import Token, brand_run, trim
from jianbao.extractors.organisation.view import View
from jianbao.extractors.organisation.words import COUNTED, SMALL_NUMBER, Head, Words, any_of

_kind = attrgetter("kind")

_RARELY_BRANDED = frozenset(("医院", "科大", "科技大学", "职业技术学院"))
_ATTENDS = frozenset("上念读考入")
# 中美|贸易: what goes on between two countries is no firm's brand and trade.
_ROOMS = frozenset(("会议", "活动", "会展", "购物", "展览", "运动", "体育", "健身", "商业"))
_COUNTRIES = frozenset("中美日韩英法德俄印越泰澳加欧非台港朝蒙缅老柬菲巴意葡苏")
_QUARTERS = frozenset(("北区", "中区", "南区", "东区"))
_BETWEEN = frozenset(("贸易", "投资", "文化", "教育", "旅游", "能源", "科技", "技术", "农业", "金融", "交通", "渔业", "铁路", "航空", "电影"))

# What a county's office does in the news, right after its name.
_ANSWERS = re.compile(
    r"(?:工作人员|技术人员|技术员|农艺师|高级农艺师|专家|副?主任|副?站长|副?所长|负责人|有关负责人|相关负责人|党支部书记)?"
    r"(?:[\u4e00-\u9fff]{2,3})?(?:统计|介绍(?![牌信所])|表示|告诉|透露|发布|预测|预报|监测|提醒|负责人|有关负责人|相关负责人|主任|站长|所长|工作人员|技术员|农艺师|数据|获悉|了解到)"
)


def is_pair_of_countries(folded: str, position: int) -> bool:
    """Whether the letters of two countries stand at a position: 台日, 中俄."""
    pair = folded[position : position + 2]
    return len(pair) == 2 and pair[0] != pair[1] and _COUNTRIES.issuperset(pair)


class Names:
    """Judges the words of a walk by the head that they stand before."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._brand = words.brand
        self._generic = words.generic
        self._park = re.compile(rf"[^\s,。、;:!?的和与“”《》()]{{0,6}}(?:{any_of(words.by_sense['park'])})")

    def begin(self, view: View, walked: list[Token], head: Head) -> list[Token]:
        """The tokens of a walk from where a name begins; none where no name does."""
        tokens = trim(walked, legal=head.legal) or self._rare_brand(view.folded, walked, head)
        # Without a stray verb or adjective of one character before a word that can be the brand: 做强|金钢水泥.
        if len(tokens) > 1 and tokens[0].kind == "char" and tokens[1].kind in ("noun", "brand", "place", "body", "latin", "starter"):
            character = view.folded[tokens[0].start]
            if tokens[1].kind in ("place", "body", "starter") and character not in "新老":
                return tokens[1:]
            if character not in "新大中华联金" and self._words.pos(character).startswith(("v", "a", "d", "u", "m", "q")):
                return tokens[1:]
        return tokens

    def _rare_brand(self, folded: str, walked: list[Token], head: Head) -> list[Token]:
        """A bank's, insurer's, hospital's or college's brand that the dictionary has as a rare noun: 汇东|银行, 仁济|医院, 树德|科大; not 商业银行, 外资银行."""
        if (head.type != "finance" and head.id not in _RARELY_BRANDED) or head.weak or len(walked) != 1 or walked[0].kind != "noun":
            return []
        word = folded[walked[0].start : walked[0].end]
        if len(word) != 2 or word in self._generic or not all(c in self._brand for c in word):
            return []
        return [Token(walked[0].start, walked[0].end, "brand")]

    def is_name(self, view: View, tokens: list[Token], end: int, surface: str, head: Head) -> bool:
        """Whether tokens and the head after them name one body: 鑫辉|药业; not 500万股|股份, SEBS|工厂, 升上|高中."""
        folded = view.folded
        kinds = list(map(_kind, tokens))
        first, last, first_kind = tokens[0], tokens[-1], kinds[0]
        if first_kind != "latin" and first.start and ((before := folded[first.start - 1]).isdigit() or before in "%."):
            return False  # 500万股股份, 2004年台湾剧团: a number's unit, not a name
        if last.end - first.start <= 3 and folded[first.start : last.end] in self._generic:
            return False  # 央企|集团, 四大|银行: a kind
        if first_kind == "digits" and head.type not in ("academic", "other"):
            return False
        if head.type == "academic" and kinds[-1] == "char" and folded[last.start] in _ATTENDS:
            return False  # 升上|高中
        if first_kind == "latin" and len(tokens) == 1 and (surface.endswith("厂") or first.end - first.start == 1):
            return False  # SEBS工厂: what it makes; A公司: nobody's name
        if head.id == "委员会" and kinds[:2] == ["char", "char"] and len(kinds) > 2 and is_pair_of_countries(folded, first.start):
            return True  # 中俄|经贸合作|委员会
        if head.joins and folded[first.start : first.start + 2] in _QUARTERS:
            return len(tokens) > 1  # 南区|基础工程|分署
        if head.weak:
            if "body" in kinds:
                return self._is_weak_part(view, tokens, kinds.index("body"), end, surface, head)
            return self._is_weak_name(view, tokens, kinds, end, surface, head) and not self._park.match(folded, end)
        if head.local and first_kind not in ("place", "body", "starter", "level"):
            return False
        if (
            surface == "厂"
            and not ("place" in kinds and len(tokens) > 1)
            and any(folded[t.start : t.end] not in self._brand for t in tokens if t.kind == "char")
        ):
            return False
        if head.joins:
            return "body" in kinds or first_kind == "place"
        if kinds[-1] == "char" and kinds[-2:-1] == ["body"]:
            return False  # 甲锆业|接公司
        if first_kind == "level":
            before = folded[first.start - 1] if first.start else "\n"
            if before in "各两几多数等每跨某" or SMALL_NUMBER.match(before) or COUNTED.search(folded, max(0, first.start - 2), first.start):
                return False
            if head.type == "company":
                return len(tokens) > 1 and head.id in ("集团", "公司", "有限公司")
            return len(tokens) > 1 or not head.named
        if first_kind == "place" and kinds.count("place") == len(kinds):
            entry = last.owner
            if head.named:
                return False
            if entry.level in ("country", "macro"):
                return head.local or head.national or len(tokens) > 1
            return True
        named = "place" in kinds or brand_run(tokens)
        if first_kind == "starter" and not named:
            return head.legal or (head.type not in ("company", "finance") and (not head.named or (head.type == "association" and len(tokens) > 1)))
        if named:
            if first_kind == "place" and first.owner.level in ("country", "macro") and head.type in ("company", "finance") and not head.legal:
                # 美国投资公司, 中国互联网企业: a kind of a country's, unless a brand is there.
                rest = tokens[1:]
                return brand_run(rest) or first.owner.code == "CN"
            return True
        if head.legal:
            return end - first.start > len(surface) + 2
        if first_kind == "char" and len(tokens) > 1:
            return False
        return first_kind == "digits" and len(tokens) == 1 and head.id in ("医院", "中学", "小学", "高中", "厂")

    @staticmethod
    def _is_weak_part(view: View, tokens: list[Token], index: int, end: int, surface: str, head: Head) -> bool:
        """A part or trade of the body that the tokens hold at `index`: 吉林大学|物理|系, 台达|能源|宣布."""
        base, words = tokens[index], len(tokens) - index
        type_ = base.owner.type
        if head.id == "中心" and view.folded[end - 4 : end - 2] in _ROOMS:
            return False  # 非盟|会议中心: a building
        if words == 1 and len(surface) == 1 and head.type != "academic":
            return False  # 政务司|司长
        if len(surface) == 1 and head.local and view.folded[base.end - 1] == surface:
            return False  # 商务厅|黄某明|厅长
        if head.type == "government" and (head.local or head.joins) and type_ in ("company", "finance", "media"):
            return False  # 甲公司高管处: no office of the state
        if head.id in ("系", "所", "教研室"):
            return type_ == "academic" and words <= 4 and tokens[-1].kind != "digits"  # 新芽小学12|所
        if surface.endswith("基金"):
            return words <= 3
        if head.type in ("company", "finance"):
            if words > 1 or type_ not in ("company", "finance"):
                return False
            # 台达|能源|宣布, but 台达|能源|业务: a trade that is also what a company deals in needs what only a body does.
            return head.adds or (view.bodies.get(base.end) is base.owner and ACTS.match(view.folded, end) is not None)
        return words <= 4

    def _is_weak_name(self, view: View, tokens: list[Token], kinds: list[str], end: int, surface: str, head: Head) -> bool:
        """A brand of likely characters directly before a trade word: 鑫辉药业, 诺德高科; not 网联汽车."""
        folded = view.folded
        if head.type == "media" and not (kinds[0] in ("place", "starter") or SPEAKS.match(folded, end) or folded.startswith("讯", end)):
            return False
        if kinds[0] == "level" and head.type == "other":
            # 县|农业技术推广中心|介绍: it speaks; not 建|县|农业技术推广中心, 两|县|服务中心.
            before = folded[level - 1] if (level := tokens[0].start) else "\n"
            counted = before in "各两几多数等每跨某" or SMALL_NUMBER.match(before) or COUNTED.search(folded, max(0, level - 3), level)
            return len(tokens) > 1 and not counted and _ANSWERS.match(folded, end) is not None
        if head.joins or head.local:
            return head.local and not head.joins and kinds[0] in ("place", "starter") and len(tokens) > 1 and len(surface) > 1
        if kinds[0] == "starter" and head.type == "other":
            return len(tokens) > 2
        if head.type == "other":
            return kinds[0] in ("place", "brand") and len(tokens) > 2 and surface != "中心"
        # The words between the place, if one begins the name, and the trade words before the head.
        first = 1 if kinds[0] == "place" and len(tokens) > 1 else 0
        last = len(tokens) - 1
        while last > first and kinds[last] == "trade":
            last -= 1
        kind = kinds[last]
        if kind in ("brand", "latin"):
            word = folded[tokens[last].start : tokens[last].end]
            if kind == "latin":
                return head.adds and len(word) > 1
            pos = self._words.pos(word)
            if word[-1] in "族人教语国派":
                return False  # 汉族文化: a people's, not a firm's
            if (pos not in ("ns", "nr") and len(word) <= 3) or (pos == "nr" and len(word) == 2 and all(c in self._brand for c in word)):
                return True
            return len(word) == 2 and ACTS.match(folded, end) is not None
        if kind == "noun":
            # 金钢水泥 in a list: a rare word of brand characters.
            word = folded[tokens[last].start : tokens[last].end]
            return last == first and len(word) == 2 and all(c in self._brand for c in word) and folded[end : end + 1] in "、等"
        begin = last + 1
        while begin > first and kinds[begin - 1] == "char":
            begin -= 1
        length = last + 1 - begin
        made_up = folded[tokens[begin].start : tokens[last].end] if length else ""
        if length == 2 and surface in _BETWEEN and _COUNTRIES.issuperset(made_up):
            return False
        if not 2 <= length <= 4 or not (self._brand.issuperset(made_up) or ACTS.match(folded, end)):
            return False
        return begin == first or kinds[begin - 1] in ("place", "brand", "noun", "latin")
