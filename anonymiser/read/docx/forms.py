"""Form fields of Word before 2007: ticked boxes and chosen lines are shown though no text says so."""

from lxml import etree

from anonymiser.read.docx.names import W, number, switch, value


def draw_form_field(mark: etree._Element) -> str:
    """Return what the mark that begins a form field shows: "☒", "☐", the line chosen from a list, or ""."""
    data = mark.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        checked = switch(box, "checked")
        return "☒" if (checked if checked is not None else switch(box, "default")) else "☐"
    choices = data.find(W + "ddList")
    if choices is None:
        return ""
    lines = [entry.get(W + "val", "") for entry in choices.iterfind(W + "listEntry")]
    chosen = number(value(choices, "result"))
    if chosen is None:
        chosen = number(value(choices, "default")) or 0
    return lines[chosen] if 0 <= chosen < len(lines) else ""
