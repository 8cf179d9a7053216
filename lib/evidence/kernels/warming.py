"""What the process that kernels are forked from does once, so that no kernel has to."""

from __future__ import annotations

import gc
from pathlib import Path

from evidence.errors import EditionError


def warm() -> None:
    """Import what every chapter needs, and read and judge the library once: what is remembered is the same for any data.

    Those are readings of texts, and the draws of the impact model for the numbers it was given.

    Raises:
        EditionError: If an import started a thread, for a fork would lose it.
    """
    gc.disable()  # what is garbage by now stays for good, which takes less time than looking for it
    import ipykernel.debugger  # of no use here, but each kernel would import it
    import ipykernel.kernelapp
    import vl_convert

    from evidence.audit import verdicts
    from evidence.catalog import load
    from evidence.chapter import Chapter
    from evidence.charts import chart_data
    from evidence.charts.forms import specification

    library = load()
    verdicts(library)
    if library.rows("charts"):
        specification(chart_data(library, library.rows("charts")[0]["id"]), "", "")
    assert ipykernel.debugger and ipykernel.kernelapp and vl_convert and Chapter
    tasks = Path("/proc/self/task")
    if tasks.is_dir() and len(list(tasks.iterdir())) > 1:
        raise EditionError("an import started a thread; kernels cannot be forked from this process.")
    gc.freeze()
    gc.enable()
