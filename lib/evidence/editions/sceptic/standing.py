"""Where a site stands once it is published: what publishing adds to its pages there is added again to what its sources give."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.charts.downloads import png
from evidence.editions import archiving, leaning, sharing, shelf
from evidence.editions.earlier import Archived
from evidence.editions.publishing import LIST
from evidence.editions.sceptic.published_site import Published
from evidence.ledger.fates import fates
from evidence.parsing import parse_json
from evidence.writing import MARK, names

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PAGE = re.compile(r"(chapters/[^/<>]+\.html)</loc>")


class _Doubted(Archived):
    """An edition as it is published, of which nothing is believed that cannot be made again."""

    def pictures(self, chart: str) -> dict[str, bytes]:
        """Return the pictures of a chart, where the still one is what the drawn one gives."""
        found = super().pictures(chart)
        return found if found.get(".png") == _raster(found.get(".svg")) else {}


@dataclass(frozen=True, slots=True)
class PlaceInTree:
    """A published tree as a site is proved in it.

    Attributes:
        published: The tree.
        editions: The editions in it, oldest first, by its list. What that says is looked at apart.
        newest: The ledger of the newest, where an older one is proved at its own address; None where the site is all of the tree.
    """

    published: Published
    editions: list[dict[str, str]]
    newest: Any = None

    def files(self, built: Path, folder: Path) -> dict[str, bytes]:
        """Return what the sources of a site give, by name, as it stands in the tree.

        Args:
            built: Folder of the site as it was built.
            folder: An empty folder to work in.
        """
        own = Path(shutil.copytree(built, folder / "own"))
        ledger = parse_json((own / "ledger.json").read_bytes())
        edition = ledger["edition"]
        archiving.lead_to_itself(own, edition["name"])
        stood = self._editions()
        sharing.share(own, folder / shelf.KEPT, [stood[edition["name"]]] if edition["name"] in stood else [])
        kept = {f"{shelf.KEPT}/{name}": content for name, content in held(folder / shelf.KEPT).items()}
        if self.newest is not None:
            self._announce(own, ledger)
        self._lean(own, edition, stood)
        if self.newest is not None:
            return held(own) | {f"../../{name}": content for name, content in kept.items()}
        root = Path(shutil.copytree(built, folder / "root"))
        older = [other for other in self.editions if other["name"] != edition["name"]]
        archiving.lead_on(root, [*older, edition], self._pages)
        return held(root) | kept | {f"editions/{edition['name']}/{name}": content for name, content in held(own).items()}

    def _announce(self, own: Path, old: Any) -> None:
        """Let the pages of an older edition, of which this is the ledger, tell what became of it."""
        if self.newest["edition"]["name"] != old["edition"]["name"]:
            archiving.announce_in(own, self.newest, fates(old, self.newest), lambda page: self._text(f"chapters/{page}"))

    def _editions(self) -> dict[str, Archived]:
        """Return the editions of the tree by name, as they are published."""
        records = {record["name"]: record for record in _entries(self.published) if _DAY.fullmatch(str(record.get("date", "")))}
        return {
            name: _Doubted(record, lambda file, name=name: self.published.read(posixpath.normpath(f"editions/{name}/{file}")))  # type: ignore[misc]
            for name, record in records.items()
        }

    def _lean(self, own: Path, edition: dict[str, str], stood: dict[str, Archived]) -> None:
        """Let each file lean that does so where it is published; whether it may is found out anew."""
        published = stood.get(edition["name"])

        def bases(name: str) -> list[Archived]:
            base = leaning.leans_on(name, published.text(name)) if published else ""
            return [stood[base]] if base in stood else []

        leaning.lean(own, edition, bases)

    def _pages(self, edition: str) -> Iterator[tuple[str, str]]:
        """Yield the pages of an edition that its map of the site names, as they are published, and those of places that it keeps."""
        place = f"editions/{edition}/"
        for name in _PAGE.findall(self._text(f"{place}sitemap.xml")):
            if text := self._text(f"{place}{name}"):
                yield name, text
        stood = self._editions().get(edition)
        yield from ((name, "") for name in (stood.kept if stood else ()) if name.startswith("places/") and name.endswith(".html"))

    def _text(self, name: str) -> str:
        return (self.published.read(name) or b"").decode("utf-8", "replace")


def _raster(picture: bytes | None) -> bytes | None:
    try:
        return png(picture.decode()) if picture else None
    except ValueError:  # no picture
        return b""


def standing(site: Published, edition: str, tree: Published | None) -> PlaceInTree | None:
    """Return how a site stands in a published tree; None where it stands alone.

    Args:
        site: The site that is proved.
        edition: Name of its edition.
        tree: The tree, where the site is the folder of one of its editions.
    """
    if tree is not None:
        newest = _json(tree, "ledger.json")
        return PlaceInTree(tree, [], newest) if edition in editions_of(tree) and isinstance(newest, dict) and "edition" in newest else None
    if site.read(f"editions/{edition}/index.html") is None:
        return None
    return PlaceInTree(site, [{"name": str(entry["name"]), "date": str(entry.get("date", ""))} for entry in _entries(site)])


def editions_of(tree: Published) -> list[str]:
    """Return the names of the editions that a tree lists, oldest first; none where it lists nothing that can be read."""
    return [str(entry["name"]) for entry in _entries(tree)]


def _entries(tree: Published) -> list[dict[str, Any]]:
    entries = _json(tree, LIST)
    return [entry for entry in entries if isinstance(entry, dict) and "name" in entry] if isinstance(entries, list) else []


def _json(tree: Published, name: str) -> Any:
    try:
        return parse_json(tree.read(name) or b"null")
    except ValueError:
        return None


def held(folder: Path) -> dict[str, bytes]:
    """Return the files of a built site by name, but for the mark of who built it."""
    return {name: (folder / name).read_bytes() for name in sorted(names(folder) - {MARK})}
