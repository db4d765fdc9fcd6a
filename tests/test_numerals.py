"""Numerals: what the press prints is read back exactly, and nothing else is a number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.numerals import part_numbers, plain, read_number, read_pair

READ = {
    "1652.2": "1652.2", "1,200": "1200", "12,345,678.9": "12345678.9", "189亿8千万": "18980000000", "3千5百万": "35000000", "三千五百万": "35000000",
    "四五七亿": "45700000000", "一二〇亿": "12000000000", "二〇一八": "2018", "廿七": "27", "廿": "20", "卅一": "31", "十五": "15", "一百十五": "115",
    "两千多": "2000", "百亿": "10000000000", "8千万": "80000000", "一点五": "1.5", "三.九": "3.9", "廿七.九": "27.9", "三·五": "3.5", "半": "0.5",
    "万亿": "1000000000000", "1.5万亿": "1500000000000", "3万5千亿": "3500000000000", "三万五": "35000", "2万8": "28000", "一百零五": "105",
    "一千零二十": "1020", "壹仟贰佰叁拾肆万": "12340000", "5.3兆": "5300000000000", "一兆二千亿": "1200000000000", "400余亿": "40000000000",
    "1 亿": "100000000", "1万7002": "17002", "5万5000": "55000", "10万800": "100800", "1万0800": "10800", "3万零500": "30500", "3万2千800": "32800",
    "1千250": "1250", "5万5": "55000", "三万5000": "35000", "1,200万5,000": "12005000", "3亿2,500万": "325000000", "1兆2345亿6789万": "1234567890000",
    "1万2345.67": "12345.67", "半亿": "50000000", "半百万": "500000",
    "-3.5": "-3.5", "负二": "-2", "零": "0", "三点五万": "35000", "一百二十点五": "120.5",
}  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), READ.items())
def test_read_number(printed: str, value: str) -> None:
    assert read_number(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    ["", "几", "十几", "亿万", "亿百", "三四百", "两五", "1.2.3", "万别", "点五", "1" * 50, "一万万三亿", "两两", "2万50000", "半半", "半亿万"],
)
def test_read_number_refuses(printed: str) -> None:
    assert read_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [("三四百", 300, 400), ("十七八万", 170000, 180000), ("五六十亿", 5 * 10**9, 6 * 10**9), ("三五千", 3000, 5000), ("两三", 2, 3), ("七八", 7, 8)],
)
def test_read_pair(printed: str, low: int, high: int) -> None:
    assert read_pair(printed) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("printed", ["三三百", "四二百", "四五七亿", "三百", "一九", "9"])
def test_read_pair_refuses(printed: str) -> None:
    assert read_pair(printed) is None


def chinese(number: int, zero: str = "零") -> str:
    """A whole number as a newspaper spells it: 120050 is 十二万零五十."""
    digits = "零一二三四五六七八九"

    def section(value: int) -> str:
        written, gap = "", False
        for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // power % 10
            if digit:
                written += (zero if gap and written else "") + digits[digit] + name
                gap = False
            else:
                gap = True
        return written

    parts, rest, gap = "", number, False
    for power, name in ((10**12, "兆"), (10**8, "亿"), (10**4, "万"), (1, "")):
        value, rest = divmod(rest, power)
        if value:
            parts += (zero if parts and (gap or value < 1000) else "") + section(value) + name
            gap = False
        else:
            gap = True
    return parts or "零"


@given(st.integers(0, 10**15))
def test_spelt_numbers_are_read_back(number: int) -> None:
    assert read_number(chinese(number)) == number


@given(st.integers(0, 10**12), st.integers(0, 4), st.sampled_from(["", "百", "千", "万", "十万", "百万", "千万", "亿", "百亿", "千亿", "万亿"]))
def test_printed_numbers_are_read_back(digits: int, places: int, magnitude: str) -> None:
    number = Decimal(digits).scaleb(-places)
    scale = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}[magnitude]
    if magnitude.startswith("十"):
        return
    assert read_number(f"{number:f}{magnitude}") == number.scaleb(scale)
    assert read_number(f"{number:,f}{magnitude}") == number.scaleb(scale)


@given(st.integers(0, 10**9))
def test_positional_numbers_are_read_back(number: int) -> None:
    assert read_number("".join("〇一二三四五六七八九"[int(d)] for d in str(number))) == number


@given(st.text(alphabet="0123456789,.〇零一二两三九十百千万亿兆半多余点·-负廿 ", max_size=45))
def test_read_number_never_fails(printed: str) -> None:
    value = read_number(printed)
    assert value is None or value.is_finite()
    read_pair(printed)


def test_plain_has_neither_zeros_nor_exponent() -> None:
    assert [str(plain(Decimal(x))) for x in ("350000000.00", "1E+8", "0.50", "-0", "12")] == ["350000000", "100000000", "0.5", "0", "12"]


@pytest.mark.parametrize(
    ("source", "parted"),
    [
        ("500，600元", "500，600元"),
        ("1,200元", "1,200元"),
        ("１，２００元", "1,200元"),
        ("2018,300元", "2018，300元"),
        ("3.5,200元", "3.5，200元"),
        ("5,3元", "5，3元"),
        ("1,2345元", "1，2345元"),
        ("1,234,567", "1,234,567"),
        ("一，二", "一,二"),
    ],
)
def test_part_numbers(source: str, parted: str) -> None:
    folded = source.translate(str.maketrans("，１２０", ",120"))
    assert part_numbers(folded, source, range(len(source) + 1)) == parted
