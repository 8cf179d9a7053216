"""`Problem`: one thing an author must mend, with its place, what was found against expected, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(
    r"((?:data/|chapters/|_toc\.yml)[^,:\s]*|[\w/-]+\.csv)(?:, (?:row \d+(?: \([^)]*\))?|last cell|(?:cell|line) \d+|columns? [\w, ]+))*(?=: )"
)
"""How every message of this library that is about a file begins: the file, then row, cell, line or column."""
_IDENTIFIER = r"[\w-]+(?:\.[\w-]+)*"
_NEAREST = re.compile(rf"Nearest: ({_IDENTIFIER}(?:, {_IDENTIFIER})*)")
_COUNTED = {name: re.compile(rf"\b{name} (\d+)") for name in ("row", "cell", "line")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        place: Where, as a reader is told: file, then row, cell or line; may be empty.
        message: What is wrong, found against expected.
        remedy: What to do, one sentence or more; may be empty.
        column: First column of the marked text in its line, from 1; 0 when it is not known.
        end_column: Column after its last character; 0 when it is not known.
        sentence: The sentence around it, as plain text.
        marked: First and last offset of the marked text in the sentence; equal when nothing is marked.
        nearest: Ids that may have been meant, best first.
    """

    place: str
    message: str
    remedy: str = ""
    column: int = 0
    end_column: int = 0
    sentence: str = ""
    marked: tuple[int, int] = (0, 0)
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.place}:" if self.place else "", self.message, self.remedy, f'Sentence: "{self.sentence}"' if self.sentence else ""]
        return " ".join(part for part in parts if part)

    @property
    def file(self) -> str:
        """File it is in, from the root of the repository; empty when it is in none."""
        name = self.place.partition(",")[0].partition(" ")[0]
        return name if not name or "/" in name or name == "_toc.yml" else ""

    @property
    def cell(self) -> int:
        """Cell of the notebook, from 1; 0 when there is none."""
        return self._counted("cell")

    @property
    def line(self) -> int:
        """Line of the cell, or of a file without cells, from 1; of a table the row; 0 when it is not known."""
        return self._counted("line") or self._counted("row")

    def _counted(self, name: str) -> int:
        found = _COUNTED[name].search(self.place)
        return int(found[1]) if found else 0

    def as_record(self) -> dict[str, Any]:
        """Return the problem for an editor or another program."""
        return {
            "file": self.file,
            "cell": self.cell,
            "line": self.line,
            "column": self.column,
            "end_column": self.end_column,
            "severity": "error",
            "place": self.place,
            "message": self.message,
            "remedy": self.remedy,
            "sentence": self.sentence,
            "nearest": list(self.nearest),
        }


def read_problem(text: str) -> Problem:
    """Return the problem that a message of this library tells, with its place and the ids it calls nearest.

    Example:
        >>> problem = read_problem('data/pairs.csv, row 3, column figure: unknown id "sme.any". Nearest: sme.many, sme.all.')
        >>> problem.file, problem.line, problem.message, problem.nearest
        ('data/pairs.csv', 3, 'unknown id "sme.any". Nearest: sme.many, sme.all.', ('sme.many', 'sme.all'))
    """
    place = _PLACE.match(text)
    message = text[place.end() + 2 :] if place else text
    named = place.group() if place else ""
    if named and "/" not in named.partition(",")[0] and not named.startswith("_toc"):
        named = f"data/{named}"
    return Problem(named, message, nearest=nearest_in(message))


def nearest_in(message: str) -> tuple[str, ...]:
    """Return the ids that a message names as the nearest.

    Example:
        >>> nearest_in('unknown figure "sme.x". Nearest: sme.a, sme.b. Search the library with: evidence cite WORDS')
        ('sme.a', 'sme.b')
    """
    told = _NEAREST.search(message)
    return tuple(told[1].split(", ")) if told else ()


def conflict_line(text: str, *, prose: bool = False) -> int:
    r"""Return the line on which a merge conflict begins that was left in a text, from 1, or 0.

    Args:
        text: Content of a file.
        prose: Whether a line of equals signs may be the underline of a heading.

    Example:
        >>> conflict_line("id,text\n<<<<<<< HEAD\na,1\n"), conflict_line("Title\n=======\n", prose=True)
        (2, 0)
    """
    found = re.search(r"^\W*(?:<span[^>]*>\W*)?(<{7} .*|>{7} .*)$" if prose else r"^\s*(<{7} .*|={7}$|>{7} .*)", text, re.MULTILINE)
    return text[: found.start(1)].count("\n") + 1 if found else 0
