"""What the documents that a site offers for download say: format, text, and why not, where not."""

from plugins.facts.attachments.contents import Attachment, Contents, Limits, Part, State

__all__ = ["Attachment", "Contents", "Limits", "Part", "State"]
