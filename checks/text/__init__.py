"""What pages and attachments say: personal data, wording, whole bodies, links within texts."""
