"""Does what `anonymiser.pipeline` does in children that can do no harm, for files that strangers send."""

import functools
import os
from collections.abc import Sequence

from anonymiser.author import Author, Heading
from anonymiser.manuscript import Manuscript
from anonymiser.pipeline import retypeset
from anonymiser.report import Anonymised, Decision, Probe
from anonymiser.sandbox.children import run
from anonymiser.sandbox.limits import Limits

__all__ = ["Limits", "run", "sandboxed_anonymise", "sandboxed_probe", "sandboxed_retypeset", "warm_up"]


def sandboxed_probe(source: bytes, *, limits: Limits | None = None) -> Probe:
    from anonymiser.outside import probe_with  # late, because the programs outside run in here too

    return probe_with(functools.partial(run, limits=limits), source)


def sandboxed_anonymise(
    source: bytes,
    *,
    authors: Sequence[Author],
    heading: Heading,
    statement: str = "",
    names_model: str = "",
    limits: Limits | None = None,
) -> Anonymised:
    from anonymiser.outside import anonymise_with

    return anonymise_with(
        functools.partial(run, limits=limits),
        source,
        authors=tuple(authors),
        heading=heading,
        statement=statement,
        names_model=names_model,
    )


def sandboxed_retypeset(
    manuscript: Manuscript,
    *,
    decisions: Sequence[Decision],
    heading: Heading,
    limits: Limits | None = None,
) -> Anonymised:
    return run(retypeset, manuscript, decisions=tuple(decisions), heading=heading, limits=limits)


def warm_up() -> None:
    """Start the nursery ahead of the first file, which would wait for it otherwise."""
    run(os.getpid)
