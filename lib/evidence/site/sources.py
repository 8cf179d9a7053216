"""What a site is built from, beside the pages: an archive of the sources and how it was built, for whoever wants to prove the site."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.application import Sphinx

from evidence import paths
from evidence.ledger import archive
from evidence.site.publication import publication


def connect(app: Sphinx) -> None:
    """Write both files once the pages are there."""
    app.connect("build-finished", _publish)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    edition, target = publication(app), Path(app.outdir)
    files = archive.sources(paths.find_book(), Path(app.srcdir) / "chapters", Path(edition.library.directory or ""))
    packed = archive.zipped(files)
    built = {
        "site_url": edition.url,
        "as_of": edition.library.as_of,
        "pdf": os.environ.get("EVIDENCE_PDF", ""),
        "source_date_epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    (target / archive.archive_name()).write_bytes(packed)
    told = archive.about(edition.ledger["edition"]["name"], built, files, packed)
    (target / archive.ABOUT).write_text(told, encoding="utf-8")
