"""The committed form of a page: a notebook without anything volatile, its prose with one sentence on each line.

This room needs no data and none of the heavy packages, because JupyterLab calls it whenever a chapter is saved.
"""

from evidence.form.chapter_files import committed, faults, written
from evidence.form.lines import one_sentence_a_line
from evidence.form.merging import Merged, merged
from evidence.form.notebook import Part, canonical, opened, unlike_a_notebook
