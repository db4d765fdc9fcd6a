"""Where a name may begin and end: 辽源市|委 but not 通化市|场, 中国|香港 but not the given name of 李昌平."""

import re

from jianbao.extractors.region.gazetteer import SUFFIXES, Gazetteer
from jianbao.extractors.region.signs import SURNAMES
from jianbao.extractors.region.towns import Towns
from jianbao.extractors.region.view import Surface, View
from jianbao.extractors.region.words import LISTED_BY, TRANSLITERATED, Words

# After the suffix: 江阴|市长, 长春|市场, 广州|市民, 海口|市区. A rank, a crowd or a market, not the division.
RANKS = re.compile(
    r"(?<=市)(?:[长场民值容郊]|区(?!位))|(?<=[省县区州旗])长(?![江春沙治])|(?<=[省县])[会城](?!同|[市区县关])|(?<=省)份|(?<=区)[域间块别]|(?<=县)域"
)
# One character after a name that makes it the name of something else: a river, a mountain, a people, a language, a village.
NATURE = frozenset("河湖江海洋山溪岭峰岗湾岛泉寺庙塔村屯堡沟庄坡镇乡路街巷道胡")
# The same after a country: waters and roads, not mountains and towers, which begin the names of firms (印度|塔塔, 瑞士|山德士).
NATURE_ABROAD = frozenset("河湖江海洋湾路街巷道")
# Countries that also begin a foreign person's name: 阿曼|达, 马里|内蒂; not 荷兰|恩智浦.
BEGINS_PERSON = frozenset(["阿曼", "马里", "约旦", "加纳", "古巴", "苏丹", "海地", "乍得", "多哥", "智利"])
# The same after a country: a people, its language, its creed, its money.
PEOPLE = frozenset("族语话文教盾镑币")
# Characters after a name that make a closer look worthwhile; the rest of the text is passed over quickly.
TELLING = (
    NATURE | PEOPLE | TRANSLITERATED | frozenset("·里东西南北中新老大一二三四五六七八九十元长场民值区容郊会城份域间块别部方向侧角边缘端面麓坡偏约门")
)
OF_CULTURE = frozenset("创旅博联体娱")
NATURE_TAILS = frozenset(["运河", "水库", "群岛", "列岛", "半岛", "平原", "高原", "山脉", "大街", "大道", "大路", "胡同", "街道"])
KEPT_TAILS = frozenset(["平原", "高原", "半岛"])
# 重庆路, 南京东路, 中山北一路, 吉林大路: a road named after a place. 中国道路 is none.
ROAD = re.compile(r"[东西南北中新老]?[一二三四五六七八九十]?(?:大路|路|大街|街|大道|巷|胡同)")
# 吐瓦鲁|国, 毛里求斯|共和国: the rest of a state's formal name. 国 alone begins too many other words: only before a body, a rank or the end of the name.
_FORMAL = re.compile(
    r"(?:人民|民主|联邦|联合|伊斯兰|玻利瓦尔){0,2}共和国|王国|大公国|公国|苏丹国|酋长国|合众国|"
    r"国(?=政府|总理|副总理|总统|首相|外长|外交|财政|驻|与|和|及|的|在|国会|议会|大使|国王|王储|总督|代表|官方|部长|[^\u4e00-\u9fff])"
)
BEGINS_FORMAL = frozenset("国人民联伊玻共王大公苏酋合")
BEGINS_ROAD = frozenset("东西南北中新老一二三四五六七八九十大路街巷胡")
# What may stand before a person's name: a rank, a list, the head of a line.
_RANK = (
    r"(?:记者|书记|长|主席|主任|主委|经理|总裁|总理|总统|首相|大使|发言人|教授|院士|律师|医生|教练|委员|议员|立委|特首|检察官|法官|总监|代表|常委|专员|先生|女士|同志|选手|演员|导演|作者|"
    r"摄影|男子|女子|嫌犯|被告)"
)
AFTER_RANK = re.compile(f"{_RANK}$")
BEFORE_PERSON = re.compile(rf"(?:[、,。:;(“‘\s]|^|{_RANK})$")
# 何|宣威|表示: a person speaks.
SPEAKS = re.compile(r"表示|指出|认为|强调|透露|坦言|致辞|介绍说|告诉|说|称(?!为|号|作)|签署|代表(?![团处])")
# 何|宣威|副校长: his title follows. Not 县长, 市长 and 省长, which follow places.
TITLED = re.compile(
    r"副?(?:校长|教授|院长|主任|处长|科长|组长|所长|秘书长|研究员|执行长|董事长|总经理|理事长|会长|委员|议员|主委|总裁)|博士|硕士|先生|女士|小姐|老师|医师|医生|律师|院士|立委|同学"
)
BEFORE_TELLING = SURNAMES | {"·"}
POINT_OF = frozenset("县城区州岛山")  # 县城东北
AFTER_DIRECTION = re.compile(
    r"[方向侧角边缘端面麓坡偏约郊门邻临傍接靠]|[一二三四五六七八九十\d]+公里|部(?![队署门])|地带|城区|城郊|市区|小区|片区|山区|城"
)
# 海南|里长, 福州|里活动中心: a neighbourhood of Taiwan.
NEIGHBOURHOOD = re.compile(r"里(?:[长民]|活动|办公|集会|内|邻)")
# 长安镇, right where it begins.
TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:街道|苏木|镇|乡)")
# After the suffix of a town, in one word with it: 元长乡|农会. 元长|乡长 and 元长|乡民 are a rank and a crowd.
TOWN_BODIES = ("公所", "农会", "渔会", "代表", "民代表", "立", "内", "政府", "党委", "人大", "图书馆")
# 屯门第16区, 厦门第三医院: 第 before a number begins an ordinal, whatever word it makes with the character before it.
ORDINAL = re.compile(r"第[\d一二三四五六七八九十]")
# 景泰五年: an era, not a county.
ERA = re.compile(r"[元一二三四五六七八九十]{1,3}年")


class Edges:
    """Judges the characters and words around a surface."""

    def __init__(self, places: Gazetteer, words: Words, towns: Towns) -> None:
        self._places = places
        self._words = words
        self._towns = towns

    def starts_inside(self, view: View, start: int, end: int, surface: Surface, position: int) -> bool:
        """Whether a name that begins inside a dictionary word stands there: after another place (中国|香港), in a body's long name."""
        if start == position and start > 0:
            return True
        first, last = view.word_before(start), view.word_end(start)
        if view.folded[first:start] in self._words.leads and not surface.guarded:
            return True  # 赴美|国, 访大陆
        if surface.country and not surface.guarded and end == last and view.folded[first:start] in LISTED_BY:
            return True  # 日本|和澳洲, which is a word of the dictionary
        if end > last:  # the segmenter's word ends inside the name
            return not surface.known and not surface.guarded and end - start >= 3 and last - first == 2
        pos = self._words.pos(view.folded[first:last])
        return last - first >= 5 and pos.startswith(("nt", "ns")) and not surface.guarded

    def formal_end(self, view: View, end: int) -> int:
        """Where the formal name of a state ends that begins with a name which ends at a position: 吐瓦鲁|国, 毛里求斯|共和国."""
        if view.folded[end - 1] in "国邦":
            return end
        formal = _FORMAL.match(view.folded, end)
        return formal.end() if formal else end

    def ends_name(self, view: View, start: int, end: int, surface: Surface) -> bool:
        """Whether a name may end where it does: 辽源市|委 but not 通化市|场, 绍兴|农委 but not 印度|洋."""
        folded, flags, padded = view.folded, view.flags, view.padded
        for offset, phrases in surface.stops:
            if folded.startswith(phrases, start - offset):
                return False
        preceding, following = padded[start - 1], padded[end]
        if flags[end]:
            if following not in TELLING and preceding not in BEFORE_TELLING and not (surface.compass or surface.surnamed):
                return True
            if surface.suffixed:
                return not self._is_rank(view, end, surface)
            nature = NATURE_ABROAD if surface.country else NATURE
            if following in nature and flags[end + 1] and not view.begins_hit(end):  # but 福建|泉港区
                return False
            if (
                following in PEOPLE
                and flags[end + 1]
                and surface.entries[0].level in ("country", "macro")
                and folded[end + 1 : end + 2] not in OF_CULTURE
            ):
                return False
        else:
            first, last = view.word_before(end), view.word_end(end)
            if first > start:
                word = folded[first:last]
                if first == end - 1 and folded[first] in SUFFIXES:
                    split = word[:2] in self._words.splits or word[:3] in self._words.splits or self._has_division(view, end, surface)
                    return (end - start > 2 or surface.taiwan) and split
                if first == end - 1 and folded[first] in "乡镇" and surface.full:
                    return folded.startswith(TOWN_BODIES, end)
                if folded[end] == "第" and ORDINAL.match(folded, end):
                    return True  # 屯|门第|16区
                if not surface.suffixed and not (word[-1] in "港内" and folded[first] != "国" and last == end + 1):
                    return False  # but 唐|山港 is 唐山 and its port, and 前|海内 what lies in 前海
            else:
                rest = folded[end:last]
                if rest in NATURE or rest in PEOPLE or (rest in NATURE_TAILS and rest not in KEPT_TAILS):
                    return False
                if surface.suffixed and self._is_rank(view, end, surface):
                    return False
        if following == "街" and folded.startswith("街道", end):
            return False
        if following == "里" and view.convention == "taiwan" and not surface.suffixed and NEIGHBOURHOOD.match(folded, end):
            return False
        road = ROAD.match(folded, end) if following in BEGINS_ROAD else None
        if road and flags[road.end()] and not surface.suffixed:
            return False
        if surface.compass and (AFTER_DIRECTION.match(folded, end) or (preceding in POINT_OF and flags[start])):
            return False
        if preceding == "·" or following == "·":
            return self._beside_dot(view, start, end)
        if end - start == 2 and following in TRANSLITERATED and flags[end] and flags[end + 1] and self._begins_person(folded[start:end], surface):
            return False
        if following in "元一二三四五六七八九十" and ERA.match(folded, end) and surface.entries[0].level == "county":
            return False
        return not self.in_person(view, start, end, surface)

    def _begins_person(self, key: str, surface: Surface) -> bool:
        """Whether a short name may be the beginning of a foreign person's: 阿曼|达, 鲁西|迪; not 荷兰|恩智浦."""
        return key in BEGINS_PERSON if surface.country else surface.entries[0].level != "province"

    def _is_rank(self, view: View, end: int, surface: Surface) -> bool:
        """Whether a suffix goes on as a rank, a crowd or a market: 江阴|市长, not 济南市|长清区."""
        return RANKS.match(view.folded, end) is not None and not self._has_division(view, end, surface)

    def _has_division(self, view: View, position: int, surface: Surface) -> bool:
        """Whether the full name of a division or town of a place begins at a position: 上海市|长宁区, 东莞市|长安镇."""
        for hit in view.hits_at(position):
            if (
                hit.end - position > 1
                and view.folded[hit.end - 1] in SUFFIXES
                and self._places.lies_in((o.entry.code for o in hit.owners), surface.codes)
            ):
                return True
        town = TOWN.match(view.folded, position)
        return town is not None and self._places.lies_in(self._towns.counties.get(town[0], ()), surface.codes, or_is=True)

    def _beside_dot(self, view: View, start: int, end: int) -> bool:
        """Whether a name beside a dot is a place all the same: 中国·长春, not 让·蒂迦纳."""
        folded = view.folded
        other = folded[end + 1 : end + 4] if folded[end : end + 1] == "·" else folded[max(0, start - 4) : start - 1]
        if end - start > 2 and folded[start - 1 : start] == "·" and not TRANSLITERATED.issuperset(folded[end - 1]) and self._begins_chain(view, end):
            return True  # 云岭谷·石家庄|长安
        return any(word in other for word in ("中国", "省", "市", "县")) or folded[start:end] == "中国"

    def _begins_chain(self, view: View, position: int) -> bool:
        """Whether a gazetteer name of a division begins at a position."""
        return any(hit.owners[0].entry.level == "county" for hit in view.hits_at(position))

    def in_person(self, view: View, start: int, end: int, surface: Surface) -> bool:
        """Whether a short name is the given name of a person: 记者张延吉, 李昌平."""
        folded = view.folded
        level = surface.entries[0].level
        if end - start != 2 or not start or level in ("country", "macro") or folded[end : end + 1] in SUFFIXES:
            return False
        if surface.surnamed and _is_given_name(view, end) and AFTER_RANK.search(folded[max(0, start - 4) : start]):
            return True  # 主席|余江强
        if folded[start - 1] not in SURNAMES or not view.flags[start - 1]:
            return False
        if level != "province" and (SPEAKS.match(folded, end) or TITLED.match(folded, end)):
            return True
        pattern = AFTER_RANK if level == "province" else BEFORE_PERSON
        return pattern.search(folded[max(0, start - 5) : start - 1]) is not None


def _is_given_name(view: View, end: int) -> bool:
    """Whether one more character and then a mark or a verb of speech follows: 余江|强|表示."""
    folded = view.folded
    after = folded[end + 1 : end + 2]
    if not "\u4e00" <= folded[end : end + 1] <= "\u9fff" or not (view.flags[end] and view.flags[end + 1]):
        return False
    return not "\u4e00" <= after <= "\u9fff" or SPEAKS.match(folded, end + 1) is not None
