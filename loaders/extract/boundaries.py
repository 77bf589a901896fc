"""Where a name begins: Chinese has no blanks, so the words before an ending (高新区, 大学 …) must be told from the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left

from aikg.loaders.extract.mentions import View
from aikg.ontology.places import Place

__all__ = ["NOT_A_NAME", "chain", "ends_before", "name_start", "place_of"]

_SPACED = re.compile(r"\S+")
_HARD = frozenset("，。；：、！？,;:!?“”‘’《》〈〉\"'|/\n\t…~【】[]=%％<>{}")
# Words that no name begins with or goes over, whatever the dictionary takes them for.
_STOP = frozenset(
    _SPACED.findall(
        """
    设 内设 设有 建有 下设 另设 区内 园内 辖内 境内
    在 以 于 与 和 及 及其 以及 或 对 将 为 把 被 由 从 向 到 至 了 着 过 的 地 得 等 是 有 即 如 例如 比如 包括 包含 其中 以外 除 按 据
    根据 通过 依托 借助 围绕 基于 针对 面向 关于 作为 成为 推进 建设 打造 布局 聚焦 推动 支持 加快 建成 新建 共建 启动 规划 位于 坐落 落户
    落地 入驻 进驻 集聚 汇聚 聚集 拥有 涵盖 覆盖 形成 培育 发展 促进 提升 增强 加强 完善 实现 开展 引进 吸引 设立 成立 创建 获批 认定 挂牌
    揭牌 开园 投用 运营 管理 负责 选取 选择 引入 带动 辐射 服务 联合 合作 携手 访问 走进 来到 前往 依靠 凭借 突出 深耕 锚定 重点 主攻 发力
    押注 抢占 探索 试点 率先 全面 积极 加速 持续 进一步 目前 近日 日前 今年 去年 明年 当前 此前 此外 同时 另外 尤其 特别 已 已经 正 正在 将要 曾
    还 也 都 均 又 再 则 而 并 且 但 却 仅 只 就 才 使 让 令 给 用 称 叫 名为 超 超过 达 达到 约 近 余 逾 突破 累计 全国 全球 国内 我国 提出
    提到 指出 表示 介绍 认为 显示 明确 要求 强调 称为 誉为 列入 纳入 入选 荣获 获得 来自 源自 属于 隶属 归属 当地 该 本 此 其 某 这 那 各 每 多
    多个 几个 两个 一个 一批 一系列 双 大力 着力 努力 深入 有序 稳步 扎实 切实 充分 统筹 协调 组织 实施 出台 印发 发布 制定 编制 推出 出产 供应
    销售 采购 融资 上市 并购 收购 出资 入股 控股 参股 主办 承办 举办 召开 参加 参与 举行 经过 自 自从 起 始 终 止 间 时 期间 后 前 内 外 中 上
    下 里 旁 边 侧 代表 典型 龙头 知名 著名 优秀 领先 首个 首批 首家 第一 第二 第三 唯一 最大 最早 有关 负责人 记者 主任 局长 院长 董事长 总裁
    创始人 建有 设有 现有 共有 还有 没有 具有 更名 原名 简称 隶属于 得益于 坐落于 致力于 专注于 先后 相继 陆续 分别 位列 其余 其他 以来 之一
    当中 之中 之间 帮助 赋能 优化 量化 分析 预计 力争 争取 采用 使用 利用 运用 迁至 迁入 加入 下设 旗下 所属 所在 由于 因为 所以 如果 不仅
    园区 企业 公司 一期 二期 三期 项目 挤满 挤满了 区别 看 看看 打开 走 来 去 做 搞 抓 建 设 办 于是 首先 然后 最后 移交 投资 合计 共计 总计 牵头 调度
    """
    )
)
_STOP_TAGS = frozenset(
    {"p", "c", "u", "ul", "uj", "uz", "uv", "ug", "ud", "d", "r", "y", "e", "o", "k", "df", "rr", "rz", "q"}
)
# Verbs by the dictionary that names are made of (机器人创新中心), and small words inside names (两江, 中关村).
_MAKES_NAMES = frozenset(
    _SPACED.findall(
        """
    中 大 前 后 上 下 里 外 内 新 时代 发展 服务 合作 研究 创新 管理 投资 研发 生产 制造 协同 双 全球 国际 自 计算 智造 试验 示范 融合 应用
    交易 转化 监测 检测 认证 评定 孵化 加速 教育 协作 设计 合成 仿真 测试 体验 感知 学习 具身 物联 网联 互联 防护 防控 治理 评估 交流
    加工 贸易 自动化 自动 控制 驱动 先进 先导 标注 标识 解析 增材 储能 存储 通信 导航 遥感 飞行 驾驶 自主 开放 开源 出口 保税 综合 自由 健康
    数字 智慧 智能 绿色 高端 特色 示范 生态 未来 科学 技术 信息 软件 装备 医疗 生物 汽车 机器人 半导体 集成 电路 互联网 大 小 长 云 安 浪
    """
    )
)
_SMALL = frozenset("中大上前后新老东西南北小")
_BRACKETED = re.compile(r"(?P<country>中国[\u3400-\u9fff]{0,6})?\s?[（(]\s?$")
_ADJECTIVES = frozenset(_SPACED.findall("具身 网联 物联 互联 增材 储能 遥感 自动 仿真 感知 智能 数字 先进 未来 智慧"))
# What ends a name that stands before another: 两江新区|水土新城, 生态科技城|科创中心.
_ENDS_A_NAME = re.compile(
    r"新区|新城|开发区|高新区|经开区|科技城|科学城|产业园|科技园|软件园|小镇|工业园|大走廊|合作区"
)
NOT_A_NAME = re.compile(r"^[某该本各此其每]|^(?:个别|部分|多数|少数|上述|这些|那些|前述|所在)")


def name_start(view: View, end: int, longest: int, *, through_parks: bool = False) -> int:
    """Where the name that goes on to `end` (its ending stands there) begins: at a place or an owner (浙江大学, 华为), or
    behind the nearest verb, preposition or mark. `end` itself where nothing belongs to it. A park's name ends the name
    before it, unless the name may go `through_parks` (苏州工业园区大数据中心).

    >>> from aikg.loaders.extract.mentions import View
    >>> text = "企业入驻前湾新区"
    >>> text[name_start(View(text), 6, 20) : 6]
    '前湾'
    """
    least = max(0, end - longest)
    for begin, stop in _heads(view, least, end):
        if _joined(view, stop, end, through_parks=through_parks):
            return _first_of_chain(view, begin, least)
    position = view.words.start_of(end)
    if position < least or _HARD & set(view.text[position:end]):
        position = end
    for word in view.words.before(position, least):
        if word.end != position or _ends(word.text, word.tag, nearest=position == end):
            if word.end == position != end and word.text in _SMALL and _is_open(view.text, word.start):
                position = word.start  # 、|中|大|国际创新谷
            break
        if position != end and not through_parks and _ENDS_A_NAME.search(word.text):
            break  # 两江新区|水土新城
        position = word.start
    return _behind_verbs(view, position, end)


def _is_open(text: str, position: int) -> bool:
    """Whether nothing but a mark or a conjunction stands before the position."""
    return position == 0 or text[position - 1] in _HARD or text[position - 1] in "和与及（("


def _behind_verbs(view: View, start: int, end: int) -> int:
    """Without leading words that are verbs here: 服务|雄安新区."""
    for word in view.words.between(start, end)[:-1]:
        if word.start != start or len(word.text) < 2 or word.text not in _STOP:
            break
        start = word.end
    return start


def _heads(view: View, least: int, end: int) -> list[tuple[int, int]]:
    """What a name may begin with, nearest first; of those that end alike the longest first."""
    first, last = bisect_left(view.heads, (least, 0)), bisect_left(view.heads, (end, 0))
    near = (span for span in view.heads[first:last] if span[1] <= end)
    return sorted(near, key=lambda span: (-span[1], span[0]))


def _first_of_chain(view: View, begin: int, least: int) -> int:
    """The start of the first of several heads in a row: 浙江|杭州, 中科院|合肥, 中国（广州）."""
    first = begin
    while first > least:
        # 中国（广州）…, 中国人工智能（广州）…, 浙江大学（余姚）…: the head stands before the bracket.
        opened = _BRACKETED.search(view.text[max(0, first - 12) : first])
        stop = first - len(opened[0]) if opened else first
        if opened and opened["country"]:
            return stop
        before = [b for b, s in _heads(view, least, stop) if s == stop]
        if not before:
            return first
        first = min(before)
    return first


def _joined(view: View, start: int, end: int, *, through_parks: bool) -> bool:
    """Whether only words of a name stand between a head and the ending."""
    between = view.text[start:end]
    if _HARD & set(between) or (not through_parks and _ENDS_A_NAME.search(between)):
        return False
    if re.fullmatch(r"[)）].*", between) is None and re.search(r"[（(][^）)]*$|^[^（(]*[)）]", between):
        return False
    words = view.words.between(start, end)
    last = len(words) - 1
    for index, word in enumerate(words):
        if word.text in ("与", "和") and 0 < index < last and end - start <= 14:
            continue  # 广州人工智能与数字经济试验区
        if _ends(word.text, word.tag, nearest=False, inside=True):
            return False
    return True


def _ends(word: str, tag: str, *, nearest: bool, inside: bool = False) -> bool:
    if any(char in _HARD for char in word) or (word in "（()）" and not inside):
        return True
    if word in _ADJECTIVES:
        return False
    if word in _MAKES_NAMES:
        return not (inside or nearest or tag not in ("v", "d", "p", "f", "m"))
    if word in _STOP:
        return True
    if tag in _STOP_TAGS:
        return len(word) > 1 or not inside
    if tag == "v":
        return len(word) > 1
    return tag == "m" and (not inside or word.isdigit() or len(word) > 1)


def ends_before(word: str, tag: str) -> bool:
    """Whether no name goes over this word: a verb, a preposition, a mark."""
    return _ends(word, tag, nearest=False, inside=True) or word in _STOP


def chain(view: View, start: int, end: int) -> tuple[Place | None, int]:
    """The innermost place of those that `text[start:end]` begins with, and where it ends: 浙江杭州城西… → 杭州市."""
    place, at = None, start
    while at < end and (found := view.place_at(at)) and found[0] <= end:
        at, place = found
    return place, at


def place_of(view: View, start: int, end: int) -> Place | None:
    """The place that a name tells: the innermost it begins with, else one inside it (清华长三角研究院)."""
    place, _ = chain(view, start, end)
    if place is not None and place.label != "Country":
        return place
    inside = [p for begin, stop, p in view.places if start <= begin and stop <= end and p.label != "Country"]
    return inside[-1] if inside else place
