"""Regions: named places, as in 吉林省 | 辽源市, 浙 | 沪, 德清市国家地理信息产业园, 柯桥区 | 香林村, and deictic ones such as 我市.

Names come from the gazetteers; the rooms here decide where they stand as names at all. What a name means (which 朝阳区, which 吉林) is left to
the resolver: the candidates travel in `Mention.parsed`. Zones and towns that a grammar reads carry their value from here.

`extractor.py` puts the rooms in their order. Each accepts names into one `View`: those that stand for themselves (`names`, where `edges` allows), those that
need evidence (`doubtful`), initials (`initials`, `runs`, `pairs`, `letter_lists`), and misprints (`misprints`). `zones` and `settlements` build upon what has been
accepted; `pointing` finds 我市. What holds whatever the text is known to `gazetteer`, `towns` and `words`.
"""

from jianbao.extractors.region.extractor import RegionExtractor, make_regions

__all__ = ["RegionExtractor", "make_regions"]
