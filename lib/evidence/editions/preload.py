"""What the process that workers are forked from imports and does once, so that no worker has to; nothing here is for use by name."""

import gc

gc.disable()  # what is garbage by now stays for good, which takes less time than looking for it

import IPython.paths  # noqa: E402, F401 - Jupyter asks it where kernels are declared
import nbformat  # noqa: E402
import papermill  # noqa: E402, F401

from evidence.editions import client  # noqa: E402, F401

nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)  # compiles the schema that every notebook is held against
gc.freeze()
gc.enable()
