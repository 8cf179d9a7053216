"""Write a table book: as one page of HTML without scripts, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from evidence.markup import Html, html, joined
from evidence.survey.tables.contents import NOTES, Contents, base_rows, interval, label, number
from evidence.survey.tables.crosstabs import BannerColumn, QuestionTable

_STYLE = Html(
    "body{font:16px/1.45 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse;margin:.4rem 0 2.2rem;font-size:.9rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;font-weight:600;padding:.2rem 0}th,td{padding:.25rem .6rem;text-align:right;border-top:1px solid #ddd}"
    "th:first-child{text-align:left;font-weight:400}thead th{border:0;border-bottom:2px solid #1b1b1b;vertical-align:bottom;font-weight:600}"
    ".base th,.base td{color:#555;font-size:.85rem}.scroll{overflow-x:auto}dt{font-weight:600}dd{margin:0 0 .5rem}.gap{color:#a40000}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}th,td{border-color:#444}thead th{border-color:#eee}.base th,.base td{color:#aaa}.gap{color:#ff8a80}}"
)


def as_html(told: Contents) -> str:
    """Return a table book as a page that needs no scripts and fetches nothing."""
    items = joined(
        html("<dt>{}</dt><dd{}>{}</dd>", item.name, Html("" if item.told else ' class="gap"'), item.told or "not told")
        for item in told.told
    )
    notes = joined(html("<p>{}</p>", note) for note in NOTES)
    tables = joined(_question(table, place, told.book.columns) for place, table in enumerate(told.book.tables, 1))
    log = joined(html("<li>{}</li>", line) for line in told.log)
    return str(
        html(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{}</title>'
            "<style>{}</style></head><body><h1>{}</h1><h2>What this survey is</h2><dl>{}</dl>{}<h2>Tables</h2>{}{}"
            "<h2>What was done to the answers</h2><ul>{}</ul></body></html>",
            *(told.title, _STYLE, told.title, items, notes, tables, _margins(told), log),
        )
    )


def _question(table: QuestionTable, place: int, columns: tuple[BannerColumn, ...]) -> Html:
    head = joined(html('<th scope="col">{}</th>', _head(column)) for column in columns)
    rows = joined(
        html(
            '<tr><th scope="row">{}</th>{}</tr>',
            label(table, at),
            joined(
                html('<td title="{}">{}</td>', interval(cell), number(cell, marks))
                for cell, marks in zip(row.cells, row.letters, strict=True)
            ),
        )
        for at, row in enumerate(table.rows)
    )
    bases = joined(
        html('<tr class="base"><th scope="row">{}</th>{}</tr>', name, joined(html("<td>{}</td>", text) for text in texts))
        for name, texts in base_rows(table)
    )
    caption = f"Table {place}. {table.wording}"
    return html(
        '<div class="scroll"><table><caption>{}<br><small>{}</small></caption><thead><tr><th></th>{}</tr></thead><tbody>{}{}</tbody></table></div>',
        *(caption, table.asked, head, bases, rows),
    )


def _head(column: BannerColumn) -> str:
    return f"{column.banner}: {column.category} ({column.letter})" if column.banner else "All"


def _margins(told: Contents) -> Html:
    if not told.margins:
        return Html("")
    rows = joined(
        html(
            '<tr><th scope="row">{}: {}</th>{}</tr>',
            row["column"],
            row["category"],
            joined(html("<td>{}</td>", text) for text in _percents(row)),
        )
        for row in told.margins
    )
    head = joined(html('<th scope="col">{}</th>', name) for name in ("Margin", "Population", "Before raking", "After raking"))
    return html("<h2>Weighting</h2><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, rows)


def _percents(row: dict[str, str | float]) -> list[str]:
    return [f"{row[name]:.1f}%" for name in ("population", "before", "after")]


def as_workbook(told: Contents) -> bytes:
    """Return a table book as a workbook; every cell is text, so that nothing in it is run as a formula."""
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    first.title = "Survey"
    _fill(first, [[told.title], [], *([item.name, item.told or "not told"] for item in told.told), [], *([note] for note in NOTES)])
    _fill(
        book.create_sheet("Contents"),
        [["Table", "Question", "Asked"], *([f"Table {place}", one.wording, one.asked] for place, one in _numbered(told))],
    )
    for place, table in _numbered(told):
        _fill(book.create_sheet(f"Table {place}"), _grid(table, place, told.book.columns))
    if told.margins:
        rows = [[f"{row['column']}: {row['category']}", *_percents(row)] for row in told.margins]
        _fill(book.create_sheet("Weighting"), [["Margin", "Population", "Before raking", "After raking"], *rows])
    _fill(book.create_sheet("Log"), [[line] for line in told.log])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _numbered(told: Contents) -> Iterator[tuple[int, QuestionTable]]:
    return enumerate(told.book.tables, 1)


def _grid(table: QuestionTable, place: int, columns: tuple[BannerColumn, ...]) -> Iterator[list[str]]:
    yield [f"Table {place}. {table.wording}"]
    yield [table.asked]
    yield ["", *map(_head, columns)]
    for name, texts in base_rows(table):
        yield [name, *texts]
    for at, row in enumerate(table.rows):
        yield [label(table, at), *(number(cell, marks) for cell, marks in zip(row.cells, row.letters, strict=True))]
        yield ["  interval", *map(interval, row.cells)]


def _fill(sheet: Any, rows: Iterable[list[str]]) -> None:
    for at, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(at, place, text)
            cell.data_type = "s"
    sheet.column_dimensions["A"].width = 44
