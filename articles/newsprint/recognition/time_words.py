"""How times are printed: the pattern of one time expression, from 4月10日上午 to 今年以来 and 国庆期间."""

from __future__ import annotations

import functools
import re

from .feasts import Events
from .lexicon import alternatives

_NUMERAL = r"[〇零一二三四五六七八九十]"
YEAR = rf"(?:(?:19|20)\d\d年(?!期|级|代)|[二一][〇○零九]{_NUMERAL}{{2}}年|今年|去年|明年|前年|后年|上年|同年(?=\d))(?:度(?!假))?"
MONTH = r"(?:1[0-2]|0?[1-9])月份?|(?<!十)(?:十[一二]?|[一二三四五六七八九])月(?:份|(?=[一二三四五六七八九十]{1,3}日))|本月|上个?月|下个?月|当月"
DAY = r"(?:3[01]|[12]\d|0?[1-9])[日号](?!线|楼|院|桥|机|产线|厂房|井|仓|冷库|地块|店|馆|门|车|文件)|(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日(?=[，、至上下晚凌])"
PART = r"(?:上午|下午|凌晨|清晨|早上|早晨|早间|傍晚|晚上|晚间|深夜|夜里|夜间|中午|正午|午后|午间|一早|当晚|晚(?!会|饭|餐|报|霞|高峰)|夜(?!市|间|晚)|早(?!餐|饭|高峰|市|已|些))"
CLOCK = r"(?:[01]?\d|2[0-4])(?:时|点|[:：])(?:[0-5]?\d分?|许|左右|整)?"
LUNAR = r"(?:正月|冬月|腊月|(?:(?<=农历)|(?<=阴历))(?:十[一二]?|[一二三四五六七八九])月)(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)?"
QUARTER = r"(?:[一二三]至[二三四]季度|第?[一二三四1-4]季度|前[一二三]季度|前三季|首季(?!度)|首季度)"
HALF = r"(?:上半年|下半年)"
RESTRICTION = r"(?:上旬|中旬|下旬|初(?!三|二|一|中|级|步|期|心|次|夏|冬|春|秋|衷|始)|中(?=旬|[，。])|底|末)"
TERM = r"(?:(?:今年|去年|明年)?(?:春季|秋季|本|上|下|新)学期)"

FEAST_TIME = r"(?:小?长假(?:期间)?|假期(?:期间)?|假日(?:期间)?|节?期间|节日(?:期间)?|黄金周(?:期间)?|当天|当日|前夕|前后|(?<!节)节前)"

PLAN = r"“[一二三四五六七八九十]+五”(?:时期|期间)|(?<=“)[一二三四五六七八九十]+五(?=”)|[一二]?十[一二三四五六]?五(?:时期|期间)"

_POINT = rf"(?:(?:{YEAR})?(?:{MONTH})(?:{DAY})(?:{PART})?|(?:{YEAR})(?:{MONTH})|(?:{MONTH}))"
_WEEKDAY = rf"(?:上上?个?|本|这个?|下个?)(?:周|星期|礼拜)[一二三四五六日天](?:{PART})?"
TAIL = r"(?:以来|前后|之前|以前|前(?!往|来|沿|景|提|列|后|期|身|[一二三四五六七八九十\d])|起(?!来|步|点|码|草|伏|到|舞|航|飞|跑|身|源|初|航|哄)|止|之后|后(?!来|勤|续|期|备|台|方|者|[一二三四五六七八九十\d]))"


@functools.lru_cache(maxsize=8)
def _expression(feast_spellings: tuple[str, ...], event_names: tuple[str, ...]) -> re.Pattern[str]:
    feast = rf"(?:{alternatives(feast_spellings)})(?!劳动奖|口号|路|广场|村|大道|联欢|晚会|奖章|街道|社区|河)"
    event = alternatives(event_names) or "(?!)"
    return re.compile(
        rf"""
        (?P<asof>(?:截至|截止|截止到|截至到)(?=[\d今去昨目上本]))?
        (?:
        (?P<range>
          (?P<first>{_POINT}|(?:{YEAR})|(?<![\d月年.])(?:{DAY}))(?P<firstclock>{CLOCK})?
          (?:至|到|—+|－|-|~|～)
          (?P<second>(?:{_POINT})|(?:{YEAR})|(?:{DAY})(?:{PART})?)(?P<secondclock>{CLOCK})?
          (?P<rangetail>期间)?
         |(?P<yearspan>(?:19|20)\d\d(?:至|到|—+|－|-|~|～)(?:19|20)?\d\d年(?!级))
         |(?P<monthspan>(?P<spanyear>{YEAR})?(?:前(?P<upto>[二三四五六七八九十]|\d{{1,2}})个?月
             |(?P<m1>1[0-2]|[1-9])(?:月份?)?(?:至|到|—+|－|-|~|～)(?P<m2>1[0-2]|[1-9])月份?))
        )
       |(?P<sameperiod>(?:去年|上年)同期)
       |(?P<lunar>(?:农历|阴历)?(?:{YEAR})?(?:农历|阴历)?(?:{LUNAR})(?:{PART})?)
       |(?P<event>(?:{event})(?!以来))
       |(?P<plan>{PLAN})
       |(?P<decade>(?:上世纪|本世纪|20世纪|21世纪)[一二三四五六七八九\d]{{1,2}}0?年代[初末]?)
       |(?P<school>{TERM}(?:开学)?(?:初|末)?)
       |(?P<feastyear>{YEAR})?(?P<feast>{feast})(?P<feasttime>{FEAST_TIME})?(?:[、和]?(?P<feast2>{feast})(?P<feasttime2>{FEAST_TIME}))?
       |(?P<exam>(?:{YEAR})?高考(?:期间|首日|当天))
       |(?P<session>(?:{YEAR})?全国两会期间|(?:{YEAR})?全国“两会”期间)
       |(?P<season>(?:(?:{YEAR})|今|去)[春夏秋冬]{{1,2}}[季天](?!学期))
       |(?P<quarter>(?:{YEAR})?(?:{QUARTER}|{HALF}))(?P<quarterend>末|底)?(?P<quartertail>{TAIL})?
       |(?P<point>(?:{YEAR})?(?:{MONTH})(?:(?:{DAY})(?P<part>{PART})?|(?P<third>{RESTRICTION}))?)(?P<pointtail>{TAIL})?
       |(?P<yearend>(?:(?:{YEAR})|全|(?<![\d半成])年)(?:年底|年末|年初|底(?!子|盘)|末|初(?!步|心|中|次)))(?P<endtail>{TAIL})?
       |(?P<monthend>(?<![\d个])月底|(?<![\d个])月末|(?<![\d个])月初)(?P<monthendtail>前)?
       |(?P<year>{YEAR})(?P<yeartail>以来|起|前后|之前|以前|前(?![一二三四五六七八九十\d]))?
       |(?P<whole>全年(?!级|龄|无休)|(?<![一二三四五六七八九十\d两半成])年内|新年(?=重点|工作|首|第一))
       |(?P<near>近日|日前(?!后)|近期|连日来|近段时间以来|近段时间|前不久(?=，))
       |(?P<relative>(?:昨日|昨天|今日(?!头条)|今天|明日|明天|前日(?!子)|前天|后天|昨(?=[晚夜])|今(?=[晚晨早])|明(?=[晚晨早]))(?:{PART}|晨)?)
       |(?P<week>(?:上|本|下|这)(?:个)?周末|(?:上|本|下)周(?![一二三四五六日刊期边])|(?<![每逢])这周(?![一二三四五六日边]))
       |(?P<weekday>{_WEEKDAY})
       |(?P<anaphoric>(?:次日|翌日|当日|当天|同日)(?:{PART})?|当晚)
       |(?P<holiday>(?:节日|假日|假期|节假日|长假|小长假|黄金周)期间|双节期间|“双节”期间)
       |(?P<interval>(?P<activity>暑假|寒假|停水|停电|封闭|施工|活动|展会|推介会|博览会|洽谈会|交易会|运动会|艺术节|旅游节|文化节|赛事|比赛|会议|会期|调整|施工|改造|停运|停气|禁行)期间)
       |(?P<bareday>(?<![\d月年.、\-—至])(?:3[01]|[12]\d|[1-9])日(?:{PART})?)(?!内|游|报|均|元|之|线|龄|[电讯])(?P<baretail>前后|前(?!往|来)|起(?!来))?
        )
        """,
        re.VERBOSE,
    )


def expression(events: Events) -> re.Pattern[str]:
    """The pattern of one time expression where the table `events` names feasts and events."""
    return _expression(events.feast_spellings, events.event_names)
