"""A small real graph for looking at pictures: firms, parks, cities, policies of one document.

Copied by hand, with line numbers, from document 003 (深圳市人工智能行业协会, 2023人工智能发展白皮书): 图表
3, 4, 5 (firms), 43, 44, 49, 53 (parks), 50 (computing centres), 51, 56 (policies). Nothing here is
invented.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from aikg.graph.knowledge_graph import KnowledgeGraph

SOURCE = "src:a76a81ffa34b"
TITLE = "2023人工智能发展白皮书"

# 图表, line of the row in the document, 企业简称, 成立日期, 融资阶段 (— is no value), 细分领域, 所在城市
FIRMS: list[tuple[int, int, str, str, str | None, str, str]] = [
    (3, 178, "汇顶科技", "2002-05-31", "已上市", "智能芯片", "深圳市"),
    (3, 179, "海思半导体", "2004-10-18", None, "智能芯片", "深圳市"),
    (3, 180, "云天励飞", "2014-08-27", "已上市", "智能芯片", "深圳市"),
    (3, 181, "地平线", "2015-07-14", "战略融资", "智能芯片", "北京市"),
    (3, 182, "寒武纪", "2016-03-15", "已上市", "智能芯片", "北京市"),
    (3, 184, "中芯国际", "2000-12-21", "已上市", "智能芯片", "上海市"),
    (3, 185, "奥比中光", "2013-01-08", "已上市", "智能传感器", "深圳市"),
    (3, 188, "思岚科技", "2013-10-30", "B轮", "智能传感器", "上海市"),
    (3, 190, "华为", "1987-09-15", None, "大数据", "深圳市"),
    (3, 191, "腾讯科技", "2000-02-24", None, "大数据", "深圳市"),
    (3, 193, "阿里巴巴", "2007-03-26", None, "大数据", "杭州市"),
    (3, 198, "数据堂", "2010-08-26", "已上市", "云计算", "北京市"),
    (3, 199, "阿里云", "2008-04-08", "战略融资", "云计算", "杭州市"),
    (3, 200, "浪潮云", "2015-03-09", "战略融资", "云计算", "济南市"),
    (4, 212, "科大讯飞", "1999-12-30", "已上市", "智能语音", "合肥市"),
    (4, 213, "声扬科技", "2016-08-11", "A轮", "智能语音", "深圳市"),
    (4, 215, "百度", "2000-01-18", "已上市", "智能语音", "北京市"),
    (4, 219, "云从科技", "2015-03-27", "已上市", "智能语音", "广州市"),
    (4, 220, "奥比中光", "2013-01-18", "已上市", "计算机视觉", "深圳市"),
    (4, 225, "商汤科技", "2014-11-14", "已上市", "计算机视觉", "北京市"),
    (4, 227, "旷视科技", "2011-10-08", "D轮", "计算机视觉", "北京市"),
    (4, 228, "斗象科技", "2014-05-14", "战略融资", "机器学习", "上海市"),
    (4, 230, "腾讯科技", "2000-02-24", None, "机器学习", "深圳市"),
    (4, 232, "汇顶科技", "2002-05-31", "已上市", "生物特征识别", "深圳市"),
    (4, 233, "商汤科技", "2014-11-14", "已上市", "生物特征识别", "深圳市"),
    (4, 235, "依图科技", "2012-09-29", "D轮", "生物特征识别", "上海市"),
    (4, 236, "云从科技", "2015-03-27", "已上市", "生物特征识别", "广州市"),
    (5, 248, "科沃斯", "1998-03-11", "已上市", "智能机器人", "苏州市"),
    (5, 250, "优必选", "2012-03-31", "C+轮", "智能机器人", "深圳市"),
    (5, 255, "图灵机器人", "2014-07-14", "天使轮", "智能机器人", "深圳市"),
    (5, 258, "大疆创新", "2006-11-06", "战略融资", "智能运载工具", "深圳市"),
    (5, 259, "小马易行", "2021-04-08", None, "智能运载工具", "深圳市"),
    (5, 263, "小马智行", "2016-12-19", "D轮", "智能运载工具", "北京市"),
    (5, 264, "华为", "1987-09-15", None, "智能终端", "深圳市"),
    (5, 270, "可孚医疗", "2009-11-19", "已上市", "智能医疗", "长沙市"),
    (5, 271, "好未来", "2008-05-08", "已上市", "智能教育", "北京市"),
    (5, 276, "微众银行", "2014-12-16", "战略融资", "智能金融", "深圳市"),
    (5, 278, "蚂蚁金服", "2013-10-22", None, "智能金融", "杭州市"),
]
LAYERS = {3: "基础层", 4: "技术层", 5: "应用层"}

# code of the city (GB/T 2260), province or None for the municipalities, region
CITIES: dict[str, tuple[str, str | None, str | None]] = {
    "北京市": ("110000", None, "京津冀"),
    "天津市": ("120000", None, "京津冀"),
    "上海市": ("310000", None, "长三角"),
    "苏州市": ("320500", "江苏省", "长三角"),
    "杭州市": ("330100", "浙江省", "长三角"),
    "合肥市": ("340100", "安徽省", "长三角"),
    "济南市": ("370100", "山东省", None),
    "长沙市": ("430100", "湖南省", None),
    "广州市": ("440100", "广东省", "珠三角"),
    "深圳市": ("440300", "广东省", "珠三角"),
}
PROVINCES = {
    "河北省": "130000",
    "江苏省": "320000",
    "浙江省": "330000",
    "安徽省": "340000",
    "山东省": "370000",
    "湖南省": "430000",
    "广东省": "440000",
}

# 图表, line, 园区名称, city, 主要布局领域 that are names of segments or industries
PARKS: list[tuple[int, int, str, str, list[str]]] = [
    (43, 862, "深圳湾科技生态园", "深圳市", []),
    (43, 863, "南山智园", "深圳市", ["集成电路", "生物医药", "新能源"]),
    (43, 864, "金地威新软件园", "深圳市", ["智能芯片"]),
    (43, 869, "天安云谷产业园", "深圳市", ["云计算"]),
    (44, 883, "中国人工智能（广州）产业园", "广州市", ["大数据"]),
    (44, 886, "南沙国际人工智能价值创新园", "广州市", ["计算机视觉", "智能语音"]),
    (44, 890, "明珠智慧产业园", "广州市", ["集成电路", "智能终端"]),
    (49, 967, "余杭人工智能小镇", "杭州市", ["大数据", "云计算", "智能终端"]),
    (49, 970, "萧山机器人小镇", "杭州市", ["智能机器人"]),
    (49, 971, "西湖云谷小镇", "杭州市", ["云计算", "大数据"]),
    (53, 1062, "中关村科学城", "北京市", ["生物医药", "新能源"]),
    (53, 1064, "未来科学城", "北京市", ["集成电路", "生物医药"]),
]

# line, 智算中心名称, place, capacity (today's) and unit, Observations: (value, unit, qualifier, period)
CENTERS: list[tuple[int, str, str, float | None, str | None, list[tuple[float, str, list[str], str | None]]]] = [
    (992, "腾讯长三角人工智能计算中心", "长三角", None, None, [(1400, "PFLOPS", ["forecast"], None)]),
    (993, "商汤人工智能计算中心", "长三角", None, None, [(3740, "PFLOPS", ["peak"], None)]),
    (999, "太湖量子智算中心", "长三角", None, None, []),
    (1003, "鹏程云脑II", "珠三角", 1000, "PFLOPS", [(1000, "PFLOPS", [], None)]),
    (1005, "横琴人工智能超算中心", "珠三角", 1.16, "EOPS", [(1.16, "EOPS", [], "2019")]),
    (1007, "天津人工智能计算中心", "京津冀", 300, "PFLOPS", [(300, "PFLOPS", [], None)]),
]

# 图表, line, 政策名称, 颁布时间, place
POLICIES: list[tuple[int, int, str, str, str]] = [
    (51, 1026, "上海市促进人工智能产业发展条例", "2022-09", "上海市"),
    (51, 1027, "上海市人工智能产业发展“十四五”规划", "2021-12", "上海市"),
    (51, 1028, "关于培育发展未来产业的指导意见", "2023-02", "浙江省"),
    (51, 1031, "杭州市人工智能产业发展“十四五”规划", "2021-12", "杭州市"),
    (51, 1036, "关于推动战略性新兴产业融合集群发展的实施方案", "2023-02", "江苏省"),
    (56, 1115, "北京市加快科技创新培育人工智能产业的指导意见", "2017-12", "北京市"),
    (56, 1118, "天津市科技创新十四五规划", "2021-08", "天津市"),
]
ALIASES = {"腾讯科技": ["腾讯", "腾讯科技（深圳）有限公司"], "优必选": ["UBTECH"]}


def sha12(*parts: str) -> str:
    return hashlib.sha1("|".join(parts).encode("utf-8")).hexdigest()[:12]  # noqa: S324


class Rows:
    """Rows of nodes and edges under construction; sources of the same thing are folded."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, dict[str, Any]]] = {}
        self.edges: dict[str, dict[str, dict[str, Any]]] = {}
        self.statements: list[dict[str, Any]] = []

    def node(self, label: str, i: str, name: str, where: str | None = None, **own: Any) -> str:
        row = self.nodes.setdefault(label, {}).setdefault(
            i,
            {
                "id": i,
                "name": name,
                "aliases": [],
                "sources": [],
                "as_of": "2022",
                "method": "table",
                "confidence": 0.95,
            },
        )
        if where and f"{SOURCE}#{where}" not in row["sources"]:
            row["sources"].append(f"{SOURCE}#{where}")
        row.update(own)
        return i

    def edge(self, kind: str, subject: str, target: str, where: str | None = None, **own: Any) -> None:
        i = f"{kind}:{sha12(kind, subject, target)}"
        row = self.edges.setdefault(kind, {}).setdefault(
            i,
            {
                "id": i,
                "subject": subject,
                "object": target,
                "sources": [],
                "as_of": "2022",
                "method": "table",
                "confidence": 0.95,
            },
        )
        if where and f"{SOURCE}#{where}" not in row["sources"]:
            row["sources"].append(f"{SOURCE}#{where}")
        row.update(own)

    def state(self, label: str, i: str, name: str, value: str, line: int, locator: str) -> None:
        self.statements.append(
            {
                "label": label, "id": i, "property": name, "value": value, "raw": value, "source": SOURCE,
                "locator": locator, "line": line, "as_of": "2022", "method": "table", "confidence": 0.95,
            }
        )  # fmt: skip

    def graph(self) -> KnowledgeGraph:
        return KnowledgeGraph.from_rows(
            {label: list(rows.values()) for label, rows in self.nodes.items()},
            {kind: list(rows.values()) for kind, rows in self.edges.items()},
            self.statements,
        )


def sample_rows() -> Rows:
    rows = Rows()
    rows.node("Source", SOURCE, TITLE, publisher="深圳市人工智能行业协会")
    rows.node("ChainSegment", "segment:人工智能", "人工智能")
    china = rows.node("Country", "country:CN", "中国", "L140;导语")
    _places(rows, china)
    _firms(rows)
    _parks(rows)
    _centers_and_policies(rows, china)
    return rows


def _places(rows: Rows, china: str) -> None:
    for name, code in PROVINCES.items():
        rows.node("Province", f"province:{code}", name, adcode=code)
        rows.edge("PART_OF", f"province:{code}", china, method="code_table")
    for name in ("长三角", "珠三角", "京津冀"):
        rows.node("Region", f"region:{name}", name, "L988;图表50")
    for name, (code, province, region) in CITIES.items():
        city = rows.node("City", f"city:{code}", name, adcode=code, aliases=[name.removesuffix("市")])
        rows.edge("PART_OF", city, f"province:{PROVINCES[province]}" if province else china, method="code_table")
        if region:
            rows.edge("PART_OF", city, f"region:{region}", "L988;图表50")


def _firms(rows: Rows) -> None:
    for order, layer in enumerate(LAYERS.values(), start=1):
        rows.node("ChainLayer", f"layer:{layer}", layer, "L140;导语", order=order)
    for table, line, name, founded, stage, segment, city in FIRMS:
        where = f"L{line};图表{table}"
        company = rows.node("Company", f"company:{name}", name, f"{where};企业简称", aliases=ALIASES.get(name, []))
        row = rows.nodes["Company"][company]
        row["founded"] = founded  # the later line wins, which for 奥比中光 is 图表4
        row["financing_stage"] = stage or row.get("financing_stage")
        rows.state("Company", company, "founded", founded, line, f"{where};成立日期")
        if stage:
            rows.state("Company", company, "financing_stage", stage, line, f"{where};融资阶段")
        rows.node("ChainSegment", f"segment:{segment}", segment, f"{where};细分领域")
        rows.edge("PART_OF", f"segment:{segment}", f"layer:{LAYERS[table]}", f"{where};细分领域")
        rows.edge("OPERATES_IN", company, f"segment:{segment}", f"{where};细分领域")
        rows.edge("REPRESENTATIVE_OF", company, f"layer:{LAYERS[table]}", f"{where};企业简称")
        rows.node("City", f"city:{CITIES[city][0]}", city, f"{where};所在城市")
        rows.edge("LOCATED_IN", company, f"city:{CITIES[city][0]}", f"{where};所在城市", role="headquarters")
    for company, name, first, second in (
        ("奥比中光", "founded", ("2013-01-08", "L185;图表3;成立日期"), ("2013-01-18", "L220;图表4;成立日期")),
        ("商汤科技", "LOCATED_IN", ("北京市", "L225;图表4;所在城市"), ("深圳市", "L233;图表4;所在城市")),
    ):
        conflict = rows.node(
            "Conflict", f"conflict:{sha12(company, name)}", f"{company} {name}",
            property=name, kind="value", severity="hard", values=[first[0], second[0]],
            value_sources=[f"{SOURCE}#{first[1]}", f"{SOURCE}#{second[1]}"], chosen=second[0],
        )  # fmt: skip
        rows.edge("HAS_CONFLICT", f"company:{company}", conflict)


def _parks(rows: Rows) -> None:
    for table, line, name, city, focus in PARKS:
        code = CITIES[city][0]
        park = rows.node("Park", f"park:{code}:{name}", name, f"L{line};图表{table};园区名称")
        rows.edge("LOCATED_IN", park, f"city:{code}", f"L{line};图表{table};园区地点")
        for field in focus:
            target = f"segment:{field}"
            if target not in rows.nodes["ChainSegment"]:
                target = rows.node("Industry", f"industry:{field}", field, f"L{line};图表{table};主要布局领域")
            rows.edge("FOCUSES_ON", park, target, f"L{line};图表{table};主要布局领域", text=field)


def _centers_and_policies(rows: Rows, china: str) -> None:
    for line, name, place, value, unit, stages in CENTERS:
        where = f"L{line};图表50;算力"
        center = rows.node("ComputeCenter", f"center:{name}", name, where, capacity_value=value, capacity_unit=unit)
        rows.edge("LOCATED_IN", center, f"region:{place}", f"L{line};图表50;地区")
        for amount, unit_, qualifier, period in stages:
            seen = rows.node(
                "Observation", f"obs:{sha12(name, str(amount))}", "算力", where, indicator_text="算力",
                value=amount, unit=unit_, qualifier=qualifier or ["exact"], period=period,
            )  # fmt: skip
            rows.edge("OBSERVED", center, seen, where)
    # 图表 2: 占比54.7%, 19.2%, 26.1% of China's firms by layer, end of 2022 (lines 146–158)
    for layer, share in (("基础层", 26.1), ("技术层", 19.2), ("应用层", 54.7)):
        seen = rows.node(
            "Observation", f"obs:{sha12(layer)}", "泛人工智能企业数量占比", "L158;图表2",
            indicator_text="泛人工智能企业数量占比", value=share, unit="%", period="2022", scope="全国",
            qualifier=["exact"],
        )  # fmt: skip
        rows.edge("OBSERVED", china, seen, "L158;图表2")
        rows.edge("OBSERVED", f"layer:{layer}", seen, "L158;图表2")
    for table, line, name, issued, place in POLICIES:
        where = f"L{line};图表{table}"
        owner = f"province:{PROVINCES[place]}" if place in PROVINCES else f"city:{CITIES[place][0]}"
        policy = rows.node("Policy", f"policy:{place}:{name}", name, f"{where};政策名称", issued=issued)
        rows.edge("ISSUED_BY", policy, owner, f"{where};地区")
        rows.edge("APPLIES_TO", policy, owner, f"{where};地区")


@lru_cache(maxsize=1)
def sample_graph() -> KnowledgeGraph:
    return sample_rows().graph()
