"""Sphinx extension: what the published site adds to the pages. All of it comes from the edition's ledger, made once a build.

`publication` holds the ledger and the addresses, `charts` completes the charts, `links` leads every number to its entry, `downloads` puts
the files beside the pages. Each module has one `connect`, called here.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from evidence.site import charts, downloads, dress, links, publication


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; called by Sphinx."""
    for part in (publication, dress, charts, links, downloads):
        part.connect(app)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
