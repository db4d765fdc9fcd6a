"""Encodings: real sentences come back from each, whatever else could read their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import FileError, ReadOptions
from jianbao.readers.encoding import Decoded, decode, detect
from tests.readers.files import ARTICLE, one_article, one_error, read_bytes

HANS = {
    "agreement": ARTICLE,
    "short": "昨日，两市签署合作备忘录，总投资3.5亿元，占地200亩，明年底投产。",
    "figures": "1—8月，全市外贸进出口总值1,234.5亿元，同比增长12.3％；其中出口876.1亿元，增长9.8％。",
    "names": "（记者 瞿晓棠 通讯员 於若兰）衢州市柯城区石梁镇的胡柚今年喜获丰收。",
    "latin_first": "<!-- page 12 --> COPYRIGHT 2018 " * 40 + "南宁市与防城港市昨日签约，共建平陆运河沿线临港产业园，总投资52亿元。",
    "page": "首页 > 新闻 > 正文\r\n字号：大 中 小\r\n\r\n　　本报讯 湖州市政府同浙江大学签约。\r\n",
}
HANT = {
    "taiwan": "（記者王小明／台北報導）經濟部昨日宣布，台積電將投資新台幣三千億元，在高雄楠梓興建晶圓廠。",
    "hong_kong": "【本報訊】特首表示，政府會同業界研究，料明年首季推出首批約3,600個單位，涉及投資額逾85億元。",
    "short": "兩縣簽署合作意向書，共建園區，面積三百公頃，明年完工啟用。",
    "names": "鄧穎超與黃飛鴻、關穎珊、謝霆鋒、劉嘉玲出席了昨晚在灣仔舉行的慈善晚會。",
    "quotes": "「我們希望三年內達標」，他說：『不是為了好看』；會場設於松山文創園區。",
}
CANTONESE = {
    "shops": "灣仔石硤尾邨嘅街坊話，佢哋喺嗰度住咗三十年，啲舖頭愈嚟愈少，唔捨得。",
    "streets": "深水埗鴨寮街、赤鱲角、鰂魚涌、大角咀、西灣河筲箕灣一帶昨日停電兩小時。",
}
TRIPS = [
    *((f"hans-{name}", text, encoding) for name, text in HANS.items() for encoding in ("gbk", "gb18030", "utf-8", "utf-16-le", "utf-16-be")),
    *((f"hans-{name}", text, "gb2312") for name, text in HANS.items() if name not in ("names", "figures")),
    *(
        (f"hant-{name}", text, encoding)
        for name, text in HANT.items()
        for encoding in ("big5", "cp950", "big5hkscs", "gb18030", "utf-8", "utf-16-le", "utf-16-be")
    ),
    *((f"cantonese-{name}", text, encoding) for name, text in CANTONESE.items() for encoding in ("big5hkscs", "gb18030", "utf-8")),
]


@pytest.mark.parametrize(("name", "text", "encoding"), TRIPS, ids=lambda value: value if len(value) < 30 else "")
def test_detect_brings_real_sentences_back(name: str, text: str, encoding: str) -> None:
    data = text.encode(encoding)
    decoded = decode("a.txt", data)
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.damage) == (text, None)
    assert data.decode(decoded.encoding) == text


@pytest.mark.parametrize(("mark", "encoding"), [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-32", "utf-32")])
def test_detect_takes_a_byte_order_mark_off(mark: str, encoding: str) -> None:
    found = one_article("a.txt", ARTICLE.encode(mark))
    assert (found.text, found.encoding) == (ARTICLE, encoding)


def test_detect_reads_big_endian_utf_16_by_its_mark() -> None:
    assert one_article("a.txt", b"\xfe\xff" + ARTICLE.encode("utf-16-be")).text == ARTICLE


@pytest.mark.parametrize(
    ("text", "encoding"), [("歐元€3億，會期3～5月，記者台北報導", "cp950"), ("工期3～5個月，總經費三億元，昨日動工興建", "cp950")]
)
def test_decode_knows_the_big5_of_windows(text: str, encoding: str) -> None:
    decoded = decode("a.txt", text.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_decode_reads_a_page_in_a_foreign_encoding() -> None:
    text = "東京都は２０１８年に協定を締結したと発表しました。それはとても良いことです。"
    assert one_article("a.txt", text.encode("cp932")).text == text


def test_declared_encoding_counts_where_the_bytes_agree() -> None:
    assert detect("李白".encode("big5"), "big5") == "big5hkscs"
    assert detect(ARTICLE.encode("gb18030"), "big5") == "gb18030"
    assert detect(ARTICLE.encode(), "gb2312") == "utf-8"
    assert detect(ARTICLE.encode("gb18030"), "no such thing") == "gb18030"
    assert detect(ARTICLE.encode("gb18030"), "base64") == "gb18030"


@pytest.mark.parametrize(
    ("data", "byte", "places"),
    [
        (ARTICLE.encode("gb18030")[:-2], len(ARTICLE.encode("gb18030")) - 3, "became"),
        (ARTICLE.encode() + b"\xff" + ARTICLE.encode(), len(ARTICLE.encode()), "became"),
        (ARTICLE.encode() + b"\xff" + ARTICLE.encode() + b"\xff", len(ARTICLE.encode()), "the first of 2 such places"),
        (b"\xef\xbb\xbf" + ARTICLE.encode() + b"\xff", 3 + len(ARTICLE.encode()), "became"),
    ],
    ids=["cut gb18030", "utf-8", "twice", "after a mark"],
)
def test_damaged_text_is_used_and_reported_with_its_byte(data: bytes, byte: int, places: str) -> None:
    error, article = read_bytes("a.txt", data)
    assert isinstance(error, FileError)
    assert error.error == "damaged text"
    assert error.detail.startswith(f"byte {byte} ")
    assert places in error.detail
    assert "吉林省人民政府" in article.text


def test_encoding_that_the_user_names_is_not_doubted() -> None:
    data = "浙江".encode("big5")
    assert one_article("a.txt", data, ReadOptions("big5")).text == "浙江"
    assert one_article("a.txt", data, ReadOptions("gb18030")).text != "浙江"
    wrong = one_error("a.txt", ARTICLE.encode("gb18030"), ReadOptions("utf-8"))
    assert (wrong.error, wrong.detail[:7]) == ("wrong encoding", "byte 0 ")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00", b"\x00" * 64, b"%PDF-1.4\x00\xff\xfe\x01"])
def test_binary_file_is_refused(data: bytes) -> None:
    assert one_error("a.txt", data).error == "binary file"


def test_bytes_of_no_encoding_are_refused_with_their_place() -> None:
    error = one_error("a.txt", b"abc " + bytes(range(0xF5, 0xFF)) * 3)
    assert error.error == "wrong encoding"
    assert error.detail.startswith("byte 4 ")
    assert "--encoding" in error.detail


def test_detect_looks_at_a_part_of_a_long_file() -> None:
    text = "安庆市怀宁县与南京市签约。" * 20_000
    assert decode("a.txt", text.encode("gb18030")).text == text


@given(
    st.lists(st.sampled_from([*HANS.values()]), min_size=1, max_size=3).map("".join), st.integers(0, 40), st.sampled_from(["gb18030", "utf-16-le"])
)
def test_detect_finds_simplified_text_from_any_character_on(text: str, start: int, encoding: str) -> None:
    part = text[start : start + 60]
    if sum(c > "\u2e7f" for c in part) >= 20:
        assert decode("a.txt", part.encode(encoding)).text == part.removeprefix("\ufeff")
