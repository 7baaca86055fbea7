"""Can this file be read at all? Decided by a quick probe before anything is kept."""

from anonymiser import Probe, Refused
from anonymiser.errors import RefusalCode
from anonymiser.sandbox import sandboxed_probe
from app.errors import NomdeplumeError, TooLarge, Unusable, WrongKind
from app.problems import Problem

_KINDS: dict[RefusalCode, type[NomdeplumeError]] = {
    RefusalCode.NOT_A_DOCUMENT: WrongKind,
    RefusalCode.UNSUPPORTED_FORMAT: WrongKind,
    RefusalCode.LEGACY: WrongKind,
    RefusalCode.SCANNED: WrongKind,
    RefusalCode.MACROS: WrongKind,
    RefusalCode.TOO_LARGE: TooLarge,
}


def probe_essay(essay: bytes) -> Probe | Problem:
    """Open the essay in the sandbox; a Problem says why it can't be read and what to do."""
    try:
        return sandboxed_probe(essay)
    except Refused as refusal:
        return Problem("essay", str(refusal), _KINDS.get(refusal.code, Unusable))
