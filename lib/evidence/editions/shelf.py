"""What lies in `kept/` of a published tree for all its editions: how it is called, what of it an edition needs, and how it is read again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from evidence.editions.deltas import delta, patched
from evidence.errors import EditionError
from evidence.ledger.archive import ABOUT, is_inside, unzipped, zipped
from evidence.ledger.single import LEANING
from evidence.parsing import parse_json
from evidence.problems import Place, Problem

KEPT = "kept"
"""Folder of a published tree with the files that its editions share."""
MANIFEST = "kept.json"
"""File of an edition that names each of its kept files: where it was in the site, and what it is called in `kept/`."""
PARTS = ""
"""In that file, in place of a name: the kept files that were none in the site, such as the parts of one."""
LEDGER, LIES = "ledger.json", "kept"
"""The ledger of an edition, and in what stands in its place, where it is kept."""
APART = "apart"
"""In `sources.json` of an edition: whether each of its sources lies in `kept/` in a zip of its own."""

CHANGED = "changed"
"""In `sources.json` of an edition: the sources that are kept as what is other in them, each with the name of that and of what it is other than."""
CHANGES_OF = "changes_of"
"""In a file that says what is other in another: what that is called among the kept files."""
_RULE = (
    "A piece ends with its line, or after } or ] and a comma. Two numbers stand for pieces of the other file: from which, counted from 0, and how many. "
    "A text stands for itself."
)

_LENGTH = 16
"""Hex digits of its hash in the name of a kept file."""
_SHORT = re.compile(f"[0-9a-f]{{{_LENGTH}}}")
_DIGEST = re.compile("[0-9a-f]{64}")
_AT_ONCE = 8
"""Files that are read at once: on the web each waits for its answer."""


def kept_name(name: str, content: bytes) -> str:
    """Return what a file is called among those that are kept: by its name, so that a download tells what it is, and by its hash."""
    return _named(name, hashlib.sha256(content).hexdigest())


def _named(name: str, digest: str) -> str:
    file = Path(name)
    return f"{file.stem}.{digest[:_LENGTH]}{file.suffix}"


def parcel(name: str, content: bytes) -> tuple[str, bytes]:
    """Return a file in a zip of its own, after what that is called: by the hash of the file, for not every machine makes the same zip of it."""
    return f"{kept_name(name, content)}.zip", zipped({Path(name).name: content})


def is_whole(name: str, content: bytes) -> bool:
    """Return whether a kept file holds what its name says.

    Example:
        >>> is_whole(kept_name("charts/pay.svg", b"<svg/>"), b"<svg/>"), is_whole("pay.0123456789abcdef.svg", b"<svg/>")
        (True, False)
        >>> is_whole(*parcel("pay.csv", b"pay")), is_whole("pay.0123456789abcdef.csv.zip", b"pay")
        (True, False)
    """
    try:
        held = unpacked(name, content) if name.endswith(".zip") else content
    except EditionError:
        return False
    return f".{hashlib.sha256(held).hexdigest()[:_LENGTH]}" in name


def changes(name: str, content: bytes, base: tuple[str, bytes]) -> tuple[str, bytes] | None:
    """Return what is other in a file than in an earlier one, in a zip, after what that is called; None where it would be no quarter of the file.

    Args:
        name: The file.
        content: Its bytes, which are text.
        base: What the earlier file is called among the kept files, and its bytes.
    """
    if base[1] == content:
        return None
    told = {CHANGES_OF: base[0], "rule": _RULE, "pieces": json.loads(delta(base[1], content))}
    kept, packed = parcel(f"{Path(name).name}.changes.json", dense(told).encode())
    return (kept, packed) if len(packed) * 4 < len(parcel(name, content)[1]) else None


def changes_of(content: bytes) -> str:
    """Return what the file is called than which another is told to be other; empty where it tells nothing of the kind."""
    return str(record_of(content).get(CHANGES_OF, ""))


def unchanged(content: bytes, read: Callable[[str], bytes | None]) -> bytes:
    """Return what a file makes of another that says what is other in that; a file that says nothing of the kind as it is.

    Args:
        content: The file.
        read: Returns a kept file by its name; None where there is none.

    Raises:
        ValueError: If the other is not there, or has no such pieces.
    """
    told = record_of(content)
    if not (base := told.get(CHANGES_OF)):
        return content
    if (packed := read(Path(str(base)).name)) is None:
        raise ValueError(f"{KEPT}/{base} is not there")
    return patched(unpacked(str(base), packed), json.dumps(told.get("pieces")).encode())


def unpacked(name: str, content: bytes) -> bytes:
    """Return the one file in a zip, nothing of one that holds several."""
    files = list(unzipped(content, name).values())
    return files[0] if len(files) == 1 else b""


def manifest(named: Mapping[str, str], parts: Iterable[str]) -> str:
    """Return the text of a manifest.

    Args:
        named: What each kept file is called, by the name it had in the site; said by its hash alone where the rest follows from that name.
        parts: What those are called that had none.
    """
    short = {name: digest if _named(name, digest := _digest_in(kept)) == kept else kept for name, kept in named.items()}
    return by_line(short | {PARTS: sorted(parts)})


def _digest_in(kept: str) -> str:
    return next((part for part in kept.split(".") if _SHORT.fullmatch(part)), "")


def manifest_of(content: bytes) -> dict[str, str]:
    """Return what a manifest says: the name of each kept file, by the name it had in the site; nothing where it cannot be read.

    Example:
        >>> manifest_of(manifest({"charts/pay.svg": "pay.0123456789abcdef.svg", "a.css": "b.css"}, ["first.js"]).encode())
        {'a.css': 'b.css', 'charts/pay.svg': 'pay.0123456789abcdef.svg', '/0': 'first.js'}
    """
    found = record_of(content)
    parts = found.pop(PARTS, ())
    named = {name: _named(name, str(kept)) if _SHORT.fullmatch(str(kept)) else str(kept) for name, kept in found.items()}
    return named | {f"{PARTS}/{number}": str(kept) for number, kept in enumerate(parts if isinstance(parts, list) else ())}


def kept_by(read: Callable[[str], bytes | None]) -> dict[str, str]:
    """Return what an edition keeps, by the name each file had in its site, a source below the name of their archive; nothing for one that keeps all it has to itself.

    Args:
        read: Returns the bytes of a file in the edition's folder; None where there is none.

    Raises:
        EditionError: If the file that names its sources is damaged.
    """
    about = record_of(whole_list(read, ABOUT) or b"")
    lying = ((name, kept) for name, lies in sources_of(about) for kept in enumerate(lies)) if about.get(APART) else ()
    sources = {f"{about.get('archive')}/{name}{'/' * number}": kept for name, (number, kept) in lying}
    return manifest_of(whole_list(read, MANIFEST) or b"") | sources


def whole_list(read: Callable[[str], bytes | None], name: str) -> bytes | None:
    """Return the bytes of a list of an edition, also where it is told as what is other in it than in that of an earlier edition; nothing where that fails.

    Args:
        read: Returns the bytes of a file by its name seen from the edition's folder; None where there is none.
        name: `kept.json` or `sources.json`.
    """
    content = read(name)
    told = record_of(content or b"")
    if LEANING not in told:
        return content
    try:
        return patched(read(f"../{Path(str(told[LEANING])).parent.name}/{name}") or b"", json.dumps(told["pieces"]).encode())
    except (ValueError, TypeError, KeyError):
        return b""


def broken_lists(folder: Path) -> list[str]:
    """Return the lists of an edition, by its folder, that lean on those of an earlier one, which do not give them."""
    return [name for name in (MANIFEST, ABOUT) if (folder / name).is_file() and not whole_list(_reader(folder), name)]


def _reader(folder: Path) -> Callable[[str], bytes | None]:
    return lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None


def record_of(content: bytes) -> dict[str, Any]:
    """Return the record that a file holds; an empty one where it holds none."""
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def sources_of(about: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each source that a `sources.json` names, and what it is called among the kept files: one, or what is other in it and than what.

    Raises:
        EditionError: If a name leads out of the book, or a hash is none.
    """
    files, told = about.get("files"), about.get(CHANGED)
    changed = told if isinstance(told, dict) else {}
    for name, digest in files.items() if isinstance(files, dict) else ():
        if not is_inside(name) or not _DIGEST.fullmatch(str(digest)):
            raise _unfit(ABOUT, f"names {name!r}, which is no source with its hash, or leads out of the book.")
        other = changed.get(name)
        yield name, [Path(str(kept)).name for kept in other] if isinstance(other, list) and other else [f"{_named(name, digest)}.zip"]


def sources_apart(read: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Return the sources of an edition that keeps each apart, by name, each with the hash that its `sources.json` tells.

    Args:
        read: Returns the bytes of a file by its name seen from the edition's folder; None where there is none.

    Raises:
        EditionError: If one is not there, is another than the file says, or has a name that leads out of the book.
    """
    about = record_of(whole_list(read, ABOUT) or b"")
    wanted = dict(sources_of(about))
    with ThreadPoolExecutor(_AT_ONCE) as readers:
        lying = [(name, kept) for name, lies in wanted.items() for kept in lies]
        found = readers.map(lambda one: read(f"../../{KEPT}/{one[1]}"), lying)
        return dict(_checked(zip(lying, found, strict=True), wanted, about["files"] if wanted else {}))


def _checked(
    found: Iterable[tuple[tuple[str, str], bytes | None]], wanted: Mapping[str, list[str]], digests: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    held: dict[str, bytes] = {}
    for (name, kept), content in found:
        if content is None:
            raise _unfit(f"{KEPT}/{kept}", f"is not published, and holds the source {name}.")
        held[kept] = content
    for name, (kept, *_) in wanted.items():
        source = _whole(kept, held)
        if hashlib.sha256(source).hexdigest() != digests[name]:
            raise _unfit(f"{KEPT}/{kept}", f"holds another {name} than {ABOUT} says; one of them was changed.")
        yield name, source


def _whole(kept: str, held: Mapping[str, bytes]) -> bytes:
    try:
        return unchanged(unpacked(kept, held[kept]), held.get)
    except (ValueError, TypeError):
        return b""


def _unfit(file: str, told: str) -> EditionError:
    return EditionError(Problem(Place(file), told, "Prove the site by sources from elsewhere: --sources FOLDER"))


def ledger_of(folder: Path) -> Any:
    """Return the ledger of an edition by its folder in a published tree, wherever it is kept.

    Raises:
        ValueError: If it is not there, or is no JSON.
        EditionError: If it is kept in a file that is damaged.
    """
    if not (folder / LEDGER).is_file():
        raise ValueError("it is not there")
    found = parse_json((folder / LEDGER).read_bytes())
    kept = found.get(LIES) if isinstance(found, dict) else None
    if not kept:
        return found
    file = folder.parent.parent / KEPT / Path(str(kept)).name
    if not file.is_file():
        raise ValueError(f"{KEPT}/{file.name} is not there")
    beside = {path.name: path for path in file.parent.iterdir()}
    return parse_json(unchanged(unpacked(file.name, file.read_bytes()), lambda name: beside[name].read_bytes() if name in beside else None))


def named_by(tree: Path, editions: Iterable[str]) -> set[str]:
    """Return the names of the files that some editions of a tree keep, below its root."""
    return {f"{KEPT}/{name}" for edition in editions for name in kept_from(tree, edition).values()}


def whole(tree: Path) -> set[str]:
    """Return the names of the files in `kept/` of a tree that hold what their names say, whether an edition needs them or not."""
    return {f"{KEPT}/{path.name}" for path in tree.glob(f"{KEPT}/*") if path.is_file() and is_whole(path.name, path.read_bytes())}


def kept_from(tree: Path, edition: str) -> dict[str, str]:
    """Return what an edition of a tree keeps, by the name a file had in its site; nothing for one that keeps all it has to itself."""
    return kept_by(_reader(tree / "editions" / edition))


def stood_in_the_site(tree: Path, edition: str) -> set[str]:
    """Return the names that the kept files of an edition of a tree had in its site, where all its sources were one archive."""
    return {f"{archive}.zip" if below else name for name in kept_from(tree, edition) for archive, below, _ in [name.partition(".zip/")]}


def set_apart(about: Mapping[str, Any], changed: Mapping[str, list[str]]) -> str:
    """Return the text of a `sources.json` that says that its sources lie apart, and of which what is other in them does."""
    return by_line({**about, APART: True, **({CHANGED: changed} if changed else {})})


def by_line(content: Any) -> str:
    """Return JSON for programs, each part of it on a line of its own, so that little of it is other where little has changed."""
    return json.dumps(content, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True) + "\n"


def dense(content: Any) -> str:
    """Return JSON for programs, on one line."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
