"""`verify`: what the texts of the sources prove about the data library."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from evidence.catalog import schema
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.verify.coverage import uncovered_numbers
from evidence.catalog.verify.formats import read_text
from evidence.catalog.verify.text import Text, normalise
from evidence.errors import SourceError


@dataclass(slots=True)
class Verified:
    """What a proof against the sources found.

    Attributes:
        found: Number of quotes found in their source.
        problems: One message per quote that is not in its source, with the nearest passage, and per entry of the table of passages that
            are no evidence which is not in its source or lets no number through.
        uncovered: Numbers that a source states and no figure covers, with source, line or page, and passage.
        not_proved: Number of quotes by source, of each source whose text is not at hand.
    """

    found: int = 0
    problems: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)
    not_proved: dict[str, int] = field(default_factory=dict)


def verify(library: Library, folder: Path, only: Collection[str] = ()) -> Verified:
    """Return which quotes of a library are in the texts of their sources, and which numbers of the texts no figure covers.

    Args:
        library: The data library.
        folder: Folder that holds, for each source that is quoted, the file its column `seed` names; beside them the reports of its later waves,
            `wave-SOURCE-DATE.md`, where it is a survey.
        only: Keys of the sources to look at, whose texts must be there; when empty, all whose text is there.

    Raises:
        SourceError: If a source is not known, the folder holds none of the texts, or not that of a source asked for, or one cannot be read.
    """
    seeds = _seeds(library, folder, only)
    texts = {source: read_text(path) for source, path in seeds.items() if path.is_file()}
    reports = {source: [read_text(path) for path in sorted(folder.glob(f"wave-{source}-*.md"))] for source in texts}
    result = Verified()
    for table in schema.tables():
        for row in library.all_rows(table.name) if "quote" in table.names else ():
            source = row.get("source") or library.by_id(table.owner)[row[table.follows]]["source"]
            if row["quote"] and source in texts:
                _prove(row, [texts[source], *reports[source]], source, result)
            elif row["quote"] and source in seeds:
                result.not_proved[source] = result.not_proved.get(source, 0) + 1
    for source, text in texts.items():
        numbers, problems = uncovered_numbers(library, source, text)
        result.uncovered += numbers
        result.problems += problems
    return result


def _seeds(library: Library, folder: Path, only: Collection[str]) -> dict[str, Path]:
    """Return where the texts should be, by source: of the sources asked for, each of which must be there, or of all, of which one must."""
    known = {row["id"]: folder / row["seed"] for row in library.rows("sources") if row["seed"]}
    if unknown := [source for source in only if source not in known]:
        raise SourceError(f"{', '.join(unknown)}: no source with a text. With one, by data/sources.csv, column seed: {', '.join(known)}.")
    seeds = {source: path for source, path in known.items() if source in (only or known)}
    missing = [f"{source} ({path.name})" for source, path in seeds.items() if not path.is_file()]
    if only and missing:
        raise SourceError(f"{folder}: the text of {', '.join(missing)} is missing, so its quotes cannot be proved.")
    if len(missing) == len(seeds):
        raise SourceError(f"{folder}: holds the text of no source; expected {', '.join(path.name for path in seeds.values())}.")
    return seeds


def _prove(row: dict[str, str], texts: list[Text], source: str, result: Verified) -> None:
    quote = normalise(row["quote"])
    if any(text.line_of(quote) for text in texts):
        result.found += 1
        return
    hint = f' Nearest: "{near[:200]}"' if (near := texts[0].nearest(quote)) else ""
    result.problems.append(f'{where(row)}, column quote: not in the text of {source}: "{quote[:120]}".{hint} Correct the quote.')
