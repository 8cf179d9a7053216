"""Tables that can be read on a narrow screen, where each cell stands on a line of its own: every cell says which column it belongs to."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from sphinx.application import Sphinx

_TABLE = re.compile(r"<table\b[^>]*\bclass=\"[^\"]*\b(?:evidence|table)\b.*?</table>", re.DOTALL)
_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b(?![^>]*data-column)")
_TAG = re.compile(r"<[^>]+>")


def connect(app: Sphinx) -> None:
    """Label the tables of each page when its HTML is made, after all else that writes tables."""
    app.connect("html-page-context", _label, priority=800)


def _label(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        context["body"] = _TABLE.sub(lambda table: labelled(table[0]), context["body"])


def labelled(table: str) -> str:
    """Return the HTML of a table whose cells name their columns in `data-column`; a table without a head, or one in it, is left as it is.

    Example:
        >>> labelled('<table><thead><tr><th>Place</th></tr></thead><tbody><tr><td>Hull</td></tr></tbody></table>')
        '<table><thead><tr><th>Place</th></tr></thead><tbody><tr><td data-column="Place">Hull</td></tr></tbody></table>'
    """
    head, end, body = table.partition("</thead>")
    columns = [escape(unescape(_TAG.sub("", text)).strip()) for text in _HEADER.findall(head)]
    if not columns or "<table" in body:
        return table
    return head + end + _ROW.sub(lambda row: _row(row[0], columns), body)


def _row(row: str, columns: list[str]) -> str:
    """Return a row with its cells labelled in order; cells beyond the last column are left as they are."""
    left = iter(columns)

    def named(cell: re.Match[str]) -> str:
        column = next(left, "")
        return f'{cell[0]} data-column="{column}"' if column else cell[0]

    return _CELL.sub(named, row)
