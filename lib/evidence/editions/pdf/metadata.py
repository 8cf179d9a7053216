"""What a PDF says of itself: title, authors, date; and nothing of the moment or the machine it was printed on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from evidence.editions.pdf.front import Imprint

_NODE = re.compile(rb"\(node\d{8}\)")
_ESCAPED = re.compile(rb"\\([0-3][0-7]{2})")
"""A character of a PDF's text by its octal number, as pypdf writes all but letters, digits and spaces."""

PRODUCER = "evidence, from Chromium's print"
"""What a PDF says it was produced by; how it is known as ours when it is to be replaced."""

DEFAULT_EPOCH = 1767225600
"""Seconds since 1970 that stand for the time of printing where `SOURCE_DATE_EPOCH` does not: the same as in the build of the site."""


def describe(printed: bytes, imprint: Imprint, headings: Iterable[str]) -> bytes:
    """Return a PDF with title, authors, language and a fixed date, that opens with its outline shown.

    Args:
        printed: The PDF as Chromium printed it.
        imprint: What the book is.
        headings: Texts of its headings; Chromium drops the space where a heading is broken into lines, and they give it back.

    Source:
        `SOURCE_DATE_EPOCH` is specified at https://reproducible-builds.org/specs/source-date-epoch/.
    """
    reader = PdfReader(BytesIO(printed))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", DEFAULT_EPOCH)), UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": imprint.title,
        "/Author": imprint.authors,
        "/Subject": imprint.edition_line,
        "/Creator": imprint.name,
        "/Producer": PRODUCER,
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    root = writer.root_object
    whole = {_squeezed(heading): " ".join(heading.split()) for heading in headings}
    for line in _lines(root.get("/Outlines", {})):
        title = str(line["/Title"])
        line[NameObject("/Title")] = TextStringObject(whole.get(_squeezed(title), title))
    root[NameObject("/Lang")] = TextStringObject(imprint.language)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    out = BytesIO()
    writer.write(out)
    return renumbered(out.getvalue())


def is_ours(content: bytes) -> bool:
    """Return whether a file is a PDF that this library has written, by what it says of itself."""
    return content.startswith(b"%PDF") and PRODUCER.encode() in _ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), content)


def renumbered(printed: bytes) -> bytes:
    """Return a PDF whose cells of tables are named by their order alone, at no other length.

    Chromium names them by numbers that it also gives to what is not printed, and how much that is differs from print to print.
    """
    names = {name: b"(node%08d)" % number for number, name in enumerate(sorted(set(_NODE.findall(printed))), 1)}
    return _NODE.sub(lambda found: names[found.group()], printed)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(outline: Any) -> Iterator[Any]:
    """Yield each line of an outline, at whatever depth."""
    line = outline.get("/First")
    while line is not None:
        line = line.get_object()
        yield line
        yield from _lines(line)
        line = line.get("/Next")
