"""Where the name of a body or a post begins, read from right to left: 会见了杭州之江实验室 → 杭州之江实验室."""

from __future__ import annotations

import functools
import re

from .lexicon import part_of_speech, tagged, words

_BREAKERS = words("post_breakers.txt")
_BREAKING_CHARS = frozenset(word for word in _BREAKERS if len(word) == 1)
_PLACE_LIKE_VERBS = frozenset(
    [
        "跃进",
        "胜利",
        "奋进",
        "前进",
        "奋斗",
        "团结",
        "和平",
        "开源",
        "启航",
        "远航",
        "创维",
        "腾飞",
        "振兴",
        "复兴",
        "向阳",
        "长征",
        "长城",
        "卓越",
        "超越",
        "领航",
    ]
)
# Words that the cutter may tear apart or misread, kept whole.
_WHOLE = re.compile(
    r"((?:发展和改革|文化和旅游|人力资源和社会保障|住房和城乡建设|自然资源和规划|工业和信息化|教育和体育|民族和宗教)(?:委员会|局|厅)?|经开区|经开|高新区|开发区|自贸区|自贸片区|示范区|保税区|新区|党工委|管委会|人大工委)"
)
# A count or a date before a name is no part of it: 8个社区, 2020年第一批招商项目, 第二名消防救援大队.
_COUNT = re.compile(
    r"\d+(?:[.,]\d+)?(?:余|多)?(?:[年月日时分个家名台万亿%％元余次件项所座条位批种届场户支岁吨]|公里|平方米)|"
    r"(?:19|20)\d\d年度?|第[一二三四五六七八九十百\d]+(?:批|季度|次|届|名|位|个|家)|[一二两三四五六七八九十几数多]+[个家名批位所座条]|[特一二三四]等奖"
)
_ORDINAL = re.compile(r"[一二三四五六七八九十]+(?:期|号|中|小|院|医|局|厂|所|分|建|冶|航|级|公司)?$")
_STOPS = frozenset("兼，。、；：！？“”‘’《》〈〉【】（）()[]…—#＃ \n,;:!?|/　~～→■●◆▲★☆□○◇△")
# Verbs that are at home in the names of bodies; other verbs end a name.
_NAME_VERBS = frozenset(
    [
        "投资",
        "促进",
        "管理",
        "监督",
        "服务",
        "发展",
        "建设",
        "保障",
        "监管",
        "执法",
        "救援",
        "招商",
        "审批",
        "规划",
        "应急",
        "研究",
        "检验",
        "检测",
        "认证",
        "运营",
        "交易",
        "防控",
        "指挥",
        "推进",
        "改革",
        "创新",
        "治理",
        "保护",
        "宣传",
        "组织",
        "统战",
        "纪检",
        "监察",
        "巡察",
        "审计",
        "统计",
        "征收",
        "拆迁",
        "安置",
        "开发",
        "合作",
        "交流",
        "培训",
        "教育",
        "就业",
        "创业",
        "控股",
        "租赁",
        "设计",
        "制造",
        "销售",
        "供应",
        "运输",
        "环卫",
        "养护",
        "维修",
        "安装",
        "装饰",
        "勘测",
        "勘察",
        "测绘",
        "咨询",
        "评估",
        "鉴定",
        "仲裁",
        "调解",
        "公证",
        "救助",
        "扶贫",
        "振兴",
        "消防",
        "缉毒",
        "巡警",
        "特警",
        "护理",
        "康复",
        "急救",
        "接待",
        "采购",
        "招标",
        "储备",
        "结算",
        "支付",
        "出版",
        "发行",
        "传播",
        "广播",
        "播音",
        "放映",
        "演艺",
        "体验",
        "孵化",
        "加速",
        "实验",
        "试验",
        "示范",
        "观测",
        "监测",
        "预警",
        "调度",
        "整治",
        "清理",
        "攻坚",
        "专班",
        "联合",
        "联动",
        "协调",
        "协同",
        "统筹",
        "信访",
        "接访",
        "督查",
        "督导",
        "考核",
        "评价",
        "登记",
        "备案",
        "不动产",
        "托育",
        "托管",
        "养老",
        "助残",
        "志愿",
        "领导",
        "工作",
        "安委",
        "研发",
        "集成",
        "控制",
        "印刷",
        "包装",
        "精密",
        "循环",
        "回收",
        "利用",
        "处理",
        "净化",
        "供水",
        "供热",
        "供电",
        "供气",
        "排水",
        "污水",
        "通信",
        "联通",
        "移动",
        "铁塔",
        "集采",
        "生产",
        "加工",
        "冶炼",
        "铸造",
        "锻造",
        "焊接",
        "生活",
        "体育",
        "健身",
        "生育",
        "妇幼",
        "保健",
        "防治",
        "防疫",
        "监控",
        "戒毒",
        "看守",
        "拘留",
        "交管",
        "管控",
        "出入境",
        "移民",
        "通关",
        "报关",
        "保税",
        "物流",
        "仓储",
        "配送",
        "联盟",
        "研究会",
        "研究",
        "预备",
        "创造",
        "发明",
        "复兴",
        "助理",
        "观察",
        "出发",
        "承办",
        "联络",
        "承揽",
        "代办",
        "帮办",
        "经营",
        "市场",
        "公交",
        "解放",
        "红旗",
        "建筑",
        "施工",
        "咨询",
        "保安",
        "押运",
        "保险",
        "担保",
        "信托",
        "质量",
        "计量",
        "标准",
        "监理",
        "造价",
        "绿化",
        "亮化",
        "退役",
        "军人",
        "优抚",
        "双拥",
        "支前",
        "征兵",
        "人防",
        "防空",
        "防汛",
        "抗旱",
        "防震",
        "减灾",
        "抗震",
        "防火",
        "护林",
        "造林",
        "育种",
        "育苗",
        "养殖",
        "种植",
        "屠宰",
        "检疫",
        "搬迁",
        "移民",
        "扶持",
        "安全",
        "信用",
        "法制",
        "普法",
        "执行",
        "审判",
        "起诉",
        "公诉",
        "侦查",
        "检察",
        "批捕",
        "反贪",
        "反诈",
        "禁毒",
        "治安",
        "刑侦",
        "经侦",
        "网安",
        "交警",
        "法治",
        "总",
        "工会",
        "团委",
        "妇联",
        "科协",
        "侨联",
        "残联",
        "文联",
        "红十字",
        "慈善",
    ]
)


def clause_start(text: str, position: int) -> int:
    """Start of the run without punctuation that ends at `position`; a short （扩大） inside a name is passed over."""
    start = position
    while start > 0:
        char = text[start - 1]
        if char == "）":
            opening = text.rfind("（", max(0, start - 10), start)
            if opening > 0 and not set("、，：") & set(text[opening:start]):
                start = opening
                continue
        if char in _STOPS:
            break
        start -= 1
    # ——记某某医院护士长: the verb of a subtitle.
    if text.startswith("记", start) and text[start - 1 : start] == "—":
        start += 1
    return start


def _breaks(word: str, tag: str, following: str) -> bool:
    """Does this word end a name that goes on with `following`?"""
    if word in _NAME_VERBS:
        return word == "联合" and not following.startswith(("会", "国", "体", "大学", "总", "集团", "指挥"))
    if word in _BREAKERS:
        # A single character of this list inside a name is a name's part where the dictionary doesn't know the word.
        return True
    kind = tag[:1]
    if kind == "f" and len(word) > 1:
        return True
    if kind == "m":
        numeric = word[0].isascii() or word.startswith("第") or bool(_ORDINAL.match(word))
        return not numeric
    if kind in {"p", "c", "u", "r", "y", "e", "o", "q", "z"}:
        return not (kind in {"q", "z", "y", "e", "o"} and len(word) == 1) and part_of_speech(word) != ""
    if kind == "d":
        return len(word) > 1 and part_of_speech(word) != ""
    if tag == "v":
        return len(word) > 1 and part_of_speech(word).startswith("v") and word not in _PLACE_LIKE_VERBS
    return False


@functools.lru_cache(maxsize=20_000)
def _edge(chunk: str) -> int:
    counted = [match.end() for match in _COUNT.finditer(chunk)]
    if counted and counted[-1] < len(chunk):
        return counted[-1] + _edge(chunk[counted[-1] :])
    position = len(chunk)
    for word, tag in reversed(_cut(chunk)):
        following = chunk[position:]
        if _breaks(word, tag, following):
            break
        # 由朔陵 is no word of the dictionary: its first character is the preposition.
        if (
            len(word) > 1
            and word[0] in _BREAKING_CHARS
            and not part_of_speech(word)
            and not _WHOLE.match(word)
            and word[0] not in "后时"
        ):
            position -= len(word) - 1
            break
        position -= len(word)
    # 我区某某公司, 原某某中心: what is left of a word before the name.
    if position and chunk[position : position + 1] in set("区市省县镇街") and chunk[position - 1] in "我全该本各":
        position += 1
    first = chunk[position : position + 1]
    if (
        first
        and first in "原报抓驻"
        and len(chunk) - position > 2
        and not part_of_speech(chunk[position : position + 2])
    ):
        position += 1
    return position


def _cut(chunk: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    for piece in _WHOLE.split(chunk):
        if _WHOLE.fullmatch(piece):
            tokens.append((piece, "ns"))
        elif piece:
            tokens += tagged(piece)
    return tokens


def left_edge(text: str, end: int, floor: int) -> int:
    """Start of the name whose known part begins at `end`; never before `floor`."""
    chunk = text[floor:end]
    if not chunk:
        return end
    if len(chunk) > 40:
        floor, chunk = end - 40, chunk[-40:]
    return floor + _edge(chunk)
