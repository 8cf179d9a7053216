"""A build of the site that stays open, so that one page is made anew in a fraction of a second, as the whole build would make it."""

from __future__ import annotations

import io
import os
import re
from contextlib import ExitStack
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from evidence import paths
from evidence.site import charts, publication

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class WarmSite:
    """Every page of a book, read once; what is written lies below the folder of the book's copy."""

    def __init__(self, root: Path, copy: Path, first: str) -> None:
        """Read the copy and write one of its pages.

        Args:
            root: The book; its data library is read where it lies.
            copy: Folder with a copy of its chapters and configuration; written into.
            first: Name of the page to write first.
        """
        from jupyter_book.config import get_final_config

        os.environ.update({paths.VARIABLE: str(root), "EVIDENCE_DATA": str(root / "data"), "EVIDENCE_AS_OF": "", "EVIDENCE_PDF": ""})
        config, _ = get_final_config(
            user_yaml=copy / "_config.yml", cli_config={"latex_individualpages": False}, sourcedir=copy, validate=False
        )
        self.folder = copy / "_build" / "html"
        self._warnings, self._patches = io.StringIO(), ExitStack()
        self._patches.enter_context(patch_docutils())
        self._patches.enter_context(docutils_namespace())
        places = (copy, None, self.folder, copy / "_build" / "doctrees")
        self._app = Sphinx(*places, "html", confoverrides=config, status=None, warning=self._warnings, freshenv=True)
        self._app.builder.build([f"chapters/{first}"], method="specific")
        charts.write_script(self._app)

    def renew(self) -> None:
        """Read the data library again."""
        publication.open_edition(self._app)

    def page(self, name: str) -> tuple[str, list[str]]:
        """Return the HTML of a page whose file was written anew, and what Sphinx warns of, for which the whole build would be refused.

        Args:
            name: Its name, such as `chapters/index`.
        """
        builder, environment = self._app.builder, self._app.env
        charts.read_charts(self._app)
        self._warnings.truncate(0)
        self._warnings.seek(0)
        builder.events.emit("env-purge-doc", environment, name)
        environment.clear_doc(name)
        builder.read_doc(name)
        return self._written(name), [line for line in _COLOURS.sub("", self._warnings.getvalue()).splitlines() if line.strip()]

    def ensure(self, name: str) -> None:
        """Write a page that was not written yet, if there is one of this name."""
        if name in self._app.env.found_docs and not (self.folder / f"{name}.html").exists():
            self._written(name)

    def _written(self, name: str) -> str:
        builder = self._app.builder
        builder.prepare_writing({name})
        doctree = self._app.env.get_and_resolve_doctree(name, builder)
        builder.write_doc_serialized(name, doctree)
        builder.write_doc(name, doctree)
        return (self.folder / f"{name}.html").read_text(encoding="utf-8")

    def close(self) -> None:
        """Give back what Sphinx changed of docutils."""
        self._patches.close()
