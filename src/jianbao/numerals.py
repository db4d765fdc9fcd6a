"""Numbers as the press prints them, Arabic, Chinese or mixed, read exactly: 189亿8千万 is `Decimal("18980000000")`.

All of it works on folded text (half-width, Simplified): 兩 is 两, 餘 is 余, ○ is 〇, ． is a full stop. Regex fragments here use possessive
quantifiers and hold no named groups; a rule that searches with one puts `NOT_INSIDE` before it, so that a line of 100,000 digits is tried
once and not from every digit.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

ONES = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9} | {
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9
}  # fmt: skip
"""The digits, those of cheques and contracts included."""

POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8, "兆": 12}
"""The powers of ten; 兆 is Taiwan's 10^12 (the mega of 兆瓦 belongs to its unit)."""

_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}

# 12, 1,200, 3.14; never the 3. of a list.
ARABIC = r"\d++(?>(?:,\d{3})*)(?>(?:\.\d++)?)"
DIGIT = "〇零一二两三四五六七八九"
_CHARACTERS = "".join([*ONES, "十拾百佰千仟廿卅卌"])
# What follows the last power of ten, its own left out: the 7002 of 1万7002吨; not the dates of 投资3亿2018年完工 and 募资3亿5月上市, nor the 5G of 20亿5G项目.
_REST = rf"(?>(?:零?+(?!(?:19|20)\d\d年|\d\d?(?:个?月|[年日天])){ARABIC}(?![GKDSP](?![A-Za-z])))?)"
# 三千五百万, 廿七, 十五, 二〇一八, 一点五, 三.九 (a full-width stop, folded), 百亿, 三万5000; the 点 only with a digit on either side.
CHINESE = rf"[{_CHARACTERS}万亿兆]++(?>(?:[点.·][{DIGIT}]++[百千万亿兆]*+)?)(?>(?:(?<=[千万亿兆]){_REST})?)"
# 亿, 千万, 百亿; and 亿8千万, 千5百万, 亿2,500万: further parts after the first.
MAGNITUDE = r"(?>(?:[万亿]|百(?!分)|千(?![克米瓦])|兆(?!瓦))+)"  # 百分点, 千克 and 兆瓦 are units
MIXED = rf"{ARABIC}(?>(?:\ ?{MAGNITUDE}(?>(?:零?+(?:{ARABIC}|[{DIGIT}])[十百千万亿]++)*){_REST})?)"
# 半亿, and the 半 of 半厘.
HALF = "半[百千万亿]*+"
# 800多万, 5亿余, 30余: more than it says, inside the number; not the 多 of 5亿多米尼加比索.
MORE = "(?:余|多(?!米尼|明尼|哥))"
NUMERAL = rf"(?:{MIXED}|{CHINESE})(?>(?:\ ?{MORE}{MAGNITUDE}|{MORE}(?![家个项年]))?)"
# A number starts here: not inside a longer one, nor after its decimal point.
NOT_INSIDE = rf"(?<![\d{_CHARACTERS}万亿兆])(?<!\d[.,])(?<![{DIGIT}十百千万亿][.·点])"

_LONGEST = 40  # longer runs of digits are no number that anyone reports
_ONE = Decimal(1)
_MOST_DIGITS = 24  # so that arithmetic stays exact
_PLAIN = re.compile(r"(?P<number>\d++(?>(?:,\d{3})*)(?>(?:\.\d++)?))\ ?(?P<magnitude>[百千万亿兆]*+)")
_ARABIC = re.compile(ARABIC)
_DIGITS = re.compile(rf"[{''.join(ONES)}]++")
_HALVED = re.compile(HALF)
_POINT = re.compile(rf"(?P<whole>[^点.·]++)[点.·](?P<decimals>[{DIGIT}]++)")
_IGNORED = re.compile(r"[多余 ,]")
_ORDERED = ("兆", "亿", "万", "千仟", "百佰", "十拾")
# 三四百, 十七八万, 五六十亿, 三五千: from three to four hundred. 三三百 and 四二百 are no ranges.
_PAIR = re.compile(rf"(?P<head>十?+)(?P<low>[一两二三四五六七八])(?P<high>[二两三四五六七八九])(?P<tail>[十百千万亿兆]*+)(?>{MORE}?)")
# 五百O七亿, 二OO八年, 二00八年: a letter or a digit where 〇 is meant.
_ZERO_BEFORE = f"[{DIGIT}百千万亿]"
_LETTER_ZERO = re.compile(
    rf"[O0](?:(?<={_ZERO_BEFORE}[O0])|(?<={_ZERO_BEFORE}[O0][O0])|(?<={_ZERO_BEFORE}[O0][O0][O0]))(?=[O0]{{0,2}}[{DIGIT}十百千万亿年])"
)
_BEFORE_ZERO = re.compile(f"0(?<={_ZERO_BEFORE}0)")  # a digit first: a literal is searched for at C speed, and most texts have none after a numeral
_COMMA = re.compile(r",(?<=\d,)(?=\d)")  # the comma first: a literal is searched for at C speed
_GROUP = re.compile(r",\d{3}(?!\d)")


@lru_cache(maxsize=8192)
def read_number(printed: str) -> Decimal | None:
    """The exact value of a folded numeral: 3千5百万 is 35000000, 5万5000 55000, 四五七亿 45700000000, 廿七 27, 半亿 50000000; None for 十几, 亿万 or 三四百.

    多 and 余 in it are left out (400余亿 is 40000000000): whoever needs to know that it is a least value looks for them. A leading - or 负 counts.
    """
    if len(printed) > _LONGEST:
        return None
    if match := _PLAIN.fullmatch(printed):
        return _scaled(match["number"], match["magnitude"])
    negative = printed[:1] in ("-", "−", "负")
    text = _IGNORED.sub("", printed[negative:])
    for short, long in _TENS.items():
        text = text.replace(short, long)
    value = _scaled("0.5", text[1:]) if _HALVED.fullmatch(text) else _read(text, 0)
    return -value if value is not None and negative else value


def _scaled(number: str, magnitude: str) -> Decimal | None:
    """12.5 and 万亿 as 125000000000; None where the powers of ten climb wrongly (亿百)."""
    value = _arabic(number)
    powers = [POWERS[character] for character in magnitude]
    if value is None or any(a >= b for a, b in pairwise(powers)):
        return None
    return plain(value.scaleb(sum(powers)))


def _read(text: str, level: int) -> Decimal | None:
    """The value of a numeral whose powers of ten are at most those of `_ORDERED[level:]`: 3千5百 is 3×10^3 + 5百."""
    if match := _POINT.fullmatch(text):
        whole = _read(match["whole"], level)
        decimals = _positional(match["decimals"])
        return None if whole is None or decimals is None else plain(whole + decimals.scaleb(-len(match["decimals"])))
    for index in range(level, len(_ORDERED)):
        place = max(text.rfind(power) for power in _ORDERED[index])
        if place < 0:
            continue
        power = POWERS[text[place]]
        left, right = text[:place], text[place + 1 :]
        if power < 4 and len(left) > 1 and not _ARABIC.fullmatch(left):
            return None  # 三四百 is a range
        # Before 亿 and 万 a whole number may stand (3万5千亿), before 千 a digit; none before it counts as one: 百亿, 十五.
        factor = Decimal(1) if not left else _read(left, index + 1)
        rest = _rest(right, index + 1, power)
        return None if factor is None or rest is None else plain(factor.scaleb(power) + rest)
    return _arabic(text) if _ARABIC.fullmatch(text) else _positional(text)


def _rest(right: str, level: int, power: int) -> Decimal | None:
    """What follows a power of ten: nothing, 零五 (5), 五千, or the short 五 of 三万五 (5000)."""
    if not right:
        return Decimal(0)
    bare = right.lstrip("零〇")
    if not bare or not (bare[0] in ONES or bare[0].isdigit() or bare[0] in "十拾"):
        return None
    value = _read(bare, level)
    if value is None or value.adjusted() >= power:
        return None
    return value.scaleb(power - 1) if len(right) == 1 and power > 1 else value


def _arabic(text: str) -> Decimal | None:
    """1,200.50 as a number; None for a run of digits that is a code, not a quantity."""
    return plain(Decimal(text.replace(",", ""))) if len(text) <= _MOST_DIGITS else None


def _positional(text: str) -> Decimal | None:
    """四五七 as 457; None for 两五 and for what holds anything but digits."""
    if not _DIGITS.fullmatch(text) or (len(text) > 1 and "两" in text):
        return None
    return Decimal("".join(str(ONES[character]) for character in text))


@lru_cache(maxsize=1024)
def read_pair(printed: str) -> tuple[Decimal, Decimal] | None:
    """The bounds of two neighbouring digits: 三四百 is 300 to 400, 十七八万 is 170000 to 180000; None for 三三百 or 四五七亿."""
    match = _PAIR.fullmatch(printed)
    if not match:
        return None
    low, high = ONES[match["low"]], ONES[match["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    tail = match["tail"]
    bounds = tuple(read_number(match["head"] + digit + tail) for digit in (match["low"], match["high"]))
    return None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 350000000.00 is 350000000."""
    if value and value.same_quantum(_ONE):
        return value
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def zeros_for_letters(folded: str) -> str:
    """`folded`, of the same length, with 〇 for a letter O or a digit 0 between Chinese numerals: 二OO八年, 二00八年."""
    return _LETTER_ZERO.sub("〇", folded) if "O" in folded or _BEFORE_ZERO.search(folded) else folded


def part_numbers(folded: str, source: str, offsets: Sequence[int]) -> str:
    """`folded`, of the same length, with ， for each comma between digits that groups no thousands.

    A full-width comma folds to an ordinary one, so 500，600元 (two numbers) looks like 1,200元 (one). A comma groups when it is as wide as the
    digit before it in the source, has one to three digits before it and exactly three after it.
    """
    lists = []
    for match in _COMMA.finditer(folded):
        place = match.start()
        first = place
        while first > 0 and place - first < 4 and folded[first - 1].isdigit():
            first -= 1
        grouped = (
            place - first < 4
            and folded[first - 1 : first] != "."
            and _GROUP.match(folded, place) is not None
            and (source[offsets[place]] < "\uff00") == (source[offsets[place - 1]] < "\uff00")
        )
        if not grouped:
            lists.append(place)
    if not lists:
        return folded
    pieces, last = [], 0
    for place in lists:
        pieces += [folded[last:place], "，"]
        last = place + 1
    return "".join([*pieces, folded[last:]])
