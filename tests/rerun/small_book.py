"""Small chapters for tests: under the name of a real one, because a chapter reads its own page by its name."""

import re

import nbformat

from evidence import paths
from evidence.form import canonical


def notebook(name, *views, first=""):
    """Return a chapter that shows some views; `first` is the source of a cell before all others."""
    sources = {
        "parameters": f'data_dir = {str(paths.ROOT / "data")!r}\nas_of = ""',
        "set-up": f'from evidence import Chapter\n\nchapter = Chapter("{name}", data_dir, as_of)',
        **{f"view-{number}": view for number, view in enumerate(views)},
    }
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in ({"first": first} if first else {}).items()]
    cells += [nbformat.v4.new_code_cell(source, id=name) for name, source in sources.items()]
    next(cell for cell in cells if cell.id == "parameters").metadata["tags"] = ["parameters"]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write_chapter(folder, name, *views, first=""):
    """Write a small chapter and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook(name, *views, first=first), path)
    return path


def without_charts(path):
    """Take the charts out of a chapter, which take most of the time of its run, and leave the rest in its committed form."""
    written = nbformat.read(path, as_version=4)
    written.cells = [cell for cell in written.cells if not (cell.cell_type == "code" and cell.source.startswith("chapter.chart("))]
    path.write_text(canonical(written), encoding="utf-8")


_LEADS = re.compile(r"\[([^\[\]\n]*)\]\((?!\w+:)([\w-]+\.(?:ipynb|md))\)")
"""A link to another page."""


def without_others(chapters):
    """Take out of a few chapters the links to pages that are not beside them, so that none leads nowhere."""
    there = {path.name for path in chapters.iterdir()}
    for path in chapters.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(_LEADS.sub(lambda link: link[0] if link[2] in there else link[1], text), encoding="utf-8")
