"""What the archive holds. Statuses are changed by services only."""

from .article import Article, ArticleQuerySet, ArticleTokens, Byline, Zone
from .decision import Decision
from .issue import Issue, IssueQuerySet, Page
from .job import Job
from .mention import Mention, MentionQuerySet, PrintedPost
from .organisation import Organisation, OrganisationName, OrganisationQuerySet
from .outbox import OutboxEntry
from .paper import Paper, ShortForm
from .people import Appointment, Person, PersonName, PersonQuerySet, Post
from .roles import DESK_PERMISSION, EDITOR, EXPORT_PERMISSION, STAFF, is_editor, is_staff
from .source import Block, SourceFile, SourceLine

__all__ = [
    "DESK_PERMISSION",
    "EDITOR",
    "EXPORT_PERMISSION",
    "STAFF",
    "Appointment",
    "Article",
    "ArticleQuerySet",
    "ArticleTokens",
    "Block",
    "Byline",
    "Decision",
    "Issue",
    "IssueQuerySet",
    "Job",
    "Mention",
    "MentionQuerySet",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "OutboxEntry",
    "Page",
    "Paper",
    "Person",
    "PersonName",
    "PersonQuerySet",
    "Post",
    "PrintedPost",
    "ShortForm",
    "SourceFile",
    "SourceLine",
    "Zone",
    "is_editor",
    "is_staff",
]
