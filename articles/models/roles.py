"""Who may do what. The groups are made by a migration; a superuser holds every role.

Each role may all that the one before it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

READER = "reader"  # 读者: reads, also where the archive is for members
STAFF = "staff"  # 资料员: searches, quotes, exports, sees the log
EDITOR = "editor"  # 编辑: uploads, corrects, publishes
CHIEF = "chief"  # 主编: publishes in spite of doubts
ADMINISTRATOR = "administrator"  # 管理员: invites and manages accounts
ROLE_NAMES = {
    READER: _("读者"),
    STAFF: _("资料员"),
    EDITOR: _("编辑"),
    CHIEF: _("主编"),
    ADMINISTRATOR: _("管理员"),
}
DESK_PERMISSION = "articles.work_at_desk"
EXPORT_PERMISSION = "articles.export_articles"
DOUBT_PERMISSION = "articles.publish_in_doubt"
ACCOUNTS_PERMISSION = "articles.manage_accounts"


def is_editor(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may enter the desk and see drafts."""
    return bool(user.is_active and user.has_perm(DESK_PERMISSION))


def is_staff(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may export and see the log; editors may too."""
    return bool(user.is_active and user.has_perm(EXPORT_PERMISSION))


def is_chief(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may publish what still holds doubts."""
    return bool(user.is_active and user.has_perm(DOUBT_PERMISSION))


def is_administrator(user: AbstractUser | AnonymousUser) -> bool:
    """Whether this user may invite others and change their roles."""
    return bool(user.is_active and user.has_perm(ACCOUNTS_PERMISSION))
