"""The receipt code a form carries before it is sent, signed by us: sent twice, the form is one entry."""

from app.engines import Engines
from app.intake.receipts import ReceiptCode, new_receipt, read_minted, sign_minted
from app.secrets_folder import own_secret
from app.web.forms import Form


def mint(engines: Engines) -> str:
    return sign_minted(new_receipt(), _secret(engines))


def minted_in(engines: Engines, sent: Form) -> ReceiptCode | None:
    """The code that came back with the form; None where it is not one of ours."""
    return read_minted(sent.one("minted"), _secret(engines))


def _secret(engines: Engines) -> bytes:
    return own_secret(engines.settings.keys_folder, "forms")
