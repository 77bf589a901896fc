"""Topics: segments, technologies, industries, fields and scenarios, from the ontology's words and from lists of topics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["known_names", "plus_topics"]

_PLUS = re.compile(r"[“\"]?(?P<name>(?:人工智能|AI|智能)\s?[+＋]\s?[\u3400-\u9fffA-Za-z0-9]{1,8}?)[”\"]")
_PLUS_BARE = re.compile(r"(?:人工智能|AI)\s?[+＋]\s?(?:先进制造|高端制造|制造|医疗|教育|金融|交通|农业|物流|能源|文旅|政务|工业|服务|汽车|种业|装备制造|信息技术|数字经济|软件|6G|5G|消费|科研|治理|民生|电网|法律|广告|影视|机器人|安防)(?:业)?")


def known_names(lexicon: Lexicon) -> Callable[[View], Iterable[Mention]]:
    """A recogniser of all names of a lexicon, the longest at each place."""

    def find(view: View) -> Iterator[Mention]:
        yield from lexicon.find(view.text)

    return find


def plus_topics(view: View) -> Iterator[Mention]:
    """“AI+制造”, “人工智能+”高端制造: what a place bets on, under the name that the text uses."""
    for pattern in (_PLUS, _PLUS_BARE):
        for match in pattern.finditer(view.text):
            name = (match["name"] if "name" in match.groupdict() else match[0]).replace(" ", "").replace("＋", "+")
            start = match.start("name") if "name" in match.groupdict() else match.start()
            end = match.end("name") if "name" in match.groupdict() else match.end()
            yield Mention(start, end, "ChainSegment", name, confidence=0.75)
