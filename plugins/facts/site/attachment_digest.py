"""Packs a document for the checks that look at the whole site."""

from __future__ import annotations

from plugins.facts.attachments import Attachment, AttachmentDigest
from plugins.facts.kept.kept_fact import read_document_facts
from plugins.facts.site import limits


def digest(attachment: Attachment, unit: str = "") -> AttachmentDigest:
    """Pack what site-wide checks need of one document; done in the worker that read it.

    ``unit`` is the site's own unit, as long as no page says another.
    """
    contents = attachment.contents
    return AttachmentDigest(
        url=attachment.url,
        key=attachment.key,
        name=attachment.name,
        suffix=attachment.suffix,
        format=contents.format,
        state=contents.state,
        why=contents.why,
        size=attachment.size,
        unit=unit,
        places=attachment.places[: limits.DOCUMENT_PLACES],
        facts=read_document_facts(attachment),
    )
