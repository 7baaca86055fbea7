"""The essay in a form: its file, its pasted text, or what an earlier press left with us."""

from app.errors import TooLarge
from app.intake.essay import probe_essay
from app.intake.held import HeldEssay
from app.problems import Problem
from app.web.forms import Form
from app.web.pages import size_in_words

ACCEPT = ".docx,.doc,.pdf,.odt,.rtf,.html,.htm,.txt,.md,.png,.jpg,.jpeg,.tif,.tiff"
"""What a browser's chooser offers first; a file is told by its content, whatever it is called."""


def take_essay(
    sent: Form, file: bytes | None, *, held: HeldEssay | None, largest: int
) -> tuple[HeldEssay | None, list[Problem]]:
    """The essay of a form: its file, else its pasted text, else what an earlier press left with us."""
    if sent.file_too_large:
        message = (
            f"This file has {size_in_words(sent.file_size)}; the most we can take is {size_in_words(largest)}. "
            "Make its pictures smaller, or paste the text instead."
        )
        return None, [Problem("essay", message, TooLarge)]
    pasted = sent.text("text")
    content = file if file is not None else pasted.encode() if pasted.strip() else None
    if content is None:
        return held, []
    probed = probe_essay(content)
    if isinstance(probed, Problem):
        where = "essay" if file is not None else "text"
        return None, [Problem(where, probed.message, probed.error)]
    return HeldEssay(content=content, arrived_at=sent.arrived_at, words=probed.words), []
