"""OPERATES_IN, REPRESENTATIVE_OF, SUPPLIES, PROVIDES and HAS_EVENT: what companies do, where they stand for something."""

from __future__ import annotations

import re

from aikg.loaders import identity
from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list
from aikg.loaders.numbers.dates import DateError, parse_date

__all__ = ["RULES"]

_OWN = re.compile(
    r"(?:的|自主|研发的|自研的?|推出的|旗下的?|开发的|生产的|打造的|发布的|自主研发的)*[\s“]*(?:[A-Za-z][A-Za-z0-9\- ]{0,14})?(?:系列|品牌)?"
)
_DOES = re.compile(
    r"(?:专注于?|主营|从事|致力于|深耕于?|聚焦于?|布局|研发|推出|发布|提供|生产|打造|开发|自研|涉足|进军|切入|发力|主攻|专攻|量产|制造|设计|主打|押注|入局|加码|覆盖|训练|下线|交付|出货|量产交付|研制|自主研发|业务涵盖|主要产品(?:为|有|包括)|业务包括)(?:了|出)?"
)
_NOT_ITS_PRODUCT = re.compile(r"^(?:《|报告|公告|数据|年报|财报|白皮书|人才|资金)")
_AS_EXAMPLE = re.compile(r"以(?P<list>[^，。；]{2,60}?)等?为(?:典型)?代表")
_REPRESENT = re.compile(
    r"(?:代表性?企业|龙头企业|典型企业|领军企业|骨干企业|头部企业|代表厂商|代表公司|知名企业|重点企业)(?:主要)?(?:有|包括|为|是|如|包含|：|:)|(?:涌现出|涌现|培育出|培育|诞生|孕育|走出|集聚|聚集|汇聚|拥有|挤满|云集|坐拥|吸引|引育)(?:了|有|出)?"
)
_LIST_OF_FIRMS = re.compile(r"^(?:等|等等)[^，。；]{0,16}?(?:企业|公司|厂商|巨头|独角兽|龙头|大厂)")
_THESE = re.compile(r"(?:这些|上述|该|此类|相关|这一|其中|两大|各)(?:赛道|领域|产业|行业|环节|细分领域|方向)")
_SEGMENT_HEAD = frozenset({"ChainSegment", "ChainLayer"})
_PROVINCES = {
    "京": "110000", "津": "120000", "冀": "130000", "晋": "140000", "沪": "310000", "苏": "320000", "浙": "330000", "皖": "340000", "闽": "350000",
    "赣": "360000", "鲁": "370000", "豫": "410000", "鄂": "420000", "湘": "430000", "粤": "440000", "桂": "450000", "琼": "460000", "渝": "500000",
    "川": "510000", "蜀": "510000", "黔": "520000", "滇": "530000", "陕": "610000", "秦": "610000", "甘": "620000", "辽": "210000", "吉": "220000", "黑": "230000",
    "杭": "330100", "甬": "330200", "深": "440300", "穗": "440100", "蓉": "510100", "宁": "320100", "汉": "420100",
}  # fmt: skip
_MADE_IN = re.compile(
    rf"[“\"](?P<where>[{''.join(_PROVINCES)}])(?:产|系|造|企|商)[”\"]|(?<=[一-鿿、等])(?P<bare>[{''.join(_PROVINCES)}])(?:企|系)(?=[^\u4e00-\u9fff]|企业|公司|代表|军团)"
)


def products(scene: Scene) -> None:
    """强脑科技智能仿生手: what stands right behind a company's name is its product; 优必选专注于人形机器人."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for company in clause.mentions:
            if company.label != "Company":
                continue
            behind = next((m for m in clause.mentions if m.start >= company.end and m.label in TOPICS), None)
            if (
                behind is not None
                and _OWN.fullmatch(scene.text[company.end : behind.start])
                and not scene.is_root(behind)
            ):
                rest = scene.text[behind.end : clause.end]
                if not re.match(
                    r"(?:公司|企业|集团|研究院|实验室|事业部|团队|领域|行业|产业|业务|和|与|总|首席|方面|专家|科学家|联盟|大会|论坛|峰会)",
                    rest,
                ) or rest.startswith(("和", "与", "业务", "领域")):
                    scene.link(
                        "OPERATES_IN", company, behind, SAME_CLAUSE if company.end == behind.start else SAME_SENTENCE
                    )
        for match in _DOES.finditer(scene.text, clause.start, clause.end):
            if _NOT_ITS_PRODUCT.match(scene.text[match.end() : clause.end]) or not scene.real(
                sentence, clause, match.start()
            ):
                continue
            subjects, sure = scene.subjects(sentence, clause, match.start(), frozenset({"Company"}))
            if not subjects or sure <= CONTEXT:
                continue
            for topic in read_list(scene, match.end(), clause.end, new=False).topics:
                for company in subjects:
                    if not scene.is_root(topic):
                        scene.link("OPERATES_IN", company, topic, sure)


def representatives(scene: Scene) -> None:
    """以A、B为代表; 代表企业有A、B; 涌现出A、B等企业: of the segments, layers and places that the sentence is about."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for match in _AS_EXAMPLE.finditer(scene.text, clause.start, clause.end):
            companies = scene.inside(match.start("list"), match.end("list"), {"Company"})
            if companies and scene.real(sentence, clause, match.start()):
                _represent(scene, sentence, clause, match.start(), companies, after=match.end())
        _kinds_of_firm(scene, sentence, clause)
        for match in _REPRESENT.finditer(scene.text, clause.start, clause.end):
            companies = _firms(scene, sentence, match.end(), bare=scene.text[match.start()] not in "代龙典领骨头知重")
            if companies and scene.real(sentence, clause, match.start()):
                _represent(scene, sentence, clause, match.start(), companies)
        for match in _MADE_IN.finditer(scene.text, clause.start, clause.end):
            place = scene.place(scene.places.get(_PROVINCES[match["where"] or match["bare"]]))
            for company in _before(scene, sentence, match.start()):
                scene.link("LOCATED_IN", company, place, SAME_SENTENCE)
                scene.link("REPRESENTATIVE_OF", company, place, SAME_SENTENCE)


_FIRM_KIND = re.compile(
    r"^(?:产业|领域|行业|类|芯片|技术|赛道)*(?:领域)?的?(?:代表性?|龙头|头部|领军|骨干|独角兽|初创|创新|重点|优质|知名|上市|科技)*(?:企业|公司|厂商|龙头|独角兽|巨头|供应商|开发商|制造商|玩家|运营商|服务商)"
)
_STAGE = re.compile(r"(?:环节|领域|赛道|行业|板块|方面|产业)的?(?:龙头|代表|头部|领先|骨干)?(?:企业|公司|厂商)?")
_HELD_BY = re.compile(r"(?:市场|领域|环节|赛道|份额)?(?:主要|高度|仍)?(?:由|被|依赖|来自|出自)$")


def _kinds_of_firm(scene: Scene, sentence: Sentence, clause: Clause) -> None:
    """以A、B为代表的X企业; A、B等X企业; X企业A、B; X市场由A、B主导: what the firms of a list make."""
    done: set[int] = set()
    held = _held_before(sentence, clause)
    for mention in clause.mentions:
        if mention.label != "Company" or mention.start in done:
            continue
        row = [m for m in scene.together(mention) if m.start >= clause.start and m.end <= clause.end]
        done.update(m.start for m in row)
        behind = next((m for m in clause.mentions if m.start >= row[-1].end and m.label in TOPICS), None)
        topic = None
        if behind is not None and re.fullmatch(
            r"(?:等|为代表的?|等为代表的?)[\u3400-\u9fff]{0,6}", scene.text[row[-1].end : behind.start]
        ):
            topic = behind if _FIRM_KIND.match(scene.text[behind.end : clause.end]) else None
        before = [m for m in clause.mentions if m.end <= row[0].start and m.label in TOPICS]
        if topic is None and before:
            between = scene.text[before[-1].end : row[0].start]
            kind = _FIRM_KIND.match(between)
            if (
                (kind is not None and len(between) - kind.end() <= 1)
                or _HELD_BY.fullmatch(between)
                or _STAGE.fullmatch(between)
            ):
                topic = before[-1]
        chases = topic is None and _CHASES.match(scene.text[row[-1].end : clause.end]) is not None
        topic = held if chases else topic
        if topic is None or scene.is_root(topic) or not scene.real(sentence, clause, row[0].start):
            continue
        for company in row:
            scene.link("OPERATES_IN", company, topic, SAME_CLAUSE)
            if not chases:
                scene.link("REPRESENTATIVE_OF", company, topic, SAME_SENTENCE)


_CHASES = re.compile(
    r"(?:等[^，。；]{0,6})?(?:正在|也在|正|也|则|加速|奋力|加紧|加快|逐步|持续)*(?:追赶|跟进|突围|赶超|入局)"
)


def _held_before(sentence: Sentence, clause: Clause) -> Mention | None:
    """X由A、B主导，国内企业C正在追赶: the topic of the clause before, where firms hold it."""
    earlier = [c for c in sentence.clauses if c.end <= clause.start]
    topics = [m for m in earlier[-1].mentions if m.label in TOPICS] if earlier else []
    firms = [m for m in earlier[-1].mentions if m.label == "Company"] if earlier else []
    return topics[-1] if topics and firms and topics[-1].end <= firms[0].start else None


def _firms(scene: Scene, sentence: Sentence, start: int, *, bare: bool) -> list[Mention]:
    """The companies listed behind `start`. A bare verb (拥有, 集聚) counts only with 等企业 behind the list."""
    found: list[Mention] = []
    at = start
    for mention in scene.inside(start, sentence.end):
        between = scene.text[at : mention.start]
        if mention.label != "Company" or len(between) > (14 if not found else 6) or re.search(r"[。；]", between):
            break
        if found and not re.fullmatch(r"[\s、和与及以]*", between):
            break
        found.append(mention)
        at = mention.end
    if (
        bare
        and found
        and not _LIST_OF_FIRMS.match(scene.text[at : sentence.end])
        and not re.search(r"企业|公司|巨头|龙头|独角兽", scene.text[start : found[0].start])
    ):
        return []
    return found


def _heads(scene: Scene, clause: Clause, after: int) -> Mention | None:
    """以甲为代表的A: the segment right behind says what they stand for, whatever else the clause names."""
    behind = next((m for m in clause.mentions if m.start >= after), None)
    if behind is None or behind.label != "ChainSegment" or scene.is_root(behind):
        return None
    return behind if re.fullmatch(r"的(?:[\u3400-\u9fff]{0,4})", scene.text[after : behind.start]) else None


def _represent(
    scene: Scene, sentence: Sentence, clause: Clause, cue: int, companies: list[Mention], after: int | None = None
) -> None:
    if after is not None and (own := _heads(scene, clause, after)) is not None:
        for company in companies:
            scene.link("REPRESENTATIVE_OF", company, own, SAME_CLAUSE)
            scene.link("OPERATES_IN", company, own, SAME_CLAUSE)
        return
    wholes: list[tuple[Mention, float]] = []
    before = [m for m in clause.mentions if m.end <= cue]
    these = _THESE.search(scene.text, clause.start, cue)
    if these is not None:
        earlier = [c for c in sentence.clauses if c.end <= clause.start and any(m.label in TOPICS for m in c.mentions)]
        wholes += [(m, SAME_SENTENCE) for m in (_last_list(scene, earlier[-1]) if earlier else [])]
    segments = [m for m in before if m.label in _SEGMENT_HEAD and not scene.is_root(m)]
    if segments and not wholes:
        wholes.append((segments[-1], SAME_CLAUSE))
    if after is not None and not wholes:
        behind = [
            m
            for m in clause.mentions
            if m.start >= after and m.label in _SEGMENT_HEAD and m.start - after <= 6 and not scene.is_root(m)
        ]
        wholes += [(m, SAME_CLAUSE) for m in behind[:1]]
    places, sure = ([], CONTEXT) if these is not None else scene.subjects(sentence, clause, cue, PLACES | {"Park"})
    wholes += [
        (p, sure)
        for p in places
        if p.label in PLACES and not scene.is_everywhere(p) and (sure > CONTEXT or p in scene.mentions)
    ]
    if not segments and not places:
        earlier_layers = [
            m
            for c in sentence.clauses
            if c.end <= clause.start
            for m in c.mentions
            if m.label in _SEGMENT_HEAD and not scene.is_root(m)
        ]
        wholes += [(m, SAME_SENTENCE) for m in earlier_layers[-1:]]
    for company in companies:
        for whole, how in wholes:
            scene.link("REPRESENTATIVE_OF", company, whole, how)
            if whole.label == "ChainSegment":
                scene.link("OPERATES_IN", company, whole, how)


def _last_list(scene: Scene, clause: Clause) -> list[Mention]:
    topics = [m for m in clause.mentions if m.label in TOPICS]
    found = topics[-1:]
    for topic in reversed(topics[:-1]):
        if not re.fullmatch(r"[\s、和与及以”“]*", scene.text[topic.end : found[0].start]):
            break
        found.insert(0, topic)
    return found


def _before(scene: Scene, sentence: Sentence, until: int) -> list[Mention]:
    """The companies of the list that ends at `until`; each may have its product behind it."""
    found: list[Mention] = []
    at = until
    for mention in reversed([m for m in sentence.mentions if m.end <= until]):
        if mention.label not in TOPICS | {"Company"} or not re.fullmatch(
            r"[\s、和与及等的“”]*(?:一批)?", scene.text[mention.end : at]
        ):
            break
        at = mention.start
        if mention.label == "Company":
            found.insert(0, mention)
    return found


_SUPPLY = re.compile(r"(?:向|为|给)(?P<to>[^，。；]{2,20}?)(?:供应|供货|提供|采购)(?:了)?(?P<what>[^，。；]{0,20})")
_PROVIDE = re.compile(r"(?:供应|供货|提供|供给|出货)(?:了)?(?:全球|全国)?")


def supplies(scene: Scene) -> None:
    """A向B供应X: company to company; A供应X: what it provides."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for match in _SUPPLY.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            givers, sure = scene.subjects(sentence, clause, match.start(), frozenset({"Company"}))
            takers = scene.inside(match.start("to"), match.end("to"), {"Company"})
            product = next(iter(scene.inside(match.start("what"), match.end("what"), TOPICS)), None)
            for giver in givers if sure > CONTEXT else ():
                if product is not None and not scene.is_root(product):
                    scene.link("PROVIDES", giver, product, sure)
                for taker in takers:
                    scene.link("SUPPLIES", giver, taker, sure, product=product.name if product else None)


_LISTED = re.compile(
    r"(?:在|于|登陆|登录)?(?P<market>港交所|香港联交所|香港交易所|科创板|创业板|上交所|深交所|北交所|纳斯达克|纽交所|主板|新三板|A股|港股|美股)?(?:主板|挂牌|正式|成功)*上市(?!公司|企业|辅导|申请|计划|标准|培育|后|前)"
)
_FINANCED = re.compile(
    r"(?:完成|获得?|宣布完成|获)(?:了)?(?:(?P<amount>[约近超逾数]?[0-9.]*[数]?(?:千万|亿|万|百万)?(?:美元|元人民币|元|港元|人民币))(?:的)?)?(?P<round>(?:天使|种子|Pre-[A-Z]|[A-H][0-9]?\+*|战略|股权|首)轮?)(?:轮)?(?:战略)?融资"
)
_DATE = re.compile(r"\d{4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?")
_CURRENCY = (("美元", "USD"), ("港元", "HKD"), ("元", "CNY"), ("人民币", "CNY"))


def events(scene: Scene) -> None:
    """X于2023年5月登陆科创板上市; X完成数亿元B轮融资."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for pattern, kind, word in ((_LISTED, "上市", "上市"), (_FINANCED, "融资", "融资")):
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                if not scene.real(sentence, clause, match.start()) or re.search(
                    r"(?:拟|计划|筹备|冲刺|申请|将|谋求|寻求|推动|有望)[^，。]{0,8}$",
                    scene.text[clause.start : match.start()],
                ):
                    continue
                subjects, sure = scene.subjects(sentence, clause, match.start(), frozenset({"Company"}))
                if len(subjects) != 1 or sure <= CONTEXT:
                    continue
                date = _date(scene, sentence, match.start())
                if date is None and word == "上市":
                    continue
                _event(scene, subjects[0], kind, date, match, sure)


def _date(scene: Scene, sentence: Sentence, until: int) -> str | None:
    found = _DATE.findall(scene.text[sentence.start : until])
    try:
        return parse_date(found[-1].strip()) if found else None
    except DateError:
        return None


def _event(scene: Scene, company: Mention, kind: str, date: str | None, match: re.Match[str], sure: float) -> None:
    name = f"{company.name}{kind}" + (f"（{date}）" if date else "")
    code = {"上市": "listing", "融资": "financing"}[kind]
    amount = match.groupdict().get("amount")
    currency = next((c for word, c in _CURRENCY if amount and amount.endswith(word)), None)
    id_ = identity.entity_id("Event", scene.schema.labels["Event"].id_prefix, name, key=(name, code, date))
    passage = scene.discourse.passage
    origin = scene.prose.origin(passage.line, passage.heading, confidence=sure)
    scene.records.entity(
        "Event", id_, name, origin, properties={"kind": code, "date": date, "currency": currency, "amount_text": amount}
    )
    scene.records.link("HAS_EVENT", scene.id(company), id_, origin)


RULES: tuple[Rule, ...] = (products, representatives, supplies, events)
