"""The control words that set text and paragraphs, and those that end paragraphs, cells and rows."""

from collections.abc import Callable
from dataclasses import replace

from anonymiser.manuscript import Emphasis
from anonymiser.read.rtf.encodings import of_code_page
from anonymiser.read.rtf.machine import Machine
from anonymiser.read.rtf.state import Layout
from anonymiser.read.rtf.story import Definition

Word = Callable[[Machine, int | None], None]

_DEEPEST_TABLE = 20
_MOST_CELLS = 500


def _switch(name: str) -> Word:
    def set_it(machine: Machine, number: int | None) -> None:
        setattr(machine.group.characters, name, number != 0)

    return set_it


def _raise(position: Emphasis | None) -> Word:
    def set_it(machine: Machine, number: int | None) -> None:
        machine.group.characters.raised = position if number != 0 else None

    return set_it


def _lay(name: str) -> Word:
    def set_it(machine: Machine, number: int | None) -> None:
        setattr(machine.group.layout, name, number or 0)

    return set_it


def _reset_characters(machine: Machine, _: int | None) -> None:
    machine.group.characters.reset(machine.default_font)


def _reset_layout(machine: Machine, _: int | None) -> None:
    machine.group.layout = Layout()


def _set_font(machine: Machine, number: int | None) -> None:
    machine.group.characters.font = number or 0


def _set_default_font(machine: Machine, number: int | None) -> None:
    machine.default_font = number or 0
    machine.group.characters.font = machine.default_font


def _set_size(machine: Machine, number: int | None) -> None:
    machine.group.characters.size = number if number is not None else 24


def _set_width(machine: Machine, number: int | None) -> None:
    machine.group.characters.width = number or 100


def _set_colour(machine: Machine, number: int | None) -> None:
    machine.group.characters.colour = number or 0


def _set_behind(machine: Machine, number: int | None) -> None:
    machine.group.characters.behind = number or None


def _set_ground(machine: Machine, number: int | None) -> None:
    machine.group.layout.ground = machine.tables.colour(number or 0)


def _set_style(machine: Machine, number: int | None) -> None:
    """A style's look is written out beside it; only what hides text is taken from the style as well."""
    machine.group.layout.style = number or 0
    _apply_hiding(machine, number)


def _apply_hiding(machine: Machine, number: int | None) -> None:
    style = machine.tables.styles.get(number or 0)
    if style is None:
        return
    characters = machine.group.characters
    characters.hidden = characters.hidden or style.hidden
    characters.colour = characters.colour or style.colour
    if style.size is not None:
        characters.size = style.size


def _put_in_table(machine: Machine, _: int | None) -> None:
    machine.group.layout.depth = max(1, machine.group.layout.depth)


def _set_depth(machine: Machine, number: int | None) -> None:
    machine.group.layout.depth = max(0, min(number or 0, _DEEPEST_TABLE))


def _end_paragraph(machine: Machine, _: int | None) -> None:
    machine.end_paragraph()


def _end_cell(machine: Machine, _: int | None) -> None:
    machine.story.end_cell(machine.group.layout, machine.style, 1)


def _end_row(machine: Machine, _: int | None) -> None:
    machine.story.end_row(machine.definitions, 1)


def _end_nested_cell(machine: Machine, _: int | None) -> None:
    depth = max(2, machine.group.layout.depth)
    machine.story.end_cell(machine.group.layout, machine.style, depth)


def _end_nested_row(machine: Machine, _: int | None) -> None:
    machine.story.end_row(machine.definitions, max(2, machine.group.layout.depth))


def _begin_row(machine: Machine, _: int | None) -> None:
    machine.story.has_rows = True
    machine.definitions = []
    machine.next_cell = Definition(0)


def _define_cell(machine: Machine, number: int | None) -> None:
    if len(machine.definitions) < _MOST_CELLS:
        machine.definitions.append(replace(machine.next_cell, edge=number or 0))
    machine.next_cell = Definition(0)


def _merge_left(machine: Machine, _: int | None) -> None:
    machine.next_cell = replace(machine.next_cell, goes_on_left=True)


def _merge_above(machine: Machine, _: int | None) -> None:
    machine.next_cell = replace(machine.next_cell, goes_on_above=True)


def _shade_cell(machine: Machine, number: int | None) -> None:
    machine.next_cell = replace(machine.next_cell, ground=machine.tables.colour(number or 0))


def _set_code_page(machine: Machine, number: int | None) -> None:
    machine.codec = of_code_page(number or 0) or machine.codec


def _use(codec: str) -> Word:
    def set_it(machine: Machine, _: int | None) -> None:
        machine.codec = codec

    return set_it


FORMATTING: dict[bytes, Word] = {
    b"b": _switch("bold"), b"i": _switch("italic"), b"strike": _switch("strike"), b"striked": _switch("strike"),
    b"v": _switch("hidden"), b"deleted": _switch("deleted"), b"mvf": _switch("deleted"),
    b"super": _raise(Emphasis.SUPERSCRIPT), b"sub": _raise(Emphasis.SUBSCRIPT), b"nosupersub": _raise(None),
    b"up": _raise(Emphasis.SUPERSCRIPT), b"dn": _raise(Emphasis.SUBSCRIPT),
    b"plain": _reset_characters, b"pard": _reset_layout, b"f": _set_font, b"deff": _set_default_font,
    b"fs": _set_size, b"charscalex": _set_width, b"cf": _set_colour, b"highlight": _set_behind, b"cb": _set_behind,
    b"chcbpat": _set_behind, b"cbpat": _set_ground, b"s": _set_style, b"cs": _apply_hiding,
    b"outlinelevel": _lay("outline"), b"ilvl": _lay("list_level"),
    b"li": _lay("left"), b"lin": _lay("left"), b"ri": _lay("right"), b"fi": _lay("first"), b"rin": _lay("right"),
    b"intbl": _put_in_table, b"itap": _set_depth, b"par": _end_paragraph, b"sect": _end_paragraph,
    b"cell": _end_cell, b"row": _end_row, b"nestcell": _end_nested_cell, b"nestrow": _end_nested_row,
    b"trowd": _begin_row, b"cellx": _define_cell, b"clmrg": _merge_left, b"clvmrg": _merge_above,
    b"clcbpat": _shade_cell, b"ansicpg": _set_code_page, b"mac": _use("mac-roman"), b"pc": _use("cp437"),
    b"pca": _use("cp850"), b"ulnone": lambda machine, _: _switch("underline")(machine, 0),
}  # fmt: skip
FORMATTING |= {
    word: _switch("underline")
    for word in (
        b"ul", b"uld", b"uldash", b"uldashd", b"uldashdd", b"uldb", b"ulhwave", b"ulldash", b"ulth", b"ulthd",
        b"ulthdash", b"ulthdashd", b"ulthdashdd", b"ulthldash", b"ululdbwave", b"ulw", b"ulwave",
    )
}  # fmt: skip
