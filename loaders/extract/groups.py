"""Groups: classes that figures are stated of, such as 全国产业集聚区, 某家电企业, 东部省份, 中小企业. Never a park or a city."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders.extract.mentions import Mention, View

__all__ = ["groups"]

_KIND = (
    "家|企业|公司|厂商|园区|集聚区|产业园|开发区|高新区|经开区|工业园|科技园|示范区|试验区|先导区|省份|省区|省市|城市|地区|区域|国家|高校|院校|医院|银行"
    "|机构|工厂|县城|县域|市县|城镇|乡镇|集群|基地|实验室|城市群|经济体|平台|车企|药企|央企|国企|商家|农户|家庭|港口|电厂|矿山|社区|综合体|商场|酒店"
)
_NOUN = rf"(?:{_KIND})(?!化|家|级|业)"
_WORDS = r"[\u3400-\u9fffA-Za-z]"
_NOT_INSIDE = r"(?![的了在和与及等为是有将把被由从向对于以及其中达到超过各种个项]|家(?![电居具纺])|目前|已有|共有|拥有|集聚|实现|发布|规模)"
_SOME = re.compile(rf"某(?:{_NOT_INSIDE}{_WORDS}){{1,9}}?{_NOUN}")
_ZONES = "集聚区|产业园区|产业集群|园区|开发区|高新区|经开区|示范区|产业园"
_WIDE = re.compile(
    rf"(?:全国|全省|全市|全球|我国|国内|国家级|省级|制造业|服务业|高新技术|高端制造|现代服务|农业|传统|东部|中部|西部|东北|沿海|中西部|试点|头部|典型|重点|各类|其他)"
    rf"(?:(?!的|和|与|及|等|有|家|个|达){_WORDS}){{0,6}}?(?:产业集聚区|集聚区|产业园区|园区|产业集群)(?!内|数|总|化|管|建|级|规)"
)
_PART = re.compile(
    r"(?:东部沿海|东部|中西部|中部|西部|东北|沿海|内陆|北方|南方|发达|欠发达|部分|多数|少数|其他|一线|新一线|二线|三线|二三线|主要|头部|欧美)"
    r"(?:省份|省区市?|省市|城市|国家|地区|区域|经济体|集聚区|园区)(?!化|级|群)"
)
_FIRMS = re.compile(r"(?:中小微|中小|小微|科技型中小|民营)企业(?!家|数|化|级|总)")
_ENGINES = re.compile(
    r"(?:(?:[\u3400-\u9fff]{2,6}、){1,4}[\u3400-\u9fff]{2,6})?(?<!第)[一二三四五六七八九十两]大(?:[\u3400-\u9fff]{0,5}(?:引擎|区域|城市群|经济圈|都市圈|集聚区|增长极))(?!性)"
)
_WORLD = re.compile(
    r"(?:全球|全世界|世界|国际上)(?!领先|一流|级|各|最|知名|著名|[五百][百]?强|[0-9]+强|百强|前列|首|第|化|性|范围|总|杯|观|经济论坛|人工智能大会|知识产权|银行|卫生|贸易|500强|大会)"
)


def groups(view: View) -> Iterator[Mention]:
    """Groups of a paragraph. Call it before places, since 全国 inside 全国产业集聚区 names no country.

    >>> from aikg.loaders.extract.mentions import View
    >>> [m.name for m in groups(View("某纺织企业的用工减少两成，中小企业受益"))]
    ['某纺织企业', '中小企业']
    """
    for pattern, name in ((_SOME, None), (_WIDE, None), (_PART, None), (_FIRMS, None), (_WORLD, "全球")):
        for match in pattern.finditer(view.text):
            word = match[0]
            aliases = (word,) if name and name != word else ()
            yield Mention(match.start(), match.end(), "Group", name or word, aliases=aliases, confidence=0.75)
