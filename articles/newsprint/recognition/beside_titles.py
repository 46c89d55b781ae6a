"""People printed beside a title: 区长李某, and the others of the same title."""

from __future__ import annotations

import re

from . import reasons
from .names import Candidate, best_candidate, follow_score, is_common_word, plainly_ends
from .passages import Passage
from .people_found import GUESS, SURE, PeopleFound
from .posts import TITLE, TitleMatch, find_titles, split_title

_JOINT = re.compile(r"、|和|与|及|以及")


def beside_titles(people: PeopleFound, passage: Passage) -> None:
    """区党工委委员、管委会副主任杜某: the name behind a title holds the posts before it."""
    text = passage.text
    titles = find_titles(text)
    starts = {title.start for title in titles} | {title.post_start for title in titles}
    ends = {title.end for title in titles if title.end - title.start > 1}
    for title in titles:
        position = title.end + (text[title.end : title.end + 1] == " ")
        candidate = _candidate(people, passage, position)
        if candidate is None:
            continue
        needed = GUESS + (0.7 if title.descriptor else 0.0) + (0.5 if position != title.end else 0.0)
        # 宣传部部长高某到场: a dictionary word before a plain end, behind a post with its body.
        if title.leading and is_common_word(candidate.name) and split_title(title.posts[-1])[0]:
            needed -= 0.4 if plainly_ends(text, candidate.end) else 0.0
        if candidate.score < needed or _covers_title(candidate, starts, ends, text):
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
