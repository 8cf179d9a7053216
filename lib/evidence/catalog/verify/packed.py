"""The parts of documents that office programs write, which are XML in an archive: nothing of them runs, fetches or unpacks without end."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from evidence.errors import SourceError

LARGEST = 60_000_000
"""Bytes that a part of a document may have when it is unpacked; a long report has a twentieth of that."""
MOST_TAGS = 3_000_000
"""Tags of such a part, each of which takes a hundred bytes and more in memory; the fullest table that is read has two thirds of that."""
UNREADABLE = (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)
"""What an archive that is broken, locked or none makes of its reader."""


def unpacked(path: Path, archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return a part of a document.

    Args:
        path: The document, for messages.
        archive: The document, opened.
        name: Name of the part.

    Raises:
        SourceError: If it unpacks to more than it may, is no XML, or declares what a document never does.
        KeyError: If there is none; and whatever else is in `UNREADABLE`.
    """
    with archive.open(name) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST or content.count(b"<") > MOST_TAGS:
        raise SourceError(
            f"{path.name}: {name} unpacks to more than {LARGEST:,} bytes, or {MOST_TAGS:,} tags, so it is not read. Store the text of the report instead."
        )
    try:
        _refuse_declarations(content)
        return ElementTree.fromstring(content)
    except (expat.ExpatError, ElementTree.ParseError, RecursionError) as error:
        raise SourceError(f"{path.name}: {name} is no XML ({error}). Save the document anew.") from None
    except _DeclaresError:
        raise SourceError(f"{path.name}: {name} declares entities, which no office program writes, so it is not read.") from None


class _DeclaresError(Exception):
    pass


def _refuse_declarations(content: bytes) -> None:
    """Let no document type through, for all that multiplies or fetches in XML is declared in one."""

    def refuse(*_declared: object) -> None:
        raise _DeclaresError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
