"""`retire` and `remove`: a record or a chapter that ends, with what stands or falls with it; its address says what became of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from evidence.catalog import schema
from evidence.catalog.declaration import LINK, PAGES, Table
from evidence.catalog.wordings import SHOWN, as_read
from evidence.errors import ScaffoldError
from evidence.problems import Problem
from evidence.refactor.draft import Draft
from evidence.refactor.mentions import ANY, Mention, in_cell, table_of
from evidence.refactor.renaming import found, naming
from evidence.scaffold.contents import without

Node = tuple[str, str]
"""A record by its table and id, a series, or a page by `pages` and its name."""


def retire(draft: Draft, kind: str, name: str, reason: str, instead: str = "") -> None:
    """Let a record end, with the rows that are about it alone, and the cells that do no more than show it.

    Args:
        draft: The book as it is to become.
        kind: One of `schema.RENAMED`, but no chapter.
        name: Its name.
        reason: Why, for readers.
        instead: Record of the same kind that takes its place wherever it is named; none where empty.

    Raises:
        ScaffoldError: If there is no such record, or something still rests on it.
    """
    named, known = found(draft, kind, name), draft.known()
    ended = {(named.table, name)}
    draft.expect([name])
    if instead:
        found(draft, kind, instead)
        _drop(draft, ended)
        draft.replace(naming(named.table, {name: instead}, known))
    else:
        if kind == "source":
            ended |= {(table.name, row["id"]) for table, _, _, row in draft.all_rows() if "id" in row and row.get("source") == name}
        _drop(draft, ended)
        _drop_cells(draft, ended)
        _refuse_used(draft, ended, known)
    for table, identifier in sorted(ended):
        if table[:-1] in schema.RENAMED:
            draft.add_alias(table[:-1], identifier, instead, reason)


def _refuse_used(draft: Draft, ended: set[Node], known: dict[str, set[str]]) -> None:
    remedy = "Take it out there first, or name with --instead what takes its place."
    used = [
        Problem(place, f"rests on {name}.", remedy)
        for table, name in sorted(ended)
        for place in draft.places(table, name, known)
        if not place.file.endswith((f"/{schema.ALIASES.path}", f"/{schema.HISTORY.path}"))
    ]
    if used:
        raise ScaffoldError([*used, "Nothing was written."])


def _drop(draft: Draft, ended: set[Node]) -> None:
    """Let the rows of records end, and those that belong to one of them."""

    def kept(table: Table, _file: str, row: dict[str, str]) -> dict[str, str] | None:
        return None if _owner(table, row) in ended else row

    draft.change_rows(kept)


def _drop_cells(draft: Draft, ended: set[Node]) -> None:
    """Take the cells out of chapters that do no more than show a record that ends, such as `chapter.chart("firms.size")`."""
    shown = {f'chapter.{table[:-1]}("{name}")' for table, name in ended}
    for page in draft.notebooks():
        notebook = draft.notebook(page)
        cells = [cell for cell in notebook["cells"] if "".join(cell["source"]).strip() not in shown]
        if len(cells) != len(notebook["cells"]):
            draft.write_notebook(page, notebook | {"cells": cells})


def remove_chapter(draft: Draft, name: str, reason: str) -> None:
    """Take a chapter out of the book, with the records that nothing else needs, and let its address tell so.

    Args:
        draft: The book as it is to become.
        name: Its name.
        reason: Why, for readers.

    Links of other pages that lead to it become plain words.

    Raises:
        ScaffoldError: If there is no such chapter, the code of the book leads to it, or others stand below it.
    """
    found(draft, "chapter", name)
    known = draft.known()
    ended = _only_for(draft, name, known)
    worded = _worded(draft, draft.page(name))
    draft.write("_toc.yml", without(draft.read("_toc.yml"), name))
    (draft.folder / draft.page(name)).unlink()
    _unlink(draft, name)
    if leading := [place for place in draft.places(PAGES, name, known) if not place.file.endswith(".csv")]:
        remedy = "Take that out, or let it lead elsewhere."
        raise ScaffoldError([*(Problem(place, f"leads to {name}.", remedy) for place in leading), "Nothing was written."])
    draft.expect([name, *(identifier for _, identifier in ended)])
    _drop(draft, ended)
    _drop_wordings(draft, worded)
    draft.change_rows(lambda table, _, row: None if name in (row[c.name] for c in table.columns if c.mentions == PAGES) else row)
    draft.add_alias("chapter", name, "", reason)
    for table, identifier in sorted(ended):
        if table[:-1] in schema.RENAMED:
            draft.add_alias(table[:-1], identifier, "", reason)


Worded = tuple[str, str, str]
"""A link to a claim or finding: its scheme, its target, and its words as they are read."""


def _worded(draft: Draft, file: str) -> set[Worded]:
    """Return the links to claims and findings of a page."""
    text = draft.read(file)
    prose = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"]) if file.endswith(".ipynb") else text
    return {(scheme, target, as_read(words)) for words, scheme, target in LINK.findall(prose)}


def _drop_wordings(draft: Draft, gone: set[Worded]) -> None:
    """Let the declared wordings end that stood in a page which is gone, unless another page or the library's own prose has them too."""
    there = set().union(*(_worded(draft, draft.page(page)) for page in draft.pages()))
    there |= {
        (scheme, target, as_read(words))
        for table, _, _, row in draft.all_rows()
        for column in table.columns
        if column.prose
        for words, scheme, target in LINK.findall(row[column.name])
    }
    there |= {
        ("claim", row["id"], as_read(row[column])) for table, _, _, row in draft.all_rows() if table.name == "claims" for column in SHOWN
    }

    def kept(table: Table, _file: str, row: dict[str, str]) -> dict[str, str] | None:
        stood = table.name == "wordings" and (row["scheme"], row["target"], as_read(row["wording"]))
        return None if stood and stood in gone - there else row

    draft.change_rows(kept)


def _unlink(draft: Draft, page: str) -> None:
    """Leave the words of links that lead to a page, and take the links out."""
    link = re.compile(rf"\[([^\]]*)\]\((?:chapters/)?{re.escape(page)}\.(?:ipynb|md)(?:#[\w.-]+)?\)")
    for file in (file for file, _ in draft.texts() if file.endswith(".md")):
        if (text := link.sub(r"\1", before := draft.read(file))) != before:
            draft.write(file, text)
    for other in draft.notebooks():
        draft.write_sources(other, lambda text: link.sub(r"\1", text))


def _only_for(draft: Draft, page: str, known: dict[str, set[str]]) -> set[Node]:
    """Return the records that only one page needs: those it leads to, but for what the rest of the book leads to as well."""
    needs = _needs(draft, known)
    own = _reached(needs, [(PAGES, page)]) - {(PAGES, page)}
    pages = [(PAGES, other) for other in draft.pages() if other != page]
    outside = [node for node in needs if node[0] not in (PAGES, "series") and node not in own]
    kept = _reached(needs, [*pages, *outside])
    return {node for node in own - kept if node[0] not in (PAGES, "series")}


def _reached(needs: dict[Node, set[Node]], start: Iterable[Node]) -> set[Node]:
    seen, ahead = set(), list(start)
    while ahead:
        if (node := ahead.pop()) not in seen:
            seen.add(node)
            ahead += needs.get(node, ())
    return seen


def _needs(draft: Draft, known: dict[str, set[str]]) -> dict[Node, set[Node]]:
    """Return what each record, series and page of the book needs; what the package and the codebooks name is needed by a page `lib`."""
    needs: dict[Node, set[Node]] = defaultdict(set)
    records = [(table, row) for table, _, _, row in draft.all_rows()]
    for table, row in records:
        owner = _owner(table, row)
        named = chain.from_iterable(in_cell(table, column, row) for column in table.columns if row[column.name])
        met = {node for mention in named for node in _nodes(mention, known)} - {owner}
        met |= {("series", name) for name in row["series"].split()} if table.name == "charts" else set()
        if table not in (schema.ALIASES, schema.HISTORY, schema.NOTICES, schema.ALLOWED):
            needs[owner] |= {node for node in met if node[0] != PAGES}
        if table.name == "figures" and row["series"]:
            needs["series", row["series"]].add(owner)
        if "id" in row:
            _begin_so(needs, (table.name, row["id"]))
    for file, finder in draft.texts():
        page = file.removeprefix("chapters/").removesuffix(".md") if file.startswith("chapters/") else "lib"
        needs[PAGES, page] |= {node for m in finder(draft.read(file)) for node in _nodes(m, known) if node[0] != PAGES}
    for page in draft.notebooks():
        texts = [(text, finder) for _, text, finder in draft.cells(page)]
        needs[PAGES, page] |= {node for text, finder in texts for m in finder(text) for node in _nodes(m, known) if node[0] != PAGES}
    needs[PAGES, "index"].add((PAGES, "lib"))
    return needs


def _begin_so(needs: dict[Node, set[Node]], node: Node) -> None:
    """Let what ids begin with need them all: the ends of a range, and findings that are shown by the first part of their ids."""
    table, name = node
    parts = name.split(".")
    for number in range(1, len(parts)):
        stem = ".".join(parts[:number])
        if table == "findings":
            needs["series", f"findings.{stem}"].add(node)
            needs[ANY, f"{stem}."].add(node)
        elif table == "figures" and parts[number:] in (["low"], ["high"]):
            needs["figures", stem].add(node)


def _owner(table: Table, row: dict[str, str]) -> Node:
    """Return the record that a row belongs to: itself, or where it has no id the first that its key names."""
    if "id" in row:
        return table.name, row["id"]
    for name in table.key:
        column = next(column for column in table.columns if column.name == name)
        if row[name] and (owner := column.reference or table_of(column, row) * column.mentions.startswith("@")):
            return owner, row[name]
    return table.name, "\0".join(row[name] for name in table.key)


def _nodes(mention: Mention, known: dict[str, set[str]]) -> list[Node]:
    if mention.table != ANY:
        return [(mention.table, mention.name)]
    return [(table, mention.name) for table in known.get(mention.name, {ANY})]
