"""The page of commands, made by Typer from their own help, so that it cannot say anything else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path("chapters/commands.md")
"""Where the page is kept, below the repository."""

_ABOUT = """`evidence format` makes this page from the help of the commands; `evidence COMMAND --help` says the same in a terminal.
"""

_CODE = re.compile(r"(```.*?```|`[^`]*`)", re.DOTALL)
_TYPED = re.compile(
    r"(?<![\w/-])(?:--[a-z][a-z-]*|[\w.-]*/[\w./-]*\w|/(?:\w+/?)+|[A-Z]{4,}|\w*\d[\w-]*(?:\.\d+)*)|\[(?:default: [^\]]+|required)\]"
)
"""What a help text holds that is typed or counted: options, paths, variables, numbers, defaults."""


def page() -> str:
    """Return the page in Markdown: a section a command, with what it is given and its options.

    Raises:
        subprocess.CalledProcessError: If Typer cannot read the commands.
    """
    command = [sys.executable, "-m", "typer", "evidence.cli", "utils", "docs", "--name", "evidence", "--title", "Commands"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    overview = re.compile(r"\*\*Commands\*\*:\n\n(?:\* .*\n)+\n?")
    kept = overview.sub("", made.replace("* `--help`: Show this message and exit.\n", ""))
    kept = re.sub(r"\*\*Options\*\*:\n\n(?!\*)", "", kept).replace("**Usage**:\n\n", "")
    title, _, rest = kept.partition("\n\n")
    return _lines("\n\n".join([title, _ABOUT.strip(), rest.strip()]) + "\n")


def _lines(text: str) -> str:
    """Return Markdown with what is typed or counted as code, for it states no evidence, and one sentence per line."""
    parts = _CODE.split(re.sub(r"\n{3,}", "\n\n", text))
    coded = "".join(part if index % 2 else _TYPED.sub(r"`\g<0>`", _joined(part)) for index, part in enumerate(parts))
    return re.sub(r"(?m)^(?![*#$`]).*$", _sentences, coded).replace("  `[", " `[")


def _joined(text: str) -> str:
    return re.sub(r"(?<=[^\n:])\n(?=[^\n*#])", " ", text)


def _sentences(line: re.Match[str]) -> str:
    return re.sub(r"(?<=[a-z`)]\.) (?=[A-Z`])", "\n", line.group())
