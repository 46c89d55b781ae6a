"""Articles that were printed twice: the same text in two issues, a wire text in two papers, a page read twice.

Every article leaves the bands of a MinHash signature; articles that share a band are compared letter by letter. What is
alike is proposed to an editor, who links the two or says that they are different.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rensa import RMinHash

from articles.models import Article, Decision, Fingerprint, FingerprintBand, Likeness, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

_LETTERS = 4  # in a shingle
_SHORTEST = 60  # letters; briefer texts are alike by their genre
_BANDS, _ROWS = 12, 4  # two articles that share .7 of their shingles meet in a band 96 times of 100
_ALIKE = 0.6  # of all shingles of both
_CONTAINED = 0.85  # of the shorter one's
_CANDIDATES = 50
_BATCH = 100
_DROPPED = re.compile(r"[\W_]+")


def compare_waiting(limit: int = 2000, page: Page | None = None) -> int:
    """Compare articles that are new or changed with all others; returns how many were compared."""
    changed = Q(fingerprint__isnull=True) | ~Q(fingerprint__content_hash=F("content_hash"))
    waiting = Article.objects.filter(changed, merged_into__isnull=True, continues__isnull=True).order_by("pk")
    if page is not None:
        waiting = waiting.filter(page=page)
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for start in range(0, len(ids), _BATCH):
        _compare(ids[start : start + _BATCH])
    return len(ids)


@transaction.atomic
def judge(pair: Likeness, status: Likeness.Status, user: User) -> Decision | None:
    """Say whether two articles are the same; None where that was said already."""
    pair = Likeness.objects.select_for_update().select_related("one", "other__page").get(pk=pair.pk)
    before = pair.status
    if before == status:
        return None
    show_judgement({"likeness": pair.pk, "status": str(status)}, user)
    return Decision.objects.create(
        kind=Decision.Kind.PAIRED,
        page=pair.other.page,
        article=pair.other,
        actor=user,
        reason=_("与“%(one)s”：%(status)s") % {"one": str(pair.one)[:60], "status": Likeness.Status(status).label},
        before={"likeness": pair.pk, "status": str(before)},
        after={"likeness": pair.pk, "status": str(status)},
    )


def show_judgement(state: dict[str, int | str], user: User) -> None:
    """Make a pair stand as one side of a decision says."""
    open_again = state["status"] == Likeness.Status.PROPOSED
    Likeness.objects.filter(pk=state["likeness"]).update(
        status=state["status"],
        decided_by=None if open_again else user,
        decided_at=None if open_again else timezone.now(),
    )


def likeness_of(one: str, other: str) -> tuple[float, float]:
    """How much of all shingles two texts share, and how much of the shorter one's; 0 to 1."""
    mine, others = _shingles(one), _shingles(other)
    shared = len(mine & others)
    if not shared:
        return 0.0, 0.0
    return shared / len(mine | others), shared / min(len(mine), len(others))


@transaction.atomic
def _compare(ids: list[int]) -> None:
    # Those that another worker compares right now are left to it.
    free = Article.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=ids)
    articles = list(free.select_related("page__issue"))
    ids = [article.pk for article in articles]
    FingerprintBand.objects.filter(article__in=ids).delete()
    bands = {article.pk: _bands(article.text) for article in articles}
    FingerprintBand.objects.bulk_create(
        [FingerprintBand(article_id=pk, band=band) for pk, own in bands.items() for band in own], batch_size=500
    )
    for article in articles:
        _pair(article, bands[article.pk])
    Fingerprint.objects.filter(pk__in=ids).delete()
    Fingerprint.objects.bulk_create([Fingerprint(article=a, content_hash=a.content_hash) for a in articles])


def _pair(article: Article, bands: Iterable[int]) -> None:
    """Propose what is alike; a proposal that the text no longer bears out goes."""
    met = FingerprintBand.objects.filter(band__in=list(bands)).exclude(article=article)
    candidates = Article.objects.filter(pk__in=met.values("article"), merged_into__isnull=True, continues__isnull=True)
    alike: set[int] = set()
    for other in candidates.select_related("page__issue")[:_CANDIDATES]:
        score, contained = likeness_of(article.text, other.text)
        if score < _ALIKE and contained < _CONTAINED:
            continue
        first, second = sorted((article, other), key=lambda each: (each.date, each.pk))
        pair, _new = Likeness.objects.update_or_create(
            one=first, other=second, defaults={"score": round(max(score, contained), 3)}
        )
        alike.add(pair.pk)
    proposed = Likeness.objects.filter(Q(one=article) | Q(other=article), status=Likeness.Status.PROPOSED)
    proposed.exclude(pk__in=alike).delete()


def _shingles(text: str) -> set[str]:
    letters = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return {letters[at : at + _LETTERS] for at in range(len(letters) - _LETTERS + 1)}


def _bands(text: str) -> set[int]:
    shingles = _shingles(text)
    if len(shingles) < _SHORTEST:
        return set()
    signature = RMinHash(num_perm=_BANDS * _ROWS, seed=7)
    signature.update(sorted(shingles))
    rows = signature.digest()
    return {
        int.from_bytes(
            hashlib.blake2b(repr((n, rows[n * _ROWS : (n + 1) * _ROWS])).encode(), digest_size=8).digest(),
            "big",
            signed=True,
        )
        for n in range(_BANDS)
    }
