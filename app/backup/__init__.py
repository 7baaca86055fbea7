"""A backup of one installation: rows as JSON lines and files by content, of one moment, without any key."""
