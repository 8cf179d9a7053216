"""What the site says to programs: search engines, reference managers, feed readers, and those that show a preview of a link.

`page` says what a page is, `head` and `json_ld` tell it in the page's head, `claim_reviews` tells what the audit found; `feed`, `sitemap`,
`previews` and `standalone` make files beside the pages, written by `files`.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from evidence.site.machine import files, head


def connect(app: Sphinx) -> None:
    """Describe each page when its HTML is made, and write the files beside the pages at the end."""
    head.connect(app)
    files.connect(app)
