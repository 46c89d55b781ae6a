"""What the archive holds. Statuses are changed by services only."""

from .article import TEXT, Article, ArticleQuerySet, ArticleTokens, Byline, Continued, Zone
from .decision import Decision
from .issue import Issue, IssueQuerySet, Page
from .job import Job
from .likeness import Fingerprint, FingerprintBand, Likeness
from .mention import Mention, MentionQuerySet, PrintedPost
from .occasion import Occasion, TableChange, TableChangeQuerySet
from .organisation import Organisation, OrganisationName, OrganisationQuerySet
from .outbox import OutboxEntry
from .paper import Paper, ShortForm
from .people import Appointment, Person, PersonName, PersonQuerySet, Post
from .publication import Correction, PlannedPublication
from .record_change import RecordChange, RecordChangeQuerySet
from .report import ReaderReport, ReaderReportQuerySet
from .roles import (
    ACCOUNTS_PERMISSION,
    ADMINISTRATOR,
    CHIEF,
    DESK_PERMISSION,
    DOUBT_PERMISSION,
    EDITOR,
    EXPORT_PERMISSION,
    READER,
    ROLE_NAMES,
    STAFF,
    is_administrator,
    is_chief,
    is_editor,
    is_staff,
)
from .source import Block, SourceFile, SourceLine
from .visit import Visit

__all__ = [
    "ACCOUNTS_PERMISSION",
    "ADMINISTRATOR",
    "CHIEF",
    "DESK_PERMISSION",
    "DOUBT_PERMISSION",
    "EDITOR",
    "EXPORT_PERMISSION",
    "READER",
    "ROLE_NAMES",
    "STAFF",
    "TEXT",
    "Appointment",
    "Article",
    "ArticleQuerySet",
    "ArticleTokens",
    "Block",
    "Byline",
    "Continued",
    "Correction",
    "Decision",
    "Fingerprint",
    "FingerprintBand",
    "Issue",
    "IssueQuerySet",
    "Job",
    "Likeness",
    "Mention",
    "MentionQuerySet",
    "Occasion",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "OutboxEntry",
    "Page",
    "Paper",
    "Person",
    "PersonName",
    "PersonQuerySet",
    "PlannedPublication",
    "Post",
    "PrintedPost",
    "ReaderReport",
    "ReaderReportQuerySet",
    "RecordChange",
    "RecordChangeQuerySet",
    "ShortForm",
    "SourceFile",
    "SourceLine",
    "TableChange",
    "TableChangeQuerySet",
    "Visit",
    "Zone",
    "is_administrator",
    "is_chief",
    "is_editor",
    "is_staff",
]
