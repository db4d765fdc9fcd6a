"""The agreements that an article has told so far, each once."""

from jianbao.records import AgreementType
from jianbao.resolvers.events.drafts import Draft, value_of
from jianbao.text import Mention

_HEAD_ALONE = 2  # 《规划》, 《通知》: a title of so few characters names a document only for the one told before
_TITLES_REMEMBERED = 64
_GENERAL_TITLE = 12
_DRAFTS_BACK = 4
_KINDS: dict[AgreementType, AgreementType] = {"framework_agreement": "cooperation_agreement"}  # (战略)合作(框架)协议
_ABBREVIATED = 4  # characters at most of a title that may stand for a longer one: 《规划》, 《备忘录》


class Told:
    """The agreements told so far, each once: the same title, or the same parties and type, told again fills up what was missing."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_parties: dict[tuple[str, frozenset[str]], list[Draft]] = {}
        self._by_title: dict[str, Draft] = {}
        self._titled: list[tuple[str, Draft]] = []

    @property
    def last(self) -> Draft | None:
        """The agreement told last that has parties."""
        return next((d for d in reversed(self.drafts[-4:]) if d.sides and value_of(d.agreement).agreement_type != "policy_document"), None)

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
        same = self._same(draft)
        value = value_of(draft.agreement)
        if same is None:
            if value.title and len(value.title) <= _HEAD_ALONE:
                return
            self.drafts.append(draft)
            same = draft
        else:
            same.mentions += draft.mentions
            same.sides = same.sides if len(same.sides) >= len(draft.sides) else draft.sides
            if draft.status != "planned" or same.status == "planned":  # the day by which it is to be signed is not that of the signing
                same.date = same.date or draft.date
            same.place = same.place or draft.place
            same.amounts = same.amounts or draft.amounts
            same.duration = same.duration or draft.duration
            same.subject = same.subject or draft.subject
            if same.status == "planned" and draft.status in ("signed", "issued"):
                same.status = draft.status
        parties = frozenset(s.name for s in same.sides)
        if value.title:
            self._by_title.setdefault(value.title, same)
        if value.title and len(value.title) > _ABBREVIATED:
            self._titled.append((value.title, same))
            del self._titled[:-_TITLES_REMEMBERED]
        if len(parties) >= 2:
            told = self._by_parties.setdefault((_kind(value.agreement_type), parties), [])
            if same not in told[-_TITLES_REMEMBERED:]:
                told.append(same)

    def _same(self, draft: Draft) -> Draft | None:
        value = value_of(draft.agreement)
        if value.title:
            found = self._by_title.get(value.title)
            if found is not None:
                # 《合作框架协议》 that two towns sign each with a partner of its own are two; a title that says whose it is names one.
                names, others = {s.name for s in draft.sides}, {s.name for s in found.sides}
                general = len(value.title) <= _GENERAL_TITLE
                return self._of_parties(draft) if general and len(names) > 1 and len(others) > 1 and names != others else found
            for title, told in reversed(self._titled):
                if value_of(told.agreement).agreement_type == value.agreement_type and _abbreviates(value.title, title, draft.agreement.rule):
                    return told
        return self._of_parties(draft) or self._of_some_parties(draft)

    def _of_some_parties(self, draft: Draft) -> Draft | None:
        """The agreement told before of which this names a party at most, with no title or day of its own: the signing as it is told once more."""
        value = value_of(draft.agreement)
        names = {s.name for s in draft.sides}
        if value.title or draft.date or len(names) > 1:
            return None
        for told in reversed(self.drafts[-_DRAFTS_BACK:]):
            if _kind(value.agreement_type) != _kind(value_of(told.agreement).agreement_type) or told.sentence == draft.sentence:
                continue
            others = {s.name for s in told.sides}
            if len(others) > 1 and names < others and told.status == draft.status and not (told.subject and draft.subject):
                return told
        return None

    def _of_parties(self, draft: Draft) -> Draft | None:
        value = value_of(draft.agreement)
        parties = frozenset(s.name for s in draft.sides)
        if len(parties) < 2:
            return None
        for told in reversed(self._by_parties.get((_kind(value.agreement_type), parties), [])[-_TITLES_REMEMBERED:]):
            titles = (value_of(told.agreement).title, value.title)
            if all(titles) and titles[0] != titles[1]:
                continue
            if (
                any(titles)
                and not all(titles)
                and "agreement.head" not in (told.agreement.rule, draft.agreement.rule)
                and not (told.date and told.date == draft.date)
            ):
                continue
            if told.subject and draft.subject and told.subject != draft.subject:
                continue
            # In one sentence a second name is a second agreement, unless it is the bare word for the first (…协议,该协议…).
            same_sentence = told.sentence == draft.sentence
            if same_sentence and told.agreement.start != draft.agreement.start and not all(titles) and draft.agreement.rule != "agreement.head":
                continue
            if told.date is None or draft.date is None or told.date == draft.date:
                return told
        return None


def _kind(agreement_type: AgreementType) -> AgreementType:
    """The type by which agreements are compared."""
    return _KINDS.get(agreement_type, agreement_type)


def _abbreviates(title: str, known: str, rule: str) -> bool:
    """Whether 《规划》 stands for the plan named in full before, 第一阶段协议 for 第一阶段经贸协议; two full titles are two documents."""
    short, long = sorted((title, known), key=len)
    if rule == "agreement.compound":
        return len(short) >= 5 and short[:4] == long[:4] and short[-2:] == long[-2:]
    return len(short) <= _ABBREVIATED and long.endswith(short) and len(long) > len(short)
