"""`evidence preview`: the chapter being written, as the site will show it."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from evidence.cli.console import chapter_name, out

app = typer.Typer()


@app.command()
def preview(chapter: Annotated[str, typer.Argument(help="Name of the chapter, such as coordination.")]) -> None:
    """Show a chapter in the browser as the site will show it, anew at each save; Ctrl-C ends it.

    The page is served on this machine only, at the address that is printed. What must be mended stands above the text and is marked at its
    words, with the remedy. The cells are run anew where something under them has changed. Nothing of the book is written.
    """
    from evidence import paths
    from evidence.cli.watching import rounds
    from evidence.preview import Served

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    saved = rounds(paths.data_dir(), stop)
    served = Served(chapter_name(chapter))
    try:
        for _ in saved:
            begun = served.preview.version
            served.preview.look()
            if not begun:
                out.print(f"{served.address}  Ctrl-C ends it.")
                out.file.flush()
    finally:
        served.close()
