"""The parts of documents that office programs write, which are XML in an archive: nothing of them runs, fetches or unpacks without end."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from evidence.errors import SourceError

LARGEST = 60_000_000
"""Bytes that the parts of a document may have when they are unpacked; a long report has a twentieth of that."""
MOST_TAGS = 2_700_000
"""Tags and attributes of these, each of which takes hundreds of bytes in memory; the fullest table that is read has two and a half million."""
UNREADABLE = (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)
"""What an archive that is broken, locked or none makes of its reader."""


class Packed(zipfile.ZipFile):
    """An archive whose parts together unpack to no more than one of them may: a document names as many as it likes, and one again and again."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._name = path.name
        self._bytes, self._tags = LARGEST, MOST_TAGS

    def part(self, name: str) -> ElementTree.Element:
        """Return a part of a document.

        Args:
            name: Name of the part.

        Raises:
            SourceError: If it unpacks to more than is left, is no XML, or declares what a document never does.
            KeyError: If there is none; and whatever else is in `UNREADABLE`.
        """
        with self.open(name) as file:
            content = file.read(self._bytes + 1)
        self._take(name, content)
        try:
            _refuse_declarations(content)
            return ElementTree.fromstring(content)
        except (expat.ExpatError, ElementTree.ParseError, RecursionError) as error:
            raise SourceError(f"{self._name}: {name} is no XML ({error}). Save the document anew.") from None
        except _DeclaresError:
            raise SourceError(f"{self._name}: {name} declares entities, which no office program writes, so it is not read.") from None

    def _take(self, name: str, content: bytes) -> None:
        self._bytes, self._tags = self._bytes - len(content), self._tags - _tags(content)
        if min(self._bytes, self._tags) < 0:
            told = f"unpacks to more than {LARGEST:,} bytes, or {MOST_TAGS:,} tags and attributes, with what is read before it"
            raise SourceError(f"{self._name}: {name} {told}, so it is not read. Store the text of the report instead.")


def _tags(content: bytes) -> int:
    """Return how many tags open in XML, and attributes they have, at the most."""
    return content.count(b"<") - content.count(b"</") + content.count(b"=")


class _DeclaresError(Exception):
    pass


def _refuse_declarations(content: bytes) -> None:
    """Let no document type through, for all that multiplies or fetches in XML is declared in one."""

    def refuse(*_declared: object) -> None:
        raise _DeclaresError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
