"""An installation on PostgreSQL, made as docs/deployment.md says: its commands, its settings."""

import os
import re
from pathlib import Path

from sqlalchemy import make_url

from app.settings import Settings
from tests.app.cluster import Cluster

_DEPLOYMENT = Path(__file__).parents[2] / "docs" / "deployment.md"
_IN_DOCS = "nomdeplume_"


def documented_settings(cluster: Cluster, data: Path, *, prefix: str) -> Settings:
    """Run the documented commands; return the documented settings, for the server at hand.

    Databases and logins are called by `prefix` instead, so that each test may have its own.
    """
    text = _DEPLOYMENT.read_text()
    commands = re.search(r"```sql\n(.*?)```", text, re.DOTALL)
    assert commands is not None
    cluster.run(commands[1].replace(_IN_DOCS, prefix))
    named = dict(re.findall(r"^NOMDEPLUME_(\w+)=(postgresql://.*)$", text, re.MULTILINE))
    addresses = {}
    for name, address in named.items():
        url = make_url(address.replace(_IN_DOCS, prefix))
        assert url.host == "db.example.org"
        here = url._replace(host=None).set(query={"host": str(cluster.folder)})
        addresses[name.lower()] = here.render_as_string(hide_password=False)
    return Settings(data=data, **addresses)


def environment_of(settings: Settings) -> dict[str, str]:
    said = settings.model_dump(exclude_none=True)
    return os.environ | {f"NOMDEPLUME_{name.upper()}": str(value) for name, value in said.items()}
