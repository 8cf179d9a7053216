"""The notice that readers see at a sentence which new data have overtaken, also where its number still holds."""

from types import SimpleNamespace

from test_holding import LIBRARY as SMALL
from test_holding import rows

from evidence.catalog import Library, schema
from evidence.site.links import led

LINK = '<a class="reference figure" href="ledger.html#firms.share">35%</a>'
TOLD = "it awaits its author]</span>"


def shown(page="page", text="35%"):
    """Return the link on a page of a book in which a notice is declared at 35% of `page`."""
    notice = {"page": "page", "kind": "figure", "target": "firms.share", "text": text, "since": "2026-02-01"}
    library = Library({table.name: SMALL.all_rows(table.name) for table in schema.tables()} | {"notices": rows("notices", notice)})
    figures = {"firms.share": {"verdict": "quoted"}}
    edition = SimpleNamespace(
        library=library, address=lambda _kind, name: f"x.html#{name}", figures=figures, renamed={}, ranges={}, ledger={}
    )
    return led(LINK, edition, page)


def test_a_declared_notice_is_shown_at_its_link_and_nowhere_else():
    assert TOLD in shown()
    assert TOLD not in shown(page="elsewhere")
    assert TOLD not in shown(text="34%")
