"""From the built site to the PDF: read, join, print, describe."""

from __future__ import annotations

from pathlib import Path

from evidence.editions.pdf.book_pages import read_site
from evidence.editions.pdf.front import Imprint, read_imprint
from evidence.editions.pdf.joining import join
from evidence.editions.pdf.metadata import describe, is_ours
from evidence.editions.pdf.printing import Browser, print_book
from evidence.settings import short_name
from evidence.writing import claimed_file, replace_file


def pdf_name() -> str:
    """Return the file name of the PDF, in the site's root too."""
    return f"{short_name()}.pdf"


def make_pdf(root: Path, site: Path, target: Path) -> Path:
    """Write the PDF of a built site and return its path.

    Two runs over the same site, by the same Chromium with the same fonts and the same `SOURCE_DATE_EPOCH`, print the same: but in some
    runs Chromium rounds the height of a word to a whole number. Another version of Chromium or other fonts set other lines.

    Args:
        root: The repository: its `CITATION.cff` and `_config.yml` say what the book is called and how it may be used.
        site: Folder of the built site; nothing in it is changed.
        target: File to write; a PDF of the book that is there is replaced once the new one is whole.

    Raises:
        EditionError: If the site is not whole, a link leads nowhere, or there is no browser to print with.
        WriteError: If something else stands where the PDF is to go.
    """
    claim_pdf(root, target)
    document, imprint = join_site(root, site)
    with Browser(site) as browser:
        printed, headings = print_book(browser, document)
    replace_file(target, describe(printed, imprint, headings))
    return target


def claim_pdf(root: Path, target: Path) -> None:
    """Do nothing if the PDF may be written to a file: a new one, one that we have printed, or any in the build folder.

    Raises:
        WriteError: If it is something else, or a folder.
    """
    if (root / "_build").resolve() not in target.resolve().parents or target.is_dir():
        claimed_file(target, is_ours)


def join_site(root: Path, site: Path) -> tuple[str, Imprint]:
    """Return a built site as one HTML document, and what the book is.

    Raises:
        EditionError: If the site is not whole or a link leads nowhere.
    """
    read = read_site(site)
    imprint = read_imprint(root, site, read.url)
    return join(read, imprint), imprint
