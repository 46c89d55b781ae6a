"""Accounts: who is invited, with which role, and who may not come in any more. Each change is in the log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from articles.models import ROLE_NAMES, Decision
from articles.services.logbook import write_down

if TYPE_CHECKING:
    from django.db.models import QuerySet

_USERNAME = re.compile(r"[\w.@+-]{1,150}")


class AccountRefusedError(Exception):
    """Nothing was changed; `field` and `message` say what and why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def accounts() -> QuerySet[User]:
    """Everybody who has an account, those who may come in first."""
    return User.objects.prefetch_related("groups").order_by("-is_active", "username")


def role_of(user: User) -> str:
    """The highest role of an account, empty for one without."""
    held = {group.name for group in user.groups.all()}
    return next((role for role in reversed(ROLE_NAMES) if role in held), "")


@transaction.atomic
def invite(username: str, name: str, role: str, by: User) -> User:
    """Make an account without a password; whoever opens its link sets one. Raises AccountRefusedError."""
    username = username.strip()
    if not _USERNAME.fullmatch(username):
        raise AccountRefusedError("username", _("用户名只能有文字、数字和 @ . + - _，不超过 150 字"))
    if User.objects.filter(username__iexact=username).exists():
        raise AccountRefusedError("username", _("已有这个用户名，请换一个"))
    user = User(username=username, first_name=" ".join(name.split())[:150])
    user.set_unusable_password()
    user.save()
    _give(user, role)
    _write(by, _("邀请 %(who)s，%(role)s") % {"who": user.username, "role": ROLE_NAMES[role]})
    return user


@transaction.atomic
def set_role(user: User, role: str, by: User) -> None:
    """Give an account another role in place of the one it has. Raises AccountRefusedError."""
    _check(user, by)
    if role_of(user) != role:
        _give(user, role)
        _write(by, _("%(who)s 改为%(role)s") % {"who": user.username, "role": ROLE_NAMES[role]})


@transaction.atomic
def set_active(user: User, active: bool, by: User) -> None:
    """Let somebody in again, or not any more; whoever is signed in is out at once. Raises AccountRefusedError."""
    _check(user, by)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        what = _("恢复账号 %(who)s") if active else _("停用账号 %(who)s")
        _write(by, what % {"who": user.username})


def welcome_path(user: User) -> str:
    """Where an invited user sets a password, once, within three days. For a forgotten password too."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("articles:account-welcome", args=[uid, default_token_generator.make_token(user)])


@transaction.atomic
def new_link(user: User, by: User) -> str:
    """A fresh link for an account. Raises AccountRefusedError."""
    _check(user, by)
    _write(by, _("给 %(who)s 新的登录链接") % {"who": user.username})
    return welcome_path(user)


def _check(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise AccountRefusedError("", _("不能改自己的账号，请另一位管理员来改"))
    if user.is_superuser and not by.is_superuser:
        raise AccountRefusedError("", _("这是系统超级用户，只有超级用户能改"))


def _give(user: User, role: str) -> None:
    if role not in ROLE_NAMES:
        raise AccountRefusedError("role", _("请选择一个角色"))
    user.groups.remove(*Group.objects.filter(name__in=ROLE_NAMES))
    user.groups.add(Group.objects.get(name=role))


def _write(by: User, reason: str) -> None:
    write_down(Decision.Kind.ACCOUNT, by, reason)
