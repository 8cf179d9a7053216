"""Published editions: put a test here when an address must live on, or a reader of an old edition must be told something."""

import base64
import hashlib
import json
import os
import random
import re
import shutil
import zipfile

import pytest

from evidence import editions, paths
from evidence.catalog import load
from evidence.editions import archiving, deltas, earlier, leaning, parts, shelf
from evidence.editions.thinning import thinned
from evidence.errors import EditionError, WriteError
from evidence.ledger import archive, edition_name, single
from evidence.ledger.fates import fates
from evidence.ledger.succession import FATES, NOTICE, entry_mark


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
    assert "<dt>sme.same<!--fate sme.same--><!--/fate--><" in page


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


def full(name, **changed):
    """A ledger with one record of each kind, for what can become of it."""
    figure_ = figure("sme.any", "68%") | {
        **{"verdict": "quoted", "corrections": [], "doubt": "", "population": "SMEs", "place": "England", "unit": "percent", "note": ""},
        "places": [{"quote": "68% of SMEs."}],
    }
    claim = {"id": "long-tail", "holds": True, "beyond_chance": None, "states": "a long tail", "threshold": "It would fail if."}
    finding = {
        "id": "trust.low",
        "source": "demos",
        "statement": "Trust is low",
        "direction": "negative",
        "basis": "survey",
        "strength": "limited",
    }
    statement = {"kind": "figure", "target": "sme.any", "states": "68%", "sentence": "68% of SMEs.", "holds": True}
    parts = {"figure": figure_, "claim": claim, "finding": finding | {"quote": "Low trust.", "corrections": []}, "statement": statement}
    parts = {kind: part | changed.get(kind, {}) for kind, part in parts.items()}
    whole = ledger(name, parts["figure"])
    return whole | {
        "claims": [parts["claim"]],
        "findings": [parts["finding"]],
        "statements": [parts["statement"]],
        "history": changed.get("history", []),
    }


@pytest.mark.parametrize(
    ("changed", "key", "what"),
    [
        ({"figure": {"shown": "71%"}}, "sme.any", "value"),
        ({"figure": {"verdict": "differs"}}, "sme.any", "verdict"),
        ({"figure": {"corrections": ["sme.base"]}}, "sme.any", "correction"),
        ({"figure": {"population": "all firms"}}, "sme.any", "population"),
        ({"figure": {"place": "United Kingdom"}}, "sme.any", "place"),
        ({"figure": {"unit": "percentage points"}}, "sme.any", "unit"),
        ({"figure": {"places": [{"quote": "68% of firms."}]}}, "sme.any", "words of the source"),
        ({"statement": {"sentence": "68% of small firms."}}, "sme.any", "sentences of the book"),
        ({"statement": {"holds": False}}, "sme.any", "sentences of the book"),
        ({"claim": {"holds": False}}, "claim:long-tail", "value"),
        ({"finding": {"statement": "Trust is high"}}, "finding:trust.low", "value"),
        ({"finding": {"direction": "positive"}}, "finding:trust.low", "direction"),
    ],
)
def test_every_change_of_meaning_is_told(changed, key, what):
    old, new = full("2026-01-01-a"), full("2026-02-01-b", **changed)
    assert {found: [change["what"] for change in fate["changes"]] for found, fate in fates(old, new).items()} == {key: [what]}
    assert fates(old, full("2026-02-01-b")) == {}


@pytest.mark.parametrize(("kind", "state"), [("correction", "corrected"), ("revision", "superseded")])
def test_a_correction_is_told_apart_from_a_revision(kind, state):
    row = {"figure": "sme.any", "old": "68%", "new": "71%", "class": kind, "date": "2026-01-15", "reason": "Two digits were exchanged."}
    fate = fates(full("2026-01-01-a"), full("2026-02-01-b", figure={"shown": "71%"}, history=[row]))["sme.any"]
    assert (fate["state"], fate["reason"]) == (state, "Two digits were exchanged.")


URL = "https://made-together.example/"


def addressed(folder, content):
    """A site that says where it is published, as a build does."""
    made = site(folder, content)
    name = content["edition"]["name"]
    (made / "book.json").write_text(json.dumps({"address": URL, "edition": content["edition"]}), encoding="utf-8")
    (made / "citation.bib").write_text(f"@misc{{x,\n  url = {{{URL}}},\n}}\n", encoding="utf-8")
    page = made / "chapters" / "coordination.html"
    head = (
        f'<link rel="canonical" href="{URL}chapters/coordination.html"><meta property="og:url" content="{URL}chapters/coordination.html">'
    )
    told = f'<p>Authors. Edition {name}. {URL}</p><script type="application/json">{{"url":"{URL}"}}</script>'
    page.write_text(
        head + told + '<article><section id="what-fails"></section></article>' + page.read_text(encoding="utf-8"), encoding="utf-8"
    )
    (made / "figures").mkdir()
    for one in content["figures"]:
        record = {"id": one["id"], "shown": one["shown"], "state": "current"}
        (made / "figures" / f"{one['id']}.json").write_text(json.dumps(record), encoding="utf-8")
    return made


def test_an_archived_edition_cites_itself_and_the_newest_the_root(tmp_path):
    tree = tmp_path / "public"
    editions.publish(addressed(tmp_path / "first", OLD), tree)
    editions.publish(addressed(tmp_path / "second", NEW), tree)
    own = f"{URL}editions/2026-04-30-aaaa/"
    page = told(tree, "coordination.html")
    assert f'<link rel="canonical" href="{own}chapters/coordination.html">' in page
    assert f'content="{own}chapters/coordination.html"' in page
    assert f"Edition 2026-04-30-aaaa. {own}</p>" in page
    assert f'{{"url":"{URL}"}}' in page  # from which cards make both addresses
    assert (tree / "editions" / "2026-04-30-aaaa" / "citation.bib").read_text() == f"@misc{{x,\n  url = {{{own}}},\n}}\n"
    assert f'href="{URL}chapters/coordination.html"' in (tree / "chapters" / "coordination.html").read_text(encoding="utf-8")


def test_the_file_of_a_figure_in_an_older_edition_says_what_became_of_it(tmp_path):
    tree = tmp_path / "public"
    editions.publish(addressed(tmp_path / "first", OLD), tree)
    editions.publish(addressed(tmp_path / "second", NEW), tree)
    folder = tree / "editions" / "2026-04-30-aaaa" / "figures"
    states = {path.stem: json.loads(path.read_text(encoding="utf-8"))["state"] for path in folder.iterdir()}
    assert states == {
        **{"sme.any": "superseded", "sme.same": "current", "sme.former": "renamed", "sme.gone": "retired"},
        **{"growth.low": "current", "growth.high": "superseded"},
    }
    assert json.loads((folder / "sme.any.json").read_text(encoding="utf-8"))["successor"]["shown"] == "71%, 2026"


def test_addresses_of_pages_and_headings_that_are_gone_lead_on(tmp_path):
    tree = tmp_path / "public"
    first, second = addressed(tmp_path / "first", OLD), addressed(tmp_path / "second", NEW)
    (first / "chapters" / "dropped.html").write_text(NOTICE + '<article><section id="x"></section></article>', encoding="utf-8")
    page = second / "chapters" / "coordination.html"
    page.write_text(page.read_text(encoding="utf-8").replace("what-fails", "what-works"), encoding="utf-8")
    for _ in range(2):
        editions.publish(first, tree)
        editions.publish(second, tree)
    assert 'href="../editions/2026-04-30-aaaa/chapters/dropped.html"' in (tree / "chapters" / "dropped.html").read_text(encoding="utf-8")
    assert "does not have this page" in told(tree, "dropped.html")
    newest = (tree / "chapters" / "coordination.html").read_text(encoding="utf-8")
    assert newest.count('id="what-fails"') == 1
    assert 'href="../editions/2026-04-30-aaaa/chapters/coordination.html#what-fails"' in newest


def test_a_page_with_another_name_leads_to_its_new_name(tmp_path):
    tree = tmp_path / "public"
    renamed = {"old": "coordination", "new": "together", "date": "2026-06-01", "reason": "Shorter.", "kind": "chapter"}
    editions.publish(addressed(tmp_path / "first", OLD), tree)
    second = addressed(tmp_path / "second", {**NEW, "aliases": [*NEW["aliases"], renamed]})
    (second / "chapters" / "coordination.html").rename(second / "chapters" / "together.html")
    editions.publish(second, tree)
    assert '<a href="../../../chapters/together.html">has this page</a>' in told(tree, "coordination.html")


EMBED = '<main><!--newer-edition--><!--/newer-edition--><a data-evidence="figure {}">68%</a></main>'


@pytest.mark.parametrize(
    ("identifier", "said"),
    [("sme.any", "Superseded: a number of this chart is another"), ("sme.same", ""), ("sme.gone", "Superseded: a number")],
)
def test_an_embedded_chart_of_an_older_edition_says_when_it_no_longer_stands(tmp_path, identifier, said):
    first = site(tmp_path / "first", OLD)
    (first / "embed").mkdir()
    (first / "embed" / "x.html").write_text(EMBED.format(identifier), encoding="utf-8")
    tree = tmp_path / "public"
    editions.publish(first, tree)
    editions.publish(site(tmp_path / "second", NEW), tree)
    page = (tree / "editions" / "2026-04-30-aaaa" / "embed" / "x.html").read_text(encoding="utf-8")
    assert (said in page) and ('class="newer-edition"' in page) == bool(said)


def test_an_embedded_chart_says_that_it_was_corrected(tmp_path):
    first = site(tmp_path / "first", OLD)
    (first / "embed").mkdir()
    (first / "embed" / "x.html").write_text(EMBED.format("sme.any"), encoding="utf-8")
    row = {"figure": "sme.any", "old": "68%", "new": "71%", "class": "correction", "date": "2026-05-15", "reason": "A slip."}
    tree = tmp_path / "public"
    editions.publish(first, tree)
    editions.publish(site(tmp_path / "second", {**NEW, "history": [row]}), tree)
    page = (tree / "editions" / "2026-04-30-aaaa" / "embed" / "x.html").read_text(encoding="utf-8")
    assert (
        'Corrected: a number of this chart was a slip in the <a href="../../../charts/x.html" target="_top">newest edition, of 2026-11-21</a>'
        in page
    )


def test_everybody_may_read_what_is_published_whatever_the_umask(tmp_path):
    kept = os.umask(0o077)
    try:
        editions.publish(site(tmp_path / "first", OLD), tmp_path / "public")
    finally:
        os.umask(kept)
    modes = {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "public").rglob("*") if path.is_file()}
    folders = {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "public", *(tmp_path / "public").rglob("*")) if path.is_dir()}
    assert (modes, folders) == ({"0o644"}, {"0o755"})


def test_publishing_says_how_much_room_is_left(tmp_path):
    newest = tmp_path / "editions" / "b"
    newest.mkdir(parents=True)
    (newest / "page.html").write_bytes(b"x" * 1_000_000)
    (tmp_path / "index.html").write_bytes(b"x" * 1_000_000)
    told = editions.room(tmp_path, [{"name": "a"}, {"name": "b"}])
    assert told == "2 MB of 1,000 that GitHub Pages serves; the newest edition has added 1, so there is room for 998 more."


PICTURE, STYLE = b"\x89PNG of a chart", '@font-face { src: url("fonts/book.woff2") }'
"""What both editions of a made site hold alike."""


def dressed(folder, content, pay):
    """A site with pictures, styles, cards and pages of places, of which one tells a pay."""
    made = addressed(folder, content)
    for name in ("_static/fonts", "charts", "places"):
        (made / name).mkdir(parents=True)
    (made / "_static" / "fonts" / "book.woff2").write_bytes(b"wOF2")
    (made / "_static" / "book.css").write_text(STYLE, encoding="utf-8")
    (made / "_static" / "places.js").write_text("/* finds places */", encoding="utf-8")
    (made / "charts" / "pay.png").write_bytes(PICTURE)
    (made / "charts" / "pay.html").write_text('<a href="pay.png" download>Picture</a> <a href="../chapters/coordination.html">Back</a>')
    page = made / "chapters" / "coordination.html"
    head = f'<link rel="stylesheet" href="../_static/book.css?v=1a2b"><meta property="og:image" content="{URL}charts/pay.png">'
    seen = '<img src="../charts/pay.png"> <a href="../places/hull.html#pay">Hull</a> <a href="#what-fails">Below</a>'
    cards = '<script type="application/json" id="evidence-cards">{"book":{"name":"B"},"figure":{"sme.any":{"shown":"68\\u003c"}}}</script>'
    page.write_text(head + page.read_text(encoding="utf-8") + seen + cards, encoding="utf-8")
    for name, told, other in (("hull", pay, "leeds"), ("leeds", "£600", "hull")):
        (made / "places" / f"{name}.csv").write_text(f"pay,{told}\n", encoding="utf-8")
        (made / "places" / f"{name}.html").write_text(
            f'<link href="../_static/book.css"><script src="../_static/places.js"></script>{NOTICE}<p>{told}</p><a href="{other}.html">{other}</a> '
            f'<a href="{name}.csv">File</a> <a href="../chapters/coordination.html">Book</a>',
            encoding="utf-8",
        )
    return made


@pytest.fixture
def shared_tree(tmp_path):
    """A published tree with two editions that differ in the pay of one place and in their chapters."""
    editions.publish(dressed(tmp_path / "first", OLD, "£550"), tmp_path / "public")
    editions.publish(dressed(tmp_path / "second", NEW, "£560"), tmp_path / "public")
    return tmp_path / "public"


def addresses(tree):
    """Yield each relative address in the pages and style sheets of a tree, with the file it stands in."""
    for file in sorted((*tree.rglob("*.html"), *tree.rglob("*.css"))):
        text = file.read_text(encoding="utf-8")
        for address in re.findall(r'(?:(?:href|src)="|url\("|; url=)([^"#?:]+)(?=[#?"])', text):
            yield file, address


def test_what_two_editions_have_alike_is_kept_once_and_found_from_both(shared_tree):
    kept = [path.name for path in (shared_tree / "kept").iterdir()]
    assert sorted(re.sub(r"\.[0-9a-f]{16}\.", ".", name) for name in kept) == [
        *("book.css", "book.woff2", "hull.csv", "hull.csv", "hull.html", "hull.html"),
        *("ledger.json.zip", "ledger.json.zip", "leeds.csv", "leeds.html", "pay.png", "places.js"),
    ]
    assert all(shelf.is_whole(name, (shared_tree / "kept" / name).read_bytes()) for name in kept)
    assert [path.name for path in shared_tree.glob("editions/*/charts/*")] == ["pay.html", "pay.html"]
    assert list(shared_tree.glob("editions/*/_static/fonts/book.woff2")) == []
    assert [(str(file), address) for file, address in addresses(shared_tree) if not (file.parent / address).exists()] == []


@pytest.mark.parametrize(("edition", "pay"), [("2026-04-30-aaaa", "£550"), ("2026-11-21-bbbb", "£560")])
def test_the_address_of_a_place_in_an_edition_leads_to_what_that_edition_told(shared_tree, edition, pay):
    address = shared_tree / "editions" / edition / "places" / "hull.html"
    leads = re.search(r"; url=([^\"]+)", address.read_text(encoding="utf-8"))[1]
    page = (address.parent / leads).read_text(encoding="utf-8")
    assert f"<p>{pay}</p>" in page
    assert '<a href="../places/hull.html">What the newest edition tells</a>' in page
    assert '<a href="../places/leeds.html">leeds</a>' in page and '<a href="../chapters/coordination.html">Book</a>' in page


def test_an_edition_leads_whole_addresses_to_what_is_kept_and_its_cards_to_the_records_beside_it(shared_tree):
    page = told(shared_tree, "coordination.html")
    assert re.search(rf'content="{URL}kept/pay\.[0-9a-f]{{16}}\.png"', page)
    assert re.search(r'href="\.\./\.\./\.\./kept/book\.[0-9a-f]{16}\.css"', page)
    assert 'id="evidence-cards">{"book":{"name":"B"}}</script>' in page
    assert "sme.any" in (shared_tree / "chapters" / "coordination.html").read_text(encoding="utf-8").partition("evidence-cards")[2]


def test_the_ledger_of_an_edition_is_kept_and_what_stays_in_its_place_leads_to_it(shared_tree):
    there = shared_tree / "editions" / "2026-04-30-aaaa"
    stays = json.loads((there / "ledger.json").read_bytes())
    assert stays["edition"] == OLD["edition"]
    with zipfile.ZipFile(there / stays["kept"]) as opened:
        assert json.loads(opened.read("ledger.json")) == OLD == shelf.ledger_of(there)


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"PK")], ids=["gone", "no zip"])
def test_an_edition_whose_ledger_is_damaged_is_told(shared_tree, tmp_path, damage):
    there = shared_tree / "editions" / "2026-04-30-aaaa"
    damage(there / json.loads((there / "ledger.json").read_bytes())["kept"])
    third = dressed(tmp_path / "third", ledger("2027-01-01-cccc", figure("sme.any", "74%")), "£570")
    with pytest.raises(EditionError, match=r"ledger\.\w+\.json\.zip"):
        editions.publish(third, shared_tree)


SCRIPT = 'set out ["../_static/fonts/book.woff2"]'
SPECIFICATION = '{"mark":"bar","title":"It\'s \\u003ctold"}'


def test_what_scripts_of_a_page_hold_is_kept_once_and_its_policy_lets_none_run_in_it(tmp_path):
    """The page has a script that runs first and asks for a font, and a chart with what it is drawn from."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    for name, content in (("first", OLD), ("second", NEW)):
        made = dressed(tmp_path / name, content, "£550")
        policy = f'<meta content="script-src &#x27;self&#x27; &#x27;sha256-{digest}&#x27;; img-src"><script>{SCRIPT}</script>'
        drawn = f'<script type="application/json" class="chart-specification">{SPECIFICATION}</script>'
        page = made / "chapters" / "coordination.html"
        page.write_text(policy + drawn + page.read_text(encoding="utf-8"), encoding="utf-8")
        editions.publish(made, tmp_path / "public")
    kept = tmp_path / "public" / "kept"
    (first,), (drawn,) = kept.glob("first.*.js"), kept.glob("drawn.*.js")
    (font,) = kept.glob("book.*.woff2")
    page = told(tmp_path / "public", "coordination.html")
    assert page.startswith('<meta content="script-src &#x27;self&#x27;; img-src">')
    assert f'<script src="../../../kept/{first.name}"></script>' in page
    assert f'class="chart-specification" data-kept="../../../kept/{drawn.name}"></script>' in page
    assert first.read_text(encoding="utf-8") == SCRIPT.replace("../_static/fonts/book.woff2", f"../../../kept/{font.name}")
    assert drawn.read_text(encoding="utf-8") == parts.part_script(SPECIFICATION)
    assert {f"kept/{first.name}", f"kept/{drawn.name}"} <= shelf.named_by(tmp_path / "public", ["2026-04-30-aaaa"])


def test_a_thinned_page_says_the_same():
    code = "<pre>one <span>\n  two</span>\n  <span>three</span></pre>"
    graph = {"@graph": [{"name": "A", "citation": [{"@id": "u#source", "name": "S"}, {"name": "T"}]}]}
    page = f'<ul>\n    <li data-fact="pay x">4\n  </li>\n\n  </ul>{code}<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert thinned(page) == (
        f'<ul>\n<li>4\n  </ul>{code}<script type="application/ld+json">'
        '{"@graph":[{"citation":[{"@id":"u#source"},{"name":"T"}],"name":"A"}]}</script>'
    )


def test_cells_and_items_end_where_the_next_begins():
    """Nothing moves into an empty cell, and an end that none follows stays."""
    table = "<table><tr><td>1</td><td></td></tr>\n<tr><th>2</th>\n<td><ul><li>3</li></ul> </td></tr></table><dl><div><dt>a</dt><dd>b</dd></div></dl><li>c</li> d"
    assert thinned(table) == "<table><tr><td>1<td><tr><th>2<td><ul><li>3</ul> </table><dl><div><dt>a<dd>b</div></dl><li>c</li> d"


LINKS = {
    '<a class="figure differs" href="ledger-demos.html#sme.any" data-evidence="figure sme.any">68%</a>': True,
    '<a class="claim" href="ledger.html#claim-more" data-evidence="claim more">more</a>': True,
    '<a class="finding" href="ledger-demos.html#finding-a.b" data-evidence="finding a.b">b</a>': True,
    '<a class="claim" href="ledger-demos.html#sme.any" data-evidence="claim sme.any/below/sme.all">fewer</a>': False,
    '<a class="figure" href="ledger-demos.html#figure-one" data-evidence="figure figure-one">1</a>': False,
    '<a class="figure" href="ledger-demos.html#new.name" data-evidence="figure old.name">1</a>': False,
}
"""Links, and whether class and address tell of which record each is."""


@pytest.mark.parametrize(("link", "told"), LINKS.items())
def test_a_link_goes_without_the_name_of_its_record_where_its_address_gives_it(link, told):
    cards = '<script type="application/json" id="evidence-cards">{}</script>'
    short = re.sub(' data-evidence="[^"]*"', "", link) if told else link
    assert thinned(link + cards, by_address=True) == short + cards
    assert thinned(link + cards) == link + cards
    assert thinned(link, by_address=True) == link


def test_an_edition_whose_scripts_know_no_addresses_keeps_the_names_of_records(tmp_path):
    """And readers of the older edition are told what became of a record, whichever way a link names it."""
    link, cards = next(iter(LINKS)), '<script type="application/json" id="evidence-cards">{}</script>'
    for name, content, script in (("first", OLD, "link.dataset.evidence ="), ("second", NEW, "")):
        made = site(tmp_path / name, content)
        (made / "_static").mkdir()
        (made / "_static" / "cards-content.js").write_text(script, encoding="utf-8")
        (made / "chapters" / "coordination.html").write_text(f"{NOTICE}{link}{cards}{FATES}", encoding="utf-8")
        editions.publish(made, tmp_path / "public")
    older, newer = (told_in(tmp_path / "public", content) for content in (OLD, NEW))
    assert ("data-evidence" in older, "data-evidence" in newer) == (False, True)
    assert list(json.loads(re.search(r'id="evidence-newer">(.*?)</script>', older)[1])["figures"]) == ["sme.any"]


def told_in(tree, content):
    return (tree / "editions" / content["edition"]["name"] / "chapters" / "coordination.html").read_text(encoding="utf-8")


def test_the_list_of_addresses_of_old_stands_in_the_newest_edition_alone(tmp_path):
    listed = '<noscript><p>Each has a page.</p><details class="ledger-ids"><summary>Every id</summary><ul><li id="sme.any"></li></ul></details></noscript>'
    made = site(tmp_path / "first", OLD)
    (made / "chapters" / "coordination.html").write_text(listed, encoding="utf-8")
    editions.publish(made, tmp_path / "public")
    assert (tmp_path / "public" / "chapters" / "coordination.html").read_text(encoding="utf-8") == listed
    assert told_in(tmp_path / "public", OLD) == "<noscript><p>Each has a page.</p></noscript>"


def test_an_edition_adds_only_what_is_new_in_it(tmp_path):
    """The tree grows by the second edition's pages and the place that changed; the picture weighs more than all of them."""
    first, second = dressed(tmp_path / "first", OLD, "£550"), dressed(tmp_path / "second", NEW, "£560")
    for made in (first, second):
        (made / "charts" / "pay.png").write_bytes(PICTURE * 10_000)
    editions.publish(first, tmp_path / "public")
    before = weight(tmp_path / "public")
    editions.publish(second, tmp_path / "public")
    assert weight(tmp_path / "public") - before < len(PICTURE) * 10_000 / 4


def weight(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_place_that_the_newest_edition_has_no_more_leads_to_the_edition_that_has_it(shared_tree, tmp_path):
    third = dressed(tmp_path / "third", ledger("2027-01-01-cccc", figure("sme.any", "74%")), "£570")
    (third / "places" / "leeds.html").unlink()
    for _ in range(2):
        editions.publish(third, shared_tree)
        assert 'href="../editions/2026-11-21-bbbb/places/leeds.html"' in (shared_tree / "places" / "leeds.html").read_text(encoding="utf-8")


def test_editions_that_kept_all_to_themselves_share_from_then_on(tmp_path):
    """As trees did that were published before editions shared anything."""
    tree, old = tmp_path / "public", tmp_path / "public" / "editions" / "2026-04-30-aaaa"
    editions.publish(dressed(tmp_path / "first", OLD, "£550"), tree)
    for folder in (old, tree / "kept"):
        shutil.rmtree(folder)
    shutil.copytree(tmp_path / "first", old)
    archiving.lead_to_itself(old, "2026-04-30-aaaa")
    editions.publish(dressed(tmp_path / "second", NEW, "£560"), tree)
    assert not (old / "charts" / "pay.png").exists()
    assert [(str(file), address) for file, address in addresses(tree) if not (file.parent / address).exists()] == []


def test_a_kept_file_that_is_gone_is_told_and_nothing_is_published(shared_tree, tmp_path):
    (gone,) = (shared_tree / "kept").glob("leeds.*.html")
    gone.unlink()
    before = {path: path.read_bytes() for path in shared_tree.rglob("*") if path.is_file()}
    third = dressed(tmp_path / "third", ledger("2027-01-01-cccc", figure("sme.any", "74%")), "£570")
    with pytest.raises(
        EditionError, match=r"leeds\.[0-9a-f]{16}\.html: damaged: it is not there, and the edition 2026-04-30-aaaa needs it"
    ):
        editions.publish(third, shared_tree)
    assert {path: path.read_bytes() for path in shared_tree.rglob("*") if path.is_file()} == before


def test_what_no_edition_keeps_any_more_goes(shared_tree, tmp_path):
    """The same edition built anew with other pages takes the place of the one before it."""
    anew = dressed(tmp_path / "anew", NEW, "£561")
    editions.publish(anew, shared_tree)
    told_ = [path.read_text(encoding="utf-8") for path in (shared_tree / "kept").glob("hull.*.csv")]
    assert sorted(told_) == ["pay,£550\n", "pay,£561\n"]


def sourced(folder, content, share):
    """A site with its tables, all of them in one file too, and what it was built from; its text takes more room than its table."""
    made = addressed(folder, content)
    table = f"id,share\nsme.any,{share}\n".encode()
    package = {"name": "book", "resources": [{"name": "figures", "path": "figures/demos.csv"}]}
    (made / "data" / "figures").mkdir(parents=True)
    (made / "data" / "figures" / "demos.csv").write_bytes(table)
    (made / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (made / "book-data.zip").write_bytes(archive.zipped({"figures/demos.csv": table}))
    files = {"chapters/text.md": b"A text that stays. " * 1000, "data/figures/demos.csv": table}
    packed = archive.zipped(files)
    (made / "book-sources.zip").write_bytes(packed)
    built = {"site_url": URL, "as_of": "", "pdf": "", "source_date_epoch": "1767225600"}
    told = json.loads(archive.about(content["edition"]["name"], built, files, packed))
    (made / "sources.json").write_text(json.dumps(told | {"archive": "book-sources.zip"}), encoding="utf-8")
    page = made / "chapters" / "coordination.html"
    table = {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{URL}data/figures/demos.csv"}
    links = '<a href="../data/figures/demos.csv">Table</a> <a href="../book-data.zip">book-data.zip</a>'
    page.write_text(page.read_text(encoding="utf-8") + links + json.dumps(table), encoding="utf-8")
    return made


@pytest.fixture
def sourced_tree(tmp_path):
    """A published tree with two editions that differ in one cell of a table."""
    editions.publish(sourced(tmp_path / "first", OLD, 68), tmp_path / "public")
    editions.publish(sourced(tmp_path / "second", NEW, 71), tmp_path / "public")
    return tmp_path / "public"


def test_an_edition_keeps_its_tables_and_sources_each_apart_and_finds_them_again(sourced_tree):
    kept = sorted(re.sub(r"\.[0-9a-f]{16}\.", ".", path.name) for path in (sourced_tree / "kept").iterdir())
    assert kept == [*["datapackage.json"] * 2, *["demos.csv.zip"] * 2, *["ledger.json.zip"] * 2, "text.md.zip"]
    assert shelf.whole(sourced_tree) == shelf.named_by(sourced_tree, ["2026-04-30-aaaa", "2026-11-21-bbbb"])
    for edition, share in (("2026-04-30-aaaa", b"68"), ("2026-11-21-bbbb", b"71")):
        there = sourced_tree / "editions" / edition
        assert [path.name for path in there.iterdir() if path.suffix == ".zip" or path.name == "data"] == []
        sources = shelf.sources_apart(lambda name, there=there: (there / name).read_bytes())
        assert sources == {
            "chapters/text.md": b"A text that stays. " * 1000,
            "data/figures/demos.csv": b"id,share\nsme.any," + share + b"\n",
        }
    assert (sourced_tree / "book-sources.zip").is_file() and (sourced_tree / "data" / "figures" / "demos.csv").is_file()
    assert [(str(file), address) for file, address in addresses(sourced_tree) if not (file.parent / address).exists()] == []


def test_a_kept_package_names_each_table_as_it_lies_beside_it(sourced_tree):
    page = told(sourced_tree, "coordination.html")
    (package,) = re.findall(r'href="\.\./\.\./\.\./(kept/datapackage\.\w+\.json)">Each in a file of its own<', page)
    (table,) = json.loads((sourced_tree / package).read_bytes())["resources"]
    with zipfile.ZipFile(sourced_tree / "kept" / table["path"]) as opened:
        assert (table["compression"], opened.read("demos.csv")) == ("zip", b"id,share\nsme.any,68\n")
    assert re.search(rf'"encodingFormat": "application/zip", "contentUrl": "{URL}kept/demos\.\w+\.csv\.zip"', page)


@pytest.mark.parametrize("file", ["text", "demos"])
def test_a_source_that_was_changed_is_told(sourced_tree, file):
    there = sourced_tree / "editions" / "2026-04-30-aaaa"
    held = {name for name in shelf.kept_from(sourced_tree, there.name).values() if name.startswith(file)}
    for name in held:
        (sourced_tree / "kept" / name).write_bytes(archive.zipped({"x": b"another"}))
    with pytest.raises(EditionError, match=rf"kept/{file}\.\w+\.\w+\.zip: holds another .*{file}.* than sources\.json says"):
        shelf.sources_apart(lambda name: (there / name).read_bytes())


def test_a_source_is_kept_once_however_many_editions_have_it(sourced_tree, tmp_path):
    before = set((sourced_tree / "kept").iterdir())
    editions.publish(sourced(tmp_path / "third", ledger("2027-01-01-cccc", figure("sme.any", "74%")), 74), sourced_tree)
    added = sorted(re.sub(r"\.[0-9a-f]{16}\.", ".", path.name) for path in set((sourced_tree / "kept").iterdir()) - before)
    assert added == ["datapackage.json", "demos.csv.zip", "ledger.json.zip"]


@pytest.mark.parametrize(
    ("name", "digest"), [("../escaped.md", "0" * 64), ("chapters/text.md", "../../../../etc/x"), ("chapters/text.md", 5)]
)
def test_a_list_of_sources_that_leads_elsewhere_is_refused(sourced_tree, name, digest):
    there = sourced_tree / "editions" / "2026-04-30-aaaa"
    about = json.loads((there / "sources.json").read_bytes())
    read = {"sources.json": json.dumps(about | {"files": {name: digest}}).encode()}.get
    with pytest.raises(EditionError, match="which is no source with its hash, or leads out of the book"):
        shelf.sources_apart(read)


def test_a_record_that_changes_takes_few_others_along():
    """Of a thousand records one is another: the parts before and after it are the same, and all of them together say what the script said."""
    records = {
        f"figure-{number}": {"shown": f"{number % 97}%", "says": f"What is said of number {number * number}."} for number in range(1000)
    }
    texts = [json.dumps(records | changed, separators=(",", ":")) for changed in ({}, {"figure-500": {"shown": "It's \\ new\n"}})]
    one, other = (parts.cut(f"window.all = {text};\n") for text in texts)
    assert (one[0], "".join(one[1]), "".join(other[1])) == ("all", *texts)
    assert len(one[1]) > 40
    assert len(set(other[1]) - set(one[1])) <= 2
    assert parts.cut("(() => {})();") == ("", [])


def whole_page(name, url=URL, words="Nothing here has changed."):
    """A page as a build makes one: with a head, parts, entries, and the words by which it names its edition."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\"><title>Steady</title>"
        f'<link rel="canonical" href="{url}chapters/steady.html"><meta name="citation_title" content="Steady"></head><body>{NOTICE}<article>'
        f'<h1>Steady<a class="headerlink" href="#steady">#</a></h1><section id="what-stays"><p>{words * 80} Edition {name}. {url}</p></section>'
        f'<section class="entry" id="sme.any">{entry_mark("sme.any")}<a data-evidence="figure sme.any">68%</a></section></article>{FATES}</body></html>\n'
    )


IN_WORDS = {"a": "30 April 2026", "b": "21 November 2026", "c": "1 January 2027", "d": "1 February 2027"}
"""Days of the made editions, by the last letter of their names."""


def steady(folder, content, words="Nothing here has changed."):
    """A site with a page that says the same in each edition unless other words are given, and the file of a figure as a build writes it."""
    made = addressed(folder, content)
    edition = content["edition"]
    page = whole_page(edition["name"], words=words).replace(
        "</article>", f"<dt>Edition</dt><dd>{IN_WORDS[edition['name'][-1]]}</dd></article>"
    )
    (made / "chapters" / "steady.html").write_text(page, encoding="utf-8")
    for one in content["figures"]:
        record = dict.fromkeys(single.FigureFile.__annotations__, "") | {
            **{
                "schema_version": 1,
                "id": one["id"],
                "shown": one["shown"],
                "value": "1",
                "state": "current",
                "successor": None,
                "changes": [],
            },
            **{"edition": {"date": edition["date"], "name": edition["name"]}, "address_in_edition": f"{URL}editions/{edition['name']}/x"},
        }
        (made / "figures" / f"{one['id']}.json").write_text(json.dumps(record), encoding="utf-8")
    return made


THIRD = ledger("2027-01-01-cccc", figure("sme.any", "74%"), figure("sme.same", "500"))


@pytest.fixture
def steady_tree(tmp_path):
    """A published tree with three editions, in all of which a page says the same, and a number stands."""
    for name, content in (("first", OLD), ("second", NEW), ("third", THIRD)):
        editions.publish(steady(tmp_path / name, content), tmp_path / "public")
    return tmp_path / "public"


def in_tree(tree):
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def test_a_page_that_says_what_it_said_leans_on_the_first_and_cites_itself(steady_tree):
    first, *others = (steady_tree / "editions" / name for name in ("2026-04-30-aaaa", "2026-11-21-bbbb", "2027-01-01-cccc"))
    assert "Nothing here has changed." in (first / "chapters" / "steady.html").read_text(encoding="utf-8")
    for folder in others:
        page = (folder / "chapters" / "steady.html").read_text(encoding="utf-8")
        assert "Nothing here has changed." not in page and len(page) < 2_500
        assert f'<link rel="canonical" href="{URL}editions/{folder.name}/chapters/steady.html">' in page
        assert "default-src 'none'; script-src 'self'" in page
        for part in ("what-stays", "sme.any"):
            assert f'<li id="{part}"><a href="../../2026-04-30-aaaa/chapters/steady.html#{part}">' in page
    assert "A newer edition, of 2027-01-01" in (others[0] / "chapters" / "steady.html").read_text(encoding="utf-8")
    assert "A newer edition" not in (others[1] / "chapters" / "steady.html").read_text(encoding="utf-8")


def test_what_leans_is_whole_again_with_the_names_of_its_own_edition(steady_tree, tmp_path):
    """As it stands where no edition was before it."""
    alone = tmp_path / "alone"
    editions.publish(steady(tmp_path / "again", NEW), alone)
    editions.publish(steady(tmp_path / "newest", THIRD), alone)
    shutil.copytree(steady_tree / "editions" / "2026-11-21-bbbb", copy := tmp_path / "copy" / "editions" / "2026-11-21-bbbb")
    first = earlier.in_folder(OLD["edition"], steady_tree / "editions" / "2026-04-30-aaaa")
    leant = leaning.restore(copy, NEW["edition"], {"2026-04-30-aaaa": first}.__getitem__)
    assert set(leant.values()) == {"2026-04-30-aaaa"} and {"chapters/steady.html", "figures/sme.same.json"} <= set(leant)
    for name in leant:
        assert (copy / name).read_bytes() == (alone / "editions" / "2026-11-21-bbbb" / name).read_bytes(), name


def test_the_short_file_of_a_figure_keeps_its_state_and_names_the_rest(steady_tree):
    record = json.loads((steady_tree / "editions" / "2026-11-21-bbbb" / "figures" / "sme.same.json").read_text(encoding="utf-8"))
    assert (record["schema_version"], record["rest"]) == (2, "../../2026-04-30-aaaa/figures/sme.same.json")
    assert {"shown": "500", "state": "current", "edition": {"date": "2026-11-21", "name": "2026-11-21-bbbb"}}.items() <= record.items()
    changed = json.loads((steady_tree / "editions" / "2026-11-21-bbbb" / "figures" / "sme.any.json").read_text(encoding="utf-8"))
    assert (changed["schema_version"], changed["state"], changed["successor"]["shown"]) == (1, "superseded", "74%, 2026")
    assert not any("rest" in json.loads(file.read_text(encoding="utf-8")) for file in (steady_tree / "figures").iterdir())


@pytest.mark.parametrize("again", ["third", "second", "first"])
def test_publishing_an_edition_again_breaks_nothing_that_leans_on_it(steady_tree, tmp_path, again):
    before = in_tree(steady_tree)
    editions.publish(tmp_path / again, steady_tree)
    if again == "third":
        assert in_tree(steady_tree) == before
    for folder in (steady_tree / "editions").iterdir():
        text = (folder / "chapters" / "steady.html").read_text(encoding="utf-8")
        base = leaning.leans_on("chapters/steady.html", text)
        assert base != folder.name
        there = (steady_tree / "editions" / (base or folder.name) / "chapters" / "steady.html").read_text(encoding="utf-8")
        assert "Nothing here has changed." in there


def test_an_edition_that_comes_again_with_other_words_leaves_those_that_leaned_on_it_as_they_were(steady_tree, tmp_path):
    editions.publish(steady(tmp_path / "anew", OLD, "Here something has."), steady_tree)
    pages = {
        folder.name: (folder / "chapters" / "steady.html").read_text(encoding="utf-8") for folder in (steady_tree / "editions").iterdir()
    }
    assert "Nothing here has changed." in pages["2026-11-21-bbbb"]
    assert leaning.leans_on("chapters/steady.html", pages["2027-01-01-cccc"]) in ("", "2026-11-21-bbbb")
    assert "Here something has." in pages["2026-04-30-aaaa"]


@pytest.mark.parametrize("file", ["chapters/steady.html", "figures/sme.same.json"])
def test_a_file_that_others_lean_on_and_somebody_has_changed_is_told_and_nothing_is_published(steady_tree, tmp_path, file):
    there = steady_tree / "editions" / "2026-04-30-aaaa" / file
    there.write_text(there.read_text(encoding="utf-8").replace("Nothing", "Much").replace('"value":"1"', '"value":"2"'), encoding="utf-8")
    before = in_tree(steady_tree)
    told_ = f"2026-11-21-bbbb: damaged: {file} leans on the edition 2026-04-30-aaaa, where that file is another by now"
    with pytest.raises(EditionError, match=re.escape(told_)):
        editions.publish(steady(tmp_path / "fourth", ledger("2027-02-01-dddd", figure("sme.any", "75%"))), steady_tree)
    assert in_tree(steady_tree) == before


ENTRIES = [f"sme.a{number}" for number in range(40)]


def entries_page(edition, says, names=(*ENTRIES,)):
    """A page of entries, each on a line, of which some say something else than the others."""
    lines = "".join(
        f'<section class="entry" id="{name}">{entry_mark(name)}<p>{says.get(name, f"As it was of {name}.")} {"In many words. " * 30}Edition {edition}.</p></section>\n'
        for name in names
    )
    return f"<!DOCTYPE html>\n<html><head><title>Entries</title></head>\n<body>{NOTICE}<article>\n<h1>Entries</h1>\n<aside>Aside.</aside>\n{lines}</article>\n{FATES}</body></html>\n"


def with_entries(folder, content, *given):
    made = site(folder, content)
    (made / "chapters" / "entries.html").write_text(entries_page(content["edition"]["name"], *given), encoding="utf-8")
    return made


def of_entries(name, *numbers):
    return ledger(name, *(figure(entry, number) for entry, number in zip(ENTRIES, numbers, strict=False)))


EDITIONS = (
    (of_entries("2026-04-30-aaaa", "1", "2", "3"), {}),
    (of_entries("2026-11-21-bbbb", "1", "5", "3"), {"sme.a1": "Another, with more.", "sme.a7": "Another."}),
    (of_entries("2027-01-01-cccc", "1", "5", "9"), {"sme.a1": "Another, with more.", "sme.a2": "Other again.", "sme.new": "A new one."}),
)


@pytest.fixture
def parted_tree(tmp_path):
    """A published tree of three editions whose page of entries differs in few of them; the third has one more."""
    for number, (content, says) in enumerate(EDITIONS):
        names_ = (*ENTRIES[:5], *(["sme.new"] if "sme.new" in says else []), *ENTRIES[5:])
        editions.publish(with_entries(tmp_path / str(number), content, says, names_), tmp_path / "public")
    return tmp_path / "public"


def test_a_page_that_differs_in_few_entries_holds_these_and_leads_to_the_others(parted_tree):
    first, second, third = (
        (parted_tree / "editions" / content["edition"]["name"] / "chapters" / "entries.html").read_text(encoding="utf-8")
        for content, _ in EDITIONS
    )
    assert leaning.leans_on("chapters/entries.html", first) == "" and first.count("As it was of") == 40
    for page, own in ((second, ["sme.a1", "sme.a7"]), (third, ["sme.a1", "sme.a2", "sme.new"])):
        assert leaning.leans_on("chapters/entries.html", page) == "2026-04-30-aaaa"
        assert re.findall(r'<section class="entry" id="([\w.]+)">', page) == own
        assert "As it was of" not in page and "but for the parts that follow" in page
        led = re.findall(r'<li id="([\w.]+)"><a href="../../2026-04-30-aaaa/chapters/entries.html#\1">', page)
        assert led == [name for name in ENTRIES if name not in own]
    assert 'id="sme.a1"><!--fate sme.a1--><!--/fate--><p>Another, with more. In many words.' in second
    assert re.search(r'<li id="sme.a2">.*\n?.*Superseded: the newest edition states <a [^>]*>9, 2026</a>', second)
    assert 'id="sme.a1"><!--fate sme.a1--><p class="fate">Superseded' in told(parted_tree, "entries.html")


def test_a_page_with_parts_of_its_own_is_whole_again_byte_by_byte(parted_tree, tmp_path):
    """As it stands where no edition was before it, with what became of its numbers."""
    for number, tree in ((1, "second"), (2, "second"), (2, "third")):
        editions.publish(tmp_path / str(number), tmp_path / tree)
    listed = {
        content["edition"]["name"]: earlier.in_folder(content["edition"], parted_tree / "editions" / content["edition"]["name"])
        for content, _ in EDITIONS
    }
    for (content, _), tree in zip(EDITIONS[1:], ("second", "third"), strict=True):
        name = content["edition"]["name"]
        shutil.copytree(parted_tree / "editions" / name, copy := tmp_path / "copy" / "editions" / name)
        assert leaning.restore(copy, content["edition"], listed.__getitem__)["chapters/entries.html"] == "2026-04-30-aaaa"
        alone = (tmp_path / tree / "editions" / name / "chapters" / "entries.html").read_bytes()
        assert (copy / "chapters" / "entries.html").read_bytes() == alone


@pytest.mark.parametrize("again", ["2", "1", "0"])
def test_publishing_an_edition_again_leaves_pages_with_parts_of_their_own_as_they_were(parted_tree, tmp_path, again):
    before = in_tree(parted_tree)
    editions.publish(tmp_path / again, parted_tree)
    editions.publish(tmp_path / "1", parted_tree)
    editions.publish(tmp_path / "2", parted_tree)
    after = {name: content for name, content in in_tree(parted_tree).items() if name.endswith("chapters/entries.html")}
    if again == "2":
        assert after == {name: before[name] for name in after}
    for name, content in after.items():
        base = leaning.leans_on("chapters/entries.html", content.decode())
        assert not base or not leaning.leans_on("chapters/entries.html", after[f"editions/{base}/chapters/entries.html"].decode()), name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>Entries</h1>", "<p>Words of the page\nthat are no entry.</p><h1>Entries</h1>"),
        ("<h1>Entries</h1>", "<h1>Other entries</h1>"),
        ("<p>As it was of sme.a3.", "<div><p>As it was of sme.a3."),
        ("<p>As it was of sme.a3.", '<script src="a.js"></script><p>As it was of sme.a3.'),
        ("<aside>.*?</aside>\n", ""),
        (r"As it was of (sme\.a\d+)\.", r"All other of \1."),
    ],
    ids=["other words", "another title", "an open part", "a script", "words less", "all entries"],
)
def test_a_page_that_differs_in_more_than_whole_entries_is_written_whole(tmp_path, old, new):
    first, second = (with_entries(tmp_path / name, content, {}) for name, content in (("first", OLD), ("second", NEW)))
    page = second / "chapters" / "entries.html"
    text = page.read_text(encoding="utf-8")
    changed = re.sub(old, new, text)
    assert changed != text
    page.write_text(changed, encoding="utf-8")
    for made in (first, second):
        editions.publish(made, tmp_path / "public")
    assert (tmp_path / "public" / "editions" / "2026-11-21-bbbb" / "chapters" / "entries.html").read_text(encoding="utf-8") == changed


def test_a_page_that_an_entry_has_left_says_so_and_does_not_lead_to_it(tmp_path):
    """As where the entries of a source are cut into pages at another one."""
    for folder, content, names_ in (("first", OLD, ENTRIES), ("second", NEW, ["sme.b", *ENTRIES[:3], *ENTRIES[4:]])):
        editions.publish(with_entries(tmp_path / folder, content, {}, names_), tmp_path / "public")
    page = (tmp_path / "public" / "editions" / "2026-11-21-bbbb" / "chapters" / "entries.html").read_text(encoding="utf-8")
    assert "but for the parts that follow, and without <code>sme.a3</code>, which that has" in page
    assert re.findall(r'<section class="entry" id="([\w.]+)">', page) == ["sme.b"]
    assert re.findall(r'<li id="([\w.]+)">', page) == [name for name in ENTRIES if name != "sme.a3"]
    listed = earlier.in_folder(OLD["edition"], tmp_path / "public" / "editions" / "2026-04-30-aaaa")
    leaning.restore(tmp_path / "public" / "editions" / "2026-11-21-bbbb", NEW["edition"], {"2026-04-30-aaaa": listed}.__getitem__)
    whole = (tmp_path / "public" / "editions" / "2026-11-21-bbbb" / "chapters" / "entries.html").read_text(encoding="utf-8")
    assert whole == (tmp_path / "second" / "chapters" / "entries.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", ["sme.a3", "sme.a39"])
def test_an_earlier_page_that_somebody_has_changed_is_told_where_another_takes_the_part_from_it(parted_tree, tmp_path, entry):
    there = parted_tree / "editions" / "2026-04-30-aaaa" / "chapters" / "entries.html"
    there.write_text(there.read_text(encoding="utf-8").replace(f"As it was of {entry}.", "As it never was."), encoding="utf-8")
    with pytest.raises(EditionError, match=re.escape("damaged: chapters/entries.html leans on the edition 2026-04-30-aaaa")):
        editions.publish(with_entries(tmp_path / "fourth", of_entries("2027-02-01-dddd", "1"), {}), parted_tree)


def drawn(folder, content, pay):
    made = addressed(folder, content)
    (made / "charts").mkdir()
    for ending, content_ in ((".svg", "<svg>{} edition {}</svg>"), (".narrow.svg", "<svg>{}\n{}</svg>"), (".png", "PNG {} {}")):
        (made / "charts" / f"pay{ending}").write_text(content_.format(pay, content["edition"]["name"]), encoding="utf-8")
    (made / "charts" / "pay.html").write_text('<head></head><img src="pay.svg"><a href="pay.png">Picture</a>', encoding="utf-8")
    return made


@pytest.mark.parametrize(("second", "kept"), [("£550", 1), ("£560", 2)])
def test_a_picture_that_shows_what_it_showed_is_kept_once_with_the_edition_it_first_stood_in(tmp_path, second, kept):
    editions.publish(drawn(tmp_path / "first", OLD, "£550"), tmp_path / "public")
    editions.publish(drawn(tmp_path / "second", NEW, second), tmp_path / "public")
    for ending in ("*.svg", "*.png"):
        assert len([path for path in (tmp_path / "public" / "kept").glob(f"pay.{ending}") if ".narrow." not in path.name]) == kept
    assert [(str(file), address) for file, address in addresses(tmp_path / "public") if not (file.parent / address).exists()] == []


GROWN = [json.dumps({"id": f"figure.{number}", "says": f"What is said of number {number * number}."}) for number in range(2000)]


def grown(folder, content, words):
    """A site with what grows with a book: its ledger, a recorded notebook and the records for scripts, in each of which one record has other words."""
    made = site(folder, content | {"notes": ",\n".join([*GROWN[:700], words, *GROWN[700:]])})
    (made / "_static").mkdir()
    (made / "_static" / "records.js").write_text("if (apart.changes) put(together);", encoding="utf-8")
    records = ",".join(f'"{number}":{record}' for number, record in enumerate([*GROWN[:700], json.dumps({"says": words}), *GROWN[700:]]))
    (made / "_static" / "cards-all.js").write_text(f"globalThis.all = {{{records}}};\n", encoding="utf-8")
    (made / "ledger.json").write_text(json.dumps(json.loads((made / "ledger.json").read_text()), indent=1), encoding="utf-8")
    files = {"chapters/text.ipynb": "\n".join([*GROWN[:700], words, *GROWN[700:]]).encode(), "chapters/small.ipynb": words.encode()}
    (made / "book-sources.zip").write_bytes(archive.zipped(files))
    digests = {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
    (made / "sources.json").write_text(json.dumps({"archive": "book-sources.zip", "files": digests}), encoding="utf-8")
    return made


@pytest.fixture
def grown_tree(tmp_path):
    for name, content, words in (("first", OLD, "one"), ("second", NEW, "an\u2028other \\ 'word'\r\n"), ("third", THIRD, "a third")):
        editions.publish(grown(tmp_path / name, content, words), tmp_path / "public")
    return tmp_path / "public"


def test_what_grows_with_a_book_is_kept_as_what_is_other_in_it(grown_tree, tmp_path):
    kept = {path.name: path.stat().st_size for path in (grown_tree / "kept").iterdir()}
    for stem in ("ledger", "text.ipynb"):
        others = [size for name, size in kept.items() if name.startswith(f"{stem}.changes.") or name.startswith(f"{stem}.json.changes.")]
        assert len(others) == 2 and max(others) < 1_500
    for folder, edition in (("first", OLD), ("second", NEW), ("third", THIRD)):
        there = grown_tree / "editions" / edition["edition"]["name"]
        assert shelf.ledger_of(there) == json.loads((tmp_path / folder / "ledger.json").read_bytes())
        sources = shelf.sources_apart(lambda name, there=there: (there / name).read_bytes())
        assert sources == archive.unzipped((tmp_path / folder / "book-sources.zip").read_bytes(), "x")
    assert shelf.whole(grown_tree) == shelf.named_by(grown_tree, [content["edition"]["name"] for content in (OLD, NEW, THIRD)])


def test_records_are_put_together_from_those_of_an_earlier_edition_and_what_is_other(grown_tree, tmp_path):
    third = (grown_tree / "editions" / "2027-01-01-cccc" / "_static" / "cards-all.js").read_text(encoding="utf-8")
    assert '"changes": true' in third
    told_ = json.loads(third.partition("] = ")[2].removesuffix(";\n"))["parts"]
    texts = [parts.text_of({"": (grown_tree / "kept" / name.rpartition("/")[2]).read_bytes()}) for name in told_]
    made = deltas.patched("".join(texts[:-1]).encode(), texts[-1].encode()).decode()
    assert f"globalThis.all = {made};\n" == (tmp_path / "third" / "_static" / "cards-all.js").read_text(encoding="utf-8")
    assert len(texts[-1]) < 500


LISTS = ["kept.json", "sources.json"]


def listing(folder, content, words):
    """A site that grows, and has so many pictures and sources that its lists are long."""
    made = grown(folder, content, words)
    (made / "charts").mkdir()
    for number in range(300):
        (made / "charts" / f"{number}.png").write_text(f"PNG {number}", encoding="utf-8")
    held = archive.unzipped((made / "book-sources.zip").read_bytes(), "x") | {
        f"data/{number}.txt": str(number).encode() for number in range(300)
    }
    (made / "book-sources.zip").write_bytes(archive.zipped(held))
    digests = {name: hashlib.sha256(text).hexdigest() for name, text in held.items()}
    (made / "sources.json").write_text(json.dumps({"archive": "book-sources.zip", "files": digests}), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def listed_once(tmp_path_factory):
    """Three sites and the tree in which they are published; not to be changed."""
    folder = tmp_path_factory.mktemp("listed")
    for name, content, words in (("first", OLD, "one"), ("second", NEW, "another"), ("third", THIRD, "a third")):
        editions.publish(listing(folder / name, content, words), folder / "public")
    return folder


@pytest.fixture
def listing_tree(listed_once, tmp_path):
    """A copy of that tree, beside copies of the sites."""
    shutil.copytree(listed_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "public"


def test_the_lists_of_an_edition_are_kept_as_what_is_other_in_them(listing_tree, tmp_path):
    editions.publish(tmp_path / "second", tmp_path / "alone")
    for edition in ("2026-11-21-bbbb", "2027-01-01-cccc"):
        folder = listing_tree / "editions" / edition
        for name in LISTS:
            assert (folder / name).stat().st_size * 10 < (listing_tree / "editions" / "2026-04-30-aaaa" / name).stat().st_size
            assert json.loads((folder / name).read_bytes())["rest"] == f"../2026-04-30-aaaa/{name}"
        assert shelf.kept_from(listing_tree, edition)["charts/7.png"] == shelf.kept_name("charts/7.png", b"PNG 7")
    sources = shelf.sources_apart(lambda name: (listing_tree / "editions" / "2026-11-21-bbbb" / name).read_bytes())
    assert sources == archive.unzipped((tmp_path / "second" / "book-sources.zip").read_bytes(), "x")
    alone = (tmp_path / "alone" / "editions" / "2026-11-21-bbbb" / "sources.json").read_bytes()
    assert json.loads(alone)["files"]["data/7.txt"] == hashlib.sha256(b"7").hexdigest() and b"rest" not in alone
    editions_ = [content["edition"]["name"] for content in (OLD, NEW, THIRD)]
    assert shelf.whole(listing_tree) == shelf.named_by(listing_tree, editions_)


@pytest.mark.parametrize("again", ["third", "second", "first"])
def test_publishing_an_edition_again_breaks_no_list(listing_tree, tmp_path, again):
    before = in_tree(listing_tree)
    sources = archive.unzipped((tmp_path / again / "book-sources.zip").read_bytes(), "x")
    listed = editions.publish(tmp_path / again, listing_tree)
    assert again != "third" or in_tree(listing_tree) == before
    assert shelf.whole(listing_tree) == shelf.named_by(listing_tree, [edition["name"] for edition in listed])
    folder = listing_tree / "editions" / listed[-1]["name"]
    assert shelf.sources_apart(lambda name: (folder / name).read_bytes()) == sources


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "damage",
    [lambda text: text.replace("7", "8"), lambda text: "{", lambda text: text.replace("{", "{\n", 1)],
    ids=["another", "no list", "moved"],
)
def test_a_list_that_others_lean_on_and_somebody_has_changed_is_told_and_nothing_is_published(listing_tree, tmp_path, name, damage):
    there = listing_tree / "editions" / "2026-04-30-aaaa" / name
    there.write_text(damage(there.read_text(encoding="utf-8")), encoding="utf-8")
    before = in_tree(listing_tree)
    with pytest.raises(EditionError, match="damaged"):
        editions.publish(listing(tmp_path / "fourth", ledger("2027-02-01-dddd", figure("sme.any", "75%")), "a fourth"), listing_tree)
    assert in_tree(listing_tree) == before


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_leans_on_one_that_is_gone_is_told(listing_tree, name):
    folder = listing_tree / "editions" / "2026-11-21-bbbb"
    assert shelf.broken_lists(folder) == []
    (listing_tree / "editions" / "2026-04-30-aaaa" / name).unlink()
    assert shelf.broken_lists(folder) == [name]


def test_what_is_other_than_a_file_that_somebody_has_changed_is_not_taken_for_the_source(grown_tree):
    there = grown_tree / "editions" / "2026-11-21-bbbb"
    _, base = json.loads((there / "sources.json").read_bytes())["changed"]["chapters/text.ipynb"]
    (grown_tree / "kept" / base).write_bytes(archive.zipped({"text.ipynb": "\n".join(GROWN[1:]).encode()}))
    with pytest.raises(
        EditionError, match=r"kept/text\.ipynb\.changes\.\w+\.json\.zip: holds another chapters/text\.ipynb than sources\.json says"
    ):
        shelf.sources_apart(lambda name: (there / name).read_bytes())


@pytest.mark.parametrize("pieces", [b"[[0,9]]", b"[[-1,1]]", b"[[0]]", b"7", b"[null]", b"{", json.dumps([[0, 3]] * 400).encode()])
def test_pieces_that_no_text_has_are_refused(pieces):
    with pytest.raises((ValueError, TypeError)):
        deltas.patched(b"one line\n" + b"another" * 30_000 + b"\n", pieces)


def test_any_text_is_made_of_any_other():
    chance = random.Random(5)
    for _ in range(300):
        one, other = (
            "".join(chance.choices(["a\n", "b\n", "},", "c", "\u2028", "\r", "]\n"], k=chance.randrange(30))).encode() for _ in "ab"
        )
        assert deltas.patched(one, deltas.delta(one, other)) == other
