"""A small archive for searching in: two papers, people of one name, short forms, a draft and a withdrawn article."""

import datetime
from types import SimpleNamespace

from articles.models import Byline, Mention, OrganisationName, ShortForm
from tests.factories import (
    ArticleFactory,
    IssueFactory,
    OrganisationFactory,
    PageFactory,
    PaperFactory,
    PersonFactory,
)

TEXTS = [
    (
        "联动天翼新能源电池项目在河湾开工",
        "本报讯 10月11日，河湾区管委会副主任张红军出席开工仪式。\n能源电池产业大会将在明年召开。",
    ),
    ("河湾区部署秋冬季防汛备汛", "河湾区管委会副主任杜怀锋强调，各部门要抓好落实。\n城市管理局要清淤管网，不留死角。"),
    (
        "张红军调研营商环境",
        "张红军来到联动天翼公司，听取企业对营商环境的意见。\n“开办一家面馆，只跑一个窗口。”经营者说。",
    ),
    ("华瀚新能源储能电池下线", "华瀚储能电池在河湾下线，年产能达到3.5GWh。\n产品和服务得到用户认可。"),
    ("市第六人民医院开展义诊", "市第六人民医院组织医生在江南社区义诊。\n群众江南说，家门口看病很方便。"),
    ("王朝阳光小区改造完工", "老旧小区改造让居民住得舒心。\n公安局民警王朝阳到场维持秩序，查看监控数据。"),
    ("ＧＤＰ同比增长９．２％", "前三季度，全区ＧＤＰ同比增长９．２％。\n规模以上工业增加值完成31.6亿元。"),
    ("华瀚新能源、联动天翼签订协议", "两家企业就时间过半、任务过半的目标作了交流。\n活动由河湾区工商联主办。"),
]


def build():
    """Articles of TEXTS in order, on four days of two papers, with people, bodies and bylines linked."""
    papers = [PaperFactory(name="河湾日报"), PaperFactory(name="河湾晚报")]
    days = [
        datetime.date(2021, 3, 5),
        datetime.date(2021, 10, 12),
        datetime.date(2022, 1, 7),
        datetime.date(2022, 10, 14),
    ]
    articles = []
    for number, (headline, body) in enumerate(TEXTS):
        issue = IssueFactory(paper=papers[number % 2], date=days[number // 2])
        page = PageFactory(issue=issue, number=number % 2 + 1, section=("要闻", "民生")[number % 2])
        articles.append(ArticleFactory(page=page, headline=headline, body=body, published=True))
    red = PersonFactory(name="张红军", pinyin="zhang hongjun", initials="zhj")
    south = PersonFactory(name="江南", pinyin="jiang nan", initials="jn")
    sun = PersonFactory(name="王朝阳", has_profile=False)
    reporter = PersonFactory(name="孙庆辉", has_profile=False, pinyin="sun qinghui", initials="sqh")
    city = OrganisationFactory(name="城市管理局", pinyin="chengshi guanliju", initials="csglj")
    OrganisationName.objects.create(organisation=city, name="城管局")
    battery = OrganisationFactory(name="联动天翼新能源有限公司")
    OrganisationName.objects.create(organisation=battery, name="联动天翼")
    committee = OrganisationFactory(name="河湾区管委会")
    ShortForm.objects.create(paper=papers[0], short="管委会", organisation=committee)
    for person, where in ((red, (0, 2)), (south, (4,)), (sun, (5,))):
        for number in where:
            Mention.objects.create(
                article=articles[number], kind="person", surface=person.name, person=person, certain=True
            )
    for body, where in ((city, (1,)), (battery, (0, 2, 7)), (committee, (0, 1))):
        for number in where:
            Mention.objects.create(
                article=articles[number], kind="organisation", surface=body.name, organisation=body, certain=True
            )
    Byline.objects.create(article=articles[3], name="孙庆辉", role="记者", person=reporter)
    Byline.objects.create(article=articles[4], name="孙庆辉", role="记者", person=reporter)
    Byline.objects.create(article=articles[4], name="聂晓利", role="通讯员")
    draft = ArticleFactory(page=articles[0].page, headline="草稿里的张红军", body="能源电池草稿。")
    withdrawn = ArticleFactory(page=articles[0].page, headline="撤下的张红军", body="能源电池撤稿。", withdrawn=True)
    return SimpleNamespace(
        articles=articles,
        papers=papers,
        red=red,
        south=south,
        sun=sun,
        reporter=reporter,
        city=city,
        battery=battery,
        committee=committee,
        draft=draft,
        withdrawn=withdrawn,
    )
