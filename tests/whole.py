"""The whole library of this book and what its gates find in the book, read once in a process: for tests that only read them.

A test that changes something loads a library of its own.
"""

from functools import cache

from evidence import paths
from evidence.audit import verdicts
from evidence.catalog import Library, load, schema
from evidence.gates import check_book, read_book
from evidence.statements import library_prose

LIBRARY = load()


def with_rows(**changed):
    """Return the library with other rows in the tables that are named; where the figures stay, they are not read anew."""
    library = Library({table.name: changed.get(table.name, LIBRARY.all_rows(table.name)) for table in schema.tables()})
    if "figures" not in changed:
        vars(library)["records"] = LIBRARY.records
    return library


@cache
def checked():
    """Return what the check of the sentences finds in the book."""
    return check_book(LIBRARY, paths.chapters_dir())


@cache
def judged():
    """Return the verdicts of all figures."""
    return verdicts(LIBRARY)


@cache
def passages():
    """Return every passage of the book, with the prose of its library."""
    return [*read_book(paths.chapters_dir()), *library_prose(LIBRARY)]


@cache
def numbers():
    """Return each link to a figure in running text, with its passage."""
    return [
        (passage, link) for passage in passages() for link in passage.block.links if link.scheme == "figure" and not passage.block.heading
    ]
