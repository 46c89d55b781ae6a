"""Pages of digital papers: articles from their files, zones from the areas of the map, in the layouts that papers use."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ReadingError

from .documents import zipped

LEAD = "本报讯（记者 程望舒 通讯员 罗一平）连日来，河湾区各乡镇抢抓农时，组织农技人员深入田间地头，指导农户开展春耕备耕工作。"
MORE = "截至目前，全区已整地三万余亩，储备化肥五千吨，春耕物资供应充足。"
CANTEEN = "本报讯 3月2日，河湾区桥头社区食堂正式开门迎客，首日接待老人一百二十余人。"


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


def founder(encoding: str = "gb2312", **without: bool) -> dict[str, bytes]:
    """The layout of the older publishing system, in GBK, with its comments."""
    page = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET">
    <title>河湾日报数字报-第03版：综合新闻</title></head><body><table><tr><td>
    <a href="node_2.htm">第01版：要闻</a> <a href="node_3.htm">第03版：综合新闻</a></td></tr></table>
    <img src="../images/03/p03_b.jpg" border=0 width="350" height="500" usemap="#PagePicMap">
    <MAP NAME="PagePicMap">
    <AREA shape="polygon" coords="10,20,340,20,340,250,180,250,180,200,10,200" href="content_101.htm?div=-1">
    <AREA shape="rect" coords="10,300,175,490" href="content_102.htm">
    <AREA shape="rect" coords="180,300,340,490" href="#"></MAP>
    <ul><li><a href="content_101.htm">春耕备耕全面铺开</a><li><a href="content_102.htm">社区食堂开进家门口</a></ul>
    </body></html>"""
    first = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET"><title>河湾日报</title>
    </head><body><div class="nav"><p>上一篇　下一篇</p><p>放大 缩小 默认</p></div>
    <!--enpproperty <articleid>101</articleid><date>2022-03-04 00:00:00:0</date><author>程望舒 罗一平</author>
    <title>春耕备耕&nbsp;全面铺开</title><keyword>春耕</keyword><subtitle>——河湾区农业生产见闻</subtitle>
    <introtitle><p>抢农时 抓进度</p></introtitle><siteid>2</siteid>/enpproperty-->
    <table><tr><td class="font01">春耕备耕 全面铺开</td></tr><tr><td><founder-content><!--enpcontent-->
    <table><tr><td><img src="p.jpg"></td></tr><tr><td>图为农技人员在田间。何静 摄</td></tr></table>
    <P>　　{LEAD}</P><P>　　{MORE}</P><!--/enpcontent--></founder-content></td></tr></table>
    <div><p>版权所有 河湾日报社</p></div></body></html>"""
    second = f"""<html><head><meta charset="CHARSET"><title>x</title></head><body>
    <!--enpproperty <title>社区食堂开进家门口</title><author>何静</author><subtitle></subtitle><introtitle></introtitle>
    /enpproperty--><div id="ozoom"><!--enpcontent-->　　{CANTEEN}<br>　　{MORE}<br><!--/enpcontent--></div></body></html>"""
    files = {"html/node_3.htm": page, "html/content_101.htm": first, "html/content_102.htm": second}
    return {
        n: t.replace("CHARSET", encoding).encode("gb18030" if encoding == "gb2312" else "utf-8")
        for n, t in files.items()
    }


def modern() -> dict[str, bytes]:
    """Headings in order: the line above the headline is a kicker, the one below it a subtitle. No size but the picture's."""
    page = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>河湾日报</title></head><body>
    <div class="right"><p class="ban">第04版：民生</p></div>
    <img src="page.png" usemap="#map1"><map name="map1">
    <area coords="0,0,500,0,500,400,0,400" shape="poly" onclick="openArticle('c/content_2.html')" href="javascript:void(0)">
    </map></body></html>"""
    article = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>社区食堂开进家门口--河湾日报</title></head><body>
    <h1 class="logo">河湾日报</h1><div class="article"><h3>小食堂里的大民生</h3><h1>社区食堂开进家门口</h1>
    <h2>河湾区新增老年助餐点十二处</h2><h4></h4><p class="sec"><span class="author">本报记者 何静</span></p>
    <div id="articleContent"><p>{CANTEEN}</p><p>{MORE}</p>
    <table><tr><td>街道</td><td>食堂</td></tr><tr><td>桥头</td><td>3</td></tr></table></div></div></body></html>"""
    return {"p04.html": page.encode(), "c/content_2.html": article.encode(), "page.png": picture(1000, 800)}


def classes() -> dict[str, bytes]:
    """Roles in the names of classes; coordinates in percent."""
    page = """<html><head><title>A05版 教育</title></head><body><img src="a05.jpg" usemap="#m"><map name="m">
    <area coords="10%,20%,60%,50%" href="news/1.html"></map></body></html>"""
    article = f"""<html><body><table><tr><td class="yinti">小食堂里的大民生</td></tr><tr><td class="title_a">社区食堂开进家门口
    </td></tr><tr><td><span class="subtitle">河湾区新增助餐点</span></td></tr><tr><td class="zuozhe">何静 罗一平</td></tr>
    <tr><td class="content"><div>{CANTEEN}</div><div>{MORE}</div></td></tr></table></body></html>"""
    return {"A05.htm": page.encode(), "news/1.html": article.encode()}


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8"])
def test_a_page_of_the_older_system_gives_articles_and_zones(encoding: str) -> None:
    source = extract(zipped(founder(encoding)), "p3.zip")
    page = rebuild(source)
    first, second = page.articles
    assert source.kind == "html"
    assert source.encoding == ("gb18030" if encoding == "gb2312" else "utf-8")
    assert (first.kicker, first.headline, first.subtitle) == (
        "抢农时 抓进度",
        "春耕备耕 全面铺开",
        "——河湾区农业生产见闻",
    )
    assert first.paragraphs == (LEAD.replace(" ", ""), MORE)
    assert [b.name for b in first.bylines] == ["程望舒", "罗一平"]
    assert first.byline_text is None
    assert (second.headline, second.paragraphs, second.byline_text) == ("社区食堂开进家门口", (CANTEEN, MORE), "何静")
    assert [(item.text, item.kind) for item in page.unplaced] == [("图为农技人员在田间。何静 摄", "caption")]
    assert [zone.article for zone in page.zones] == [0, 1]
    assert page.zones[0].polygon[0] == pytest.approx((10 / 350, 20 / 500), abs=1e-5)
    assert len(page.zones[0].polygon) == 6
    assert page.zones[1].polygon[2] == pytest.approx((175 / 350, 490 / 500), abs=1e-5)


def test_headings_in_order_and_the_size_of_the_picture_itself() -> None:
    page = rebuild(extract(zipped(modern()), "p4.zip"))
    (article,) = page.articles
    assert (article.kicker, article.headline, article.subtitle) == (
        "小食堂里的大民生",
        "社区食堂开进家门口",
        "河湾区新增老年助餐点十二处",
    )
    assert article.paragraphs == (CANTEEN, MORE, "街道 食堂", "桥头 3")
    assert article.byline_text == "本报记者 何静"
    assert page.zones[0].polygon == ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))


def test_roles_in_the_names_of_classes_and_areas_in_percent() -> None:
    page = rebuild(extract(zipped(classes()), "p5.zip"))
    (article,) = page.articles
    assert (article.kicker, article.headline, article.subtitle) == (
        "小食堂里的大民生",
        "社区食堂开进家门口",
        "河湾区新增助餐点",
    )
    assert [b.name for b in article.bylines] == ["何静", "罗一平"]
    assert page.zones[0].polygon[0] == (0.1, 0.2)


def test_a_saved_article_by_itself() -> None:
    for data in (founder()["html/content_101.htm"], founder("utf-8")["html/content_101.htm"]):
        (article,) = rebuild(extract(data, "稿件.htm")).articles
        assert article.headline == "春耕备耕 全面铺开"
        assert len(article.paragraphs) == 2


def test_articles_that_are_missing_are_named_and_the_others_read() -> None:
    files = founder()
    del files["html/content_102.htm"]
    source = extract(zipped(files), "p3.zip")
    assert "content_102.htm" in source.notices[0]
    assert [a.headline for a in rebuild(source).articles] == ["春耕备耕 全面铺开"]
    assert [zone.article for zone in rebuild(source).zones] == [0]


EMPTY_MAP = b'<html><img src="p.jpg" usemap="#m"><map name="m"><area coords="1,2,3,4" href="#"></map></html>'


@pytest.mark.parametrize(
    ("data", "name", "code", "words"),
    [
        (founder()["html/node_3.htm"], "node_3.htm", "no-articles", "content_101.htm"),
        (EMPTY_MAP, "node_2.htm", "no-articles", "没有指向"),
        (b"<html><body><p> </p></body></html>", "a.htm", "no-article", "没有找到稿件正文"),
        (b"<!DOCTYPE html><html></html>", "a.htm", "no-article", "没有找到稿件正文"),
        (zipped({"p1.txt": "a"}), "issue.zip", "no-articles", "数字报"),
        (zipped(founder() | {"html/node_4.htm": founder()["html/node_3.htm"]}), "i.zip", "several-pages", "2 个版面"),
    ],
)
def test_a_page_without_its_articles_is_refused_with_one_sentence(
    data: bytes, name: str, code: str, words: str
) -> None:
    with pytest.raises(ReadingError, match=words) as refused:
        extract(data, name)
    assert refused.value.code == code


def test_a_page_nested_a_thousand_deep_is_read() -> None:
    deep = b"<html><body>" + b"<div>" * 1000 + f"<p>{CANTEEN}</p>".encode() + b"</div>" * 1000
    (article,) = rebuild(extract(deep, "a.htm")).articles
    assert article.paragraphs == (CANTEEN,)
