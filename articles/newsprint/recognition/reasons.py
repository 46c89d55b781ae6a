"""Why a name or a body was taken for one, as an editor reads it on the bench."""

from __future__ import annotations

# People.
BESIDE_TITLE = "紧接在职务之后"
SHARED_TITLE = "与前面的人同一职务"
NAME_LIST = "在名单中"
CURRICULUM_VITAE = "个人简历的写法"
APPOINTMENT = "任职的写法"
POSTS_BEHIND = "后面是其职务"
REMOVAL = "免职的写法"
CALLED = "在“名叫”一类词之后"
TITLE_AFTER = "后面是称呼"
SPEAKS = "后面是“说”“表示”一类词"
ACTS = "多次出现，后面是动作"
DOTTED = "带间隔号，样子像译名"
DESCRIBED = "前面是修饰语，样子像姓名"
KNOWN_PERSON = "本地已登记的人物"

# Organisations.
ENDING = "以机构常用字结尾"
OFFICE = "机关的通用名称"
PROJECT_LIST = "在项目名单中"
SCHOOL_OR_HOSPITAL = "学校或医院的简称"
NAME_AND_TRADE = "字号加行业"
BODY_OF_POST = "职务所属的机构"
AFFILIATION = "姓名后括号里的单位"
KNOWN_FORM = "本地已登记的名称或简称"
SHORT_FORM = "前文全称的简称"
