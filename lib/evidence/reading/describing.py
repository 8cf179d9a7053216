"""What a document, or a reference to it, says of itself as a source: title, authors, publisher, dates, address and licence, as far as it does."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from evidence.catalog.patterns import DOI, TEXT, WEB
from evidence.catalog.periods import read_period
from evidence.catalog.verify.docx import core_properties
from evidence.errors import SourceError
from evidence.parsing import parse_json
from evidence.paths import plain_file

Cells = dict[str, str]
"""Cells of a source, by column of `sources`."""

_LARGEST = 1_000_000
"""Bytes of a reference at most."""
_FIELD = re.compile(r"(?<!\w)(\w++)\s*+=\s*+(?:\{((?:[^{}]|\{[^{}]*\})*)\}|\"([^\"]*)\"|(\d+))")
_BIBTEX = {
    "title": ("title",),
    "authors": ("author",),
    "publisher": ("publisher", "institution", "organization", "journal"),
    "published": ("date", "year"),
    "url": ("url",),
    "doi": ("doi",),
    "licence": ("license", "copyright"),
}
_RIS = {
    "title": ("TI", "T1"),
    "authors": ("AU", "A1"),
    "publisher": ("PB", "JO", "T2"),
    "published": ("DA", "PY", "Y1"),
    "url": ("UR",),
    "doi": ("DO",),
}
_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "authors": ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name"),
    "published": ("citation_publication_date", "citation_date", "dc.date", "dcterms.issued", "dcterms.date", "article:published_time"),
    "url": ("citation_public_url", "og:url"),
    "doi": ("citation_doi", "dc.identifier"),
    "licence": ("dc.rights", "dcterms.rights", "dcterms.license", "license"),
}
"""Where each way of describing a document has the cells of a source, the first that is there counting; authors take all of one name."""

_PROGRAM = re.compile(r"^Microsoft (?:Word|PowerPoint|Excel) - ")
_NO_TITLE = re.compile(
    r"^\S+\.(?:docx?|odt|rtf|pdf|html?|tex|indd|qxd|pptx?|xlsx?|txt|md|pages)$|^(?:untitled|(?:Word|PowerPoint) (?:Document|Presentation)|Document\d*)$",
    re.IGNORECASE,
)
"""What programs write for a title that nobody has given: the name of a file, or their own."""


def described(path: Path, today: date | None = None) -> Cells:
    """Return the cells of a source that its document, or a reference to it, gives; those it does not give are left out.

    Args:
        path: A document, or a reference in BibTeX (.bib), RIS (.ris) or CSL JSON (.json).
        today: The day it is; no source was published after it.

    Raises:
        SourceError: If the file cannot be read.
    """
    try:
        cells = {name: " ".join(cell.split()) for name, cell in _READERS.get(path.suffix.lower(), _nothing)(plain_file(path)).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:  # the last two of JSON that holds something else than a reference
        raise SourceError(f"{path.name}: cannot be read as what its name says ({error}). Give the cells by hand.") from None
    cells["title"] = _NO_TITLE.sub("", _PROGRAM.sub("", cells.get("title", "")))
    cells |= _dated(cells.pop("published", ""), today or date.today())
    cells["doi"] = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", cells.get("doi", ""), flags=re.IGNORECASE)
    if re.fullmatch(TEXT, path.name):
        cells["seed"] = path.name
    return {name: cell for name, cell in cells.items() if cell and re.fullmatch({"url": WEB, "doi": DOI}.get(name, ".*"), cell)}


def _dated(said: str, today: date) -> Cells:
    """Return when a source was published, as it says, and the last day that may be."""
    day = re.match(r"\d{4}(?:[-/]\d{2}(?:[-/]\d{2})?)?(?=$|[T\s/])", said)
    printed = day[0].replace("/", "-") if day else said
    found = read_period(printed)
    return {"published": printed, "as_of": min(found.end, today.isoformat()) if found and found.end else ""}


def _nothing(_path: Path) -> Cells:
    return {}


def _reference(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is too large for a reference")
    return path.read_text(encoding="utf-8-sig")


def _chosen(ways: dict[str, tuple[str, ...]], values: dict[str, list[str]]) -> Cells:
    """Return the cells that some names have among values; of authors all, of anything else the first."""
    found = {column: next((values[name] for name in names if values.get(name)), []) for column, names in ways.items()}
    return {column: "; ".join(cells) if column == "authors" else cells[0] for column, cells in found.items() if cells}


def _bibtex(path: Path) -> Cells:
    values = {
        match[1].lower(): [re.sub(r"[{}]", "", match[2] or match[3] or match[4] or "")] for match in _FIELD.finditer(_reference(path))
    }
    values["author"] = [_in_order(name) for name in re.split(r"\s+and\s+", next(iter(values.get("author", [])), ""))]
    return _chosen(_BIBTEX, values)


def _in_order(name: str) -> str:
    """Return a name with the family's behind: "Mill, Ann" is "Ann Mill"."""
    family, comma, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if comma else family


def _ris(path: Path) -> Cells:
    values: dict[str, list[str]] = {}
    for match in re.finditer(r"^([A-Z][A-Z\d])  - ?(.*)$", _reference(path), re.MULTILINE):
        values.setdefault(match[1], []).append(_in_order(match[2]) if match[1] in ("AU", "A1") else match[2].strip(" /"))
    return _chosen(_RIS, values)


def _csl(path: Path) -> Cells:
    read = parse_json(_reference(path))
    item: dict[str, Any] = next(iter(read), {}) if isinstance(read, list) else read
    if not isinstance(item, dict):
        raise ValueError("it holds no reference")
    authors = [" ".join(filter(None, (one.get("given"), one.get("family") or one.get("literal")))) for one in item.get("author", [])]
    parts: list[Any] = next(iter(item.get("issued", {}).get("date-parts", [])), [])
    issued = "-".join(f"{int(part):02}" for part in parts)
    cells = {"title": item.get("title"), "publisher": item.get("publisher") or item.get("container-title"), "published": issued}
    cells |= {"url": item.get("URL"), "doi": item.get("DOI"), "authors": "; ".join(authors), "licence": item.get("license")}
    return {name: str(cell) for name, cell in cells.items() if cell}


def _html(path: Path) -> Cells:
    from bs4 import BeautifulSoup

    head = re.split(rb"</head>|<body", path.read_bytes()[:_LARGEST], maxsplit=1, flags=re.IGNORECASE)[0]
    page = BeautifulSoup(head, "html.parser")
    values: dict[str, list[str]] = {}
    for tag in page.find_all("meta"):
        values.setdefault(str(tag.get("name") or tag.get("property") or "").lower(), []).append(str(tag.get("content") or ""))
    cells = _chosen(_META, values)
    titled, licence, canonical = page.find("title"), page.find("link", rel="license"), page.find("link", rel="canonical")
    cells.setdefault("title", titled.get_text() if titled else "")
    cells.setdefault("licence", str(licence.get("href", "")) if licence else "")
    cells.setdefault("url", str(canonical.get("href", "")) if canonical else "")
    return cells


def _pdf(path: Path) -> Cells:
    from pypdf import PdfReader

    try:
        told = PdfReader(path).metadata
        made = told.creation_date if told else None
    except Exception as error:  # what a broken file makes of its reader is any error at all
        raise ValueError(type(error).__name__) from None
    cells = {"title": told.title, "authors": told.author} if told else {}
    return {name: str(cell) for name, cell in cells.items() if cell} | ({"published": made.date().isoformat()} if made else {})


def _docx(path: Path) -> Cells:
    try:
        return core_properties(path)
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from None


def _plain(path: Path) -> Cells:
    """Return what the first lines of a text say: its title, and a digital object identifier."""
    head = path.read_text(encoding="utf-8-sig")[:20_000]
    title = re.search(r"^#\s+(.+)$", head, re.MULTILINE)
    doi = re.search(r"\bdoi(?:\.org/|:\s*)(10\.\d{4,9}/[^\s>\])]+)", head)
    licence = re.search(r"\b(?:CC[ -]BY(?:-[A-Z]{2})*(?:[ -]\d\.\d)?|Open Government Licence(?: v\d\.\d)?)", head)
    return {
        "title": title[1].strip("*# ") if title else "",
        "doi": doi[1].rstrip(".,;") if doi else "",
        "licence": licence[0] if licence else "",
    }


_READERS: dict[str, Callable[[Path], Cells]] = {
    **{".bib": _bibtex, ".ris": _ris, ".json": _csl, ".html": _html, ".htm": _html},
    **{".pdf": _pdf, ".docx": _docx, ".xlsx": _docx, ".md": _plain, ".txt": _plain},
}
