"""Verbs that make an agreement of what they have for object, 签署, 续签, 批出, and how far they reach."""

import re

from jianbao.text import Text

# 签署, 达成, and 签 before no more than its object; not 标签, 抽签.
SIGNING = re.compile(r"签[署订定约下了立字成妥有]|缔结|达成|达致|订立|[草续换互再另]签|换文|敲定|(?<![标书便牌抽竹])签(?=[\u4e00-\u9fff0-9]{0,12}$)")
# What stands between the names of a list: one verb signs them all.
LIST_MARK = re.compile(r"[、,和及与]|以及")
# Signing directly before a title makes it an agreement, whatever its last word.
_SIGNED_BEFORE = re.compile(r"(?:签署|签订|签定|缔结|订立|签下|草签|续签|达成|达致)(?:了|的|过)?(?:\S{0,6}份|一份|为期\S{1,6}的)?$")
# 更新两校|合作协议; not 更新这份|协议.
_RENEWING = re.compile(r"更新(?![这该此])(?:了)?[\u4e00-\u9fff]{0,8}$")
# 批出一份3亿元|合约, 夺得|合约.
_AWARDING = re.compile(
    r"(?:批[出予]|批给|判[出给予]|授[出予]|颁授|夺得|投得|中得|夺下|标得|揽获|斩获|(?:获得?|取得|接获|拿下|赢得|抢下)(?=[^,。;:]{0,12}[0-9一两份项张亿万]))(?!权|的)[^,。;:]{0,24}$"
)
# 备忘录|在甲校校长等见证下,由乙与丙签署: the comma does not part them.
_WITNESSED = re.compile(r"在[^。;\n]{2,90}?见证下,?")
_SIGNED_WITHIN = 160  # characters before a name


def is_signed_before(folded: str, start: int) -> bool:
    """Whether a verb stands directly before what begins at `start`: 签署了一份|《备忘录》."""
    return bool(_SIGNED_BEFORE.search(folded, max(0, start - 14), start))


def is_signed_in_sentence(text: Text, start: int, end: int) -> bool:
    """Whether the word is the head of a signing: no comma stands between it and the verb."""
    folded = text.folded
    first, last = text.sentence_span(start)
    first = max(first, start - _SIGNED_WITHIN, *(folded.rfind(mark, first, start) + 1 for mark in ",;:"))
    witnessed = _WITNESSED.match(folded, end, last)
    end = witnessed.end() if witnessed else end
    reach = 120 if witnessed or folded.startswith("由", end) else 30  # 协议由甲局、乙局、丙局共同签署
    last = min([last, end + reach, *(at for mark in ",;:" if (at := folded.find(mark, end, last)) >= 0)])
    return bool(
        SIGNING.search(folded, first, start)
        or _RENEWING.search(folded, first, start)
        or _AWARDING.search(folded, first, start)
        or SIGNING.search(folded, end, last)
    )
