"""`nomdeplume verify`: whether PDFs have the form, fonts and metadata of reading copies."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from anonymiser import Fault, FaultCode, Refused, verify_reading_copy
from anonymiser.sandbox import run
from anonymiser.verify.second_opinion import agrees

_SAID = {
    FaultCode.UNREADABLE: "can't be read as a reading copy",
    FaultCode.METADATA: "carries metadata beyond its title and language",
    FaultCode.FORBIDDEN_OBJECT: "holds something besides text, tables and pictures",
    FaultCode.PAGE_SIZE: "is not A4",
    FaultCode.FONT: "uses a face that reading copies don’t have, or one not embedded whole",
    FaultCode.TEXT_SIZE: "has text that is not 12 point",
    FaultCode.LEADING: "is not double-spaced",
    FaultCode.MARGIN: "has text in the margin",
    FaultCode.CONTENT: "draws something that no reading copy does",
    FaultCode.HEADING: "has another running head",
    FaultCode.WORDS: "has other words than its essay",
    FaultCode.IDENTIFIER: "names its author",
}


def verify(
    pdfs: Annotated[list[Path], typer.Argument(metavar="PDF...", exists=True, dir_okay=False, readable=True)],
) -> None:
    """Check each PDF; exit 1 where one is not a reading copy as the prize prescribes it."""
    faulty = False
    for path in pdfs:
        try:
            pdf = path.read_bytes()
            faults: list[Fault] = run(verify_reading_copy, pdf)
            if not faults and not run(agrees, pdf):
                faults = [Fault(FaultCode.FORBIDDEN_OBJECT)]
        except Refused as refused:
            faults, reason = [Fault(FaultCode.UNREADABLE)], f" ({refused.code})"
        else:
            reason = ""
        faulty = faulty or bool(faults)
        for fault in faults:
            where = f"page {fault.page} " if fault.page else ""
            sys.stdout.write(f"{path}: {where}{_SAID[fault.code]}{reason}\n")
        if not faults:
            sys.stdout.write(f"{path}: ok\n")
    raise typer.Exit(1 if faulty else 0)
