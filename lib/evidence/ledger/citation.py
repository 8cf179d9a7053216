"""How the book and its sources are cited: in words, and for programs that keep references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.errors import DataError
from evidence.parsing import parse_yaml
from evidence.problems import Place, Problem
from evidence.settings import short_name

UNNAMED = "not named in the text"
"""What the data library writes where a document names no author or publisher."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Names of the months every BibTeX style knows."""

_REPORTS = ("report", "briefing")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    # Braces are counted even behind a backslash, so they are named instead.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
} | {character: "\\" + character for character in "&%$#_"}
_UNSAFE = re.compile(r"[\s{}\\\"<>^`|]")


@dataclass(frozen=True, slots=True)
class Book:
    """The book as it is cited.

    Attributes:
        title: In full.
        authors: As they are to be named.
        contact: Address of who answers for it, `mailto:` or on the web; empty where none is named.
        keywords: What it is about.
    """

    title: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    contact: str = ""

    @property
    def name(self) -> str:
        """The title up to its colon."""
        return self.title.partition(":")[0]

    @property
    def subtitle(self) -> str:
        """The title after its colon, as a title of its own."""
        rest = self.title.partition(":")[2].strip()
        return rest[:1].upper() + rest[1:]


def book(path: Path | None = None) -> Book:
    """Return the book as its citation file describes it.

    Args:
        path: A file in the Citation File Format; the book's own when None.

    Raises:
        DataError: If it is no such file.

    Source:
        Citation File Format 1.2.0, doi:10.5281/zenodo.5171937
    """
    return _described(path or paths.citation_file())


@cache
def _described(path: Path) -> Book:
    try:
        described = parse_yaml(path.read_text(encoding="utf-8"))
        authors = [author.get("name") or f"{author['given-names']} {author['family-names']}" for author in described["authors"]]
        keywords, contact = described.get("keywords") or (), _contact(described.get("contact") or ())
        return Book(str(described["title"]), tuple(map(str, authors)), tuple(map(str, keywords)), contact)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:200]})."
        raise DataError(Problem(Place(path.name), told, "Write it in the Citation File Format, with title and authors.")) from None


def _contact(listed: Iterable[Mapping[str, str]]) -> str:
    """Return the address of the first contact that has one, by mail before by web."""
    ways = [f"mailto:{one['email']}" if one.get("email") else one.get("website", "") for one in listed]
    return next((way for way in ways if way), "")


def credit(cited: Book, edition: Any, url: str) -> str:
    """Return how an edition of the book is cited in words.

    Args:
        cited: The book.
        edition: The `edition` record of its ledger.
        url: Where it is published.
    """
    return f"{', '.join(cited.authors)} ({edition['date'][:4]}). {cited.title}. Edition {edition['name']}. {url}"


def named_authors(source: Any) -> list[str]:
    """Return the authors a source names, without the remark that there are others.

    Example:
        >>> named_authors({"authors": "Dan Goss; Anna Garrod; and others not named"}), named_authors({"authors": "not named in the text"})
        (['Dan Goss', 'Anna Garrod'], [])
    """
    names = [name.strip() for name in source["authors"].split(";")]
    return [name for name in names if name and name != UNNAMED and not name.startswith("and others")]


def named_publisher(source: Any) -> str:
    """Return the publisher of a source, or an empty text where it names none."""
    return "" if source["publisher"] == UNNAMED else str(source["publisher"])


def bibliography(cited: Book, ledger: Any, url: str) -> str:
    """Return an edition of the book and all its sources as BibTeX, the book first, the sources in the library's order.

    Args:
        cited: The book.
        ledger: Its ledger.
        url: Where it is published.
    """
    sources = [source for source in ledger["sources"] if source["kind"] != "computed"]
    return "\n".join([_book(cited, ledger["edition"], url), *map(_source, sources)])


def escaped(text: str) -> str:
    r"""Return text for a BibTeX field: on one line, its special characters named.

    Example:
        >>> print(escaped("R&D at 5% {draft}"))
        R\&D at 5\% \textbraceleft{}draft\textbraceright{}
    """
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))


def _book(cited: Book, edition: Any, url: str) -> str:
    return _entry(
        "misc",
        short_name(),
        {
            "author": " and ".join(f"{{{escaped(name)}}}" for name in cited.authors),
            "title": f"{{{escaped(cited.title)}}}",
            "note": escaped(f"Edition {edition['name']}"),
            "url": _address(url),
            **_dated(edition["date"]),
        },
    )


def _source(source: Any) -> str:
    publisher = escaped(named_publisher(source))
    report = source["kind"] in _REPORTS
    fields = {
        "author": _authors(source) or (f"{{{publisher}}}" if publisher else ""),
        "title": f"{{{escaped(source['title'])}}}",
        "institution" if report else "howpublished": publisher,
        "doi": _address(source["doi"]),
        "url": _address(source["url"]),
        **_dated(source["published"]),
    }
    return _entry("techreport" if report else "misc", source["id"], fields)


def _authors(source: Any) -> str:
    # A comma or an "and" inside a name would split it in two.
    names = [escaped(name) for name in named_authors(source)]
    others = ["others"] if names and "and others" in source["authors"] else []
    return " and ".join([f"{{{name}}}" if re.search(r",|\band\b", name) else name for name in names] + others)


def _dated(printed: str) -> dict[str, str]:
    """Return year and month of a date as printed; of a span its last year, with the span as a note."""
    years = re.findall(r"\d{4}", printed)
    whole = re.fullmatch(r"\d{4}-(\d\d)(-\d\d)?", printed)
    span = {"note": escaped(f"Published {printed}")} if printed and not re.fullmatch(r"\d{4}(-\d\d){0,2}", printed) else {}
    return {"year": years[-1] if years else "", "month": MONTHS[int(whole[1]) - 1] if whole else "", **span}


def _address(text: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}\n"
