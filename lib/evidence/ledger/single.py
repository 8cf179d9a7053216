"""One figure of an edition as a record of its own: what others link, embed or read by program, and what tells them when it no longer stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast

from typing_extensions import TypedDict

from evidence.audit import SHOWN_AS
from evidence.charts import strip_links
from evidence.ledger.fates import Respect, aliases_of

VERSION = 1
"""Version of the record, raised when a program that reads the old one could take it wrongly; a short one is of version 2."""


class Repeatable(TypedDict):
    """Whether a figure may be repeated, and in which words."""

    answer: str
    """`yes`, `with care` or `no`."""
    says: str
    """How, or why not."""
    words: str
    """The figure with whom, where and when it is about, and who says so."""


class Successor(TypedDict):
    """What stands in the place of a figure in the newest edition."""

    id: str
    shown: str
    edition: str


class Stated(TypedDict):
    """The edition that states a figure."""

    name: str
    date: str


class From(TypedDict):
    """The source of a figure."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    doi: str
    licence: str


class FigureFile(TypedDict):
    """A figure or range of an edition."""

    schema_version: int
    id: str
    shown: str
    """The number for a reader."""
    stated: str
    """The number as the source writes it."""
    value: str
    """The number in base units, as digits or a fraction; of a range, its low end."""
    low: float
    high: float
    """Ends of what the stated number may be, in base units."""
    unit: str
    population: str
    place: str
    period: str
    as_of: str
    """Day it was published (ISO)."""
    verdict: str
    """As a reader is shown it."""
    corrections: list[str]
    """Titles of the corrections that cast doubt on it."""
    doubt: str
    edition: Stated
    state: str
    """`current`; or, once a newer edition says so, `corrected`, `superseded`, `changed`, `renamed` or `retired`."""
    successor: Successor | None
    """What the newest edition has instead; null while it is current, or when retired."""
    reason: str
    """Why, where that is recorded."""
    changes: list[Respect]
    """Every respect in which the newest edition has it otherwise."""
    safe: Repeatable
    source: From
    address: str
    """Its lasting address, which leads to the newest edition."""
    address_in_edition: str
    """Its address in this edition, which never changes."""
    licence: str
    """Licence of the book's text and data, by its name in the SPDX list."""


SHORT = ("id", "shown", "stated", "unit", "period", "edition", "state", "successor", "reason", "changes")
"""Fields of a figure that stand in the file of each edition, also where the rest is as it was in an earlier one."""
LEANING = "rest"
"""The field of such a file that says where the rest stands."""


class ShortFigureFile(TypedDict):
    """A figure or range of an older edition, whose other fields stand in the file of an edition before it."""

    schema_version: Literal[2]
    id: str
    shown: str
    stated: str
    unit: str
    period: str
    edition: Stated
    state: str
    successor: Successor | None
    reason: str
    changes: list[Respect]
    rest: str
    """Where the file of the earlier edition is, seen from this one; every field that is not here stands there, with that edition in its address."""
    hash: str
    """First digits of the SHA-256 of what that file gives."""


def figure_files(ledger: Mapping[str, Any], url: str, licence: str) -> Iterator[FigureFile]:
    """Yield every figure and range of an edition, and what became of the ids that it has no more.

    Args:
        ledger: The edition's ledger.
        url: Address of the book, ending in a slash.
        licence: Of its text and data.
    """
    made = _FigureFiles(ledger, url, licence)
    figures = {row["id"]: row for row in ledger["figures"]}
    known = {row["id"]: figures[row["low"]] for row in ledger["ranges"]} | figures
    for identifier, figure in known.items():
        yield made.current(identifier, figure, range_=identifier not in figures)
    for row in aliases_of(ledger, "figure"):
        if row["old"] not in known and row["new"] in known:
            yield made.renamed(row, known[row["new"]])
        elif row["old"] not in known:
            yield made.retired(row)


def advice(record: Mapping[str, Any]) -> str:
    """Return how a record may be repeated, or why not, as a plain sentence without the answer it begins with.

    Example:
        >>> advice({"safe": "no", "safe_words": "No: [nobody](figure:firms.none) has measured it."})
        'Nobody has measured it.'
    """
    rest = strip_links(record["safe_words"][len(record["safe"]) :]).lstrip(":,. ")
    return rest[:1].upper() + rest[1:]


def wording(figure: Mapping[str, Any], source: Mapping[str, Any], shown: str = "") -> str:
    """Return a figure with whom, where and when it is about and who says so: words in which it can be repeated."""
    whom = ", ".join(
        dict.fromkeys(part for part in (figure["population"] or figure["category"], figure["place"], figure["period"]) if part)
    )
    return f"{shown or figure['shown']}{f' ({whom})' if whom else ''}, {source['short']}"


class _FigureFiles:
    def __init__(self, ledger: Mapping[str, Any], url: str, licence: str) -> None:
        self._ledger, self._url, self._licence = ledger, url, licence
        self._edition = Stated(name=ledger["edition"]["name"], date=ledger["edition"]["date"])
        self._sources = {row["id"]: row for row in ledger["sources"]}
        self._titles = {row["id"]: row["title"] for row in ledger["corrections"]}

    def current(self, identifier: str, figure: Mapping[str, Any], *, range_: bool) -> FigureFile:
        source = self._sources[figure["source"]]
        page = f"chapters/ledger-{figure['source']}.html#{identifier}"
        shown = figure["stated"] if range_ else figure["shown"]
        copied: Any = {
            name: figure[name] for name in ("stated", "value", "low", "high", "unit", "population", "place", "period", "as_of", "doubt")
        }
        made: Any = {
            **copied,
            "schema_version": VERSION,
            "id": identifier,
            "shown": shown,
            "verdict": SHOWN_AS[figure["verdict"]],
            "corrections": [self._titles[name] for name in figure["corrections"]],
            "edition": self._edition,
            "state": "current",
            "successor": None,
            "reason": "",
            "changes": [],
            "safe": {"answer": figure["safe"], "says": advice(figure), "words": wording(figure, source, shown)},
            "source": {name: source[name] for name in From.__annotations__},
            "address": self._url + page,
            "address_in_edition": f"{self._url}editions/{self._edition['name']}/{page}",
            "licence": self._licence,
        }
        return cast(FigureFile, made)

    def renamed(self, alias: Mapping[str, str], figure: Mapping[str, Any]) -> FigureFile:
        made = self.current(alias["new"], figure, range_=alias["new"] != figure["id"])
        successor = Successor(id=alias["new"], shown=made["shown"], edition=self._edition["name"])
        return {**made, "id": alias["old"], "state": "renamed", "successor": successor, "reason": alias["reason"]}

    def retired(self, alias: Mapping[str, str]) -> FigureFile:
        nothing: dict[str, Any] = dict.fromkeys(FigureFile.__annotations__, "") | {
            "low": 0.0,
            "high": 0.0,
            "corrections": [],
            "changes": [],
        }
        made: Any = {
            **nothing,
            "schema_version": VERSION,
            "id": alias["old"],
            "edition": self._edition,
            "state": "retired",
            "successor": None,
            "reason": alias["reason"],
            "safe": {"answer": "no", "says": "no record bears it any more.", "words": ""},
            "source": dict.fromkeys(From.__annotations__, ""),
            "address": f"{self._url}chapters/ledger-retired.html#{alias['old']}",
            "licence": self._licence,
        }
        return cast(FigureFile, made)
