"""What a PDF says of itself: title, authors, date; and nothing of the moment or the machine it was printed on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from evidence.editions.pdf.front import Imprint

DEFAULT_EPOCH = 1767225600
"""Seconds since 1970 that stand for the time of printing where `SOURCE_DATE_EPOCH` does not: the same as in the build of the site."""


def describe(printed: bytes, imprint: Imprint) -> bytes:
    """Return a PDF with title, authors, language and a fixed date, that opens with its outline shown.

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
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(imprint.language)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
