"""Has LibreOffice save a document of Word 97 to 2003 as .docx: no macros, no links, no network."""

import os
import socket
from contextlib import suppress
from pathlib import Path

from anonymiser.errors import RefusalCode, Refused
from anonymiser.outside.program import TEMPORARY, Program, run_program
from anonymiser.outside.programs import find_libreoffice
from anonymiser.outside.workspace import read_made, workspace
from anonymiser.read.material import Converted, fingerprint
from anonymiser.sandbox.confine import NOBODY

_SECONDS = 25
_MEMORY = 4_000_000_000  # bytes of address space, of which LibreOffice uses a tenth
_ASKS_AGAIN = 81  # after its first start with a new profile
_SOCKETS = "OSL_PIPE_*_SingleOfficeIPC_*"
_LARGEST = 200_000_000  # bytes

_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("/org.openoffice.Office.Common/History", "PickListSize", "0"),
)


def convert(source: bytes) -> Converted:
    """Raises: Refused."""
    program = find_libreoffice()
    if program is None:
        raise Refused(RefusalCode.LEGACY)
    with workspace() as folder:
        _write(folder / "essay.doc", source)
        (profile := folder / "profile" / "user").mkdir(parents=True)
        _write(profile / "registrymodifications.xcu", _settings())
        _give_away(profile.parent, profile)
        try:
            run_program(Program(program, _arguments(folder), _MEMORY, _SECONDS, folder, _ASKS_AGAIN))
        except Refused as refused:
            _remove_dead_sockets()
            if refused.code is RefusalCode.CRASHED:
                raise Refused(RefusalCode.LEGACY, where=refused.where) from None
            raise
        return Converted(fingerprint(source), read_made(folder, "essay.docx", _LARGEST))


def _arguments(folder: Path) -> tuple[str, ...]:
    return (
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"-env:OSL_SOCKET_PATH={folder}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--infilter=MS Word 97",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(folder / "essay.doc"),
    )


def _settings() -> bytes:
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    ).encode()


def _remove_dead_sockets() -> None:
    """Where the kernel gave no /tmp of its own, LibreOffice's socket stays in ours when it is ended."""
    for path in TEMPORARY.glob(_SOCKETS):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(os.fspath(path))
            except ConnectionRefusedError:
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _give_away(path)


def _give_away(*paths: Path) -> None:
    """Leave them to whom the program runs as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)
