"""The converter that damaged the web's texts, forwards: what the repair is measured against.

It follows what can be read off damaged pages (GBK bytes, boundaries ignored): Simplified characters become
Traditional ones, a reading goes behind every pair of bytes that looks like a listed character, marks are narrowed,
and what is no character any more becomes ``?`` or vanishes.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import opencc

# What damaged pages have in brackets, in the order in which the converter went through its list.
READINGS = dict(
    re.findall(
        r"(\S):(\S+)",
        "數:shù 權:quán 說:shuō 內:nèi 請:qǐng 進:jìn 報:bào 認:rèn 領:lǐng 簡:jiǎn 產:chǎn 業:yè 區:qū 發:fā 項:xiàng 來:lái "
        "國:guó 實:shí 經:jīng 濟:jì 臺:tái 規:guī 關:guān 轉:zhuǎn 導:dǎo 見:jiàn 動:dòng 創:chuàng 計:jì 強:qiáng 調:diào "
        "構:gòu 術:shù 場:chǎng 應:yīng 態:tài 續:xù 質:zhì 現:xiàn 級:jí 開:kāi 過:guò 務:wù 農:nóng 個:gè 獻:xiàn 時:shí "
        "協:xié 問:wèn 統:tǒng 驅:qū 識:shí 機:jī 戰:zhàn 門:mén 運:yùn 營:yíng 優:yōu 學:xué 競:jìng 爭:zhēng 標:biāo 長:zhǎng "
        "點:diǎn 醫:yī 習:xí 據:jù 結:jié 驗:yàn 訓:xùn 負:fù 責:zé 設:shè 礎:chǔ 網:wǎng 絡:luò 聯:lián 養:yǎng 復:fù 護:hù "
        "萬:wàn 達:dá 對:duì 細:xì 環:huán 堅:jiān 語:yǔ 覺:jué 預:yù 測:cè 遠:yuǎn 監:jiān 準:zhǔn 側:cè 蟲:chóng 擴:kuò "
        "勢:shì 獨:dú 價:jià 陽:yáng 庫:kù 風:fēng 節:jié 財:cái 評:píng 儲:chǔ 錢:qián 險:xiǎn 會:huì 購:gòu 費:fèi 倉:cāng "
        "貿:mào 書:shū 團:tuán 無:wú 頁:yè 沒:méi 當:dāng 擔:dān 樹:shù 聽:tīng 穩:wěn 衛:wèi 鎮:zhèn 號:hào 誰:shuí 嚴:yán "
        "補:bǔ 執:zhí 績:jī 謹:jǐn 驟:zhòu 極:jí",
    )
)
# Simplified characters that it leaves as they are.
LEFT = frozenset("于后里云并范制托干只系面台丰谷")
_NARROWED = {b"\xa3\xa1": b"!", b"\xa3\xbb": b";", b"\xa3\xbf": b"?"}
_PRIVATE = {*range(0xAA, 0xB0), *range(0xF8, 0xFF)}


@dataclass(frozen=True)
class Habits:
    """How one copy of the converter goes about it."""

    brackets: bool = True
    narrow: bool = True
    silent: bool = False  # a lost byte leaves no question mark, and its bracket stays whole
    keeps_private: bool = False
    shifts: bool = True  # False: characters are respected, as most converters do


@functools.cache
def _to_traditional() -> object:
    return opencc.OpenCC("s2t")


@functools.lru_cache(maxsize=10_000)
def traditional(char: str) -> str:
    """The Traditional form of one character, as the converter has it."""
    if char in LEFT or char.isascii():
        return char
    if char == "着":
        return "著"
    made = str(_to_traditional().convert(char))  # type: ignore[attr-defined]
    return made if len(made) == 1 and len(made.encode("gbk", "ignore")) == 2 else char


def forward(text: str, habits: Habits = Habits()) -> str:
    """A clean Simplified text as the converter leaves it, line by line.

    >>> forward("产业西部仅为")
    '產(chǎn)業(yè)西部?jī)H為'
    """
    return "\n".join(_line(line, habits) for line in text.split("\n"))


def _line(line: str, habits: Habits) -> str:
    text = "".join(map(traditional, line))
    if habits.narrow:
        text = text.translate({ord("，"): ",", ord("："): ":"})
    if not habits.shifts:
        if habits.brackets:
            text = "".join(f"{char}({READINGS[char]})" if char in READINGS else char for char in text)
        return text.translate(dict(zip(map(ord, "！；？"), "!;?", strict=True))) if habits.narrow else text
    done: list[str] = []
    for part, inside in _parts(text):
        done.append(_bytes(part, habits) if inside else part)
    return "".join(done)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Stretches that GBK can hold and those that it cannot."""
    parts: list[tuple[str, bool]] = []
    for char in text:
        inside = bool(char.encode("gbk", "ignore"))
        if parts and parts[-1][1] == inside:
            parts[-1] = (parts[-1][0] + char, inside)
        else:
            parts.append((char, inside))
    return parts


def _bytes(text: str, habits: Habits) -> str:
    data = text.encode("gbk")
    if habits.narrow:
        for wide, narrow in _NARROWED.items():
            data = data.replace(wide, narrow)
    if habits.brackets:
        for number, char in enumerate(READINGS):
            # Numbers below 0x20 are no byte of a character: two of them stand for a reading.
            data = data.replace(
                char.encode("gbk"), char.encode("gbk") + bytes((0x28, 1 + number // 24, 1 + number % 24, 0x29))
            )
    return _decoded(data, habits)


def _decoded(data: bytes, habits: Habits) -> str:
    readings = list(READINGS.values())
    made: list[str] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if 0 < byte < 0x19 and at + 1 < len(data) and data[at + 1] < 0x19:
            made.append(readings[(byte - 1) * 24 + data[at + 1] - 1])
            at += 2
            continue
        if byte < 0x80:
            made.append(chr(byte))
            at += 1
            continue
        pair = data[at : at + 2]
        try:
            made.append(pair.decode("gbk"))
            at += 2
            continue
        except UnicodeDecodeError:
            pass
        if len(pair) == 2 and byte in _PRIVATE and pair[1] >= 0xA1:
            if habits.keeps_private:
                row = sorted(_PRIVATE).index(byte)
                made.append(chr(0xE000 + row * 94 + pair[1] - 0xA1))
            at += 2
            continue
        at += 1
        if habits.silent:
            continue
        made.append("?")
        if pair[1:] in (b"(", b"<"):
            at += 1
    return "".join(made)
