"""What the processes that run chapters are forked from imports and does once, so that none has to; nothing here is for use by name."""

import contextlib
import gc
import os
import tempfile

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before numpy: a fork keeps no threads

gc.disable()  # what is garbage by now stays for good, which takes less time than looking for it

import nbformat  # noqa: E402
import papermill  # noqa: E402, F401
import vl_convert  # noqa: E402, F401

from evidence.audit import verdicts  # noqa: E402
from evidence.catalog import load  # noqa: E402
from evidence.chapter import Chapter  # noqa: E402, F401
from evidence.charts import forms  # noqa: E402, F401
from evidence.editions import engine  # noqa: E402
from evidence.errors import EvidenceError  # noqa: E402

engine.register()
tempfile.gettempdir()  # tries to write where temporary files go, and a chapter killed meanwhile would leave what it tried
nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)  # compiles the schema that every notebook is held against
with contextlib.suppress(
    EvidenceError, OSError
):  # readings of texts are remembered, and are the same for any data; who needs the library says what is wrong
    verdicts(load())
gc.freeze()
gc.enable()
