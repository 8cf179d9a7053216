"""The proof of a published site: what agrees byte by byte with what its sources give, what differs, and what was not compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence.catalog.characters import shown
from evidence.editions import shelf
from evidence.editions.publishing import LIST, listing
from evidence.editions.sceptic.comparing import differences
from evidence.editions.sceptic.published_site import Published
from evidence.editions.sceptic.rebuilding import other_engine, other_packages, rebuild
from evidence.editions.sceptic.standing import editions_of, held, standing
from evidence.errors import EditionError
from evidence.ledger.archive import ABOUT, PROOFS, read_about, sources, unzipped
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.writing import MARK, temporary

_AT_ONCE = 8
_BESIDE = (LIST, PROOFS, MARK, "CNAME", ".nojekyll")
"""Files of a published site that belong to no edition."""
_HELD_BY_HOST = ".well-known/"


@dataclass(slots=True)
class SiteProof:
    """What came of comparing.

    Attributes:
        edition: Name of the edition that was proved.
        agreeing: How many files agree byte by byte.
        problems: Every difference.
        notes: What was not compared, and what is other here than where the site was built.
        digest: Hash of the names and bytes of all that was built again.
    """

    edition: str
    agreeing: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    digest: str = ""


def prove_site(site: Published, given: Path | None, pdf: bool, tree: Published | None = None) -> SiteProof:
    """Return how a published site compares with what its sources give; each file is built once.

    Args:
        site: The site.
        given: A book, or an archive of its sources, to build from; what the site publishes beside itself when None.
        pdf: Whether its PDF is printed anew and compared too.
        tree: The site at whose root a newer edition stands, where this is an older one: its pages tell what became of it.

    Raises:
        EditionError: If the site publishes no sources, they are damaged, or nothing can be built of them.
    """
    about, files = _about(site), _files(site, given)
    with temporary("prove") as folder:
        built = rebuild(files, about["built"], folder, pdf)
        proof = compared(site, expected(site, built, tree), "" if pdf else about["built"]["pdf"])
        proof.notes = [*_other(files), *proof.notes]
    return proof


def _about(site: Published) -> dict[str, Any]:
    content = shelf.whole_list(site.read, ABOUT)
    if content is None:
        raise EditionError(
            Problem(Place(ABOUT), "is not published, so nothing says what the site was built from.", "Ask its authors for it.")
        )
    return read_about(content)


def _files(site: Published, given: Path | None) -> dict[str, bytes]:
    """Return the sources: those given, else those that the site publishes."""
    if given is not None and given.is_dir():
        return sources(given, given / "chapters", given / "data")
    if given is not None:
        return unzipped(_read(given), given.name)
    about = _about(site)
    if about.get(shelf.APART):
        return shelf.sources_apart(site.read)
    content = site.read(about["archive"])
    if content is None:
        raise EditionError(
            Problem(Place(about["archive"]), "is not published.", "Prove the site by sources from elsewhere: --sources FOLDER")
        )
    if (found := hashlib.sha256(content).hexdigest()) != about["sha256"]:
        told = f"its sha256 is {found[:12]}…, where {ABOUT} says {about['sha256'][:12]}…; one of them was changed."
        raise EditionError(Problem(Place(about["archive"]), told, "Prove the site by sources from elsewhere: --sources FOLDER"))
    return unzipped(content, about["archive"])


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise EditionError(f"{file}: no such file or folder. Name a book, or an archive of its sources.")
    return file.read_bytes()


@dataclass(frozen=True, slots=True)
class Expected:
    """What the sources of a site give, as it stands at its place.

    Attributes:
        edition: Name, date and day of the edition, as its ledger tells them.
        digest: Hash of the names and bytes of all that was built again.
        files: The files by name, as publishing leaves them.
    """

    edition: dict[str, str]
    digest: str
    files: dict[str, bytes]


def expected(site: Published, built: Path, tree: Published | None = None) -> Expected:
    """Return what must stand at a site, at its root and at the address of its edition.

    Args:
        site: The site.
        built: Folder of the site that its sources give.
        tree: The published tree, where the site is the folder of one of its editions.
    """
    rebuilt = held(built)
    edition = parse_json(rebuilt["ledger.json"])["edition"]
    with temporary("standing") as folder:
        place = standing(site, edition["name"], tree)
        return Expected(edition, _digest(rebuilt), place.files(built, folder) if place else rebuilt)


def compared(site: Published, given: Expected, left_out: str = "") -> SiteProof:
    """Return how a site compares with what its sources give.

    Args:
        site: The site.
        given: What they give.
        left_out: Name of a file that was not built again; empty for none.
    """
    proof = SiteProof(given.edition["name"], digest=given.digest)
    registered = _register(site, proof)
    places = _places(site, proof.edition)
    wanted = [(name, content) for name, content in given.files.items() if name != registered]
    with ThreadPoolExecutor(_AT_ONCE) as readers:
        for (name, content), published in zip(wanted, readers.map(lambda one: site.read(one[0]), wanted), strict=True):
            found = differences(name, published, content)
            proof.problems += found
            proof.agreeing += not found
    passed_over = {place + left_out for place in places if left_out}
    proof.problems += [*_list(site, given.edition), *_beside(site, {name for name, _ in wanted} | passed_over, places[-1] or "editions//")]
    proof.notes += _not_compared(site, proof.edition, left_out)
    return proof


def _register(site: Published, proof: SiteProof) -> str:
    """Return the name of the register of a site where it holds proofs; what it says of this edition must be true."""
    try:
        entries = [dict(entry) for entry in parse_json(site.read(PROOFS) or b"[]")]
    except (ValueError, TypeError):
        return ""
    for entry in entries:
        if entry.get("edition") == proof.edition and entry.get("digest") != proof.digest:
            told = f"says that {shown(str(entry.get('by')))} has proved another site of this edition."
            proof.problems.append(Problem(Place(PROOFS), told, "Take that line out."))
    if entries:
        proof.notes.append(f"not compared: {PROOFS}, in which others say that they have proved it")
    return PROOFS if entries else ""


def _list(site: Published, edition: dict[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with the list of the editions of a published tree, whose newest stands at the root."""
    if (content := site.read(LIST)) is None:
        return
    try:
        editions = parse_json(content)
        right = listing(editions).encode() == content and editions[-1] == edition
        right = right and all(site.read(f"editions/{entry['name']}/index.html") is not None for entry in editions)
    except (ValueError, TypeError, KeyError, IndexError):
        right = False
    if not right:
        yield Problem(Place(LIST), f"is not the list of the editions that are published, of which {edition['name']} is the newest.")


def _places(site: Published, edition: str) -> list[str]:
    """Return where in a site an edition stands: at the root, and in a tree of editions at its own address too."""
    own = f"editions/{edition}/"
    return ["", own] if site.read(f"{own}index.html") is not None else [""]


def _beside(site: Published, compared: set[str], own: str) -> Iterator[Problem]:
    """Yield each file of a site that its sources do not give and that belongs to no other edition."""
    kept = {name for edition in editions_of(site) for name in _kept(site, edition)}
    for name in sorted((site.listed or frozenset()) - compared):
        other = name in kept or (name.startswith("editions/") and name.count("/") > 1 and not name.startswith(own))
        if name not in _BESIDE and not name.startswith(_HELD_BY_HOST) and not other:
            yield Problem(Place(name), "is published, and its sources do not give it.")


def _kept(site: Published, edition: str) -> Iterator[str]:
    """Yield the names of the files that an edition keeps together with others; none where its list of them is damaged, which is told of that list."""
    try:
        kept = shelf.kept_by(lambda name: site.read(f"editions/{edition}/{name}"))
    except EditionError:
        return
    yield from (f"{shelf.KEPT}/{name}" for name in kept.values())


def _not_compared(site: Published, edition: str, left_out: str) -> Iterator[str]:
    if left_out:
        yield f"not compared: {left_out}; --pdf prints it anew, which needs the Chromium that has printed it"
    if older := [name for name in editions_of(site) if name != edition]:
        yield f"not compared: {len(older)} other editions, {older[-1]} the newest of them; their sources stand at their own addresses"
    if site.listed is None:
        yield "on the web only those files can be looked for that the sources give; nobody can list what else is published"


def _other(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield in what this machine is another than the one that has built a site."""
    if engine := other_engine(files):
        yield f"another engine has built it: {len(engine)} of its files differ from those here, {engine[0]} the first of them"
    if packages := other_packages(files):
        yield f"other packages are here than its lock names: {'; '.join(packages[:3])}{' and others' if len(packages) > 3 else ''}"


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()
