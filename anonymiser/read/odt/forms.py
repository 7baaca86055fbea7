"""The controls of forms: what a reader sees in them is text of the document."""

from lxml import etree

from anonymiser.read.odt.names import FORM, OFFICE, XML, local_name

_TYPED = {"text", "textarea", "formatted-text", "number", "date", "time", "combobox"}
_LABELLED = {"checkbox", "radio", "fixed-text", "button", "frame"}


def read_controls(body: etree._Element) -> dict[str, str]:
    """Return what each control shows, by its id; what is typed into a field for passwords is no text."""
    shown = {}
    for forms in body.iterfind(OFFICE + "forms"):
        for control in forms.iter():
            identity = control.get(XML + "id") or control.get(FORM + "id")
            if identity and isinstance(control.tag, str) and (text := _read_control(control)):
                shown[identity] = text
    return shown


def _read_control(control: etree._Element) -> str:
    name = local_name(control)
    if name == "textarea" and (typed := "\n".join(_read_paragraphs(control))):
        return typed
    if name in _TYPED:
        return control.get(FORM + "current-value") or control.get(FORM + "value") or ""
    if name in _LABELLED:
        return control.get(FORM + "label", "")
    if name == "listbox":
        chosen = (option for option in control if option.get(FORM + "current-selected") == "true")
        return ", ".join(option.get(FORM + "label", "") for option in chosen)
    return ""


def _read_paragraphs(control: etree._Element) -> list[str]:
    return ["".join(map(str, child.itertext())) for child in control if local_name(child) == "p"]
