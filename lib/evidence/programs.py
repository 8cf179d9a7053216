"""Programs that a command of ours runs for itself and waits for: Ctrl-C ends them with it, and leaves nothing of them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LASTING = 500_000
"""How many objects are made before garbage is looked for, in processes that make much that lasts: pages, trees, libraries. Python's own 700 cost a tenth of their time."""

_PATIENCE_SECONDS = 20
"""Time a program has to clear up after an interrupt."""


def run_apart(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None, most_seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    r"""Run a program in a group of its own, to which a terminal sends no interrupt: it gets one from here, once, and time to clear up.

    Args:
        command: Its path and arguments.
        environment: Its environment.
        folder: Its working directory; this process's own when None.
        most_seconds: Longest it may take; any time when None.

    Returns:
        How it ended, and all it wrote.

    Raises:
        subprocess.TimeoutExpired: If it takes longer.

    Example:
        >>> run_apart(["echo", "yes"], os.environ).stdout
        'yes\n'
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=folder,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            printed, complained = process.communicate(timeout=most_seconds)
        except BaseException:
            _end(process)
            raise
        return subprocess.CompletedProcess(command, process.returncode, printed, complained)


def _end(process: subprocess.Popen[str]) -> None:
    """Let a program clear up; a second interrupt reaches one that has lost the first, as Python does where a finalizer runs."""
    try:
        if not (_interrupted(process) or _interrupted(process)):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    except ProcessLookupError:
        return
    except BaseException:  # an impatient second interrupt too
        os.killpg(process.pid, signal.SIGKILL)
        raise


def _interrupted(process: subprocess.Popen[str]) -> bool:
    """Interrupt a program, and return whether it has ended by it in time."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.communicate(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True
