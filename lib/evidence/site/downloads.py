"""Files beside the pages: the ledger with its schema, and the data library."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from evidence import ledger
from evidence.site.publication import publication


def connect(app: Sphinx) -> None:
    """Write the files once the pages are there."""
    app.connect("build-finished", _publish)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    """Write the ledger and the data library beside the pages, so that a reader can take them away."""
    if failure or app.builder.format != "html":
        return
    edition, target = publication(app), Path(app.outdir)
    ledger.write(edition.ledger, target / "ledger.json")
    (target / "ledger.schema.json").write_text(json.dumps(ledger.json_schema(), indent=1) + "\n", encoding="utf-8")
    shutil.copytree(Path(edition.library.directory or ""), target / "data", dirs_exist_ok=True)
