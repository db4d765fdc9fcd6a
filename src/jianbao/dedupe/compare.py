"""Comparison levels: the strongest test that a candidate pair passes, by name, with how sure it makes us (1 is certain)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """A test that a pair passed, and its score."""

    rule: str
    score: Decimal


def _level(rule: str, score: str) -> Level:
    return Level(rule, Decimal(score))


FORCED = _level("merges.same", "1")
"""An editor said so in lexicons/merges.yaml."""

# ---- organisations ------------------------------------------------------------------------------------------------------

SAME_NAME = _level("organisation.same_name", "1")
"""The same name but for marks and case, at places that agree: 海螺（集团）公司, 海螺集团公司."""
FULL_FORM = _level("organisation.full_form", "0.99")
"""The same name once its short words are written out: 辽源市农委, 中共辽源市委, 工行芜湖分行."""
LEGAL_FORM = _level("organisation.legal_form", "0.97")
"""The same name but for its legal form: 长光卫星技术有限公司, 长光卫星技术."""
PLACE = _level("organisation.place", "0.95")
"""The same name but for the place it begins with, at the same place, or the only such full name: 市中心医院 in 辽源, 辽源市中心医院."""
SHORT_NAME = _level("organisation.short_name", "0.9")
"""A short name and the only full name of the corpus that begins with it: 恒骏重工, 湖南恒骏重工机械股份有限公司."""
MISPRINT = _level("organisation.misprint", "0.9")
"""Names of five characters and more that differ in one, of a shape that print and scanners confuse: 潦源市, 辽源市."""
REPRINT = _level("reprint", "1")
"""The same words in an article and in its reprint; the score is how much of the one stands in the other."""

# ---- agreements ---------------------------------------------------------------------------------------------------------

TITLE = _level("agreement.title", "0.98")
"""One title, parties that agree, dates that agree."""
NEAR_TITLE = _level("agreement.near_title", "0.92")
"""Titles that differ in a mark, a misprint or a function word, or of which one begins with the place or issuer; the rest agrees."""
PARTIES_DATE = _level("agreement.parties_date", "0.97")
"""The same two or more parties on the same day."""
PARTIES_AMOUNT = _level("agreement.parties_amount", "0.95")
"""The same two or more parties and the same sum, told within two months."""
PARTIES_NEAR_DATE = _level("agreement.parties_near_date", "0.92")
"""The same two or more parties, dates a day apart: 昨日 read on the day after."""
PARTIES_TOLD = _level("agreement.parties_told", "0.9")
"""The same two or more parties, a date missing, told within ten days."""
SOME_PARTIES = _level("agreement.some_parties", "0.88")
"""The parties of one among those of the other, the same day and the same sum."""
