"""Settings of one installation, from the environment (NOMDEPLUME_…) alone."""

from functools import cached_property
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """Everything has a default that works on one machine; `data` holds it all."""

    model_config = SettingsConfigDict(env_prefix="NOMDEPLUME_", frozen=True)

    data: Path = Path("data")
    contest_database: str = ""
    vault_database: str = ""
    keys: Path | None = None
    """Folder of the worker's key and the server's own secrets. Never part of a backup."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_address: str = ""
    """Address people type, such as https://prize.example.org; decides whether cookies are Secure."""
    max_upload: int = 20 * MEGABYTE
    demo: bool = False
    """Allows one-click sign-in, and only on a database that the demo made, over loopback."""

    @cached_property
    def contest_url(self) -> str:
        return self.contest_database or f"sqlite:///{self.data / 'contest.sqlite3'}"

    @cached_property
    def vault_url(self) -> str:
        return self.vault_database or f"sqlite:///{self.data / 'vault.sqlite3'}"

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
    def over_tls(self) -> bool:
        return self.address.startswith("https://")
