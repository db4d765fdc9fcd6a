"""Content keys: what a record's id is a hash of."""

from decimal import Decimal

import pytest

from jianbao.dedupe.keys import Key, content_keys, hash_number
from jianbao.records import DateValue, FigureValue, OrganisationValue, RegionValue, Value, make_id

HOME = "0123456789abcdef"
FIGURE = FigureValue(dimension="money", amount=Decimal("1600.0"), low=Decimal(1600), high=None, currency="CNY", unit="元", role="total", subject="甲")


def keys(value: Value, place: str | None = None, period: str | None = None) -> list[Key]:
    return list(content_keys(value, "rule", HOME, place, period))


@pytest.mark.parametrize(
    ("value", "context", "texts"),
    [
        (RegionValue(code="220000", name="吉林省", level="province"), (), ["region|220000"]),
        (RegionValue(code=None, codes=("220000", "330000"), name="两省", level="province"), (), ["region|220000", "region|330000"]),
        (RegionValue(code=None, name="某省", level=None, unresolved=True), (), []),
        (DateValue(edtf="2018-03", start="2018-03-01", end="2018-03-31", modifier="start"), (), ["date|2018-03|start"]),
        (OrganisationValue(name="甲公司", type="company"), (), ["organisation|甲公司|"]),
        (OrganisationValue(name="市委", type="party", region="220100"), (), ["organisation|市委|220100"]),
        (OrganisationValue(name="市委", type="party"), (), [f"organisation|市委|{HOME}"]),
        (FIGURE, (), [f"figure|money|1600|1600|None|CNY|||total|甲|{HOME}"]),
        (FIGURE, ("220000", "2018"), ["figure|money|1600|1600|None|CNY|||total|甲|220000|2018"]),
    ],
)
def test_content_keys_say_what_two_mentions_must_share(value: Value, context: tuple[str, ...], texts: list[str]) -> None:
    found = keys(value, *context)
    assert [key.text for key in found] == texts
    for key in found:
        assert key.number == hash_number(key.text)
        assert key.id.partition(":")[2] == make_id("x", key.text).partition(":")[2]
        assert key.base == (hash_number(key.text.removesuffix(f"|{HOME}")) if HOME in key.text else None)
