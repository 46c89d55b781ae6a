"""Every address × who asks × what the article's status is: drafts and withdrawn articles are never seen by readers.

RULES holds one line for every address there is; a new address without a line fails the first test.
"""

import datetime
import html
import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.models import (
    EDITOR,
    STAFF,
    Appointment,
    Article,
    Block,
    Byline,
    Decision,
    Issue,
    Job,
    Mention,
    Organisation,
    OutboxEntry,
    Person,
    Post,
    PrintedPost,
    SourceFile,
    SourceLine,
)
from articles.services.publishing import publish_articles, withdraw_article
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory, UserFactory
from tests.house.rules import RULES, Rule
from tests.house.strictness import looseness

pytestmark = pytest.mark.django_db

HIDDEN = ("draft", "withdrawn")
READERS = ("stranger", "reader", "staff")

# Words that stand nowhere but in the article of that status; none is part of another.
MARKS = {
    "draft": {
        "kicker": "墨池未干先有声",
        "headline": "青禾渡口修缮方案敲定",
        "subtitle": "石阶与灯柱一并更换",
        "body": "榆钱巷的旧水塔将于冬至前拆除",
        "byline": "慕容砚秋",
        "person": "欧阳墨痕",
        "organisation": "青禾渡口管理所",
        "post": "渡口修缮组组长",
        "section": "草样版",
        "source": "渡船停航三日的告示",
    },
    "withdrawn": {
        "kicker": "霜降以后路更宽",
        "headline": "苍梧大桥验收推迟",
        "subtitle": "检测数据尚待复核",
        "body": "桥墩西侧的裂纹长约两指",
        "byline": "钟离晚照",
        "person": "司徒隐笔",
        "organisation": "苍梧大桥检测站",
        "post": "大桥验收组副组长",
        "section": "撤样版",
        "source": "检测站门前的绿色围挡",
    },
    "published": {
        "kicker": "春来早",
        "headline": "河湾区召开林长制会议",
        "subtitle": "部署造林任务",
        "body": "会议听取了造林进度的汇报",
        "byline": "王述之",
        "person": "程望舒",
        "organisation": "河湾区林业局",
        "post": "区林长办主任",
        "section": "要闻",
        "source": "会议听取了造林进度的汇报",
    },
}


@dataclass
class Printed:
    """One article with everything that hangs on it."""

    article: Article
    person: Person
    organisation: Organisation
    reporter: Person
    source: SourceFile
    line: SourceLine
    block: Block
    mention: Mention


@dataclass
class World:
    """A published, a draft and a withdrawn article, alone in their issues and together on one page."""

    alone: dict[str, Printed] = field(default_factory=dict)
    together: dict[str, Printed] = field(default_factory=dict)
    decision: Decision | None = None
    job: Job | None = None


def print_article(status, date, page_number, shared_person):
    """An article as reading and linking leave it, still a draft."""
    marks = MARKS[status]
    issue = IssueFactory(date=date)
    page = PageFactory(issue=issue, number=page_number, section=marks["section"] if page_number == 1 else "要闻")
    article = ArticleFactory(
        page=page,
        kicker=marks["kicker"],
        headline=marks["headline"],
        subtitle=marks["subtitle"],
        body=f"本报讯 {marks['person']}到{marks['organisation']}调研。\n{marks['body']}。程望舒参加。",
        byline_text=f"记者 {marks['byline']}",
        position=page.articles.count(),
    )
    person = Person.objects.filter(name=marks["person"]).first() or PersonFactory(name=marks["person"])
    reporter = Person.objects.filter(name=marks["byline"]).first() or PersonFactory(
        name=marks["byline"], has_profile=False
    )
    body = Organisation.objects.filter(name=marks["organisation"]).first() or OrganisationFactory(
        name=marks["organisation"]
    )
    Byline.objects.create(article=article, name=reporter.name, role="记者", person=reporter)
    mention = Mention.objects.create(
        article=article, kind="person", surface=person.name, paragraph=0, start=4, end=8, person=person, certain=True
    )
    Mention.objects.create(article=article, kind="organisation", surface=body.name, organisation=body, certain=True)
    # The person whom everybody may look up holds a post that only this article prints.
    also = Mention.objects.create(
        article=article,
        kind="person",
        surface="程望舒",
        paragraph=1,
        start=0,
        end=3,
        person=shared_person,
        certain=True,
    )
    post, _ = Post.objects.get_or_create(title=marks["post"], organisation=body)
    appointment, _ = Appointment.objects.get_or_create(person=shared_person, post=post)
    PrintedPost.objects.create(mention=also, text=marks["post"], appointment=appointment)
    source = SourceFile.objects.create(
        page=page,
        name=f"{date:%Y-%m-%d}-{page_number}.txt",
        sha256=f"{article.pk:064d}",
        size=100,
        kind="text",
        encoding="utf-8",
        content=ContentFile(marks["source"].encode(), name="page.txt"),
    )
    block = Block.objects.create(page=page, article=article, role="body")
    line = SourceLine.objects.create(source=source, number=1, text=marks["source"], block=block)
    return Printed(article, person, body, reporter, source, line, block, mention)


@pytest.fixture
def world(django_capture_on_commit_callbacks):
    made = World()
    with django_capture_on_commit_callbacks(execute=True):
        shared = PersonFactory(name="程望舒")
        for day, status in enumerate(MARKS, 1):
            made.alone[status] = print_article(status, datetime.date(2021, 3, day), 1, shared)
        for status in MARKS:
            made.together[status] = print_article(status, datetime.date(2021, 4, 9), 2, shared)
        shown = [printed[s].article for printed in (made.alone, made.together) for s in ("published", "withdrawn")]
        publish_articles(shown, None)
    with django_capture_on_commit_callbacks(execute=True):
        for printed in (made.alone, made.together):
            withdraw_article(printed["withdrawn"].article, "数据引用有误故而撤回", None)
            for one in printed.values():
                one.article.refresh_from_db()
    made.decision = Decision.objects.first()
    page = made.together["draft"].article.page
    made.job = Job.objects.create(queue="reading", page=page, status="failed", finished_at=timezone.now())
    assert [made.alone[status].article.status for status in MARKS] == list(MARKS)
    assert not OutboxEntry.objects.exists(), "the index lags behind, so the searches below would prove nothing"
    return made


def client_of(role):
    """A browser of somebody in this role. Errors come back as pages, as they do in life."""
    client = Client(raise_request_exception=False)
    if role == "reader":
        client.force_login(UserFactory())
    elif role in (STAFF, EDITOR):
        client.force_login(UserFactory(role=role))
    elif role == "superuser":
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def addresses(patterns=None, namespaces=(), route=""):
    """Name (or route, where there is none) of every address the project answers."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name)) if pattern.name else here


def rule_of(name):
    """The admin is one application with one rule."""
    return RULES.get("admin:*" if name.startswith(("admin:", "admin/")) else name)


def ask(client, method, address, data=None):
    """An answer, read to its end (the client closes it then), its bytes in `body`."""
    response = getattr(client, method)(address, data)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def text_of(response):
    """What somebody could read in an answer, markup and line breaks out of the way, and the raw answer too."""
    raw = response.body.decode("utf-8", "replace")
    if "json" in response.get("Content-Type", ""):
        raw = json.dumps(json.loads(raw or "null"), ensure_ascii=False)
    bare = html.unescape(re.sub(r"<[^>]*>", "", raw))
    return raw + re.sub(r"\s+", "", bare) + " ".join(f"{name}: {value}" for name, value in response.items())


def leaks(response, typed=""):
    """Hidden words in an answer, except those that the asker typed."""
    text = text_of(response)
    return [mark for status in HIDDEN for mark in MARKS[status].values() if mark in text and mark not in typed]


def test_every_address_has_a_rule_and_every_rule_an_address():
    names = set(addresses())
    assert [name for name in sorted(names) if rule_of(name) is None] == [], "add a line to tests/house/rules.py"
    assert [name for name in RULES if name not in names and name != "admin:*"] == [], "no such address any more"


def visits(world):
    """(name, rule, address, status of the article it is about or None) of everything there is to ask for."""
    for name in sorted(set(addresses())):
        rule = rule_of(name)
        if rule is not None and not name.startswith("admin"):
            for address, status in rule.addresses(name, world):
                yield name, rule, address, status
    for address in admin_addresses():
        yield "admin:*", RULES["admin:*"], address, None


def admin_addresses():
    """The admin's pages, those about one record with the first there is."""
    for name in ("index", "password_change", "jsi18n"):
        yield reverse(f"admin:{name}")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.first()
        yield from (reverse(f"{name}_{what}") for what in ("changelist", "add"))
        if record is not None:
            yield from (reverse(f"{name}_{what}", args=[record.pk]) for what in ("change", "delete", "history"))


def verdict(rule: Rule, role, response, status):
    """What is wrong with an answer to this role, or None."""
    code = response.status_code
    to_login = code in (301, 302) and "/login/" in response["Location"]
    if code >= 500:
        return f"answers {code}"
    if not rule.admits(role):
        return None if to_login or code in (401, 403, 404) else f"lets {role} in ({code})"
    if code == 403 or to_login:
        return f"keeps {role} out ({code})"
    if role in READERS and rule.audience == "everyone" and status in HIDDEN and code not in (404, 410):
        return f"answers {code} about a {status} article"
    if role in READERS and status == "published" and code >= 400:
        return f"answers {code} about a published article"
    return None


@pytest.mark.parametrize("role", [*READERS, EDITOR])
def test_nobody_sees_more_than_the_role_allows(role, world):
    client, wrong = client_of(role), []
    for _, rule, address, status in visits(world):
        response = ask(client, "get", address)
        problem = verdict(rule, role, response, status)
        if problem:
            wrong.append(f"GET {address} {problem}")
        if role != EDITOR:
            wrong += [f"GET {address} shows {mark}" for mark in leaks(response, typed=address)]
    assert not wrong, "\n".join(wrong)


def searches(world):
    """Questions whose answer, were the index or a filter leaky, would hold something hidden."""
    for status in HIDDEN:
        marks, printed = MARKS[status], world.alone[status]
        for mark in marks.values():
            yield mark, f"q={quote(mark)}"
            yield mark, f"q={quote(chr(34) + mark + chr(34))}"
        for key, mark in (
            ("person", "person"),
            ("org", "organisation"),
            ("reporter", "byline"),
            ("headline", "headline"),
        ):
            yield marks[mark], f"q={key}:{quote(marks[mark])}"
        yield "", f"person={printed.person.pk}"
        yield "", f"organisation={printed.organisation.pk}"
        yield "", f"reporter={printed.reporter.pk}"
        yield marks["section"], f"section={quote(marks['section'])}"
        date = printed.article.date.isoformat()
        yield "", f"date_from={date}&date_to={date}"
        yield "", f"q=date:{date}"
    yield "", f"q={quote('程望舒')}&sort=newest"
    yield "", f"q={quote('程望舒')}&page_size=100"
    yield "", "q=%E8%B0%83%E7%A0%94"
    yield "", ""


@pytest.mark.parametrize("role", READERS)
def test_no_question_brings_up_what_is_hidden(role, world):
    client, wrong = client_of(role), []
    asked = [
        name for name in sorted(set(addresses())) if (rule := rule_of(name)) is not None and rule.answers_questions
    ]
    assert asked
    found = client.get(f"{reverse('articles:search')}?q={quote(MARKS['published']['headline'])}")
    assert world.alone["published"].article.get_absolute_url() in found.content.decode()
    for name in asked:
        for typed, question in searches(world):
            response = ask(client, "get", f"{reverse(name)}?{question}")
            if response.status_code >= 500:
                wrong.append(f"{name}?{question} answers {response.status_code}")
            wrong += [f"{name}?{question} shows {mark}" for mark in leaks(response, typed)]
    assert not wrong, "\n".join(wrong)


def state():
    """Everything that a request of somebody without the right to could have changed."""
    return (
        list(Article.objects.order_by("pk").values_list("pk", "status", "headline", "body", "version", "page_id")),
        list(Issue.objects.order_by("pk").values_list("pk", "status")),
        list(Mention.objects.order_by("pk").values_list("pk", "status", "person_id")),
        list(SourceLine.objects.order_by("pk").values_list("pk", "block_id")),
        list(Person.objects.order_by("pk").values_list("pk", "name", "has_profile")),
        Decision.objects.exclude(kind__in=(Decision.Kind.SIGNED_IN, Decision.Kind.SIGNED_OUT)).count(),
        SourceFile.objects.count(),
        list(Job.objects.order_by("pk").values_list("pk", "status")),
    )


@pytest.mark.parametrize("role", READERS)
def test_only_editors_change_anything(role, world):
    client, wrong, before = client_of(role), [], state()
    for _, rule, address, _ in visits(world):
        for method in ("post", "put", "delete"):
            response = ask(client, method, address)
            if response.status_code >= 500:
                wrong.append(f"{method} {address} answers {response.status_code}")
            if rule.audience == "editors" and response.status_code not in (302, 401, 403):
                wrong.append(f"{method} {address} answers {response.status_code}")
            wrong += [f"{method} {address} shows {mark}" for mark in leaks(response, typed=address)]
    assert not wrong, "\n".join(wrong)
    assert state() == before


@pytest.mark.parametrize(
    "data", [{}, {"version": "x", "ids": "x", "line": "-1", "date": "2021-13-45", "page": "9" * 30}]
)
def test_an_empty_or_senseless_form_never_breaks_the_desk(data, world):
    client, wrong = client_of(EDITOR), []
    for _, _, address, _ in visits(world):
        with transaction.atomic():
            response = ask(client, "post", address, data)
            if response.status_code >= 500:
                wrong.append(f"POST {address} answers {response.status_code}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["stranger", EDITOR, "superuser"])
def test_every_answer_has_a_strict_policy_and_keeps_it(role, world):
    client, wrong = client_of(role), []
    for name, _, address, _ in [*visits(world), ("", None, "/nowhere/", None), ("", None, "/articles/999999/", None)]:
        response = ask(client, "get", address)
        policy = response.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            wrong.append(f"{address}: policy {policy!r}")
        if response.get("Content-Type", "").startswith("text/html"):
            own = name.startswith("admin")
            wrong += [f"{address}: {what}" for what in looseness(response.body.decode(), styles_allowed=own)]
    assert not wrong, "\n".join(wrong)


def test_members_archive_shows_strangers_the_login_page_only(world, settings):
    settings.ACCESS = "members"
    client, wrong = client_of("stranger"), []
    for _, rule, address, _ in visits(world):
        response = ask(client, "get", address)
        to_login = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
        if not to_login and not rule.open_to_all and response.status_code != 401:
            wrong.append(f"{address} answers {response.status_code}")
        shown = [mark for marks in MARKS.values() for mark in marks.values() if mark in text_of(response)]
        wrong += [f"{address} shows {mark}" for mark in shown if mark not in address]
    assert not wrong, "\n".join(wrong)
    reader = client_of("reader")
    assert reader.get("/").status_code == 200
