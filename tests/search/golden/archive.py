"""The golden archive: six issues of a fictional paper with its own people and bodies, linked from what is known of
each article, so that no change of recognition moves an answer."""

import datetime
import json
from pathlib import Path
from types import SimpleNamespace

from articles.models import (
    Article,
    Byline,
    Issue,
    Mention,
    Organisation,
    OrganisationName,
    Page,
    Paper,
    Person,
    ShortForm,
)
from articles.services.linking import speak_names
from tests.factories import ArticleFactory

HERE = Path(__file__).parent

# People of one name, told apart: the articles of the second one. All others of the name are the first.
NAMESAKES = {
    "张建国": ("焊工", {"A-001-2-1", "A-002-2-2", "A-003-1-1", "A-003-2-2", "A-006-2-4"}),
    "高洁": ("教师", {"A-001-2-3", "A-006-2-2"}),
    "王朝阳": ("民警", {"A-003-2-3", "A-006-1-4"}),
    "黎明": ("商会", {"A-006-1-3"}),
}

# A body and its other names in print.
BODIES = {
    "北塬经开区党工委": ("区党工委", "党工委"),
    "北塬经开区管委会": ("管委会",),
    "朔陵市第六人民医院": ("市第六人民医院", "市六院"),
    "朔陵市第六人民医院北塬院区": ("市六院北塬院区", "北塬院区"),
    "朔陵天衡精密机械股份有限公司": ("天衡精密",),
    "朔陵恒麦食品有限公司": ("恒麦食品",),
    "朔陵永固建材有限公司": ("永固建材",),
    "北塬城市建设投资集团有限公司": ("北塬城投", "北塬城投集团", "城投集团"),
    "华瀚新能源科技有限公司": ("华瀚新能源",),
    "朔陵银杉供应链管理有限公司": ("银杉供应链",),
    "朔北生物医药有限公司": ("朔北生物",),
    "北塬经开区市场监督管理局": ("市场监管局",),
    "朔陵云图数据科技有限公司": ("云图数据",),
    "北塬热力有限公司": ("北塬热力",),
    "城市管理局": ("城管局",),
    "投资促进局": ("投促局",),
    "行政审批服务局": ("行政审批局",),
    "北塬第二实验小学": ("二实小",),
    "北塬实验初级中学": ("实验初中",),
    "北塬高端装备产业园": ("高端装备产业园", "装备产业园"),
    "朔陵职业技术学院": ("朔陵职院",),
    "北塬经开区关心下一代工作委员会": ("区关工委",),
    "党工委宣传部": ("宣传部",),
    "朔陵市公安局北塬分局": ("北塬公安分局", "北塬分局", "公安分局"),
    "朔陵跃进拖拉机厂": ("跃进拖拉机厂", "跃进厂"),
    "启衡智能科技（北京）有限公司": ("启衡智能",),
    "津港重工装备有限公司": ("津港重工",),
    "朔陵市轨道交通集团有限公司": ("市轨道集团",),
    "北塬智算中心": ("智算中心",),
    "梧桐里社区": ("梧桐里",),
    "区政务服务中心": ("政务服务中心",),
}
OF_THE_DISTRICT = ("党工委", "区党工委", "管委会")  # what they mean depends on the paper
FULL_NAMES = {other: name for name, others in BODIES.items() for other in others}


def known_articles():
    """Every article as it is known, with `date`, `page` and `section`, in printed order."""
    issues = json.loads((HERE / "articles.json").read_text(encoding="utf-8"))
    return [
        {**article, "date": issue["date"], "page": page["page"], "section": page["section"]}
        for issue in issues
        for page in issue["pages"]
        for article in page["articles"]
    ]


def person_of(article, name):
    """张建国, or 张建国（焊工）."""
    distinction, articles = NAMESAKES.get(name, ("", ()))
    return f"{name}（{distinction}）" if article in articles else name


def body_of(name):
    """The full name of a body printed by this name."""
    return FULL_NAMES.get(name, name)


class _Loader:
    def __init__(self) -> None:
        self.paper = Paper.objects.create(name="北塬新报", place="北塬经开区")
        self.people = {}
        self.bodies = {}
        self.articles = {}

    def load(self, known) -> None:
        issue = Issue.objects.get_or_create(
            paper=self.paper, date=datetime.date.fromisoformat(known["date"]), edition=1
        )[0]
        page = Page.objects.get_or_create(issue=issue, number=known["page"], defaults={"section": known["section"]})[0]
        article = ArticleFactory(
            page=page,
            position=len(self.articles),
            kicker=known["kicker"] or "",
            headline=known["headline"].replace("\n", " "),
            subtitle=known["subtitle"] or "",
            body="\n".join(known["paras"]),
            published=True,
        )
        self.articles[known["id"]] = article
        for person in known["people"]:
            record = self.person(person_of(known["id"], person["name"]), public=bool(person["posts"]))
            self.mention(article, "person", person["name"], person=record)
        for body in known["organisations"]:
            record = self.body(body_of(body["name"]))
            for surface in body["surfaces"]:
                self.mention(article, "organisation", surface, organisation=record)
        for position, byline in enumerate(known["bylines"]):
            signer = None if byline["role"] == "笔名" else self.person(byline["name"])
            Byline.objects.create(
                article=article, position=position, name=byline["name"], role=byline["role"], person=signer
            )

    def mention(self, article, kind, surface, **record) -> None:
        for paragraph, text in enumerate(article.paragraphs):
            start = text.find(surface)
            if start >= 0:
                place = {"paragraph": paragraph, "start": start, "end": start + len(surface)}
                break
        else:
            place = {"paragraph": -1}
        Mention.objects.create(
            article=article, kind=kind, surface=surface, certain=True, status=Mention.Status.ACCEPTED, **place, **record
        )

    def person(self, key, *, public=False) -> Person:
        if key not in self.people:
            name, _, distinction = key.rstrip("）").partition("（")
            person = Person(name=name, distinction=distinction, has_profile=False)
            speak_names(person)
            person.save()
            self.people[key] = person
        person = self.people[key]
        if public and not person.has_profile:
            person.has_profile = True
            person.save()
        return person

    def body(self, name) -> Organisation:
        if name not in self.bodies:
            body = Organisation(name=name)
            speak_names(body)
            body.save()
            self.bodies[name] = body
            for other in BODIES.get(name, ()):
                if other in OF_THE_DISTRICT:
                    ShortForm.objects.create(paper=self.paper, short=other, organisation=body)
                else:
                    OrganisationName.objects.create(organisation=body, name=other)
        return self.bodies[name]


def build() -> SimpleNamespace:
    """Load it; beside the published articles a draft and a withdrawn one, which no query may find."""
    loader = _Loader()
    for known in known_articles():
        loader.load(known)
    place = loader.articles["A-001-1-1"].page
    hidden = "本报讯 江南、张建国在天衡精密调研防汛，“时间过半、任务过半”。"
    ArticleFactory(page=place, headline="江南调研防汛草稿", body=hidden)
    ArticleFactory(page=place, headline="江南调研防汛撤稿", body=hidden, withdrawn=True)
    return SimpleNamespace(
        articles=loader.articles,
        names={article.pk: name for name, article in loader.articles.items()},
        people=loader.people,
        bodies=loader.bodies,
        paper=loader.paper,
        published=Article.objects.published(),
    )
