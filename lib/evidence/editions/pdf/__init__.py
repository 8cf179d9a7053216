"""The whole book as one PDF, made from the built site: the same pages, joined, and printed by Chromium.

`pages` reads the site, `joining` makes one document of it, `front` its title page and contents, `printing` prints it, `metadata` says in the
file what it is.
"""

from __future__ import annotations

from evidence.editions.pdf.book import claim_pdf, join_site, make_pdf, pdf_name
from evidence.editions.pdf.printing import find_browser
