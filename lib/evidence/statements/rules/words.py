"""Words: what is linked to a claim or finding is one of its declared wordings, or a finding's statement, so that words or target never change alone.

What words say of a record no rule can prove; somebody has, and `data/wordings.csv` says which. A book without that table has no such rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.catalog import Library
from evidence.catalog.wordings import as_read, declaring, wordings
from evidence.problems import Problem
from evidence.quantity import find_numbers
from evidence.statements.pages import Passage
from evidence.statements.prose import Link


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each link to a claim or finding whose words are not declared for it."""
    for link in passage.block.links:
        known = wordings(library).get((link.scheme, link.target))
        if known is not None and (read := as_read(link.text)) not in known and not find_numbers(link.text):
            nearest = tuple(
                sorted(target for (scheme, target), said in wordings(library).items() if scheme == link.scheme and read in said)[:3]
            )
            message = f'"{" ".join(link.text.split())}" is no declared wording of {link.scheme}:{link.target}.'
            yield passage.problem(link.start, link.end, message, _remedy(link, library), nearest)


def _remedy(link: Link, library: Library) -> str:
    """Return what the record says, and the command that declares the words."""
    row = library.by_id(f"{link.scheme}s")[link.target]
    command = declaring(link.scheme, link.target, link.text, row.get("direction", ""))
    return f'It says "{row["statement"]}" If the words say that and no more, run: {command}'
