"""Programmes: pilot and test zones, named plans and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["programmes"]

# One name for the ways in which a programme of the state is written.
_STATE = (
    (re.compile(r"(?:国家级?)?(?:新一代)?人工智能创新应用先导区"), "国家人工智能创新应用先导区"),
    (re.compile(r"(?:国家级?)?(?:新一代)?人工智能创新发展试验区"), "国家新一代人工智能创新发展试验区"),
    (re.compile(r"国家级?车联网先导区"), "国家车联网先导区"),
)
_NATIONAL = re.compile(
    r"国家级?[^，。；、！？“”《》（）()\s的了在是有]{2,18}?(?:先导区|试验区|示范区|试点城市|示范城市|示范基地|创新中心|枢纽节点|节点城市|产业集群|战略性新兴产业集群|综合试验区|改革试点|试点)"
)
_QUOTED = re.compile(
    r"(?P<head>[\u3400-\u9fff]{0,8}?)[“\"](?P<name>[^“”\"，。；]{2,16})[”\"](?P<tail>现代化产业体系|产业体系|产业集群体系|计划|工程|行动计划|行动|专项行动|专项|项目|战略|试点|培育工程|集群)"
)
_QUOTED_NAME = re.compile(r"[“\"](?P<name>[^“”\"，。；]{2,14}(?:计划|工程|行动|专项))[”\"]")
_HEAD = re.compile(r"(?:未来产业|人才|国家|省级?|市级?|产业|企业|科技|数字经济|创新)$")
_NO_NAME = re.compile(r"^(?:人工智能\+?|AI\+?|智能\+?|互联网\+?)$")


def programmes(view: View) -> Iterator[Mention]:
    """国家人工智能创新应用先导区, “东数西算”工程, “星火计划”."""
    text = view.text
    for pattern, name in _STATE:
        for match in pattern.finditer(text):
            aliases = (match[0],) if match[0] != name else ()
            yield Mention(match.start(), match.end(), "Programme", name, aliases=aliases, confidence=0.85)
    for match in re.finditer(r"(?<=与)创新发展试验区|(?<=、)创新发展试验区", text):
        if "创新应用先导区" in text:  # the head of the name stands once before both
            yield Mention(match.start(), match.end(), "Programme", "国家新一代人工智能创新发展试验区", aliases=(match[0],), confidence=0.75)
    for match in _NATIONAL.finditer(text):
        yield Mention(match.start(), match.end(), "Programme", identity.clean_name(match[0]), confidence=0.7)
    for match in _QUOTED.finditer(text):
        if _NO_NAME.match(match["name"]) or "规划" in match["name"] or re.fullmatch(r"十[一二三四五]五", match["name"]):
            continue
        bare = match["name"] + match["tail"]
        yield Mention(match.start("name") - 1, match.end(), "Programme", f"“{match['name']}”{match['tail']}", aliases=(bare, match["name"]), confidence=0.75)
    for match in _QUOTED_NAME.finditer(text):
        start = match.start()
        head = _HEAD.search(text[max(0, start - 6) : start])
        name = (head[0] if head else "") + f"“{match['name']}”" if head else match["name"]
        yield Mention(start, match.end(), "Programme", name, aliases=(match["name"],), confidence=0.75)
