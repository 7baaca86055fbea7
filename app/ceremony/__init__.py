"""What the officers do at the meeting: decide, open, announce, publish."""
