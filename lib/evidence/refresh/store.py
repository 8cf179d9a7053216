"""Keep fetched files by what is in them, with where and when each came from; a run that is killed leaves the store whole."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence.errors import RefreshError
from evidence.parsing import parse_json
from evidence.refresh.transport import Answer
from evidence.writing import replace_file, sweep

MANIFEST = "manifest.json"


def keep(store: Path, source: dict[str, Any], connector: dict[str, Any], answer: Answer, released: str, now: datetime) -> Path:
    """Store a fetched file under its sha256 and enter it in the manifest of its source; return where it is.

    Args:
        store: Folder of the store.
        source: The source's record in the library.
        connector: The connector's record.
        answer: The file.
        released: Date of its release, ISO.
        now: When it was fetched.
    """
    digest = hashlib.sha256(answer.body).hexdigest()
    folder = store / source["id"]
    file: Path = folder / f"{digest}.csv"
    if not file.exists():
        _write(file, answer.body)
    manifest = read_manifest(store, source["id"])
    entry = {
        "file": file.name,
        "sha256": digest,
        "bytes": len(answer.body),
        "dataset": connector["dataset"],
        "query": answer.address,
        "came_from": answer.came_from,
        "content_type": answer.kind,
        "released": released,
        "fetched": now.isoformat(timespec="seconds"),
        "licence": source["licence"],
        "attribution": source["attribution"],
    }
    others = [held for held in manifest["files"] if (held["sha256"], held["released"]) != (digest, released)]
    _write_manifest(folder, source["id"], now, [*others, entry])
    return file


def note_check(store: Path, source: str, now: datetime) -> None:
    """Enter that the producer of a source was asked, though nothing was fetched."""
    _write_manifest(store / source, source, now, read_manifest(store, source)["files"])


def last_checked(store: Path, source: str) -> str:
    """Return the day the producer of a source was last asked and answered, ISO, or `never`."""
    return str(read_manifest(store, source)["checked"])[:10] or "never"


def read_manifest(store: Path, source: str) -> dict[str, Any]:
    """Return what is known of a source's fetched files: `source`, `checked` and `files`, oldest first.

    Raises:
        RefreshError: If a manifest is damaged.
    """
    file = store / source / MANIFEST
    if not file.exists():
        return {"source": source, "checked": "", "files": []}
    try:
        manifest: dict[str, Any] = parse_json(file.read_text(encoding="utf-8"))
        _ = manifest["checked"], [(held["sha256"], held["released"]) for held in manifest["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise RefreshError(
            f"{source}/{MANIFEST}: damaged ({type(error).__name__}: {error}). Delete the folder {source} of the store and refresh again."
        ) from None
    return manifest


def _write_manifest(folder: Path, source: str, now: datetime, files: list[dict[str, Any]]) -> None:
    content = {"source": source, "checked": now.isoformat(timespec="seconds"), "files": files}
    _write(folder / MANIFEST, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def _write(file: Path, content: bytes) -> None:
    """Write a file; what killed runs left of others goes too, for one that is named by its content may never be written again."""
    for left in file.parent.glob(".*"):
        sweep(file.parent, f"{left.name.rpartition('.')[0]}.", ours=True)
    replace_file(file, content)
