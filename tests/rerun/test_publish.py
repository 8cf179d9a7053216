"""Published editions: put a test here when an address must live on, or a reader of an old edition must be told something."""

import json

import pytest

from evidence import editions, paths
from evidence.catalog import load
from evidence.errors import EditionError, WriteError
from evidence.ledger import edition_name
from evidence.ledger.succession import FATES, NOTICE, entry_mark, fates


def figure(identifier, shown, period="2026", stated=None):
    return {"id": identifier, "source": "demos", "shown": shown, "stated": stated or shown, "period": period}


def ledger(name, *figures, aliases=(), ranges=()):
    day = name[:10]
    return {"edition": {"name": name, "date": day, "as_of": ""}, "figures": list(figures), "ranges": list(ranges), "aliases": list(aliases)}


OLD = ledger(
    "2026-04-30-aaaa",
    figure("sme.any", "68%"),
    figure("sme.same", "500"),
    figure("sme.former", "21%"),
    figure("sme.gone", "5%"),
    figure("growth.low", "£1 billion", stated="£1 billion to £2 billion"),
    figure("growth.high", "£2 billion", stated="£1 billion to £2 billion"),
    ranges=[{"id": "growth", "low": "growth.low", "high": "growth.high"}],
)
NEW = ledger(
    "2026-11-21-bbbb",
    figure("sme.any", "71%"),
    figure("sme.same", "500"),
    figure("sme.finance", "21%"),
    figure("growth.low", "£1 billion", stated="£1 billion to £3 billion"),
    figure("growth.high", "£3 billion", stated="£1 billion to £3 billion"),
    aliases=[
        {"old": "sme.former", "new": "sme.finance", "date": "2026-06-01", "reason": "One name for money."},
        {"old": "sme.gone", "new": "", "date": "2026-06-01", "reason": "Asked <no> more."},
    ],
    ranges=[{"id": "growth", "low": "growth.low", "high": "growth.high"}],
)


def site(folder, content):
    (folder / "chapters").mkdir(parents=True)
    (folder / "ledger.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "index.html").write_text("front page", encoding="utf-8")
    links = "".join(f'<a data-evidence="figure {entry["id"]}">{entry["shown"]}</a>' for entry in content["figures"])
    (folder / "chapters" / "coordination.html").write_text(f"{NOTICE}<p>{links}</p>{FATES}", encoding="utf-8")
    entries = "".join(f"<dt>{entry['id']}{entry_mark(entry['id'])}</dt>" for entry in content["figures"])
    (folder / "chapters" / "ledger-demos.html").write_text(f"{NOTICE}{entries}{FATES}", encoding="utf-8")
    return folder


@pytest.fixture
def tree(tmp_path):
    """A published tree with an older and a newer edition."""
    editions.publish(site(tmp_path / "first", OLD), tmp_path / "public")
    editions.publish(site(tmp_path / "second", NEW), tmp_path / "public")
    return tmp_path / "public"


def told(tree, page):
    return (tree / "editions" / "2026-04-30-aaaa" / "chapters" / page).read_text(encoding="utf-8")


def test_what_became_of_a_figure_is_superseded_renamed_or_retired_and_else_nothing():
    found = fates(OLD, NEW)
    assert {key: (fate["state"], fate["now"]) for key, fate in found.items()} == {
        "sme.any": ("superseded", "71%, 2026"),
        "sme.former": ("renamed", "21%"),
        "sme.gone": ("retired", ""),
        "growth": ("superseded", "£1 billion to £3 billion, 2026"),
        "growth.high": ("superseded", "£3 billion, 2026"),
    }


def test_a_new_period_supersedes_even_at_the_same_number():
    found = fates(ledger("2026-01-01-a", figure("x", "5%", "2025")), ledger("2026-01-02-b", figure("x", "5%", "2026")))
    assert found["x"]["now"] == "5%, 2026"


def test_each_edition_keeps_its_address_and_the_newest_stands_at_the_root(tree):
    assert [entry["name"] for entry in json.loads((tree / "editions.json").read_text())] == ["2026-04-30-aaaa", "2026-11-21-bbbb"]
    for name in ("2026-04-30-aaaa", "2026-11-21-bbbb"):
        assert json.loads((tree / "editions" / name / "ledger.json").read_text())["edition"]["name"] == name
    assert json.loads((tree / "ledger.json").read_text())["edition"]["name"] == "2026-11-21-bbbb"


def test_a_page_of_the_older_edition_leads_to_the_same_page_of_the_newest(tree):
    page = told(tree, "coordination.html")
    assert 'A newer edition, of 2026-11-21, <a href="../../../chapters/coordination.html">' in page
    assert (tree / "editions" / "2026-04-30-aaaa" / "chapters" / "../../../chapters/coordination.html").exists()


def test_a_page_that_the_newest_edition_lacks_leads_to_its_front_page(tmp_path):
    first, second = site(tmp_path / "first", OLD), site(tmp_path / "second", NEW)
    (first / "chapters" / "dropped.html").write_text(NOTICE, encoding="utf-8")
    editions.publish(first, tmp_path / "public")
    editions.publish(second, tmp_path / "public")
    assert 'href="../../../chapters/index.html"' in told(tmp_path / "public", "dropped.html")


def test_the_entry_of_a_figure_says_what_became_of_it(tree):
    page = told(tree, "ledger-demos.html")
    assert '<a href="../../../chapters/ledger-demos.html#sme.any">71%, 2026</a>' in page
    assert (
        'Renamed: the newest edition states <a href="../../../chapters/ledger-demos.html#sme.finance">21%</a>. One name for money.' in page
    )
    assert "Retired in a newer edition. Asked &lt;no&gt; more." in page
    assert "<dt>sme.same<!--fate sme.same--><!--/fate--></dt>" in page


def test_the_cards_of_a_page_are_told_about_its_own_figures_only(tree):
    page = told(tree, "coordination.html")
    data = json.loads(page.partition('id="evidence-newer">')[2].partition("</script>")[0])
    assert data["edition"]["name"] == "2026-11-21-bbbb"
    assert set(data["figures"]) == {"sme.any", "sme.former", "sme.gone", "growth.high"}
    assert data["figures"]["sme.any"]["address"] == "../../../chapters/ledger-demos.html#sme.any"


def test_the_newest_edition_says_nothing_of_the_kind(tree):
    for folder in (tree, tree / "editions" / "2026-11-21-bbbb"):
        assert NOTICE in (folder / "chapters" / "coordination.html").read_text(encoding="utf-8")


def test_publishing_twice_changes_nothing(tree, tmp_path):
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    editions.publish(tmp_path / "second", tree)
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == before


def test_a_third_edition_replaces_what_the_second_announced(tree, tmp_path):
    third = ledger("2027-01-01-cccc", figure("sme.any", "74%"), aliases=NEW["aliases"])
    editions.publish(site(tmp_path / "third", third), tree)
    page = told(tree, "ledger-demos.html")
    assert "74%" in page and "71%" not in page and page.count("A newer edition") == 1


def test_a_folder_that_is_no_site_or_no_published_tree_is_left_alone(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")
    with pytest.raises(EditionError, match=r"no ledger\.json"):
        editions.publish(tmp_path / "home", tmp_path / "public")
    with pytest.raises(WriteError, match=r"home: holds letter\.txt, which no such command has put there"):
        editions.publish(site(tmp_path / "first", OLD), tmp_path / "home")
    assert (tmp_path / "home" / "letter.txt").read_text() == "mine"


def test_a_site_of_an_earlier_state_of_the_book_is_no_site_of_it(tmp_path):
    now = edition_name(load(), paths.chapters_dir())
    current = {**OLD, "edition": {**OLD["edition"], "name": now}}
    editions.check_current(site(tmp_path / "current", current))
    with pytest.raises(EditionError, match=rf"old: built of edition {OLD['edition']['name']}, and the book is edition {now} by now"):
        editions.check_current(site(tmp_path / "old", OLD))
