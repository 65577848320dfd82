"""What the documents that a site offers for download say: format, text, and why not, where not."""

from plugins.facts.attachments.contents import Attachment, Contents, Limits, Part, State
from plugins.facts.attachments.digest import AttachmentDigest

__all__ = ["Attachment", "AttachmentDigest", "Contents", "Limits", "Part", "State"]
