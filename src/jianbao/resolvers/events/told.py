"""The agreements that an article has told so far, each once."""

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable

from jianbao.records import AgreementType
from jianbao.resolvers.events.drafts import Draft, value_of
from jianbao.resolvers.parties import Group, alike
from jianbao.text import Mention, Text

_HEAD_ALONE = 2  # 《规划》, 《通知》: a title of so few characters names a document only for the one told before
_TITLES_REMEMBERED = 64
_GENERAL_TITLE = 12
_DRAFTS_BACK = 16
_ABBREVIATED = 4  # characters at most of a title that may stand for a longer one: 《规划》, 《备忘录》
_COOPERATION: frozenset[AgreementType] = frozenset(["framework_agreement", "cooperation_agreement"])  # (战略)合作(框架)协议
_LOOSE: frozenset[AgreementType] = _COOPERATION | {"other_agreement", "memorandum", "letter_of_intent"}
# 双方|还签署合作协议, 此外,…: told of something else.
_BESIDES = re.compile(
    r"还|另(?!一方|外一方)|又(?!称|名)|亦|也(?![纳门])|此外|同时|并(?:与|和|同|就|将|签|已)|再(?![度次])|先后|(?:另一|第[二三四五六])[份项个]"
)
_REACH_BESIDES = 48
_REACH_LIST = 800
_PASSES = 2
# 举行育种备忘录|(MOA)签署仪式,由甲与乙签署三方育种备忘录
_AT_ITS_CEREMONY = re.compile(r"”?(?:\([^()]{0,20}\))?的?签[署约字订]?(?:仪式|典礼|活动)")
_NICKNAME = 8  # characters at most of a name in quotation marks that stands for a title: “株洲协议”
_KIND_OF_PARTY = re.compile(r"(?:央企|国企|民企|名企|外企|台企|企业|公司|高校|大学|银行|机构|巨头|集团)$")
_SUBSIDIARY = re.compile(r"子公司|附属|下属|旗下|所属")


class Told:
    """The agreements told so far, each once: told again, one fills up what was missing."""

    def __init__(self, text: Text) -> None:
        self._folded = text.folded
        self.drafts: list[Draft] = []
        self._by_title: dict[str, Draft] = {}
        self._titled: list[tuple[str, Draft]] = []
        self._filled = False

    @property
    def last(self) -> Draft | None:
        """The agreement told last that has parties."""
        return next((d for d in reversed(self.drafts[-4:]) if d.sides and d.kind != "policy_document"), None)

    def rename(self, alias: Mention) -> bool:
        """Takes (下称《框架协议》) as another name of the agreement told just before it."""
        if not self.drafts or alias.start - self.drafts[-1].agreement.end > 40:
            return False
        draft = self.drafts[-1]
        draft.mentions.append(alias)
        title = value_of(alias).title
        if title:
            self._by_title[title] = draft
        return True

    def add(self, draft: Draft) -> None:
        """Takes in a draft, or what it adds to the one told before."""
        title = draft.title
        same = self._same(draft)
        if same is not None:
            same.fill(draft)
            self._filled = True
        elif title and len(title) <= _HEAD_ALONE:
            return
        else:
            self.drafts.append(draft)
            same = draft
        if title:
            self._by_title.setdefault(title, same)
            if len(title) > _ABBREVIATED:
                self._titled.append((title, same))
                del self._titled[:-_TITLES_REMEMBERED]

    def agreements(self) -> list[Draft]:
        """Each agreement once, now that all that the article tells is known; none told of as several (多份合作协议) beside those it names."""
        told = self.drafts
        for number in range(_PASSES if self._filled else 0):
            kept: list[Draft] = []
            for index, draft in enumerate(told):
                # Two that nothing was added to were compared when the later one was told, unless others stood between them then.
                compared = not number and not draft.filled and len(kept) == index
                same = self._first_telling(draft, kept, only_filled=compared)
                if same is None:
                    kept.append(draft)
                else:
                    same.fill(draft)
            if len(kept) == len(told):
                break
            told = kept
        return _without_named_lots(told) if any(draft.lot for draft in told) else told

    def _same(self, draft: Draft) -> Draft | None:
        title = draft.title
        if title:
            found = self._by_title.get(title)
            # 《合作框架协议》 that two towns sign each with a partner of its own are two; a title that says whose it is names one.
            if found is not None and not (
                len(title) <= _GENERAL_TITLE and len(draft.sides) > 1 and len(found.sides) > 1 and not _covered(draft.sides, found.sides)
            ):
                return found
            for long, told in reversed(self._titled):
                if _abbreviates(title, long, draft.agreement.rule) and told.kind == draft.kind:
                    return told
            for told in reversed(self.drafts[-_DRAFTS_BACK:]):
                if _nicknames(told, draft) or _nicknames(draft, told):
                    return told
        return self._first_telling(draft, self.drafts)

    def _first_telling(self, draft: Draft, drafts: list[Draft], *, only_filled: bool = False) -> Draft | None:
        """The one of some agreements (that something was added to) of which a draft tells again."""
        bare = draft.agreement.rule == "agreement.head"
        if not drafts or _is_policy(draft) or (not bare and self._besides(draft)):
            return None
        for told in reversed(drafts[-_DRAFTS_BACK:]):
            if (told.filled or not only_filled) and self._again(told, draft, bare=bare):
                return told
        return None

    def _again(self, told: Draft, draft: Draft, *, bare: bool) -> bool:
        """Whether a draft tells of an agreement again; a `bare` one is but 协议 or the like."""
        if told.agreement.start == draft.agreement.start or told.lot != draft.lot:
            return False
        # In one sentence a second name is a second agreement, unless it is the bare word for the first (…协议,该协议…).
        apart = not bare and told.sentence == draft.sentence and told.agreement.rule != "agreement.head"
        if apart and not _AT_ITS_CEREMONY.match(self._folded, told.agreement.end):
            return False
        if told.title and draft.title and told.title != draft.title:
            return False
        if not _of_one_kind(told, draft) or not (_dates_agree(told.date, draft.date) or _came_about(told, draft)):
            return False
        if not _subjects_agree(told.subject, draft.subject):
            return False
        if min(len(told.sides), len(draft.sides)) > 1:
            return _covered(draft.sides, told.sides) or (told.headline and self._behind_headline(told, draft))
        other_subject = told.subject and draft.subject and not told.headline
        if told.status != draft.status or other_subject or draft.title or not (told.sides or told.headline):
            return False
        if max(len(told.sides), len(draft.sides)) < 2:
            return bool(told.sides and draft.sides) and told.date is not None and told.date == draft.date and _covered(draft.sides, told.sides)
        return _covered(draft.sides, told.sides) or (told.headline and len(told.sides) == 1 and self._behind_headline(told, draft))

    def _behind_headline(self, told: Draft, draft: Draft) -> bool:
        """Whether a headline means the parties that the body names: a firm for its subsidiary, 央企 for one that is."""
        named = [side for side in told.sides if side.mention is not None or not _KIND_OF_PARTY.search(side.name)]
        first, last = draft.sentence
        for side in named:
            at = self._folded.find(side.name, first, last)
            if not any(alike(side, other) for other in draft.sides) and not (at >= 0 and _SUBSIDIARY.search(self._folded, at, draft.agreement.start)):
                return False
        return bool(named)

    def _besides(self, draft: Draft) -> bool:
        start = draft.agreement.start
        return _BESIDES.search(self._folded, max(draft.sentence[0], start - _REACH_BESIDES), start) is not None


def _without_named_lots(told: list[Draft]) -> list[Draft]:
    """The agreements without those told of as several (多份合作协议) of which another is one."""
    listed = sorted(draft.agreement.start for draft in told if draft.listed)
    single = [draft for draft in told if not draft.lot]
    groups = _distinct(draft.sides for draft in single)
    titled = _distinct(draft.sides for draft in single if draft.title is not None and len(draft.sides) > 1)
    seen: dict[Hashable, bool] = {}  # an article says 多份合作协议 of the same two time and again

    def is_named(lot: Draft) -> bool:
        following = bisect_right(listed, lot.agreement.start)
        if following < len(listed) and listed[following] - lot.agreement.start < _REACH_LIST:
            return True
        key = (lot.headline, _key(lot.sides))
        if key not in seen:
            headed = lot.headline and any(alike(side, other) for sides in groups for side in lot.sides for other in sides)  # 与甲省签9协议
            seen[key] = headed or any(_covered(lot.sides, sides) for sides in titled)
        return seen[key]

    return [draft for draft in told if not (draft.lot and is_named(draft))]


def _distinct(groups: Iterable[Group]) -> list[Group]:
    """Each group of parties once."""
    return list({_key(group): group for group in groups}.values())


def _key(sides: Group) -> Hashable:
    """What is compared of parties: their names, and what is known of them."""
    return tuple([(side.name, id(side.mention.value) if side.mention else 0) for side in sides])


def _of_one_kind(told: Draft, draft: Draft) -> bool:
    """Whether two names may be of one agreement: 协议 alone may mean any, a headline and a lead call one by several names."""
    kind, other = told.kind, draft.kind
    if kind == "policy_document":
        return False
    if kind == other or (kind in _COOPERATION and other in _COOPERATION):
        return True
    if kind not in _LOOSE or other not in _LOOSE:
        return False
    return told.headline or ("other_agreement" in (kind, other) and "agreement.head" in (told.agreement.rule, draft.agreement.rule))


def _dates_agree(date: str | None, other: str | None) -> bool:
    """Whether two dates may be of one act: one of them unknown, or a part of the other."""
    return date is None or other is None or date.startswith(other) or other.startswith(date)


def _came_about(told: Draft, draft: Draft) -> bool:
    """Whether one tells, under an earlier day, that the other was to be signed."""
    planned, signed = (told, draft) if told.status == "planned" else (draft, told)
    return planned.status == "planned" and signed.status == "signed" and bool(planned.date and signed.date and planned.date < signed.date)


def _subjects_agree(subject: str | None, other: str | None) -> bool:
    """Whether two agreements may be about one thing: 通讯 and 气象及通讯."""
    if not subject or not other:
        return True
    return any(subject[i : i + 2] in other for i in range(len(subject) - 1))


def _covered(some: Group, others: Group) -> bool:
    """Whether each side of the shorter list is one of the longer, each another."""
    if len(some) > len(others):
        some, others = others, some
    rest = list(others)
    for side in some:
        found = next((other for other in rest if alike(side, other)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _nicknames(draft: Draft, other: Draft) -> bool:
    """Whether a name in quotation marks is made of the words of a title: “株洲协议”, 《长江中游城市合作(株洲)协议》."""
    if draft.agreement.rule != "agreement.quoted":
        return False
    name, title = draft.title or "", other.title or ""
    short = _HEAD_ALONE < len(name) <= _NICKNAME < len(title)
    return short and title.endswith(name[-2:]) and name[:-2] in title and not _is_policy(draft) and not _is_policy(other)


def _is_policy(draft: Draft) -> bool:
    return draft.kind == "policy_document"


def _abbreviates(title: str, known: str, rule: str) -> bool:
    """Whether 《规划》 stands for the plan named in full before, 第一阶段协议 for 第一阶段经贸协议; two full titles are two documents."""
    short, long = (title, known) if len(title) <= len(known) else (known, title)
    if rule == "agreement.compound":
        return len(short) >= 5 and short[-2:] == long[-2:] and (short[:4] == long[:4] or long.endswith(short))
    return len(short) <= _ABBREVIATED and long.endswith(short) and len(long) > len(short)
