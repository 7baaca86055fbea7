"""Are two e-mail addresses or registration numbers the same? However they are written."""

import re

_ONE_MAILBOX = {"googlemail.com": "gmail.com"}
_DOTLESS = frozenset({"gmail.com"})
_BODIES = ("gmc", "nmc", "hcpc", "gdc", "gphc", "imc", "bps", "ukcp", "bacp")
_LABEL = re.compile(r"^(?:registration|reg|number|no|nr|ref)+(?=\d)")


def same_email(one: str, other: str) -> bool:
    """Compare without case, +tag and, at Gmail, dots. Nothing is the same as an empty address."""
    return normal_email(one) == normal_email(other) != ""


def normal_email(address: str) -> str:
    """One spelling for one mailbox; empty where there is no address."""
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at or not local or not domain:
        return ""
    domain = domain.rstrip(".")
    domain = _ONE_MAILBOX.get(domain, domain)
    local = local.split("+", 1)[0] or local
    if domain in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def same_registration(one: str, other: str) -> bool:
    """Compare without case, spaces and signs; a body named on one side only does not matter."""
    return same_normal_registration(normal_registration(one), normal_registration(other))


def same_normal_registration(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Compare what `normal_registration` made of two numbers."""
    (body, number), (other_body, other_number) = one, other
    return number == other_number != "" and (not body or not other_body or body == other_body)


def normal_registration(text: str) -> tuple[str, str]:
    """Find the registering body (or nothing) and the number."""
    letters = re.sub(r"[\W_]", "", text.casefold())
    body = next((body for body in _BODIES if letters.startswith(body)), "")
    return body, _LABEL.sub("", letters.removeprefix(body))
