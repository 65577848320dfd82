"""The file on disk in which a run keeps what does not fit into memory."""
