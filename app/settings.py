"""Settings of one installation, from the environment (NOMDEPLUME_…) alone."""

from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """Everything has a default that works on one machine; `data` holds it all."""

    model_config = SettingsConfigDict(
        env_prefix="NOMDEPLUME_",
        frozen=True,
        hide_input_in_errors=True,  # addresses of databases hold passwords
    )

    data: Path = Path("data")
    contest_database: str = Field(default="", repr=False)
    vault_database: str = Field(default="", repr=False)
    """The owner's login, which alone changes the form of tables. Addresses of databases hold passwords."""
    vault_entering: str = Field(default="", repr=False)
    vault_working: str = Field(default="", repr=False)
    vault_opening: str = Field(default="", repr=False)
    """Logins for each duty at the vault, on PostgreSQL; the owner's where left out."""
    keys: Path | None = None
    """Folder of the worker's key and the server's own secrets. Never part of a backup."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_address: str = ""
    """Address people type, such as https://prize.example.org; decides whether cookies are Secure."""
    max_upload: int = 20 * MEGABYTE
    smtp: str = Field(default="", repr=False)
    """Mail server: smtp://user:password@host:587, or smtps:// for TLS from the start. Without one no mail is sent."""
    mail_from: str = ""
    """Address that mail comes from; needed with a mail server."""
    names_model: str = ""
    """A spaCy model, by name or path, that adds its names to what the desk looks at."""
    demo: bool = False
    """Allows one-click sign-in, and only on a database that the demo made, over loopback."""

    @model_validator(mode="after")
    def _doors_lead_to_one_vault(self) -> Self:
        doors = (self.vault_entering, self.vault_working, self.vault_opening)
        if any(doors) and not self.vault_database and not all(doors):
            raise ValueError("name all three doors of the vault, or its owner's login too")
        if any(url and not url.startswith("postgresql") for url in doors):
            raise ValueError("logins for each duty at the vault are for PostgreSQL")
        return self

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.smtp and not self.smtp.startswith(("smtp://", "smtps://")):
            raise ValueError("a mail server is named as smtp://host:port or smtps://host:port")
        if self.smtp and "@" not in self.mail_from:
            raise ValueError("mail needs an address it comes from: NOMDEPLUME_MAIL_FROM")
        return self

    @cached_property
    def contest_url(self) -> str:
        return self.contest_database or f"sqlite:///{self.data / 'contest.sqlite3'}"

    @cached_property
    def vault_url(self) -> str:
        return self.vault_database or self.vault_entering or f"sqlite:///{self.data / 'vault.sqlite3'}"

    @property
    def has_owners_login(self) -> bool:
        """Whether tables can be made and changed from here. Where only the doors are known, they can't."""
        return bool(self.vault_database or not self.vault_entering)

    @cached_property
    def entering_url(self) -> str:
        return self.vault_entering or self.vault_url

    @cached_property
    def working_url(self) -> str:
        return self.vault_working or self.vault_url

    @cached_property
    def opening_url(self) -> str:
        return self.vault_opening or self.vault_url

    @cached_property
    def keys_folder(self) -> Path:
        return self.keys or self.data / "keys"

    @cached_property
    def upload_folder(self) -> Path:
        """Private folder in which uploads stand while they stream, and essays are held for half an hour."""
        return self.data / "uploads"

    @cached_property
    def address(self) -> str:
        return self.public_address.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def host_name(self) -> str:
        """The host of that address: it names the records kept here."""
        return urlsplit(self.address).netloc

    @property
    def over_tls(self) -> bool:
        return self.address.startswith("https://")
