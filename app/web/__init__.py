"""Pages: one router for each kind of visitor."""
