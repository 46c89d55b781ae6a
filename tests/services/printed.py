"""Pages for the tests of the desk: small ones written here, and ways to look at what became of them."""

import datetime

from django.conf import settings

from articles.models import Article, Issue, Page, SourceLine
from articles.services.uploading import PageFile, upload_issue

DAY = datetime.date(2022, 3, 4)
SOWING = """春耕备耕全面铺开

本报讯 连日来，河湾区各乡镇抢抓农
时，组织农技人员深入田间地头，指导
农户开展春耕备耕工作。
截至目前，全区已整地三万余亩，储
备化肥五千吨，春耕物资供应充足。
记者 程望舒
"""
CANTEEN = """社区食堂开进家门口

本报讯 3月2日，河湾区桥头社区食堂
正式开门迎客，首日接待老人一百二十
余人。
社区党支部书记何静说，食堂实行平
价供应，每餐十元，老人凭卡再减两元。
记者 罗一平
"""
SMALL_PAGE = f"{SOWING}\n{CANTEEN}"


def upload(text=SMALL_PAGE, name="p1.txt", user=None, **issue):
    """An issue of one page, read at once."""
    content = text if isinstance(text, bytes) else text.encode()
    issue = {"paper": "河湾日报", "date": DAY} | issue
    return upload_issue(files=[PageFile(name, content)], user=user, **issue)


def page_of(text=SMALL_PAGE, **kwargs) -> Page:
    return upload(text, **kwargs).pages[0]


def fixture_page(path="gaoxin-shibao/2022-10-12-1.txt", date=datetime.date(2022, 10, 12)) -> Page:
    """A real page from the fixtures."""
    content = (settings.BASE_DIR / "fixtures" / "pages" / path).read_bytes()
    return upload_issue(paper="高新时报", date=date, files=[PageFile("p1.txt", content)]).pages[0]


def living(page):
    return list(Article.objects.filter(page=page, merged_into__isnull=True).order_by("position", "pk"))


def line(page, start):
    """The line that begins with these words."""
    return SourceLine.objects.get(source__page=page, text__startswith=start)


def lines_of(article, role=None):
    found = SourceLine.objects.filter(block__article=article)
    return list((found.filter(block__role=role) if role else found).values_list("pk", flat=True))


def whole_state(page):
    """All that undo must restore: texts, statuses, blocks and the place of each line."""
    return {
        "articles": sorted(
            Article.objects.filter(page=page).values_list(
                "pk", "position", "kicker", "headline", "subtitle", "body", "byline_text", "status", "merged_into_id"
            )
        ),
        "blocks": sorted(page.blocks.values_list("pk", "article_id", "role", "position", "by_hand")),
        "texts": {block.pk: block.text for block in page.blocks.all()},
        "lines": sorted(
            (pk, block, place if block else 0)
            for pk, block, place in SourceLine.objects.filter(source__page=page).values_list("pk", "block_id", "place")
        ),
    }


def homeless_lines(page):
    """Printed lines without a place: there must never be one."""
    lines = SourceLine.objects.filter(source__page=page, block__isnull=True)
    return [line.text for line in lines if line.text.strip()]


def issue_of(page) -> Issue:
    return Issue.objects.get(pk=page.issue_id)
