"""OPERATES_IN where a sentence comes back to a firm: 其人形机器人, 前者研发A，后者的B, 占A市场七成, 取得A适航证, A市场以甲、乙为主."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import SAME_CLAUSE, SAME_SENTENCE, Rule, Scene

__all__ = ["RULES"]

_MADE = frozenset({"ChainSegment", "Technology"})
_FIRM = frozenset({"Company"})

_ITS = re.compile(
    r"(?:而|且|并且|同时|目前|如今|此外|另外|近年来)?，?(?:其|该公司|该企业|公司)(?:的|自研的?|自主研发的?|研发的|推出的|旗下的?|生产的|打造的|新款|首款|主力|核心|最新|开发的|量产的|供应的|[“\"])*[“\"]?$"
)


def its(scene: Scene) -> None:
    """甲的四足机器人…，其人形机器人…: of the one firm that opens the sentence."""
    for sentence, clause in scene.clauses(_FIRM):
        if "其" not in clause.text and "公司" not in clause.text and "企业" not in clause.text:
            continue
        topic = next((m for m in clause.mentions), None)
        if topic is None or topic.label not in _MADE or scene.is_root(topic):
            continue
        if not _ITS.fullmatch(scene.text[clause.start : topic.start].strip()):
            continue
        firms = [m for c in sentence.clauses if c.end <= clause.start for m in _opening(c)]
        if firms and scene.real(sentence, clause, topic.start):
            scene.link("OPERATES_IN", firms[-1], topic, SAME_SENTENCE)


def _opening(clause: Clause) -> list[Mention]:
    first = next(iter(clause.mentions), None)
    return [first] if first is not None and first.label == "Company" and first.start - clause.start <= 3 else []


_TURN = re.compile(
    r"(?P<who>前者|后者)(?:则|也|已|的|主要|主攻|专注于?|深耕|聚焦于?|研发|研制|开发|推出|生产|从事|做|提供|凭借|以|靠|依靠|发布|擅长|押注|瞄准|布局|自研|打造|量产|主打|一款|首款|新一代|是|[“\"])+(?P<gap>[^，。；]{0,8})"
)


def turns(scene: Scene) -> None:
    """甲、乙各有绝活：前者研发A，后者的B平台…: two firms, one by one."""
    if "前者" not in scene.text and "后者" not in scene.text:
        return
    for sentence, clause in scene.clauses():
        for match in _TURN.finditer(scene.text, clause.start, clause.end):
            topic = next((m for m in clause.mentions if m.start >= match.start("who")), None)
            if topic is None or topic.label not in _MADE or topic.start > match.end() or scene.is_root(topic):
                continue
            pair = _pair(scene, match.start())
            if len(pair) == 2 and scene.real(sentence, clause, match.start()):
                scene.link("OPERATES_IN", pair[match["who"] == "后者"], topic, SAME_SENTENCE)


def _pair(scene: Scene, position: int) -> list[Mention]:
    """The last two firms named together before a position, if no third one stands with them."""
    firms = [m for m in scene.mentions if m.label == "Company" and m.end <= position]
    if not firms:
        return []
    row = [m for m in scene.together(firms[-1], _FIRM) if m.end <= position]
    return row if len(row) == 2 else []


_SHARE = re.compile(
    r"(?:则|也|已|就|独|一家|合计|约)*(?:占据?有?|拿下|包揽|独占|握有|拥有|贡献|斩获|供应|统治|垄断)(?:了|着)?(?:全球|国内|我国|中国|世界|全国|海外|国际|超过|约)*的?(?P<what>[^，。；]{2,16}?)(?:[0-9]{1,3}[%％]|[一二三四五六七八九近过半]+成|市场|份额|出货量|销量|装机量|半壁江山|近半|过半)"
)
_PAPERS = re.compile(
    r"(?:则|也|已|就|率先|先后|成功|于?[0-9]{4}年|[0-9]{1,2}月)*(?:取得|获得|拿到|拿下|获颁|获批|斩获|领到|手握|接到|中标|签下)(?:了|过)?(?:全球|国内|我国|中国|全国|首张|首个|首批|首款|[0-9]+[张份个项])*(?:载人|民用|商用|大型)?(?P<what>[^，。；]{2,14}?)(?:的)?(?:型号|生产|量产|安全|临床|销售)*(?:适航证|合格证|许可证?|认证|注册证|牌照|订单|准入|上市许可|证书|备案|项目|采购|大单)"
)


def holds(scene: Scene) -> None:
    """甲占全球消费级无人机市场七成; 乙取得载人飞行器适航证: what a firm sells, or may sell."""
    for sentence, clause in scene.clauses(_FIRM):
        for firm in clause.mentions:
            if firm.label != "Company":
                continue
            row = [m for m in scene.together(firm, _FIRM) if m.end <= clause.end]
            if firm != row[-1]:
                continue
            for pattern in (_SHARE, _PAPERS):
                match = pattern.match(scene.text, firm.end, clause.end)
                if match is None or not scene.real(sentence, clause, firm.start):
                    continue
                what = scene.inside(match.start("what"), match.end("what"), _MADE)
                for topic in what[-1:]:
                    for one in row if not scene.is_root(topic) else ():
                        scene.link("OPERATES_IN", one, topic, SAME_CLAUSE)


_MAINLY = re.compile(
    r"(?:以|由)(?P<list>[^，。；]{2,50}?)(?:等[^，。；]{0,6}?)?(?:为主|居多|为首|领跑|主导|领衔|唱主角|占据主要份额|占大头)"
)
_MARKET = re.compile(
    r"[^，。；]{0,4}?(?:出货量|出货|市场|市场份额|份额|销量|装机量|厂商|企业|公司|品牌|供应商|玩家|赛道|领域|国产化|供给)"
)


def mainly(scene: Scene) -> None:
    """A出货量…，国产品牌以甲、乙、丙为主: they all make A. Words between the firms may name their series (甲星河、乙云海)."""
    for sentence, clause in scene.clauses(_FIRM):
        for match in _MAINLY.finditer(scene.text, clause.start, clause.end):
            firms = scene.inside(match.start("list"), match.end("list"), _FIRM)
            if not firms or firms[0].start - match.start("list") > 2 or not scene.real(sentence, clause, match.start()):
                continue
            market = _market(scene, sentence, match.start())
            for firm in firms if market is not None else ():
                if market is not None:
                    scene.link("OPERATES_IN", firm, market, SAME_SENTENCE)


def _market(scene: Scene, sentence: Sentence, position: int) -> Mention | None:
    for mention in reversed(scene.inside(sentence.start, position, {"ChainSegment"})):
        if not scene.is_root(mention) and _MARKET.match(scene.text, mention.end, position):
            return mention
    return None


_KNOWN_FOR = re.compile(
    r"(?:则|也|一直|最早|早年|正是|主要)*(?:以|凭借|凭|靠|依靠)(?P<what>[^，。；]{2,16}?)(?:产品|技术|业务)?(?:见长|著称|闻名|起家|打开市场|立足|成名|出圈|为主业|为主营|为核心业务|起步|发家|走红|打响|站稳|崭露头角|为看家本领)(?P<of>的)?"
)
_DOING = re.compile(
    r"(?:做|专做|专注于?|深耕|主攻|主打|主营|从事|专门从事|研发|研制|生产|制造|聚焦|致力于|擅长|开发|提供|押注|专攻|量产|自研)(?P<what>[^，。；的]{2,16}?)(?:研发|业务|产品|领域|赛道|生产|制造|服务|系统|设备|多年|解决方案)*的(?:[\u3400-\u9fff]{0,6}(?:企业|公司|厂商|独角兽|团队))?[“\"]?$"
)
_TITLE = re.compile(
    r"(?:产业|行业|领域|赛道|市场)?的?(?:第一股|鼻祖|先行者|新锐|新秀|黑马|老将|巨头|大厂|独角兽|小巨人|明星企业|头部玩家|厂家|制造商|开发商|供应商|服务商|提供商|隐形冠军|领头羊|领跑者|佼佼者|新贵)[”\"“]*"
)


def known_for(scene: Scene) -> None:
    """甲以A起家; 以A见长的甲; 做A的甲; A第一股甲; 甲（A）."""
    for sentence, clause in scene.clauses(_FIRM):
        for firm in clause.mentions:
            if firm.label != "Company":
                continue
            what = _before_it(scene, clause, firm)
            if (said := _KNOWN_FOR.match(scene.text, firm.end, clause.end)) is not None and said["of"] is None:
                what = scene.inside(said.start("what"), said.end("what"), _MADE)[-1:] or what
            for topic in what:
                if not scene.is_root(topic) and scene.real(sentence, clause, min(topic.start, firm.start)):
                    scene.link("OPERATES_IN", firm, topic, SAME_CLAUSE)


def _before_it(scene: Scene, clause: Clause, firm: Mention) -> list[Mention]:
    """What the words right before a firm say that it does."""
    last = next((m for m in reversed(clause.mentions) if m.end <= firm.start), None)
    if last is None or last.label not in _MADE or firm.start - last.end > 14:
        behind = next((m for m in clause.mentions if m.start == firm.end + 1), None)
        bracket = (
            behind is not None and scene.text[firm.end] in "（(" and scene.text[behind.end : behind.end + 1] in "）)"
        )
        return [behind] if behind is not None and bracket and behind.label in _MADE else []
    if _TITLE.fullmatch(scene.text, last.end, firm.start):
        return [last]
    for match in _KNOWN_FOR.finditer(scene.text, clause.start, firm.start):
        if match["of"] and firm.start - match.end() <= 1:
            return scene.inside(match.start("what"), match.end("what"), _MADE)
    doing = _DOING.search(scene.text, max(clause.start, last.start - 8), firm.start)
    return [last] if doing is not None and doing.start("what") <= last.start else []


RULES: tuple[Rule, ...] = (its, turns, holds, mainly, known_for)
