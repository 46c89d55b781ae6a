"""Who else has a page of the desk open."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Page, Visit

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_HERE = datetime.timedelta(minutes=2)
_KEPT = datetime.timedelta(days=1)


def visit(page: Page, editor: User) -> list[Visit]:
    """Note that an editor is at a page; returns who else is, the last to look first."""
    now = timezone.now()
    Visit.objects.filter(seen_at__lt=now - _KEPT).delete()
    Visit.objects.update_or_create(page=page, editor=editor, defaults={"seen_at": now})
    others = Visit.objects.filter(page=page, seen_at__gte=now - _HERE).exclude(editor=editor)
    return list(others.select_related("editor").order_by("-seen_at"))
