"""Files between two pages of the upload: held until the editor has answered what could not be guessed."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Issue, Page, Paper, SourceFile
from articles.newsprint.extraction import extract
from articles.newsprint.values import ReadingError
from articles.services.folios import guess_folio
from articles.services.pictures import PICTURED, thumbnail
from articles.services.uploading import PageFile, sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

_FOLDER = "staging"
_KEPT = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that waits, with what is known of it. `error` says why it can't be taken in."""

    name: str
    sha256: str
    size: int
    number: int | None
    encoding: str = ""
    lines: int = 0
    start: str = ""
    error: str = ""
    section: str = ""
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """An upload that waits for answers."""

    token: str
    paper: str
    date: datetime.date
    edition: int
    number: int | None
    user: int
    files: tuple[StagedFile, ...]

    def issue(self) -> Issue | None:
        """The issue that these files would join."""
        paper = Paper.objects.filter(name=self.paper).first()
        return Issue.objects.filter(paper=paper, date=self.date, edition=self.edition).first() if paper else None

    def thumbnail(self, index: int) -> bytes | None:
        """The small picture of a file, drawn when it is first asked for."""
        if not 0 <= index < len(self.files) or not self.files[index].pictured:
            return None
        path = _path(self.token, f"{index}-small.webp")
        if not default_storage.exists(path):
            drawn = thumbnail(_read(self.token, str(index)), self.files[index].name)
            if drawn is None:
                return None
            default_storage.save(path, ContentFile(drawn))
        return _read(self.token, f"{index}-small.webp")

    def page_files(self, answers: dict[int, dict[str, Any]]) -> list[PageFile]:
        """Files with their bytes and the editor's answers by position; files without an answer stay out."""
        return [
            PageFile(file.name, _read(self.token, str(index)), **answers[index])
            for index, file in enumerate(self.files)
            if index in answers
        ]


def stage_upload(
    files: Sequence[PageFile],
    *,
    paper: str,
    date: datetime.date,
    edition: int,
    number: int | None,
    user: User,
) -> Stage:
    """Hold files for their questions; each is looked into, so that the editor sees what it holds."""
    token = secrets.token_hex(16)
    looked = tuple(_looked_into(file) for file in files)
    for index, file in enumerate(files):
        default_storage.save(_path(token, str(index)), ContentFile(file.content))
    stage = Stage(token, paper, date, edition, number, user.pk, looked)
    shape = asdict(stage) | {"date": date.isoformat()}
    default_storage.save(_path(token, "stage.json"), ContentFile(json.dumps(shape).encode()))
    return stage


def load_stage(token: str, user: User) -> Stage | None:
    """An upload that this editor left waiting."""
    if len(token) != 32 or not token.isalnum() or not default_storage.exists(_path(token, "stage.json")):
        return None
    shape = json.loads(_read(token, "stage.json"))
    shape["date"] = datetime.date.fromisoformat(shape["date"])
    shape["files"] = tuple(StagedFile(**file) for file in shape["files"])
    stage = Stage(**shape)
    return stage if stage.user == user.pk else None


def drop_stage(token: str) -> None:
    """Forget an upload that was finished or given up."""
    for name in default_storage.listdir(f"{_FOLDER}/{token}")[1]:
        default_storage.delete(_path(token, name))
    default_storage.delete(f"{_FOLDER}/{token}")


def drop_old_stages() -> None:
    """Uploads that nobody came back to within a day."""
    if not default_storage.exists(_FOLDER):
        return
    for token in default_storage.listdir(_FOLDER)[0]:
        made = _path(token, "stage.json")
        if default_storage.exists(made) and default_storage.get_modified_time(made) < timezone.now() - _KEPT:
            drop_stage(token)


def questions(files: Sequence[PageFile], issue: Issue | None) -> bool:
    """Whether an editor should look first: a folio that can't be told, stands twice, or has a file already."""
    numbers = [file.page_number or guess_folio(file.name) for file in files]
    fresh = _fresh(files, issue)
    asked = [number for file, number in zip(files, numbers, strict=True) if file.name in fresh]
    if len(files) > 1 and None in asked:
        return True
    known = [number for number in asked if number is not None]
    if len(set(known)) < len(known):
        return True
    return issue is not None and bool(asked) and _seats_taken(issue, known)


def _fresh(files: Sequence[PageFile], issue: Issue | None) -> set[str]:
    """Files that hold text and that the issue doesn't have."""
    there = set(SourceFile.objects.filter(page__issue=issue).values_list("sha256", flat=True)) if issue else set()
    return {file.name for file in files if not _looked_into(file).error and sha256_of(file.content) not in there}


def _seats_taken(issue: Issue, numbers: Sequence[int]) -> bool:
    return Page.objects.filter(
        issue=issue, number__in=numbers, sources__isnull=False, sources__superseded_at__isnull=True
    ).exists()


def _looked_into(file: PageFile) -> StagedFile:
    known = StagedFile(
        name=file.name,
        sha256=sha256_of(file.content),
        size=len(file.content),
        number=file.page_number or guess_folio(file.name),
        section=file.section,
    )
    try:
        source = extract(file.content, file.name, glance=True)
    except ReadingError as error:
        return replace(known, error=error.message)
    printed = [line.text.strip() for line in source.lines if line.text.strip()]
    return replace(
        known,
        encoding=source.encoding or "",
        lines=len(printed),
        start="　".join(printed[:3])[:60],
        pictured=source.kind in PICTURED,
    )


def _path(token: str, name: str) -> str:
    return f"{_FOLDER}/{token}/{name}"


def _read(token: str, name: str) -> bytes:
    with default_storage.open(_path(token, name)) as file:
        content: bytes = file.read()
    return content
