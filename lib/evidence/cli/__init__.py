"""The command `evidence`: what authors, stewards and CI run. `command` has the commands."""

import atexit
import gc
import sys

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended: what shells give for it."""


def main() -> None:
    """Run the command line. Ctrl-C ends it quietly at any moment, also while it is still being imported."""
    try:
        from evidence.cli.command import run
        from evidence.programs import LASTING

        gc.set_threshold(LASTING)
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        import signal  # not before `main` hears an interrupt, as little else as can be

        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)  # what is made for a run is cleared up whole


def __getattr__(name: str) -> object:
    """Return `app` when first asked for, so that an interrupt of its import is heard by `main`."""
    if name == "app":
        from evidence.cli.command import app

        return app
    raise AttributeError(name)
