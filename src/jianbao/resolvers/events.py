"""Agreements as events: who signed or issued what with whom, when, for how much, read from the sentence that tells it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.mentions import article_id, mention_id
from jianbao.records import (
    AgreementStatus,
    AgreementValue,
    DateValue,
    Event,
    Evidence,
    FigureValue,
    OrganisationValue,
    Party,
    RegionValue,
)
from jianbao.text import Mention, Text

EVIDENCE_LENGTH = 120
_REACH_BACK = 45  # how far before a verb its parties may end: 甲与乙|日前在北京就智慧城市项目正式|签署
_REACH_AMOUNT = 70

# What stands before a place that is where, not who.
_PLACE_WORD = re.compile(r"(?:在|于|赴|到|至|从|抵达|来到|前往|位于|落户|走进|进驻|途经|飞抵|出席|参加|举行的|召开的)$")
_LINK = re.compile(r"(?:与|和|同|跟|及|暨|以及|并与|分别与|均与|已与|联合|携手|会同)$")
_ONLY_LINK = re.compile(r"(?:与|和|同|跟|及|暨|以及|、|,|分别与|双方与)")
_RESPECTIVELY = re.compile(r"分别|各自|逐一|均已?与|相继与|陆续与|先后与")
# 公主岭市|10个地区已与: a count closes a list whose members each have an agreement of their own.
_COUNTED = re.compile(r"^等?[0-9一二三四五六七八九十百余]{1,5}(?:个|家|所)[\u4e00-\u9fff]{1,6}(?:分别|已|均|也|都)?(?:与|和|同)$")
# The words after a region's name that make it someone at that place: 浙江省|结对地区.
_SOMEONE = re.compile(r"(?:结对|有关|相关|对口|友好|周边)(?:地区|城市|企业|单位|部门|高校|机构|县市|市县)(?=[与和同跟及、签,已分共正就在]|$)")
# A body that no lexicon or grammar knows, right after its place and right before a connector or the verb: 日本|北都制铁|签订.
_UNKNOWN_BODY = re.compile(
    r"(?!.{0,3}(?:[省市县区州国]长|书记|主席|总统|总理|首相|部长|主任|代表|领导|党政|记者|官员|市民|企业家|副|各|方面|方|政府|之间|两|地区|当地|境内|"
    r"[与和同跟及、,已正将在就分共联签于由]))(?:[\u4e00-\u9fffA-Za-z0-9]{3,16}?)(?=(?:与|和|同|跟|、|签[署订约下]|订立|达成|共同签|联合签|正式签|分别))"
)
_BOTH = re.compile(r"双方|两家(?:公司|企业|单位)?|两校|两行|彼此")
# A company or city that the article goes on to call by its kind: 公司还与…签订, 该行已与…签署.
_ANAPHOR = re.compile(r"(?:该|本|这家)?(?:公司|集团|企业|银行|本行|该行|校方|学校|院方|医院|当局|机构)(?:[^,。;]{0,12})$")
_BY = re.compile(r"由$")
_DENIED = re.compile(r"(?:没有|未曾|从未|并未|尚未|未能|否认(?:已|曾)?|拒绝|不会|未有|无意)[^,。;]{0,6}$")
_PLANNED = re.compile(
    r"(?:拟|将会?|计划|有望|预计|准备|寻求|争取|力争|洽谈|谈判|磋商|商讨|推动|希望|期待|如果|若|能够|可望|即将|尽快|尽早|择期|考虑|有意|打算|料|冀)[^,。;]{0,14}$"
)
_DONE = re.compile(r"已|了|成功|正式|共同签")
# The words that make a sum after a name the agreement's own; in the next sentence only the plainest do.
_AMOUNT_NEAR = re.compile(
    r"(?:总?金额|总额|总?投资额?|总价|价值|总值|涉及|涉资|耗资|合同额|协议额|标的额?|规模|成交额|作价|对价|价款|订单额?|授信额度|收取|造价|租金|费用|经费|资金)[^,。;]{0,8}$"
)
_AMOUNT_NAMED = re.compile(r"(?:合同|协议|合约|订单|项目|合作|交易|采购)[^,。;]{0,3}(?:总?金额|总额|总?投资额?|总价|总值|价值|规模|标的额?|价款)[^,。;]{0,8}$")
_ANOTHER_SUM = re.compile(r"注册资本|年产值|年销售|税收|收入|其中|另外|此外|去年|上年|首期|一期|GDP|\n")
_DURATION = re.compile(
    r"(?:为期|有效期(?:限)?为?|期限为?|合同期为?|租期为?|(?<=[了的签定订约,]))(?P<time>[0-9一二两三四五六七八九十]{1,3}(?:\.5)?(?:个)?(?:年半?|月))(?![0-9月度底初末内来前])"
)
_ABOUT = re.compile(r"就(?P<what>[\u4e00-\u9fffA-Za-z0-9“”]{2,30}?)(?:等(?:事项|方面|领域|内容|合作)?|事宜|方面|项目合作)?(?:正式|共同|联合|成功)?(?:签|达成|订立|缔结)")
_EFFECT = re.compile(r"(?:正式|开始|起)?(?:生效|施行|实施)")
_ENDED = re.compile(r"终止|解除|中止|废止|撤销|作废|退出|宣布取消")
_TOGETHER = re.compile(r"(?:会同|联合|携手|牵头会同)$")
_VAGUE = re.compile(r"日前|近日|近期|此前|不久前|最近")
# What comes between who acts and a document that somebody issued before: 解读今年5月印发的《…》.
_BASED_ON = re.compile(r"解读|落实|按照|根据|依据|依照|贯彻|执行|学习|宣传|遵循|围绕|结合|对照|响应|[,:]")
_RELATIVE = re.compile(r"(?:印发|发布|出台|制定|制订|修订|颁布|公布|下发|推出|核定|批准|通过|批复)(?:了)?的$")
_IN_TITLE_LINK = re.compile(r"与|和|同|及|、|—|-|")
_CONTEXT_STATUS: tuple[tuple[re.Pattern[str], AgreementStatus], ...] = ((_ENDED, "terminated"), (_EFFECT, "in_force"))


@dataclass(slots=True)
class _Side:
    """A party as it stands in the sentence, with the mention it is known by."""

    mention: Mention
    name: str
    start: int
    end: int
    role: str | None = None
    known: bool = True


@dataclass(slots=True)
class _Draft:
    """An event while it is read."""

    agreement: Mention
    sides: tuple[_Side, ...]
    status: AgreementStatus
    sentence: tuple[int, int]
    date: str | None = None
    place: str | None = None
    amounts: tuple[Mention, ...] = ()
    duration: str | None = None
    subject: str | None = None
    mentions: list[Mention] = field(default_factory=list)


class EventResolver:
    """Reads the agreements that an article tells of."""

    def __init__(self, triggers: Lexicon) -> None:
        by_sense: dict[str, list[str]] = {}
        for entry in triggers.entries:
            by_sense.setdefault(entry.sense, []).extend(entry.surfaces)
        # 签 alone signs (与甲公司签千万合约) but not inside 标签 书签 签证 签名.
        sign = triggers.alternation(by_sense["sign"])
        self._sign = re.compile(rf"(?<![标书便牌抽竹])(?:{sign})(?![证名收发约率])")
        self._issue = re.compile(triggers.alternation(by_sense["issue"]))
        self._draft = re.compile(triggers.alternation(by_sense["draft"]))

    def resolve(self, text: Text) -> None:
        """Fills `text.events`, in the order of the text."""
        agreements = [m for m in text.mentions if m.kind == "agreement" and not text.in_boilerplate(m.start, m.end)]
        if not agreements:
            return
        article = _Article(text)
        drafts: list[_Draft] = []
        for agreement in _outermost(agreements):
            policy = _value(agreement).agreement_type == "policy_document"
            found = self._policy(article, agreement) if policy else self._agreement(article, agreement, drafts)
            drafts += found
        text.events[:] = [_event(article, draft) for draft in _merged(drafts)]

    # ---- agreements -----------------------------------------------------------------------------------------------------

    def _agreement(self, article: "_Article", agreement: Mention, earlier: list[_Draft]) -> list[_Draft]:
        folded = article.text.folded
        start, end = article.clause(agreement)
        if agreement.rule == "agreement.class_word" and any(d.agreement.end <= agreement.start and d.sentence[0] >= start for d in earlier):
            return []  # the titles before it are the agreements
        verbs = [m for m in self._sign.finditer(folded, start, end) if not article.inside_mention(m.start())]
        before = [m for m in verbs if m.end() <= agreement.start]
        after = [m for m in verbs if m.start() >= agreement.end]
        title = _value(agreement).title
        if before:
            verb = before[-1]
            groups = article.both(agreement.start, verb.start()) or article.groups_before(start, verb.start(), earlier)
        elif after:
            verb = after[0]
            groups = (
                article.groups_before(agreement.end, verb.start(), earlier)
                or article.groups_before(start, agreement.start, earlier)
                or article.groups_before(verb.end(), min(end, verb.end() + 40), earlier)
            )
        else:
            status = next((s for p, s in _CONTEXT_STATUS if p.search(folded, agreement.end, min(end, agreement.end + 12))), None)
            if title is None or agreement.rule in ("agreement.known", "agreement.alias", "agreement.compound"):
                return []
            groups = [article.sides_in(agreement)] if len(article.sides_in(agreement)) > 1 else [()]
            return [self._slots(article, agreement, sides, status or "signed", start, end, agreement.start) for sides in groups]
        if all(len(group) < 2 for group in groups):
            inner = article.sides_in(agreement)
            groups = [inner] if inner else groups or ([()] if title else [])
        if not groups and _counts_only(folded[verb.end() : agreement.start]):
            return []
        status = self._status(folded, start, verb, agreement)
        drafts = [self._slots(article, agreement, sides, status, start, end, verb.start()) for sides in groups or ()]
        shares = article.amounts_listed(agreement, end)
        if len(drafts) > 1 and len(shares) == len(drafts):
            return [replace(draft, amounts=(share,)) for draft, share in zip(drafts, shares, strict=True)]
        return drafts

    def _status(self, folded: str, start: int, verb: re.Match[str], agreement: Mention) -> AgreementStatus:
        lead = folded[max(start, verb.start() - 24) : verb.start()]
        if _DENIED.search(lead):
            return "denied"
        if verb[0].startswith("拟"):
            return "planned"
        follows = folded[verb.end() : verb.end() + 2]
        if _PLANNED.search(lead) and not follows.startswith("了") and not _DONE.search(lead[-3:]):
            return "planned"
        return "signed"

    def _slots(
        self, article: "_Article", agreement: Mention, sides: tuple[_Side, ...], status: AgreementStatus, start: int, end: int, verb: int
    ) -> _Draft:
        text = article.text
        sentence = text.sentence_span(agreement.start)
        about = _ABOUT.search(text.folded, start, agreement.start)
        duration = _DURATION.search(text.folded, max(start, verb - 4), min(end, agreement.end + 40))
        return _Draft(
            agreement,
            sides,
            status,
            sentence,
            date=article.date_of(sentence, start, verb, agreement),
            place=article.place_of(start, verb),
            amounts=article.amounts_of(start, verb, agreement, sentence[1]),
            duration=duration["time"] if duration else None,
            subject=about["what"] if about else _subject_words(text.folded[agreement.start : agreement.end], agreement),
            mentions=[agreement],
        )

    # ---- policy documents -------------------------------------------------------------------------------------------------

    def _policy(self, article: "_Article", agreement: Mention) -> list[_Draft]:
        """A document with a name: its issuer and whether it is in force, issued or still being written."""
        if _value(agreement).title is None or agreement.rule in ("agreement.class_word", "agreement.known"):
            return []
        text = article.text
        start, end = text.sentence_span(agreement.start)
        clause_start = max(text.folded.rfind(mark, start, agreement.start) for mark in ";。") + 1
        start = max(start, clause_start)
        folded = text.folded
        reach = max(start, agreement.start - 60)
        verbs = [m for m in self._issue.finditer(folded, reach, agreement.start) if not article.inside_mention(m.start())]
        drafts = [m for m in self._draft.finditer(folded, reach, agreement.start) if not article.inside_mention(m.start())]
        after = self._draft.search(folded, agreement.end, min(end, agreement.end + 30))
        drafting = bool(after) or bool(drafts and (not verbs or drafts[-1].end() >= verbs[-1].end()))
        status: AgreementStatus = "planned" if drafting else "issued"
        acts = sorted([*verbs, *drafts], key=lambda m: m.start())
        if not acts:
            draft = self._slots(article, agreement, article.issuer_in(agreement) or (), status, start, end, agreement.start)
            return [replace(draft, amounts=(), duration=None, subject=None, date=None)]
        verb = acts[-1].start()
        first = start
        if _RELATIVE.search(folded, verb, agreement.start):
            marks = [m.end() for m in _BASED_ON.finditer(folded, start, verb)]
            first = marks[-1] if marks else start
        issuer = article.issuer_in(agreement) or article.issuer_before(first, verb)
        nearest = issuer[-1].end if issuer else first
        if not drafting and _PLANNED.search(folded, max(nearest, verb - 16), verb) and not folded.startswith("了", acts[-1].end()):
            status = "planned"
        draft = self._slots(article, agreement, issuer or (), status, first, end, verb)
        date = article.date_of((first, end), first, verb, agreement)
        return [replace(draft, amounts=(), duration=None, subject=None, date=date)]


# ---- what the resolver knows of an article ----------------------------------------------------------------------------------


class _Article:
    """The mentions of an article as parties, dates and amounts."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._spans = [m for m in text.mentions if m.kind in ("agreement", "organisation", "region")]
        bodies = [m for m in text.mentions if m.kind in ("organisation", "region") and not text.in_boilerplate(m.start, m.end)]
        self._agreements = [m for m in text.mentions if m.kind == "agreement"]
        self._outer = [m for m in _outermost([*bodies, *self._agreements]) if m.kind != "agreement"]
        self._bodies = bodies
        self._dates = [m for m in text.mentions if m.kind == "date"]
        self._figures = [m for m in text.mentions if m.kind == "figure"]
        self._fullest: dict[str, str] = {}
        for m in bodies:
            key = _identity(m)
            surface = text.folded[m.start : m.end]
            if key and not m.deictic and m.rule != "region.misprint" and len(surface) > len(self._fullest.get(key, "")):
                self._fullest[key] = surface

    def clause(self, mention: Mention) -> tuple[int, int]:
        """The part of the sentence between semicolons that holds a mention."""
        start, end = self.text.sentence_span(mention.start)
        folded = self.text.folded
        left = folded.rfind(";", start, mention.start) + 1
        right = folded.find(";", mention.end, end)
        return max(start, left), right if right >= 0 else end

    def inside_mention(self, position: int) -> bool:
        """Whether a folded position lies in a name or title."""
        return any(m.start <= position < m.end for m in self._spans)

    # ---- parties --------------------------------------------------------------------------------------------------------

    def _side(self, mention: Mention, start: int, name: str | None = None, end: int | None = None) -> _Side:
        fullest = self._fullest.get(_identity(mention) or "")
        printed = self.text.folded[mention.start : mention.end]
        value = mention.value
        if isinstance(value, RegionValue) and (mention.deictic or mention.rule == "region.misprint"):
            printed = fullest or value.name
        return _Side(mention, name or (fullest if fullest and len(fullest) > len(printed) else printed), start, end or mention.end)

    def _sides(self, start: int, end: int) -> list[_Side]:
        """Who stands between two positions, places of happening left out and chains of places joined."""
        folded = self.text.folded
        sides: list[_Side] = []
        for m in self._outer:
            if m.start < start or m.end > end:
                continue
            if _PLACE_WORD.search(folded, max(0, m.start - 4), m.start) and not _BY.search(folded, max(0, m.start - 1), m.start):
                continue
            if isinstance(m.value, OrganisationValue) and m.value.type == "media":
                continue
            if sides and sides[-1].end == m.start and sides[-1].mention.kind == "region":
                before = sides.pop()
                joined = None if before.mention.deictic or m.kind == "organisation" else before.name + self._side(m, m.start).name
                sides.append(self._side(m, before.start, joined))
            else:
                sides.append(self._side(m, m.start))
            someone = (_SOMEONE.match(folded, m.end, end) or _UNKNOWN_BODY.match(folded, m.end, end)) if m.kind == "region" else None
            if someone:
                name = folded[sides[-1].start : someone.end()] if not m.deictic else sides[-1].name + someone[0]
                sides[-1] = replace(sides[-1], name=name, end=someone.end(), known=False)
        return sides

    def groups_before(self, start: int, end: int, earlier: list[_Draft]) -> list[tuple[_Side, ...]]:
        """The parties of each agreement that the words before a verb name: one group, or one a pair for 分别."""
        folded = self.text.folded
        sides = self._sides(start, end)
        pair = next((s for s in reversed(sides) if isinstance(s.mention.value, RegionValue) and s.mention.value.codes), None)
        lead = folded[max(start, end - _REACH_BACK) : end]
        if not sides or end - sides[-1].end > _REACH_BACK or _BOTH.search(folded, sides[-1].end, end):
            both = _BOTH.search(lead)
            if sides and len(sides) >= 2 and both and _LINK.search(folded[sides[-2].end : sides[-1].start]):
                return [(sides[-2], sides[-1])]  # 甲与乙双方签署
            return self._from_words(start, end, earlier)
        chain = [sides[-1]]
        for side in reversed(sides[:-1]):
            between = folded[side.end : chain[0].start]
            if not _ONLY_LINK.fullmatch(between) and not _COUNTED.match(between) and not (_LINK.search(between) and _loose(between)):
                break
            chain.insert(0, side)
        if pair is not None and (len(chain) < 2 or pair is chain[-1]):
            return [tuple(self._of_codes(pair))]
        chain = [s for s in chain if not (isinstance(s.mention.value, RegionValue) and s.mention.value.codes)]
        if not chain:
            return []
        if len(chain) == 1:
            return self._with_partner(chain[0], sides, start, end, earlier)
        tail = folded[chain[-1].end : end]
        betweens = [folded[a.end : b.start] for a, b in pairwise(chain)]
        respectively = bool(_RESPECTIVELY.search(tail) or any(_RESPECTIVELY.search(b) or _COUNTED.match(b) for b in betweens))
        if respectively or sum(1 for b in betweens if _LINK.search(b)) > 1 and any(b in ("、", ",") for b in betweens):
            groups = _pairs(chain, betweens)
            if groups:
                return groups
        return [tuple(chain)]

    def _with_partner(self, side: _Side, sides: list[_Side], start: int, end: int, earlier: list[_Draft]) -> list[tuple[_Side, ...]]:
        """A lone party: with its partner from before (…,与乙公司签署), or from the parties known so far."""
        folded = self.text.folded
        linked = re.search(r"(?:与|和|同|跟)(?:来访的|到访的)?$", folded[max(start, side.start - 6) : side.start])
        if not linked:
            return [(side,)]
        first = next((s for s in sides if s.mention is not side.mention), None)
        if first is None and _ANAPHOR.search(folded, start, side.start - 1):
            first = self._main_body(side)
        if first is None and earlier and earlier[-1].sides and "\n" not in folded[earlier[-1].agreement.end : start]:
            first = earlier[-1].sides[0]  # 甲与乙签署…;与丙签署…
        if first is None:
            before = self._sides(max(0, start - 120), start)
            first = next((s for s in reversed(before) if s.mention.kind == "organisation" or s.mention.deictic), None)
        return [(first, side)] if first and first.name != side.name else [(side,)]

    def _main_body(self, other: _Side) -> _Side | None:
        """The company that the article is about: the one it names most, before the place where it is called 公司."""
        counts: dict[str, int] = {}
        for m in self._outer:
            if m.kind == "organisation" and isinstance(m.value, OrganisationValue) and m.value.type in ("company", "finance", "academic", "other"):
                key = _identity(m) or ""
                counts[key] = counts.get(key, 0) + 1
        counts.pop(_identity(other.mention) or "", None)
        if not counts:
            return None
        best = min(counts, key=lambda key: (-counts[key], key))
        mention = next(m for m in self._outer if _identity(m) == best)
        return self._side(mention, mention.start)

    def _from_words(self, start: int, end: int, earlier: list[_Draft]) -> list[tuple[_Side, ...]]:
        """双方 and elided subjects: the parties of the agreement or sentence before."""
        if _BOTH.search(self.text.folded, start, end):
            if earlier and len(earlier[-1].sides) == 2:
                return [earlier[-1].sides]
            sentence = self.text.sentence_span(start)[0]
            before = self._sides(max(0, min(sentence, start - 160)), end)
            for a, b in reversed(list(pairwise(before))):
                if _LINK.search(self.text.folded[a.end : b.start]) and _loose(self.text.folded[a.end : b.start]):
                    return [(a, b)]
            bodies: dict[str, _Side] = {s.name: s for s in before if s.mention.kind == "organisation"}
            if len(bodies) >= 2:
                return [tuple(list(bodies.values())[-2:])]
        return []

    def both(self, agreement: int, verb: int) -> list[tuple[_Side, ...]]:
        """签署两国协议: the pair that stands between verb and name."""
        for m in self._outer:
            if verb <= m.start and m.end <= agreement and isinstance(m.value, RegionValue) and m.value.codes:
                return [tuple(self._of_codes(self._side(m, m.start)))]
        return []

    def _of_codes(self, pair: _Side) -> Iterator[_Side]:
        value = pair.mention.value
        assert isinstance(value, RegionValue)
        for code in value.codes or ():
            known = next((m for m in self._bodies if m.kind == "region" and not m.deictic and _identity(m) == f"region|{code}"), None)
            if known is not None:
                yield self._side(known, known.start)
            else:
                yield replace(pair, name=self._fullest.get(f"region|{code}", code))

    def sides_in(self, agreement: Mention) -> tuple[_Side, ...]:
        """The parties that a name itself holds: 台|欧|双边投资协定, 《甲市乙市合作框架协议》."""
        folded = self.text.folded
        inner = [m for m in self._bodies if agreement.covers(m)]
        inner = [m for m in _outermost(inner)]
        chain: list[_Side] = []
        for m in inner:
            if chain and not _IN_TITLE_LINK.fullmatch(folded[chain[-1].end : m.start]):
                break
            if not chain and m.start - agreement.start > 1:
                break
            chain.append(self._side(m, m.start))
        return tuple(chain) if len(chain) > 1 else ()

    def issuer_in(self, agreement: Mention) -> tuple[_Side, ...] | None:
        """The issuer that a title begins with: 《国务院办公厅关于印发…的通知》."""
        first = next((m for m in self._bodies if m.kind == "organisation" and agreement.start <= m.start <= agreement.start + 1), None)
        if first and self.text.folded.startswith(("关于", "印发"), first.end):
            return (self._side(first, first.start),)
        return None

    def issuer_before(self, start: int, verb: int) -> tuple[_Side, ...] | None:
        """Who issued: the bodies right before the verb, or the subject of the sentence."""
        sides = [s for s in self._sides(start, verb) if not (isinstance(s.mention.value, RegionValue) and s.mention.value.codes)]
        if not sides or verb - sides[-1].end > _REACH_BACK:
            return None
        folded = self.text.folded
        chain = [sides[-1]]
        for side in reversed(sides[:-1]):
            between = folded[side.end : chain[0].start]
            if not ((_ONLY_LINK.fullmatch(between) and between != ",") or (len(between) <= 4 and _TOGETHER.search(between))):
                break
            chain.insert(0, side)
        return tuple(chain)

    # ---- other slots ------------------------------------------------------------------------------------------------------

    def date_of(self, sentence: tuple[int, int], start: int, verb: int, agreement: Mention) -> str | None:
        """The expression that dates the signing: the nearest one before the verb in its clause, else in its sentence.

        None where the verb has a vague date of its own (省政府日前印发): a date further away dates something else.
        """
        if _VAGUE.search(self.text.folded, max(start, verb - 10), verb):
            return None
        for first, last in ((start, verb), (sentence[0], start), (verb, agreement.start)):
            found = [
                m
                for m in self._dates
                if first <= m.start and m.end <= last and not any(a.covers(m) for a in self._agreements) and isinstance(m.value, DateValue)
            ]
            for m in reversed(found):
                value = m.value
                assert isinstance(value, DateValue)
                lead = self.text.folded[max(0, m.start - 3) : m.start]
                if value.unresolved or "/" in value.edtf or lead.endswith(("截至", "截止", "自", "从", "到")):
                    continue
                return value.edtf
        return None

    def place_of(self, start: int, verb: int) -> str | None:
        """Where it was signed: the place after 在 before the verb."""
        folded = self.text.folded
        for m in reversed(self._outer):
            if m.kind == "region" and start <= m.start and m.end <= verb and verb - m.end <= 30 and folded[max(0, m.start - 1) : m.start] in ("在", "于"):
                return self._side(m, m.start).name
        return None

    def amounts_of(self, start: int, verb: int, agreement: Mention, end: int) -> tuple[Mention, ...]:
        """The agreement's own sum: between verb and name (总额3000万元的…协议), or named as its sum right after."""
        folded = self.text.folded
        inside: list[Mention] = []
        for m in self._figures:
            if not isinstance(m.value, FigureValue) or m.value.dimension != "money" or m.value.per is not None:
                continue
            if verb <= m.start and m.end <= agreement.start:
                inside.append(m)
            elif agreement.end <= m.start <= agreement.end + _REACH_AMOUNT and not inside:
                between = folded[agreement.end : m.start]
                own = _AMOUNT_NEAR if m.start <= end else _AMOUNT_NAMED
                if own.search(between) and not _ANOTHER_SUM.search(between) and not any(
                    a.start >= agreement.end and a.end <= m.start and a.rule != "agreement.alias" for a in self._agreements
                ):
                    inside.append(m)
            elif inside and isinstance(m.value, FigureValue) and m.value.restates == mention_id(self.text, inside[0]):
                inside.append(m)  # 2.36亿美元(约合人民币17.2亿元)
        return tuple(inside[:2])

    def amounts_listed(self, agreement: Mention, end: int) -> list[Mention]:
        """The sums of a list after the name: 金额为680万元和1200万元, one an agreement of 分别."""
        money = [
            m
            for m in self._figures
            if agreement.end <= m.start and m.end <= end and isinstance(m.value, FigureValue) and m.value.dimension == "money" and not m.value.per
        ]
        listed = money[:1]
        for a, b in pairwise(money):
            if self.text.folded[a.end : b.start] not in ("和", "、", "及", "与"):
                break
            listed.append(b)
        return listed


def _value(mention: Mention) -> AgreementValue:
    value = mention.value
    assert isinstance(value, AgreementValue)
    return value


def _identity(mention: Mention) -> str | None:
    value = mention.value
    if isinstance(value, RegionValue):
        return f"region|{value.code}" if value.code else None
    if isinstance(value, OrganisationValue):
        return f"organisation|{value.name}"
    return None


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """The mentions that no other of the list encloses, in order."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind)):
        if not kept or not kept[-1].covers(m):
            kept.append(m)
    return kept


def _loose(between: str) -> bool:
    """Whether the words between two parties only say who speaks for the first (市长张三与), or what it did before (赴京考察,与)."""
    return len(between) <= 40 and between.count(",") <= 1 and not re.search(r"[。;:]", between)


def _counts_only(words: str) -> bool:
    """已签署近210份合作协议: a count of agreements, none of which is told."""
    return bool(re.search(r"[0-9一二三四五六七八九十百千余多数]{1,6}(?:多|余)?(?:份|项|个|宗|单|笔)", words))


def _pairs(chain: list[_Side], betweens: list[str]) -> list[tuple[_Side, ...]]:
    """甲与乙、丙,丁与戊: (甲乙) (甲丙) (丁戊); 甲、乙分别与丙: (甲丙) (乙丙); 甲、乙分别与丙、丁: (甲丙) (乙丁)."""
    links = [i for i, between in enumerate(betweens) if between not in ("、", ",")]
    if len(links) == 1 and links[0] and 2 * (links[0] + 1) == len(chain):
        return list(zip(chain[: links[0] + 1], chain[links[0] + 1 :], strict=True))
    waiting: list[_Side] = [chain[0]]
    left: _Side | None = None
    groups: list[tuple[_Side, ...]] = []
    for i, between in enumerate(betweens):
        following = chain[i + 1]
        if between in ("、", ","):
            links_on = i + 1 < len(betweens) and betweens[i + 1] not in ("、", ",")
            if left is None or links_on:
                if links_on and left is not None:
                    waiting, left = [], None
                waiting.append(following)
            else:
                groups.append((left, following))
        else:
            groups += [(side, following) for side in waiting]
            left = waiting[-1] if waiting else left
            waiting = []
    return groups


def _subject_words(name: str, agreement: Mention) -> str | None:
    """What a compound name is about: 氨纶加工项目 of 氨纶加工项目合作协议."""
    if agreement.rule != "agreement.compound":
        return None
    words = re.sub(r"(?:战略|全面|框架|合作|对口|友好|意向|谅解|双边|长期|中长期|补充|正式)*(?:协议书?|协定|合同书?|合约|备忘录|意向书|议定书|条约)$", "", name)
    return words if len(words) >= 2 else None


def _merged(drafts: list[_Draft]) -> list[_Draft]:
    """Each agreement once: the same title, or the same parties and type, told again fills up what was missing."""
    kept: list[_Draft] = []
    for draft in drafts:
        same = next((d for d in kept if _same(d, draft)), None)
        if same is None:
            kept.append(draft)
            continue
        same.mentions += draft.mentions
        same.sides = same.sides if len(same.sides) >= len(draft.sides) else draft.sides
        same.date = same.date or draft.date
        same.place = same.place or draft.place
        same.amounts = same.amounts or draft.amounts
        same.duration = same.duration or draft.duration
        same.subject = same.subject or draft.subject
        if same.status == "planned" and draft.status in ("signed", "issued"):
            same.status = draft.status
    return kept


def _same(a: _Draft, b: _Draft) -> bool:
    left, right = _value(a.agreement), _value(b.agreement)
    if left.agreement_type != right.agreement_type:
        return False
    parties, others = {s.name for s in a.sides}, {s.name for s in b.sides}
    if left.title and right.title:
        short, long = sorted((left.title, right.title), key=len)
        # 《规划》 stands for the plan named in full before, 第一阶段协议 for 第一阶段经贸协议; two full titles are two documents.
        abbreviated = b.agreement.rule == "agreement.compound" and len(short) >= 5 and short[:4] == long[:4] and short[-2:] == long[-2:]
        return left.title == right.title or abbreviated or (len(short) <= 4 and long.endswith(short) and len(long) > len(short))
    if a.sentence == b.sentence:
        return parties == others and a.agreement.start == b.agreement.start
    return len(parties) >= 2 and parties == others and (a.date is None or b.date is None or a.date == b.date)


def _event(article: _Article, draft: _Draft) -> Event:
    text = article.text
    value = _value(draft.agreement)
    start, end = draft.sentence
    first = max(start, min(draft.agreement.end, end) - EVIDENCE_LENGTH) if end - start > EVIDENCE_LENGTH else start
    last = min(end, first + EVIDENCE_LENGTH)
    a, b = text.source_span(first, last)
    sides: dict[str, _Side] = {}
    for side in draft.sides:
        sides.setdefault(side.name, side)
    return Event(
        agreement_type=value.agreement_type,
        title=value.title,
        parties=tuple(
            Party(
                record=mention_id(text, s.mention) if s.known else None,
                name=s.name,
                role="issuer" if value.agreement_type == "policy_document" else s.role,
                unresolved=not s.known or bool(s.mention.value and s.mention.value.unresolved),
            )
            for s in sides.values()
        ),
        date=draft.date,
        place=draft.place,
        amounts=tuple(mention_id(text, m) for m in draft.amounts),
        duration=draft.duration,
        subject=draft.subject,
        status=draft.status,
        evidence=(Evidence(article=article_id(text), start=a, end=b, text=text.source[a:b]),),
        mentions=tuple(dict.fromkeys(mention_id(text, m) for m in draft.mentions)),
    )


@Language.factory("jianbao_events", default_config={"triggers": "agreement_triggers"})
def make_events(nlp: Language, name: str, triggers: str) -> ResolverComponent:
    """The component that reads agreements as events."""
    return ResolverComponent(EventResolver(load_lexicon(triggers)))
