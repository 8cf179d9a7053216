"""What an edition is called, and its ledger as a file with its schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from typing_extensions import is_typeddict

from evidence import paths
from evidence.catalog import Library, freshness
from evidence.ledger import records


def edition_name(library: Library, chapters: Path) -> str:
    """Return the name of the edition these data and chapters make: its day and a hash of their content."""
    return f"{freshness.edition_day(library)}-{digest(library.directory or paths.data_dir(), chapters)[:10]}"


def digest(*folders: Path) -> str:
    """Return a hash of the names and bytes of all files below some folders, the same on every machine."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(
            path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
        ):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def write(ledger: Any, path: Path) -> None:
    """Write a ledger as JSON, the same bytes for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(ledger), encoding="utf-8")


def text(ledger: Any) -> str:
    """Return a ledger as the text of its file."""
    return json.dumps(ledger, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a ledger, with the meaning of every field.

    Source:
        JSON Schema 2020-12, https://json-schema.org/draft/2020-12/schema
    """
    from pydantic import TypeAdapter

    for record in filter(is_typeddict, vars(records).values()):
        record.__pydantic_config__ = {"use_attribute_docstrings": True}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(records.Ledger).json_schema()}
