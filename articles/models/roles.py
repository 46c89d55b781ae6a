"""Who may do what. The groups are made by a migration; a superuser holds every role."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

STAFF = "staff"  # 资料员: searches, quotes, exports
EDITOR = "editor"  # 编辑: uploads, corrects, publishes; also all that staff may
DESK_PERMISSION = "articles.work_at_desk"
EXPORT_PERMISSION = "articles.export_articles"


def is_editor(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may enter the desk and see drafts."""
    return bool(user.is_active and user.has_perm(DESK_PERMISSION))


def is_staff(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may export; editors may too."""
    return bool(user.is_active and user.has_perm(EXPORT_PERMISSION))
