"""Renaming, retiring, removing and moving on the little book: what is named in many places changes in all of them, or nothing changes at all."""

import csv
import json

import pytest
from command import evidence

from evidence import ledger
from evidence.catalog import load, schema
from evidence.errors import ScaffoldError
from evidence.gates import run_gates
from evidence.refactor import changed_book, move_figure, move_section, move_view, remove_chapter, rename, retire
from evidence.scaffold.proposal import propose
from evidence.site.moved import left, with_anchors
from evidence.site.publication import Publication

WHO, WHERE = "chapters/who-bakes.ipynb", "chapters/where-bread-is-sold.ipynb"


def rows(book, name):
    with (book / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(book, name):
    return [row["id"] for row in rows(book, name)]


def sources(book, page):
    return ["".join(cell["source"]) for cell in json.loads((book / page).read_text(encoding="utf-8"))["cells"]]


def red(book):
    return [str(problem) for gate in run_gates(book / "data", book / "chapters") for problem in gate.problems]


def files(book):
    kept = [
        path
        for name in ("data", "chapters", "_toc.yml")
        for path in ([book / name] if (book / name).is_file() else (book / name).rglob("*"))
    ]
    return {path.relative_to(book): path.read_bytes() for path in kept if path.is_file()}


def published(book):
    library = load(book / "data")
    return Publication(library, ledger.build(library, book / "chapters"), "https://example.org/")


def refused(book, change):
    """Return what a change is refused with, after looking that it changed nothing."""
    before = files(book)
    with pytest.raises(ScaffoldError) as error:
        changed_book(book, change)
    assert files(book) == before
    return str(error.value)


def test_a_figure_is_renamed_wherever_it_is_named_and_nowhere_else(little_book):
    changed_book(little_book, lambda draft: rename(draft, "figure", "bread.local", "bread.bought", "Plainer."))
    assert red(little_book) == []
    assert "bread.bought" in ids(little_book, "figures/hillford") and "bread.local" not in ids(little_book, "figures/hillford")
    assert {row["series"] for row in rows(little_book, "figures/hillford")} == {"", "bread.local"}, "a series of the same name stays"
    assert "{bread.local.hillford} - {bread.bought} as percentage points" in [row["formula"] for row in rows(little_book, "formulas")]
    assert "[60%](figure:bread.bought)" in sources(little_book, WHO)[0] and "figure:bread.local.hillford" in sources(little_book, WHO)[0]
    (alias,) = rows(little_book, "aliases")
    assert (alias["old"], alias["new"], alias["reason"], alias["kind"]) == ("bread.local", "bread.bought", "Plainer.", "")
    assert published(little_book).address("figure", "bread.local") == "ledger-hillford.html#bread.bought"


def test_who_still_writes_the_old_name_is_told_the_new_one_and_a_name_given_back_leaves_no_alias(little_book):
    changed_book(little_book, lambda draft: rename(draft, "claim", "hillford-leads", "hillford-first"))
    page = little_book / WHO
    page.write_text(page.read_text(encoding="utf-8").replace("(claim:hillford-first)", "(claim:hillford-leads)"), encoding="utf-8")
    assert any("hillford-leads was renamed on" in told and "Write hillford-first." in told for told in red(little_book))
    page.write_text(page.read_text(encoding="utf-8").replace("(claim:hillford-leads)", "(claim:hillford-first)"), encoding="utf-8")
    changed_book(little_book, lambda draft: rename(draft, "claim", "hillford-first", "hillford-leads"))
    assert [(row["old"], row["new"]) for row in rows(little_book, "aliases")] == [("hillford-first", "hillford-leads")]


def test_a_source_is_renamed_with_its_file_and_its_old_page_leads_on(little_book):
    changed_book(little_book, lambda draft: rename(draft, "source", "hillford", "bread-survey"))
    assert red(little_book) == []
    assert not (little_book / "data/figures/hillford.csv").exists()
    assert {row["source"] for row in rows(little_book, "figures/bread-survey")} == {"bread-survey"}
    assert "bread.local.hillford" in ids(little_book, "figures/bread-survey"), "a name that only contains the key stays"
    assert 'location.replace("ledger-bread-survey.html"+location.hash)' in left(published(little_book))["ledger-hillford"]


def test_a_chapter_is_renamed_with_its_place_and_its_links(little_book):
    index = little_book / "chapters" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "Read [who bakes](who-bakes.ipynb).\n", encoding="utf-8")
    changed_book(little_book, lambda draft: rename(draft, "chapter", "who-bakes", "bakers-of-towns"))
    assert red(little_book) == []
    assert "(bakers-of-towns.ipynb)" in index.read_text(encoding="utf-8")
    assert "chapters/bakers-of-towns" in (little_book / "_toc.yml").read_text(encoding="utf-8")
    assert "bakers-of-towns.html" in left(published(little_book))["who-bakes"]


def test_a_chart_is_renamed_in_the_cell_that_shows_it_and_keeps_its_anchor(little_book):
    changed_book(little_book, lambda draft: rename(draft, "chart", "bakers.towns", "bakers.by-town"))
    assert red(little_book) == []
    assert 'chapter.chart("bakers.by-town")' in sources(little_book, WHERE)
    shown = with_anchors('<figure id="chart-bakers-by-town">', "where-bread-is-sold", published(little_book))
    assert shown == '<span class="anchor" id="chart-bakers-towns"></span><figure id="chart-bakers-by-town">'


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("figure", "bread.local", "bread.price", "there is a figure bread.price already"),
        ("figure", "bread.local", "Bread.Local", '"Bread.Local" is no name for a figure'),
        ("figure", "bread.local", "bread", '"bread" is no name for a figure'),
        ("figure", "bread.locale", "bread.bought", 'unknown figure "bread.locale". Nearest: bread.local'),
        ("source", "hillford", "shop-census", "there is a source shop-census already"),
        ("chapter", "who-bakes", "index", "there is a chapter index already"),
        ("figure", "bread.price", "bread.price.in-2026", "holds the year 2026"),
        ("figure", "bread.local", "bread.local-60", "holds its own value, 60"),
    ],
)
def test_a_name_that_is_taken_malformed_or_holds_a_value_is_refused(little_book, kind, old, new, told):
    assert told in refused(little_book, lambda draft: rename(draft, kind, old, new))


def test_digits_may_name_a_class(little_book):
    changed_book(little_book, lambda draft: rename(draft, "figure", "bread.price", "bread.price.grade-2"))
    assert red(little_book) == []


def test_a_dry_run_shows_the_difference_and_writes_nothing(little_book):
    before = files(little_book)
    outcome = changed_book(little_book, lambda draft: rename(draft, "figure", "bread.price", "bread.cost"), dry_run=True)
    assert files(little_book) == before
    assert "+The towns have [24](figure:bakers.all) bakers, and a loaf costs [£2.40](figure:bread.cost)." in outcome.diff
    assert {WHERE, "data/figures/hillford.csv", "data/aliases.csv"} <= set(outcome.files)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["retire", "figure", "bread.price.before", "--reason", "The survey took it back."], ",The survey took it back."),
        (["remove", "chapter", "where-bread-is-sold", "--reason", "Nobody asked for it."], ",Nobody asked for it."),
        (["move", "chart", "bakers.towns", "--to", "who-bakes.ipynb"], '+chapter.chart("bakers.towns")'),
    ],
)
def test_each_command_shows_what_it_would_change(little_book, words, line):
    before = files(little_book)
    done = evidence("--book", little_book, *words, "--dry-run")
    assert done.code == 0, done.complained
    assert [text for text in done.printed.splitlines() if text.startswith("+") and line in text]
    assert "files would change. Nothing was written." in done.printed
    assert files(little_book) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["move", "section", "who-bakes", "What we do not know", "--to", "where-bread-is-sold"], "every chapter has its own"),
        (["move", "figure", "bakers.all", "--to", "hillford"], "data/figures/hillford.csv"),
        (["remove", "chapter", "index", "--reason", "No."], "index is the first page of the book"),
    ],
)
def test_each_command_that_is_refused_ends_with_why(little_book, words, told):
    before = files(little_book)
    done = evidence("--book", little_book, *words)
    assert (done.code, told in " ".join(done.complained.split())) == (1, True), done
    assert files(little_book) == before


def test_a_figure_in_use_is_not_retired_and_each_place_is_told(little_book):
    told = refused(little_book, lambda draft: retire(draft, "figure", "bread.local", "Asked no more."))
    assert "data/formulas.csv, row 3, column formula: rests on bread.local." in told
    assert f"{WHO}, cell 1: rests on bread.local." in told


def test_a_retired_figure_tells_why(little_book):
    changed_book(little_book, lambda draft: retire(draft, "figure", "bread.price.before", "The survey took it back."))
    assert red(little_book) == []
    assert "bread.price.before" not in load(little_book / "data").figures
    (gone,) = published(little_book).retired
    assert (gone["old"], gone["new"], gone["reason"]) == ("bread.price.before", "", "The survey took it back.")


def test_what_takes_the_place_of_a_retired_record_is_named_instead(little_book):
    page = little_book / WHERE
    page.write_text(
        page.read_text(encoding="utf-8").replace("[£2.40](figure:bread.price)", "[£2.00](figure:bread.price.before)"), encoding="utf-8"
    )
    told = refused(little_book, lambda draft: retire(draft, "figure", "bread.price.before", "It is the same.", "bread.price"))
    assert f"{WHERE}, cell 1, line 3: [£2.00](figure:bread.price) does not hold" in told
    page.write_text(page.read_text(encoding="utf-8").replace("£2.00", "£2.40"), encoding="utf-8")
    changed_book(little_book, lambda draft: retire(draft, "figure", "bread.price.before", "It is the same.", "bread.price"))
    assert red(little_book) == []
    assert "[£2.40](figure:bread.price)" in sources(little_book, WHERE)[0]


def test_a_chapter_is_removed_with_what_only_it_needs(little_book):
    index = little_book / "chapters" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "Read [where it is sold](where-bread-is-sold.ipynb).\n", encoding="utf-8")
    changed_book(little_book, lambda draft: remove_chapter(draft, "where-bread-is-sold", "Nobody asked for it."))
    assert red(little_book) == []
    assert "Read where it is sold." in index.read_text(encoding="utf-8")
    assert not (little_book / "data/charts.csv").exists() and not (little_book / "data/figures/shop-census.csv").exists()
    assert ids(little_book, "sources") == ["hillford", "computed"]
    assert [row["figure"] for row in rows(little_book, "formulas")] == ["computed.bread.hillford-lead"]
    assert "bread.price" not in ids(little_book, "figures/hillford")
    assert "bread.price.before" in ids(little_book, "figures/hillford"), "what nothing needed before stays"
    assert "Nobody asked for it." in left(published(little_book))["where-bread-is-sold"]


def test_the_wordings_of_a_page_that_goes_end_with_it_though_somebody_signed_them(little_book):
    words = "Hillford buys from its bakers more often than Oldbridge"
    page = little_book / WHERE
    page.write_text(
        page.read_text(encoding="utf-8").replace("Another count.", f'Another count.\\n",\n    "[{words}](claim:hillford-leads).'),
        encoding="utf-8",
    )
    (little_book / "data" / "wordings.csv").write_text(
        f"scheme,target,wording,direction\nclaim,hillford-leads,{words},\n", encoding="utf-8"
    )
    assert evidence("--book", little_book, "countersign", "where-bread-is-sold", "--by", "A. Reader", typed="r\n" * 9).code == 0
    assert words in (little_book / "data" / "countersigned.csv").read_text(encoding="utf-8")
    changed_book(little_book, lambda draft: remove_chapter(draft, "where-bread-is-sold", "Nobody asked for it."))
    assert not (little_book / "data" / "wordings.csv").exists()


def test_the_first_page_is_not_removed(little_book):
    assert "index is the first page of the book" in refused(little_book, lambda draft: remove_chapter(draft, "index", "No."))


def test_a_section_moves_with_its_cells_and_its_address_leads_on(little_book):
    page = little_book / WHERE
    page.write_text(page.read_text(encoding="utf-8").replace("## What the evidence says", "## Where the bakers are"), encoding="utf-8")
    changed_book(little_book, lambda draft: move_section(draft, "where-bread-is-sold", "Where the bakers are", "who-bakes"))
    assert red(little_book) == []
    moved = sources(little_book, WHO)
    place = next(number for number, text in enumerate(moved) if text.startswith("## Where the bakers are"))
    assert moved[place + 1] == 'chapter.chart("bakers.towns")' and moved[place + 2].startswith("## What we do not know")
    assert 'chapter.chart("bakers.towns")' not in sources(little_book, WHERE)
    assert '<p class="moved" id="where-the-bakers-are">' in with_anchors("", "where-bread-is-sold", published(little_book))


def test_the_sections_that_every_chapter_has_do_not_move(little_book):
    told = refused(little_book, lambda draft: move_section(draft, "who-bakes", "What we do not know", "where-bread-is-sold"))
    assert "every chapter has its own" in told


def test_a_chart_moves_to_another_chapter(little_book):
    changed_book(little_book, lambda draft: move_view(draft, "chart", "bakers.towns", "who-bakes"))
    assert red(little_book) == []
    assert 'chapter.chart("bakers.towns")' in sources(little_book, WHO) and 'chapter.chart("bakers.towns")' not in sources(
        little_book, WHERE
    )


def test_a_figure_moves_to_the_file_of_another_source(little_book):
    told = refused(little_book, lambda draft: move_figure(draft, "bakers.all", "hillford"))
    assert "data/figures/hillford.csv" in told and "quote" in told, "a document is quoted, and the census was none"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("[x](nothing.md)", "there is no page chapters/nothing.md."),
        ("[x](who-bakes.md)", "Nearest: who-bakes.ipynb."),
        ("[x](#no-anchor)", "#no-anchor: nothing of this name."),
        ("[x](who-bakes.ipynb#what-we-do-not-know)", "a link to a place in another page leads nowhere."),
        ("[x](chart:nothing)", "nothing checks what chart:nothing leads to."),
        ("[x](figure:nothing)", "does not hold"),
        ("![x](nothing.svg)", "there is no drawing chapters/nothing.svg."),
        ("[x](https://)", "nothing checks what https:// leads to."),
        ("[x](mailto:nobody)", "nothing checks what mailto:nobody leads to."),
        ("[x][nothing]", "[x][nothing] is no link, and is shown as it is written."),
        ("[x] (who-bakes.ipynb)", "[x] (who-bakes.ipynb) is no link"),
    ],
)
def test_a_dead_link_is_told_with_its_line(little_book, link, told):
    index = little_book / "chapters" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + f"\nSee {link}.\n", encoding="utf-8")
    (problem,) = [problem for problem in red(little_book) if problem.startswith("chapters/index.md, line 6: ")]
    assert told in problem


def test_words_in_brackets_and_links_that_lead_somewhere_are_left_alone(little_book):
    index = little_book / "chapters" / "index.md"
    (little_book / "chapters" / "house.svg").touch()
    kept = "They wrote [sic] (see below) so, and `[x][y]`, [one] or [other] (both), [a house](https://bread.example) and ![a house](house.svg)."
    index.write_text(f"{index.read_text(encoding='utf-8')}\n{kept}\n", encoding="utf-8")
    assert red(little_book) == []


def test_a_named_place_is_no_dead_link(little_book):
    index = little_book / "chapters" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\n(bread)=\n\n## Of bread\n\nSee [above](#bread).\n", encoding="utf-8")
    assert red(little_book) == []


def test_what_the_gates_refuse_runs_no_chapter(little_book, monkeypatch):
    monkeypatch.setattr("evidence.scaffold.proposal.execute_all", lambda *_: pytest.fail("a chapter ran"))
    chart = {
        "id": "bakers.more",
        "form": "bars",
        "series": "bakers",
        "title": "Three towns",
        "subtitle": "Bakers",
        "description": "Bars.",
        "order": "value",
    }
    with pytest.raises(ScaffoldError, match='"Three" is bound to nothing'), propose(little_book) as proposal:
        proposal.add_row(schema.CHARTS, chart)
        proposal.show("who-bakes", 'chapter.chart("bakers.more")')
        proposal.accept()
