"""What the commands share: exit codes, consoles, options, and the progress bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from evidence.problems import Problem

CLEAN, FINDINGS, USAGE, FAULT = 0, 1, 2, 3


class Plain(Console):
    """A console that shows what others wrote as it is: no pictures for words between colons, and no character that steers the terminal."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts with each character that steers the terminal as its number."""
        super().print(*(_tamed(one) if isinstance(one, str) else one for one in objects), **options)


_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls but line breaks and tabs, and what turns the direction of the words around it."""


def _tamed(text: str) -> str:
    return _STEERS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


out, err = Plain(highlight=False, soft_wrap=True, emoji=False), Plain(stderr=True, highlight=False, soft_wrap=True, emoji=False)


class Format(StrEnum):
    """How to print: for people or for machines."""

    text = "text"
    json = "json"


DataDir = Annotated[Path | None, typer.Option("--data", help="Data library to use instead of the repository's data/.", show_default=False)]
OutputFormat = Annotated[Format, typer.Option("--format", help="text for people, json for machines.")]
OneChapter = Annotated[str, typer.Argument(help="Name of one chapter, such as coordination; all when left out.", show_default=False)]
Fresh = Annotated[bool, typer.Option("--fresh", help="Run again what is there whole from an earlier run.")]
Jobs = Annotated[int, typer.Option("--jobs", help="Chapters at once; 0 for as many as suit the cores.", min=0)]


def chapter_name(given: str) -> str:
    """Return the name of a chapter that was given as a name, a file or a path."""
    return Path(given).name.removesuffix(".ipynb").removesuffix(".md")


class progress:
    """A progress bar on standard error that is called with the name of each chapter as it ends; no line of a log where nothing begins."""

    def __init__(self, total: int, verb: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=err)
        self._verb = verb
        self._task = self._bar.add_task(verb, total=total or None)

    def __enter__(self) -> progress:
        if err.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def start(self, total: int) -> None:
        """Set how many chapters there are."""
        self._bar.start()
        self._bar.update(self._task, total=total)

    def __call__(self, name: str) -> None:
        """Count a chapter that has ended."""
        self._bar.start()
        self._bar.update(self._task, advance=1, description=f"{self._verb}: {name}")


_MOST_TOLD = 5


def print_refusal(problems: Sequence[Problem], *, every: bool = False) -> None:
    """Print why a command ends: of many problems, which are often alike, the first ones, how many more there are, and the end, which is of no place."""
    lines = [str(problem) for problem in problems]
    if len(lines) > _MOST_TOLD and not every:
        end = [] if problems[-1].place else lines[-1:]
        first = lines[: _MOST_TOLD - 1 - len(end)]
        more = f"{len(lines) - len(first) - len(end):,} more problems; put --all-problems after evidence to be told of them."
        lines = [*first, more, *end]
    for line in lines:
        err.print(escape(line))


def print_problem(problem: Problem) -> None:
    """Print a problem: its place, the sentence with the number marked, what was found against expected, and the remedy."""
    if problem.place:
        out.print(f"     [bold]{escape(str(problem.place))}[/]")
    if problem.sentence:
        out.print(f"       {marked(problem, colour=out.is_terminal and not out.no_color)}")
    out.print(f"       {escape(f'{problem.rule}: ' if problem.rule else '')}{escape(problem.said)}")
    if problem.remedy:
        out.print(f"       {escape(problem.remedy)}")
    if problem.nearest:
        out.print(f"       Nearest: {escape(', '.join(problem.nearest))}")


def marked(problem: Problem, *, colour: bool) -> str:
    r"""Return the sentence of a problem with what is wrong marked: by colour, or by double square brackets where there is none.

    Example:
        >>> from evidence.problems import NOWHERE, Problem
        >>> marked(Problem(NOWHERE, "", sentence="Of all firms, 96% do.", marked=(14, 17)), colour=False)
        'Of all firms, \\[\\[96%]] do.'
    """
    first, last = problem.marked
    before, text, after = problem.sentence[:first], problem.sentence[first:last], problem.sentence[last:]
    if not text:
        return escape(problem.sentence)
    inside = f"[reverse]{escape(text)}[/]" if colour else rf"\[\[{escape(text)}]]"
    return f"{escape(before)}{inside}{escape(after)}"
