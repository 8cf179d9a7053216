"""The committed form of a notebook: the same text for the same cells and outputs, with nothing volatile in it, and each cell with its id."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

INJECTED = "injected-parameters"
"""Tag of the cell that papermill adds for the parameters of one run; it is no part of a chapter."""

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_FORMAT, _MINORS = 4, range(6)
"""The format of notebooks that is read here, and what it has been called beside that."""
_IS_JSON = re.compile(r"application/(?:json|.*\+json)")
"""Types of outputs that are no text."""
_TRANSIENT = frozenset(("orig_nbformat", "orig_nbformat_minor", "signature", "trusted"))
"""Metadata that no file should hold."""


def canonical(notebook: Any, outputs_of: Any | None = None) -> str:
    """Return a notebook in its committed form: stable ids, counts in order, nothing volatile.

    Args:
        notebook: The notebook whose cells are kept.
        outputs_of: Executed notebook to take the outputs from; the notebook itself when None.
    """
    executed = [
        cell
        for cell in (outputs_of or notebook)["cells"]
        if cell["cell_type"] == "code" and INJECTED not in cell["metadata"].get("tags", [])
    ]
    code = iter(executed)
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        if INJECTED in cell["metadata"].get("tags", []):
            continue
        kept = {"cell_type": cell["cell_type"], "id": cell["id"], "metadata": _tags(cell["metadata"]), "source": _lines(cell["source"])}
        if cell.get("attachments"):
            kept["attachments"] = cell["attachments"]
        if cell["cell_type"] == "code":
            count = sum(entry["cell_type"] == "code" for entry in cells) + 1
            kept |= {"execution_count": count, "outputs": [_output(output, count) for output in next(code)["outputs"]]}
        cells.append(dict(sorted(kept.items())))
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return (
        json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1, sort_keys=True)
        + "\n"
    )


class Part(dict[str, Any]):
    """A notebook, or a part of one: its entries are attributes too, as those of nbformat's are."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    __setattr__ = dict.__setitem__


def opened(content: Any) -> Part | None:
    """Return the notebook that the content of a file is, as nbformat gives it, which takes longer to import than this room together.

    Args:
        content: Content of its file, which looks like a notebook to `unlike_a_notebook`.

    Returns:
        None where nbformat must say what it is: of another format, with attached files, or with cells that have no ids of their own.
    """
    cells, metadata = content["cells"], content.get("metadata")
    plain = content.get("nbformat") == _FORMAT and content.get("nbformat_minor") in _MINORS and isinstance(metadata, dict)
    if not plain or any("attachments" in cell for cell in cells) or not _named(cells):
        return None
    return Part(content | {"cells": [_opened_cell(cell) for cell in cells], "metadata": _lasting(metadata)})


def _named(cells: list[Any]) -> bool:
    return [cell.get("id") for cell in cells] == [cell["id"] for cell in identified(cells)]


def _lasting(metadata: dict[str, Any]) -> Part:
    return Part({name: value for name, value in metadata.items() if name not in _TRANSIENT})


def _opened_cell(cell: dict[str, Any]) -> Part:
    found = Part(cell | {"source": "".join(cell["source"]), "metadata": _lasting(cell["metadata"])})
    if cell["cell_type"] == "code":
        found |= {"outputs": [_opened_output(output) for output in cell["outputs"]]}
    return found


def _opened_output(output: dict[str, Any]) -> Part:
    """Return an output with each text whole that its file holds in lines."""
    found = Part(output)
    if "data" in output:
        found["data"] = Part({kind: value if _IS_JSON.fullmatch(kind) else _whole(value) for kind, value in output["data"].items()})
    if "text" in output:
        found["text"] = _whole(output["text"])
    return found


def _whole(text: Any) -> Any:
    return "".join(text) if _texts(text) else text


def unlike_a_notebook(content: Any) -> str:
    """Return what of the content of a file no notebook has; an empty text where it looks like one.

    Example:
        >>> unlike_a_notebook({"cells": [{"cell_type": "markdown", "metadata": {}, "source": 5}]})
        'cell 1 has no text'
    """
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        return "it holds no list of cells"
    if told := next((f"cell {number} {told}" for number, cell in enumerate(cells, start=1) if (told := _unlike_a_cell(cell))), ""):
        return told
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "it holds half a character"
    return ""


def _unlike_a_cell(cell: Any) -> str:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str) or not isinstance(cell.get("metadata"), dict):
        return "is none"
    if not isinstance(cell.get("source"), str) and not _texts(cell.get("source")):
        return "has no text"
    if not _texts(cell["metadata"].get("tags", [])):
        return "has tags that are no words"
    outputs = cell.get("outputs") if cell["cell_type"] == "code" else []
    if not isinstance(outputs, list) or not all(map(_is_output, outputs)):
        return "has no outputs"
    return ""


def _texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(text, str) for text in found)


def _is_output(output: Any) -> bool:
    return isinstance(output, dict) and isinstance(output.get("output_type"), str) and isinstance(output.get("data", {}), dict)


def identified(cells: Iterable[Any]) -> list[Any]:
    """Return cells that each have an id of their own: one that is missing, malformed or taken is made from the place and the source of its cell.

    Ids that are there stay, so that a diff and a merge find a cell again after its words have changed.

    Args:
        cells: Cells as the notebook's file holds them.
    """
    known: set[str] = set()
    found = []
    for place, cell in enumerate(cells):
        identifier = str(cell.get("id", ""))
        if not _ID.fullmatch(identifier) or identifier in known:
            identifier = hashlib.sha256(f"{place}\n{''.join(cell['source'])}".encode()).hexdigest()[:8]
        known.add(identifier)
        found.append({**cell, "id": identifier})
    return found


def _tags(metadata: Any) -> dict[str, Any]:
    return {"tags": list(metadata["tags"])} if metadata.get("tags") else {}


def _lines(source: str | Iterable[str]) -> list[str]:
    return ("".join(source)).splitlines(keepends=True)


def _output(output: Any, count: int) -> dict[str, Any]:
    kept: dict[str, Any] = {"output_type": output["output_type"]}
    for name in ("name", "text", "data", "ename", "evalue", "traceback"):
        if name in output:
            kept[name] = output[name]
    if "data" in kept:
        kept["data"] = {mime: _lines(value) if isinstance(value, str) else _plain(value) for mime, value in kept["data"].items()}
        kept["metadata"] = {}
    if isinstance(kept.get("text"), str):
        kept["text"] = _lines(kept["text"])
    if output["output_type"] == "execute_result":
        kept["execution_count"] = count
    return dict(sorted(kept.items()))


def _plain(value: Any) -> Any:
    """Return a value of JSON with whole numbers without a decimal point: a browser knows no other, and would change them when it saves."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
