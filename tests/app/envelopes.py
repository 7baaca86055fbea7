"""One envelope in a vault, with the keys of everyone who may open it."""

from uuid import uuid4

from app.database import transaction
from app.intake.receipts import new_receipt
from app.vault import age
from app.vault.identity import Identity
from app.vault.open import officer_share
from app.vault.seal import Officer, seal_envelope
from app.vault.split import OfficerPart
from tests.conftest import IN_TIME

WHO = {
    "name": "Imogen Tarrant",
    "email": "imogen@example.org",
    "phone": "020 7946 0991",
    "postal_address": "4 Canary Wharf",
    "registration_number": "GMC 7654321",
    "also_known_as": ("Imo",),
    "organisations": ("Larkfield Surgery",),
    "co_authors": (("Ada Quill", "ada@example.org"),),
}


class Sealed:
    """One envelope in the vault, with the keys of those who may open it."""

    def __init__(self, engines, *, officers=3, needed=2, **who):
        self.engines, self.receipt = engines, new_receipt().octets
        self.identity = Identity(entry_id=uuid4(), **(who or WHO))
        self.keys = {uuid4(): age.new_secret() for _ in range(officers)}
        with transaction(engines.vault.entering) as session:
            self.secret = seal_envelope(
                session,
                identity=self.identity,
                contest_id=uuid4(),
                receipt=self.receipt,
                officers=[Officer(each, age.public_key(key)) for each, key in self.keys.items()],
                needed=needed,
                now=IN_TIME,
            )

    @property
    def entry_id(self):
        return self.identity.entry_id

    def part(self, session, officer):
        sealed = officer_share(session, entry_id=self.entry_id, officer_id=officer)
        return OfficerPart.from_text(age.unseal(sealed, self.keys[officer]).decode())
