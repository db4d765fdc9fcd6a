"""The verbs that sign, issue and draft, and what may stand between a verb and its object."""

import re
from collections.abc import Iterable

from jianbao.lexicon import Lexicon

PLANNED = re.compile(
    r"(?:拟|将会?|计划|有望|预计|准备|寻求|争取|力争|洽谈|谈判|磋商|商讨|推动|希望|期待|一旦|呼吁|敦促|促请|原[定拟]|如果|若(?!干)|能够|可望|即将|尽快|尽早|择期|考虑|有意|打算|料(?<![材原资燃饲肥涂染面布颜物预]料)|冀(?=能|可|与|签|尽)|有待|待(?<![期等接招对看优款善]待)|定于|预定|可能|力促|促成|着手|朝向|(?:明天|明日|后天|后日)(?!集团|公司|科技))[^,。;]{0,24}$"
    r"|(?:预计|预料|预期|有望|可望)[将会]?[在于][^,。;]{1,14}[内前后间],[^,。;]{0,36}$"  # 预计将在两周内,就采购大豆达成协议
)
SAID_TO_BE = re.compile(r"(?:下称|简称|称为|又称|以下称|统称)[:“”\"]{0,2}$")

# What a verb does to its object: between the two no comma but in a list of titles.
_LIST_COMMA = re.compile(r"(?<=》)(?:\([^()]{0,60}\))?[,、](?=《)")
SKIPPED = re.compile(r"\([^()\n]{0,80}\)|《[^《》\n]{0,120}》|“[^“”\n]{0,60}”")

_ALSO_SAID = ("公布", "公告")  # verbs of issuing that also tell of a signing: 甲公司公告与乙公司签署…


class Verbs:
    """Patterns of the triggers, by what they do.

    Attributes:
        sign: Signs; 签 alone does (与甲公司签千万合约), but not inside 标签 书签 签证 签名, and 达成一致 signs nothing.
        issue: Issues a document.
        draft: Works at one that is not issued.
        meeting: Begins a sentence that goes on with a meeting: 会上, 活动现场.
        asides: Words that may stand between a party and its verb: 正式 共同 拟 日前.
    """

    def __init__(self, triggers: Lexicon) -> None:
        by_sense: dict[str, list[str]] = {}
        for surface, entry in triggers.by_surface.items():
            by_sense.setdefault(entry.sense, []).append(surface)
        self.sign = re.compile(
            rf"(?:{_not_after('标书便牌抽竹', by_sense['sign'])})(?![证名收发率]|约率|一致|共识|目标|交易|和解(?!协)|产能|停火(?!协)|[署订约字]?(?:时间|日期|地点|事宜|流程|细节)(?![于在]))"
        )
        self.issue = re.compile(triggers.alternation(by_sense["issue"]))
        self.draft = re.compile(triggers.alternation(by_sense["draft"]))
        meetings = triggers.alternation(by_sense["meeting"])
        self.meeting = re.compile(rf"(?:[在而]|随后|其后|随即)?(?:{meetings})")
        self.asides = [*_ALSO_SAID, *by_sense["aside"], *by_sense["meeting"], *by_sense["plan"], *by_sense["deny"]]


def _not_after(letters: str, words: Iterable[str]) -> str:
    """Words, longest first, that stand after none of some letters.

    What must not stand before is asked behind the first letter: a pattern whose branches begin with a letter each is searched for at C speed.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?<![{letters}]{first})(?:{'|'.join(rest)})" for first, rest in rests.items())


def governs(between: str, heads: int = 1) -> bool:
    """Whether nothing between a verb and a name makes the name another clause's; a list of titles may be long."""
    plain = SKIPPED.sub("", _LIST_COMMA.sub("、", between))
    return not any(mark in plain for mark in ",:;") and len(plain) <= 70 * heads
