"""Hypothesis strategies: texts as a printer, a converter or a careless scraper leaves them."""

from hypothesis import strategies as st

# Pieces that meet in real pages: words of every kind, wraps, print variants, and characters that break naive code.
PIECES = [
    "吉林省", "浙江", "浙滬", "吉浙两省", "我市", "臺北市", "長春市人民政府", "阿里巴巴集團", "某某科技有限公司", "国务院", "簽署", "签订了", "《合作框架协议》",
    "戰略合作協議", "2018年3月7日", "昨（27）日", "民國112年", "３０００萬元", "1.2万吨/年", "新台幣189億8千萬元", "三成五", "约", "超过", "与", "、", "，", "。", "；",
    "「", "」", "《", "》", "（", "）", "\n", "\r\n", "\n\n", " ", "  ", "\u3000", "\t", "\u200b", "\ufeff", "⽇⾦", "淸靑敎旣爲", "𠮷野家", "😀", "é", "e\u0301", "瞭解", "A", "12", "%",
    "的", "一", "億", "年", "\x00", "\x85", "\u2028",
]  # fmt: skip

press_texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
"""Any text, with the stuff of press articles made likely; lone surrogates too."""
