"""People printed beside a title: 区长李某, and the others of the same title."""

from __future__ import annotations

import re

from . import reasons
from .lexicon import part_of_speech, tagged
from .names import Candidate, best_candidate, follow_score, is_common_word, plainly_ends, says, speaks, surname_at
from .passages import Passage
from .people_found import GUESS, SURE, PeopleFound
from .posts import TITLE, TitleMatch, find_titles, split_title

_HOLDS = re.compile(r"(?:任|担任|作为|身为|当过|做过|当选|兼任)$")
_ONLY_HAN = re.compile(r"[一-鿿]{2,3}")
_MARKS = frozenset("，。；、")
# Kinds of dictionary words that people are called by: nouns, places, adjectives; no verbs and adverbs.
_NAMING = frozenset("nasbz")
_SMALL_WORDS = frozenset(
    "的了是在和与及等为任兼将已均就都也还要不有到向对从由把被让请带率领则即并或其该各每本这那得地着过"
)
_JOINT = re.compile(r"、|和|与|及|以及")


def beside_titles(people: PeopleFound, passage: Passage) -> None:
    """区党工委委员、管委会副主任杜某: the name behind a title holds the posts before it."""
    text = passage.text
    titles = find_titles(text)
    starts = {title.start for title in titles} | {title.post_start for title in titles}
    ends = {title.end for title in titles if title.end - title.start > 1}
    for title in titles:
        position = title.end + (text[title.end : title.end + 1] == " ")
        spaced = position != title.end
        if text[title.end : title.end + 1] == "的" and _holds(text, title):
            position += 1  # 时任县计委主任的谢某
        candidate = _candidate(people, passage, position)
        needed = GUESS + (0.7 if title.descriptor else 0.0) + (0.5 if spaced else 0.0)
        # 丁某的儿子丁某, but not 他的父亲贾老大.
        if candidate and title.descriptor and text[title.start - 1 : title.start] == "的":
            needed -= 0.0 if part_of_speech(candidate.name[1:]) else 0.3
        # 获救的老人宁某某含泪说
        if candidate and title.descriptor and len(candidate.name) == 3 and speaks(text, candidate.end):
            needed -= 0.4
        at_a_body = bool(title.posts) and bool(split_title(title.posts[-1])[0])
        # 宣传部部长高某到场: a dictionary word before a plain end, behind a post with its body.
        if candidate and at_a_body and (is_common_word(candidate.name) or title.leading):
            needed -= 0.4 if plainly_ends(text, candidate.end) else 0.0
        if candidate is None or candidate.score < needed:
            candidate = _where_only_a_name_stands(text, title, at_a_body=at_a_body)
        if candidate is None or _covers_title(candidate, starts, ends, text):
            continue
        certain = candidate.score >= SURE + (0.4 if title.descriptor else 0.0)
        people.accept(
            candidate.name,
            candidate.score,
            reasons.BESIDE_TITLE,
            title.posts,
            sure=certain,
            at=(passage, candidate.start),
        )
        people.posts.append((passage, title))
        _list_goes_on(people, passage, candidate, title, starts)


def _where_only_a_name_stands(text: str, title: TitleMatch, *, at_a_body: bool) -> Candidate | None:
    """市场监管局副局长简单，: a noun or an adjective between the post of a body and a mark or a verb of speech.

    党校副校长亓某某说: or a run that no dictionary has, whatever surname it begins with; an editor should look.
    """
    if not title.leading or not at_a_body or len(split_title(title.posts[-1])[0]) < 2:
        return None
    for length in (2, 3):
        end = title.end + length
        name = text[title.end : end]
        marked = text[end : end + 1] in _MARKS
        if not _ONLY_HAN.fullmatch(name) or not (marked or says(text, end)):
            continue
        if kind := part_of_speech(name):  # 局长严肃指出 tells how, not who
            fits = kind[0] in _NAMING and bool(surname_at(text, title.end)) and (marked or kind[0] in "ns")
        else:
            fits = _unheard_of(name) and not part_of_speech(text[end - 1 : end + 1])
        return Candidate(title.end, end, name, GUESS) if fits else None
    return None


def _holds(text: str, title: TitleMatch) -> bool:
    return text.startswith("时任", title.post_start) or bool(_HOLDS.search(text, 0, title.post_start))


def _unheard_of(name: str) -> bool:
    """Does the cutter take the whole run for a name, or is none of it a word?"""
    tokens = tagged(name)
    if len(tokens) == 1:
        return tokens[0][1].startswith("nr") or (tokens[0][1] == "n" and len(name) == 3)
    if part_of_speech(name[:2]):
        return False
    return all(len(word) == 1 or tag.startswith("nr") for word, tag in tokens) and not set(name) & _SMALL_WORDS


def _candidate(people: PeopleFound, passage: Passage, position: int) -> Candidate | None:
    """The likeliest name that begins here; one printed with blanks inside (厉 军) is known to its end."""
    if end := passage.spread.get(position):
        return Candidate(position, end, passage.text[position:end], SURE + 1)
    return best_candidate(passage.text, position, people.article)


def _covers_title(candidate: Candidate, title_starts: set[int], title_ends: set[int], text: str) -> bool:
    """区长李某 after 书记、 is the next title, not a name; 翟建业主持 holds 业主 and is a name all the same.

    区长任组长 names nobody: a title follows the verb 任.
    """
    if text.startswith("任", candidate.start) and candidate.start + 1 in title_starts:
        return True
    inside = any(candidate.start < start < candidate.end for start in title_starts)
    if inside and candidate.end in title_ends:  # 钳工班班长 ends in a title, not in a name
        return True
    return (inside and candidate.score < SURE) or (
        candidate.start in title_starts
        and TITLE.match(text, candidate.start) is not None
        and follow_score(text, candidate.end) < 1
    )


def _list_goes_on(people: PeopleFound, passage: Passage, first: Candidate, title: TitleMatch, starts: set[int]) -> None:
    """纪工委副书记查明、鲁平安: one post printed before several names."""
    text, last = passage.text, first
    while joint := _JOINT.match(text, last.end):
        position = joint.end()
        candidate = _candidate(people, passage, position)
        if candidate is None or candidate.score < GUESS + 0.4:
            return
        if any(position <= start < candidate.end for start in starts):
            return
        clause = re.split(r"[，。；、]", text[position : position + 30])[0]
        if any(position <= match.start() + position for match in TITLE.finditer(clause)) and any(
            start == position for start in starts
        ):
            return
        people.accept(
            candidate.name,
            candidate.score,
            reasons.SHARED_TITLE,
            title.posts,
            sure=candidate.score >= SURE,
            at=(passage, candidate.start),
        )
        last = candidate
