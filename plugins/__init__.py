"""The contract: what a check, ours or a stranger's, may import."""

from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.attachments import Attachment, AttachmentDigest, Contents, Part, State
from plugins.facts.columns.column import Column, ColumnKind, Entry, Obtained
from plugins.facts.markup.links import Link, LinkTarget, Place, Region, TargetKind
from plugins.facts.page.page import Failure, FailureKind, Page, PageKind, Redirect
from plugins.facts.papers.documents import Document
from plugins.facts.papers.solicitations import Solicitation
from plugins.facts.site.known import known
from plugins.facts.site.site import Coverage, Gap, PageDigest, Site, Unit, Unread
from plugins.finding import Evidence, Finding, Sighting, Subject, SubjectKind, fingerprint
from plugins.hookspecs import hookimpl
from plugins.rule import Confidence, Rule, Scope, Severity

__all__ = [
    "Attachment",
    "AttachmentDigest",
    "Column",
    "ColumnKind",
    "Confidence",
    "Contents",
    "Coverage",
    "Document",
    "Entry",
    "Evidence",
    "Failure",
    "FailureKind",
    "Finding",
    "Gap",
    "Link",
    "LinkTarget",
    "LinkVerdict",
    "Obtained",
    "Page",
    "PageDigest",
    "PageKind",
    "Part",
    "Place",
    "Redirect",
    "Region",
    "Rule",
    "Scope",
    "Severity",
    "Sighting",
    "Site",
    "Solicitation",
    "State",
    "Subject",
    "SubjectKind",
    "TargetKind",
    "Unit",
    "Unread",
    "fingerprint",
    "hookimpl",
    "known",
]
