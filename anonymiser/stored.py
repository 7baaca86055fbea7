"""A manuscript as bytes and back: canonical JSON, so that equal manuscripts are equal bytes."""

import base64
import binascii
import json
from typing import Any

from anonymiser.errors import ManuscriptInvalid
from anonymiser.manuscript import (
    Block,
    Cell,
    Emphasis,
    Image,
    Manuscript,
    Paragraph,
    Picture,
    Role,
    Run,
    SceneBreak,
    Table,
)

VERSION = 1


def dump_manuscript(manuscript: Manuscript) -> bytes:
    value = {
        "version": VERSION,
        "blocks": _dump_blocks(manuscript.blocks),
        "notes": [_dump_blocks(note) for note in manuscript.notes],
        "images": [
            {"type": image.media_type, "data": base64.b64encode(image.data).decode()}
            for image in manuscript.images
        ],
        "statement": _dump_blocks(manuscript.statement),
    }
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def load_manuscript(stored: bytes) -> Manuscript:
    """Read what `dump_manuscript` wrote, or raise ManuscriptInvalid."""
    try:
        value = json.loads(stored)
        if value["version"] != VERSION:
            raise ManuscriptInvalid("This manuscript was stored by a newer version.")
        return Manuscript(
            blocks=_load_blocks(value["blocks"]),
            notes=tuple(_load_blocks(note) for note in value["notes"]),
            images=tuple(
                Image(base64.b64decode(image["data"], validate=True), str(image["type"]))
                for image in value["images"]
            ),
            statement=_load_blocks(value["statement"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        # The cause is not chained: it would quote the essay.
        raise ManuscriptInvalid("These bytes are no stored manuscript.") from None


def _dump_blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [_dump_block(block) for block in blocks]


def _dump_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        value: dict[str, Any] = {"kind": block.role.value, "runs": [_dump_run(run) for run in block.runs]}
        if block.level:
            value["level"] = block.level
        if block.label:
            value["label"] = block.label
        return value
    if isinstance(block, Table):
        rows = [
            [{"blocks": _dump_blocks(cell.blocks), "columns": cell.columns} for cell in row]
            for row in block.rows
        ]
        return {"kind": "table", "rows": rows}
    if isinstance(block, Picture):
        return {"kind": "picture", "image": block.image, "width": block.width, "height": block.height}
    return {"kind": "scene_break"}


def _dump_run(run: Run) -> dict[str, Any]:
    value: dict[str, Any] = {"text": run.text}
    if run.emphasis:
        value["emphasis"] = sorted(run.emphasis)
    if run.note:
        value["note"] = run.note
    return value


def _load_blocks(values: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_load_block(value) for value in values)


def _load_block(value: dict[str, Any]) -> Block:
    kind = value["kind"]
    if kind == "table":
        return Table(
            tuple(
                tuple(Cell(_load_blocks(cell["blocks"]), int(cell["columns"])) for cell in row)
                for row in value["rows"]
            )
        )
    if kind == "picture":
        return Picture(int(value["image"]), float(value["width"]), float(value["height"]))
    if kind == "scene_break":
        return SceneBreak()
    runs = tuple(_load_run(run) for run in value["runs"])
    return Paragraph(Role(kind), runs, int(value.get("level", 0)), str(value.get("label", "")))


def _load_run(value: dict[str, Any]) -> Run:
    emphasis = frozenset(Emphasis(name) for name in value.get("emphasis", ()))
    return Run(str(value["text"]), emphasis, int(value.get("note", 0)))
