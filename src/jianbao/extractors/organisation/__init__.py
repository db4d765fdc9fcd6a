"""Organisations: a body that can act, under its maximal name, as in 绍兴市人民政府, 浙达能源清洁利用技术有限公司 or 市委组织部.

A name is known (gazetteer), built (a head such as 公司 or 财政局, and the words that may stand before it), or told by its context (a list closed by
等企业, 甲董事长, a stock code, a source line). Where candidates overlap the longest stays: 吉林大学第一医院 holds 吉林大学.

`extractor.py` puts the rooms in their order. Those that find (`known`, `built`, `lists`, `context`, `media`) add to one `View`, and `choice` has the last
word. `built` asks the ways in which a head may end a name (`names`, `local`, `branches`, `placed`, `short`); all stand on the `walk` to the left and on the `words`.
"""

from jianbao.extractors.organisation.extractor import OrganisationExtractor, make_organisations

__all__ = ["OrganisationExtractor", "make_organisations"]
