"""The groups of RTF that are more than text in a different look: what opens, what closes, what shows."""

from collections.abc import Callable

from anonymiser.manuscript import Emphasis
from anonymiser.read.docx.fields import describe_dropped, name_field
from anonymiser.read.rtf.equations import PARTS, write_part
from anonymiser.read.rtf.machine import Machine, ground_of_shape
from anonymiser.read.rtf.pictures import RtfPicture
from anonymiser.read.rtf.state import Characters, Layout
from anonymiser.read.rtf.story import Story
from anonymiser.read.rtf.tables import make_style
from anonymiser.read.rtf.words import FRAMES, LEFT, PROPERTIES, SHOWN

_SMALL = 10  # half-points
_TABLES = {b"fonttbl": "fonts", b"colortbl": "colours", b"stylesheet": "styles"}
_STYLE_WORDS = frozenset((b"cs", b"ds", b"ts", b"tsrowd"))


def open_destination(machine: Machine, word: bytes) -> None:
    """Make the group what its first word says it is."""
    group = machine.group
    opened = _OPENED.get(word)
    if opened is not None:
        opened(machine)
    elif word in _TABLES:
        group.shows = _TABLES[word]
    elif word in LEFT:
        leave(machine, LEFT[word])
    elif word in PROPERTIES and group.what == "property":
        leave(machine, "property")
    elif word in FRAMES:
        group.shows = "frame"
    elif word in SHOWN:
        group.shows = "text"
    elif word in PARTS:
        _open_formula(machine, word)
    elif word.endswith(b"Pr") or not (group.shows == "styles" and word in _STYLE_WORDS):
        leave(machine, "")


def leave(machine: Machine, what: str) -> None:
    machine.group.shows = "left"
    machine.group.what = what


def _open_properties(machine: Machine) -> None:
    machine.group.shows = "frame"
    machine.group.what = "property"


def _open_field(machine: Machine) -> None:
    machine.group.shows = "frame"
    machine.instructions.append([])
    machine.tally.add("field instruction", machine.story.where)

    def end() -> None:
        machine.instructions.pop()

    machine.group.end = end


def _open_instruction(machine: Machine) -> None:
    machine.group.shows = "instruction"


def _open_result(machine: Machine) -> None:
    name = name_field("".join(machine.instructions[-1])) if machine.instructions else ""
    if dropped := describe_dropped(name):
        machine.tally.add(dropped, machine.story.where)
        leave(machine, "")
        return
    if name == "HYPERLINK":
        machine.tally.add("link target", machine.story.where)
    machine.group.shows = "text"


def _open_note(machine: Machine) -> None:
    """A note whose mark is hidden or deleted is so too."""
    characters = machine.group.characters
    if machine.group.shows != "text" or characters.hidden or characters.deleted:
        leave(machine, "deleted passage" if characters.deleted else "hidden text")
        return
    machine.notes.append(())
    number = len(machine.notes)
    outside = machine.story
    outside.runs.mark(number)

    def end() -> None:
        blocks = machine.story.finish(machine.group.layout, machine.style)
        machine.notes[number - 1] = tuple(blocks)
        machine.story = outside

    _begin_story(machine, Story("notes"), end)


def _open_text_box(machine: Machine) -> None:
    if machine.shape.get("fHidden") == "1":
        leave(machine, "hidden text")
        return
    outside = machine.story

    def end() -> None:
        blocks = machine.story.finish(machine.group.layout, machine.style)
        machine.story = outside
        outside.after.extend(blocks)

    _begin_story(machine, Story(outside.where, ground=ground_of_shape(machine.shape)), end)


def _begin_story(machine: Machine, story: Story, end: Callable[[], None]) -> None:
    machine.story = story
    machine.group.shows = "text"
    machine.group.layout = Layout()
    machine.group.characters = Characters(machine.default_font)
    machine.group.end = end


def _open_label(machine: Machine) -> None:
    """The number or bullet of a list's item, as the program that wrote the file showed it."""
    if machine.group.shows != "text":
        return
    machine.group.shows = "label"

    def end() -> None:
        machine.story.label = machine.take_captured().strip() or None

    machine.group.end = end


def _open_picture(machine: Machine) -> None:
    if machine.group.shows not in {"text", "value"}:
        leave(machine, "")
        return
    machine.group.shows = "picture"
    picture = machine.picture = RtfPicture()

    def end() -> None:
        machine.picture = None
        placed = machine.pictures.place_bytes(picture.data, picture.width, picture.height)
        if placed is not None:
            machine.story.after.append(placed)

    machine.group.end = end


def _open_shape(machine: Machine) -> None:
    machine.group.shows = "frame"
    machine.shape = {}


def _open_shape_name(machine: Machine) -> None:
    machine.group.shows = "name"
    machine.captured = []

    def end() -> None:
        machine.shape[""] = machine.take_captured().strip()

    machine.group.end = end


def _open_shape_value(machine: Machine) -> None:
    machine.group.shows = "value"
    machine.captured = []

    def end() -> None:
        name, value = machine.shape.get("", ""), machine.take_captured().strip()
        machine.shape[name] = value[:40]
        if value and name in {"wzDescription", "wzName"}:
            machine.tally.add("description of a picture", "text")
        elif value and name == "gtextUNICODE":
            machine.tally.add("watermark", "text")

    machine.group.end = end


def open_style(machine: Machine, number: int | None) -> None:
    """Begin an entry of the style sheet, of a paragraph or of text; its name is the text in it."""
    group = machine.group
    group.layout.style = number or 0
    machine.captured = []

    def end() -> None:
        characters, layout = group.characters, group.layout
        machine.tables.styles[layout.style] = make_style(
            machine.take_captured(), layout.outline, hidden=characters.hidden, colour=characters.colour,
            size=characters.size if characters.size < _SMALL else None,
        )  # fmt: skip

    group.end = end


def _open_formula(machine: Machine, word: bytes) -> None:
    if machine.group.shows not in {"text", "formula"}:
        return
    outermost = machine.group.shows == "text"
    emphasis: frozenset[Emphasis] = machine.group.characters.emphasis
    before, machine.captured = machine.captured, []
    machine.group.shows = "formula"

    def end() -> None:
        text = write_part(word, machine.take_captured())
        machine.captured = before
        if outermost:
            machine.story.runs.add(text.strip(), emphasis)
        else:
            machine.captured.append(text)

    machine.group.end = end


_OPENED: dict[bytes, Callable[[Machine], None]] = {
    b"info": _open_properties, b"field": _open_field, b"fldinst": _open_instruction, b"fldrslt": _open_result,
    b"footnote": _open_note, b"shptxt": _open_text_box, b"dptxbxtext": _open_text_box,
    b"listtext": _open_label, b"pntext": _open_label, b"pict": _open_picture, b"shp": _open_shape,
    b"sn": _open_shape_name, b"sv": _open_shape_value,
}  # fmt: skip
DESTINATIONS = frozenset().union(_OPENED, _TABLES, LEFT, PROPERTIES, FRAMES, SHOWN, PARTS)
