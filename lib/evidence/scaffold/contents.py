"""The table of contents with a chapter added or taken out, its comments and order kept."""

from __future__ import annotations

import re

from evidence.errors import ScaffoldError
from evidence.parsing import parse_yaml
from evidence.problems import Place, Problem


def listed_after(toc: str, name: str, after: str) -> str:
    r"""Return a table of contents with a chapter added below another, at the same level and after what belongs to that one.

    Args:
        toc: Text of `_toc.yml`.
        name: Name of the new chapter.
        after: Name of the chapter it follows.

    Raises:
        ScaffoldError: If `name` is listed already, or `after` is not.

    Example:
        >>> print(listed_after("chapters:\n  - file: chapters/a\n  # the end\n", "b", "a"), end="")
        chapters:
          - file: chapters/a
          - file: chapters/b
          # the end
    """
    lines = toc.splitlines(keepends=True)
    places = {found[2]: (number, found[1]) for number, line in enumerate(lines) if (found := _ENTRY.match(line))}
    if name in places:
        raise ScaffoldError(f"_toc.yml, line {places[name][0] + 1}: chapters/{name} is listed already. Choose another name with --name.")
    if after not in places:
        raise ScaffoldError(f"_toc.yml: chapters/{after} is not listed. Name one of {', '.join(places)} with --after.")
    number, indent = places[after]
    end = number + 1
    while end < len(lines) and lines[end].startswith(indent + " ") and lines[end].strip():
        end += 1
    return "".join([*lines[:end], f"{indent}- file: chapters/{name}\n", *lines[end:]])


_ENTRY = re.compile(r"(\s*)- file:\s*chapters/([\w-]+)")


def last_of_first_part(toc: str) -> str:
    r"""Return the last chapter, not below another, of the first part of a table of contents, where a new one is added.

    Example:
        >>> last_of_first_part("parts:\n- chapters:\n  - file: chapters/a\n  - file: chapters/b\n- chapters:\n  - file: chapters/c\n")
        'b'
    """
    contents = parse_yaml(toc)
    chapters = (contents.get("parts") or [contents])[0].get("chapters") or [{"file": contents["root"]}]
    return str(chapters[-1]["file"]).removeprefix("chapters/")


def last_below(toc: str, chapter: str) -> str:
    r"""Return the last chapter that a table of contents lists below another, or an empty text where it lists none.

    Example:
        >>> last_below("- file: chapters/a\n  sections:\n    - file: chapters/b\n- file: chapters/c\n", "a")
        'b'
    """
    found = re.search(rf"^(\s*)- file:\s*chapters/{re.escape(chapter)}\s*\n((?:\1\s+.*\n?)*)", toc, re.MULTILINE)
    below = _ENTRY.findall(found[2]) if found else []
    return below[-1][1] if below else ""


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
