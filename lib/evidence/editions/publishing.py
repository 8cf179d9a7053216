"""Publish a built site: the newest edition at the root, every edition at its own lasting address below `editions/`."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import load
from evidence.editions.building import swap
from evidence.errors import EditionError
from evidence.ledger import edition_name
from evidence.ledger.succession import announce, fates

LIST = "editions.json"
"""File at the root of a published tree: the record of every edition in it, oldest first."""


def publish(site: Path, tree: Path) -> list[dict[str, str]]:
    """Add a built site to a published tree and return the editions in it, oldest first.

    The tree is put together beside the old one and takes its place at the end. Pages of older editions keep their content; each says that a newer
    edition exists, and at each figure whether that states it differently, under another name, or no longer.

    Args:
        site: A built site with its `ledger.json`.
        tree: Folder that is served; made when it is not there.

    Raises:
        EditionError: If `site` is no built site, or what stands at `tree` is no published tree.
    """
    ledger = _ledger(site)
    editions = [*(old for old in _listed(tree) if old["name"] != ledger["edition"]["name"]), ledger["edition"]]
    beside = tree.with_name(f".{tree.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(site, beside)
    for edition in editions[:-1]:
        shutil.copytree(tree / "editions" / edition["name"], beside / "editions" / edition["name"])
        _announce(beside / "editions" / edition["name"], ledger)
    shutil.copytree(site, beside / "editions" / ledger["edition"]["name"])
    (beside / LIST).write_text(json.dumps(editions, indent=1) + "\n", encoding="utf-8")
    tree.parent.mkdir(parents=True, exist_ok=True)
    swap(beside, tree)
    return editions


def check_current(site: Path, root: Path | None = None) -> None:
    """Refuse a built site that is not of the book as it is now.

    Args:
        site: A built site.
        root: The book; the one it stands in when None.

    Raises:
        EditionError: If it is of other data or chapters, or no built site.
    """
    root = root or paths.find_book()
    built, now = _ledger(site)["edition"]["name"], edition_name(load(root / "data"), paths.chapters_dir(root))
    if built != now:
        raise EditionError(f"{site.name}: built of edition {built}, and the book is edition {now} by now. Build it first: evidence build")


def _ledger(site: Path) -> Any:
    if not (site / "ledger.json").exists():
        raise EditionError(f"{site.name}: no ledger.json in it. Build the site first: evidence build")
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


def _listed(tree: Path) -> list[dict[str, str]]:
    if not tree.exists() or not any(tree.iterdir()):
        return []
    if not (tree / LIST).exists():
        raise EditionError(f"{tree.name}: not empty, and no published tree, for it holds no {LIST}. Name another folder.")
    listed: list[dict[str, str]] = json.loads((tree / LIST).read_text(encoding="utf-8"))
    return listed


def _announce(folder: Path, newest: Any) -> None:
    """Tell the readers of an older edition what became of it."""
    fate_of = fates(_ledger(folder), newest)
    source_of = {row["id"]: row["source"] for row in newest["figures"]}
    source_of |= {row["id"]: source_of[row["low"]] for row in newest["ranges"]}
    for page in sorted(folder.glob("chapters/*.html")):
        there = f"../../../chapters/{page.name}"
        known = (folder.parent.parent / "chapters" / page.name).exists()
        text = announce(
            page.read_text(encoding="utf-8"),
            there if known else "../../../chapters/index.html",
            newest["edition"],
            fate_of,
            lambda identifier: f"../../../chapters/ledger-{source_of[identifier]}.html#{identifier}" if identifier else "",
        )
        page.write_text(text, encoding="utf-8")
