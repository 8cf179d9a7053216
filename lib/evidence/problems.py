"""`Problem` and `Place`: one thing an author must mend, with its place, what was found against expected, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

_ENDLESS = re.compile(r"\S{400,}")
_LONG = re.compile(r"[^\n]{2000,}")


def shortened(text: str) -> str:
    """Return a text with each word cut that is longer than any that somebody wrote, a path included, and each line that nobody would read.

    Example:
        >>> len(shortened("found " + "a" * 20_000 + ", expected a day")), shortened("found 5")
        (61, 'found 5')
        >>> len(shortened("found " + "a b " * 5_000))
        2000
    """
    return _LONG.sub(lambda found: f"{found[0][:1997]}...", _ENDLESS.sub(lambda found: f"{found[0][:37]}...", text))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in a file, and in it at a row, an entry, a cell, a line or a column of a table.

    Attributes:
        file: File from the root of the repository, or as it was named; empty for nowhere.
        row: Row of a table as a spreadsheet counts it, from 1; 0 for none.
        name: What the row or entry is called; may be empty.
        cell: Cell of a notebook, from 1; 0 for none.
        line: Line of the cell, or of a file without cells, from 1; 0 for none.
        column: Name of the column of a table, or of several.
    """

    file: str = ""
    row: int = 0
    name: str = ""
    cell: int = 0
    line: int = 0
    column: str = ""

    def __bool__(self) -> bool:
        return bool(str(self))

    def __str__(self) -> str:
        counted = [f"{what} {number}" for what, number in (("row", self.row), ("cell", self.cell), ("line", self.line)) if number]
        counted = [part + (f" ({shortened(self.name)})" if self.name and part.startswith("row ") else "") for part in counted]
        named = f" ({shortened(self.name)})" if self.name and not self.row else ""
        column = [f"{'columns' if ',' in self.column else 'column'} {self.column}"] if self.column else []
        return ", ".join(part for part in (self.file + named, *counted, *column) if part)

    def at(self, **parts: Any) -> Place:
        """Return the place with some of its parts set, such as `cell=3`."""
        return replace(self, **parts)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        place: Where it stands; `NOWHERE` when it is in no file.
        message: What is wrong, found against expected.
        remedy: What to do, one sentence or more; may be empty.
        column: First column of the marked text in its line, from 1; 0 when it is not known.
        end_column: Column after its last character; 0 when it is not known.
        sentence: The sentence around it, as plain text.
        marked: First and last offset of the marked text in the sentence; equal when nothing is marked.
        nearest: Ids that may have been meant, best first.
        other: A second place the message ends with; `NOWHERE` for none.
        recordable: Whether it is mended by recording the chapter.
        rule: Name of the rule of the sentence that it breaks; empty for any other.

    Example:
        >>> print(Problem(Place("data/pairs.csv", 3, column="figure"), 'unknown id "sme.any".', nearest=("sme.many", "sme.all")))
        data/pairs.csv, row 3, column figure: unknown id "sme.any". Nearest: sme.many, sme.all.
    """

    place: Place
    message: str
    remedy: str = ""
    column: int = 0
    end_column: int = 0
    sentence: str = ""
    marked: tuple[int, int] = (0, 0)
    nearest: tuple[str, ...] = ()
    other: Place = NOWHERE
    recordable: bool = False
    rule: str = ""

    def __str__(self) -> str:
        place, sentence = f"{self.place}: " if self.place else "", f' Sentence: "{self.sentence}"' if self.sentence else ""
        return place + self.told + sentence

    @property
    def said(self) -> str:
        """What is wrong, with the second place where there is one."""
        return shortened(f"{self.message} {self.other}." if self.other else self.message)

    @property
    def told(self) -> str:
        """What is wrong, which ids may have been meant, and what to do; without the place."""
        near = f"Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        return " ".join(part for part in (self.said, near, self.remedy) if part)

    def of(self, place: Place) -> Problem:
        """Return the problem as one of another place, of whose parts its own take precedence."""
        own = {part: value for part in Place.__slots__ if (value := getattr(self.place, part))}
        return replace(self, place=place.at(**own))

    def as_record(self) -> dict[str, Any]:
        """Return the problem for an editor or another program; the line is the row in a table."""
        return {
            "file": self.place.file,
            "cell": self.place.cell,
            "line": self.place.line or self.place.row,
            "column": self.column,
            "end_column": self.end_column,
            "severity": "error",
            "place": str(self.place),
            "message": self.said,
            "remedy": self.remedy,
            "sentence": self.sentence,
            "nearest": list(self.nearest),
            "rule": self.rule,
        }


_MARK = re.compile(r"^\s*(?:[<|>]{7}(?: .*)?$|={7}$)", re.MULTILINE)
_MARK_IN_PROSE = re.compile(
    r"^\W*(?:<span[^>]*>\W*)?(?:<{7}|>{7})(?: .*)?$|(?<![<`])<{7}(?![<`])(?= |$)|(?<![>`])>{7}(?![>`])(?= |$)", re.MULTILINE
)

_SIGNS = ("<" * 7, "|" * 7, "=" * 7, ">" * 7)
"""What every mark of a conflict holds, which is found faster than the mark."""


def conflict_line(text: str, *, prose: bool = False) -> int:
    r"""Return the line on which a merge conflict begins that was left in a text, from 1, or 0.

    Args:
        text: Content of a file.
        prose: Whether a line of equals signs may be the underline of a heading, and a mark may have been joined to other words.

    Example:
        >>> conflict_line("id,text\n<<<<<<< HEAD\na,1\n"), conflict_line("Title\n=======\n", prose=True)
        (2, 0)
        >>> conflict_line("Bread is sold. <<<<<<< HEAD It is baked.", prose=True)
        1
    """
    if not any(sign in text for sign in _SIGNS):
        return 0
    found = (_MARK_IN_PROSE if prose else _MARK).search(text)
    return text[: found.end()].count("\n") + 1 if found else 0
