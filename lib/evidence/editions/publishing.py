"""Publish a built site: the newest edition at the root, every edition at its own lasting address below `editions/`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import load
from evidence.editions import archiving, earlier, leaning, sharing, shelf
from evidence.errors import EditionError
from evidence.ledger import edition_name
from evidence.ledger.archive import PROOFS
from evidence.ledger.fates import Fate, fates
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.writing import MARK, names, open_to_read, replacing

LIST = "editions.json"
"""File at the root of a published tree: the record of every edition in it, oldest first."""


def publish(site: Path, tree: Path) -> list[dict[str, str]]:
    """Add a built site to a published tree and return the editions in it, oldest first.

    The tree is put together beside the old one and takes its place at the end, with what others have put into it, such as a `CNAME`. Pages of
    older editions keep their content; each says that a newer edition exists, and at each figure whether that states it differently, under another
    name, or no longer.

    Args:
        site: A built site with its `ledger.json`.
        tree: Folder that is served; made when it is not there.

    Raises:
        EditionError: If `site` is no built site, the list of editions is damaged, or one is inside the other.
        WriteError: If what stands at `tree` is no published tree, or another command publishes there.
    """
    ledger = _ledger(site)
    if site.resolve() in (tree.resolve(), *tree.resolve().parents):
        raise EditionError(Problem(Place(str(tree)), f"is in the site that is to be published, {site}.", "Name a folder outside of it."))
    with replacing(tree, _ours) as beside:
        editions = _put_together(site, ledger, tree, beside)
        open_to_read(beside)
        return editions


def _put_together(site: Path, ledger: Any, tree: Path, beside: Path) -> list[dict[str, str]]:
    """Write the new tree beside the old, and return its editions."""
    editions = [*(old for old in _listed(tree) if old["name"] != ledger["edition"]["name"]), ledger["edition"]]
    _copied(site, beside)
    page_of = dict(_pages(beside))
    older: dict[str, earlier.Archived] = {}
    for edition in editions[:-1]:
        there = _taken_over(tree, edition["name"], beside)
        leant = _restored(there, edition, older, tree)
        archiving.announce_in(there, ledger, _fates(there, ledger), lambda name: page_of.get(f"chapters/{name}", ""))
        leaning.lean(there, edition, lambda name, leant=leant: [older[base] for base in [leant.get(name)] if base in older])  # type: ignore[misc]
        older[edition["name"]] = earlier.in_folder(edition, there)
    before = list(older.values())[::-1]
    newest = _copied(site, beside / "editions" / ledger["edition"]["name"])
    archiving.lead_to_itself(newest, ledger["edition"]["name"])
    sharing.share(newest, beside / shelf.KEPT, before)
    leaning.lean(newest, ledger["edition"], lambda _: before)
    archiving.lead_on(beside, editions, lambda name: _pages(beside / "editions" / name))
    if (tree / PROOFS).is_file():
        shutil.copyfile(tree / PROOFS, beside / PROOFS)
    (beside / LIST).write_text(listing(editions), encoding="utf-8")
    return editions


def _copied(source: Path, target: Path) -> Path:
    """Copy a folder of plain files, but for the mark of who made it; a link could lead anywhere, and a device has no end."""
    if strange := next((path for name in sorted(names(source)) if not _plain(path := source / name)), None):
        raise EditionError(Problem(Place(str(strange)), "is no plain file, so it is not published.", "Move it away, then publish again."))
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns(MARK), dirs_exist_ok=True))


def _plain(path: Path) -> bool:
    return not path.is_symlink() and (path.is_file() or path.is_dir())


def _taken_over(tree: Path, name: str, beside: Path) -> Path:
    """Take an edition over into the new tree, with what it shares with others; return its folder."""
    there = _copied(tree / "editions" / name, beside / "editions" / name)
    if broken := shelf.broken_lists(tree / "editions" / name):
        told = "the list of an earlier edition that it leans on is another by now, or gone"
        raise _damaged(tree / "editions" / name / broken[0], told, "Put back the editions of an earlier day.")
    for kept in sorted(shelf.named_by(tree, [name])):
        if not (tree / kept).is_file():
            raise _damaged(tree / kept, f"it is not there, and the edition {name} needs it", "Put it back from an earlier day.")
        (beside / shelf.KEPT).mkdir(exist_ok=True)
        shutil.copyfile(tree / kept, beside / kept)
    try:
        sharing.share(there, beside / shelf.KEPT)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(tree / "editions" / name, str(error), "Put back the edition of an earlier day.") from None
    return there


def _restored(there: Path, edition: dict[str, str], older: dict[str, earlier.Archived], tree: Path) -> dict[str, str]:
    """Write the files of an edition whole that lean on earlier ones, which may be about to be published anew; return on which each did."""
    listed = {one["name"]: earlier.in_folder(one, tree / "editions" / one["name"]) for one in _listed(tree)}
    try:
        return leaning.restore(there, edition, (listed | older).__getitem__)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(tree / "editions" / edition["name"], str(error), "Put back the editions of an earlier day.") from None


def _fates(there: Path, newest: Any) -> dict[str, Fate]:
    """Return what became of the records of an older edition."""
    try:
        return fates(shelf.ledger_of(there), newest)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise _damaged(there / "ledger.json", told, "Put back the ledger of an earlier day.") from None


def _pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages of a site that may not be lost, by name: those of chapters, each with its text, and those of places without."""
    for page in sorted(site.glob("chapters/*.html")):
        yield f"chapters/{page.name}", page.read_text(encoding="utf-8")
    for page in sorted(site.glob("places/*.html")):
        yield f"places/{page.name}", ""


def listing(editions: list[dict[str, str]]) -> str:
    """Return the text of the list of editions."""
    return json.dumps(editions, indent=1) + "\n"


def _ours(tree: Path) -> Set[str] | None:
    """Return the files of a published tree that publishing made: the list, the editions, and at the root what is in the newest; None for another folder."""
    if not (tree / LIST).exists():
        return None
    held = {edition["name"]: names(tree / "editions" / edition["name"]) for edition in _listed(tree)}
    newest = list(held)[-1:]
    root = {name for edition in newest for name in (*held[edition], *shelf.stood_in_the_site(tree, edition))}
    left = {
        file for files in held.values() for file in files if file.startswith(("chapters/", "places/"))
    }  # they lead on from where they stood
    within = {f"editions/{name}/{file}" for name, files in held.items() for file in files}
    return {LIST, *root, *left, *within, *shelf.whole(tree)}


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
    if not (site / "ledger.json").is_file():
        raise EditionError(f"{site.name}: no ledger.json in it. Build the site first: evidence build")
    ledger = _json(site / "ledger.json", "Build the site first: evidence build")
    if not isinstance(ledger, dict) or not _is_edition(ledger.get("edition")):
        raise _damaged(site / "ledger.json", "it names no edition", "Build the site first: evidence build")
    return ledger


def _listed(tree: Path) -> list[dict[str, str]]:
    if not (tree / LIST).exists():
        return []
    remedy = "Put back the list of an earlier day, or publish into another folder."
    listed: list[dict[str, str]] = _json(tree / LIST, remedy)
    if not isinstance(listed, list) or not all(_is_edition(edition) for edition in listed):
        raise _damaged(tree / LIST, "no list of editions", remedy)
    if missing := [edition["name"] for edition in listed if not (tree / "editions" / edition["name"]).is_dir()]:
        raise _damaged(tree / LIST, f"it names {missing[0]}, which is not below editions/", remedy)
    return listed


def _is_edition(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(found.get(name), str) and found[name] for name in ("name", "date"))


def _json(file: Path, remedy: str) -> Any:
    try:
        return parse_json(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _damaged(file, str(error), remedy) from None


def _damaged(file: Path, why: str, remedy: str) -> EditionError:
    return EditionError(Problem(Place(str(file)), f"damaged: {why}.", remedy))


ROOM = 1_000_000_000
"""Bytes that a site of GitHub Pages may have.

Source:
    https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
"""


def room(tree: Path, editions: list[dict[str, str]]) -> str:
    """Return how large a published tree is, and for about how many more editions like the newest there is room, in words.

    Args:
        tree: The published tree.
        editions: The editions in it, oldest first.
    """
    newest, older = editions[-1]["name"], [edition["name"] for edition in editions[:-1]]
    own = shelf.named_by(tree, [newest]) - shelf.named_by(tree, older)
    whole, one = _size(tree), _size(tree / "editions" / newest) + sum((tree / name).stat().st_size for name in own)
    more = max(0, ROOM - whole) // max(one, 1)
    return f"{whole / 1e6:,.0f} MB of {ROOM / 1e6:,.0f} that GitHub Pages serves; the newest edition has added {one / 1e6:,.0f}, so there is room for {more} more."


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
