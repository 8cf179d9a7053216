"""What the editions of a published tree share: files that do not change are kept once, each under a name that is made of what it holds.

An edition keeps what is its own, and every page under whose address others cite it. Pictures, fonts, style sheets, scripts, tables, sources and the files
of places lie in `kept/` for all editions alike, and the edition's pages lead there. The page of a place holds nothing of an edition but its numbers: it
is kept too, and what stands at its address in the edition leads to it. So an edition adds what is new in it, and nothing that it takes along can be
changed unseen, for the name of a kept file is its hash.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence.editions.archiving import BOOK
from evidence.editions.deltas import delta
from evidence.editions.earlier import PICTURES, Archived
from evidence.editions.parts import cut, naming_script, part_script, text_of
from evidence.editions.shelf import KEPT, LEDGER, LIES, MANIFEST, changes, dense, kept_name, manifest, parcel, set_apart
from evidence.editions.thinning import thinned, without_hashes
from evidence.ledger.archive import ABOUT, unzipped, zipped
from evidence.ledger.succession import NOTICE
from evidence.markup import html
from evidence.parsing import parse_json

_LEAVES = (
    *("_images/*", "_static/**/*.png", "_static/**/*.svg", "_static/**/*.woff2", "_static/vega-*.js"),
    *("charts/*.png", "charts/*.svg", "places/*.csv", "_static/**/*.txt"),
)
_STYLES = "_static/**/*.css"
_RECORDS, _LOADER = ("_static/cards-all.js", "_static/desk-index.js", "_static/ledger-rows.js"), "_static/records.js"
"""Scripts with a record for each number of the edition, and the one that loads them, whole or in parts."""
_PUT_TOGETHER = "apart.changes"
"""What stands in that one where it can put together what is other in records of an earlier edition."""
_CARDS, _BY_ADDRESS = "_static/cards-content.js", "link.dataset.evidence ="
"""The script of number cards, and what stands in one that finds out by the address of a link of which record it is."""
_SCRIPTS = "_static/**/*.js"
_PLACES = "places/*.html"
_PAGES = ("*.html", "chapters/*.html", "charts/*.html", "embed/*.html")
_ATTRIBUTE = re.compile(r'(\s(?:href|src|action|data-vega)=")([^"#?:]+)(?:\?v=\w+)?((?:[?#][^"]*)?")')
_URL = re.compile(r'(url\(")([^":)]+)("\))')
_SCRIPT = re.compile(r'<script [^>]*src="([^"?]+)')
_DRAWN = re.compile(r'(<script type="application/json" class="chart-specification")>(.*?)</script>', re.DOTALL)
"""What a chart is drawn from where a pointer comes near it; only a script reads it."""
_FIRST = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""A script in the text of a page, which runs before it is painted."""
_FONTS = re.compile(r'"([^"]*_static/fonts/[^"]+\.woff2)"')
_TABLES = ("*.csv", "data/**/*.csv")
"""Files that are kept in a zip of their own: a table is an eighth of itself there, and programs that read tables read such a zip."""
_DATA = ("data/schemas/*", "data/codebooks/*", "charts/*.csv", "*.schema.json")
_MAP = "sitemap.xml"
_OF_PLACES = re.compile(r"\s*<url>\s*<loc>[^<]*/places/[^<]*</loc>.*?</url>", re.DOTALL)
"""What the map of a site says of the pages of places, which an edition lists among what it keeps."""
_SHORTEST = 400
"""Characters from which the schema of a table is kept in a file of its own."""
_PACKAGES = ("data/datapackage.json", "datapackage.json")
"""Files that name tables: kept beside these, each by the name it has there."""
_WHOLE = "*-data.zip"
"""All tables in one file, which an edition has that keeps all to itself; where each is kept, the file that names them stands for it."""
_RECORDED = ".ipynb"
"""How sources end that grow with what a book states, and that nobody reads but programs."""
_EDITION = re.compile(rb"\b\d{4}-\d\d-\d\d-\w+")
_MACHINE = "figures/*.json"
"""Files that only programs read: written without the space in which people read them."""
_FORMAT = re.compile(
    r'("encodingFormat": "|<link rel="describedby" type=")[^"]+(", "contentUrl": "[^"]+\.(json|zip)"|" title="[^"]*" href="[^"]+\.(json|zip)")'
)


def share(folder: Path, kept: Path, before: Sequence[Archived] = ()) -> None:
    """Take out of the folder of an edition what editions share, and let its pages lead there; nothing where that was done before.

    Args:
        folder: The edition's folder in the published tree, two folders below its root, or a copy of it.
        kept: Folder that takes the shared files; made when it is not there.
        before: Editions published before it, the last of them first.

    Raises:
        ValueError: If a file of it holds something else than an edition has there.
    """
    if (folder / MANIFEST).exists():
        return
    shelf = _Shelf(folder, kept, before)
    _keep_drawn_before(shelf)
    for pattern in (*_LEAVES, *_DATA):
        for file in sorted(folder.glob(pattern)):
            if file not in shelf.taken:
                shelf.take(file, file.read_bytes())
    for file in sorted(folder.glob(_STYLES)):
        shelf.take(file, shelf.rewritten(_URL, file, shelf.beside).encode())
    _keep_sources(shelf)
    named = _keep_tables(shelf)
    by_address = _knows(folder / _CARDS, _BY_ADDRESS)
    _keep_ledger(shelf)
    _keep_records(shelf)
    _keep_scripts(shelf)
    _keep_places(shelf)
    for pattern in _PAGES:
        for file in sorted(folder.glob(pattern)):
            told = shelf.apart(file, shelf.rewritten(_ATTRIBUTE, file, shelf.from_edition))
            file.write_text(thinned(shelf.absolute(told), by_address=by_address).replace(*named), encoding="utf-8")
    for file in dict.fromkeys(shelf.taken):
        file.unlink()
    if (folder / _MAP).is_file():
        (folder / _MAP).write_text(_OF_PLACES.sub("", (folder / _MAP).read_text(encoding="utf-8")), encoding="utf-8")
    for file in sorted(folder.glob(_MACHINE)):
        file.write_text(dense(_read(file)), encoding="utf-8")
    for place in sorted((place for place in folder.rglob("*") if place.is_dir()), reverse=True):
        if not any(place.iterdir()):
            place.rmdir()
    (folder / MANIFEST).write_text(manifest(shelf.name_of, shelf.parts), encoding="utf-8")


def _read(file: Path) -> Any:
    """Return what a file of an edition holds, which nobody need have left as it was."""
    try:
        return parse_json(file.read_bytes())
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None


class _Shelf:
    """The kept files of one edition, and how its pages lead to them.

    Args:
        folder: The edition's folder.
        kept: Folder of the kept files.
        before: Editions published before it, the last of them first.
    """

    def __init__(self, folder: Path, kept: Path, before: Sequence[Archived]) -> None:
        self.folder, self.kept, self.before = folder, kept, before
        self.taken: list[Path] = []
        self.name_of: dict[str, str] = {}
        self.parts: dict[str, None] = {}
        about: Mapping[str, Any] = json.loads((folder / BOOK).read_bytes()) if (folder / BOOK).is_file() else {}
        self._here = str(about.get("here", ""))
        self._root = str(about.get("address", ""))
        kept.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, content: bytes, kept: str) -> None:
        """Keep a file under a name, and remember what it was called in the site."""
        self.name_of[name] = kept
        (self.kept / kept).write_bytes(content)

    def part(self, name: str, script: str) -> str:
        """Keep a script that was no file of the site, and return what it is called."""
        kept = kept_name(name, script.encode())
        if kept not in self.parts:
            self.parts[kept] = None
            (self.kept / kept).write_bytes(script.encode())
        return kept

    def other(self, name: str, content: bytes, base: tuple[str, bytes] | None) -> list[str]:
        """Keep what is other in a file than in an earlier one, and return what it and that are called; nothing where the file is to be kept itself."""
        found = changes(name, content, base) if base else None
        if not base or not found:
            return []
        for kept, packed in (found, (base[0], zipped({Path(name).name: base[1]}))):
            (self.kept / kept).write_bytes(packed)
        return [found[0], base[0]]

    def take(self, file: Path, content: bytes, *, leave: bool = False) -> str:
        """Keep a file of the edition, and return what it is called then; it is taken out of the edition unless it is to be left there too."""
        name = file.relative_to(self.folder).as_posix()
        self.put(name, content, kept_name(name, content))
        if not leave:
            self.taken.append(file)
        return self.name_of[name]

    def rewritten(self, pattern: re.Pattern[str], file: Path, lead: Callable[[str, str], str | None]) -> str:
        """Return the text of a file in which relative addresses lead where they must.

        Args:
            pattern: Finds an address in three groups: what is before it, the address, what stays behind it.
            file: The file, in the edition's folder.
            lead: Returns the new address for the name of the file and the address that is there; None where that stays.
        """
        page = file.relative_to(self.folder).as_posix()

        def led(match: re.Match[str]) -> str:
            told = lead(page, match[2])
            return match[0] if told is None else f"{match[1]}{told}{match[3]}"

        return pattern.sub(led, file.read_text(encoding="utf-8"))

    def from_edition(self, page: str, address: str) -> str | None:
        """Return where a page of the edition finds what it asked for at a relative address; None where that stays."""
        name = _resolved(page, address)
        up = "../" * (2 + page.count("/"))
        return f"{up}{KEPT}/{self.name_of[name]}" if name in self.name_of and not name.endswith(".html") else None

    def from_kept(self, page: str, address: str) -> str | None:
        """Return where a kept page finds the same: what is kept beside it, everything else in the newest edition."""
        name = _resolved(page, address)
        return self.name_of[name] if name in self.name_of and not name.endswith(".html") else f"../{name}"

    def beside(self, style: str, address: str) -> str | None:
        """Return where a kept style sheet finds a file that is kept as well."""
        return self.name_of.get(_resolved(style, address))

    def apart(self, file: Path, text: str) -> str:
        """Return the text of a page whose scripts lie apart: those that run before it is painted, and what its charts are drawn from."""
        page = file.relative_to(self.folder).as_posix()
        up = "../" * (2 + page.count("/")) + KEPT

        def first(found: re.Match[str]) -> str:
            script = _FONTS.sub(lambda font: f'"{self.from_edition(page, font[1]) or font[1]}"', found[1])
            return f'<script src="{up}/{self.part("first.js", script)}"></script>'

        def drawn(found: re.Match[str]) -> str:
            return f'{found[1]} data-kept="{up}/{self.part("drawn.js", part_script(found[2]))}"></script>'

        return _DRAWN.sub(drawn, _FIRST.sub(first, without_hashes(text, _FIRST.findall(text))))

    def absolute(self, text: str) -> str:
        """Return a page in which whole addresses of kept files lead to them."""
        if not self._here:
            return text
        whole = re.compile(re.escape(self._here) + r"([\w./-]+)")
        return _FORMAT.sub(_of_kept, whole.sub(lambda match: self._address(match[1]) or match[0], text))

    def _address(self, name: str) -> str:
        kept = self.name_of.get(name, "")
        return f"{self._root}{KEPT}/{kept}" if kept and not name.endswith(".html") else ""


def _of_kept(told: re.Match[str]) -> str:
    """Return what programs are told of a download, in the form in which it is kept."""
    return f"{told[1]}application/{told[3] or told[4]}{told[2]}"


def _keep_drawn_before(shelf: _Shelf) -> None:
    """Keep no second time the pictures of a chart that are those of an earlier edition but for its name: a picture says in which edition it first stood."""
    for file in sorted(shelf.folder.glob("charts/*.png")):
        pictures = [file.with_suffix(ending) for ending in PICTURES]
        before: Mapping[str, bytes] = next((found for edition in shelf.before if (found := edition.pictures(file.stem))), {})
        if set(before) == set(PICTURES) and all(
            path.is_file() and (path.suffix != ".svg" or as_drawn(path.read_bytes()) == as_drawn(before[ending]))
            for path, ending in zip(pictures, PICTURES, strict=True)
        ):
            for path, ending in zip(pictures, PICTURES, strict=True):
                shelf.take(path, before[ending])


def as_drawn(picture: bytes) -> bytes:
    """Return a picture as SVG without the name of its edition."""
    return _EDITION.sub(b"", picture)


def _keep_sources(shelf: _Shelf) -> None:
    """Keep each source of an edition in a zip of its own, in place of the archive with all of them."""
    file = shelf.folder / ABOUT
    about = _read(file) if file.is_file() else {}
    archive = shelf.folder / str(about.get("archive"))
    if archive.is_file():
        changed: dict[str, list[str]] = {}
        for name, content in unzipped(archive.read_bytes(), archive.name).items():
            base = _first(edition.source(name) for edition in shelf.before) if name.endswith(_RECORDED) else None
            if other := shelf.other(name, content, base):
                changed[name] = other
                continue
            kept, packed = parcel(name, content)
            (shelf.kept / kept).write_bytes(packed)
        file.write_text(set_apart(about, changed), encoding="utf-8")
        shelf.taken.append(archive)


def _keep_tables(shelf: _Shelf) -> tuple[str, str]:
    """Keep each table, and the files that name them; return the words of the link to all tables in one file, and what it says from then on."""
    folder = shelf.folder
    for file in (file for pattern in _TABLES for file in sorted(folder.glob(pattern))):
        name = file.relative_to(folder).as_posix()
        kept, packed = parcel(name, file.read_bytes())
        shelf.put(name, packed, kept)
        shelf.taken.append(file)
    for file in (folder / name for name in _PACKAGES if (folder / name).is_file()):
        shelf.take(file, dense(_beside_tables(shelf, file)).encode())
    for file in folder.glob(_WHOLE):
        if _PACKAGES[0] in shelf.name_of:
            shelf.name_of[file.name] = shelf.name_of[_PACKAGES[0]]
            shelf.taken.append(file)
            return f">{file.name}</a>", ">Each in a file of its own</a>"
    return "", ""


def _beside_tables(shelf: _Shelf, file: Path) -> Any:
    """Return a data package in which each table has the name that it is kept under."""
    package, below = _read(file), file.parent.relative_to(shelf.folder).as_posix()
    for table in package["resources"]:
        if isinstance(schema := table.get("schema"), dict) and len(text := dense(schema)) >= _SHORTEST:
            table["schema"] = shelf.part(f"{Path(str(table['name'])).name}.schema.json", text)
        paths = [table["path"]] if isinstance(table["path"], str) else table["path"]
        kept = [shelf.name_of.get(posixpath.normpath(f"{below}/{path}"), path) for path in paths]
        table |= {"path": kept[0] if isinstance(table["path"], str) else kept}
        table |= {"compression": "zip"} if kept[0].endswith(".zip") else {}
    return package


def _keep_ledger(shelf: _Shelf) -> None:
    """Keep the ledger; what stays in its place tells the edition, and where the ledger is."""
    file = shelf.folder / LEDGER
    if file.is_file():
        content = file.read_bytes()
        kept, packed = parcel(LEDGER, content)
        if other := shelf.other(LEDGER, content, _first(edition.ledger() for edition in shelf.before)):
            kept, packed = other[0], (shelf.kept / other[0]).read_bytes()
            shelf.parts[other[1]] = None
        shelf.put(LEDGER, packed, kept)
        file.write_text(dense({"edition": _read(file)["edition"], LIES: f"../../{KEPT}/{kept}"}), encoding="utf-8")


def _keep_records(shelf: _Shelf) -> None:
    """Keep the records that scripts ask for in parts; a site of an engine that could not put them together has them whole."""
    loader = shelf.folder / _LOADER
    for file in (shelf.folder / name for name in _RECORDS if loader.is_file() and (shelf.folder / name).is_file()):
        records, parts = cut(file.read_text(encoding="utf-8"))
        if parts:
            kept, changed = _other_records(shelf, file, "".join(parts)) if _knows(loader, _PUT_TOGETHER) else ([], "")
            kept = kept or [shelf.part(file.name, part_script(part)) for part in parts]
            addresses = [f"../../../{KEPT}/{name}" for name in (*kept, changed) if name]
            file.write_text(naming_script(file.name, records, addresses, changed=bool(changed)), encoding="utf-8")


def _knows(script: Path, words: str) -> bool:
    return script.is_file() and words in script.read_text(encoding="utf-8")


def _other_records(shelf: _Shelf, file: Path, own: str) -> tuple[list[str], str]:
    """Keep what is other in records than in those of an earlier edition; return the parts of these, and what that is called; nothing where they are to be kept anew."""
    before = _first(edition.records(file.relative_to(shelf.folder).as_posix()) for edition in shelf.before)
    base = text_of(before) if before else own
    told = part_script(delta(base.encode(), own.encode()).decode())
    if not before or base == own or len(told) * 4 > len(own):
        return [], ""
    for name, script in before.items():
        shelf.parts[name] = None
        (shelf.kept / name).write_bytes(script)
    return list(before), shelf.part(file.name, told)


def _first(found: Iterable[Any]) -> Any:
    return next((one for one in found if one), None)


def _keep_scripts(shelf: _Shelf) -> None:
    """Keep the scripts that look for nothing beside themselves, and that no other looks for."""
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(shelf.folder.glob(_SCRIPTS))}
    asked = {file for file in texts if any(file.name in other for name, other in texts.items() if name != file)}
    for file in texts.keys() - asked - {shelf.folder / name for name in _RECORDS}:
        if "currentScript.src" not in texts[file]:
            shelf.take(file, texts[file].encode())


def _keep_places(shelf: _Shelf) -> None:
    """Keep the pages of places, with the scripts they use, and let the addresses in the edition lead to them."""
    pages = sorted(shelf.folder.glob(_PLACES))
    for script in _scripts(shelf.folder, pages):
        if script.relative_to(shelf.folder).as_posix() not in shelf.name_of:
            shelf.take(script, script.read_bytes(), leave=True)
    for page in pages:
        before, _, after = shelf.rewritten(_ATTRIBUTE, page, shelf.from_kept).partition(NOTICE)
        told = html(_WHY, f"../places/{page.name}") if after else ""
        kept = shelf.take(page, f"{before}{told}{after}".encode(), leave=True)
        page.write_text(str(html(_LEADS, f"../../../{KEPT}/{kept}")), encoding="utf-8")


def _scripts(folder: Path, pages: Iterable[Path]) -> list[Path]:
    """Return the scripts that some pages of an edition ask for."""
    asked = {(page.parent / script).resolve() for page in pages for script in _SCRIPT.findall(page.read_text(encoding="utf-8"))}
    return sorted(folder / script.relative_to(folder.resolve()) for script in asked if script.is_file())


_WHY = (
    '<p class="newer-edition" role="note">This page is kept for every edition that tells the same of this place. '
    '<a href="{}">What the newest edition tells</a>.</p>'
)
_LEADS = (
    "<!DOCTYPE html><html lang=en-GB><title>A place</title><meta name=robots content=noindex>"
    '<meta http-equiv=refresh content="0; url={0}"><a href="{0}">This place in this edition</a>\n'
)
"""What stands at the address of a place; it holds nothing that a policy could keep from running."""


def _resolved(page: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
