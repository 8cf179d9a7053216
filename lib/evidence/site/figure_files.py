"""A small file for every figure, which others can read by program, and one that says what book the site is of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sphinx.application import Sphinx

from evidence.ledger import single
from evidence.ledger.citation import book
from evidence.settings import licence
from evidence.site.publication import Publication, publication

FOLDER = "figures"
"""Folder of the files, below the root of the site."""


def connect(app: Sphinx) -> None:
    """Write the files once the pages are there."""
    app.connect("build-finished", _publish)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    target, edition = Path(app.outdir), publication(app)
    (target / FOLDER).mkdir(exist_ok=True)
    for record in single.figure_files(edition.ledger, edition.url, licence()["name"]):
        _write(target / FOLDER / f"{record['id']}.json", record)
    _write(target / "figure.schema.json", schema())
    _write(target / "book.json", described(edition))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the file of a figure, with the meaning of every field."""
    records: list[Any] = [
        single.FigureFile,
        single.ShortFigureFile,
        single.Repeatable,
        single.Successor,
        single.Stated,
        single.From,
        single.Respect,
    ]
    for record in records:
        record.__pydantic_config__ = {"use_attribute_docstrings": True}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(single.FigureFile | single.ShortFigureFile).json_schema(),
    }


def described(edition: Publication) -> dict[str, Any]:
    """Return what book and edition a site is of, and where it is published."""
    return {
        "title": book().title,
        "authors": list(book().authors),
        "address": edition.url,
        "edition": {name: edition.ledger["edition"][name] for name in ("name", "date")},
        "licence": licence()["name"],
    }


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
