"""`evidence new book`: a living report of one's own, asked for at the terminal where a flag leaves something out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evidence.catalog import schema
from evidence.catalog.declaration import Column, Table
from evidence.cli.console import out
from evidence.cli.scaffolding import about_document, answered, options_of, with_options
from evidence.settings import LICENCES

_NAME = r"[^\W\d_](?:[^\W\d_]|[ ,.:’()&?!-])*"
"""A title or an author as all files of a book can hold it: letters, spaces and plain punctuation, numbers in words."""

_CODE_LICENCES = ("BSD-3-Clause", "MIT", "Apache-2.0")
_BOOK = Table(
    "book",
    "_config.yml",
    "What a book says of itself.",
    (
        Column("title", "Title of the book, numbers in words.", _NAME, required=True),
        Column("author", "Who writes it, as it is to be cited.", _NAME, required=True),
        Column("licence", "Licence of its text and data.", allowed=tuple(LICENCES), required=True),
        Column("code_licence", "Licence of its own code.", allowed=_CODE_LICENCES, required=True),
        Column("chapter", "Title of its first chapter, numbers in words.", _NAME, required=True),
    ),
)
_SENTENCE = Table(
    "book",
    "chapters",
    "What its first chapter states.",
    (Column("sentence", "A sentence that states the figure once, written as `stated` is.", required=True, verbatim=True),),
)


def book(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where it is to stand; empty, or not there yet.")],
    report: Annotated[
        Path | None,
        typer.Option(
            "--from", help="A report it begins with, in place of one figure: it is read and decided on, and the first chapter shows it."
        ),
    ] = None,
    on_page: Annotated[
        bool,
        typer.Option("--page/--no-page", help="With --from: decide on a page of this machine now, or later in the table of proposals."),
    ] = True,
    **given: str | None,
) -> None:
    """Start a living report of your own: the engine, one source, one figure, one chapter that states it, and what proves and publishes them.

    What no flag gives is asked at the terminal. The book is made beside the folder, recorded and checked by its own engine, and put in place when
    every gate passes; else nothing is left. With --from it begins with a report: what that says of itself need not be given, its numbers are
    decided on one by one, and what was accepted stands in a table of the first chapter, without a word that nobody has written.
    """
    from evidence import scaffold
    from evidence.catalog import Library

    target = folder.resolve()
    scaffold.require_room(target)
    nothing: dict[str, list[dict[str, str]]] = {
        table.name: [] for table in (schema.SOURCES, schema.FIGURES, schema.PERIODS, schema.PLACE_SETS)
    }
    library = Library(nothing)
    text = scaffold.BookText(**answered(_BOOK, _part(given, _BOOK, ""), library=library))
    about = _part(given, schema.SOURCES, "source_")
    source = answered(schema.SOURCES, about, "source_", library, about_document(report, about) if report else None)
    if report:
        scaffold.make_book(target, text, scaffold.First(source))
        table = scaffold.read_into(target, report.resolve(), text, source["id"], on_page=on_page)
        out.print(f"Made: {escape(str(target))}. Its proposals: {escape(str(table))}")
        out.print(
            "Go there, then: make book"
            if on_page
            else f"Decide there, then: evidence read --accept TABLE --chapter {scaffold.slug(text.chapter)}"
        )
        return
    library = Library(nothing | {"sources": [source | dict.fromkeys(set(schema.SOURCES.names) - set(source), "")]})
    figure = answered(schema.FIGURES, _part(given, schema.FIGURES, "figure_") | {"source": source["id"]}, "figure_", library)
    sentence = answered(_SENTENCE, _part(given, _SENTENCE, ""), library=library)["sentence"]
    scaffold.make_book(target, text, scaffold.First(source, figure, sentence))
    out.print(f"Made: {escape(str(target))}. Go there, then: make book")


def _part(given: dict[str, str | None], table: Table, prefix: str) -> dict[str, str | None]:
    return {name: given.get(f"{prefix}{name}") for name in table.names}


_OPTIONS = options_of(_BOOK) | options_of(_SENTENCE) | options_of(schema.SOURCES, "source_") | options_of(schema.FIGURES, "figure_")
COMMAND = with_options(book, {name: option for name, option in _OPTIONS.items() if name != "figure_source"})
"""The command, its flags those of the tables it fills."""
