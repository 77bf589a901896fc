"""Place names in running text, and the words in which a place's letters are no place.

Chinese has no blanks, so the letters of a place turn up inside other words: 其中国家 holds 中国, 推广安全
holds 广安, and 南京东路 is a street of 上海. Longest match from the left settles most (上海南站 is 上海,
not 海南). The rest is written down here. It was collected by running `find_all` over the words of a Chinese
dictionary that are no proper names, and over the source documents; `tests/test_places.py` keeps an example
of each kind.
"""

from __future__ import annotations

import re
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aikg.ontology.place_table import Place

# A name that meant a functional area before the unit existed: without a date, text does not tell which.
ONCE_AREAS = frozenset({"500157"})
# District short names that are used like a city's, and are nothing else in China.
DISTRICTS_ALONE = frozenset({"浦东"})

_SPACED = re.compile(r"\S+")
# Short names that are common words (白银 silver, 新星 new star): in running text only the full name counts.
_ONLY_FULL = frozenset(
    _SPACED.findall(
        """
        白银 来宾 中卫 日照 通化 东方 新星 双河 白杨 昆玉 天门 仙桃 文昌 朝阳 兴安 阿里 东部 中部 西部 东北
        西南 西北 白沙 安康 大同 吉安 山南 海北 海西 海东 黄南 保亭 定安 和田 澳洲 新民 平湖 安宁 四会 尚志
        五常 开平 鹤山 兴宁 高要 双城 三河 海宁 台山 瑞安 高密 平度 新密 榆树
        安国 安达 北安 北流 北票 北镇 博乐 常宁 赤壁 赤水 错那 大安 大石桥 大冶 当阳 德兴 灯塔 东港 东宁 东台
        东兴 东阳 定州 峨眉山 丰城 丰镇 凤城 福安 福泉 富锦 高安 高碑店 高平 高州 个旧 根河 共青城 广德 广汉
        广水 海安 海城 海林 海伦 海阳 合山 合作 和龙 河间 洪湖 华亭 华阴 化州 怀仁 会理 集安 江山 江油 界首
        津市 京山 井冈山 靖西 开原 开远 乐平 利川 临海 临江 临清 龙井 龙口 龙南 龙泉 陆丰 庐山 麻城 蒙自 弥勒
        米林 密山 明光 南安 南宫 南雄 嫩江 宁安 宁国 磐石 平果 平泉 泊头 启东 潜山 黔西 荣成 沙河 沙湾 韶山
        射洪 神木 石狮 石首 水富 天长 铁力 同江 同仁 图们 万源 无为 武夷山 项城 香格里拉 孝义 新泰 信宜 兴城
        兴化 兴平 兴仁 兴义 扬中 阳春 宜城 义马 英德 应城 永安 玉环 玉门 沅江 原平 樟树 招远 子长 资兴 监利
        肥城 敦化 康定 漠河 景洪 腾冲 林州 长葛 扶余 瑞金
        """
    )
)
# Full names that also say "the northern part of town" and the like: they count only inside their city.
_ONLY_INSIDE = frozenset(
    _SPACED.findall(
        """
        平房区 新市区 城东区 城西区 城北区 市南区 市北区 江南区 新建区 回民区
        安居区 北关区 北林区 北湖区 比如县 滨城区 城厢区 城中区 点军区 东风区 复兴区 港口区 工农区 公安县 共和县
        古城区 海城区 海港区 合作市 红旗区 宏伟区 湖滨区 花山区 会同县 江城区 解放区 金林区 老城区 立山区 明山区
        名山区 南部县 平原县 前锋区 前进区 桥东区 山城区 太平区 西市区 向阳区 新兴区 友好区 运河区 站前区 振兴区
        中方县 中站区 资源县 源城区 平城区 宝塔区
        """
    )
)
# Full names that every town or mine has: they count only directly behind their city.
_ONLY_BEHIND = frozenset(_SPACED.findall("城区 郊区 矿区 东区 西区"))
# The same is true of a name of one letter (提高县域 is no 高县), unless a sentence or a list begins with it
# or one of these words leads to it.
_LEADS = frozenset("在于到至赴往和与及或")
# Short names of districts that are common words: a province in front (江西万年, 甘肃安定) does not make them
# places, only their city does. Behind a country (中国平安, 全国兴化) no short name of theirs counts.
_ONLY_BEHIND_CITY = frozenset(
    _SPACED.findall(
        """
        爱民 安定 安化 宝丰 保康 朝天 大观 大化 大名 大通 大田 大兴 大足 定远 东风 东光 东海 东坡 东山 洞口 二七
        方城 芙蓉 丰满 富民 富裕 光明 光泽 高台 固始 海丰 海棠 海盐 和平 和顺 红安 会同 集贤 江岸 建安 建华 建平
        金门 金牛 金台 进贤 开化 莲花 梨树 聂荣 平安 平定 平和 平利 平远 清流 清水 清新 全州 三门 三水 三台 三元
        上高 石鼓 石棉 石门 石台 双塔 太白 太和 太平 台前 天台 天心 天涯 天元 天柱 通海 铜鼓 同心 团结 万安 万年
        威信 文峰 五峰 西华 新华 新化 新会 新民 新野 兴业 宣化 永定 永丰 永福 永和 永新 乐业 民乐 民和 民权 名山
        月湖 长子 镇远 紫金 左权
        """
    )
)
# Words that hold a place's name and are no mention of it: taken whole, so that nothing inside them is found.
_WORDS = _SPACED.findall(
    """
    阿里巴巴 北海道 北海公园 德州仪器 德州扑克 宁德时代 周口店 哈密瓜 普洱茶 大理石 大理岩 三明治 长春藤
    常春藤 长春花 中山装 中山陵 国内外 全国人大 全国政协 全国人民代表大会 发展中国家 波士顿动力 波士顿咨询
    印度洋 杭州湾 北京时间 东中西部 山南海北 东躲西藏 复合肥 黄石公园 邯郸学步 国内生产总值 乌苏里
    敦煌网 晋江文学城 崖州湾
    """
)
# Where these match, the letters of the name belong to the words around them.
_TRAPS = {
    name: re.compile(pattern)
    for name, pattern in {
        "中国": "(?<=其)中国(?=[家际内产有企资])|(?<=[当集空途])中国(?=[家际]|内(?![地陆]))",
        "全国": "(?<=[安完健])全国",
        "国内": "(?<=[外他该本各两多])国内",
        "美国": "(?<=[欧中英北南拉])美国(?=家)",
        "日本": r"(?<=[今近昨当即生次每])日本|(?<=\d)日本(?=[报市省次公校站刊])",
        "越南": "(?<=[跨翻超穿])越南",
        "法国": "(?<=[依司立宪])法国",
        "德国": "(?<=道)德国",
        "智利": "智利(?=[用于益])",
        "北美": "(?<=[东西华])北美",
        "广东": "(?<=推)广东",
        "广西": "(?<=推)广西",
        "广州": "(?<=推)广州",
        "广安": "(?<=推)广安",
        "广元": "(?<=推)广元",
        "福建": "(?<=[造祝])福建",
        "安徽": "(?<=公)安徽(?=章)",
        "新疆": "(?<=创)新疆",
        "海南": "(?<=[沿黄渤近])海南|(?<=[东南滨临])海南(?=[部岸沿端侧边])",
        "河南": "(?<=[黄运淮])河南(?=[岸部侧])",
        "河北": "(?<=[黄运淮])河北(?=[岸部侧])",
        "湖南": "(?<=[太西东阳])湖南(?=[岸部侧路])",
        "湖北": "(?<=[太西东阳])湖北(?=[岸部侧路])",
        "山东": "(?<=[泰华])山东(?=[麓侧路])",
        "山西": "(?<=[泰华铜])山西(?=[麓侧路崩])",
        "江西": "(?<=[长沿])江西(?=[岸部侧])",
        "天津": "天津(?=贴)",
        "重庆": "重庆(?=[祝典贺])",
        "成都": "(?<=[一二三四五六七八九十两几生完形合集组构养达变])成都",
        "济南": "(?<=经)济南(?=[北方移下])",
        "江门": "(?<=[长珠沿])江门(?=户)",
        "海口": "(?<=出)海口|(?<=入)(?<![进介加]入)海口",
        "中山": "(?<=孙)中山",
        "南通": "(?<=[西东])南通(?=[道过信用])",
        "大连": "(?<=[强巨扩最更做重])大连(?=[接通续片锁贯环])",
        "海城市": "(?<=[沿临滨近上])海城市",
        "应城市": "(?<=[响相对适反效])应城市",
        "项城市": "(?<=[各一多这几该单])项城市",
        "兴城市": "(?<=[新复振中高])兴城市",
        "宜城市": "(?<=[适便最相])宜城市",
        "肥城市": "(?<=[化减])肥城市",
        "丰城市": "(?<=[咸海])丰城市",
        "江山市": "(?<=长)江山市",
        "任城区": "(?<=[担主责])任城区",
        "定海区": "(?<=[决确规划])定海区",
        "定南县": "(?<=[决确规划])定南县",
        "福山区": "(?<=幸)福山区",
        "东山区": "(?<=[山广华股])东山区",
        "芒市": "(?<=[光锋])芒市|芒市(?=场)",
        "泰兴": "(?<=[亚中])泰兴",
        "如皋": "(?<=[例比])如皋",
        "枝江": "(?<=[一分])枝江",
        "高邮": "(?<=[提最新])高邮",
        "句容": "(?<=[一两几语词])句容",
        "安陆": "(?<=[公治长])安陆",
        "晋江": "(?<=[东西魏])晋江",
        "义乌": "(?<=主)义乌",
        "库车": "(?<=[车入出文水])库车",
        "瑞昌": "(?<=祥)瑞昌",
        "洪江": "(?<=[防抗山])洪江",
        "桐城": "(?<=[油梧])桐城",
        "西昌": "(?<=[广江])西昌",
        "宜都": "(?<=[适便事])宜都",
        "大理": "(?<=[重伟强宏远三四五六])大理(?=[论念由想解性智])",
        "大庆": "大庆(?=[典祝贺])",
        "丽水": "(?<=[美秀])丽水",
        "六安": "(?<=[第十])六安(?=全)",
        "益阳": "(?<=[公权利有])益阳(?=光)",
        "资阳": "(?<=[投融外])资阳",
        "德阳": "(?<=道)德阳",
        "安阳": "(?<=平)安阳",
        "内江": "(?<=[国省市境区])内江",
        "保山": "(?<=环)保山",
        "保定": "(?<=[确担环])保定",
        "文山": "(?<=人)文山",
        "定西": "定西(?=[部北南方医式])",
        "衡水": "(?<=[平均])衡水",
        "承德": "(?<=传)承德",
        "乐山": "(?<=[歌者])乐山",
        "固原": "(?<=[稳牢])固原",
        "白山": "(?<=长)白山",
        "新乡": "新乡(?=[村镇贤土])",
        "天水": "(?<=[今每一两三])天水",
        "新余": "新余(?=额)",
        "长治": "长治(?=久安)|(?<=久安)长治",
        "四平": "四平(?=八稳|方)",
        "北海": "北海(?=岸)",
        "华东": "(?<=[中清])华东",
        "华南": "(?<=[中清])华南",
        "华北": "(?<=[中清])华北",
        "华中": "(?<=[中清])华中",
    }.items()
}
# What follows a name that belongs to a university or a street.
_INSTITUTION = re.compile(
    r"(?:交通|科学技术|科技|理工|师范|财经|工业|工商|农业|林业|医科|医|中医药|药科|航空航天|航天航空"
    r"|外国语|外语|外贸|对外经济贸易|邮电|电子科技|电力|石油|矿业|地质|海洋|海事|政法|建筑"
    r"|工程|传媒|体育|音乐|美术|经济|经贸"
    r"|城市|职业|技术|开放|民族|人民|国际|信息|社会|学院|电子|纺织|化工|铁道|中文|第[一二三]|[东西南北中]){0,4}"
    r"(?:大学(?!城|生|科)|学院(?!路)|中学|小学|科学院|工程院|社科院|信通院"
    r"|[交财师医工农]大(?!学|[厂量模型小])|科大(?!讯飞|国创))"
)
_STREET = re.compile(
    r"(?:[东南西北中](?:[一二三四五]|[0-9])?|[一二三四五])?"
    r"(?:路(?![演径线由费况])|大道|大街|街(?![道头区景坊]))"
)
# A unit's last letter may begin the next word instead: 北京市场 is 北京 + 市场.
_SUFFIX_BREAK = {
    "市": re.compile("[场值占面价况销]|[南北中]区"),
    "省": re.compile("[略钱时去心事]"),
    "区": re.compile("[域间块别隔划段县]|位(?![于居列])"),
    "县": re.compile("[域级]"),
    "盟": re.compile("[友约国主]"),
    "州": re.compile("[际]"),
}
_AREA = re.compile("新区|高新|经济|经开|技术开发|开发区")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
_LETTER = re.compile(r"[\u3400-\u9fff]")
_ONE_LETTER = re.compile(".[县市旗]")
_OPEN = "（("


class Scanner:
    """Finds the names of a table in text.

    `names` maps every name and alias to its places, `ancestors` gives the places around one.
    """

    def __init__(self, names: Mapping[str, Sequence[Place]], ancestors: Callable[[Place], tuple[Place, ...]]) -> None:
        self._names = names
        self._ancestors = ancestors
        # By their first two letters, which few names share: an automaton (pyahocorasick) was twice as slow,
        # since it looks through all the letters that names begin with at every letter of the text.
        self._starts: dict[str, list[str]] = {}
        for name in sorted({*filter(_CHINESE.fullmatch, names), *_WORDS}, key=lambda name: (-len(name), name)):
            self._starts.setdefault(name[:2], []).append(name)
        # Short names that count only behind a place: most of the table, and common as parts of words.
        self._short = {
            name
            for name, places in names.items()
            if not any(name == place.name or _stands_alone(place, name) for place in places)
        }

    def find_all(self, text: str, within: Place | None) -> list[tuple[int, int, Place]]:
        """See `Places.find_all`."""
        starts = self._starts
        found: list[tuple[int, int, Place]] = []
        free, end = 0, -2
        for at in [at for at, pair in enumerate(map(add, text, text[1:])) if pair in starts]:
            if at < free:
                continue
            touching = at == end or (at == end + 1 and text[end] in _OPEN)
            before = found[-1][2] if found and touching else None
            names = self._starting(text, at)
            if not names or (before is None and self._short.issuperset(names)):
                continue
            length, place = self._match(text, at, names, before, within)
            if place is not None:
                end = at + length
                found.append((at, end, place))
            free = at + length
        return found

    def leading(self, text: str, within: Place | None) -> tuple[Place, int] | None:
        """See `Places.leading`."""
        length, place = self._match(text, 0, self._starting(text, 0), None, within)
        if place is None:
            return None
        while True:
            more, deeper = self._match(text, length, self._starting(text, length), place, within)
            if deeper is None or place not in self._ancestors(deeper):
                return place, length
            length, place = length + more, deeper

    def _starting(self, text: str, at: int) -> list[str]:
        """The names that begin at a position, the longest first."""
        return [name for name in self._starts.get(text[at : at + 2], ()) if text.startswith(name, at)]

    def _match(
        self, text: str, at: int, names: Iterable[str], before: Place | None, within: Place | None
    ) -> tuple[int, Place | None]:
        """Of the names that begin at a position the longest that counts: its length, and its place if it is
        a mention of exactly one."""
        for name in names:
            if self._breaks(text, at, name) or not (self._begins(text, at, name) or self._inside(name, before)):
                continue
            after = at + len(name)
            if name not in self._names or _INSTITUTION.match(text, after) or _STREET.match(text, after):
                return len(name), None
            place = self._place(name, before, within, area=_AREA.match(text, after) is not None)
            if place is not None or any(named.name == name for named in self._names[name]):
                return len(name), place
        return 0, None

    def _breaks(self, text: str, at: int, name: str) -> bool:
        """Whether the letters at a position belong to other words than this name."""
        suffix = _SUFFIX_BREAK.get(name[-1])
        if suffix is not None and len(name) > 2 - (name[-1] == "县") and suffix.match(text, at + len(name)):
            return True
        trap = _TRAPS.get(name)
        return trap is not None and trap.match(text, at) is not None

    def _begins(self, text: str, at: int, name: str) -> bool:
        """Whether a name at a position needs no city in front of it to be one."""
        if name in _ONLY_BEHIND:
            return False
        if _ONE_LETTER.fullmatch(name) is None or at == 0:
            return True
        return text[at - 1] in _LEADS or _LETTER.match(text, at - 1) is None

    def _inside(self, name: str, around: Place | None) -> bool:
        return around is not None and any(around in self._ancestors(place) for place in self._names.get(name, ()))

    def _place(self, name: str, before: Place | None, within: Place | None, *, area: bool) -> Place | None:
        places = [place for place in self._names[name] if place.code not in ONCE_AREAS]
        if before is not None:
            inside = [place for place in places if before in self._ancestors(place)]
            if inside:
                behind = [place for place in inside if _counts_behind(before, place, name)]
                return _only([place for place in behind if not (area and _is_short(place, name))])
        if within is not None:
            inside = [place for place in places if within in self._ancestors(place) and not _is_short(place, name)]
            if inside:
                return _only(inside)
        return _only([place for place in places if _stands_alone(place, name)])


def _only(places: list[Place]) -> Place | None:
    """The one place that a bare name means, by the rules of `aikg.ontology.places`; None if more are left."""
    above = [place for place in places if place.level in ("country", "region", "province")]
    if len(above or places) > 1:
        present = {place.code[:2] for place in places if place.valid_to is None}
        places = [place for place in places if place.valid_to is None or place.code[:2] not in present]
    left = above or places
    return left[0] if len(left) == 1 else None


def _is_short(place: Place, name: str) -> bool:
    return place.level == "district" and name != place.name


def _counts_behind(before: Place, place: Place, name: str) -> bool:
    """Whether a name directly behind a place around it means that district."""
    if not _is_short(place, name) or before.level in ("city", "district"):
        return True
    return name not in _ONLY_BEHIND_CITY if before.level == "province" else _stands_alone(place, name)


def _stands_alone(place: Place, name: str) -> bool:
    if name == place.name:
        return name not in _ONLY_INSIDE
    if name in _ONLY_FULL:
        return False
    return place.level != "district" or place.name.endswith("市") or name in DISTRICTS_ALONE
