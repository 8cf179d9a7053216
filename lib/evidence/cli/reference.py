"""The page of commands, made by Typer from their own help, so that it cannot say anything else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from evidence import paths
from evidence.form import committed
from evidence.paths import read_text

PAGE = Path("chapters/commands.md")
"""Where the page is kept, below the book."""

_ABOUT = """`evidence format` makes this page from the help of the commands; `evidence COMMAND --help` says the same in a terminal."""

_CODE = re.compile(r"(```.*?```|`[^`]*`)", re.DOTALL)
_TYPED = re.compile(
    r"""(?<![\w./-])(?:
        --[a-z][a-z-]*                      # an option
        | \w+://[\w.:/-]*\w                 # an address
        | /?(?:[\w.-]+/)+(?:[\w.-]*\w)?     # a folder, or a file in one
        | [\w-]*(?:\.\w+)+                  # a file, an ending or an id
        | (?=\d*[a-zA-Z-])[\w-]*\d[\w-]*    # a day or a code
    )
    | (?<=[Cc]ode[ ])\d\b | (?<=[:;,][ ])\d(?=[ ])  # an exit code, or a number with what it stands for
    | \[(?:default:[ ][^\]]+|required)\]
    """,
    re.VERBOSE,
)
"""What a help text holds that is typed and can be told by its form; a command, a variable or an expression stands between backticks in the text."""


def stale() -> dict[Path, str]:
    """Return the page with the text it should have, by its path, when it has another; nothing for a book that does not list it."""
    book = paths.find_book()
    if PAGE.with_suffix("").as_posix() not in read_text(book / "_toc.yml"):
        return {}
    path, right = book / PAGE, page()
    return {} if path.exists() and read_text(path) == right else {path: right}


def page() -> str:
    """Return the page in Markdown: a section a command, with what it is given and its options.

    Raises:
        subprocess.CalledProcessError: If Typer cannot read the commands.
    """
    command = [sys.executable, "-m", "typer", "evidence.cli.command", "utils", "docs", "--name", "evidence", "--title", "Commands"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    overview = re.compile(r"\*\*Commands\*\*:\n\n(?:\* .*\n)+\n?")
    kept = overview.sub("", made.replace("* `--help`: Show this message and exit.\n", ""))
    kept = re.sub(r"\*\*Options\*\*:\n\n(?!\*)", "", kept).replace("**Usage**:\n\n", "")
    title, _, rest = kept.partition("\n\n")
    return committed(_coded("\n\n".join([title, _ABOUT, rest.strip()]) + "\n"), notebook=False)


def _coded(text: str) -> str:
    """Return Markdown in which what is typed or counted stands as code, for it states no evidence."""
    parts = _CODE.split(re.sub(r"\n{3,}", "\n\n", text))
    return "".join(part if index % 2 else _TYPED.sub(r"`\g<0>`", part) for index, part in enumerate(parts)).replace("  `[", " `[")
