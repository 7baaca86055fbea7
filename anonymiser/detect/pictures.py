"""Pictures can hold a name in their pixels, which no search of words finds: a person has to look at each."""

from collections.abc import Sequence
from dataclasses import replace

from anonymiser.manuscript import Block, Manuscript, Paragraph, Picture, Role, Run, Table
from anonymiser.report import Action, Certainty, Decision, Finding, Subject

KIND = "picture"
STAND_IN = "[a picture]"


def flag_pictures(manuscript: Manuscript, *, after: int) -> tuple[Finding, ...]:
    """One finding a picture, numbered on `after` the others; its text is the picture's number from 1."""
    return tuple(
        Finding(
            id=f"f{after + number}",
            subject=Subject.OTHER,
            kind=KIND,
            certainty=Certainty.POSSIBLE,
            action=Action.FLAGGED,
            places=1,
            suggestion=STAND_IN,
            text=f"Picture {number}",
        )
        for number in range(1, len(manuscript.images) + 1)
    )


def take_out_pictures(manuscript: Manuscript, decisions: Sequence[Decision]) -> Manuscript:
    """Put the stand-in where a picture stood, and let go of its data."""
    stand_ins = {
        int(decision.term.rsplit(" ", 1)[-1]) - 1: decision.stand_in
        for decision in decisions
        if decision.kind == KIND
    }
    kept = [number for number in range(len(manuscript.images)) if number not in stand_ins]
    now_at = {number: place for place, number in enumerate(kept)}

    def change(block: Block) -> Block:
        if isinstance(block, Table):
            rows = tuple(
                tuple(replace(cell, blocks=tuple(map(change, cell.blocks))) for cell in row)
                for row in block.rows
            )
            return Table(rows)
        if not isinstance(block, Picture):
            return block
        if block.image in stand_ins:
            return Paragraph(Role.PARAGRAPH, (Run(stand_ins[block.image] or STAND_IN),))
        return replace(block, image=now_at[block.image])

    return replace(
        manuscript,
        blocks=tuple(map(change, manuscript.blocks)),
        notes=tuple(tuple(map(change, note)) for note in manuscript.notes),
        images=tuple(manuscript.images[number] for number in kept),
    )
