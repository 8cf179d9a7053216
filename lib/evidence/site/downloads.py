"""Files beside the pages that a reader can take away: the ledger with its schema and as tables, and the data library, also as one package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence import ledger
from evidence.catalog.packaging import declared_files
from evidence.catalog.rows import FOR_SPREADSHEETS
from evidence.ledger.archive import zipped
from evidence.settings import short_name
from evidence.site.publication import publication


def package() -> str:
    """Return the file name of the data library as one file."""
    return f"{short_name()}-data.zip"


def connect(app: Sphinx) -> None:
    """Mark the links to the files when a page is written, and write the files once the pages are there."""
    app.connect("html-page-context", _mark)
    app.connect("build-finished", _publish)


def _mark(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Make links to the files save them: a browser would show a table as bare text."""
    if "body" in context:
        context["body"] = context["body"].replace('<a class="download reference external" ', '<a class="download" download ')


def _publish(app: Sphinx, failure: Exception | None) -> None:
    """Write the ledger and the data library beside the pages, so that a reader can take them away."""
    if failure or app.builder.format != "html":
        return
    edition, target = publication(app), Path(app.outdir)
    data = Path(edition.library.directory or "")
    ledger.write(edition.ledger, target / "ledger.json")
    (target / "ledger.schema.json").write_text(json.dumps(ledger.json_schema(), indent=1) + "\n", encoding="utf-8")
    for name, text in ledger.csv_tables(edition.ledger).items():
        (target / f"{name}.csv").write_text(text, encoding=FOR_SPREADSHEETS, newline="")
    declared = declared_files(data)
    for file in declared:
        (target / "data" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / file, target / "data" / file)
    (target / package()).write_bytes(zipped({file.as_posix(): (data / file).read_bytes() for file in declared}))
