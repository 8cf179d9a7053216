"""Files beside the pages that a reader can take away: the ledger with its schema and as tables, and the data library, also as one package."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence import ledger
from evidence.catalog.rows import FOR_SPREADSHEETS
from evidence.settings import short_name
from evidence.site.publication import publication


def package() -> str:
    """Return the file name of the data library as one file."""
    return f"{short_name()}-data.zip"


_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: the same data give the same bytes on any day."""


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
    shutil.copytree(data, target / "data", dirs_exist_ok=True)
    (target / package()).write_bytes(packed(data))


def packed(folder: Path) -> bytes:
    """Return the files below a folder as a zip file, the same bytes for the same files: sorted names, one time, one mode."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in files:
            archive.writestr(_member(path.relative_to(folder).as_posix()), path.read_bytes())
    return stream.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member
