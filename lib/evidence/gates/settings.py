"""What a book may set in `_config.yml`: its names, its address and its footer. The rest decides what is read and shown, and is the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.gates.outputs import strange_markup
from evidence.parsing import parse_yaml
from evidence.problems import Place, Problem
from evidence.quantity import find_numbers
from evidence.settings import LICENCES
from evidence.statements import read_blocks

_OURS = Path(__file__).with_suffix(".yml")
_PLAIN = ("title", "author", "copyright", "evidence.package", "evidence.country", "evidence.organisation", "sphinx.config.html_baseurl")
_REPORTS = "evidence.reports"
_MARKED = "sphinx.config.html_theme_options.extra_footer"
_LICENCE = "evidence.licence"
_RESTORE = "Put it back as it was; git diff _config.yml shows what has changed."


def settings(root: Path) -> Iterator[Problem]:
    """Yield what the files beside the chapters set that a book may not, or that would show readers what nothing reads.

    Args:
        root: The book, or a copy of its chapters and data alone, which no site is built from.
    """
    if not (root / "_config.yml").exists():
        return
    try:
        given = dict(_pairs(_read(root / "_config.yml")))
        cited = _read(paths.citation_file(root)) if paths.citation_file(root).exists() else {}
    except (OSError, ValueError, TypeError) as error:
        yield Problem(Place("_config.yml"), f"it or CITATION.cff cannot be read ({' '.join(str(error).split())}).", "Mend it there.")
        return
    if not _is_citation(cited):
        yield Problem(Place("CITATION.cff"), "it is not of the Citation File Format.", "Write a title, and authors with a name each.")
        return
    expected = dict(_pairs(_read(_OURS)))
    for name in sorted((set(given) | set(expected)) - {*_PLAIN, _MARKED, _LICENCE, _REPORTS}):
        if given.get(name) != expected.get(name):
            yield Problem(Place("_config.yml"), f"{name} is {given.get(name)!r}, where every book has {expected.get(name)!r}.", _RESTORE)
    yield from _licensed(cited, given)
    yield from (problem for name in _PLAIN for problem in _shown("_config.yml", name, given.get(name, ""), ""))
    yield from _shown("_config.yml", _MARKED, given.get(_MARKED, ""), strange_markup(str(given.get(_MARKED, ""))))
    yield from _cited(cited, given)
    yield from _told_first(root / "README.md")


def _read(path: Path) -> Any:
    return parse_yaml(path.read_text(encoding="utf-8"))


def _is_citation(cited: Any) -> bool:
    authors = cited.get("authors", []) if isinstance(cited, dict) else None
    return isinstance(authors, list) and all(isinstance(author, dict) for author in authors)


def _pairs(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value below a node with its dotted name; a list is one value, and so is an empty mapping."""
    if not isinstance(node, dict) or not node:
        yield name, node
        return
    for key, part in node.items():
        yield from _pairs(part, f"{name}.{key}" if name else str(key))


def _shown(file: str, name: str, value: Any, strange: str) -> Iterator[Problem]:
    """Yield what of a text that pages show is more than words."""
    text = re.sub(r"<[^>]*>", " ", str(value)) if name == _MARKED else str(value)
    if found := strange or ("<" if "<" in text else "") or next((number.text for number in find_numbers(text)), ""):
        yield Problem(Place(file), f"{name} holds {found}, which nothing checks there.", "Write it without.")


def _cited(cited: Any, given: dict[str, Any]) -> Iterator[Problem]:
    """Yield where the book is cited under another name than it bears."""
    title, authors = str(cited.get("title", "")), [str(author.get("name", "")) for author in cited.get("authors", [])]
    for name, value, own in (("title", title, str(given.get("title", ""))), ("authors", "; ".join(authors), str(given.get("author", "")))):
        if value and not value.startswith(own):
            yield Problem(Place("CITATION.cff"), f'{name} is "{value}", where _config.yml says "{own}".', "Let both say the same.")
        yield from _shown("CITATION.cff", name, value, "")


def _told_first(readme: Path) -> Iterator[Problem]:
    """Yield the numbers in the words that readers of the repository meet first."""
    try:
        text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    except UnicodeDecodeError as error:
        yield Problem(Place(readme.name), f"byte {error.start} is not UTF-8.", "Save the file in UTF-8.")
        return
    for block in read_blocks(text):
        for number in find_numbers(block.text):
            yield Problem(Place(readme.name, line=block.line), f'"{number.text}" is bound to nothing.', "State it on a page of chapters/.")


def _licensed(cited: Any, given: dict[str, Any]) -> Iterator[Problem]:
    """Yield where the licence of text and data is not one that is known, or is called otherwise in CITATION.cff."""
    named = str(given.get(_LICENCE, ""))
    if named not in LICENCES:
        yield Problem(Place("_config.yml"), f'{_LICENCE} is "{named}".', f"Name one of {', '.join(LICENCES)}.")
    elif (elsewhere := str(cited.get("license", named))) != named:
        yield Problem(Place("CITATION.cff"), f'license is "{elsewhere}", where _config.yml says "{named}".', "Let both say the same.")
