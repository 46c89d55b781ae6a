"""What the name of a body tells by itself: its kind, and whether only its district makes it mean one body.

管委会, 城市管理局 and 东渠社区 stand in every district; 朔北生物医药有限公司 is one firm wherever it is printed.
"""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

COMPANY, SCHOOL, HOSPITAL = "企业", "学校", "医院"
COMMUNITY, PROJECT, AUTHORITY, INSTITUTION = "社区", "项目", "党政机关", "单位"

_KINDS = (
    (COMPANY, re.compile(r"(?:公司|集团|厂|银行|商场|购物中心|酒店|超市|合作社)$")),
    (HOSPITAL, re.compile(r"(?:医院|卫生院|卫生服务中心|疾控中心|院区)$")),
    (SCHOOL, re.compile(r"(?:大学|学院|学校|中学|小学|初中|高中|幼儿园|党校|[一二三四五六七八九十]中)$")),
    (COMMUNITY, re.compile(r"(?:社区|居委会|村委会|村)$")),
    (PROJECT, re.compile(r"(?:项目|工程|产业园|园区|示范区|科技园|文创园)$")),
    (
        AUTHORITY,
        re.compile(
            r"(?:委员会|委会|工委|党委|纪委|监委|政府|人大|政协|局|厅|办公室|办|部|委|大队|支队|街道|街道办事处|镇|乡|派出所"
            r"|分局|法院|检察院|总工会|工会|妇联|指挥部|领导小组|海关|党支部|关工委)$"
        ),
    ),
)
_RELATIVE_KINDS = frozenset({AUTHORITY, COMMUNITY})
_RELATIVE_ENDING = re.compile(r"(?:中心|馆|站|所|队)$")
# 省, 市, 区 and 县 alone name a level, not a place: 市发改委, 区图书馆.
_LEVEL = re.compile(r"^(?:省|市|区|县|镇|乡)(?!长)")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:省|市|州|县|自治区|开发区|经开区|高新区|新区)")
# What a body's own party organisation is called; its posts are posts at the body: 城投集团党委书记.
_PARTY_WITHIN = re.compile(r"(?:党委|党组|党总支|党支部)$")
_NATIONAL = re.compile(
    r"^(?:国|中央|中共|中国|中华|全国|最高|世界|联合国)"
    r"|^(?:外交|国防|教育|科学技术|科技|工业和信息化|工信|公安|国家安全|民政|司法|财政|人力资源和社会保障|人社|自然资源"
    r"|生态环境|住房和城乡建设|住建|交通运输|水利|农业农村|商务|文化和旅游|文旅|应急管理|退役军人事务)部$"
)
# What an article calls the one body of that kind that it has named before.
_COMMON_NOUNS = {
    "公司": COMPANY,
    "该公司": COMPANY,
    "集团": COMPANY,
    "该集团": COMPANY,
    "企业": COMPANY,
    "该企业": COMPANY,
    "学校": SCHOOL,
    "该校": SCHOOL,
    "该学校": SCHOOL,
    "医院": HOSPITAL,
    "该院": HOSPITAL,
    "该医院": HOSPITAL,
    "社区": COMMUNITY,
    "该社区": COMMUNITY,
    "村": COMMUNITY,
    "该村": COMMUNITY,
}
# Of one kind a noun may mean some only: 该村 is no 社区; and 该院 may be a court or an institute as well.
_ENDING_MEANT = {
    "村": re.compile(r"(?:村|村委会|村民委员会)$"),
    "社区": re.compile(r"(?:社区|居委会|居民委员会)$"),
    "该院": re.compile(r"院$"),
}


def kind_of(name: str) -> str:
    """The kind of body, from the way its name ends; firms known by a short name (朔北生物) are not told from others."""
    return next((kind for kind, ending in _KINDS if ending.search(name)), INSTITUTION)


def common_noun(surface: str) -> str | None:
    """The kind of body that 公司, 学校 or 医院 stands for; None for a name."""
    return _COMMON_NOUNS.get(surface)


def may_mean(noun: str, name: str, kind: str) -> bool:
    """Whether 公司, 该校 or 该村 may stand for the body of this name and kind."""
    wanted = common_noun(noun)
    if wanted is None or common_noun(name) is not None:
        return False
    ending = _ENDING_MEANT.get(noun) or _ENDING_MEANT.get(noun.removeprefix("该"))
    return bool(ending.search(name)) if ending else kind == wanted


def without_party_organisation(name: str) -> str:
    """The body whose party organisation this is: 市六院党委 → 市六院. Other names stay as they are."""
    return _PARTY_WITHIN.sub("", name) or name


def is_relative(name: str) -> bool:
    """Whether another district may have another body of exactly this name."""
    if _LEVEL.match(name):
        return True
    if _PLACE.match(name) or _NATIONAL.match(name):
        return False
    return kind_of(name) in _RELATIVE_KINDS or bool(_RELATIVE_ENDING.search(name))


def within_district(name: str, place: str) -> str:
    """The name as the district itself says it: 郑州高新区管委会, 高新区管委会 and 区管委会 are 管委会 in 郑州高新区.

    Names that would be left too short keep the level: 区委.
    """
    for cut in range(len(place)):
        if name.startswith(place[cut:]):
            rest = name[len(place) - cut :]
            return rest if len(rest) >= 3 else place[-1] + rest
    if name[:1] in "区县" and len(name) >= 4:
        return name[1:]
    return name


def pinyin_of(name: str) -> tuple[str, str]:
    """Pinyin without tones, syllables parted by blanks, and initials; 区 is read qu, for no surname stands here."""
    syllables = [syllable.lower() for syllable in lazy_pinyin(name, style=Style.NORMAL) if syllable.strip()]
    return " ".join(syllables), "".join(syllable[0] for syllable in syllables)
