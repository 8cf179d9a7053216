"""How papermill runs a chapter here: in a warm kernel, with the cell told where a kernel dies or hangs, and the chapter's questions kept."""

from __future__ import annotations

import re
import time
from queue import Empty
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger

from evidence.errors import EditionError
from evidence.form.notebook import QUESTIONS

NAME = "evidence"
"""What papermill knows this engine as."""

SECONDS_TO_STOP = 5.0
"""How long an interrupted cell may take to show where it was; one that does not is killed."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class StoppedError(EditionError):
    """A cell did not end by itself: names the cell, why, and where it was.

    Args:
        index: Position of the cell in the notebook that was run, from 0.
        why: What happened.
        lost: Whether its kernel died, which another try may mend.
    """

    def __init__(self, index: int, why: str, *, lost: bool = False) -> None:
        self.index, self.why, self.lost = index, why, lost
        super().__init__(why)


class Client(PapermillNotebookClient):
    """A papermill client that gives up on a cell in time and says which it was."""

    def execute_cell(self, cell: Any, index: int, *arguments: Any, **options: Any) -> Any:
        """Run a cell.

        Raises:
            StoppedError: If its kernel died or it took too long.
            CellExecutionError: If it failed by itself.
        """
        self._late = False
        try:
            return super().execute_cell(cell, index, *arguments, **options)
        except DeadKernelError:
            raise StoppedError(index, f'the kernel died while it ran "{_first_line(cell)}".', lost=True) from None
        except CellTimeoutError:
            raise StoppedError(
                index, f'"{_first_line(cell)}" ran longer than {self.timeout} seconds and could not be interrupted.'
            ) from None
        except CellExecutionError as error:
            if not self._late:
                raise
            where = "\n".join(plain_traceback(error.traceback.splitlines()))
            raise StoppedError(
                index, f'"{_first_line(cell)}" ran longer than {self.timeout} seconds and was interrupted:\n{where}'
            ) from None

    async def _async_handle_timeout(self, timeout: int, cell: Any = None) -> Any:
        """Return the reply of a cell that was interrupted for being late; nbclient would wait for it without end."""
        self._late = True
        await self.km.interrupt_kernel()
        deadline = time.monotonic() + SECONDS_TO_STOP
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=left)
            except Empty:
                break
            if reply["msg_type"] == "execute_reply":
                return reply
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)

    async def async_start_new_kernel_client(self) -> Any:
        """Return a client whose kernel has answered on both channels; nbclient would wait for a pause on one of them.

        Raises:
            RuntimeError: If the kernel dies or does not answer in time.
        """
        self.kc = self.km.client()
        try:
            self.kc.start_channels()
            await self._answered()
        except BaseException:
            await self._async_cleanup_kernel()
            raise
        self.kc.allow_stdin = False
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)  # nbclient's own is bound to nbclient's function

    async def _answered(self) -> None:
        """Wait until the kernel's own words about one request are heard: then nothing that follows is missed."""
        deadline = time.monotonic() + self.startup_timeout
        while time.monotonic() < deadline:
            request = self.kc.kernel_info()
            try:
                await self._heard(self.kc.shell_channel, request, "kernel_info_reply")
                await self._heard(self.kc.iopub_channel, request, "status", state="idle")
                return
            except Empty:
                if not await self.km.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
        raise RuntimeError(f"Kernel didn't respond in {self.startup_timeout:g} seconds")

    async def _heard(self, channel: Any, request: str, kind: str, state: str = "") -> None:
        while True:
            message = await channel.get_msg(timeout=1)
            ours = message["parent_header"].get("msg_id") == request and message["msg_type"] == kind
            if ours and message["content"].get("execution_state", "") == state:
                return

    def papermill_execute_cells(self) -> None:
        """Run all cells, then ask the kernel what the chapter has asked."""
        super().papermill_execute_cells()
        request = self.kc.execute("", silent=True, user_expressions={"questions": "chapter.questions"})
        reply = self.wait_for_reply(request)
        told = reply["content"].get("user_expressions", {}).get("questions", {}) if reply else {}
        self.nb.metadata["questions"] = told.get("data", {}).get(QUESTIONS)


class Engine(NBClientEngine):
    """A papermill engine that runs a notebook with `Client`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, start_timeout: int = 60, execution_timeout: float | None = None, **_others: Any
    ) -> Any:
        """Run a parameterized notebook; its kernel is killed at the end, for it holds nothing worth keeping."""
        client = Client(
            nb_man,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            shutdown_kernel="immediate",
            log=logger,
        )
        return client.execute()


def register() -> None:
    """Make the engine known to papermill in this process."""
    papermill_engines.register(NAME, Engine)


def plain_traceback(lines: list[str], last: int = 12) -> list[str]:
    """Return the end of a traceback without colours."""
    return [line for line in _COLOURS.sub("", "\n".join(lines)).splitlines() if line.strip()][-last:]


def _first_line(cell: Any) -> str:
    return str(cell.source).strip().partition("\n")[0][:80]
