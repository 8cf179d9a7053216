"""What a PDF says of itself: title, authors, date; and nothing of the moment or the machine it was printed on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

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
    whole = {_squeezed(heading): " ".join(heading.split()) for heading in headings}
    root, changed = reader.root_object, {}
    for number, line in _lines(root.get("/Outlines", {})):
        title = str(line["/Title"])
        line[NameObject("/Title")] = TextStringObject(whole.get(_squeezed(title), title))
        changed[number] = line
    root[NameObject("/Lang")] = TextStringObject(imprint.language)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    changed[reader.trailer.raw_get("/Root").idnum] = root
    changed[reader.trailer.raw_get("/Info").idnum] = _information(imprint)
    return renumbered(_with_objects(printed, reader, changed))


def _information(imprint: Imprint) -> DictionaryObject:
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", DEFAULT_EPOCH)), UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    told = {
        "/Title": imprint.title,
        "/Author": imprint.authors,
        "/Subject": imprint.edition_line,
        "/Creator": imprint.name,
        "/Producer": PRODUCER,
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    return DictionaryObject({NameObject(name): TextStringObject(text) for name, text in told.items()})


def _with_objects(printed: bytes, reader: PdfReader, changed: dict[int, PdfObject]) -> bytes:
    """Return a PDF with other objects in place of those of their numbers, and its table of what stands where written anew.

    All other objects stay the bytes they are: to read and write each of the hundred thousand of a book would take longer than to print it.
    """
    stands, table = dict(reader.xref[0]), int(printed[printed.rindex(b"startxref") :].split()[1])
    order = sorted(stands, key=lambda number: stands[number])
    ends = [stands[number] for number in order[1:]] + [table]
    out = BytesIO()
    out.write(printed[: stands[order[0]]])
    for number, end in zip(order, ends, strict=True):
        start, stands[number] = stands[number], out.tell()
        if number in changed:
            out.write(b"%d 0 obj\n" % number)
            changed[number].write_to_stream(out)
            out.write(b"\nendobj\n")
        else:
            out.write(printed[start:end])
    table, size = out.tell(), max(order) + 1
    rows = [b"%010d 00000 n \n" % stands[number] if number in stands else b"0000000000 65535 f \n" for number in range(size)]
    out.write(b"xref\n0 %d\n%b" % (size, b"".join(rows)))
    trailer = {NameObject(name): reader.trailer.raw_get(name) for name in ("/Root", "/Info")} | {NameObject("/Size"): NumberObject(size)}
    out.write(b"trailer\n")
    DictionaryObject(trailer).write_to_stream(out)
    out.write(b"\nstartxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


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


def _lines(outline: Any) -> Iterator[tuple[int, Any]]:
    """Yield each line of an outline with the number of its object, at whatever depth."""
    place = outline.raw_get("/First") if "/First" in outline else None
    while place is not None:
        line = place.get_object()
        yield place.idnum, line
        yield from _lines(line)
        place = line.raw_get("/Next") if "/Next" in line else None
