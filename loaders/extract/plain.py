"""Words that name a topic but that texts use in passing: 人工智能 in a text on AI says nothing until something is told of it."""

from __future__ import annotations

import re

from aikg.loaders.extract.mentions import Mention
from aikg.loaders.records import Records

__all__ = ["is_plain", "settle", "used"]

_TOPICS = frozenset({"ChainSegment", "Technology", "Industry", "ApplicationField", "ApplicationScenario"})
_WORDS = re.compile(
    r"(?:通用|强|弱|新一代|工业|国产)?人工智能(?:产业链?|治理|硬件|软件|技术|安全|产品|应用|服务|系统|平台|企业)?|AI(?:产业链?|技术|硬件|软件|产品|应用)?"
    r"|(?:国产|智能|高性能|通用|普惠|公共|自主)?算力(?!芯片|券|租赁)(?:中心|平台|网络|集群|底座|服务|设施|基础设施|资源|产业链?|网|调度|枢纽)?"
    r"|(?:大型|超大型|绿色)?数据中心|智算中心|智能计算中心|超算中心|计算中心|智算|超算|服务器集群"
    r"|数据(?!标注|库)(?:集|采集|清洗|存储|要素|资产|资源|安全|交易|仓库|中心|流通|要素流通|分析|处理|共享|训练|服务)?|工业大数据"
    r"|(?:核心|智能|人工智能)?算法|(?:行业|AI|智能)?模型(?:训练|推理)?|行业大模型|智能模型|智能大模型|互联网|智能芯片|人机交互|开源框架"
    r"|智能网联|智能化?|智慧园区|智慧工厂|智能终端产品|智能产品|AI智能终端|智能系统|场景应用|应用场景|生产流程|个性化推荐服务|系统集成|决策智能|多模态智能"
    r"|数字经济|数字产业|数字技术|制造业|服务业|农业|工业|战略性新兴产业|未来产业|高新技术产业|高技术产业|传统产业|先进制造业|软件和信息(?:技术)?服务业|软件业|信息产业|汽车工业|电子商务|外贸|检验检测|军工|金融业"
    r"|[\u3400-\u9fff]{2,5}产业链"
)
_COUNTRY = frozenset({"全国", "国内", "全国性", "举国"})
_FIGURES = ("OBSERVED", "TARGETS")


def is_plain(mention: Mention, text: str) -> bool:
    """Whether the thing is worth telling only where a relation or a figure needs it. `text` is what stands there.

    >>> (
    ...     is_plain(Mention(0, 4, "ChainSegment", "人工智能"), "人工智能"),
    ...     is_plain(Mention(0, 2, "Technology", "芯粒"), "芯粒"),
    ... )
    (True, False)
    """
    if mention.label == "Country":
        return text in _COUNTRY
    return mention.label in _TOPICS and (_WORDS.fullmatch(mention.name) is not None)


def settle(records: Records, plain: frozenset[str]) -> None:
    """Figures that a named thing has are not told of a plain word beside it."""
    for kind in _FIGURES:
        links = records.links.get(kind)
        if not links:
            continue
        named = {link["object"] for link in links if link["subject"] not in plain}
        records.links[kind] = [link for link in links if link["subject"] not in plain or link["object"] not in named]


def used(records: Records) -> frozenset[str]:
    """The ids that links name."""
    return frozenset(
        end for links in records.links.values() for link in links for end in (link["subject"], link["object"])
    )
