"""The sources of an edition as one file that its site publishes beside itself, so that anybody can build it again and compare."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from evidence import paths
from evidence.catalog.packaging import declared_files
from evidence.errors import EditionError
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.settings import setting, short_name

ABOUT = "sources.json"
"""File beside the pages that says how the site was built, and names the archive with a hash of each file in it."""

PROOFS = "proofs.json"
"""The register of proofs, at the root of a published site: who has proved which edition. It belongs to no edition, so no proof changes what it proves."""

ENGINE = "lib/evidence/"
"""Where the engine stands in an archive."""

_BOOK = ("_config.yml", "_toc.yml", "CITATION.cff", "README.md", "LICENSE", "CHANGELOG.md")
_SET_UP = ("Makefile", "requirements.txt", "lib/pyproject.toml", "lib/requirements")
"""What sets up a machine for the book: its own, else that of the engine."""
_CHAPTERS = (".ipynb", ".md", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: the same files give the same bytes on any day."""
_MOST_FILES, _MOST_BYTES = 20_000, 512 * 2**20
"""What an archive may hold: a hundred times what this engine and a book of some dozen chapters do."""


def archive_name() -> str:
    """Return the file name of the archive."""
    return f"{short_name()}-sources.zip"


def sources(book: Path, chapters: Path, data: Path) -> dict[str, bytes]:
    """Return every file that a site is built from, by its name below the book, the engine's own included.

    Args:
        book: The book.
        chapters: Its chapters, with the outputs that are published.
        data: Its data library.
    """
    package = setting("package", book)
    given = [(name, book / name) for name in (*_BOOK, *([f"lib/{package}"] if package else []))]
    given += [(name, book / name if (book / name).exists() else paths.ROOT / name) for name in _SET_UP]
    found = {name: path for top, place in given for name, path in _files(top, place)}
    found |= {f"chapters/{path.relative_to(chapters).as_posix()}": path for path in chapter_sources(chapters)}
    found |= {f"data/{name.as_posix()}": data / name for name in declared_files(data)}
    read = {name: path.read_bytes() for name, path in found.items()} | engine()
    return {name: read[name] for name in sorted(read)}


def engine() -> dict[str, bytes]:
    """Return the files of the engine that runs here, by their names in an archive."""
    return {name: path.read_bytes() for name, path in _files(ENGINE[:-1], paths.PACKAGE)}


def chapter_sources(chapters: Path) -> list[Path]:
    """Return the files of a folder of chapters that may be published: pages and pictures, no links and nothing hidden."""
    return [path for _, path in _files("", chapters) if path.suffix in _CHAPTERS]


def _files(top: str, place: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files at a place, or below it, by name: no links, nothing hidden, and nothing that Python or an installation leaves."""
    if place.is_symlink():
        return
    if place.is_file():
        yield top, place
    elif place.is_dir() and place.name != "__pycache__" and place.suffix != ".egg-info":
        for inner in sorted(place.iterdir()):
            if not inner.name.startswith("."):
                yield from _files(f"{top}/{inner.name}".lstrip("/"), inner)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip file, the same bytes for the same files: sorted names, one time, one mode."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(files):
            archive.writestr(_member(name), files[name])
    return stream.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def about(edition: str, built: Mapping[str, str], files: Mapping[str, bytes], archive: bytes) -> str:
    """Return the text of `sources.json`.

    Args:
        edition: Name of the edition.
        built: What the build was told beside the files: `site_url`, `as_of`, `pdf`, `source_date_epoch`.
        files: What is in the archive.
        archive: Its bytes.
    """
    held = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    told = {
        "edition": edition,
        "built": dict(built),
        "archive": archive_name(),
        "sha256": hashlib.sha256(archive).hexdigest(),
        "files": held,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read_about(content: bytes) -> dict[str, Any]:
    """Return what a `sources.json` tells: `edition`, `built`, `archive` and `sha256`.

    Raises:
        EditionError: If it is damaged.
    """
    try:
        told = parse_json(content)
        texts = [
            told["edition"],
            told["archive"],
            told["sha256"],
            *(told["built"][name] for name in ("site_url", "as_of", "pdf", "source_date_epoch")),
        ]
        if (
            not all(isinstance(text, str) and text.isprintable() for text in texts)
            or PurePosixPath(told["archive"]).name != told["archive"]
        ):
            raise ValueError("a name or an address in it is none")
    except (ValueError, KeyError, TypeError) as error:
        raise EditionError(
            Problem(Place(ABOUT), f"damaged: {error}.", "Prove the site by sources from elsewhere: --sources FOLDER")
        ) from None
    return dict(told)


def unzipped(archive: bytes, name: str) -> dict[str, bytes]:
    """Return the files in an archive by name.

    Args:
        archive: Its bytes.
        name: What it is called in a message.

    Raises:
        EditionError: If it is damaged, holds a name that leads out of it, or more than an archive of sources may.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            members = opened.infolist()
            if len(members) > _MOST_FILES or sum(member.file_size for member in members) > _MOST_BYTES:
                raise ValueError("it holds more than the sources of a book")
            if strange := next((member.filename for member in members if not is_inside(member.filename)), ""):
                raise ValueError(f"it holds {strange!r}, which leads out of it")
            return {member.filename: opened.read(member) for member in members if not member.is_dir()}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, zipfile.LargeZipFile) as error:
        raise _damaged(name, str(error)) from None
    except Exception as error:  # zlib.error and its like, which are no kind of the above
        raise _damaged(name, f"{type(error).__name__}: {error}") from None


def _damaged(name: str, why: str) -> EditionError:
    return EditionError(Problem(Place(name), f"damaged: {why}.", "Prove the site by sources from elsewhere: --sources FOLDER"))


def is_inside(name: str) -> bool:
    """Return whether a name of a file in an archive leads to a place below the folder it is unpacked in."""
    path = PurePosixPath(name)
    return name.isprintable() and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
