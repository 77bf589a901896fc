"""Where a name begins: Chinese has no blanks, so the words before an ending (高新区, 大学 …) must be told from the sentence."""

from __future__ import annotations

import re

from aikg.loaders.extract.mentions import View

__all__ = ["name_start"]

_HARD = set("，。；：、！？,;:!?“”‘’《》〈〉\"'|/\n\t…—~【】[]")
# Verbs, and nouns by the dictionary that are verbs here: no name begins before one of these.
_STOP = frozenset(
    """
    在 以 于 与 和 及 及其 以及 或 对 将 为 把 被 由 从 向 到 至 了 着 过 的 地 得 等 是 有 即 如 例如 比如 包括 包含 其中 以外 除 按 据 根据 通过 依托 借助 围绕 基于 针对 面向 关于 作为 成为
    推进 建设 打造 布局 聚焦 推动 支持 加快 建成 新建 共建 启动 规划 位于 坐落 落户 落地 入驻 进驻 集聚 汇聚 聚集 拥有 涵盖 覆盖 形成 培育 发展 促进 提升 增强 加强 完善 实现 开展 引进 吸引 设立 成立 创建 获批 认定 挂牌 揭牌 开园 投用 运营 管理 负责
    选取 选择 引入 带动 辐射 服务 联合 合作 携手 访问 走进 来到 前往 依靠 凭借 突出 深耕 锚定 重点 主攻 发力 押注 抢占 探索 试点 率先 全面 积极 加速 持续 进一步 目前 近日 日前 今年 去年 此外 同时 另外 尤其 特别 已 已经 正 正在 将要 曾 还 也 都 均 又 再 则 而 并 且 但 却 仅 只 就 才 使 让 令 给 用 称 叫 名为 超 超过 达 达到 约 近 余 逾 突破 累计 全国 全球 国内 我国
    提出 提到 指出 表示 介绍 认为 显示 明确 要求 强调 称为 誉为 列入 纳入 入选 荣获 获得 来自 源自 属于 隶属 归属 当地 该 本 此 其 某 这 那 各 每 多 多个 几个 两个 一个 一批 一系列 双 大力 着力 努力 深入 有序 稳步 扎实 切实 充分 统筹 协同 协调 组织 实施 出台 印发 发布 制定 编制 推出 研究 研发 生产 制造 出产 供应 销售 采购 投资 融资 上市 并购 收购 出资 入股 控股 参股 主办 承办 举办 召开 参加 参与 举行 经过 自 自从 起 始 终 止 间 时 期间 后 前 内 外 中 上 下 里 旁 边 侧 代表 典型 龙头 知名 著名 优秀 领先 首个 首批 首家 第一 第二 第三 唯一 最大 最早 
    """.split()
)
_STOP_TAGS = frozenset({"p", "c", "u", "ul", "uj", "uz", "uv", "ug", "ud", "d", "r", "y", "e", "o", "k", "df", "rr", "rz", "zg"})
_CAN_STAND_INSIDE = frozenset({"中", "大", "前", "后", "上", "下", "里", "外", "内", "时代", "发展", "服务", "合作", "研究", "创新", "管理", "投资", "研发", "生产", "制造", "协同", "双", "全球", "国际", "自"})


def name_start(view: View, end: int, longest: int) -> int:
    """Where the name that goes on to `end` (its ending stands there) begins: at a place name, or behind the nearest verb,
    preposition or mark. `end` itself where nothing belongs to it.

    >>> from aikg.loaders.extract.mentions import View
    >>> text = "企业入驻前湾新区"
    >>> text[name_start(View(text), 6, 20):6]
    '前湾'
    """
    text = view.text
    least = max(0, end - longest)
    # A place in front begins a name if nothing between the two ends it; of several the first of a chain.
    for begin, stop, _ in sorted(view.places, key=lambda p: -p[0]):
        if stop <= end and begin >= least and _joined(view, stop, end):
            first = begin
            while before := view.place_ending(first):
                if before[0] < least:
                    break
                first = before[0]
            bracketed = re.search(r"中国\s?[（(]$", text[:first])
            return bracketed.start() if bracketed else first
    position = end
    for word in view.words.before(end, least):
        if word.end != position or _ends(word.text, word.tag, nearest=position == end):
            break
        position = word.start
    return position


def _joined(view: View, start: int, end: int) -> bool:
    """Whether only words of a name stand between a place and the ending."""
    between = view.text[start:end]
    if _HARD & set(between.replace("“", "").replace("”", "")):
        return False
    closed = re.fullmatch(r"[)）].*", between)
    if closed is None and re.search(r"[（(][^）)]*$|^[^（(]*[)）]", between):
        return False
    words = view.words.between(start, end)
    return not any(_ends(w.text, w.tag, nearest=False, inside=True) for w in words)


def _ends(word: str, tag: str, *, nearest: bool, inside: bool = False) -> bool:
    if any(char in _HARD for char in word):
        return True
    if word in _CAN_STAND_INSIDE:
        return not (inside or nearest)
    if word in _STOP:
        return True
    if tag in _STOP_TAGS:
        return len(word) > 1 or not inside
    return tag == "m" and not inside
