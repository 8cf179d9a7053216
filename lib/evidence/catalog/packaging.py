"""The data library in its committed form: tables written one way only, and the descriptions for machines that follow from their declaration."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from evidence.catalog import schema
from evidence.catalog.declaration import Column, Table
from evidence.catalog.gazetteer import coordinates
from evidence.catalog.patterns import DATE
from evidence.catalog.rows import csv_text, read_rows, standing, table_files
from evidence.paths import read_text
from evidence.settings import licence, short_name, title

PACKAGE, SCHEMAS = "datapackage.json", "schemas"
CODEBOOKS, PLACES = "codebooks", "places"
"""Folders of a data library beside its tables: the codebooks of surveys, and place data with the manifest that names them."""
TAKEN = "taken.csv"
"""The table that says, in a library that keeps place data for good, which of a producer's cells they are."""
_PASSING = re.compile(r"\.~lock\..*#|\.DS_Store|\..*\.sw[a-p]|\..*\.\d+")
"""Names of what programs leave beside a file that is open."""


def canonical_files(data_dir: Path, only: Set[Path] | None = None) -> dict[Path, str]:
    """Return the files of a data library in their committed form, by path below the folder.

    Tables keep the order of their rows, but for those that are ordered by their key, which have no row twice, and lose what a spreadsheet adds: a
    byte order mark, other line ends, needless quotation marks.
    Coordinates come from the gazetteer, whatever was typed. The Frictionless data package and one JSON Schema a table are made from the declaration.

    Args:
        data_dir: Folder of the data library.
        only: The files of tables that are asked for; all when None.

    Raises:
        DataError: If a table cannot be read.
    """
    files: dict[Path, str] = {}
    tables = [(path, path.relative_to(data_dir), table) for table in schema.tables() for path in table_files(data_dir, table)]
    for path, name, table in tables:
        if only is None or name in only:
            files[name] = csv_text(_sorted(_located(read_rows(path, f"data/{name.as_posix()}", table.names)), table))
    files[Path(PACKAGE)] = _json(data_package([name for _, name, _ in tables], _kept(data_dir)))
    files |= {Path(SCHEMAS) / f"{table.name}.schema.json": _json(json_schema(table)) for table in schema.tables()}
    return files


def package_with(data_dir: Path, further: Path) -> str:
    """Return the description of a data library that is to have a further table, whose path below its folder is given."""
    tables = {path.relative_to(data_dir) for table in schema.tables() for path in table_files(data_dir, table)}
    return _json(data_package([*tables, further], _kept(data_dir)))


def declared_files(data_dir: Path) -> list[Path]:
    """Return the files of a data library that are published, below its folder, in order: those it declares, no links and nothing hidden."""
    return [name for name in _declared(data_dir) if not _linked(data_dir, name) and (data_dir / name).is_file()]


def strays(data_dir: Path) -> Iterator[tuple[Path, str]]:
    """Yield what a data library holds beside what it declares, below its folder, and what each is: a link, hidden, or a stray file."""
    declared = set(_declared(data_dir))
    for path in sorted(data_dir.rglob("*")):
        name = path.relative_to(data_dir)
        if path.is_symlink():
            yield name, "a link"
        elif _linked(data_dir, name) or path.is_dir() or _PASSING.fullmatch(path.name):
            continue
        elif any(part.startswith(".") for part in name.parts):
            yield name, "a hidden file"
        elif name not in declared:
            yield name, "a file"


def _declared(data_dir: Path) -> list[Path]:
    tables = [path.relative_to(data_dir) for table in schema.tables() for path in table_files(data_dir, table)]
    made = [Path(PACKAGE), *(Path(SCHEMAS) / f"{table.name}.schema.json" for table in schema.tables())]
    books = [path.relative_to(data_dir) for path in (data_dir / CODEBOOKS).glob("*.toml")]
    named = [name for name in [*tables, *made, *books, *_place_files(data_dir)] if not any(part.startswith(".") for part in name.parts)]
    return sorted(name for name in set(named) if (data_dir / name).exists())


def _place_files(data_dir: Path) -> list[Path]:
    """Return the manifest of place data, the files it names, and what says where they were taken from."""
    manifest = data_dir / PLACES / "manifest.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", errors="replace", newline="") as stream:
        named = [row[0] for row in csv.reader(stream) if row]
    files = [
        manifest.name,
        *(name for name in named[1:] if name == Path(name).name),
        *([TAKEN] if (data_dir / PLACES / TAKEN).exists() else []),
    ]
    return [Path(PLACES) / name for name in files]


def _linked(data_dir: Path, name: Path) -> bool:
    return any((data_dir / part).is_symlink() for part in (name, *name.parents) if part != Path())


def differing(data_dir: Path, files: dict[Path, str] | None = None) -> dict[Path, str]:
    """Return the files of a data library that are not in their committed form, with the text they should have.

    Args:
        data_dir: Folder of the data library.
        files: What `canonical_files` gives for it, where that is known.
    """
    wanted = canonical_files(data_dir) if files is None else files
    return {name: text for name, text in wanted.items() if _bytes(data_dir / name) != text.encode()}


def as_merged(data_dir: Path, name: Path) -> bool:
    """Return whether a file of a data library is a table in the order of its keys, of which each row is in its committed form.

    Merges leave such a table in another order, and with rows twice; it is read alike, and `evidence format` puts it in order.

    Args:
        data_dir: Folder of the data library.
        name: The file, below it.
    """
    table = next((table for table in schema.tables() if table.ordered and name.as_posix() == table.path), None)
    return table is not None and csv_text(read_rows(data_dir / name, f"data/{table.path}", table.names)).encode() == _bytes(data_dir / name)


def _kept(data_dir: Path) -> dict[Path, list[str]]:
    """Return the columns of each file with values of places that a library keeps for good."""
    folder = data_dir / PLACES
    found = sorted(folder.glob("*.csv")) if (folder / TAKEN).is_file() else []
    return {path.relative_to(data_dir): read_text(path).partition("\n")[0].split(",") for path in found}


def data_package(files: list[Path], kept: Mapping[Path, list[str]]) -> dict[str, Any]:
    """Return the Frictionless description of the library's tables.

    Args:
        files: The tables.
        kept: The columns of each file of values of places; a column of values is named for its year.

    Source:
        Data Package standard, https://datapackage.org/standard/data-package/
    """
    return {
        "name": short_name(),
        "title": f"{title()}: data library",
        "licenses": [licence()],
        "resources": [*(_resource(name) for name in sorted(files)), *(_values(*entry) for entry in kept.items())],
    }


def _values(name: Path, columns: list[str]) -> dict[str, Any]:
    """Return the description of a file of values of places."""
    return {
        "name": f"places-{name.stem}",
        "path": name.as_posix(),
        "description": "Values of places as their producers wrote them, and where they were taken from.",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": column, "type": "string"} for column in columns]},
    }


def json_schema(table: Table) -> dict[str, Any]:
    """Return the JSON Schema of a row of a table, every cell as text."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.about,
        "type": "object",
        "additionalProperties": False,
        "required": list(table.names),
        "properties": {column.name: _property(column) for column in table.columns},
    }


def _property(column: Column) -> dict[str, Any]:
    rule: dict[str, Any] = {"type": "string", "description": column.about}
    if column.allowed:
        return rule | {"enum": [*column.allowed, *([] if column.required else [""])]}
    if column.pattern:
        rule["pattern"] = f"^(?:{column.pattern}){'' if column.required else '?'}$"
    elif column.required:
        rule["minLength"] = 1
    return rule


def _resource(name: Path) -> dict[str, Any]:
    table = next(table for table in schema.tables() if name.as_posix() == table.path or name.parent.as_posix() == table.path)
    fields = [_field(column) for column in table.columns]
    keys = [
        {"fields": [c.name], "reference": {"resource": c.reference, "fields": ["id"]}}
        for c in table.columns
        if c.reference not in ("", "figures")
    ]
    described: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key)} | ({"foreignKeys": keys} if keys else {})
    short = name.stem if name.as_posix() == table.path else f"{table.name}-{name.stem}"
    return {
        "name": short,
        "path": name.as_posix(),
        "description": table.about,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    elif column.pattern and column.pattern != DATE:
        constraints["pattern"] = column.pattern
    kind = "date" if column.pattern == DATE else "string"
    return {"name": column.name, "type": kind, "description": column.about} | ({"constraints": constraints} if constraints else {})


def _located(rows: list[list[str]]) -> list[list[str]]:
    """Return rows with the coordinates of their settlement from the gazetteer, in tables that have such columns."""
    header = rows[0]
    if "settlement" not in header:
        return rows
    town, north, east = (header.index(name) for name in ("settlement", "latitude", "longitude"))
    for row in rows[1:]:
        country = row[header.index("country")] if "country" in header else ""
        row[north], row[east] = coordinates(row[town], country)
    return rows


def _sorted(rows: list[list[str]], table: Table) -> list[list[str]]:
    """Return rows in the order of the key, in tables that have one, without what a merge has left beside them."""
    if not table.ordered:
        return rows
    kept = standing([dict(zip(table.names, row, strict=True)) for row in rows[1:]], table)
    return [rows[0], *sorted((list(row.values()) for row in kept), key=lambda row: [row[table.names.index(name)] for name in table.key])]


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
