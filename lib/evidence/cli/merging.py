"""The command that makes one chapter of two versions: `evidence merge`, for a person after git has stopped, and as git's driver before it does."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, out

if TYPE_CHECKING:
    from evidence.form import Merged

app = typer.Typer()

_ENDINGS = (".ipynb", ".md")


@app.command()
def merge(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Chapters' files; all that git could not merge when left out.", show_default=False)
    ] = None,
    driver: Annotated[
        tuple[Path, Path, Path] | None,
        typer.Option(
            "--driver", help="What git gives to a merge driver: the files of base, ours and theirs; ours is written.", show_default=False
        ),
    ] = None,
) -> None:
    """Merge chapters that were changed on both sides, cell by cell and sentence by sentence, where git alone has stopped.

    What both have added is kept of both, also at the same place. Where both changed the same words, both versions stay between the marks of git,
    and the file remains to be resolved. Then run `evidence record`. `make book` lets git do this by itself.
    """
    if driver:
        raise typer.Exit(CLEAN if _driven(*driver, (files or [Path("chapter.ipynb")])[0]) else FINDINGS)
    left = 0
    for path in files or _unmerged():
        told = _finished(path)
        left += bool(told)
        out.print(escape(f"{path}: {told or 'merged.'}"))
    out.print(f"{left} left to you." if left else "All merged. When the tables are in order, run: evidence record")
    raise typer.Exit(FINDINGS if left else CLEAN)


def _driven(base: Path, ours: Path, theirs: Path, path: Path) -> bool:
    """Write the merged version over ours, and return whether nothing is left to a person.

    Whatever cannot be read as a chapter is merged as text, so that no side is ever left out without marks.
    """
    try:
        made = _merged([file.read_text(encoding="utf-8") for file in (base, ours, theirs)], path)
    except ValueError:
        command = ["git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", *map(str, (ours, base, theirs))]
        return subprocess.run(command, check=False).returncode == 0
    ours.write_text(made.text, encoding="utf-8")  # a file of git's own, which it moves into place
    return not made.conflicts


def _merged(versions: list[str], path: Path) -> Merged:
    from evidence.form import merged

    base, ours, theirs = versions
    return merged(base, ours, theirs, notebook=path.suffix == ".ipynb")


def _unmerged() -> list[Path]:
    """Return the chapters that git could not merge."""
    from evidence import paths

    listed = _git("diff", "--name-only", "--diff-filter=U", "-z", "--relative", folder=paths.find_book())
    found = [paths.find_book() / name for name in listed.split("\0") if name.endswith(_ENDINGS)]
    return [Path(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else path for path in found]


def _finished(path: Path) -> str:
    """Merge a chapter from the versions git has kept of it and mark it as resolved; return why it is left to a person, or an empty text."""
    from evidence import paths
    from evidence.problems import conflict_line
    from evidence.writing import Transaction

    with Transaction(paths.find_book()) as work:
        if not path.exists() or not conflict_line(work.read(path), prose=path.suffix == ".md"):
            return "no marks of a merge in it; resolve it, or git add it if that is done."
        try:
            made = _merged([_git("show", f":{stage}:./{path.name}", folder=path.parent) for stage in (1, 2, 3)], path)
        except ValueError as error:
            return f"one of its versions cannot be read ({error}); resolve it by hand."
        work.write(path, made.text)
    if made.conflicts:
        return f"both changed the same words at {made.conflicts} places; choose between the marks, then git add it."
    _git("add", "--", path.name, folder=path.parent)
    return ""


def _git(*words: str, folder: Path) -> str:
    """Return what git prints in a folder; an empty text where it has no such thing."""
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False).stdout
