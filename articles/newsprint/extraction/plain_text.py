"""Bytes of a text dump → its lines, in whatever encoding a newsroom's tools left them."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from articles.newsprint.values import ReadingError, SourceLine

MAX_LINE = 20_000
MAX_LINES = 20_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
# The commonest characters of running text in both scripts: a wrong decoding hardly ever hits them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去"
    "把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
    "市区党委员记者报讯月近召会议建设项目企业工作安全强调领导街道社区发展服务，。、；：“”（）"
    "這個為時來們於對會發動過說產種後學經進著電裡現實體機當點從業應開還沒與關線數"
)
_NEWLINE = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding it was in. Raises ReadingError `empty`, `binary` or `unknown-encoding`."""
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise ReadingError("empty", f"“{name}”是空文件，没有可读的文字。请检查导出的文件后重新上传。")
    text, encoding = _decoded(data, name)
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > max(8, len(text) // 200):
        raise ReadingError(
            "binary", f"“{name}”不是文本文件，里面是二进制数据。请从排版软件重新导出纯文本（.txt）后上传。"
        )
    if not text.strip():
        raise ReadingError("empty", f"“{name}”里只有空白，没有可读的文字。请检查导出的文件后重新上传。")
    return text, encoding


def split_lines(text: str, name: str) -> tuple[SourceLine, ...]:
    """Lines numbered from 1, exactly as they stand. Raises ReadingError `line-too-long`, `too-many-lines`."""
    parts = _NEWLINE.split(text)
    if parts and not parts[-1]:
        parts.pop()
    if len(parts) > MAX_LINES:
        raise ReadingError(
            "too-many-lines",
            f"“{name}”有 {len(parts)} 行，一个版面最多 {MAX_LINES} 行。请按版面拆成多个文件后上传。",
        )
    longest = max((len(part) for part in parts), default=0)
    if longest > MAX_LINE:
        raise ReadingError(
            "line-too-long",
            f"“{name}”中有一行长达 {longest} 个字，看不出版面的分行。请从排版软件重新导出保留换行的文本。",
        )
    return tuple(SourceLine(number, part) for number, part in enumerate(parts, 1))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec), label
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    guesses: list[tuple[float, int, str, str]] = []
    for codec in ("utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        guesses.append((score, -len(guesses), text, codec))
    if guesses:
        score, _, text, codec = max(guesses)
        if score >= 0.2:
            return text, codec.removesuffix("hkscs")
    if len(_CONTROL.findall(data.decode("latin-1"))) > len(data) // 50:
        raise ReadingError(
            "binary", f"“{name}”不是文本文件，里面是二进制数据。请从排版软件重新导出纯文本（.txt）后上传。"
        )
    best = from_bytes(data).best()
    if best is not None and best.encoding and plausibility(str(best)) >= 0.1:
        return str(best), best.encoding.replace("_", "-")
    raise ReadingError(
        "unknown-encoding", f"“{name}”的文字编码无法识别。请用记事本打开，另存为 UTF-8 编码的文本后重新上传。"
    )


def plausibility(text: str) -> float:
    """Share of characters, white space aside, that are common in Chinese running text or ASCII letters."""
    sample = "".join(text[:20_000].split())
    if not sample:
        return 0.0
    return sum(char in _COMMON or (char.isascii() and char.isalnum()) for char in sample) / len(sample)
