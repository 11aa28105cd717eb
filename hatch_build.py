"""Put napari.yaml where npe2 looks for it: inside the package."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LinkNapariYaml(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Link ``napari.yaml`` into the package; copy it where links are not allowed.

        A link, because editable installs must see every edit.
        """
        link = Path(self.root, "src", "napari_aiod_registry", "napari.yaml")
        link.unlink(missing_ok=True)
        try:
            link.symlink_to(Path("..", "..", "napari.yaml"))
        except OSError:
            shutil.copyfile(Path(self.root, "napari.yaml"), link)
