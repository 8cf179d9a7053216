"""`rename`: another name for a record or a chapter, wherever the book names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evidence.catalog import COMPUTED, schema
from evidence.catalog.declaration import PAGES
from evidence.catalog.library import unknown_id
from evidence.catalog.patterns import SLUG
from evidence.errors import ScaffoldError
from evidence.problems import Place, Problem
from evidence.refactor.draft import Draft
from evidence.refactor.mentions import ANY, Mention

_ENDS = (".low", ".high", ".interval.low", ".interval.high", ".interval")
_RENAMED = "It has a better name."


@dataclass(frozen=True, slots=True)
class Named:
    """A record or a chapter by its name.

    Attributes:
        kind: One of `schema.RENAMED`.
        name: Its name.
    """

    kind: str
    name: str

    @property
    def table(self) -> str:
        """The table of its kind, `pages` for a chapter."""
        return PAGES if self.kind == "chapter" else f"{self.kind}s"

    @property
    def pattern(self) -> str:
        """What its name must look like."""
        return SLUG if self.kind == "chapter" else next(c.pattern for c in schema.table(self.table).columns if c.name == "id")

    @property
    def place(self) -> Place:
        """Where it is declared."""
        return Place(f"chapters/{self.name}" if self.kind == "chapter" else f"data/{schema.table(self.table).path}")


def found(draft: Draft, kind: str, name: str) -> Named:
    """Return what bears a name.

    Raises:
        ScaffoldError: If nothing does, or the book would not be one without it.
    """
    named, known = Named(kind, name), draft.known()
    if named.table not in known.get(name, set()):
        near = unknown_id(name, [other for other, tables in known.items() if named.table in tables], kind)
        raise ScaffoldError(Problem(named.place, near.message, near.remedy, nearest=near.nearest))
    return named


def rename(draft: Draft, kind: str, old: str, new: str, reason: str = "") -> None:
    """Give a record or a chapter another name, everywhere, and let the old one lead on.

    The ends of a figure's range, and of its interval of confidence, follow it.

    Args:
        draft: The book as it is to become.
        kind: One of `schema.RENAMED`.
        old: Its name.
        new: The new one.
        reason: Why, for readers; a plain sentence where empty.

    Raises:
        ScaffoldError: If there is nothing of that name, or the new one is taken or malformed.
    """
    named, known = found(draft, kind, old), draft.known()
    _check_free(draft, named, new, known)
    names = _family(old, new, known) if kind == "figure" else {old: new}
    draft.expect(names)
    draft.replace(naming(named.table, names, known))
    _move_files(draft, kind, old, new)
    for one, other in names.items():
        draft.add_alias(kind, one, other, reason or _RENAMED)


def naming(table: str, names: dict[str, str], known: dict[str, set[str]]) -> Callable[[Mention], str | None]:
    """Return what gives a mention its new name, where it surely names a record of a table.

    Args:
        table: The table, `pages` for chapters.
        names: New name by old.
        known: The tables in which each name is borne.
    """

    def new_of(mention: Mention) -> str | None:
        sure = mention.table == table or (mention.table == ANY and known.get(mention.name) == {table})
        return names.get(mention.name) if sure else None

    return new_of


def _family(old: str, new: str, known: dict[str, set[str]]) -> dict[str, str]:
    """Return the names that change with a figure's: its own, and those of the ends of its range and of its interval."""
    pairs = [(f"{owner}{old}{end}", f"{owner}{new}{end}") for owner in ("", f"{COMPUTED}.") for end in (".interval", *_ENDS[:4])]
    if old.startswith(f"{COMPUTED}."):
        pairs = [pair for pair in pairs if not pair[0].startswith(f"{COMPUTED}.{COMPUTED}.")]
    return {old: new} | {one: other for one, other in pairs if "figures" in known.get(one, set())}


def _check_free(draft: Draft, named: Named, new: str, known: dict[str, set[str]]) -> None:
    if not re.fullmatch(named.pattern, new):
        remedy = (
            "Write lower-case words with hyphens"
            + (", joined by dots" if "." in named.pattern else "")
            + ". Digits may name a class, never a value."
        )
        raise ScaffoldError(Problem(named.place, f'"{new}" is no name for a {named.kind}.', remedy))
    if named.table in known.get(new, set()):
        raise ScaffoldError(Problem(named.place, f"there is a {named.kind} {new} already.", "Choose another name."))
    if named.kind == "source" and (draft.folder / "data" / "figures" / f"{new}.csv").exists():
        raise ScaffoldError(Problem(Place(f"data/figures/{new}.csv"), "there is such a file already.", "Choose another name."))
    for row in _aliases(draft):
        if row["old"] == new and (row["kind"] or "figure") == named.kind and row["new"] != named.name:
            to = f"leads to {row['new']}" if row["new"] else "was retired"
            told = f"{new} was the name of another {named.kind}, and {to} since {row['date']}."
            raise ScaffoldError(Problem(Place(f"data/{schema.ALIASES.path}"), told, "Choose another name."))


def _aliases(draft: Draft) -> Iterable[dict[str, str]]:
    return (row for file in draft.files(schema.ALIASES) for row in draft.rows(file, schema.ALIASES))


def _move_files(draft: Draft, kind: str, old: str, new: str) -> None:
    if kind == "chapter":
        file = draft.page(old)
        (draft.folder / file).rename(draft.folder / "chapters" / f"{new}{file[file.rindex('.') :]}")
        draft.stale, draft.shown = ({new if name == old else name for name in names} for names in (draft.stale, draft.shown))
    figures = draft.folder / "data" / "figures" / f"{old}.csv"
    if kind == "source" and figures.exists():
        figures.rename(figures.with_name(f"{new}.csv"))
