"""Content controls: what they hold is text, unless it repeats what the file's properties say of its author."""

from lxml import etree

from anonymiser.read.docx.document import Story
from anonymiser.read.docx.names import W, value

# "Company" stands for its address, telephone, fax and e-mail too, of the cover page.
_BOUND = ("creator", "lastModifiedBy", "Company", "Manager")


def open_control(control: etree._Element, story: Story) -> etree._Element | None:
    """Return what a control holds; None for one that must not pass."""
    properties = control.find(W + "sdtPr")
    binding = properties.find(W + "dataBinding") if properties is not None else None
    path = binding.get(W + "xpath", "") if binding is not None else ""
    if any(name in path for name in _BOUND):
        story.leave("field result that names its origin", control)
        return None
    if value(properties, "alias") or value(properties, "tag"):
        story.document.tally.add("name of a content control", story.where)
    return control.find(W + "sdtContent")
