"""Encodings: which one a file is in, and its text. Bytes that do not fit cost a character each, never the file.

Strict UTF-8 is taken at its word. What else a Chinese file may be (GB18030, Big5, UTF-16 without a mark) reads under several encodings without
an error: what tells them apart is how common the characters are that come out. Only where none of them makes sense is charset-normalizer
asked, for the odd page in a western or Japanese encoding.
"""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jianbao.folding import opencc_conversion
from jianbao.readers.base import FileError

# The 500 Han characters that stand most often in Chinese text, counted in jieba's dictionary (MIT) with its word frequencies: seven of ten
# characters of any article are among them, in Traditional print too, but hardly one of ten in a file read in the wrong encoding.
_COMMON = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区"
    "事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她"
    "合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿"
    "司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党指论强做取技"
    "黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思"
    "根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早"
    "况病境证编"
)
_MARKS = "，。、；：？！「」『』《》〈〉（）“”‘’…—【】〔〕·％　０１２３４５６７８９"  # of Chinese print

_SAMPLE = 1 << 15
"""Bytes looked at to tell encodings apart."""
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ANY_MARK = tuple(mark for mark, _ in _BYTE_ORDER_MARKS)
# What charset-normalizer may name besides the Chinese encodings. Others of its hundred fit any bytes at all.
_FOREIGN = {"cp1252", "cp932", "euc_jp", "shift_jis"}
_FOREIGN_LENGTH = 8  # characters; of fewer nothing can be said
_NON_ASCII = re.compile(rb"[\x80-\xff]")
# Supersets for the names that pages and people give: a page that says gb2312 is as a rule gbk, one that says big5 may hold 邨 or 着.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs"}

MOST_DAMAGE = 10
"""A text is used while not more than one in so many of its characters beyond ASCII had to be replaced."""
MOST_DAMAGE_ASCII = 200
"""Or one in so many of all its characters: an English page with a curly quote of Windows."""
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, the encoding, and what was wrong with it: some bytes were replaced."""

    text: str
    encoding: str
    damage: FileError | None = None


def decode(
    source: str, data: bytes, encoding: str | None = None, *, declared: str | None = None, line: int | None = None, base: int = 0
) -> Decoded | FileError:
    """The text of `data`, without a leading byte-order mark, or why it is none.

    Args:
        source: Names the file in an error.
        data: The bytes of a file or of a line of it.
        encoding: What the user says it is; not doubted.
        declared: What the file says it is; taken where the bytes agree.
        line: The number of the line that `data` is, where it is one of a file.
        base: Where in its file `data` begins.
    """
    name = encoding or detect(data, declared)
    if name is None:
        return _no_text(source, data, line)
    if encoding is None:
        name = _of_the_family(name, data)
    try:
        return Decoded(_without_mark(data.decode(name)), name)
    except UnicodeDecodeError as error:
        at = len(data) - len(error.object) + error.start  # a byte-order mark was taken off before decoding
        text = _without_mark(data.decode(name, "replace"))
    replaced = text.count(REPLACEMENT)
    place = f"byte {base + at}" if line is None else f"line {line}, byte {base + at}"
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if replaced * MOST_DAMAGE > beyond_ascii and replaced * MOST_DAMAGE_ASCII > len(text):
        detail = f"{place} (0x{data[at]:02x}) is not {name}; save the file as UTF-8 or name its encoding, such as "
        return FileError(source, "wrong encoding", detail + "--encoding gb18030 or --encoding big5hkscs")
    more = "" if replaced == 1 else f", the first of {replaced} such places,"
    detail = f"{place} (0x{data[at]:02x}){more} is not {name} and became U+FFFD; the rest is used; "
    return Decoded(text, name, FileError(source, "damaged text", detail + "fetch the file again, or name its encoding with --encoding"))


def decode_strictly(data: bytes, encoding: str) -> Decoded | None:
    """The text of `data` where all of it is in the encoding."""
    try:
        return Decoded(_without_mark(data.decode(encoding)), encoding)
    except UnicodeError:
        return None


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _no_text(source: str, data: bytes, line: int | None) -> FileError:
    if b"\x00" in data:
        place = f"byte {data.index(0)} is NUL" if line is None else f"line {line}, byte {data.index(0)} is NUL"
        cure = "this is not text in UTF-8; if it is UTF-16, say --encoding utf-16, else take it out of the folder"
        return FileError(source, "binary file", f"{place}: {cure}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"byte {error.start}" if line is None else f"line {line}, byte {error.start}"
        detail = f"{place} (0x{data[error.start]:02x}) is not utf-8, and no other encoding makes Chinese text of the file; "
        return FileError(source, "wrong encoding", detail + "name it, such as --encoding gb18030 or --encoding big5hkscs, or fetch the file again")
    return FileError(source, "wrong encoding", "no encoding makes text of the file; name it, such as --encoding gb18030")


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte-order mark at the head of `data` tells."""
    if not data.startswith(_ANY_MARK):
        return None
    return next(name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark))


def detect(data: bytes, declared: str | None = None) -> str | None:
    """The encoding of `data` as Python names it; None if it is no text.

    Args:
        data: The bytes of a file.
        declared: What the file says it is; it decides where strict UTF-8 does not.
    """
    marked = marked_encoding(data)
    if marked:
        return marked
    if b"\x00" in data:
        return _wide(data)
    if is_encoded(data, "utf-8"):
        return "utf-8"
    claimed = _known(declared)
    if claimed and claimed != "utf-8" and is_encoded(data, claimed) and _mean_score(_sample(data), claimed) > 0:
        return claimed
    return _likeliest(data)


def _known(declared: str | None) -> str | None:
    """Python's name of a declared encoding, in its widest form; None if there is no such one, or none that decodes bytes to text."""
    try:
        name = codecs.lookup((declared or "").strip()).name
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return _SUPERSETS.get(name.replace("_", ""), name)


def is_encoded(data: bytes, encoding: str) -> bool:
    """Whether all of `data` is in the encoding."""
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _sample(data: bytes) -> bytes:
    """The bytes from the first that is not ASCII: what stands before it reads alike in all encodings but UTF-16."""
    first = _NON_ASCII.search(data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: NULs in every other byte of its ASCII characters and line ends. Anything else with NULs is binary."""
    sample = data[:_SAMPLE]
    scores = {name: _mean_score(sample, name, ascii_letter=1) for name in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda name: (scores[name], name))
    return best if len(data) % 2 == 0 and scores[best] > 0.5 else None


def _likeliest(data: bytes) -> str | None:
    """The encoding that makes the commonest characters of the bytes."""
    sample = _sample(data)
    scores = {name: _score(sample, name) for name in ("utf-8", "gb18030", "big5hkscs")}
    if len(data) % 2 == 0:  # a text without a line end or any other ASCII character has no NUL in UTF-16
        scores |= {name: _score(data[:_SAMPLE], name) for name in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda name: (scores[name], name == "gb18030", name))
    if scores[best] > 0:
        return best
    return _foreign(sample)


def _foreign(sample: bytes) -> str | None:
    """What charset-normalizer makes of bytes that are no Chinese text."""
    import charset_normalizer  # 40 ms, and few files need it

    found = charset_normalizer.from_bytes(sample[: _SAMPLE // 4], cp_isolation=sorted(_FOREIGN)).best()
    if found is None or found.encoding not in _FOREIGN or found.percent_chaos > 10:
        return None
    text = str(found)
    letters = sum(1 for c in text if c.isalnum() or c.isspace())
    return found.encoding if len(text) >= _FOREIGN_LENGTH and letters * 10 > len(text) * 7 else None


def _of_the_family(name: str, data: bytes) -> str:
    """The table of Big5 to use. Microsoft's has ～ (3～5月) where the standard's has ∼, which no paper prints, and € where that has nothing.

    Microsoft's in turn makes ∕ of the standard's second ／, and private characters of what Hong Kong added.
    """
    if name != "big5hkscs":
        return name
    if not is_encoded(data, "cp950"):
        return name
    text = data.decode("cp950")
    if not is_encoded(data, name):
        return "cp950"
    return "cp950" if "～" in text and not _NOT_MICROSOFT.search(text) else name


# Private characters, and what Microsoft's table has in place of the standard's ／ and ＼.
_NOT_MICROSOFT = re.compile("[\ue000-\uf8ff∕﹨]")


# ---- how common the characters are ------------------------------------------------------------------------------------


def _level_one(encoding: str, leads: range, last_trail: int) -> str:
    """The commoner half of a standard's Han characters: both GB2312 and Big5 set it apart."""
    trails = [t for t in range(0x40, 0xFF) if encoding == "big5" or t > 0xA0]
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails if lead < leads[-1] or trail <= last_trail).decode(encoding, "ignore")


@lru_cache(maxsize=1)
def _weights() -> np.ndarray:
    """For each code point, how much its appearance speaks for an encoding."""
    weights = np.full(0x110000, -4, dtype=np.int8)
    weights[0x20:0x7F] = 0
    weights[:0x20] = -6
    weights[[9, 10, 12, 13]] = 0
    weights[0x7F:0xA0] = -6
    weights[0xA0:0x2000] = -1
    weights[0x2000:0x3100] = 0  # punctuation, bullets, box drawing
    weights[0x3100:0x3400] = -1  # bopomofo, circled numbers, square units
    weights[0x4E00:0xA000] = -2
    weights[0xFF00:0xFF66] = 0
    level_one = _level_one("gb2312", range(0xB0, 0xD8), 0xF9) + _level_one("big5", range(0xA4, 0xC7), 0x7E)
    weights[_points(level_one)] = 1
    common = set(_COMMON)
    hans = opencc_conversion("t2s")("\n".join(level_one)).split("\n")
    weights[_points("".join(c for c, simplified in zip(level_one, hans, strict=True) if simplified in common))] = 4
    weights[_points(_MARKS)] = 3
    weights[[0, 0xFFFD]] = -12
    return weights


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _decoded_sample(sample: bytes, encoding: str) -> str:
    """The sample as decoded; a character that is cut at its end does not count."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=len(sample) < _SAMPLE)


def _score(sample: bytes, encoding: str) -> int:
    """How much the characters that `encoding` makes of the sample speak for it."""
    return int(_weights()[_points(_decoded_sample(sample, encoding))].sum())


def _mean_score(sample: bytes, encoding: str, ascii_letter: int = 0) -> float:
    """The score for each character; ASCII letters count for something where it is they that tell UTF-16."""
    text = _decoded_sample(sample, encoding)
    letters = sum(map(text.count, "etaoinsr 0123456789\n")) if ascii_letter else 0
    counted = text if ascii_letter else [c for c in text if c > "\x7f"]
    return (int(_weights()[_points(text)].sum()) + ascii_letter * letters) / max(len(counted), 1)
