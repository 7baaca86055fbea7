"""The verifier as one file of Python that needs nothing but the standard library, to keep and run anywhere."""

import ast
from functools import cache
from pathlib import Path

_PACKAGE = "app.record.verifier"
_FOLDER = Path(__file__).parent / "verifier"
_IN_ORDER = (
    "trees",
    "ed25519",
    "notes",
    "kinds",
    "leaves",
    "life",
    "recount",
    "receipt",
    "record",
    "anything",
    "command",
)
FILE_NAME = "nomdeplume_verify.py"
_HEAD = '''#!/usr/bin/env python3
"""Checks the proof of a receipt, or the record of a contest. Needs Python 3.11 or newer and nothing else.

    python3 nomdeplume_verify.py RECEIPT.json [--essay FILE] [--copy PDF] [--code] [--key KEY] [--root NOTE]
    python3 nomdeplume_verify.py RECORD.json [--key KEY] [--root NOTE]

It shares no code with the service whose record it checks, and sends nothing anywhere.
"""
'''


@cache
def standalone_source() -> str:
    """Join the verifier's modules: the imports of all once at the top, and none of each other."""
    imports: set[str] = set()
    bodies: list[str] = []
    for name in _IN_ORDER:
        source = (_FOLDER / f"{name}.py").read_text(encoding="utf-8")
        lines = source.splitlines()
        parsed = ast.parse(source).body
        head = [node for node in parsed if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in head:
            if not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_PACKAGE)):
                imports.add(ast.unparse(node))
        begins = (head[-1].end_lineno or 0) if head else (parsed[0].end_lineno or 0)
        title = ast.get_docstring(ast.parse(source)) or ""
        bodies.append(f"# {title.splitlines()[0]}\n" + "\n".join(lines[begins:]).rstrip() + "\n")
    return (
        _HEAD
        + "\n"
        + "\n".join(sorted(imports))
        + "\n\n\n"
        + "\n\n".join(bodies)
        + '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'
    )
