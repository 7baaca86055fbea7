"""Where the programs are that read what this package can't: in PATH, or where the environment names them."""

import os
import shutil
from pathlib import Path

_LIBREOFFICE = "NOMDEPLUME_LIBREOFFICE"
_TESSERACT = "NOMDEPLUME_TESSERACT"


def find_libreoffice() -> Path | None:
    """The program itself rather than the script before it, which would need a shell."""
    found = _find(_LIBREOFFICE, "soffice", "libreoffice")
    if found is None:
        return None
    bare = found.resolve().with_name("soffice.bin")
    return bare if bare.is_file() else None


def find_tesseract() -> Path | None:
    return _find(_TESSERACT, "tesseract")


def _find(variable: str, *names: str) -> Path | None:
    """Find a program; a variable that is set and empty says that it is not to be used."""
    named = os.environ.get(variable)
    if named is not None:
        names = (named,) if named else ()
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    return None
