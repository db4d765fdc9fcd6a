"""Names in quotation marks: what is signed, “蓝洋和睦条约”, plans and laws, “三年跨越计划”, and full titles, “关于支持甲地…的意见”."""

import re
from collections.abc import Iterator

from jianbao.extractors.agreement.heads import Heads, type_of
from jianbao.extractors.agreement.signing import LIST_MARK, is_signed_before
from jianbao.records import AgreementValue
from jianbao.text import Mention, Text

# “三年跨越计划”: a plan whose name stands in quotation marks.
# “关于支持甲地…的意见”: a document's full title in the quotation marks of Hong Kong's and Taiwan's press.
_QUOTED = re.compile(r"“(?P<inner>(?:(?P<about>关于(?!这|那|你|我|他|她|谁|如何)[^“”\n。,;!?]{6,70}+)|[^“”\n。,;!?]{4,70}+))”")
_LONGEST_QUOTED = 40  # of a name in quotation marks that nothing signs: longer ones are speech
_ABBREVIATED = re.compile(r"\([A-Z][A-Za-z .&-]{1,40}\)$")  # “两洋渔业养护协定(OFA)”
# What ends a title that begins with 关于: 关于支持甲地发展的|若干意见.
_ABOUT_HEAD = re.compile(r"的(?:[若干实施指导行动]{2,4})?(?:意见|通知|办法|措施|决定|规定|方案|纲领|纲要|公告|通告|条例)$")
# The last words of plans, laws and agreements that are named so without being signed.
_PLAN = re.compile(
    r"(?:计划|规划|方案|协议书?|协定|合同书?|合约|契约|备忘录|意向书|议定书|条约|公约|联合声明|规范|准则|纲要|MOU|(?:条例|办法|法)(?:(?:修正)?草案)?)$"
)
_PRODUCT = re.compile(r"信托|资产管理|资管|激励|持股|减持|增持|集合|理财|储蓄")  # “某某3号资产管理计划” is sold, not issued
_SPEECH = re.compile(r"[我你您他她这那是吗吧呢]|了(?!解)")  # “我有一个计划”; not 了解备忘录
# 奖学金计划, 见习计划: money, not policy.
_SCHEME = re.compile(r"(?:补助金?|资助|津贴|补贴|奖学金|奖励|支援|培训|实习|优惠|贷款|保险|会员|课程|体验|大使|交流|见习|配对)计划$")


class QuotedNames:
    """Finds names in quotation marks; speech, a product and a scheme of grants are none."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads

    def find(self, text: Text) -> Iterator[Mention]:
        """Plans and laws, and what is signed, without the marks: 签署“蓝洋和睦条约”、“…备忘录”."""
        folded = text.folded
        if "“" not in folded:
            return
        signed = False
        last_end = 0
        for match in _QUOTED.finditer(folded):
            listed = signed and LIST_MARK.fullmatch(folded, last_end, match.start()) is not None
            signed = listed or is_signed_before(folded, match.start())
            last_end = match.end()
            inner = match["inner"]
            if inner[-1] == ")":
                inner = _ABBREVIATED.sub("", inner)
            if signed:
                named = self._heads.end(inner)
            elif match["about"]:
                named = _ABOUT_HEAD.search(inner) is not None
            else:
                named = _is_plan(inner)
            entry = self._heads.entry_of(inner) if named else None
            if entry is not None:
                start = match.start("inner")
                value = AgreementValue(agreement_type=type_of(inner, entry), title=inner)
                yield text.mention("agreement", start, start + len(inner), rule="agreement.quoted", value=value, lexicon=(entry.id,))


def _is_plan(name: str) -> bool:
    """Whether what nothing signs is a name by itself: “三年跨越计划”; not “我有一个计划”, “奖学金计划”."""
    head = _PLAN.search(name)
    if head is None or head.start() < 2 or len(name) > _LONGEST_QUOTED or "的" in name:
        return False
    return not (_PRODUCT.search(name) or _SPEECH.search(name) or _SCHEME.search(name))
