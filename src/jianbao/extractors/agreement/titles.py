"""Titles in 《》: those that end in a head, those that are signed, and lists of them with a class-word, 《…》、《…》等7个对口合作实施方案."""

import re
from collections.abc import Iterator

from jianbao.extractors.agreement.heads import NOT_BEFORE, Heads, type_of
from jianbao.extractors.agreement.signing import LIST_MARK, is_signed_before
from jianbao.records import AgreementType, AgreementValue
from jianbao.text import Mention, Text

# 《…》, which may hold another title. Never across a line end: an unclosed mark must not swallow a page.
_TITLE = re.compile(r"《(?P<inner>(?:[^《》\n]{1,90}+|(?=《))(?>(?:《[^《》\n]{1,60}+》[^《》\n]{0,60}+){0,3}))》")
# 《…》、《…》等7个对口合作实施方案: the class-word after a list of titles.
_CLASS = re.compile(r"等[0-9一二三四五六七八九十百余多几数两]{1,6}(?:个|项|份|部|件)")


class Titles:
    """Finds titles of agreements and policy documents; a play or a book is neither."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads

    def find(self, text: Text) -> Iterator[Mention]:
        """The titles, with their marks, and the class-words of their lists."""
        folded = text.folded
        if "《" not in folded:
            return
        pending: list[re.Match[str]] = []  # titles of a list without a head of their own, until its class-word is read
        signed = False
        last_end = 0
        for match in _TITLE.finditer(folded):
            start, end = match.span()
            gap = folded[last_end:start]
            if gap and not (len(gap) <= 2 and LIST_MARK.fullmatch(gap)):
                if signed:
                    yield from _signed_titles(text, pending)
                pending = []
                signed = is_signed_before(folded, start)
            last_end = end
            entry = self._heads.entry_of(match["inner"])
            if entry is None:
                pending.append(match)
            else:
                yield _title(text, match, type_of(match["inner"], entry), "agreement.title", entry.id)
            after = _CLASS.match(folded, end)
            if after and (word := self._heads.class_word.match(folded, after.end())) and not NOT_BEFORE.match(folded, word.end()):
                head = self._heads.entry_of(word[0])
                if head is not None:
                    kind = type_of(word[0], head)
                    for title in pending:
                        yield _title(text, title, kind, "agreement.title_in_list", head.id)
                    value = AgreementValue(agreement_type=kind)
                    yield text.mention("agreement", *word.span(), rule="agreement.class_word", value=value, lexicon=(head.id,))
                    pending = []
        if signed:
            yield from _signed_titles(text, pending)


def _signed_titles(text: Text, titles: list[re.Match[str]]) -> Iterator[Mention]:
    """Titles that are signed are agreements, whatever their last word."""
    for title in titles:
        yield _title(text, title, "other_agreement", "agreement.signed_title")


def _title(text: Text, match: re.Match[str], kind: AgreementType, rule: str, *ids: str) -> Mention:
    """A title as found; its value has none of the marks and spaces inside it."""
    plain = "".join(match["inner"].replace("《", "").replace("》", "").split())
    return text.mention("agreement", *match.span(), rule=rule, value=AgreementValue(agreement_type=kind, title=plain), lexicon=ids)
