"""Bundles what officers' pages need in the browser before a wheel is made, where npm is."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "app/web/static/js/vendor/age.js"


class BundleHook(BuildHookInterface[Any]):
    """Runs with the wheel; an editable install has `make bundle`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's own signature
        if version == "editable":
            return
        npm, browser = shutil.which("npm"), Path(self.root) / "browser"
        if npm is not None and browser.is_dir():
            subprocess.run([npm, "ci", "--ignore-scripts"], cwd=browser, check=True)  # noqa: S603 - of our own tree
            subprocess.run([npm, "run", "build"], cwd=browser, check=True)  # noqa: S603 - of our own tree
        elif not (Path(self.root) / BUNDLE).exists():
            self.app.display_warning(
                "Without npm this wheel has no age in the browser: officers use the command."
            )
