"""What stands before the first chapter: title, edition, licence, how to cite, contents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from evidence.errors import EditionError
from evidence.markup import Html, html, joined
from evidence.parsing import parse_yaml

PLACE_FOR_NUMBER = "000"
"""Stands where a page number of the contents will stand, as wide as any of them."""

Listed = tuple[str, str, str, int]
"""A line of the contents: anchor, title, heading it stands under, depth."""


@dataclass(frozen=True)
class Imprint:
    """What the book is, for its title page and for the file.

    Attributes:
        name: Short title.
        subtitle: What follows it, or empty.
        authors: Names, with commas between them.
        licence: Sentences on the use of text, data, code and quotations.
        edition: Name of the edition.
        date: Day of the edition.
        url: Address the book is published at.
        language: Of the text, as HTML names it.
    """

    name: str
    subtitle: str
    authors: str
    licence: str
    edition: str
    date: date
    url: str
    language: str

    @property
    def title(self) -> str:
        """Title and subtitle."""
        return ": ".join(part for part in (self.name, self.subtitle) if part)

    @property
    def day(self) -> str:
        """Day of the edition in words, such as 21 November 2026."""
        return f"{self.date.day} {self.date:%B %Y}"

    @property
    def edition_line(self) -> str:
        """Name and day of the edition."""
        return f"Edition {self.edition}"

    @property
    def citation(self) -> str:
        """How to cite this edition."""
        return f"{self.authors} ({self.date.year}). {self.title}. {self.edition_line}, {self.day}. {self.url}"


def read_imprint(root: Path, site: Path, url: str) -> Imprint:
    """Return what the book is: title and authors of `CITATION.cff`, licences of `_config.yml`, edition of the site's ledger.

    Raises:
        EditionError: If the site holds no ledger.
    """
    if not (site / "ledger.json").is_file():
        raise EditionError(f"{site}: the site holds no ledger.json, so its edition is not known. Run `evidence build`.")
    edition = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["edition"]
    cited, settings = (parse_yaml((root / name).read_text(encoding="utf-8")) for name in ("CITATION.cff", "_config.yml"))
    name, _, subtitle = cited["title"].partition(": ")
    licence = BeautifulSoup(settings["sphinx"]["config"]["html_theme_options"]["extra_footer"], "html.parser").get_text(" ", strip=True)
    return Imprint(
        name,
        subtitle,
        ", ".join(map(_author, cited["authors"])),
        licence,
        edition["name"],
        date.fromisoformat(edition["date"]),
        url,
        "en-GB",
    )


def _author(person: dict[str, Any]) -> str:
    return person.get("name") or f"{person.get('given-names', '')} {person.get('family-names', '')}".strip()


def title_page(imprint: Imprint) -> Html:
    """Return the HTML of the title page. Its title is no heading, so that the outline begins with the chapters."""
    return html(
        """<section class="title-page" style="page: title-page">
<p class="book-title">{}</p>
<p class="book-subtitle">{}</p>
<p class="book-authors">{}</p>
<dl><dt>Edition</dt><dd>{}, {}</dd>
<dt>On the web</dt><dd>{}</dd>
<dt>Cite as</dt><dd>{}</dd>
<dt>Licence</dt><dd>{}</dd></dl>
<p class="how-to-read">Each underlined number leads to its entry in the ledger at the end of this document: what the source prints, where, and the result of
our check.</p></section>
""",
        *(imprint.name, imprint.subtitle[:1].upper() + imprint.subtitle[1:], imprint.authors, imprint.edition, imprint.day),
        *(html('<a href="{0}">{0}</a>', imprint.url), imprint.citation, imprint.licence),
    )


def contents(listed: Sequence[Listed]) -> Html:
    """Return the HTML of the contents, with a place for the number of the page of each line."""
    parts = []
    for part, lines in groupby(listed, key=lambda line: line[2]):
        heading = html('<p class="part">{}</p>', part) if part else ""
        parts.append(html("{}<ul>{}</ul>", heading, joined(map(_line, lines))))
    title = Html('<p class="contents-title">Contents</p>')
    return html('<nav class="book-contents" style="page: contents" aria-label="Contents">{}{}</nav>', title, joined(parts))


def _line(line: Listed) -> Html:
    place, title, _, depth = line
    return html(
        '<li class="depth-{0}"><a href="#{1}"><span class="contents-line">{2}</span>'
        '<span class="contents-page" data-page-of="{1}">{3}</span></a></li>',
        *(depth, place, title, PLACE_FOR_NUMBER),
    )
