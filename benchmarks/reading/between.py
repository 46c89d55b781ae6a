"""What stands between the articles of a printed page."""

from __future__ import annotations

import random

_PEOPLE = ("袁夏生", "阎青", "何晓舟", "卫东来", "邱雨", "孟可欣", "秦岚", "尤佳")


def advertisement(rng: random.Random) -> list[str]:
    """Lines of a small advertisement."""
    phone = f"553{rng.randrange(10000):04}"
    return rng.choice(
        [
            ["遗失启事", f"{rng.choice(_PEOPLE)}遗失渔业船员证，证号", f"{rng.randrange(100000):05}，声明作废。"],
            ["公 告", "澄湾顺达船务有限公司经股东会决议", "解散，请债权人四十五日内来人申报。", f"联系电话：{phone}"],
            [
                "招租启事",
                "望帆路临街商铺三间对外招租，",
                "面积八十至一百二十平方米。",
                f"电话：{phone} {rng.choice(_PEOPLE)}",
            ],
            [f"广告刊登热线：{phone}"],
        ]
    )


def caption(rng: random.Random) -> list[str]:
    """Lines of a caption that needs no body to be known as one."""
    text = rng.choice(
        [
            "图为渔民在码头分拣渔获。",
            "图为志愿者在滩涂上清理垃圾。",
            "▲孩子们在船上辨认海鸟。",
            "图①：船台上的分段合拢现场。",
        ]
    )
    credit = f"{rng.choice(_PEOPLE)} 摄"
    return rng.choice([[text, credit], [f"{text} {credit}"], [text]])


def furniture(rng: random.Random) -> list[str]:
    """One line of page furniture."""
    return [
        rng.choice(
            [
                "2024年6月7日　星期五　农历五月初二",
                "A2 综合",
                "03版 民生",
                f"责任编辑：{rng.choice(_PEOPLE)} 版式：{rng.choice(_PEOPLE)} 校对：{rng.choice(_PEOPLE)}",
                "编辑/袁夏 组版/阎青 校对/邱雨",
                "澄湾导报",
                "新闻热线：5530110",
                "国内统一刊号：CN35-0000",
            ]
        )
    ]
