"""What an officer hands in for an envelope: is it a part, theirs, and of this one."""

from uuid import UUID

from app.errors import Unusable
from app.vault.errors import NotOpenable
from app.vault.split import OfficerPart


def check_part(text: str, *, entry_id: UUID, officer_id: UUID) -> OfficerPart:
    """Return what an officer hands in. Raises Unusable where it isn't theirs, or isn't of this envelope."""
    if "AGE-SECRET-KEY-" in text.upper():
        raise Unusable(
            "This is not a decrypted part: it is a private key! It has left its device.",
            kept="It was not kept, and nothing was opened.",
            to_do="Tell the other officers. The part is what your key makes of share.age.",
        )
    try:
        part = OfficerPart.from_text(text)
    except NotOpenable as error:
        raise Unusable(
            "This is not a decrypted part.",
            kept="Nothing was opened.",
            to_do="Hand in what the command wrote, not the .age file and never your key.",
        ) from error
    if part.officer_id != officer_id:
        raise Unusable(
            "This is another officer’s part.",
            to_do="Each officer hands in their own, signed in as themselves.",
        )
    if part.entry_id != entry_id:
        raise Unusable(
            "This part belongs to another envelope.", to_do="Download the share on this page again."
        )
    return part
