"""Records: immutable, closed, and ids that are the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jianbao.records import Article, DateValue, FigureValue, RegionValue, make_id

ARTICLE = {"id": "a:0123456789abcdef", "source": "a.txt", "sha256": "0" * 64, "text": "吉林"}


def test_make_id_is_the_same_on_every_machine() -> None:
    assert make_id("a", "2018/吉林.txt", 0) == "a:17606475149c17ff"


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_make_id_tells_parts_apart(one: list[str], other: list[str]) -> None:
    plain = [[part.encode("utf-8", "replace").decode().replace("\x1f", "") for part in parts] for parts in (one, other)]
    assert (make_id("x", *plain[0]) == make_id("x", *plain[1])) == (plain[0] == plain[1] or {str(p) for p in plain} == {"[]", "['']"})


def test_make_id_takes_text_with_lone_surrogates() -> None:
    assert make_id("a", "\ud800").startswith("a:")


def test_records_cannot_be_changed() -> None:
    value = RegionValue(code="220000", name="吉林省", level="province")
    with pytest.raises(ValidationError):
        value.code = "330000"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "0123456789abcdef"},
        {"published": "2018-3-30"},
        {"published": "20180330"},
        {"published_by": "guess"},
        {"script": "trad"},
        {"convention": "hk"},
        {"colour": "red"},
        {"text": None},
    ],
    ids=str,
)
def test_article_refuses_what_the_schema_does_not_know(wrong: dict[str, object]) -> None:
    assert Article.model_validate(ARTICLE)
    with pytest.raises(ValidationError):
        Article.model_validate({**ARTICLE, **wrong})


def test_a_record_of_fields_is_the_validated_one() -> None:
    fields = {"code": "220000", "codes": None, "name": "吉林省", "level": "province", "alternatives": (), "unresolved": False}
    assert list(fields) == list(RegionValue.model_fields)
    record, validated = RegionValue.of_fields(dict(fields)), RegionValue(**fields)
    assert record == validated
    assert hash(record) == hash(validated)
    assert record.model_dump_json() == validated.model_dump_json()
    with pytest.raises(ValidationError):
        record.code = "330000"


def test_values_of_the_kinds_are_told_apart() -> None:
    with pytest.raises(ValidationError):
        DateValue.model_validate({"code": "220000", "name": "吉林省", "level": "province"})
    with pytest.raises(ValidationError):
        FigureValue.model_validate({"dimension": "money", "amount": "many", "low": None, "high": None, "unit": "元"})
    with pytest.raises(ValidationError):
        FigureValue.model_validate({"dimension": "money", "amount": float("nan"), "low": None, "high": None, "unit": "元"})
