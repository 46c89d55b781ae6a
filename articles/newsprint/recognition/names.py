"""Chinese personal names: how long a name is that begins here, and how sure that is."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from .lexicon import alternatives, part_of_speech, section, tagged, words
from .other_names import composed_end, dotted_ends, sound_ends

SURNAMES = words("surnames.txt")
COMPOUND = words("compound_surnames.txt")
WEAK = words("weak_surnames.txt")
_NEVER = words("never_names.txt")
_GIVEN = words("given_name_characters.txt")
_SPEECH = section("name_followers.txt", "speech")
_FOLLOWERS = _SPEECH | section("name_followers.txt", "action")
_FOLLOWS = re.compile(alternatives(_FOLLOWERS))
_SPEAKS = re.compile(rf"(?:[^，。；：！？“”、]{{0,3}})?(?:{alternatives(_SPEECH)})")

_SAYS = re.compile(alternatives(_SPEECH))
_HAS_SAID = re.compile(rf"(?:{alternatives(_SPEECH)})[，。：]")

# Never part of a given name.
_NEVER_IN_NAME = frozenset("的了是我你他她它这那么吗呢吧啊着很此或但而且被把将已却便没不个些某您咱")
# Verbs and adverbs of one character: they may be part of a name (查明), but mostly follow it (查某说).
_UNLIKELY_IN_NAME = frozenset(
    "在说问看听走去做叫带领陪率赴讲谈写念喊笑哭讨戴拿抱推骑端提扛打拉扶挂握拨查检督调召参出主称再就让还着最每帮替给找对与和及等从到都也又曾几各更"
)
# In many names and also at the head of many verbs: they say nothing.
_NEUTRAL_IN_NAME = frozenset("才前来先行会同可向首近重得其加过能连里二三四五六七八九十百力大少")
_SELDOM_LAST = frozenset("为将以向获赴率携偕等")  # 岑溪为众人颁奖
_PUNCTUATION = frozenset("，。、；：！？”“’‘（）()【】《》…— \n,;:!?#＃/")
_CLINGING = ("了", "着", "过", "们", "地", "得", "·", "某")
_CLINGING_CHARS = frozenset("地得到着过了")
_HONORIFIC = re.compile(r"同志|先生|女士|一行|夫妇|等\d*[人名]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name at [start, end) of a passage and its score; about 1 is a guess, 3 is sure."""

    start: int
    end: int
    name: str
    score: float


def surname_at(text: str, position: int) -> str:
    """The surname that begins here, the longer one first; empty if none."""
    if text[position : position + 2] in COMPOUND:
        return text[position : position + 2]
    char = text[position : position + 1]
    return char if char in SURNAMES else ""


def surname_of(name: str) -> str:
    """The surname that a whole name begins with; empty where it has none."""
    if name[:2] in COMPOUND and len(name) > 2:
        return name[:2]
    if (name[:1] in SURNAMES and len(name) <= 3) or "·" in name or composed_end(name, 0) == len(name):
        return name[:1]
    return ""


@functools.lru_cache(maxsize=50_000)
def _follow_score(rest: str) -> float:
    if not rest or rest[0] in _PUNCTUATION:
        return 2.0
    word, tag = tagged(rest)[0]
    if rest.startswith(_CLINGING) and len(word) == 1:
        return -6.0
    found = _FOLLOWS.match(rest)
    if found and (len(found[0]) > 1 or found[0] == "说"):
        return 2.5
    if found and found[0] in "也又还都却便则":
        return 2.0
    if len(word) > 1:
        if tag[0] in "vdpcri":
            return 1.6
        if tag[0] in "tml":
            return 1.0
        if found:
            return 0.6
        return 0.2 if tag[0] in "naj" else -0.2
    if found:
        return 1.2
    return {"v": 0.3, "p": 0.8, "d": 0.6, "u": 0.5, "c": 0.6, "m": 0.3}.get(tag[0], -0.8)


def follow_score(text: str, end: int) -> float:
    """How well the print after `end` fits the end of a name."""
    return _follow_score(text[end : end + 6])


def plainly_ends(text: str, end: int) -> bool:
    """Does a mark or a word of the list of followers come next?"""
    return end >= len(text) or text[end] in _PUNCTUATION or bool(_FOLLOWS.match(text, end))


def speaks(text: str, end: int) -> bool:
    """Does a verb of speech follow, perhaps after an adverb (杜某强调, 杜某最后表示)?"""
    return bool(_SPEAKS.match(text[end : end + 8]))


def says(text: str, end: int) -> bool:
    """Does a verb of speech follow at once (简某介绍)?"""
    return bool(_SAYS.match(text, end))


def has_said(text: str, end: int) -> bool:
    """Does a verb of speech follow that ends its clause (万某说。)?"""
    return bool(_HAS_SAID.match(text, end))


@functools.lru_cache(maxsize=50_000)
def shape_score(name: str, surname: str) -> float:
    """How much the characters alone look like a name."""
    given = name[len(surname) :]
    score = 0.0
    for char in given:
        if char in _NEVER_IN_NAME:
            score -= 4.0
        elif char in _UNLIKELY_IN_NAME:
            score -= 2.0 if char in "说就在对与也都又到" else 1.2
        elif char in _NEUTRAL_IN_NAME:
            score += 0.0
        elif char in _GIVEN:
            score += 0.4
        else:
            score -= 0.35
    score += 0.8 if len(given) == 2 and len(surname) == 1 else 0.0
    if len(given) == 2 and given[1] in _SELDOM_LAST and given not in {"大为", "有为", "敢为"}:
        score -= 2.0
    if len(surname) == 2:
        score += 0.8
    elif surname in {"和", "与", "于"}:
        score -= 2.0 if surname != "于" else 0.4
    elif surname in WEAK:
        score -= 0.6
    if name in _NEVER:
        score -= 3.0
    # 高兴地, 马上到: an adverb with what clings to it.
    if name[-1] in _CLINGING_CHARS and is_common_word(name[:-1]):
        score -= 3.0
    kind = part_of_speech(name)
    if kind and not kind.startswith("nr"):
        score -= 1.6 if kind[0] in "vdpcrmtfu" else 0.8
    return score


def is_common_word(name: str) -> bool:
    """江南, 黎明, 高峰: a dictionary word that may be a name."""
    kind = part_of_speech(name)
    return bool(kind) and not kind.startswith("nr")


def candidates(text: str, position: int, article: str = "") -> list[Candidate]:
    """All names that may begin at `position`, best first. `article` lends its repetitions."""
    if ends := dotted_ends(text, position):
        end = _likeliest(text, ends)
        if follow_score(text, end) < 1.0:  # 帕提古丽·艾山告诉: a name may hold other characters too
            more = (place for place in range(end + 1, min(len(text), end + 4)) if follow_score(text, place) >= 1.0)
            end = next(more, end)
        return [Candidate(position, end, text[position:end], 3.0)]
    found = _other_names(text, position)
    for surname in (surname_at(text, position), text[position : position + 1]):
        if surname not in SURNAMES and surname not in COMPOUND:
            continue
        for length in (1, 2):
            end = position + len(surname) + length
            name = text[position:end]
            if len(name) < len(surname) + length or not all("一" <= char <= "鿿" for char in name):
                continue
            if len(surname) == 1 and name[:2] in COMPOUND and length == 1:
                continue
            score = shape_score(name, surname) + follow_score(text, end) + _crossing(text, position, end)
            if _HONORIFIC.match(text, end):
                score += 0.8
            if is_common_word(name) and not plainly_ends(text, end):
                score -= 1.0
            if any(other.end == end for other in found):
                continue
            found.append(Candidate(position, end, name, score))
    if article:
        found = [_with_repetition(candidate, found, article) for candidate in found]
    return sorted(found, key=lambda candidate: -candidate.score)


def _other_names(text: str, position: int) -> list[Candidate]:
    """扎西多吉, 山本一郎 by their parts; 敖日格勒 by its sounds alone, which is a guess."""
    if end := composed_end(text, position):
        return [
            Candidate(position, end, text[position:end], (2.0 if end - position > 3 else 1.4) + follow_score(text, end))
        ]
    ends = sound_ends(text, position)
    if not ends:
        return []
    end = _likeliest(text, ends)
    name = text[position:end]
    if part_of_speech(name) or (surname_at(text, position) and len(name) < 4):
        return []
    return [Candidate(position, end, name, min(follow_score(text, end), 2.0) - (0.4 if len(name) == 3 else 0.0))]


def _likeliest(text: str, ends: list[int]) -> int:
    """The end that a name's text goes on from best; of those alike the last."""
    return max(ends, key=lambda place: (min(follow_score(text, place), 1.0), place))


def _crossing(text: str, start: int, end: int) -> float:
    """高度重视: the dictionary sees a word that runs across the end of the name."""
    tail = text[start : end + 4]
    position = 0
    for word, tag in tagged(tail):
        position += len(word)
        if position == end - start:
            return 0.3
        if position > end - start:
            known = len(word) > 1 and part_of_speech(word) and not tag.startswith("nr")
            return -0.8 if known else 0.0
    return 0.0


def _with_repetition(candidate: Candidate, rivals: list[Candidate], article: str) -> Candidate:
    """A name comes again with other words behind it; a cut in the wrong place always goes on the same way."""
    count = article.count(candidate.name)
    if count < 2:
        return candidate
    longer = [rival for rival in rivals if rival.name != candidate.name and rival.name.startswith(candidate.name)]
    shorter = [rival for rival in rivals if rival.name != candidate.name and candidate.name.startswith(rival.name)]
    bonus = 0.0
    if longer:
        bonus += 0.8 if all(article.count(rival.name) < count for rival in longer) else -1.2
        if all(article.count(rival.name) == 1 for rival in longer):
            bonus += 0.7
    if shorter and all(article.count(rival.name) == count for rival in shorter):
        bonus += 1.0
    return Candidate(candidate.start, candidate.end, candidate.name, candidate.score + bonus)


def best_candidate(text: str, position: int, article: str = "") -> Candidate | None:
    """The likeliest name that begins here, whatever its score."""
    found = candidates(text, position, article)
    return found[0] if found else None
