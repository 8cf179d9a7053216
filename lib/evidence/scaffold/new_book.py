"""A new living report: the engine copied, the files around it from templates, its first records; made beside, tried, then put in its place."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from evidence import paths
from evidence.catalog import schema
from evidence.catalog.rows import write_rows
from evidence.errors import ScaffoldError
from evidence.form import canonical
from evidence.programs import run_apart
from evidence.scaffold.chapters import ChapterText, chapter_cells, page_cells, slug
from evidence.settings import LICENCES, hyphened, short_name, title
from evidence.writing import replacing

CODE_LICENCES = {
    "BSD-3-Clause": "https://opensource.org/license/bsd-3-clause",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}
"""Licences that the code of a new book may have, by their name in the SPDX list, with their addresses."""

_TEMPLATES = Path(__file__).parent / "template"
_ENGINE = "lib/evidence"
"""Copied as it is, with the byte code that lies there, so that none of the commands which try the new book compiles all of it."""
COPIED = (
    *(_ENGINE, "lib/requirements", ".ci", ".lab", ".github", "lib/pyproject.toml", "requirements.txt", "Makefile"),
    *("tests/run.py", "tests/needs.py", ".ruff.toml", ".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"),
)
"""What a book has that speaks of no subject."""
_SETTINGS = paths.PACKAGE / "gates" / "settings.yml"


@dataclass(frozen=True, slots=True)
class BookText:
    """What a new book says of itself.

    Attributes:
        title: Its title, without digits.
        author: Who writes it, without digits.
        licence: Licence of its text and data, of `LICENCES`.
        code_licence: Licence of its own code, of `CODE_LICENCES`.
        chapter: Title of its first chapter.
    """

    title: str
    author: str
    licence: str
    code_licence: str
    chapter: str


@dataclass(frozen=True, slots=True)
class First:
    """What a new book begins with.

    Attributes:
        source: Row of its source, by column.
        figure: Row of its figure, by column; None where all its figures are still to be read.
        sentence: The sentence its first chapter states, the number in it once and as the figure's `stated` is.
    """

    source: Mapping[str, str]
    figure: Mapping[str, str] | None = None
    sentence: str = ""


def make_book(target: Path, text: BookText, first: First) -> None:
    """Make a new book beside where it is to stand, let its own engine record and check it, and put it there.

    Args:
        target: Where it is to stand: a folder that is empty, or is not there yet.
        text: What it says of itself.
        first: Its first records, and the sentence that states them.

    Raises:
        ScaffoldError: If something stands there, or a gate of the new book finds something; nothing is left then.
    """
    require_room(target)
    with replacing(target) as folder:
        _copy(folder, text)
        _fill(folder, text)
        _begin(folder, text, first)
        for command in (("receipt", "sources", *(["figures"] if first.figure else ())), ("format",), ("record",), ("check",)):
            _run(folder, *command)


def read_into(book: Path, report: Path, text: BookText, source: str, *, on_page: bool) -> Path:
    """Let a new book read the report it begins with; where it is decided on a page, take in what was accepted, as a table of the first chapter.

    Args:
        book: The book, as `make_book` has made it.
        report: The report.
        text: What the book says of itself.
        source: Key of the report.
        on_page: Whether it is decided on a page now, whose address is printed; else the proposals wait.

    Returns:
        The table of the proposals.

    Raises:
        ScaffoldError: If the report cannot be read, nothing is accepted, or a gate refuses what is; the book stays without it.
    """
    table = paths.proposals_dir(source, book) / "proposals.csv"
    if on_page:
        accept = ("read", "--accept", str(table), "--chapter", slug(text.chapter))
        for command in (("read", str(report), "--source", source, "--page"), accept, ("record",)):
            _show(book, *command, then=f"The book stands in {book}; go there, then: evidence {' '.join(accept)}")
    else:
        _run(book, "read", str(report), "--source", source)
    return table


def require_room(target: Path) -> None:
    """Do nothing if a book can be made in a folder.

    Raises:
        ScaffoldError: If something stands there, or the folder above is not there.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ScaffoldError(f"{target}: something stands there already. Name a folder that is empty, or a new one.")
    if not target.parent.is_dir():
        raise ScaffoldError(f"{target.parent}: there is no such folder. Make it first, or name another.")
    if lacking := [name for name in COPIED if not (paths.ROOT / name).exists()]:
        raise ScaffoldError(f"{paths.ROOT}: no repository of a book to copy; {lacking[0]} is missing. Run the command from a whole clone.")


def _copy(folder: Path, text: BookText) -> None:
    """Copy the engine as it is, and the files around it under the name of the new book."""
    for name in COPIED:
        source, copied = paths.ROOT / name, folder / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            compiled = "*.pyc.*" if name == _ENGINE else "__pycache__"  # the former is being written
            shutil.copytree(source, copied, ignore=shutil.ignore_patterns(compiled, ".*cache", "*.egg-info"))
        else:
            shutil.copy2(source, copied)
        for path in [copied] if copied.is_file() else copied.rglob("*"):
            if path.is_file() and name != _ENGINE:
                _rename(path, text)


def _rename(path: Path, text: BookText) -> None:
    """Put the name of the new book where a file names the one it is copied from, and leave out the lines of that one's own package."""
    content = path.read_text(encoding="utf-8")
    package = re.escape(short_name(paths.ROOT).replace("-", "_"))
    changed = re.sub(rf'^(?:{package} = .*| *"lib/{package}/.*)\n|, "{package}\*"', "", content, flags=re.MULTILINE)
    changed = changed.replace(title(paths.ROOT), text.title).replace(short_name(paths.ROOT), hyphened(text.title))
    if changed != content:
        path.write_text(changed, encoding="utf-8")


def _fill(folder: Path, text: BookText) -> None:
    """Write the files that templates give: what a book says of itself, the engine's own pages, and a data library without records."""
    words = _words(text)
    for source in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        name, filled = source.relative_to(_TEMPLATES), Template(source.read_text(encoding="utf-8")).substitute(words)
        written = folder / name.with_name(name.name.removesuffix(".in"))
        written.parent.mkdir(parents=True, exist_ok=True)
        if name.parent.name == "chapters":
            written, filled = written.with_suffix(".ipynb"), canonical(page_cells(name.stem, filled))
        written.write_text(filled, encoding="utf-8")
    (folder / "zenodo.json").rename(folder / ".zenodo.json")
    licence = (paths.ROOT / "LICENSE").read_text(encoding="utf-8").partition("BSD 3-Clause License")
    _append(folder / "LICENSE", "".join(licence[1:]))
    _append(folder / "_config.yml", _common(words))


def _words(text: BookText) -> dict[str, str]:
    licence, address = LICENCES[text.licence]
    return {
        **{"title": text.title, "author": text.author, "name": hyphened(text.title), "year": str(date.today().year)},
        **{"licence": licence, "licence_id": text.licence, "licence_lower": text.licence.lower(), "licence_address": address},
        **{"code_licence": text.code_licence, "code_licence_address": CODE_LICENCES[text.code_licence]},
        **{"chapter": text.chapter, "first": slug(text.chapter)},
    }


def _append(path: Path, more: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def _common(words: dict[str, str]) -> str:
    """Return what every book sets alike, with the address and the footer of this one."""
    address = f'    html_baseurl: "https://{words["name"]}.example/"\n'
    footer = "<p>Text and data: {licence}. Code: {code_licence}. Quotations keep the licence of their source.</p>".format(**words)
    alike = _SETTINGS.read_text(encoding="utf-8").partition("\n")[2]
    alike = alike.replace("  config:\n", f"  config:\n{address}", 1)
    return alike.replace("html_theme_options:\n", f"html_theme_options:\n      extra_footer: >-\n        {footer}\n", 1)


def linked(sentence: str, stated: str, figure: str) -> str:
    """Return a sentence with the number it states as a link to its figure.

    Args:
        sentence: The sentence, the number in it as the source states it.
        stated: The number as stated.
        figure: Id of the figure.

    Raises:
        ScaffoldError: If the number does not stand in the sentence once.

    Example:
        >>> linked("Bread is bought by 12% of them.", "12%", "bread.bought")
        'Bread is bought by [12%](figure:bread.bought) of them.'
    """
    if sentence.count(stated) != 1:
        raise ScaffoldError(f'"{sentence}" holds "{stated}" {sentence.count(stated)} times. Write a sentence that states the number once.')
    return sentence.replace(stated, f"[{stated}](figure:{figure})")


def _begin(folder: Path, text: BookText, first: First) -> None:
    """Write the first records, and the chapter that states them."""
    name = slug(text.chapter)
    page = folder / "chapters" / f"{name}.ipynb"
    if page.exists():
        raise ScaffoldError(f'"{text.chapter}" is the name of a page that every book has. Choose another title for the first chapter.')
    summary = _TAKEN_IN
    if first.figure:
        sentence = linked(first.sentence, first.figure["stated"], first.figure["id"])
        summary = f"{sentence}\nWhat else this chapter finds will be told here, in a few sentences."
    page.write_text(canonical(chapter_cells(name, ChapterText(text.chapter, summary=summary))), encoding="utf-8")
    figures = f"{schema.FIGURES.path}/{first.source['id']}.csv"
    for path, table, row in ((schema.SOURCES.path, schema.SOURCES, first.source), (figures, schema.FIGURES, first.figure)):
        if row:
            write_rows(folder / "data" / path, [list(table.names), [row.get(column, "") for column in table.names]])


_TAKEN_IN = (
    "What was taken in from the report stands in a table below, figure by figure.\nWhat it means will be told here, in a few sentences."
)


def _typed(folder: Path, command: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return how a command of a book's own engine is started, and in which environment."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "lib"), paths.VARIABLE: str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return [sys.executable, "-m", "evidence.cli", *command], environment


def _show(folder: Path, *command: str, then: str) -> None:
    """Run a command of a book at this terminal, where whoever ends it ends nothing else; `then` says what to do when it fails."""
    typed, environment = _typed(folder, command)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = subprocess.run(typed, cwd=folder, env=environment, check=False)
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode:
        raise ScaffoldError(then)


def _run(folder: Path, *command: str) -> None:
    typed, environment = _typed(folder, command)
    done = run_apart(typed, environment, folder)
    if done.returncode:
        raise ScaffoldError([*(done.stdout + done.stderr).strip().splitlines(), "Nothing was written."])
