"""Requests behind the desk's door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class EditorRequest(HttpRequest):
    """A request that `editor_required` let through: its user is signed in. For types only."""

    user: User
