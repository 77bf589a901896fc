"""How likely a stretch of Simplified Chinese is: from the word list of jieba (MIT), read as data.

Two measures: `step`, one character after another, cheap, for the search; `score`, the best cut into words, for the
choice among what the search leaves. Only texts with shifted bytes need them, so the list is read then.
"""

from __future__ import annotations

import functools
import importlib.util
import math
import re
from collections import defaultdict
from pathlib import Path

from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

__all__ = ["Words", "load_words"]

# What the industry says and the list, made of older news, does not know.
_NEWER = re.findall(
    r"\S+",
    "算力 智算 大模型 小模型 云计算 物联网 区块链 数字化 智能化 规模化 产业化 信息化 网联 数智 智能体 具身 人形 芯片 智造 元宇宙 "
    "产学研 专精特新 独角兽 入驻 园区 集聚区 先导区 示范区 产业园 孵化 孵化器 赋能 落地 场景 生态 人工智能 数据中心 智慧城市 "
    "十四五 十五五 十三五 备考 招聘 单招 题库 高质量 新质 生产力 政策 规划 测试 里程 累计 地方 基金 证券 深度学习 机器学习 "
    "自动驾驶 无人驾驶 传感器 产业链 供应链 营业收入 亿元 万亿元 专项 试点 应用 研发 创新 企业 平台 数据 技术",
)
_NEWER_COUNT = 2_000
_MARKS = {  # per thousand characters, counted in reports
    "，": 50.0, "。": 22.0, "、": 20.0, "“": 6.0, "”": 6.0, "：": 5.0, "；": 3.0, "《": 2.0, "》": 2.0, "！": 0.4,
    "？": 0.6, "（": 3.0, "）": 3.0, "—": 1.0, "…": 0.3, "·": 0.3, "‘": 0.1, "’": 0.1, "％": 0.3, "【": 0.1, "】": 0.1,
}  # fmt: skip
_PAIRS = {  # a mark behind a mark
    "。”": 0.08, "。“": 0.05, "”，": 0.1, "”。": 0.1, "”、": 0.05, "“《": 0.01, "》，": 0.1, "》《": 0.05, "”“": 0.04,
    "：“": 0.4, "，“": 0.04, "、“": 0.05, "！”": 0.2, "？”": 0.2, "》、": 0.1, "》（": 0.1, "。《": 0.02, "；“": 0.03,
    "；《": 0.02, "——": 0.9, "……": 0.9, "”（": 0.02, "）、": 0.08, "）。": 0.06, "）》": 0.02, "）”": 0.01, "）：": 0.01,
}  # fmt: skip
_ODD = 1e-9
_COMMON = 40.0  # times in the list's sixty million words
# Characters that stand alone in any sentence; of others the list counts too many, cut from words it did not know.
_ALONE = frozenset("的了和在与为是等及或也不将其对把被从到以于并个年月日有中上下后前由向至达超超占")
_SINGLE = 2.0
_NEVER_LAST = frozenset("或及与和将把被从对向以于在由至是而且但")  # not before a mark
_FOREIGN = -4.0
_LONGEST = 6


class Words:
    """Counts of words, characters and pairs of characters."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.total = float(sum(counts.values()))
        single: defaultdict[str, float] = defaultdict(float)
        first: defaultdict[str, float] = defaultdict(float)
        last: defaultdict[str, float] = defaultdict(float)
        pairs: defaultdict[str, float] = defaultdict(float)
        for word, count in counts.items():
            first[word[0]] += count
            last[word[-1]] += count
            single[word[0]] += count
            for at in range(len(word) - 1):
                pairs[word[at : at + 2]] += count
                single[word[at + 1]] += count
        self._single, self._first, self._last, self._pairs = dict(single), dict(first), dict(last), dict(pairs)
        self._steps: dict[str, float] = {}
        self._followers: dict[str, list[str]] | None = None
        self._log_total = math.log(self.total)

    def knows(self, char: str) -> bool:
        """Whether a character is in use."""
        return char in self._single or char in _MARKS

    def common(self, char: str) -> bool:
        """Whether a character is frequent enough to be tried for a byte of which nothing is known."""
        return self._single.get(char, 0.0) >= _COMMON or char in _MARKS

    def followers(self, char: str) -> list[str]:
        """The characters that come after one most often within words, most frequent first."""
        if self._followers is None:
            after: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
            for pair, count in self._pairs.items():
                after[pair[0]].append((-count, pair[1]))
            self._followers = {first: [other for _, other in sorted(found)[:40]] for first, found in after.items()}
        return self._followers.get(char, [])

    def step(self, before: str, char: str) -> float:
        """Log of the probability of `char` behind `before`."""
        pair = before + char
        known = self._steps.get(pair)
        if known is None:
            known = self._steps[pair] = math.log(self._chance(before, char))
        return known

    def _chance(self, before: str, char: str) -> float:
        if char in _MARKS:
            if before in _MARKS:
                return _PAIRS.get(before + char, 1e-5)
            return _MARKS[char] / 1000
        if char.isascii():
            return 0.01
        seen = self._single.get(before, 0.0)
        begins = 0.9 * self._first.get(char, 0.0) / self.total + _ODD
        if not seen:
            return begins
        ends = self._last.get(before, 0.0) / seen
        return self._pairs.get(before + char, 0.0) / seen + max(ends, 0.02) * begins

    @staticmethod
    def _alone(char: str, after: str) -> float:
        """What a character that is a word by itself costs."""
        if char in _NEVER_LAST and after and not "\u3400" <= after <= "\u9fff" and after not in "“《（":
            return 2 * _SINGLE if not after.isalnum() else 0.0
        return 0.0 if char in _ALONE else _SINGLE

    def score(self, text: str) -> float:
        """Log of the probability of the best way to cut a text into words."""
        best = [0.0] + [-math.inf] * len(text)
        for at, char in enumerate(text):
            here = best[at]
            if not "\u3400" <= char <= "\u9fff":
                behind = text[at - 1] if at else ""
                step = math.log(self._chance(behind, char)) if char in _MARKS else _FOREIGN
                if char.isascii() and char.isalpha() and not (behind + text[at + 1 : at + 2]).strip(char).isascii():
                    step = 2 * _FOREIGN  # a letter alone is mostly half of a character
                best[at + 1] = max(best[at + 1], here + step)
                continue
            for end in range(at + 1, min(at + _LONGEST, len(text)) + 1):
                count = self.counts.get(text[at:end])
                if count:
                    found = here + math.log(count) - self._log_total
                    if end == at + 1:
                        found -= self._alone(char, text[end : end + 1])
                elif end == at + 1:
                    found = here + math.log(self._single.get(char, 0.001)) - self._log_total - 3.0
                else:
                    continue
                if found > best[end]:
                    best[end] = found
        return best[-1]


@functools.cache
def load_words() -> Words:
    """The word list, read once (about 0.7 s)."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SourceError(
            say(
                "the word list of jieba is missing, and shifted bytes cannot be repaired; pip install jieba",
                "缺少 jieba 的词表，无法还原错位的字节；请 pip install jieba",
            )
        )
    counts: dict[str, int] = {}
    # Read as data: importing the package would prepare its segmenter.
    with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            count = int(rest.partition(" ")[0])
            if count > 5 and word[0] > "\u2e80":
                counts[word] = count
    for word in _NEWER:
        counts[word] = max(counts.get(word, 0), _NEWER_COUNT)
    return Words(counts)
