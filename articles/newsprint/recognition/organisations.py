"""Bodies of one article: by the endings of their names, by the posts held in them, and by their short forms."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.newsprint.values import OrganisationReading, Span

from . import reasons
from .left_edges import clause_start, left_edge
from .lexicon import alternatives, part_of_speech, section, tagged, words
from .passages import Passage
from .posts import TitleMatch, split_title

_OFFICE = section("organisation_suffixes.txt", "office")
_NAMED = section("organisation_suffixes.txt", "named")
_BARE = section("organisation_suffixes.txt", "bare")
_GENERIC = words("generic_bodies.txt")
_SUFFIX = re.compile(rf"(?:{alternatives(_OFFICE | _NAMED)})")
# Where a name that ends here would be the start of another word.
_NOT_HERE = re.compile(
    r"(?<=局)局长|(?<=副)局长|局[部面势限促]|厅[堂]|村[民庄里子口头落]|项目[化组经负]|工程[师量学]|中心[区城点思线镇]|集团[军化]|公司[化制法]|"
    r"广场舞|厂[房区家商址]|人大代表|政协委员(?!会)|委员会?长|学院派|银行卡|街道[两沿上]|社区[民团]|海关总署|大学[生城]|中学生|小学生|院士"
)
_LEADING_NOUNS = words("leading_nouns.txt")
# Words that a dictionary takes for names and that name nobody.
_PLAIN_PREFIXES = words("plain_prefixes.txt")
_REGION = re.compile(r"^(?:[一-鿿]{2,4}(?:省|市|县|经开区|高新区|新区|开发区)|[省市区县镇])")
_LEGAL = re.compile(
    r"(?:（[^（）]+）)?(?:集团)?(?:股份|控股|集团)?(?:有限责任公司|有限公司|集团公司|集团|公司|分公司)$"
)
_SCHOOL_SHORT = re.compile(
    r"(?<![第十百\d初高])(?:[一-鿿]{2,3})?(?:第?[一二三四五六七八九十]{1,2}(?:实)?[小中]|附小|附中|实验(?:小学|初中|高中|中学)|外国语(?:学校|小学|中学))"
    r"(?![型时午心间旬期路国年月队层等长]|学(?!生|校))"
)
_HOSPITAL_SHORT = re.compile(r"(?:[省市区县]|[一-鿿]{2})[一二三四五六七八九十]{1,2}院(?![士长内校子落])")
_ISSUED_BODY = re.compile(r"(?:政府|委|办)$")


@dataclass(slots=True)
class Body:
    """A body being collected: its printed forms and where they stand."""

    name: str
    certain: bool
    reason: str
    forms: dict[str, list[Span]] = field(default_factory=dict)


@functools.lru_cache(maxsize=20_000)
def is_specific(prefix: str) -> bool:
    """Does the part before the ending hold a name (a place, a word no dictionary has, a number)?"""
    if re.search(r"[A-Za-z0-9]", prefix) or re.search(r"第[一二三四五六七八九十]+", prefix):
        return True
    if re.match(r"[省市区县]", prefix) and len(prefix) > 1 and not part_of_speech(prefix[:2]):
        return True
    run = 0
    for word, tag in tagged(prefix):
        if len(word) == 1:
            run += 1
            if run >= 2:
                return True
            continue
        run = 0
        if tag in {"ns", "nr", "nz", "nt", "nrt", "nrfg"} or not part_of_speech(word):
            return True
    return False


def _trim(text: str, start: int, end: int) -> int:
    """Cut nouns of kind that stand before a name: 辖区企业某某公司."""
    position = start
    for word, _ in tagged(text[start:end]):
        position += len(word)
        if word in _LEADING_NOUNS and position < end:
            start = position
    return start


class OrganisationReader:
    """Finds bodies passage by passage; `read` groups them."""

    def __init__(self, passages: Sequence[Passage], short_forms: Mapping[str, str], known: frozenset[str]) -> None:
        self.passages = passages
        self.short_forms, self.known = short_forms, known
        self.found: dict[tuple[int, int, int], tuple[str, bool, str]] = {}
        self.by_number = {passage.paragraph: passage for passage in passages}

    def read(
        self,
        posts: Iterable[tuple[Passage, TitleMatch]],
        affiliations: Iterable[tuple[Passage, int, int]],
        names: frozenset[str],
    ) -> tuple[OrganisationReading, ...]:
        """Readings in order of first mention. `posts` and `affiliations` come from the people of the article."""
        self.names = names
        for passage in self.passages:
            self._by_ending(passage)
            self._by_abbreviation(passage)
            self._in_enumeration(passage)
        for passage, title in posts:
            self._by_post(passage, title)
        for passage, start, end in affiliations:
            if not split_title(passage.text[start:end])[0] and passage.text[start:end] not in _GENERIC:
                self._add(passage, start, end, certain=True, reason=reasons.AFFILIATION)
        self._known_forms()
        self._short_forms_of_full_names()
        self._everywhere()
        return self._grouped()

    def _add(self, passage: Passage, start: int, end: int, *, certain: bool, reason: str) -> None:
        if end - start >= 2:
            self.found.setdefault((passage.paragraph, start, end), (passage.text[start:end], certain, reason))

    # ---- endings

    def _by_ending(self, passage: Passage) -> None:
        text = passage.text
        position = 0
        while found := _SUFFIX.search(text, position):
            suffix, end = found[0], found.end()
            position = found.start() + 1
            # 公安局北塬分局, 社区党委: a longer name may end further on; each end is judged and the longest kept.
            if suffix.endswith("学校") and text.startswith("长", end):  # 中心小学校长 is the head of a 小学
                continue
            if any(_NOT_HERE.match(text, max(0, end - back)) for back in (1, 2, len(suffix))):
                continue
            floor = self._after_names(text, clause_start(text, found.start()), found.start())
            start = _trim(text, left_edge(text, found.start(), floor), found.start())
            self._judge(passage, start, found.start(), end, suffix)

    def _after_names(self, text: str, floor: int, end: int) -> int:
        """A person's name, or 任 after it, is no part of a body: 司徒敏任教育文体局局长."""
        for name in self.names:
            place = text.rfind(name, floor, end)
            if place >= 0:
                floor = max(floor, place + len(name))
        if text[floor - 1 : floor] in {name[-1] for name in self.names} and text[floor : floor + 1] in {"任", "为"}:
            floor += 1
        return floor

    def _judge(self, passage: Passage, start: int, suffix_start: int, end: int, suffix: str) -> None:
        text = passage.text
        name, prefix = text[start:end], text[start:suffix_start]
        if suffix in {"党委", "党组", "党总支"} and text.startswith(("书记", "副书记", "委员"), end):
            inner = prefix
            if not inner.endswith(("社区", "街道", "镇", "乡", "村", "局", "委", "园区")):
                if inner not in _GENERIC and len(inner) >= 3 and is_specific(inner):
                    self._add(passage, start, suffix_start, certain=True, reason=reasons.BODY_OF_POST)
                return
        if suffix in {"项目", "工程"} and (company := max(prefix.rfind("集团"), prefix.rfind("公司"))) >= 0:
            start += company + 2
            name, prefix = text[start:end], text[start:suffix_start]
        if name in _GENERIC or len(name) > 30 or re.match(r"\d+[个家名所座]", name):
            return
        if not prefix:
            if suffix in _BARE and not self._inside_word(text, start, end):
                self._add(passage, start, end, certain=True, reason=reasons.OFFICE)
            return
        if suffix in _OFFICE:
            kind = part_of_speech(name)
            if len(suffix) == 1 and (len(prefix) < 2 or (kind and kind not in {"nt", "n", "nz"})):
                return
            if part_of_speech(text[end - 2 : end]) and text[end - 2 : end] in _GENERIC and suffix in {"局", "厅"}:
                return
            self._add(passage, start, end, certain=True, reason=reasons.ENDING)
            return
        if len(prefix) < 2 and not re.match(r"[省市区县]", prefix):
            return
        if not is_specific(prefix) or prefix in _PLAIN_PREFIXES:
            if (
                suffix == "项目"
                and len(prefix) >= 2
                and (text.startswith("、", end) or text[start - 1 : start] == "、")
            ):
                if self._among_projects(text, start, end):
                    self._add(passage, start, end, certain=False, reason=reasons.PROJECT_LIST)
            elif (suffix.endswith("厂") and len(prefix) + len(suffix) >= 5 and prefix not in _PLAIN_PREFIXES) or (
                suffix in {"社区", "街道", "村", "园区", "社区党委"}
                and prefix not in _PLAIN_PREFIXES
                and 2 <= len(prefix) <= 4
                and part_of_speech(prefix).startswith("n")
            ):
                self._add(passage, start, end, certain=False, reason=reasons.ENDING)
            return
        if suffix == "村" and not 2 <= len(prefix) <= 4:
            return
        self._add(
            passage,
            start,
            end,
            certain=suffix not in {"项目", "工程", "村", "广场", "厂", "街区"},
            reason=reasons.ENDING,
        )

    @staticmethod
    def _among_projects(text: str, start: int, end: int) -> bool:
        before = text[max(0, start - 12) : start].endswith("项目、")
        return before or bool(re.match(r"、[^，。、]{2,12}项目", text[end:]))

    @staticmethod
    def _inside_word(text: str, start: int, end: int) -> bool:
        """市委 in 城市委员会."""
        return text[end : end + 1] in {"员", "托"} or (
            start > 0 and bool(part_of_speech(text[start - 1 : start + 1])) and text[start] in "市区县省"
        )

    def _by_abbreviation(self, passage: Passage) -> None:
        for pattern in (_SCHOOL_SHORT, _HOSPITAL_SHORT):
            for found in pattern.finditer(passage.text):
                start = max(found.start(), left_edge(passage.text, found.end() - 2, found.start()))
                if found.end() - start >= 3 and not found[0].startswith(("五一", "十一")):
                    self._add(passage, start, found.end(), certain=True, reason=reasons.SCHOOL_OR_HOSPITAL)

    def _in_enumeration(self, passage: Passage) -> None:
        """中原氨纶、蜀海实业、汉威电子: a name and a trade, standing alone between marks."""
        text = passage.text
        for found in _INDUSTRY.finditer(text):
            follows = text[found.end() : found.end() + 1]
            if follows and follows not in "、，。；等和与及的董总副创技（（":
                continue
            start = left_edge(text, found.start(), clause_start(text, found.start()))
            brand = text[start : found.start()]
            if (
                not 2 <= len(brand) <= 4
                or brand in self.names | _PLAIN_PREFIXES | words("industry_words.txt")
                or part_of_speech(brand + found[0])
            ):
                continue
            tokens = tagged(brand)
            place_only = len(tokens) == 1 and tokens[0][1] == "ns" and part_of_speech(brand)
            unknown = not part_of_speech(brand) and not any(
                len(word) > 1 and part_of_speech(word) and tag[0] in "nva" and tag not in {"nr", "ns", "nz"}
                for word, tag in tokens
            )
            enumerated = follows in "、等" or text[start - 1 : start] == "、"
            if unknown or (place_only and enumerated):
                self._add(passage, start, found.end(), certain=False, reason=reasons.NAME_AND_TRADE)

    # ---- posts

    def _by_post(self, passage: Passage, title: TitleMatch) -> None:
        """天衡精密董事长: what stands before a leading title is a body, with or without an ending."""
        position = title.post_start
        for post in re.split(r"(、|兼任?)", passage.text[title.post_start : title.end]):
            body, bare_title = split_title(post)
            if body and bare_title != post and not title.descriptor:
                trimmed = _trim(passage.text, position, position + len(body))
                self._body_of_post(passage, trimmed, position + len(body), certain=title.leading)
            position += len(post)

    def _body_of_post(self, passage: Passage, start: int, end: int, *, certain: bool) -> None:
        if any(paragraph == passage.paragraph and begin == start for paragraph, begin, _ in self.found):
            return
        body = passage.text[start:end]
        if body.endswith(("党委", "党组", "党总支")) and _LEGAL.search(body[:-2]):
            end -= 2
            body = body[:-2]
        if len(body) < 3 or body in _GENERIC or part_of_speech(body) or _SUFFIX.search(body):
            return
        if body.endswith(
            ("省", "市", "县", "区", "镇", "乡", "省级", "部门", "车间", "项目", "办公室", "科室", "班组")
        ):
            return
        if is_specific(body) and len(body) <= 12:
            self._add(passage, start, end, certain=certain, reason=reasons.BODY_OF_POST)

    # ---- forms

    def _known_forms(self) -> None:
        for passage in self.passages:
            for form in (*self.short_forms, *self.known):
                for start in _places(passage.text, form):
                    self._add(passage, start, start + len(form), certain=True, reason=reasons.KNOWN_FORM)

    def _short_forms_of_full_names(self) -> None:
        """朔陵恒麦食品有限公司 is 恒麦食品 further on."""
        full = {name for name, _, _ in self.found.values() if _LEGAL.search(name) and len(name) >= 6}
        for name in full:
            stem = _LEGAL.sub("", name)
            starts = {0}
            tokens = tagged(stem)
            if tokens and len(tokens[0][0]) <= 3 and len(stem) - len(tokens[0][0]) >= 3:
                starts.add(len(tokens[0][0]))
            if region := _REGION.match(stem):
                starts.add(region.end())
            if len(stem) >= 5:
                starts.add(2)
            for passage in self.passages:
                for begin in starts:
                    self._short_form(passage, stem[begin:], least=3 if begin or not _REGION.match(stem) else 5)

    def _short_form(self, passage: Passage, stem: str, least: int) -> None:
        if len(stem) < least:
            return
        for start in _places(passage.text, stem[:least]):
            length = least
            while length < len(stem) and passage.text.startswith(stem[: length + 1], start):
                length += 1
            end = start + length
            for tail in ("集团", "公司"):
                if passage.text.startswith(tail, end):
                    end += len(tail)
            form = passage.text[start:end]
            if not part_of_speech(form) and self._ends_word(stem, length):
                self._add(passage, start, end, certain=True, reason=reasons.SHORT_FORM)

    @staticmethod
    def _ends_word(stem: str, length: int) -> bool:
        if length == len(stem) or length >= 4:
            return True
        position = 0
        for word, _ in tagged(stem):
            position += len(word)
            if position == length:
                return True
        return False

    def _everywhere(self) -> None:
        """A form found once is looked for in the whole article."""
        forms = {name: (certain, reason) for name, certain, reason in self.found.values() if len(name) >= 3}
        for passage in self.passages:
            for form, (certain, reason) in forms.items():
                for start in _places(passage.text, form):
                    self._add(passage, start, start + len(form), certain=certain, reason=reason)

    # ---- grouping

    def _grouped(self) -> tuple[OrganisationReading, ...]:
        kept: list[tuple[int, int, int, str, bool, str]] = []
        for (paragraph, start, end), (name, certain, reason) in sorted(
            self.found.items(),
            key=lambda item: (item[0][0], item[1][2] == reasons.NAME_AND_TRADE, item[0][1] - item[0][2]),
        ):
            if any(p == paragraph and s < end and start < e for p, s, e, *_ in kept):
                continue
            kept.append((paragraph, start, end, name, certain, reason))
        bodies: dict[str, Body] = {}
        for paragraph, start, end, name, certain, reason in sorted(kept, key=lambda item: (item[0] < 0, *item[:2])):
            body = bodies.setdefault(name, Body(name, certain, reason))
            body.forms.setdefault(name, []).append(self.by_number[paragraph].span(start, end))
        merged: list[Body] = []
        for body in sorted(bodies.values(), key=lambda item: -len(item.name)):
            home = next((other for other in merged if self._same(other.name, body.name)), None)
            if home is None:
                merged.append(body)
            else:
                home.forms.update(body.forms)
        readings = []
        for body in merged:
            spans = sorted(
                (s for spans in body.forms.values() for s in spans),
                key=lambda s: (s.paragraph < 0, s.paragraph, s.start),
            )
            name = self.short_forms.get(body.name, body.name)
            readings.append(OrganisationReading(name, tuple(body.forms), body.certain, tuple(spans), body.reason))
        return tuple(sorted(readings, key=lambda r: (r.spans[0].paragraph < 0, r.spans[0].paragraph, r.spans[0].start)))

    def _same(self, full: str, short: str) -> bool:
        """Is `short` a form of `full`: its tail (区党工委, 党工委), or its characters in order with one ending?"""
        if self.short_forms.get(short) == full:
            return True
        if full.endswith(short):
            return full[: -len(short)] in {"区", "市", "县", "省", "镇"} or bool(_REGION.fullmatch(full[: -len(short)]))
        stem = _LEGAL.sub("", full)
        if stem != full and _LEGAL.sub("", short) in stem and len(_LEGAL.sub("", short)) >= 3:
            return True
        letters = iter(full)
        return (
            len(short) >= 3
            and len(full) >= len(short) + 2
            and full[-1] == short[-1]
            and all(c in letters for c in short)
            and full[:1] in {short[0], *short[:1]}
        )


_INDUSTRY = re.compile(alternatives(words("industry_words.txt")))


def _places(text: str, form: str) -> Iterable[int]:
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + len(form))
