"""The table of contents without a chapter, its comments and order kept."""

from __future__ import annotations

import re

from evidence.errors import ScaffoldError
from evidence.problems import Place, Problem


def without(toc: str, name: str) -> str:
    r"""Return a table of contents without a chapter.

    Args:
        toc: Text of `_toc.yml`.
        name: Name of the chapter.

    Raises:
        ScaffoldError: If it is the first page, or other chapters stand below it.

    Example:
        >>> without("chapters:\n  - file: chapters/a\n  - file: chapters/b\n", "a")
        'chapters:\n  - file: chapters/b\n'
    """
    lines = toc.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if re.match(rf"root:\s*chapters/{re.escape(name)}\b", line):
            raise ScaffoldError(
                Problem(Place("_toc.yml", line=number + 1), f"{name} is the first page of the book.", "Give it another first.")
            )
        entry = re.match(rf"(\s*)- file:\s*chapters/{re.escape(name)}\s*(?:#.*)?$", line)
        if not entry:
            continue
        if number + 1 < len(lines) and re.match(rf"{entry[1]}  \s*sections:", lines[number + 1]):
            raise ScaffoldError(Problem(Place("_toc.yml", line=number + 2), f"chapters stand below {name}.", "Move or remove them first."))
        end = number + 1
        last = end == len(lines) or not lines[end].startswith(f"{entry[1]}- ")
        if last and re.match(r"\s*(?:sections|chapters):", lines[number - 1]):
            number -= 1
        return "".join([*lines[:number], *lines[end:]])
    return toc
