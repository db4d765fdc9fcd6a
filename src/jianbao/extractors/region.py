"""Regions: named places, as in 吉林省 | 辽源市, 浙 | 沪, 德清市国家地理信息产业园, 柯桥区 | 香林村, and deictic ones such as 我市.

Names come from the gazetteers; this module decides where they stand as names at all. What a name means (which 朝阳区, which 吉林) is left to
the resolver: the candidates travel in `Mention.parsed`. Zones and towns that a grammar reads carry their value from here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import daachorse
from rapidfuzz import process
from rapidfuzz.distance import Hamming
from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.folding import fold, load_folding
from jianbao.lexicon import Lexicon, Owner, PlaceWordEntry, RegionEntry, RegionTree, load_lexicon
from jianbao.records import RegionValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Hit, Mention, Text

_AFTER_DAY = frozenset("后前内起")  # 3日后
_AFTER_RUN = frozenset("”)之—")
_BEFORE_RUN = frozenset("“(《")
_CITY = frozenset("市县")
SUFFIXES = frozenset("省市县区州旗盟")
# After the suffix: 江阴|市长, 长春|市场, 广州|市民, 海口|市区. A rank, a crowd or a market, not the division.
RANKS = re.compile(
    r"(?<=市)[长场民值区容郊]|(?<=[省县区州旗])长(?![江春沙治])|(?<=[省县])[会城](?!同|[市区县关])|(?<=省)份|(?<=区)[域间块别]|(?<=县)域"
)
# 阿曼|达, 马里|内蒂, 鲁西|迪: a short name that goes on as a foreign person's.
TRANSLITERATED = frozenset("尔斯德特迪达蒂内娜莉丝姆茨鲁瓦沃克夫伊诺亚奇瑞恩")
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
    NATURE | PEOPLE | TRANSLITERATED | frozenset("·东西南北中新老大一二三四五六七八九十元长场民值区容郊会城份域间块别部方向侧角边缘端面麓坡偏约门")
)
OF_CULTURE = frozenset("创旅博联体娱")
NATURE_TAILS = frozenset(["运河", "水库", "群岛", "列岛", "半岛", "平原", "高原", "山脉", "大街", "大道", "大路", "胡同", "街道"])
KEPT_TAILS = frozenset(["平原", "高原", "半岛"])
# 重庆路, 南京东路, 中山北一路, 吉林大路: a road named after a place. 中国道路 is none.
ROAD = re.compile(r"[东西南北中新老]?[一二三四五六七八九十]?(?:大路|路|大街|街|大道|巷|胡同)")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦史顾侯"
    "邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊施洪翟倪严牛温季俞章葛岳齐梅柴霍骆"
)
# What may stand before a person's name: a rank, a list, the head of a line.
_RANK = (
    r"(?:记者|书记|长|主席|主任|主委|经理|总裁|总理|总统|首相|大使|发言人|教授|院士|律师|医生|教练|委员|议员|立委|特首|检察官|法官|总监|代表|常委|专员|先生|女士|同志|选手|演员|导演|作者|"
    r"摄影|男子|女子|嫌犯|被告)"
)
AFTER_RANK = re.compile(f"{_RANK}$")
BEFORE_PERSON = re.compile(rf"(?:[、,。:;(“‘\s]|^|{_RANK})$")
_BEFORE_TELLING = SURNAMES | {"·"}
# A guarded name is taken as a place after these …
BEFORE_PLACE = re.compile(
    r"(?:在|赴|到|抵|往|位于|来自|前往|落户|入驻|走进|进驻|坐落于?|抵达|返回|离开|地处|驻|途经|设于|设在|飞往|开往|运往|销往|发往|深入|来到|至|于|从|自|由|沿|经)$"
)
# … or before these: what belongs to a place.
AFTER_PLACE = re.compile(
    r"人民|市民|居民|农民|村民|百姓|群众|学生|老师|企业|厂商|工厂|新厂|厂区|厂(?![商家房])|当地|地区|县城|城区|市区|街头|警方|警局|分局|分公司|子公司|机场|火车站|车站|高铁站|地铁站|站|"
    r"国小|国中(?!之)|港(?!口)|口岸|海关|法院|检察院|党政|政府|党委|县委|市委|区委|籍|人(?![为均口民才])|一带|境内|全境|等地|各地|两地|三地|支行|分行|乡镇|特产|旅游|店|校区|厂房|基地"
)
_BEFORE_LAST = frozenset("在赴到抵往于自户驻进落达回开处经设至从由沿入")
_AFTER_FIRST = frozenset("国人市居农村百群学老企厂商工新当地县城街警分子机火车高站港口海法检党政委区籍一境全等各两三支乡特旅店校基")
# 、芳苑、溪州三乡: the rest of a list that ends in how many towns or districts it names.
COUNTED = re.compile(
    r"(?>(?:[、和与及][\u4e00-\u9fff](?:(?![两二三四五六七八九十等])[\u4e00-\u9fff]){1,2}){0,12})等?(?:十?[两二三四五六七八九十]|\d{1,2})个?"
    r"(?P<kinds>乡镇市区|乡镇市|乡镇区|乡镇|镇乡|镇市|乡|镇|市|区)"
)
_BEFORE_COUNTED = frozenset("、和与及等两二三四五六七八九十0123456789")
POINTS = frozenset("东南西北中")
LISTED_BY = frozenset("、和与及")
LIST_BEFORE = "、和与及至到—-/·"
OF_JIANGNAN = re.compile(r"水乡|古镇|小镇|文化|春|烟雨|一带|的|各|风|园林|地区|丝绸|名|才子")
_WHOLE = frozenset(("CN", "710000"))  # what lies in them is told nothing by them
DIVIDED = frozenset("国省市县区州")
POINT_OF = frozenset("县城区州岛山")  # 县城东北
PART_OF = re.compile(r"[\u4e00-\u9fff]$")
WHOLE_COUNTRY = frozenset(["中国", "我国", "全国", "国家", "祖国", "大"])
AFTER_DIRECTION = re.compile(
    r"[方向侧角边缘端面麓坡偏约郊门邻临傍接靠]|[一二三四五六七八九十\d]+公里|部(?![队署门])|地带|城区|城郊|市区|小区|片区|山区|城"
)
ZONE_WORDS = re.compile(r"^(?:n|b|vn|an|j|l|s|t|i|ns|nt|nz|nr|ng|vg|ag|q)")
FREE_TRADE = ("自由贸易试验区", "自贸试验区", "自贸区")
# Right after it the name of its part: 钦州港片区, 两江新区片区; not 三个片区.
PART_OF_ZONE = re.compile(r"(?:(?![的和与及各等])[\u4e00-\u9fff]){2,6}?片区")
CITY_ZONE = re.compile(r"(?:市|县|区|省|州|我市|我县|我区|全市|在|位于|、|与|和|及|到|赴|,|。|;|^|\s|“|\()$")
# 香林村, 太平镇: what may stand before 村 and 镇 in a name right after its county.
SETTLEMENT = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|苏木|嘎查|镇|乡|村)")
NOT_SETTLEMENT = re.compile(
    r"[一二三四五六七八九十百千两几多各每全该本某的在和与及等了是有为对]|农村|乡村|城镇|乡镇|小镇|贫困|行政|自然|中心|重点|特色|示范|美丽|文明|城中|度假|所有|周边|附近|偏远|建制|所辖|家乡|老乡|下乡|新村建|集镇|村镇|山村|渔村|"
    r"奥运|地球|新农|小康|移民|[厅局警署院]|下辖|空心|深度|脱贫|先进|试点|市级|县级|省级|国家|传统|历史|旅游|民族乡村|水乡|市乡|县乡|区乡|兴乡|振兴|老城|古镇|古村|驻村|进村|到村|入村|出村|包村"
)
# 十八洞村, 三里屯村, 五四村 right after their town; not 三个村, 两村, 十余村, 百户村民.
NUMBERED_VILLAGE = re.compile(
    r"[一二三四五六七八九十]{1,2}(?=(?![一二三四五六七八九十百千万个多余几来名户家座批大新老级]村?)[\u4e00-\u9fff]{1,3}村$)|[一二三四五六七八九]{2}(?=村$)"
)
TOWN_TAIL = re.compile(r"街道|苏木|镇|乡")
# 芝英|等三个: how many towns a list has named, before what they are.
HOW_MANY = re.compile(r"等?十?[两二三四五六七八九十]个?$")
_LAST_OF_MANY = frozenset("两二三四五六七八九十个")
# 长安镇, right where it begins.
TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:街道|苏木|镇|乡)")
# After the suffix of a town, in one word with it: 元长乡|农会. 元长|乡长 and 元长|乡民 are a rank and a crowd.
TOWN_BODIES = ("公所", "农会", "渔会", "代表", "民代表", "立", "内", "政府", "党委", "人大", "图书馆")
# 屯门第16区, 厦门第三医院: 第 before a number begins an ordinal, whatever word it makes with the character before it.
ORDINAL = re.compile(r"第[\d一二三四五六七八九十]")
QUOTED = re.compile(r"[“‘]([京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青蒙藏])[”’]")
MISPRINT = re.compile(r"[、,]([\u4e00-\u9fff]{2,4}[市县州])(?=[、,和与及等])")
LISTED = "京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽苏川桂台港澳中美日韩俄英法德印欧朝"
LETTER_LIST = re.compile(rf"[{LISTED}](?:、[{LISTED}])+(?:[和与及][{LISTED}])?(?!、)")
LISTED_LETTER = re.compile("[中美日韩俄英法德印欧台](?=[、和与及等])")
WORLD = frozenset("中美日韩俄英法德印欧朝台港澳")
BLOC = re.compile(r"(?:台|中|美|日|韩|英)(?=欧盟|东盟)")
DYNASTIC = frozenset("墓服画末初简赋隶室军王族")
HARBOURS = frozenset("港澳台")
# 到港|货量, 抵港|船舶: at any port, but in the papers of Hong Kong at their own.
_ARRIVING = frozenset("到抵离")
ARRIVALS = re.compile(r"货|船|量|邮轮|游轮|航班|班轮|集装箱|吨|时间")
# 珠澳|两地, 湘赣|两省: how many places such a word counts, and which initials may stand for them.
NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
LEVELS_COUNTED = {"地": ("province", "prefecture"), "省": ("province",), "市": ("prefecture", "province")}
# Characters that stand for a province or a big city and are hardly ever anything else: two of them side by side are places.
SURE_LETTERS = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽陕黔琼甬穗邕")
# Initials of provinces, of which three or more side by side are places if half of them are sure: 桂渝黔川陇.
SURE_PROVINCES = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽陕黔琼桂陇晋辽蒙藏")
PROVINCE_RUN = re.compile("[京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青新蒙藏贵云陇港澳台]{3,9}")
# 陕甘宁青新|五省区: how many they are makes them sure.
PROVINCES_COUNTED = re.compile("等?([三四五六七八九])省(?!会|[道级立])")
# 景泰五年: an era, not a county.
ERA = re.compile(r"[元一二三四五六七八九十]{1,3}年")
# Villages in a list or after a preposition: 三江村、茄南村和江源村.
_BEFORE_VILLAGE = frozenset("、,。:“”(和与及在到 \n\u3000")
_AFTER_VILLAGE = frozenset("、,。;和与及”)等的党村支位在是")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WHITE = re.compile(r"\s+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&.]*$")


@dataclass(slots=True, frozen=True)
class _Surface:
    """What is known of a gazetteer surface wherever it stands."""

    entries: tuple[RegionEntry, ...]
    guarded: bool
    zone: bool
    common: bool  # an ordinary word of the dictionary: a guarded one needs a licence even if named in full elsewhere
    known: bool  # a word of the dictionary: where the segmenter cut otherwise, it is not meant
    codes: frozenset[str]
    ids: tuple[str, ...]
    stops: tuple[tuple[int, tuple[str, ...]], ...]  # phrases that are not the place, by where in them the surface stands
    direction: bool
    suffixed: bool
    full: bool = False  # the name with what it is: its bare form then stands for the same place
    plain: bool = False  # no phrase or compass point makes anything else of it
    compass: bool = False
    macro: bool = False
    country: bool = False
    taiwan: bool = False


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    surface: _Surface
    rule: str
    entries: tuple[RegionEntry, ...]


@dataclass(slots=True)
class _Found:
    """The names accepted so far in one text, by start and by end."""

    starts: dict[int, _Name] = field(default_factory=dict)
    ends: dict[int, _Name] = field(default_factory=dict)
    covered: bytearray = field(default_factory=bytearray)

    def add(self, name: _Name) -> None:
        self.starts[name.start] = name
        self.ends[name.end] = name
        self.covered[name.start : name.end] = b"\1" * (name.end - name.start)

    def remove(self, name: _Name) -> None:
        del self.starts[name.start], self.ends[name.end]
        self.covered[name.start : name.end] = bytes(name.end - name.start)

    def free(self, start: int, end: int) -> bool:
        return self.covered.find(1, start, end) < 0


class RegionExtractor:
    """Finds places as names (长春), strings of initials (浙沪), zones (宁波保税区), towns (香林村) and by pointing (我省)."""

    def __init__(
        self,
        gazetteers: Sequence[Lexicon],
        words: Lexicon,
        stops: Lexicon,
        zones: Lexicon,
        towns: Lexicon,
        segmenter: WordSegmenter,
    ) -> None:
        self._pos = segmenter.pos
        self._surfaces: dict[str, _Surface] = {}
        self._plain: dict[tuple[str, ...], _Surface] = {}
        tree = RegionTree(gazetteers)
        self._entries, self._lineage = tree.entries, tree.lineage
        self._children: dict[str, list[RegionEntry]] = {}
        for lexicon in gazetteers:
            for entry in lexicon.entries:
                if entry.parent and entry.level in ("province", "prefecture", "county"):
                    self._children.setdefault(entry.parent, []).append(entry)
        self._letters = _letters_of(gazetteers)
        self._letters_by_code: dict[str, list[str]] = {}
        for letter, entries in self._letters.items():
            for entry in entries:
                self._letters_by_code.setdefault(entry.code, []).append(letter)
        self._letters["华"] = (self._entries["CN"],)  # 访华, 驻华; 华商 and 华人 are not
        self._europe = tuple(self._entries[code] for code in ("macro:欧洲", "macro:欧盟"))  # the resolver tells 赴欧 from 台欧协定
        self._letter_run = re.compile(f"[{''.join(sorted(self._letters))}]{{2,8}}")
        self._stops: dict[str, dict[int, tuple[str, ...]]] = {}
        for stop in stops.entries:
            for surface in stop.refuses:
                by_offset = self._stops.setdefault(surface, {})
                for found in re.finditer(re.escape(surface), stop.hans):
                    by_offset[found.start()] = (*by_offset.get(found.start(), ()), stop.hans)
        self._towns: dict[str, tuple[str, ...]] = {}
        folded = load_folding().fold_all(town for county in towns.entries for town in county.towns)
        for county in towns.entries:
            for town in county.towns:  # 乾元镇 is 干元镇 where rules look
                self._towns[folded[town]] = (*self._towns.get(folded[town], ()), county.id)
        self._official = {key: town for town, key in folded.items() if town != key}
        self._longest_town = max(map(len, self._towns), default=0)
        self._make_triggers(words, zones)

    def _make_triggers(self, words: Lexicon, zones: Lexicon) -> None:
        """One automaton over zone heads, deictic words, strings of initials, and initials with the word that licenses them."""
        triggers: dict[str, tuple[str, Any]] = {}
        self._contexts: tuple[str, ...] = tuple(
            surface for surface, e in words.by_surface.items() if e.sense == "context" or (e.sense == "deictic" and surface[0] in "两三四五")
        )
        self._splits = frozenset(surface for surface, e in words.by_surface.items() if e.sense == "split")
        self._directions = frozenset(surface for surface, e in words.by_surface.items() if e.sense == "direction")
        self._zone_stops = frozenset(surface for surface, e in zones.by_surface.items() if e.sense == "edge")
        self._zone_verbs = frozenset(surface for surface, e in zones.by_surface.items() if e.sense == "inner")
        for surface, head in zones.by_surface.items():
            if head.sense in ("edge", "inner"):
                continue
            triggers[surface] = ("macro" if head.sense == "macro" else "zone", head)
        for surface, word in words.by_surface.items():
            if word.sense in ("deictic", "string", "weak_string", "initial"):
                triggers[surface] = (word.sense, word)
            elif word.sense == "tail":
                for letter in word.letters:
                    triggers.setdefault(letter + surface, ("tail", word))
            elif word.sense == "lead":
                for letter in word.letters:
                    triggers.setdefault(surface + letter, ("lead", word))
        self._weak_strings = {surface: e for surface, e in words.by_surface.items() if e.sense == "weak_string"}
        self._triggers = list(triggers.values())
        self._leads = frozenset(surface for surface, e in words.by_surface.items() if e.sense == "lead" and len(surface) == 1)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(triggers))

    # ---- the pass over one text ------------------------------------------------------------------------------------------

    def find(self, text: Text) -> Iterator[Mention]:
        """The mentions of places in `text`, each with its candidates in `parsed` or with its value."""
        found = _Found(covered=bytearray(len(text.folded) + 1))
        zones, doubtful = self._names(text, found)
        named = self._codes_named(found)
        if doubtful:
            self._settle_doubtful(text, doubtful, found, named)
        triggers = self._automaton.find_overlapping(text.folded)
        triggers.reverse()  # they come by end: now of those with one start the longest leads
        triggers.sort(key=_start)
        heads: list[tuple[int, int, Any]] = []
        deictic: list[tuple[int, int]] = []
        singles: list[tuple[int, int, str, PlaceWordEntry]] = []
        for start, end, index in triggers:
            sense, word = self._triggers[index]
            if sense in ("zone", "macro"):
                heads.append((start, end, word))
            elif sense == "deictic":
                deictic.append((start, end))
            elif sense in ("tail", "lead"):
                singles.append((start, end, sense, word))
            else:
                self._string(text, start, end, sense, word, found, named)
        for start, end, sense, word in singles:  # after the strings: 在浙沪 is 浙 and 沪
            self._single(text, start, end, sense, word, found, named)
        for start, _ in deictic:
            self._before_counted(text, start, found, named)
        self._letter_runs(text, found, named)
        self._province_runs(text, found)
        self._letter_lists(text, found)
        self._misprints(text, found)
        areas = list(self._zones(text, zones, doubtful, heads, found, named))
        towns = list(self._settlements(text, found, named))
        for name in found.starts.values():
            ids = name.surface.ids
            refused: tuple[str, ...] = ()
            if len(name.entries) < len(ids):  # by its context: 西安区 after 辽源市
                ids = tuple([entry.id for entry in name.entries])
                refused = tuple(sorted(name.surface.codes.difference(e.code for e in name.entries)))
            yield Mention("region", name.start, name.end, name.rule, None, name.entries, ids, refused=refused)
        yield from towns
        yield from self._deictic(text, deictic, found)
        yield from areas

    def _names(self, text: Text, found: _Found) -> tuple[list[tuple[int, int, _Surface]], list[tuple[int, int, _Surface]]]:
        """Accepts the unguarded names, longest first from the left; gives the known zones and the names that need evidence."""
        folded, flags = text.folded, text.boundaries
        zones: list[tuple[int, int, _Surface]] = []
        doubtful: list[tuple[int, int, _Surface]] = []
        position = 0
        known = self._surfaces
        starts, ends, covered = found.starts, found.ends, found.covered  # what found.add fills, without a call a name
        hits = text.hits.get("region", ())
        for start, end, owners in hits:
            if start < position:
                continue
            key = folded[start:end]
            surface = known.get(key) or self._learn(key, owners)
            if surface.zone:
                if flags[start] and self._name_ends(text, start, end, surface):
                    zones.append((start, end, surface))
                continue
            if not (flags[start] or self._starts_inside(text, start, end, surface, position)):
                continue
            # Beside most names nothing asks for a closer look.
            clear = surface.plain and flags[end] and folded[end : end + 1] not in TELLING and folded[start - 1 : start] not in _BEFORE_TELLING
            if not clear and not self._name_ends(text, start, end, surface):
                continue
            if surface.guarded:
                doubtful.append((start, end, surface))
                continue
            if (
                not surface.suffixed
                and folded[end : end + 1] in _CITY
                and flags[end]
                and flags[end + 1]
                and surface.entries[0].level in ("county", "prefecture")
            ):
                end += 1  # 德清市: a county under a suffix that is not its own
            starts[start] = ends[end] = _Name(start, end, surface, "region.name", surface.entries)
            covered[start:end] = b"\1" * (end - start)
            position = end
        return zones, doubtful

    def _learn(self, key: str, owners: Iterable[Owner]) -> _Surface:
        """What is known of a surface, worked out once."""
        ordered = sorted(owners, key=lambda owner: owner.guarded)
        entries = tuple(dict.fromkeys(owner.entry for owner in ordered))
        pos = self._pos(key)
        ordinary = key[-1] == "区" and all(entry.level == "county" and (len(key) == 2 or _guards(entry, key[:-1])) for entry in entries)
        surface = _Surface(
            entries=entries,
            guarded=all(owner.guarded for owner in ordered) or ordinary,
            zone=all(entry.level == "zone" for entry in entries),
            common=bool(pos) and not pos.startswith("ns"),
            known=bool(pos),
            codes=frozenset(entry.code for entry in entries),
            ids=tuple(dict.fromkeys(entry.id for entry in entries)),
            stops=tuple(self._stops.get(key, {}).items()),
            direction=key in self._directions,
            suffixed=len(key) > 2 and key[-1] in SUFFIXES,
            full=len(key) > 2 and (key[-1] in SUFFIXES or (key[-1] in "乡镇" and all(entry.level == "town" for entry in entries))),
            plain=key not in self._stops and key != "东北",
            compass=key == "东北",
            taiwan=len(key) == 2 and key[1] in _CITY and any(entry.code.startswith("tw:") for entry in entries),
            macro=any(entry.level == "macro" for entry in entries),
            country=entries[0].level == "country",
        )
        self._surfaces[key] = surface
        return surface

    def _starts_inside(self, text: Text, start: int, end: int, surface: _Surface, position: int) -> bool:
        """Whether a name that begins inside a dictionary word stands there: after another place (中国|香港), in a body's long name."""
        if start == position and start > 0:
            return True
        flags = text.boundaries
        first = start - 1
        while not flags[first]:
            first -= 1
        last = start + 1
        size = len(flags) - 1
        while last < size and not flags[last]:
            last += 1
        if text.folded[first:start] in self._leads and not surface.guarded:
            return True  # 赴美|国, 访大陆
        if surface.country and not surface.guarded and end == last and text.folded[first:start] in LISTED_BY:
            return True  # 日本|和澳洲, which is a word of the dictionary
        if end > last:  # the segmenter's word ends inside the name
            return not surface.known and not surface.guarded and end - start >= 3 and last - first == 2
        pos = self._pos(text.folded[first:last])
        return last - first >= 5 and pos.startswith(("nt", "ns")) and not surface.guarded

    def _name_ends(self, text: Text, start: int, end: int, surface: _Surface) -> bool:
        """Whether a name may end where it does: 辽源市|委 but not 通化市|场, 绍兴|农委 but not 印度|洋."""
        folded, flags = text.folded, text.boundaries
        for offset, phrases in surface.stops:
            if folded.startswith(phrases, start - offset):
                return False
        following = folded[end : end + 1]
        if flags[end]:
            if following not in TELLING and folded[start - 1 : start] not in _BEFORE_TELLING and not surface.compass:
                return True
            if surface.suffixed:
                return not self._is_rank(text, end, surface)
            nature = NATURE_ABROAD if surface.country else NATURE
            if following in nature and flags[end + 1] and not _begins_hit(text.hits.get("region", ()), end):  # but 福建|泉港区
                return False
            if (
                following in PEOPLE
                and flags[end + 1]
                and surface.entries[0].level in ("country", "macro")
                and folded[end + 1 : end + 2] not in OF_CULTURE
            ):
                return False
        else:
            first = end - 1
            while not flags[first]:
                first -= 1
            last = end + 1
            while not flags[last]:
                last += 1
            if first > start:
                word = folded[first:last]
                if first == end - 1 and folded[first] in SUFFIXES:
                    split = word[:2] in self._splits or word[:3] in self._splits or self._has_division(text, end, surface)
                    return (end - start > 2 or surface.taiwan) and split
                if first == end - 1 and folded[first] in "乡镇" and surface.full:
                    return folded.startswith(TOWN_BODIES, end)
                if folded[end] == "第" and ORDINAL.match(folded, end):
                    return True  # 屯|门第|16区
                if not surface.suffixed and not (word[-1] == "港" and last == end + 1):
                    return False  # but 唐|山港 is 唐山 and its port
            else:
                rest = folded[end:last]
                if rest in NATURE or rest in PEOPLE or (rest in NATURE_TAILS and rest not in KEPT_TAILS):
                    return False
                if surface.suffixed and self._is_rank(text, end, surface):
                    return False
        if folded.startswith("街道", end):
            return False
        road = ROAD.match(folded, end)
        if road and flags[road.end()] and not surface.suffixed:
            return False
        if surface.compass and (AFTER_DIRECTION.match(folded, end) or (folded[start - 1 : start] in POINT_OF and flags[start])):
            return False
        if folded[start - 1 : start] == "·" or following == "·":
            return self._beside_dot(text, start, end)
        if end - start == 2 and following in TRANSLITERATED and flags[end] and flags[end + 1] and self._begins_person(folded[start:end], surface):
            return False
        if following in "元一二三四五六七八九十" and following and ERA.match(folded, end) and surface.entries[0].level == "county":
            return False
        return not self._in_person(text, start, end, surface)

    def _begins_person(self, key: str, surface: _Surface) -> bool:
        """Whether a short name may be the beginning of a foreign person's: 阿曼|达, 鲁西|迪; not 荷兰|恩智浦."""
        return key in BEGINS_PERSON if surface.country else surface.entries[0].level != "province"

    def _is_rank(self, text: Text, end: int, surface: _Surface) -> bool:
        """Whether a suffix goes on as a rank, a crowd or a market: 江阴|市长, not 济南市|长清区."""
        return RANKS.match(text.folded, end) is not None and not self._has_division(text, end, surface)

    def _has_division(self, text: Text, position: int, surface: _Surface) -> bool:
        """Whether the full name of a division or town of a place begins at a position: 上海市|长宁区, 东莞市|长安镇."""
        for hit in _hits_at(text.hits.get("region", ()), position):
            if hit.end - position > 1 and text.folded[hit.end - 1] in SUFFIXES and self._lies_in((o.entry.code for o in hit.owners), surface.codes):
                return True
        town = TOWN.match(text.folded, position)
        return town is not None and self._lies_in(self._towns.get(town[0], ()), surface.codes, or_is=True)

    def _lies_in(self, codes: Iterable[str], places: frozenset[str], *, or_is: bool = False) -> bool:
        """Whether one of some divisions lies in one of some places, or is one of them."""
        return any(not places.isdisjoint(self._lineage(code)) or (or_is and code in places) for code in codes)

    def _beside_dot(self, text: Text, start: int, end: int) -> bool:
        """Whether a name beside a dot is a place all the same: 中国·长春, not 让·蒂迦纳."""
        folded = text.folded
        other = folded[end + 1 : end + 4] if folded[end : end + 1] == "·" else folded[max(0, start - 4) : start - 1]
        return any(word in other for word in ("中国", "省", "市", "县")) or folded[start:end] == "中国"

    def _in_person(self, text: Text, start: int, end: int, surface: _Surface) -> bool:
        """Whether a short name is the given name of a person: 记者张延吉, 李昌平."""
        folded = text.folded
        if end - start != 2 or not start or folded[start - 1] not in SURNAMES or not text.boundaries[start - 1]:
            return False
        level = surface.entries[0].level
        if level in ("country", "macro") or folded[end : end + 1] in SUFFIXES:
            return False
        pattern = AFTER_RANK if level == "province" else BEFORE_PERSON
        return pattern.search(folded[max(0, start - 5) : start - 1]) is not None

    # ---- evidence for doubtful names -----------------------------------------------------------------------------------

    def _codes_named(self, found: _Found) -> set[str]:
        """The codes of the places that the text names beyond doubt."""
        named: set[str] = set()
        for name in found.starts.values():
            if len(name.surface.codes) <= 2:
                named |= name.surface.codes
        return named

    def _settle_doubtful(self, text: Text, doubtful: list[tuple[int, int, _Surface]], found: _Found, named: set[str]) -> None:
        """Accepts a guarded name where its context speaks for the place."""
        full_codes = {code for n in found.starts.values() if n.surface.full and len(n.surface.codes) <= 2 for code in n.surface.codes}
        waiting = [d for d in doubtful if self._open_to(found, *d)]
        for _ in range(2):  # a guarded name may be the evidence for its neighbour: 信义区、大安
            rest = []
            for start, end, surface in waiting:
                if not self._open_to(found, start, end, surface):
                    continue
                entries = self._evidence(text, start, end, surface, found, named, full_codes)
                if entries:
                    if shorter := found.starts.pop(start, None):
                        del found.ends[shorter.end]
                    found.add(_Name(start, end, surface, "region.guarded", entries))
                    if surface.full:
                        full_codes |= {e.code for e in entries}
                    if len(entries) == 1:
                        named.add(entries[0].code)
                else:
                    rest.append((start, end, surface))
            if not rest or len(rest) == len(waiting):
                break
            waiting = rest

    def _open_to(self, found: _Found, start: int, end: int, surface: _Surface) -> bool:
        """Whether a doubtful name has its span to itself, or is the full form of the shorter name that was taken (西安区 over 西安)."""
        if found.free(start, end):
            return True
        shorter = found.starts.get(start)
        return surface.suffixed and shorter is not None and shorter.end < end and found.free(shorter.end, end)

    def _evidence(
        self, text: Text, start: int, end: int, surface: _Surface, found: _Found, named: set[str], full_codes: set[str]
    ) -> tuple[RegionEntry, ...]:
        """The entries that the context of a guarded name allows; none refuses it."""
        folded = text.folded
        key = folded[start:end]
        entries = surface.entries
        if surface.direction:
            return entries if self._is_direction(text, start, end) else ()
        beside = start in found.ends or start - 1 in found.ends or end + 1 in found.starts
        counted = self._is_counted(folded, start, end, entries)
        licensed = bool(counted) or self._licensed(text, start, end)
        own = self._own_districts(text, start, surface) if _of_hongkong(text) else ()
        if surface.common and not (beside or surface.taiwan or surface.macro or surface.suffixed or licensed or own):
            return ()  # an ordinary word with nothing that speaks for the place: by far the most
        before = found.ends.get(start) or (found.ends.get(start - 1) if folded[start - 1 : start] in ("(", "·", " ") else None)
        if before:
            codes = {entry.code for entry in before.entries} - _WHOLE
            deep = before.entries[0].level != "province" or surface.suffixed  # 湖南|湘江新区: the river, not the district
            chained = tuple(e for e in entries if e.parent in codes or (deep and not codes.isdisjoint(self._lineage(e.code))))
            if chained:
                return chained
        if own:
            return () if before and before.entries[0].level == "country" else own  # 越南西贡
        left = folded[start - 1 : start]
        if len(key) == 2 and key[-1] == "区" and before is None and not licensed and left not in LIST_BEFORE and PART_OF.search(left):
            return ()  # 雄安|新区
        macros = tuple(e for e in entries if e.level == "macro")
        if macros and (listed := self._listed(folded, start, end, macros, found)):
            return listed
        if macros and not (before and key == "大湾区") and self._is_macro(text, start, end, key, named):
            return macros
        entries = tuple(e for e in entries if e.level != "macro")
        if not entries:
            return ()
        listed = self._listed(folded, start, end, entries, found)
        if listed:
            return listed
        if surface.taiwan and text.article and text.article.convention == "taiwan":
            return tuple(e for e in entries if e.code.startswith("tw:"))  # 北市, 高市, 竹县
        if counted:
            return tuple(e for e in counted if e.parent in named) or counted
        same = tuple(e for e in entries if e.code in full_codes)
        if same and (licensed or not surface.common):
            return same
        if entries[0].level == "foreign_city":
            parents = tuple(e for e in entries if e.parent in named)
            return parents if parents and licensed else ()
        if entries[0].level == "country":
            return entries if licensed or not surface.common else ()
        if surface.suffixed or key[-1] == "区":
            if licensed and len(key) > 2 and self._pos(key).startswith("ns"):
                return entries
            return tuple(e for e in entries if not named.isdisjoint([code for code in self._lineage(e.code) if code not in _WHOLE]))
        near = tuple(
            e for e in entries if e.parent in named or not named.isdisjoint(c for c in self._lineage(e.code) if c.endswith("00") or c[:3] == "tw:")
        )
        if not licensed:
            home = self._is_home_town(text, start, surface)
            near = tuple(e for e in near if home and e.parent in named and str(e.parent).startswith("tw:"))
        return near

    def _is_counted(self, folded: str, start: int, end: int, entries: tuple[RegionEntry, ...]) -> tuple[RegionEntry, ...]:
        """The towns and districts among some entries, for a name in a list whose last words count such: 大城、芳苑、溪州三乡."""
        if folded[end : end + 1] not in _BEFORE_COUNTED or not (counted := COUNTED.match(folded, end)):
            return ()
        if folded[end] not in "、和与及" and folded[start - 1 : start] not in LISTED_BY:
            return ()
        kinds = counted["kinds"]
        return tuple(e for e in entries if e.level in ("town", "county") and e.hans[-1] in kinds)

    def _own_districts(self, text: Text, start: int, surface: _Surface) -> tuple[RegionEntry, ...]:
        """The districts of Hong Kong among what a name may mean in its papers: 沙田|工厦, 东区|太古城; not 港铁南区."""
        if text.folded[start - 1 : start] in SURNAMES or (surface.entries[0].hans[0] in POINTS and not self._opens_name(text, start)):
            return ()
        return tuple(e for e in surface.entries if e.parent == "810000" and e.level == "county")

    def _is_home_town(self, text: Text, start: int, surface: _Surface) -> bool:
        """Whether a paper of Taiwan may print a town without what it is, in an article that names its county: 协助|枋寮."""
        if text.article is None or text.article.convention != "taiwan" or surface.common:
            return False
        return self._opens_name(text, start)

    def _licensed(self, text: Text, start: int, end: int) -> bool:
        """Whether a word beside the name says that it is a place."""
        folded = text.folded
        if folded[start - 1 : start] in _BEFORE_LAST and BEFORE_PLACE.search(folded[max(0, start - 3) : start]) and text.boundaries[start]:
            return True
        return folded[end : end + 1] in _AFTER_FIRST and AFTER_PLACE.match(folded, end) is not None

    def _listed(self, folded: str, start: int, end: int, entries: tuple[RegionEntry, ...], found: _Found) -> tuple[RegionEntry, ...]:
        """The entries of a name in a list whose neighbour is a place of the same level and parent: 长沙、株洲, 内湖、南港."""
        neighbours = []
        if start and folded[start - 1] in LIST_BEFORE and (name := found.ends.get(start - 1)):
            neighbours.append(name)
        if folded[end : end + 1] and folded[end] in LIST_BEFORE and (name := found.starts.get(end + 1)):
            neighbours.append(name)
        for name in neighbours:
            alike = tuple(
                e for e in entries for n in name.entries if e.level == n.level and (e.parent == n.parent or e.level in ("country", "foreign_city"))
            )
            if alike:
                return tuple(dict.fromkeys(alike))
            kin = tuple(e for e in entries for n in name.entries if not {*self._lineage(e.code)}.isdisjoint({*self._lineage(n.code)} - {"CN"}))
            if kin:
                return tuple(dict.fromkeys(kin))
        return ()

    def _is_direction(self, text: Text, start: int, end: int) -> bool:
        """Whether 西部, 南方 and the like name a part of China and not of the thing before them or a point of the compass."""
        folded = text.folded
        if AFTER_DIRECTION.match(folded, end) or (text.article and text.article.convention == "taiwan"):
            return False
        if not PART_OF.search(folded[max(0, start - 1) : start]):
            return True
        first = start - 1
        while not text.boundaries[first]:
            first -= 1
        word = folded[first:start]
        if start - first == 1 and start > 1 and word in self._letters and folded[start - 2] in self._letters:
            return False  # 港深|西部铁路
        if folded[start - 1] in DIVIDED and word not in WHOLE_COUNTRY:
            return False  # 该国西部, 本市南部
        return word in WHOLE_COUNTRY or not self._pos(word).startswith(("n", "s", "f", "z", "j"))

    def _is_macro(self, text: Text, start: int, end: int, key: str, named: set[str]) -> bool:
        """Whether a guarded macro-region (江南, 大湾区, 九龙) is meant."""
        folded = text.folded
        if key in ("大湾区", "神州大地"):
            return True
        if key == "江南":  # 醉江南, 江南水乡; not the brands (江南造船)
            return not "\u4e00" <= folded[end : end + 1] <= "\u9fff" or bool(OF_JIANGNAN.match(folded, end))
        if key == "湾区":
            return "大湾区" in folded
        if key == "九龙":
            return "810000" in named or _of_hongkong(text)
        return self._licensed(text, start, end) or folded.startswith(("地区", "大地"), end)

    # ---- initials: 浙沪, 中方, 赴美 --------------------------------------------------------------------------------------

    def _string(self, text: Text, start: int, end: int, sense: str, word: PlaceWordEntry, found: _Found, named: set[str]) -> None:
        """Accepts the characters of a known string: 中美, 鞍|钢."""
        folded, flags = text.folded, text.boundaries
        if not flags[start] or not found.free(start, end):
            return
        if not flags[end] and not (folded.startswith(self._contexts, end) and self._begins_word(text, start, end)):
            return  # but 美中|关系 is one word of the dictionary
        if folded[start - 1 : start] in TRANSLITERATED and flags[start - 1] and start:
            return  # 克苏鲁
        if sense == "weak_string" and not (folded.startswith(self._contexts, end) or all(code in named for code in word.codes)):
            return
        for offset, code in enumerate(word.codes):
            entry = self._entries.get(code)
            if entry:
                entries = self._europe if entry.code == "macro:欧洲" else (entry,)
                self._add(start + offset, start + offset + 1, entries, "region.abbreviation", found)

    def _single(self, text: Text, start: int, end: int, sense: str, word: PlaceWordEntry, found: _Found, named: set[str]) -> None:
        """Accepts the one character that the word beside it licenses: 中|方, 赴|美."""
        folded, flags = text.folded, text.boundaries
        place = start if sense == "tail" else end - 1
        if not flags[start] or not found.free(start, end):
            return
        if not flags[end] and not (sense == "lead" and (self._begins_word(text, start, end) or folded.startswith("人次", end))):
            return
        letter = folded[place]
        if sense == "lead" and end < len(folded) and folded[end] in TRANSLITERATED and self._begins_name(text, end):
            return  # 在德瑞克
        if letter == "港" and folded[place - 1 : place] in _ARRIVING and ARRIVALS.match(folded, place + 1) and not _of_hongkong(text):
            return  # 到港|货量, 离港|航班
        if letter == "汉" and folded[end : end + 1] in DYNASTIC:
            return  # 在汉墓中
        if letter == "日" and (folded[start - 1 : start].isdigit() or folded[end : end + 1] in _AFTER_DAY):
            return
        entries = self._letters.get(letter, ())
        if letter == "欧":
            entries = (self._entries["macro:欧盟"],) if word.hans == "脱" else self._europe
        else:
            higher = tuple(e for e in entries if e.level in ("country", "macro", "province"))
            cities = tuple(e for e in entries if e.level == "prefecture" and e.code in named) if sense == "lead" else ()
            # 来宁: 南京 where the article names it, and not 宁夏.
            entries = cities if cities and named.isdisjoint(e.code for e in higher) else higher or entries
        if entries:
            self._add(place, place + 1, entries, "region.abbreviation", found)

    def _add(self, start: int, end: int, entries: tuple[RegionEntry, ...], rule: str, found: _Found) -> None:
        ids = tuple([entry.id for entry in entries])
        surface = self._plain.get(ids)
        if surface is None:
            codes = frozenset(entry.code for entry in entries)
            surface = self._plain[ids] = _Surface(entries, False, False, False, False, codes, ids, (), False, False)
        found.add(_Name(start, end, surface, rule, entries))

    def _before_counted(self, text: Text, position: int, found: _Found, named: set[str]) -> None:
        """Accepts as many initials right before 两地, 三省 and the like as these count, if one is sure: 珠澳|两地, 成渝|两地; not 山海|两地."""
        folded = text.folded
        count = NUMBERS.get(folded[position], 0)
        start = position - count
        if not count or start < 0 or not (found.free(start, position) and text.boundaries[start] and text.boundaries[position]):
            return
        levels = LEVELS_COUNTED.get(folded[position + 1 : position + 2], ())
        places = [tuple(e for e in self._letters.get(letter, ()) if e.level in levels) for letter in folded[start:position]]
        letters = {*folded[start:position]}
        sure = not letters.isdisjoint(SURE_LETTERS | HARBOURS) or any(e.code in named for entries in places for e in entries)
        if sure and all(places) and len(letters) == count and self._opens_name(text, start):
            for offset, entries in enumerate(places, start):
                self._add(offset, offset + 1, entries, "region.abbreviation", found)

    def _letter_runs(self, text: Text, found: _Found, named: set[str]) -> None:
        """Accepts runs of initials of places that the text names in full, or that are hardly ever anything else: 辽绍, 长辽梅通白延."""
        folded, flags, covered = text.folded, text.boundaries, found.covered
        letters = set(SURE_LETTERS)
        for code in named:
            letters.update(self._letters_by_code.get(code, ()))
        for match in self._letter_run.finditer(folded):
            if letters.isdisjoint(match[0]):
                continue
            start, end = match.span()
            while start < end:
                stop = start
                while stop < end and folded[stop] in letters and flags[stop] and flags[stop + 1] and not covered[stop]:
                    stop += 1
                if stop - start >= 2 and self._is_run(folded, start, stop, named):
                    for position in range(start, stop):
                        self._add(position, position + 1, self._letters[folded[position]], "region.abbreviation", found)
                elif stop - start == 1 and folded[start] in SURE_LETTERS and self._joins_string(start, found):
                    self._add(start, stop, self._letters[folded[start]], "region.abbreviation", found)  # 闽浙|赣三省
                start = max(stop, start + 1)

    def _province_runs(self, text: Text, found: _Found) -> None:
        """Accepts every initial in a run of three or more provinces: 桂渝黔川陇, 陕甘宁青新|五省区."""
        folded, flags = text.folded, text.boundaries
        for match in PROVINCE_RUN.finditer(folded):
            start, end = match.span()
            letters = {*match[0]}
            if len(letters) < end - start or not (flags[start] and flags[end]):
                continue
            counted = PROVINCES_COUNTED.match(folded, end)
            if counted and NUMBERS[counted[1]] == end - start:
                for name in [found.starts[i] for i in range(start, end) if i in found.starts]:
                    if name.end - name.start > 1:
                        found.remove(name)  # 陕甘宁|青新五省区
            elif letters.isdisjoint(SURE_LETTERS) or len(letters & SURE_PROVINCES) * 2 < len(letters) or not all(flags[i] for i in range(start, end)):
                continue
            for position in range(start, end):
                provinces = tuple(e for e in self._letters.get(folded[position], ()) if e.level == "province")
                if provinces and found.free(position, position + 1):
                    self._add(position, position + 1, provinces, "region.abbreviation", found)

    def _joins_string(self, position: int, found: _Found) -> bool:
        """Whether an accepted initial stands right beside a position."""
        beside = (found.ends.get(position), found.starts.get(position + 1))
        return any(name is not None and name.rule == "region.abbreviation" and name.end - name.start == 1 for name in beside)

    def _is_run(self, folded: str, start: int, end: int, named: set[str]) -> bool:
        run = folded[start:end]
        if len(set(run)) < len(run):
            return False
        sure = sum(letter in SURE_LETTERS for letter in run)
        if sure == len(run):
            return True
        context = folded.startswith(self._contexts, end)
        levels = [{e.level for e in self._letters[letter] if e.code in named or letter in SURE_LETTERS} for letter in run]
        common = set.intersection(*levels)
        return bool(common) and (
            context or sure > 0 or len(run) >= 3 or folded[end : end + 1] in _AFTER_RUN or folded[start - 1 : start] in _BEFORE_RUN
        )

    def _letter_lists(self, text: Text, found: _Found) -> None:
        """Accepts listed and quoted initials: 美、中、台与欧; 人才从“浙”出发."""
        folded, flags = text.folded, text.boundaries
        for match in LETTER_LIST.finditer(folded) if "、" in folded else ():
            places = [i for i in range(*match.span()) if folded[i] not in "、和与及"]
            letters = {folded[i] for i in places}
            if (
                folded[match.start() - 1 : match.start()] == "、"
                or len(letters) < len(places)
                or not all(flags[i] and flags[i + 1] for i in places)
                or not found.free(*match.span())
            ):
                continue
            world = letters <= WORLD
            if not world and letters & set("中美日韩俄英法德印欧朝"):
                continue
            for i in places:
                entries = self._letters[folded[i]]
                level = tuple(e for e in entries if e.level in (("country", "macro", "province") if world else ("province",)))
                self._add(i, i + 1, level or entries, "region.abbreviation", found)
        for match in LISTED_LETTER.finditer(folded):
            start, end = match.span()
            beside = found.ends.get(start - 1) if folded[start - 1 : start] == "、" else None
            beside = beside or (found.starts.get(end + 1) if folded[end] == "、" else None)
            if beside and beside.entries[0].level in ("country", "macro") and flags[start] and flags[end] and found.free(start, end):
                entries = tuple(e for e in self._letters[match[0]] if e.level in ("country", "macro", "province"))
                self._add(start, end, entries, "region.abbreviation", found)  # 赴美、日、印度
        for match in QUOTED.finditer(folded) if "“" in folded or "‘" in folded else ():
            if found.free(*match.span(1)):
                provinces = tuple(e for e in self._letters[match[1]] if e.level == "province")
                self._add(*match.span(1), provinces or self._letters[match[1]], "region.abbreviation", found)
        for match in BLOC.finditer(folded) if "盟" in folded else ():
            if flags[match.start()] and flags[match.end()] and found.free(*match.span()):
                entries = tuple(e for e in self._letters[match[0]] if e.level in ("country", "province"))
                self._add(*match.span(), entries, "region.abbreviation", found)

    # ---- pointing: 我省, 两市 --------------------------------------------------------------------------------------------

    def _deictic(self, text: Text, spans: list[tuple[int, int]], found: _Found) -> Iterator[Mention]:
        """我省, 全国, 两市: not inside other words (保全|市场, 我|国家)."""
        flags = text.boundaries
        last = 0
        for start, end in spans:
            if start < last or not flags[start] or not found.free(start, end):
                continue
            counted = text.folded[start] in "两三四五"
            if not flags[end] and not (self._splits_at(text, end) if counted else self._begins_word(text, start, end)):
                continue
            last = end
            yield text.mention("region", start, end, rule="region.deictic", parsed=text.folded[start:end], deictic=True)

    def _splits_at(self, text: Text, end: int) -> bool:
        """Whether the word over `end` is a government's short of its place, which belongs to the word before it: 两县区|政府."""
        return bool(text.boundaries[end - 1]) and text.folded.startswith("政府", end)

    def _begins_name(self, text: Text, start: int) -> bool:
        """Whether the word at `start` is a single character or a person's name."""
        end = start + 1
        while not text.boundaries[end]:
            end += 1
        return end == start + 1 or self._pos(text.folded[start:end]).startswith("nr")

    def _begins_word(self, text: Text, start: int, end: int) -> bool:
        """Whether the dictionary word over `end` begins at `start`: 全国人大, 全国性."""
        position = end - 1
        while not text.boundaries[position]:
            position -= 1
        return position == start

    # ---- zones and macro-regions ----------------------------------------------------------------------------------------

    def _zones(
        self,
        text: Text,
        known: list[tuple[int, int, _Surface]],
        doubtful: list[tuple[int, int, _Surface]],
        heads: list[tuple[int, int, Any]],
        found: _Found,
        named: set[str],
    ) -> Iterator[Mention]:
        """Zones of the gazetteer and those that the grammar reads, the longest first and apart; and the towns that they are named after."""
        spans: list[tuple[int, int, Mention]] = []
        towns: list[Mention] = []
        last_end = 0
        for start, end, head in heads:
            if end <= last_end:
                continue
            last_end = end
            if end in found.ends and found.ends[end].end - found.ends[end].start > 1:
                continue  # 泉港区 is a division
            left = self._zone_start(text, start, end, head, found, named, towns)
            if left is not None:
                if (whole := found.starts.get(left)) and whole.end == end:
                    continue  # a name of the gazetteer: 南昌都市圈
                name = _WHITE.sub("", text.folded[left:end])
                value = (
                    RegionValue(code=f"macro:{name}", name=name, level="macro")
                    if head.sense == "macro"
                    else RegionValue(code=f"zone:{name}", name=name, level="zone")
                )
                spans.append((left, end, text.mention("region", left, end, rule="region.zone", value=value, lexicon=(head.id,))))
            elif head.sense == "bare" and (bare := self._bare_zone(text, start)) is not None:
                word = text.folded[bare:end]
                spans.append((bare, end, text.mention("region", bare, end, rule="region.zone", parsed=word, deictic=True, lexicon=(head.id,))))
        doubtful_from: dict[int, list[tuple[int, _Surface]]] = {}
        for start, end, place in doubtful:
            doubtful_from.setdefault(start, []).append((end, place))
        for start, end, surface in known:
            if surface.guarded and not (self._licensed(text, start, end) or found.ends.get(start) or self._at_home(text, surface)):
                continue
            for last, place in doubtful_from.get(start, ()):  # 中山|火炬开发区: the zone says which place its first word is
                if found.free(start, last) and any(e.parent in place.codes for e in surface.entries):
                    found.add(_Name(start, last, place, "region.guarded", tuple(e for e in place.entries if e.code == surface.entries[0].parent)))
            spans.append((start, end, self._known_zone(text, start, end, surface, found)))
        spans += list(self._branches(text, spans, doubtful, found))
        # Longest first; on one span the gazetteer's entry wins over the grammar.
        spans.sort(key=lambda s: (s[0] - s[1], s[0], s[2].rule))
        taken = bytearray(len(text.folded) + 1)
        for start, end, mention in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield mention
        for town in towns:
            if all(taken[town.start : town.end]):
                yield town

    def _branches(
        self, text: Text, spans: list[tuple[int, int, Mention]], doubtful: list[tuple[int, int, _Surface]], found: _Found
    ) -> Iterator[tuple[int, int, Mention]]:
        """A zone's part in a place of its own, which is one name: 中部科学园区|二林|园区, 自由贸易试验区|钦州港片区."""
        for start, middle, _ in spans:
            if text.folded.endswith(FREE_TRADE, start, middle) and _begins_hit(text.hits.get("region", ()), middle):
                part = PART_OF_ZONE.match(text.folded, middle)
                if part and text.boundaries[part.end()]:
                    name = _WHITE.sub("", text.folded[start : part.end()])
                    value = RegionValue(code=f"zone:{name}", name=name, level="zone")
                    yield start, part.end(), text.mention("region", start, part.end(), rule="region.zone", value=value)
        ends = {end: start for start, end, _ in spans if text.folded[end - 1] in "区园科"}
        if not ends:
            return
        places = {start: (end, entries) for start, end, surface in doubtful if (entries := surface.entries)}
        places.update((name.start, (name.end, name.entries)) for name in found.starts.values())
        for middle, start in ends.items():
            end, entries = places.get(middle, (middle, ()))
            if not entries or not text.folded.startswith("园区", end) or not text.boundaries[end + 2]:
                continue
            if found.free(middle, end):
                self._add(middle, end, entries, "region.guarded", found)
            name = _WHITE.sub("", text.folded[start : end + 2])
            value = RegionValue(code=f"zone:{name}", name=name, level="zone")
            yield start, end + 2, text.mention("region", start, end + 2, rule="region.zone", value=value)

    def _at_home(self, text: Text, surface: _Surface) -> bool:
        """Whether a short name (中科, 南科) is one that Taiwan's papers print of their own zones."""
        taiwan = text.article is not None and text.article.convention == "taiwan"
        return taiwan and any((e.parent or "").startswith(("tw:", "710000")) for e in surface.entries)

    def _known_zone(self, text: Text, start: int, end: int, surface: _Surface, found: _Found) -> Mention:
        """A zone of the gazetteer: a name that holds its place and kind (苏州高新区) is its own full name, another stands for the entry (光谷)."""
        entries = surface.entries
        ids = tuple(dict.fromkeys(e.id for e in entries))
        name = _WHITE.sub("", text.folded[start:end])
        if start in found.starts and name.endswith(("区", "园", "城", "港", "中心")):
            value = RegionValue(code=f"zone:{name}", name=name, level="zone")
            return text.mention("region", start, end, rule="region.known_zone", value=value, lexicon=ids)
        return text.mention("region", start, end, rule="region.known_zone", parsed=entries, lexicon=ids)

    def _zone_start(self, text: Text, head_start: int, head_end: int, head: Any, found: _Found, named: set[str], towns: list[Mention]) -> int | None:
        """Where the name of the zone that ends in `head` begins; None for a mere kind of zone (冰雪装备产业园)."""
        folded, flags = text.folded, text.boundaries
        if not (flags[head_end] or found.starts.get(head_end)) and not folded.startswith(("管", "党"), head_end):
            return None  # 合作区|域
        if folded[head_start - 1 : head_start] == "的" and (place := found.ends.get(head_start - 1)) and folded.startswith("自", head_start):
            return place.start  # 上海市的自由贸易试验区
        position = head_start
        while not flags[position] and position not in found.ends:
            position -= 1  # 高新|技术产业|园
        best: int | None = None
        letters = 0
        words = 0
        while position > 0 and words < 10 and head_start - position < 26:
            place = found.ends.get(position)
            if place:
                position = best = place.start
                words += 1
                continue
            char = folded[position - 1]
            if char == ")":
                opening = folded.rfind("(", max(0, position - 14), position)
                if opening < 0 or not (found.ends.get(position - 1) or found.starts.get(opening + 1)):
                    break
                position = opening
                words += 1
                continue
            if char.isascii() and char.isalpha():
                latin = _LATIN.search(folded, max(0, position - 20), position)
                if not latin:
                    break
                position = best = latin.start()
                words += 1
                continue
            if not "\u4e00" <= char <= "\u9fff":
                break
            first = position - 1
            while not flags[first] and first not in found.ends:
                first -= 1
            word = folded[first:position]
            if word in self._zone_stops and folded[max(0, position - 2) : position] not in self._weak_strings:
                break
            if head.sense == "macro" and word in self._letters:
                letters += 1
                if letters >= 2:
                    best = first
            else:
                pos = self._pos(word)
                pair = folded[max(0, position - 2) : position]
                if best is None and pair in self._weak_strings and found.free(position - 2, position) and flags[position - 2]:
                    self._string(text, position - 2, position, "string", self._weak_strings[pair], found, named)  # 吉林|中|新|食品…
                    continue
                if len(word) == 1 and pos.startswith(("p", "c", "u", "r", "d", "v")) and word not in self._zone_verbs:
                    break  # other single characters count if a place stands before them: 浙江|万丰|吉林工业园
                if len(word) > 1 and not ZONE_WORDS.match(pos) and word not in self._zone_verbs:
                    break
            position = first
            words += 1
        if letters >= 2 and best is not None:
            self._corridor_letters(folded, best, head_start, found)
            return best
        if best is None:
            return self._town_zone(text, head_start, found, named, towns)
        return self._trim_chain(text, best, head_start, head, found, named, towns)

    def _corridor_letters(self, folded: str, start: int, head_start: int, found: _Found) -> None:
        """Accepts the initials at the head of a corridor's name: 长辽梅白医药健康产业走廊."""
        position = start
        while position < head_start and (entries := self._letters.get(folded[position])):
            if found.free(position, position + 1):
                self._add(position, position + 1, entries, "region.abbreviation", found)
            position += 1

    def _trim_chain(self, text: Text, start: int, head_start: int, head: Any, found: _Found, named: set[str], towns: list[Mention]) -> int | None:
        """The start after higher places in a chain (江苏省|苏州工业园区); a country alone makes no zone."""
        folded = text.folded
        name = found.starts.get(start)
        while name and (inner := found.starts.get(name.end)) and inner.start < head_start:
            codes = {e.code for e in name.entries}
            if inner.rule == "region.guarded" or all(codes.isdisjoint(self._lineage(e.code)) for e in inner.entries):
                break
            if not (name.surface.suffixed or name.entries[0].level in ("province", "country")):
                break
            name, start = inner, inner.start
        if name is None:
            return start
        town = self._town_of(folded[name.start : name.end], named)
        if town and name.entries[0].level == "county" and named.isdisjoint(c for e in name.entries for c in (e.parent,) if c):
            del found.starts[name.start], found.ends[name.end]  # 金州 in a paper of 东辽: its town, not the district of 大连
            towns.append(self._town(text, name.start, name.end, found, town))
            return start
        for size in (4, 3, 2):  # 辽河源|中德现代生态农业示范区
            first = start - size
            if first >= 0 and text.boundaries[first] and found.free(first, start) and (town := self._town_of(folded[first:start], named)):
                towns.append(self._town(text, first, start, found, town))
                return first
        level = name.entries[0].level
        gap = head_start - name.end
        if head.hans.startswith("自") and level in ("country", "macro"):
            return None  # 中日韩自贸区 is a treaty
        if level == "country" and not found.starts.get(name.end) and (gap < 2 or head.sense == "weak"):
            return None
        if head.hans == "走廊" and level == "county" and gap == 0:
            return None  # 东区走廊 is a road
        if head.sense == "macro" and (level == "macro" or (level == "country" and gap == 0)):
            return None
        if head.sense == "weak" and gap > 8:
            return None
        return start

    def _town_zone(self, text: Text, head_start: int, found: _Found, named: set[str], towns: list[Mention]) -> int | None:
        """A zone named after a town of a county that the text names (渭津工业园), or by a name of its own that the text repeats (米果果小镇)."""
        folded, flags = text.folded, text.boundaries
        for first in range(head_start - 1, max(-1, head_start - 16), -1):
            if not "\u4e00" <= folded[first] <= "\u9fff":
                break
            if not flags[first] or (first and "\u4e00" <= folded[first - 1] <= "\u9fff" and not self._opens_name(text, first)):
                continue
            for size in (4, 3, 2):
                if first + size <= head_start and found.free(first, first + size) and (town := self._town_of(folded[first : first + size], named)):
                    towns.append(text.mention("region", first, first + size, rule="region.town", value=self._town_value(town)))
                    return first
        for size in (2, 3, 4):
            first = head_start - size
            if first < 0 or not _HAN.fullmatch(folded, first, head_start):
                break
            if (
                flags[first]
                and self._opens_name(text, first)
                and self._is_coined(text, first, head_start)
                and folded.count(folded[first : head_start + 2]) > 1
            ):
                return first
        return None

    def _opens_name(self, text: Text, position: int) -> bool:
        """Whether a name may begin at a position: after a mark, or a word that no name holds."""
        folded = text.folded
        if not position or not "\u4e00" <= folded[position - 1] <= "\u9fff":
            return True
        first = position - 1
        while not text.boundaries[first]:
            first -= 1
        word = folded[first:position]
        return word in self._zone_stops or self._pos(word).startswith(("v", "p", "c", "u", "d"))

    def _is_coined(self, text: Text, start: int, end: int) -> bool:
        """Whether words are no words: 米果|果, 某|某."""
        singles = sum(1 for i in range(start, end) if text.boundaries[i] and text.boundaries[i + 1])
        return singles > 0

    def _town_of(self, bare: str, named: set[str]) -> str | None:
        """The full name of a town that lies in a county that the text names."""
        for suffix in ("镇", "乡", "街道", "苏木"):
            for county in self._towns.get(bare + suffix, ()):
                if county in named:
                    return bare + suffix
        return None

    def _bare_zone(self, text: Text, start: int) -> int | None:
        """Where a zone called by its kind alone begins (县经济开发区), if its context may be that of one known zone."""
        folded = text.folded
        if not text.boundaries[start]:
            return None
        before = folded[max(0, start - 2) : start]
        if before[-1:] == "县" and not before.endswith(("各县", "市县")) and text.boundaries[start - 1]:
            return start - 1
        return start if CITY_ZONE.search(before) else None

    # ---- towns and villages ----------------------------------------------------------------------------------------------

    def _settlements(self, text: Text, found: _Found, named: set[str]) -> Iterator[Mention]:
        """Towns by the list of all towns with evidence that the right county is meant; towns and villages right after their county."""
        folded, flags = text.folded, text.boundaries
        last = 0
        ends: set[int] = set()
        lists: list[int] = []
        for match in TOWN_TAIL.finditer(folded):
            end = match.end()
            if folded[match.start() - 1 : match.start()] in _LAST_OF_MANY:
                lists.append(match.start())
            if not flags[end]:
                continue
            for size in range(min(self._longest_town, end - last), 1, -1):
                start = end - size
                counties = self._towns.get(folded[start:end])
                if counties and self._is_town(text, start, end, counties, found, named, ends):
                    last = end
                    ends.add(end)
                    yield self._town(text, start, end, found)
                    break
        yield from self._counted_towns(text, lists, found, named, ends)
        placed: list[Mention] = []
        for name in [*found.starts.values()]:
            if name.entries[0].level in ("county", "town", "prefecture", "zone"):
                placed += self._settlement_after(text, name.end, found, ends)
        for end in sorted(ends):
            placed += self._settlement_after(text, end, found, ends)
        yield from placed
        villages = {folded[m.start : m.end] for m in placed if m.end - m.start > 2 and folded[m.end - 1] == "村"}
        end = folded.find("村") + 1
        while end:
            start = end - 1
            while start > end - 6 and start and folded[start - 1] not in _BEFORE_VILLAGE:
                start -= 1
            size = next((size for size in (3, 4, 5) if folded[end - size : end] in villages), 0) if villages else 0
            if size and end not in ends and found.free(end - size, end) and text.boundaries[end - size] and text.boundaries[end]:
                ends.add(end)
                yield self._town(text, end - size, end, found)  # named after its town before
            known = (ends or named) and end not in ends and (folded[end : end + 1] in _AFTER_VILLAGE or start - 1 in ends)
            if (
                known
                and 2 < end - start < 6
                and _HAN.fullmatch(folded, start, end)
                and found.free(start, end)
                and self._is_settlement(text, start, end)
            ):
                ends.add(end)
                yield self._town(text, start, end, found)
            end = folded.find("村", end) + 1

    def _counted_towns(self, text: Text, lists: list[int], found: _Found, named: set[str], ends: set[int]) -> Iterator[Mention]:
        """Towns of a named county in a list that says how many it holds: 龙山、古山、芝英|三镇."""
        folded = text.folded
        for position in lists:
            match = HOW_MANY.search(folded, max(0, position - 4), position)
            if match is None:
                continue
            end = match.start()
            if not (text.boundaries[end] and self._in_list(folded, end)):
                continue
            for _ in range(12):
                spans = [(end - size, end) for size in (3, 2) if end >= size and text.boundaries[end - size] and found.free(end - size, end)]
                span = next((span for span in spans if self._town_of(folded[slice(*span)], named)), None)
                if span is None:
                    break
                ends.add(end)
                yield self._town(text, *span, found, self._town_of(folded[slice(*span)], named))
                if folded[span[0] - 1 : span[0]] not in LISTED_BY:
                    break
                end = span[0] - 1

    def _in_list(self, folded: str, end: int) -> bool:
        """Whether a list mark stands before the name of two or three characters that ends at a position."""
        return not LISTED_BY.isdisjoint(folded[max(0, end - 4) : end - 2])

    def _is_town(self, text: Text, start: int, end: int, counties: tuple[str, ...], found: _Found, named: set[str], ends: set[int]) -> bool:
        folded, flags = text.folded, text.boundaries
        if not found.free(start, end) or (named.isdisjoint(counties) and NOT_SETTLEMENT.search(folded, start, end)):
            return False  # but 太和镇, 四明山镇 where their counties are named
        if start in found.ends or start in ends:
            return True
        if not flags[start] or end - start < 3:
            return False
        if folded[start - 1 : start] == "、" and start - 1 in ends:
            return True
        opens = not PART_OF.search(folded[max(0, start - 1) : start]) or bool(BEFORE_PLACE.search(folded[max(0, start - 3) : start]))
        return opens or (len(counties) <= 3 and any(county in named or f"{county[:4]}00" in named for county in counties))

    def _settlement_after(self, text: Text, position: int, found: _Found, ends: set[int]) -> Iterator[Mention]:
        """A town or village that follows its county or town: 柯桥区|香林村."""
        match = SETTLEMENT.match(text.folded, position)
        if not match or match.end() in ends:
            return
        end = match.end()
        if end - position > (1 if position in ends else 2) and found.free(position, end) and self._is_settlement(text, position, end):
            ends.add(end)
            yield self._town(text, position, end, found)

    def _is_settlement(self, text: Text, start: int, end: int) -> bool:
        """Whether words that end in 镇, 乡 or 村 name one: not 贫困村, 两个村, 度假村."""
        name = text.folded[start:end]
        pos = self._pos(name)
        numbered = NUMBERED_VILLAGE.match(name)
        return (
            bool(text.boundaries[end])
            and not NOT_SETTLEMENT.search(name, numbered.end() if numbered else 0)
            and (not pos.startswith("n") or pos.startswith("ns"))
        )

    def _town(self, text: Text, start: int, end: int, found: _Found, name: str | None = None) -> Mention:
        found.covered[start:end] = b"\1" * (end - start)
        return text.mention("region", start, end, rule="region.town", value=self._town_value(name or text.folded[start:end]))

    def _town_value(self, name: str) -> RegionValue:
        official = self._official.get(name, name)
        return RegionValue(code=f"town:{official}", name=official, level="town")

    # ---- misprints -------------------------------------------------------------------------------------------------------

    def _misprints(self, text: Text, found: _Found) -> None:
        """A listed name one character off a place of the neighbourhood: 四平市、潦源市、通化市."""
        folded = text.folded
        for match in MISPRINT.finditer(folded):
            start, end = match.span(1)
            if not found.free(start, end) or not (found.ends.get(start - 1) or found.starts.get(end + 1)):
                continue
            if any(text.boundaries[i] and not text.boundaries[i + 1] for i in range(start, end - 2)):
                continue  # made of ordinary words
            neighbours = self._neighbourhood(found.ends.get(start - 1) or found.starts.get(end + 1), end - start)
            best = process.extract(match[1], list(neighbours), scorer=Hamming.distance, score_cutoff=1, limit=2)
            if len(best) == 1 and best[0][0][-1] == match[1][-1]:
                entry = neighbours[best[0][0]]
                self._add(start, end, (entry,), "region.misprint", found)

    def _neighbourhood(self, name: _Name | None, length: int) -> dict[str, RegionEntry]:
        """The full names of that length beside and under the places of a name."""
        names: dict[str, RegionEntry] = {}
        for entry in name.entries if name else ():
            for sibling in self._children.get(entry.parent or "", ()):
                if len(sibling.hans) == length:
                    names[sibling.hans] = sibling
        return names


_start = itemgetter(0)


def _of_hongkong(text: Text) -> bool:
    """Whether an article follows the usage of Hong Kong."""
    return text.article is not None and text.article.convention == "hongkong"


def _letters_of(gazetteers: Sequence[Lexicon]) -> dict[str, tuple[RegionEntry, ...]]:
    """The entries that each single character may stand for: 吉 is 吉林省, 吉林市, 吉安市 and more."""
    letters: dict[str, dict[str, RegionEntry]] = {}
    for lexicon in gazetteers:
        for surface, owners in lexicon.owners.items():
            if len(surface) == 1:
                for owner in owners:
                    letters.setdefault(surface, {}).setdefault(owner.entry.code, owner.entry)
    return {letter: tuple(entries.values()) for letter, entries in letters.items()}


def _guards(entry: RegionEntry, bare: str) -> bool:
    """Whether the bare name of a district is an ordinary word: its full name then needs its city beside it (前进区, 东山区)."""
    return bare in map(fold, entry.guarded)


def _hits_at(hits: Sequence[Hit], position: int) -> Iterator[Hit]:
    """The gazetteer names that begin at a position."""
    index = bisect_left(hits, position, key=_start)
    while index < len(hits) and hits[index].start == position:
        yield hits[index]
        index += 1


def _begins_hit(hits: Sequence[Hit], position: int) -> bool:
    """Whether a gazetteer name begins at a position."""
    return next(_hits_at(hits, position), None) is not None


@Language.factory(
    "jianbao_regions",
    default_config={
        "gazetteers": ["regions_china", "regions_taiwan", "regions_world", "regions_macro"],
        "words": "place_words",
        "stops": "place_stops",
        "zones": "zone_heads",
        "towns": "towns_china",
    },
)
def make_regions(nlp: Language, name: str, gazetteers: list[str], words: str, stops: str, zones: str, towns: str) -> MentionComponent:
    """The component that finds places."""
    extractor = RegionExtractor(
        [load_lexicon(gazetteer) for gazetteer in gazetteers],
        load_lexicon(words),
        load_lexicon(stops),
        load_lexicon(zones),
        load_lexicon(towns),
        load_segmenter(),
    )
    return MentionComponent(extractor)
