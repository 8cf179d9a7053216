"""What every command shares: exit codes, consoles, and the choice between text and JSON."""

from __future__ import annotations

from enum import StrEnum

from rich.console import Console

CLEAN, FINDINGS, USAGE, FAULT = 0, 1, 2, 3

out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How to print: for people or for machines."""

    text = "text"
    json = "json"
