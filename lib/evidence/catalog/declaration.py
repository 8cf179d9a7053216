"""How a table of the data library is declared: columns, patterns, keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.quantity import units

ID = r"[a-z][a-z-]*(?:\.[a-z][a-z-]*)+"
SLUG = r"[a-z][a-z-]*"
DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
NUMBER = r"-?\d+(?:\.\d+)?(?:/[1-9]\d*)?"
_PER = "|".join(units.PERIODS)
UNIT = rf"(?:{'|'.join(units.BASES)})(?: per (?:{_PER}))?"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its header.
        about: What stands in it, in one sentence.
        pattern: Regular expression the whole cell must match, when it is not empty; empty for free text.
        allowed: The only values it may hold, when not empty.
        required: Whether the cell may not be empty.
        verbatim: Whether the cell quotes a source, so that its own marks and numbers are let through.
        prose: Whether the cell is our own prose: numbers in it must be links, as in a chapter.
        reference: Table whose `id` the cell must name, or empty.
    """

    name: str
    about: str
    pattern: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False
    verbatim: bool = False
    prose: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the data library: a file, or for figures a folder of files of the same columns.

    Attributes:
        name: Name used in code, errors and the data package.
        path: File or folder below the data directory.
        about: What a row is.
        columns: Its columns, in their canonical order.
        key: Columns that together occur once.
        optional: Whether the file may be missing.
    """

    name: str
    path: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    optional: bool = False
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))
