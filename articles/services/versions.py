"""Back to how a page stood once, as one more decision: nothing that was done since is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Decision, Page
from articles.services.changes import apply_state, check_lines, difference
from articles.services.makeup import GestureRefusedError, Makeup, State
from articles.services.reviewing import StalePageError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAKING_UP = (
    Decision.Kind.READ,
    Decision.Kind.EDITED,
    Decision.Kind.CORRECTED,
    Decision.Kind.MOVED,
    Decision.Kind.MERGED,
    Decision.Kind.SPLIT,
    Decision.Kind.ZONED,
    Decision.Kind.SET_ASIDE,
    Decision.Kind.RESTORED,
)


def can_be_restored(decision: Decision) -> bool:
    """Whether a page can go back to how it stood after this decision."""
    return decision.kind in MAKING_UP and decision.undone_at is None and decision.page_id is not None


@transaction.atomic
def restore_version(decision: Decision, user: User, *, version: int | None = None) -> Decision | None:
    """Texts and places of lines as they stood right after a decision; None where nothing differs.

    Who is named and what is published stay as they are. Raises GestureRefusedError where readers would be harmed.
    """
    if decision.page_id is None or not can_be_restored(decision):
        raise GestureRefusedError(_("不能回到这一步"))
    page = Page.objects.select_for_update().get(pk=decision.page_id)
    if version is not None and page.version != version:
        raise StalePageError
    now = Makeup(page).state()
    later = page.decisions.filter(kind__in=MAKING_UP, undone_at__isnull=True, pk__gt=decision.pk).order_by("-pk")
    then = _walked_back(now, [each.before for each in later])
    before, after = difference(now, then)
    if not after["articles"] and not after["blocks"]:
        return None
    apply_state(page, after, user)
    check_lines(page)
    return Decision.objects.create(
        kind=Decision.Kind.RESTORED,
        page=page,
        article=decision.article,
        actor=user,
        reason=_("回到%(when)s %(what)s之后")
        % {"when": f"{decision.created_at:%m-%d %H:%M}", "what": decision.get_kind_display()},
        before=before,
        after=after,
    )


def _walked_back(state: State, steps: list[dict[str, Any]]) -> State:
    """The state before these steps, the latest first.."""
    then: State = {kind: dict(entries) for kind, entries in state.items()}
    for step in steps:
        for kind in ("articles", "blocks"):
            for key, entry in step.get(kind, {}).items():
                if entry is None:
                    then[kind].pop(key, None)
                else:
                    then[kind][key] = {**then[kind].get(key, {}), **entry}
    return then
