"""What stands right beside a name and shows that it is a place, or a person: asked by the rules of several rooms."""

import re

from jianbao.extractors.region.view import View

# A guarded name is taken as a place after these …
BEFORE_PLACE = re.compile(
    r"(?:在|赴|到|抵|往|位于|来自|前往|落户|入驻|走进|进驻|坐落于?|抵达|返回|离开|地处|驻|途经|设于|设在|飞往|开往|运往|销往|发往|深入|来到|至|于|从|自|由|沿|经)$"
)
# … or before these: what belongs to a place.
AFTER_PLACE = re.compile(
    r"人民|市民|居民|农民|村民|百姓|群众|学生|老师|企业|厂商|工厂|新厂|厂区|厂(?![商家房])|当地|地区|县城|城区|市区|街头|警方|警局|分局|分公司|子公司|机场|火车站|车站|高铁站|地铁站|站|"
    r"国小|国中(?!之)|港(?!口)|口岸|海关|法院|检察院|党政|政府|党委|县委|市委|区委|籍|人(?![为均口民才])|一带|境内|全境|等地|各地|两地|三地|支行|分行|乡镇|特产|旅游|店|校区|厂房|基地"
)
BEFORE_LAST = frozenset("在赴到抵往于自户驻进落达回开处经设至从由沿入")
AFTER_FIRST = frozenset("国人市居农村百群学老企厂商工新当地县城街警分子机火车高站港口海法检党政委区籍一境全等各两三支乡特旅店校基")
PART_OF = re.compile(r"[\u4e00-\u9fff]$")
# 李|昌平, 张|延吉: a name after one of these may be a given name.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦史顾侯"
    "宫尤柏喻苗费岑殷毕卞伍祁臧纪舒屈祝阮闵娄颜刁丘凌柯莫缪房邢裴翁荀甄靳焦仇栾佟耿聂晏鲍鞠戚隋巩"
    "邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊施洪翟倪严牛温季俞章葛岳齐梅柴霍骆"
)


def is_licensed(view: View, start: int, end: int) -> bool:
    """Whether a word beside the name says that it is a place."""
    folded = view.folded
    if folded[start - 1 : start] in BEFORE_LAST and BEFORE_PLACE.search(folded[max(0, start - 3) : start]) and view.flags[start]:
        return True
    return folded[end : end + 1] in AFTER_FIRST and AFTER_PLACE.match(folded, end) is not None
