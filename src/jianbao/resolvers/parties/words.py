"""Words that stand around parties, and words that no name of a body holds."""

import re
from collections.abc import Callable, Iterable

from jianbao.lexicon import Lexicon

LONGEST_NAME = 24
_LONGEST_LEAD = 4  # characters of an aside at the head of a clause

PARTNERS = frozenset(["与", "和", "同", "跟", "及", "暨", "以及"])
# What may stand between a body and the rank of its person, and what else speaks for a body: 甲市|市长张三, 乙公司|全球执行总裁李四, 丙方|代表.
_BEFORE_RANK = "人民政府|政府|市委|县委|区委|党委|党组|党工委|集团|公司|股份|常务|执行|首席|名誉|法定|全球|中国区|大中华区|亚太区|高级|资深|实际|控股|原|的|新任|现任|联席|联合|董事局"
_FOR_BODY = "代表|负责人|方面|有关方面|相关方面|代表团|方代表|党政代表团|考察团"
# What is no name although 与 stands before it.
NO_NAME = re.compile(
    r"(?:[多各数几该某其此这那双两三]|[二四五六七八九十]+[国省市地县]|主要|重要|任何|更多|所有|有关|相关|当地|其他|其它|上述|本地|国内|国外|海外|境外|海内外|对方|他|她|它|我们|我|你|自己|[0-9一二四五六七八九十百千]+[个家所名位]|全国|全球|全省|全市).*|(?:[省市县区乡]{1,2}级)?(?:地方|基层)?政府|"
    r".*率[领团队一二三四五六七八九十两].*|.*(?:企业|客户|部门|单位|商户|农户|村民|居民|用户|业主|机构|高校|院校|经销商|供应商|代理商|开发商|加盟商|运营商|合作方|投资者|投资人|项目|人员|者|们|方面|领域|基础|原则|精神|工作|活动|会议|"
    r"仪式|会|发展|合作|合同|协议|市场|产业|经济|条件|需求|之间|时间|日期|阶段|过程|情况|问题|关系|对方|买方|卖方|买家|卖家|被告|原告|必要性|公告|披露|消息|报告|声明|政府|公众|媒体)"
)
# What a body is to another, before its name: 控股股东|万衡投资, 实际控制人|周明.
ROLE = re.compile(
    r"(?:上市公司|公司|集团|其|旗下|附属|全资|控股|间接|直接|持股|子公司|孙公司|分公司|大股东|第一大股东|股东|实际控制人|实控人|控制人|原|前|自然人|卖方|买方|甲方|乙方|出租方|承租方|发包方|承包方|董事长|总裁|总经理|业主|"
    r"合作伙伴|合作方|承建商|开发商|龙头企业|龙头|国企|央企|民企|台企|港企|日企|韩企|外企|内地|大陆|本地|当地|知名|著名|国际知名|全球知名|企业(?=.{2})|标的|交易对方|友商|同业|车企|药企|房企|厂商|大厂|业者)+"
)
GENERAL = re.compile(
    r"[多各数几该某其此这那双]|有关|相关|当地|其他|其它|上述|本地|国内|国外|海外|境外|对方|[0-9一二四五六七八九十百千]+[个家所名位]|全[国球省市]"
)
# 在老挝|首都|万象: what a place is, before its name.
_APPOSITIONS = ("首都", "省会", "首府", "名城", "港城", "城市", "州府", "郡府")
# 昊天股份|控股股东王茂先生: who holds shares signs for himself.
OWNER = re.compile(r"(?:的)?(?:第[一二三四五]大)?(?:控股股东|股东|实际控制人|实控人|控制人)(?:及其一致行动人)?(?P<who>[^,。;]{2,30})")
HONORIFIC = re.compile(r"(?:先生|女士|小姐|博士)$")
# What no name ends with: 本公司依(与…签订), 文件后便可(与…).
NO_END = re.compile(r"(?:[依继便须将把被从]|[便即方均亦]可|[一这那几多两][个家份项种次])$")
FUNCTION_WORDS = frozenset("的了在是被把将已并其这那该与就于但也还又却吗呢们您你我他她它而或且")
NAME_SHAPE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()·・&.\-'“” *]{2,40}")
ORGANISATION_END = re.compile(
    r"(?:公司|集团|大学|学院|研究院|研究所|议会|公会|总会|协进会|促进会|策进会|公所|代表会|代表处|办事处|大使馆|总领事馆|博物馆|图书馆|出版社|电视台|广播台|设计院|医院|银行|协会|商会|学会|联合会|基金|基金会|证券|保险|信托|资本|控股|股份|合作社|中学|学校|农会|渔会|工会|委员会|管委会|政府|局|厅|部|署|处|"
    r"中心|实验室|联盟|厂|矿业|能源|科技|电子|实业|重工|航空|药业|食品|钢铁|化工|汽车|地产|置业|传媒|通信|电力|石油|航运|物流|银行|人寿|资源|半导体|光电|生技|建设|金控|电信|客车|巴士)$"
)
ANAPHOR = re.compile(
    r"(?P<that>该|这家|此|上述)?(?P<own>本|我)?(?P<kind>上市公司|公司|团队|集团|企业|厂商|银行|行(?![业动情程])|学校|校方|大学|学院|校|院方|医院|研究院|研究所|院|协会|商会|学会|联合会|机构|基金会|基金|局|厅|部|署|处|馆|所|中心|店)(?:方面|方)?$"
)


def before_apposition(folded: str, start: int, end: int) -> int:
    """Where the word begins that says what the place at `end` is (首都|万象); `end` itself for none."""
    return end - 2 if end - start > 1 and folded.startswith(_APPOSITIONS, end - 2) else end


class Words:
    """What the lexicons and the dictionary say of words.

    Args:
        asides: Words that may stand between a party and the verb, or between two parties (正式 共同 拟 日前), folded.
        names: Verbs that stand in names of bodies, and ranks of persons.
        pos: The part of speech of a dictionary word.

    Attributes:
        rank: A rank: 市长, 董事长.
        offices: What stands between a body and the rank nearest to the name: 行长、党委|书记张三.
        person: A person of a body, or what else speaks for it, right after its name: 市长张三, 董事长李四代表.
    """

    def __init__(self, asides: Iterable[str], names: Lexicon, pos: Callable[[str], str]) -> None:
        self.pos = pos
        self._name_words = frozenset(surface for surface, entry in names.by_surface.items() if entry.sense == "name")
        ranks = names.alternation([surface for surface, entry in names.by_surface.items() if entry.sense == "rank"])
        self.rank = re.compile(ranks)
        self.offices = re.compile(rf"(?:(?:{ranks})[、兼和]|党委|党组|常务|执行|名誉|首席|联席|副|代)+$")
        self.person = re.compile(rf"(?:{_BEFORE_RANK})*(?:副|代)?(?:{ranks}|{_FOR_BODY})")
        self._ending: dict[str, list[str]] = {}  # asides by their last letter, and short ones by their first; longest first
        self._beginning: dict[str, list[str]] = {}
        for word in sorted(set(asides), key=lambda word: (-len(word), word)):
            self._ending.setdefault(word[-1], []).append(word)
            if len(word) <= _LONGEST_LEAD:
                self._beginning.setdefault(word[0], []).append(word)

    def aside_before(self, folded: str, floor: int, end: int) -> int:
        """Where the longest aside begins that ends at a position; the position itself for none."""
        for word in self._ending.get(folded[end - 1], ()):
            if folded.endswith(word, floor, end):
                return end - len(word)
        return end

    def aside_at(self, folded: str, boundaries: bytearray, start: int, end: int) -> int:
        """Where the longest aside ends that begins at a position and that another word follows; the position itself for none."""
        for word in self._beginning.get(folded[start], ()):
            last = start + len(word)
            if last <= end and boundaries[last] and folded.startswith(word, start):
                return last
        return start

    def no_name_word(self, word: str) -> bool:
        """Whether a word stands in no name: 的, a verb or adverb of the dictionary."""
        if len(word) == 1:
            return word in FUNCTION_WORDS or not (word.isalnum() or word in "()·・&.-'“”*")
        if word in self._name_words:
            return False
        return self.pos(word) in ("v", "d", "r", "p", "c", "u", "t", "vd", "ad")
