"""Failures of sealing and opening.

VaultError
├── NotOpenable    the key, part or ciphertext does not open this envelope
└── NoSuchEnvelope nothing is sealed under this receipt or entry
"""


class VaultError(Exception):
    """Base; its messages never carry what was sealed."""


class NotOpenable(VaultError):
    pass


class NoSuchEnvelope(VaultError):
    pass
