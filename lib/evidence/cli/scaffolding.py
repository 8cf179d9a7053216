"""`evidence new`: rows of the data library and chapters that pass every gate, asked for at the terminal where a flag leaves them out."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.catalog import schema
from evidence.catalog.declaration import FILLED_IN, Column, Table
from evidence.cli.console import USAGE, err, out
from evidence.errors import NoBookError
from evidence.extension import contributed
from evidence.paths import read_text

if TYPE_CHECKING:
    from evidence.catalog import Library
    from evidence.problems import Problem
    from evidence.scaffold import RecordPage


class _WithTheBook(typer.core.TyperGroup):
    """The commands of `evidence new`, and those that the book adds for its own tables, once it is known which book it is."""

    @cached_property
    def _own(self) -> dict[str, Any]:
        added = typer.Typer()
        with suppress(NoBookError):
            for name, (table, about) in contributed("commands", "ROWS", {}).items():
                _add_row_command(added, name, table, about)
            for name, (table, about, page) in contributed("commands", "PAGES", {}).items():
                _add_page_command(added, name, table, about, page)
        added.callback()(lambda: None)
        return dict(typer.main.get_group(added).commands) if added.registered_commands else {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all, the engine's first."""
        return [*super().list_commands(ctx), *self._own]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command by its name."""
        return super().get_command(ctx, cmd_name) or self._own.get(cmd_name)


app = typer.Typer()
new = typer.Typer(
    cls=_WithTheBook,
    no_args_is_help=True,
    help="Add a record, a chapter or a book; what a gate refuses is not written.",
)
app.add_typer(new, name="new")

ROWS = {
    "source": (schema.SOURCES, "Add a source: a document or data product that figures are taken from."),
    "figure": (schema.FIGURES, "Add a figure: one number that a source states, with the words that state it."),
    "finding": (schema.FINDINGS, "Add a finding: a result that a source states in words."),
    "claim": (schema.CLAIMS, "Add a claim: a sentence that holds as long as figures compare as it says."),
    "direction": (
        schema.DIRECTIONS,
        "Name the words that tell the direction of a finding, where its statement as a whole reads otherwise.",
    ),
    "wording": (schema.WORDINGS, "Declare words that prose links to a claim or finding, once you have held them against what it says."),
    "chart": (schema.CHARTS, "Add a chart of figures, findings, cases or spaces."),
}
"""What `evidence new` adds as a row: its table, and what it is."""
SHOWN = {"claim": "claim", "chart": "chart"}
"""What a chapter can show, by the call that shows it."""

Name = Annotated[str, typer.Option("--name", help="File name of the chapter, without its ending; made from the title when left out.")]


def _flag(column: Column, prefix: str = "") -> str:
    return f"--{prefix}{column.name}".replace("_", "-")


def options_of(table: Table, prefix: str = "") -> dict[str, Any]:
    """Return the flags of a command that fills a row of a table, by the name under which the command gets each; all begin with `prefix`."""
    columns = [column for column in table.columns if column.name not in FILLED_IN]
    about = {
        column.name: column.about + (f" One of: {', '.join(f'`{word}`' for word in column.allowed)}." if len(column.allowed) > 1 else "")
        for column in columns
    }
    return {
        f"{prefix}{column.name}": Annotated[str | None, typer.Option(_flag(column, prefix), help=about[column.name], show_default=False)]
        for column in columns
    }


def with_options(command: Callable[..., None], options: dict[str, Any]) -> Callable[..., None]:
    """Return a command whose flags are those of a table, so that they are declared once, in the schema."""
    own = [value for value in inspect.signature(command).parameters.values() if value.kind is not inspect.Parameter.VAR_KEYWORD]
    hints = inspect.get_annotations(command, eval_str=True)
    fixed = [value.replace(annotation=hints[value.name], kind=inspect.Parameter.KEYWORD_ONLY) for value in own]
    made = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint) for name, hint in options.items()]
    command.__signature__ = inspect.Signature([*fixed, *made])  # type: ignore[attr-defined]
    command.__annotations__ = {value.name: value.annotation for value in [*fixed, *made]}
    return command


def _add_row_command(app: typer.Typer, name: str, table: Table, about: str) -> None:
    def command(**given: str | None) -> None:
        chapter, tells = given.pop("chapter", None), given.pop("tells", None)
        document = given.pop("from_", None)
        row = answered(table, given, offered=about_document(Path(document), given) if document else None)
        with _proposed() as proposal:
            proposal.add_row(table, row)
            if name == "claim":
                proposal.declare(row)
            if tells:
                proposal.add_row(schema.DIRECTIONS, {"finding": row["id"], "words": tells, "direction": row["direction"]})
            if chapter:
                proposal.show(chapter, f'chapter.{SHOWN[name]}("{row["id"]}")')
            _tell(*proposal.accept())

    options = options_of(table)
    if name == "source":
        about_file = (
            "Its document, or a reference to it in BibTeX, RIS or CSL JSON: what it says of itself is taken where no flag says otherwise."
        )
        options["from_"] = Annotated[str | None, typer.Option("--from", help=about_file, show_default=False)]
    if name in SHOWN:
        options["chapter"] = Annotated[str | None, typer.Option("--chapter", help="Chapter to show it in.", show_default=False)]
    if name == "finding":
        told = "Words of the statement that tell its direction, where the whole of it reads otherwise; `evidence check` says when."
        options["tells"] = Annotated[str | None, typer.Option("--tells", help=told, show_default=False)]
    command.__doc__ = f"{about}\n\nWhat no flag gives is asked at the terminal; each answer is checked as it is given, and nothing is written where a gate finds something new."
    app.command(name=name)(with_options(command, options))


def about_document(document: Path, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return what a document says of itself as a source where no flag says otherwise; it is told, to be looked at."""
    from evidence.reading.describing import described

    found = {name: cell for name, cell in described(document).items() if given.get(name) is None}
    for name, cell in found.items():
        out.print(f"[dim]from {escape(document.name)}[/] {name}: {escape(cell)}")
    return found


for _name, (_table, _about) in ROWS.items():
    _add_row_command(new, _name, _table, _about)


@new.command()
def chapter(
    title: Annotated[str, typer.Argument(help="Title of the chapter, without numbers.")],
    name: Name = "",
    after: Annotated[
        str, typer.Option("--after", help="Chapter it follows in the table of contents; the last of the first part when left out.")
    ] = "",
    summary: Annotated[str, typer.Option("--summary", help="What we know, in a few sentences; a placeholder when left out.")] = "",
    strength: Annotated[str, typer.Option("--strength", help="What the rule of strength cannot see, in words.")] = "",
    limits: Annotated[str, typer.Option("--limits", help="What is not known.")] = "",
    change: Annotated[str, typer.Option("--change", help="What would change our mind.")] = "",
) -> None:
    """Add a chapter: its file with every cell a chapter has, its place in the table of contents, and its recorded outputs."""
    from evidence import paths, scaffold
    from evidence.scaffold.contents import last_of_first_part

    given = {"summary": summary, "strength": strength, "limits": limits, "change": change}
    text = scaffold.ChapterText(title, **{key: value for key, value in given.items() if value})
    file = name or scaffold.slug(title)
    follows = after or last_of_first_part(read_text(paths.find_book() / "_toc.yml"))
    with _proposed() as proposal:
        proposal.add_chapter(file, scaffold.chapter_cells(file, text), follows)
        _tell(*proposal.accept())


def _add_page_command(app: typer.Typer, name: str, table: Table, about: str, page: RecordPage) -> None:
    def command(**given: str | None) -> None:
        from evidence import paths, scaffold
        from evidence.scaffold.contents import last_below

        row = answered(table, given)
        last = last_below(read_text(paths.find_book() / "_toc.yml"), page.below) or page.below
        with _proposed() as proposal:
            proposal.add_row(table, row)
            file, notebook = scaffold.record_cells(row, page)
            proposal.add_chapter(file, notebook, last)
            _tell(*proposal.accept())

    command.__doc__ = f"{about}\n\nWhat no flag gives is asked at the terminal."
    app.command(name=name)(with_options(command, options_of(table)))


_DERIVED = Table("formulas", schema.FORMULAS.path, schema.FORMULAS.about, schema.FORMULAS.columns[1:])
_TOLD = ("stated", "population", "place", "period", "series", "category", "note")
"""Columns that a new figure of ours is asked for; its other cells follow from the formula."""


def formula(
    figure: Annotated[
        str, typer.Option("--figure", help="The figure that is derived; a new one of ours begins with `computed.` and is added too.")
    ],
    **given: str | None,
) -> None:
    """Add a formula: how a figure follows from other figures, and the figure itself where nobody states it.

    A figure of a source is recomputed from now on, to see whether it adds up. A new one is stated as the formula gives it, rounded for readers, unless
    `--stated` says how. What no flag gives is asked at the terminal, and nothing is written where a gate finds something new.
    """
    from evidence.catalog import COMPUTED, load
    from evidence.catalog.library import unknown_id
    from evidence.errors import QuantityError
    from evidence.scaffold import computed_cells

    library = load()
    told = {name: given[name] for name in _TOLD}
    if (known := figure in library.figures) and any(told.values()):
        raise typer.BadParameter(f"{figure} is in the library already. Give --formula and --why alone.", param_hint="--figure")
    if not known and not figure.startswith(f"{COMPUTED}."):
        raise typer.BadParameter(f"a new one begins with {COMPUTED}; {unknown_id(figure, library.figures)}", param_hint="--figure")
    line = {"figure": figure, **answered(_DERIVED, {name: given[name] for name in ("formula", "why")})}
    with _proposed() as proposal:
        if not known:
            try:
                cells = computed_cells(figure, line["formula"], told["stated"] or "", library)
            except QuantityError as error:
                raise typer.BadParameter(f"{error}.", param_hint="--formula or --stated") from None
            proposal.add_row(schema.FIGURES, answered(schema.FIGURES, {**told, **cells}))
        proposal.add_row(schema.FORMULAS, line)
        _tell(*proposal.accept())


_OURS = {
    "stated": "How the number is stated, with hedge and unit; rounded for readers when left out.",
    "population": "Whom or what it is about, with its base.",
}
"""What is said otherwise of a figure that no source states, by column."""
_about_figure = Table(
    "figures",
    "",
    "",
    tuple(replace(column, about=_OURS.get(column.name, column.about)) for column in schema.FIGURES.columns if column.name in _TOLD),
)
new.command(name="formula")(with_options(formula, options_of(_DERIVED) | options_of(_about_figure)))


def _proposed() -> Any:
    from evidence import paths, scaffold

    return scaffold.propose(paths.find_book())


def answered(
    table: Table,
    given: Mapping[str, str | None],
    prefix: str = "",
    library: Library | None = None,
    offered: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return a whole row: what the flags give, and at the terminal what they leave out.

    Args:
        table: Table it is for.
        given: What the flags give, by column, None where a flag is left out.
        prefix: What the flags begin with.
        library: The data library it will join; the one of the book when None.
        offered: Answers by column that Enter takes at the terminal, and that are taken where nobody can be asked.
    """
    from evidence.catalog import load
    from evidence.scaffold.answers import Asked, answer_problem, required_columns

    row = {name: value.strip() for name, value in given.items() if value is not None}
    offered = offered or {}
    if not sys.stdin.isatty():
        row = {**offered, **row}
    asked = Asked(table, row, library or load())
    if not sys.stdin.isatty() and (missing := required_columns(asked)):
        err.print(f"Not at a terminal, so nothing can be asked. Missing: {', '.join(_flag(column, prefix) for column in missing)}")
        raise typer.Exit(USAGE)
    for column in table.columns:
        if column.name in row:
            if told := answer_problem(asked, column):
                raise typer.BadParameter(told, param_hint=_flag(column, prefix))
        elif sys.stdin.isatty() and column.name not in FILLED_IN:
            _ask(asked, column, offered.get(column.name, ""))
    return row


def _ask(asked: Any, column: Column, offered: str) -> None:
    """Ask for one cell until its answer is right; an empty answer leaves out what may be left out."""
    from evidence.scaffold.answers import answer_problem, proposed, required_columns

    needed = column in required_columns(asked)
    hint = f" ({', '.join(column.allowed)})" if column.allowed else ""
    out.print(f"[dim]{escape(column.about)}{escape(hint)}{'' if needed else ' Enter leaves it out.'}[/]")
    while True:
        default = offered or proposed(asked, column.name) or (None if needed else "")
        answer = typer.prompt(column.name.replace("_", "-"), default=default, show_default=bool(default)).strip()
        asked.row[column.name] = answer
        told = answer_problem(asked, column)
        if not told:
            return
        err.print(f"[red]{escape(told)}[/]")


def _tell(written: list[str], stale: list[Problem]) -> None:
    out.print(f"Written: {escape(', '.join(written))}.")
    for problem in stale:
        out.print(escape(str(problem)))
    if any(name.startswith("data/") for name in written):
        out.print("When all is in, run: evidence record")
